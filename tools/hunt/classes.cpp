#include "tools/hunt/classes.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <span>

#include "scenarios/run/runner.h"
#include "tools/explore/rungs.h"
#include "tools/hunt/small_search.h"
#include "tools/long_work/stopped.h"
#include "tools/long_work/workers.h"
#include "tools/support/print.h"

namespace synod {
namespace {

/// A mutant's world may be so many times as large as that of the correct protocol may be.
constexpr std::uint64_t larger_at_most = 4;

// ---- Small worlds -------------------------------------------------------------------------------

/// Each accident by itself, in the smallest clusters: what is rare in a campaign is there in some.
std::vector<Rung> accidents(const ProtocolEntry& protocol) {
  ExploreBounds quiet{.timeouts_max = 1,
                      .requests = protocol.has_reads ? Requests::any : Requests::writes};
  if (protocol.is_fail_stop) {
    quiet.timeouts_max = ExploreBounds::unlimited;
    quiet.timeouts = Timeouts::truth;
  }
  std::vector<Rung> rungs;
  for (const auto& [nodes, clients, rounds] :
       {std::array{1U, 2U, 2U}, std::array{2U, 1U, 1U}, std::array{2U, 1U, 2U},
        std::array{2U, 2U, 1U}, std::array{3U, 1U, 1U}}) {
    const auto add = [&, cluster = cluster_of(nodes, clients)](const auto& change) {
      ExploreBounds bounds = quiet;
      bounds.rounds_max = rounds;
      change(bounds);
      rungs.push_back({cluster, bounds});
    };
    add([](ExploreBounds& bounds) { bounds.losses_max = 1; });
    add([](ExploreBounds& bounds) { bounds.duplicates_max = 1; });
    add([](ExploreBounds& bounds) { bounds.retries_max = 1; });
    add([](ExploreBounds& bounds) { bounds.requests_max = 2; });
    add([](ExploreBounds& bounds) { bounds.abandons_max = 1; });
    add([](ExploreBounds& bounds) { bounds.has_slow_writes = true; });
    add([&](ExploreBounds& bounds) {
      bounds.crashes_max = 1;
      bounds.restarts_max = protocol.is_fail_stop ? 0 : 1;
    });
  }
  if (protocol.has_reads) {  // who reads meets who writes, and comes to know it afterwards
    rungs.push_back({cluster_of(2, 2),
                     {.rounds_max = 1, .network = Network::ordered, .requests = Requests::any}});
    rungs.push_back(
        {cluster_of(1, 2), {.rounds_max = 1, .requests_max = 2, .requests = Requests::any}});
  }
  return rungs;
}

/// Those of its ladder, whatever it is that is looked for, and the accidents; each once.
std::vector<Rung> candidates(const ProtocolEntry& protocol) {
  std::vector<Rung> all;
  for (const PropertyText& property : protocol.properties) {
    const std::vector<Rung> ladder = ladder_of(protocol.text.name, property.name);
    all.insert(all.end(), ladder.begin(), ladder.end());
  }
  const std::vector<Rung> others = accidents(protocol);
  all.insert(all.end(), others.begin(), others.end());
  std::vector<std::string> known;
  std::erase_if(all, [&](const Rung& rung) {
    std::string arguments = arguments_of(rung, protocol.text.name);
    const bool is_known = std::ranges::find(known, arguments) != known.end();
    known.push_back(std::move(arguments));
    return is_known;
  });
  return all;
}

// ---- One protocol's mutants ---------------------------------------------------------------------

/// Those of one protocol that the campaign did not find, and what became of them in small worlds.
struct Unfound {
  const ProtocolEntry* protocol = nullptr;
  std::vector<ClassedMutant*> mutants;
  std::vector<Rung> rungs;
  std::vector<Comparison> comparisons;  ///< by rung
  std::vector<SmallSearch> correct;     ///< by rung
  std::vector<std::uint8_t> is_small;   ///< by rung; whether it is a small world
  std::vector<SmallSearch> searches;    ///< by mutant, then by rung
  [[nodiscard]] std::string name() const { return std::string(protocol->text.name); }
};

std::vector<Unfound> unfound_among(std::vector<ClassedMutant>& mutants) {
  std::vector<Unfound> all;
  for (const ProtocolEntry& protocol : protocols()) {
    Unfound unfound;
    unfound.protocol = &protocol;
    bool has_any = false;
    for (ClassedMutant& mutant : mutants) {
      if (mutant.target.protocol == protocol.text.name) {
        has_any = true;
        if (mutant.figures.found == 0) {
          unfound.mutants.push_back(&mutant);
        }
      }
    }
    if (has_any) {
      unfound.rungs = candidates(protocol);
      unfound.comparisons.resize(unfound.rungs.size());
      unfound.correct.resize(unfound.rungs.size());
      unfound.is_small.resize(unfound.rungs.size());
      unfound.searches.resize(unfound.rungs.size() * unfound.mutants.size());
      all.push_back(std::move(unfound));
    }
  }
  return all;
}

/// A rung of one protocol, and maybe one of its mutants.
struct Work {
  Unfound* unfound = nullptr;
  std::size_t rung = 0;
  std::size_t mutant = 0;
};

class Searches {
 public:
  Searches(const ClassesPlan& plan, const std::atomic<bool>& stop, const OnClasses& on_searches)
      : plan_(plan), stop_(stop), on_searches_(on_searches) {}

