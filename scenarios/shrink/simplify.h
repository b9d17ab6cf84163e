// Simpler steps, names and configuration, one after the other, as far as a trace bears them.
#pragma once

#include <string>

#include "scenarios/play/script.h"
#include "scenarios/shrink/endpoint_names.h"
#include "scenarios/shrink/simpler.h"
#include "sim/world/configuration.h"
#include "sim/world/step.h"

namespace synod {

namespace detail {

template <class P, class Try>
void simplify_step(Script<P>& best, std::size_t index, Try try_instead) {
  bool is_simpler = true;
  while (is_simpler && index < best.steps.size()) {
    is_simpler = false;
    for (const Action<P>& action : simpler_than<P>(best.steps[index].action)) {
      Script<P> candidate = best;
      candidate.steps[index].action = action;
      if (try_instead(candidate)) {
        is_simpler = true;
        break;
      }
    }
  }
}

template <class P, class Try>
void simplify_configuration(Script<P>& best, Try try_instead) {
  Script<P> candidate = best;
  candidate.configuration = plain(best.configuration);
  if (try_instead(candidate)) {
    return;
  }
  for (const std::string& field : fields_not_plain(best.configuration)) {
    candidate = best;
    candidate.configuration = with_plain_field(best.configuration, field);
    if (validate(candidate.configuration).empty()) {
      try_instead(candidate);
    }
  }
}

}  // namespace detail

/// `try_instead(candidate)` makes `best` what the candidate comes to, if that is wanted; else it
/// returns false. Where `may_go_on()` is false, the rest of the steps is left as it is.
template <class P, class C, class Try, class MayGoOn>
void simplify(Script<P>& best, Try try_instead, MayGoOn may_go_on) {
  for (std::size_t i = 0; i < best.steps.size() && may_go_on(); ++i) {
    detail::simplify_step(best, i, try_instead);
  }
  Script<P> candidate = best;
  candidate.steps = with_first_names<P, C>(best.steps);
  try_instead(candidate);
  detail::simplify_configuration(best, try_instead);
}

}  // namespace synod
