// What a protocol asks of the world: the one output of every handler.
//
// A protocol takes one input and appends effects to a list. It calls nothing back, because a list
// can be compared in a test, cut short by a crash after any entry, recorded and replayed; a call
// into a network or a disk can do none of that.
//
// *Persist before you speak* is decided by the message's type. A message type says with
// `relies_on_disk` whether its truth rests on what its sender has written. The host holds such a
// message back until every write that the node issued before it is durable, and loses it when the
// node crashes first. There is no way to send it otherwise.
#pragma once

#include <array>
#include <cstddef>
#include <variant>

#include "core/client.h"
#include "core/duration.h"
#include "core/ids.h"
#include "core/value.h"

namespace synod {

/// Of one handler: at most it addresses every node about every other (Paxos Commit has an instance
/// for each), answers every client, and writes or sets a timer a few times.
inline constexpr std::size_t handler_effects_max =
    node_count_max * node_count_max + 2 * client_count_max + 8;

/// `Message` is a variant of message types, `Durable` the whole state that survives a crash,
/// `Timer` an enumeration of the node's timers.
template <class Message, class Durable, class Timer>
class Effects {
 public:
  /// Goes out at once.
  struct Send {
    NodeId to;
    Message message;
  };
  /// Goes out when every earlier write of this node is durable.
  struct SendOnceDurable {
    NodeId to;
    Message message;
  };
  /// Write this state to disk. Writes of one node become durable in the order they were issued.
  struct Persist {
    Durable state;
  };
  /// Arm a timer, or arm it anew. The host picks the moment between the two bounds (that is where
  /// luck enters), measured on the node's own clock.
  struct SetTimer {
    Timer timer;
    Duration earliest;
    Duration latest;
  };
  struct CancelTimer {
    Timer timer;
  };
  struct Reply {
    Answer answer;
  };
  /// This node now knows the outcome.
  struct Learn {
    Value value;
  };
  /// An assertion of the protocol does not hold. The text is a literal.
  struct Broken {
    const char* invariant;
  };
  using Effect =
      std::variant<Send, SendOnceDurable, Persist, SetTimer, CancelTimer, Reply, Learn, Broken>;

  template <class M>
  void send(NodeId to, const M& message) {
    if constexpr (M::relies_on_disk) {
      push<SendOnceDurable>(to, message);
    } else {
      push<Send>(to, message);
    }
  }
  template <class M>
  void send_all(NodeSet to, const M& message) {
    for (const NodeId node : to) {
      send(node, message);
    }
  }
  void persist(const Durable& state) { push<Persist>(state); }
  void set_timer(Timer timer, Duration earliest, Duration latest) {
    push<SetTimer>(timer, earliest, latest);
  }
  void cancel_timer(Timer timer) { push<CancelTimer>(timer); }
  void reply(const Answer& answer) { push<Reply>(answer); }
  void learn(Value value) { push<Learn>(value); }
  /// An assertion: stays on in every build, and is reported by the host with a trace.
  void expect(bool holds, const char* invariant) {
    if (!holds) [[unlikely]] {
      push<Broken>(invariant);
    }
  }

  void clear() { size_ = 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const Effect* begin() const { return effects_.data(); }
  [[nodiscard]] const Effect* end() const { return effects_.data() + size_; }
  [[nodiscard]] const Effect& operator[](std::size_t index) const { return effects_[index]; }

 private:
  /// Made in its place, not copied there.
  template <class E, class... Parts>
  void push(const Parts&... parts) {
    if (size_ < handler_effects_max) [[likely]] {
      effects_[size_++].template emplace<E>(parts...);
    } else {
      effects_[handler_effects_max - 1] =
          Broken{"a handler has more effects than a list of effects holds"};
    }
  }

  std::array<Effect, handler_effects_max> effects_{};
  std::size_t size_ = 0;
};

}  // namespace synod
