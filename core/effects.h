// What a protocol asks of the world: the one output of every handler.
//
// A protocol takes one input and appends effects to a list. It calls nothing back, because a list
// can be compared in a test, cut short by a crash after any entry, recorded and replayed; a call
// into a network or a disk can do none of that.
//
// *Persist before you speak* is decided by the message's type. A message type says with
// `relies_on_disk` whether its truth rests on what its sender has written. The host holds such a
// message back until every write that the node issued before it is durable, and loses it when the
// node crashes first. `send_now` and `send_once_durable` say it for one message. What clients are
// told, and what a node claims to know or to have applied, can wait for the disk as well.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/client.h"
#include "core/duration.h"
#include "core/ids.h"

namespace synod {

/// Stands for what a protocol does not have.
struct None {
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const None&) const = default;
};

/// The input that tells a node how its oldest unfinished write has ended. Only nodes that take it
/// are told. Where the write is durable, what waited for it has left by then.
///
/// Where it has failed, it never reaches the disk, and neither do those that were in line behind
/// it, because writes of one node become durable in the order they were issued; what waited for any
/// of them is never said. The node is told of each of them, the oldest first, and may write again.
/// Who changes its memory when it issues a write takes that back, or does not rely on it.
struct WriteDone {
  bool has_failed = false;
};

/// The input that answers `Effects::draw`. Only nodes that take it may ask.
struct Drawn {
  std::uint32_t number = 0;
};

/// Does a message of this type wait for what its sender has written? It says so itself; one that
/// does not say waits.
template <class M>
inline constexpr bool relies_on_disk = true;
template <class M>
  requires requires { M::relies_on_disk; }
inline constexpr bool relies_on_disk<M> = M::relies_on_disk;

/// `Message` is a variant of message types, `Durable` the whole state that survives a crash,
/// `Timer` an enumeration of the node's timers, `Result` what clients are told. `Learnt` is what a
/// node comes to know, where a protocol decides something; `Entry` what it applies, one after the
/// other, where it keeps a log; `Write` what a write changes, where that is not all of `Durable`.
template <class Message, class Durable, class Timer, class Result, class Learnt = None,
          class Entry = None, class Write = Durable>
class Effects {
 public:
  using Answer = AnswerOf<Result>;

  /// Goes out at once.
  struct Send {
    NodeId to;
    Message message;
    bool operator==(const Send&) const = default;
  };
  /// Goes out when every earlier write of this node is durable.
  struct SendOnceDurable {
    NodeId to;
    Message message;
    bool operator==(const SendOnceDurable&) const = default;
  };
  /// Write this to disk. Writes of one node become durable in the order they were issued.
  struct Persist {
    Write state;
    bool operator==(const Persist&) const = default;
  };
  /// Arm a timer, or arm it anew. The host picks the moment between the two bounds (that is where
  /// luck enters), measured on the node's own clock.
  struct SetTimer {
    Timer timer;
    Duration earliest;
    Duration latest;
    bool operator==(const SetTimer&) const = default;
  };
  struct CancelTimer {
    Timer timer;
    bool operator==(const CancelTimer&) const = default;
  };
  /// Asks for luck.
  struct Draw {
    std::uint32_t count;
    bool operator==(const Draw&) const = default;
  };
  struct Reply {
    Answer answer;
    bool once_durable = false;  ///< as SendOnceDurable
    bool operator==(const Reply&) const = default;
  };
  /// This node now knows the outcome.
  struct Learn {
    Learnt value;
    bool once_durable = false;
    bool operator==(const Learn&) const = default;
  };
  /// This node has applied an entry, the next one of its log.
  struct Apply {
    Entry entry;
    bool once_durable = false;
    bool operator==(const Apply&) const = default;
  };
  /// An assertion of the protocol does not hold. The text is a literal.
  struct Broken {
    const char* invariant;
    bool operator==(const Broken&) const = default;
  };
  using Effect = std::variant<Send, SendOnceDurable, Persist, SetTimer, CancelTimer, Reply, Learn,
                              Draw, Apply, Broken>;

