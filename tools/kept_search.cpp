#include "tools/kept_search.h"

#include "scenarios/runner.h"
#include "tools/hunt_measure.h"
#include "tools/regression.h"
#include "tools/shrinking.h"

namespace synod {

std::optional<Trace> find_to_keep(const KeptSearch& search, const std::atomic<bool>& stop) {
  RunChoices choices;
  choices.protocol = search.protocol;
  choices.mutants = search.mutants;
  const auto runner = make_runner(choices);
  for (std::uint64_t i = 0; i < search.budget && !stop; ++i) {
    const RunReport run = runner->run(search.first_seed + i);
    const bool is_wanted = is_find(run, MutantKind::bug) &&
                           (search.property.empty() || run.finding.property == search.property);
    if (!is_wanted) {
      continue;
    }
    const Trace recorded = runner->record(search.first_seed + i);
    Trace kept = to_keep(shrink_while_shown(choices, recorded, search.effort).trace);
    if (can_be_kept(kept)) {
      return kept;
    }
  }
  return std::nullopt;
}

}  // namespace synod
