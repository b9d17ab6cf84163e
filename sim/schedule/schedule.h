// Who says which step is next. All have one shape:
//
//   start(…)                    for another run; what it is given is its own
//   try_next(world, step)       sets the next step, which must be possible, or returns false where
//                               it has none. It does not change the world
//   on(world, event)            hears from the engine what came of the steps; of the events
//                               (sim/world/observation.h) those that it wants
//
// Each is a file here: random_schedule.h draws everything from a seed; fair_schedule.h lets every
// message arrive in turn.
#pragma once

#include <concepts>

#include "sim/protocol.h"
#include "sim/world/observation.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

template <class S, class P>
concept Schedule =
    Protocol<P> && requires(S schedule, const World<P>& world, Step<P>& step, const Sent<P>& sent) {
      { schedule.try_next(world, step) } -> std::same_as<bool>;
      schedule.on(world, sent);
    };

}  // namespace synod