  template <class M>
  void send(NodeId to, M&& message) {
    if constexpr (relies_on_disk<std::remove_cvref_t<M>>) {
      send_once_durable(to, std::forward<M>(message));
    } else {
      send_now(to, std::forward<M>(message));
    }
  }
  template <class M>
  void send_now(NodeId to, M&& message) {
    push<Send>(to, std::forward<M>(message));
  }
  template <class M>
  void send_once_durable(NodeId to, M&& message) {
    push<SendOnceDurable>(to, std::forward<M>(message));
  }
  template <class M>
  void send_all(NodeSet to, const M& message) {
    for (const NodeId node : to) {
      send(node, message);
    }
  }
  void persist(Write state) { push<Persist>(std::move(state)); }
  void set_timer(Timer timer, Duration earliest, Duration latest) {
    push<SetTimer>(timer, earliest, latest);
  }
  void cancel_timer(Timer timer) { push<CancelTimer>(timer); }
  /// Asks for a number from 0 to `count` - 1, which comes as an input, `Drawn`. One at a time: who
  /// asks again before it has come asks for that instead. A crash forgets it.
  void draw(std::uint32_t count) { push<Draw>(count); }
  void reply(Answer answer) { push<Reply>(std::move(answer)); }
  void reply_once_durable(Answer answer) { push<Reply>(std::move(answer), true); }
  void learn(Learnt value) { push<Learn>(std::move(value)); }
  void learn_once_durable(Learnt value) { push<Learn>(std::move(value), true); }
  void apply(Entry entry) { push<Apply>(std::move(entry)); }
  void apply_once_durable(Entry entry) { push<Apply>(std::move(entry), true); }
  /// An assertion: stays on in every build, and is reported by the host with a trace.
  void expect(bool holds, const char* invariant) {
    if (!holds) [[unlikely]] {
      push<Broken>(invariant);
    }
  }

  /// What the node's own clock shows as its handler begins, in ticks. It may run fast or slow, and
  /// jump, also back; a restart does not set it back. It is an input like any other: a node that
  /// keeps what it has read, keeps it in its state. In an exhaustive search no time passes, and
  /// this is 0.
  [[nodiscard]] std::int64_t now() const { return now_; }

  /// For who calls the handler, before that.
  void set_now(std::int64_t ticks) { now_ = ticks; }

  /// A line of the node's own log. It is no effect: it is in no state and in no fingerprint, and no
  /// crash comes before it. Where nobody reads along it is dropped unseen; who reads along are
  /// those who tell a run (`--log`, `explain`, `view`), who show it under the step that made it.
  /// What takes long to word is given as a callable: out.log([&] { return fmt::format(…); }).
  template <class Line>
  void log(Line&& line) {
    if (!keeps_log_) [[likely]] {
      return;
    }
    if constexpr (std::invocable<Line&>) {
      log_.emplace_back(line());
    } else {
      log_.emplace_back(std::forward<Line>(line));
    }
  }
  /// For a library that is told how much to log. A node must do the same either way.
  [[nodiscard]] bool keeps_log() const { return keeps_log_; }
  /// Said by the host, or by a test that wants to see the lines.
  void keep_log(bool keeps) { keeps_log_ = keeps; }
  [[nodiscard]] const std::vector<std::string>& log_lines() const { return log_; }

  /// Keeps its memory.
  void clear() {
    effects_.clear();
    log_.clear();
  }
  [[nodiscard]] std::size_t size() const { return effects_.size(); }
  [[nodiscard]] auto begin() const { return effects_.begin(); }
  [[nodiscard]] auto end() const { return effects_.end(); }
  [[nodiscard]] const Effect& operator[](std::size_t index) const { return effects_[index]; }
  /// The same effects, in the same order.
  [[nodiscard]] bool does_same(const Effects& other) const { return effects_ == other.effects_; }

 private:
  /// Made in its place, not copied there.
  template <class E, class... Parts>
  void push(Parts&&... parts) {
    effects_.emplace_back(std::in_place_type<E>, std::forward<Parts>(parts)...);
  }

  std::vector<Effect> effects_;
  std::int64_t now_ = 0;
  std::vector<std::string> log_;
  bool keeps_log_ = false;
};

}  // namespace synod
