// What is known of a run besides its world, and who it is that knows.
#pragma once

#include <concepts>

#include "properties/progress.h"
#include "sim/world/observation.h"
#include "sim/world/run_hash.h"
#include "sim/world/world.h"

namespace synod {

/// Copied where a run branches.
template <Protocol P, class Witness>
struct Watch {
  Witness witness;
  LearnedBy learned_by;
  RunHash<P> hash;
  bool has_attention = true;  ///< false where it is measured what the witness costs
};

/// What the witness hears: all, or only that a limit of the simulator was met.
template <Protocol P, class Witness>
class Attention {
 public:
  explicit Attention(Watch<P, Witness>& watch)
      : witness_(watch.witness), is_paid_(watch.has_attention) {}

  template <class Event>
    requires hears<Witness, World<P>, Event>
  void on(const World<P>& world, const Event& event) {
    if (std::same_as<Event, LimitMet> || is_paid_) [[likely]] {
      witness_.on(world, event);
    }
  }

 private:
  Witness& witness_;
  bool is_paid_;
};

}  // namespace synod
