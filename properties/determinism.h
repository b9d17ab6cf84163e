// Determinism: a run is a function of its seed. Judged by the runner, which makes some runs twice.
#pragma once

#include "properties/finding.h"

namespace synod {

inline constexpr PropertyText determinism_text = {
    "determinism", "two runs of one seed take the same steps and store and answer the same",
    "the replicated-state-machine approach: a handler is a function of its inputs"};

}  // namespace synod
