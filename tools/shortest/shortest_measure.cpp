#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>

#include "scenarios/format/trace.h"
#include "tools/explore/explore.h"
#include "tools/long_work/workers.h"
#include "tools/shortest/shortest.h"
#include "tools/shrink/shrinking.h"

namespace synod {
namespace {

/// Where a campaign found nothing, a trace of so many steps would be worth finding.
constexpr std::uint32_t steps_unguided = 16;

RunChoices choices_of(const HuntTarget& target) {
  RunChoices choices;
  choices.protocol = target.protocol;
  choices.mutants.emplace_back(target.mutant.slug);
  return choices;
}

/// What comes of a run that goes on, and of no state by itself.
bool is_liveness(std::string_view property) {
  return property == "progress" || property == "termination";
}

/// The first failing run, shrunk. Returns false when it was stopped.
bool find_and_shrink(const ShortestPlan& plan, const std::atomic<bool>& stop, ShortestRow& row) {
  const auto runner = make_runner(choices_of(row.target));
  for (std::uint64_t seed = 1; seed <= plan.budget; ++seed) {
    if (stop) {
      return false;
    }
    if (!is_find(runner->run(seed), row.target.mutant.kind)) {
      continue;
    }
    const ShrinkReport shrunk =
        shrink_or_find_anew(choices_of(row.target), runner->record(seed), effort_in_passing,
                            [&](const ShrinkProgress&) { return !stop; });
    row.property = shrunk.finding.property;
    row.steps_found = shrunk.steps_before;
    row.steps_shrunk = shrunk.steps_after;
    break;
  }
  return !stop;
}

/// Returns false when it was stopped.
bool search(const ShortestPlan& plan, const std::atomic<bool>& stop, const Rung& rung,
            ShortestRow& row) {
  const auto steps_max = static_cast<std::uint32_t>(
      row.steps_shortest ? *row.steps_shortest - 1
                         : (row.property.empty() ? steps_unguided : row.steps_shrunk));
  ExplorePlan search;
  search.choices = choices_of(row.target);
  if (!row.property.empty()) {
    search.choices.overlooked =
        all_properties_but(protocol_named(row.target.protocol), {row.property});
  }
  search.configuration = rung.configuration;
  search.bounds = rung.bounds;
  search.looks_for_blocking = false;
  search.search.memory_bytes_max = plan.memory_bytes_max;
  search.search.seconds_max = plan.seconds_max;
  search.search.depth_max = steps_max + 1;
  search.search.is_interrupted = &stop;
  const ExploreReport report = explore(search);
  const bool is_found = report.verdict == Verdict::violated;
  SearchedRung& searched = row.searched.emplace_back();
  searched.rung = rung;
  searched.end = report.end;
  searched.distinct = report.distinct;
  // Of the level that it was in, it has not seen all.
  const bool is_complete =
      report.end == explorer::End::exhausted || report.end == explorer::End::depth || is_found;
  searched.steps_covered = is_complete ? steps_max : std::max(report.depth, 2U) - 2;
  if (is_found) {
    row.steps_shortest = report.trace->steps.size();
    row.within = rung;
    row.property = report.finding.property;
  }
  return report.end != explorer::End::interrupt;
}

/// None when it was stopped.
std::optional<ShortestRow> measure(const ShortestPlan& plan, const std::atomic<bool>& stop,
                                   const HuntTarget& target) {
  ShortestRow row;
  row.target = target;
  if (!find_and_shrink(plan, stop, row)) {
    return std::nullopt;
  }
  if (is_liveness(row.property)) {
    row.why_not = "that a run does not get on is nothing that a state shows";
    return row;
  }
  for (const Rung& rung : ladder_of(target.protocol, row.property)) {
    if (row.steps_shortest == 0U) {
      break;
    }
    if (!search(plan, stop, rung, row)) {
      return std::nullopt;
    }
  }
  return row;
}

}  // namespace

bool ShortestRow::is_surely_shortest() const {
  return steps_shortest &&
         std::all_of(searched.begin(), searched.end(), [&](const SearchedRung& one) {
           return one.end == explorer::End::exhausted || one.steps_covered + 1 >= *steps_shortest;
         });
}

std::optional<double> ShortestRow::ratio() const {
  if (!steps_shortest || steps_shrunk == 0) {
    return std::nullopt;
  }
  return static_cast<double>(steps_shrunk) / static_cast<double>(*steps_shortest);
}

ShortestReport measure_shortest(const ShortestPlan& plan, const std::atomic<bool>& stop,
                                const OnShortest& on_progress) {
  std::vector<std::optional<ShortestRow>> rows(plan.targets.size());
  std::mutex mutex;  // guards what follows
  std::size_t done = 0;
  Workers workers;
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> is_over = false;  // also amid the searches of a mutant
  const auto work = [&](unsigned) {
    for (std::size_t i = next++; i < rows.size() && !is_over; i = next++) {
      {
        const std::lock_guard lock(mutex);
        on_progress(plan.targets[i].mutant.slug, done);
      }
      rows[i] = measure(plan, is_over, plan.targets[i]);
      const std::lock_guard lock(mutex);
      ++done;
    }
  };
  workers.run(plan.jobs, work, [&] { is_over = stop || workers.must_end(); });
  ShortestReport report;
  report.is_interrupted = stop;
  for (std::optional<ShortestRow>& row : rows) {
    if (row) {
      report.rows.push_back(std::move(*row));
    }
  }
  return report;
}

}  // namespace synod
