// Determinism: a run is a function of its seed. Judged by the runner, which makes some runs twice.
#pragma once

#include <cstdint>

#include "properties/finding.h"

namespace synod {

inline constexpr PropertyText determinism_text = {
    "determinism", "two runs of one seed take the same steps and store and answer the same",
    "the replicated-state-machine approach: a handler is a function of its inputs"};

/// Every so many runs of a setup one is made twice; 0 is never.
template <class Setup>
inline constexpr std::uint64_t runs_a_determinism_check = 0;
template <class Setup>
  requires requires { Setup::runs_a_determinism_check; }
inline constexpr std::uint64_t runs_a_determinism_check<Setup> = Setup::runs_a_determinism_check;

}  // namespace synod