  /// Which worlds are small, in which the correct protocol breaks nothing, and who differs there.
  void compare(std::vector<Unfound>& all) {
    std::vector<Work> work;
    for (Unfound& unfound : all) {
      for (std::size_t rung = 0; rung < unfound.rungs.size(); ++rung) {
        work.push_back({&unfound, rung, 0});
      }
    }
    share(work, "comparison", [this](const Work& one) {
      Unfound& unfound = *one.unfound;
      const Rung& rung = unfound.rungs[one.rung];
      SmallSearch& correct = unfound.correct[one.rung];
      correct = search_small(unfound.name(), "", rung, plan_.states_max, stop_);
      unfound.is_small[one.rung] = correct.is_complete ? 1 : 0;
      if (!correct.is_complete) {
        return;
      }
      std::vector<std::string> slugs;
      for (const ClassedMutant* mutant : unfound.mutants) {
        slugs.emplace_back(mutant->target.mutant.slug);
      }
      unfound.comparisons[one.rung] =
          compare_with_correct(unfound.name(), slugs, rung, plan_.states_max, stop_);
    });
  }

  /// Those that differ anywhere, everywhere.
  void search(std::vector<Unfound>& all) {
    std::vector<Work> work;
    for (Unfound& unfound : all) {
      for (std::size_t mutant = 0; mutant < unfound.mutants.size(); ++mutant) {
        for (std::size_t rung = 0; rung < unfound.rungs.size(); ++rung) {
          if (unfound.mutants[mutant]->differs_after && unfound.is_small[rung] != 0) {
            work.push_back({&unfound, rung, mutant});
          }
        }
      }
    }
    share(work, "search", [this](const Work& one) {
      Unfound& unfound = *one.unfound;
      unfound.searches[one.mutant * unfound.rungs.size() + one.rung] =
          search_small(unfound.name(), std::string(unfound.mutants[one.mutant]->target.mutant.slug),
                       unfound.rungs[one.rung], plan_.states_max * larger_at_most, stop_);
    });
  }

 private:
  template <class Do>
  void share(const std::vector<Work>& work, std::string_view what, const Do& task) {
    if (work.empty()) {
      return;
    }
    std::atomic<std::size_t> done = 0;
    share_work(
        work.size(), plan_.hunt.jobs,
        [&](std::size_t i) {
          stop_if(stop_.load());
          task(work[i]);
          ++done;
        },
        [&] {
          if (on_searches_) {
            on_searches_(fmt::format("{} of {}", done.load(), counted(work.size(), what)));
          }
        });
  }

