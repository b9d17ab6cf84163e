#include "tools/kept_search.h"

#include <memory>
#include <utility>

#include "scenarios/runner.h"
#include "tools/hunt_measure.h"
#include "tools/regression.h"
#include "tools/shrinking.h"

namespace synod {
namespace {

struct Found {
  std::optional<Trace> trace;
  bool is_endless = false;  ///< the first that was found cannot be shrunk
};

Found find(const KeptSearch& search, const RunChoices& choices, const std::atomic<bool>& stop) {
  const auto runner = make_runner(choices);
  for (std::uint64_t i = 0; i < search.budget && !stop; ++i) {
    const RunReport run = runner->run(search.first_seed + i);
    const bool is_wanted = is_find(run, MutantKind::bug) &&
                           (search.property.empty() || run.finding.property == search.property);
    if (!is_wanted) {
      continue;
    }
    const Trace recorded = runner->record(search.first_seed + i);
    const ShrinkReport shrunk = shrink_while_shown(*runner, recorded, search.effort);
    const bool is_endless = !shrunk.why_original.empty();
    if (is_endless && !choices.scenario) {
      return {.trace = {}, .is_endless = true};
    }
    Trace kept = to_keep(shrunk.trace);
    if (judge({{}, kept}).verdict == Verdict::holds) {
      return {std::move(kept), is_endless};
    }
  }
  return {};
}

}  // namespace

Trace hasty_scenario() {
  return parse_trace(
      R"({"format": "synod run", "version": 1, "swarm": true,
          "configuration": {"node_count": 3, "client_count": 2, "progress": 1000}})",
      "the hasty scenario");
}

std::optional<Trace> find_to_keep(const KeptSearch& search, const std::atomic<bool>& stop) {
  RunChoices choices;
  choices.protocol = search.protocol;
  choices.mutants = search.mutants;
  Found found = find(search, choices, stop);
  if (found.is_endless) {
    choices.scenario = std::make_shared<Trace>(hasty_scenario());
    found = find(search, choices, stop);
  }
  return found.trace;
}

}  // namespace synod
