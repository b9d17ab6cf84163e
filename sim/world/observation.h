// What an all-seeing observer is told while a step is applied. Events out, observers in: an
// observer implements `on(world, event)` for the events it cares about and no others.
#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "core/ids.h"
#include "sim/packet.h"
#include "sim/protocol.h"
#include "sim/time.h"
#include "sim/world/step.h"

namespace synod {

/// A packet is now in flight. A duplicate has been there before.
template <class P>
struct Sent {
  typename InFlight<P>::Slot slot;
  const Packet<P>& packet;
  bool is_duplicate;
};
/// A packet has arrived; its receiver has not acted on it yet.
template <class P>
struct Delivered {
  typename InFlight<P>::Slot slot;  ///< where it was
  const Packet<P>& packet;
};
/// A write has been issued and is not durable yet.
struct WriteIssued {
  NodeId node;
  std::uint32_t number = 0;
};
/// A write has become durable. What waited for it has not been sent yet.
template <class P>
struct Stored {
  NodeId node;
  const typename P::Durable& before;
  const typename P::Durable& after;
};
/// Unfinished writes, all that this node had, will not reach the disk, and what waited for them
/// will not be said. The node has not been told yet.
template <class P>
struct WritesFailed {
  NodeId node;
  std::uint32_t count = 0;
  const typename P::Durable& disk;
  const typename P::Durable& missed;  ///< what it would have come to
};
/// The node has asked for a number below this.
struct LuckAsked {
  NodeId node;
  std::uint32_t count = 0;
};
/// The node has not acted on it yet.
struct LuckGiven {
  NodeId node;
  std::uint32_t number = 0;
};
template <class P>
struct TimerSet {
  NodeId node;
  typename P::Timer timer;
};
/// The node has not acted on it yet.
template <class P>
struct TimerFired {
  NodeId node;
  typename P::Timer timer;
};
/// The node claims to know the outcome.
template <class P>
struct Learned {
  NodeId node;
  LearntOf<P> value;
};
/// The node has applied an entry, the next one after those that it has applied since it started.
template <class P>
struct EntryApplied {
  NodeId node;
  EntryOf<P> entry;
};
struct Crashed {
  NodeId node;
  std::uint32_t writes_lost = 0;  ///< unfinished ones that did not reach the disk
  std::uint32_t writes_kept = 0;  ///< unfinished ones that did
  bool is_mid_effects = false;    ///< it had not done all that its last input asked of it
  bool is_between_write_and_send =
      false;  ///< a write had finished, what waited for it had not left
};
struct Restarted {
  NodeId node;
};
/// A client has asked for something new (a retry is not called again).
template <class P>
struct Called {
  RequestFor<P> request;
};
/// A client has its answer: what the client may rightly conclude, all its attempts considered.
/// `unknown`: it has given up, or no node could say; the operation may have taken effect, or may
/// yet. `refused`: by every node that it asked, so the operation never will.
template <class P>
struct Returned {
  RequestFor<P> request;
  typename P::Result result;  ///< that of P::without_answer, where there is none
  Standing standing = Standing::final;
};
/// An assertion in the node's own code does not hold.
struct Broken {
  NodeId node;
  const char* invariant = nullptr;
};
/// The node's own code has logged this. What it did in the same step is not carried out yet.
struct Logged {
  NodeId node;
  std::string_view line;  ///< as it was given: it may have line breaks in it, and anything else
};
/// A number that the simulator counts in has come to its bound (sim/limits.h): what comes after it
/// is no run of this protocol any more, and says nothing.
struct LimitMet {
  std::string_view limit;  ///< in words; a literal
};
/// A step has been applied, with all its effects.
template <class P>
struct Applied {
  const Step<P>& step;
};

/// Several observers as one, told in the order given.
template <class... Parts>
class Observers {
 public:
  explicit Observers(Parts&... parts) : parts_(parts...) {}

  template <class World, class Event>
  void on(const World& world, const Event& event) {
    std::apply([&](auto&... part) { (tell(part, world, event), ...); }, parts_);
  }

 private:
  template <class Part, class World, class Event>
  static void tell(Part& part, const World& world, const Event& event) {
    if constexpr (requires { part.on(world, event); }) {
      part.on(world, event);
    }
  }

  std::tuple<Parts&...> parts_;
};

/// Does an observer, or one of several, care about such an event?
template <class Observer, class World, class Event>
inline constexpr bool hears = requires(Observer& observer, const World& world, const Event& event) {
  observer.on(world, event);
};
template <class... Parts, class World, class Event>
inline constexpr bool hears<Observers<Parts...>, World, Event> =
    (hears<Parts, World, Event> || ...);

/// Does it read what nodes log? Else a log line is not even worded.
template <class World, class Observer>
bool reads_log(const Observer& observer) {
  if constexpr (requires { observer.reads_log(); }) {
    return observer.reads_log();
  } else {
    return hears<Observer, World, Logged>;
  }
}

}  // namespace synod