  const ClassesPlan& plan_;
  const std::atomic<bool>& stop_;
  const OnClasses& on_searches_;
};

/// In the small world in which it takes the fewest steps.
void note_differences(Unfound& unfound) {
  for (std::size_t rung = 0; rung < unfound.rungs.size(); ++rung) {
    const auto& by_mutant = unfound.comparisons[rung].differs_after;
    for (std::size_t i = 0; i < by_mutant.size(); ++i) {
      std::optional<std::uint32_t>& fewest = unfound.mutants[i]->differs_after;
      if (by_mutant[i] && (!fewest || *by_mutant[i] < *fewest)) {
        fewest = by_mutant[i];
      }
    }
  }
}

/// What the searches say of one that the campaign did not find.
void classify(const Unfound& unfound, std::size_t index, ClassedMutant& mutant) {
  const bool has_worlds = std::ranges::count(unfound.is_small, 1) > 0;
  if (!mutant.differs_after) {
    mutant.is = has_worlds ? MutantClass::equivalent : MutantClass::unknown;
    mutant.why_unknown = has_worlds ? "" : "no world is small enough";
    return;
  }
  mutant.is = MutantClass::control;
  for (std::size_t rung = 0; rung < unfound.rungs.size(); ++rung) {
    const SmallSearch& search = unfound.searches[index * unfound.rungs.size() + rung];
    if (unfound.is_small[rung] == 0) {
      continue;
    }
    if (!search.property.empty()) {
      mutant.is = MutantClass::bug;
      mutant.property = search.property;
      mutant.found_in = unfound.rungs[rung];
      mutant.steps = search.steps;
      mutant.why_unknown.clear();
      return;
    }
    if (!search.is_complete) {
      mutant.is = MutantClass::unknown;
      mutant.why_unknown = fmt::format("with {} it has more than {}",
                                       arguments_of(unfound.rungs[rung], unfound.name()),
                                       counted(search.states - 1, "state"));
    }
  }
}

SmallWorldsOf worlds_of(const Unfound& unfound) {
  SmallWorldsOf of{unfound.protocol->text.name, {}};
  for (std::size_t rung = 0; rung < unfound.rungs.size(); ++rung) {
    if (unfound.is_small[rung] != 0) {
      of.worlds.push_back({unfound.rungs[rung], unfound.correct[rung].states});
    }
  }
  return of;
}

std::vector<ClassedMutant> hunted(const HuntReport& report) {
  std::vector<ClassedMutant> mutants;
  mutants.reserve(report.hunted.size());
  for (const Hunted& hunted : report.hunted) {
    ClassedMutant& mutant = mutants.emplace_back();
    mutant.target = hunted.target;
    mutant.figures = figures_of(hunted);
    if (mutant.figures.found > 0) {
      mutant.is = MutantClass::bug;
      mutant.property = mutant.figures.property;
    }
  }
  return mutants;
}

}  // namespace

bool is_found_in_median(const ClassedMutant& mutant) {
  return mutant.figures.runs.median.has_value();
}

ClassesReport find_classes(const ClassesPlan& plan, const std::atomic<bool>& stop,
                           const OnHuntProgress& on_trials, const OnClasses& on_searches) {
  ClassesReport report;
  report.trials = plan.hunt.trials;
  report.budget = plan.hunt.budget;
  report.states_max = plan.states_max;
  const HuntReport trials = measure(plan.hunt, stop, on_trials);
  report.mutants = hunted(trials);
  report.is_interrupted = trials.is_interrupted;
  if (report.is_interrupted) {
    return report;
  }
  try {
    std::vector<Unfound> all = unfound_among(report.mutants);
    Searches searches(plan, stop, on_searches);
    searches.compare(all);
    for (Unfound& unfound : all) {
      note_differences(unfound);
    }
    searches.search(all);
    for (const Unfound& unfound : all) {
      report.worlds.push_back(worlds_of(unfound));
      for (std::size_t i = 0; i < unfound.mutants.size(); ++i) {
        classify(unfound, i, *unfound.mutants[i]);
      }
    }
  } catch (const Stopped&) {
    report.is_interrupted = true;
  }
  return report;
}

}  // namespace synod
