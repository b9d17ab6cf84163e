#include "tools/regress/kept_search.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/run/runner.h"
#include "tools/kept/regression.h"
#include "tools/long_work/stopped.h"
#include "tools/shrink/shrinking.h"
#include "tools/support/print.h"

namespace synod {
namespace {

std::optional<Trace> search_to_its_end(const KeptSearch& search, const Stop& stop,
                                       ProgressLine& line) {
  RunChoices choices;
  choices.protocol = search.protocol;
  choices.mutants = search.mutants;
  const auto runner = make_runner(choices);
  runner->attend([&](std::uint64_t /*steps*/) { stop_if(stop.is_asked()); });
  for (std::uint64_t i = 0; i < search.budget && !stop.is_asked(); ++i) {
    line.show(fmt::format("looking for {}  {} of {}", fmt::join(search.mutants, " and "),
                          grouped(i), counted(search.budget, "run")));
    const RunReport run = runner->run(search.first_seed + i);
    const bool is_wanted = is_find(run, MutantKind::bug) &&
                           (search.property.empty() || run.finding.property == search.property);
    if (!is_wanted) {
      continue;
    }
    const Trace recorded = runner->record(search.first_seed + i);
    const ShrinkReport shrunk = shrink_while_shown(choices, recorded, search.effort, stop, line);
    if (shrunk.is_interrupted) {  // a longer one would be kept for good
      return std::nullopt;
    }
    Trace kept = to_keep(shrunk.trace);
    if (can_be_kept(kept)) {
      return kept;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Trace> find_to_keep(const KeptSearch& search, const Stop& stop, ProgressLine& line) {
  try {
    return search_to_its_end(search, stop, line);
  } catch (const Stopped&) {
    return std::nullopt;
  }
}

}  // namespace synod
