#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "scenarios/explore/bounds.h"
#include "scenarios/run/runner.h"
#include "sim/luck.h"
#include "tools/bench/bench_explore.h"
#include "tools/explore/models/paxos_actors.h"
#include "tools/explore/models/paxos_specification.h"
#include "tools/explore/models/two_phase_commit_specification.h"
#include "tools/explore/search/fingerprint_table.h"
#include "tools/explore/search/search.h"
#include "tools/explore/search/world_model.h"
#include "tools/long_work/stopped.h"
#include "tools/long_work/workers.h"

namespace synod {
namespace {

using explorer::FingerprintTable;
using explorer::PaxosActors;
using explorer::PaxosSpecification;
using explorer::SearchOptions;
using explorer::TwoPhaseCommitSpecification;

double median(std::vector<double> rounds) {
  if (rounds.empty()) return 0;
  std::sort(rounds.begin(), rounds.end());
  const std::size_t middle = rounds.size() / 2;
  return rounds.size() % 2 == 1 ? rounds[middle] : (rounds[middle - 1] + rounds[middle]) / 2;
}

/// Of all threads.
double processor_seconds(const std::function<void()>& work) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  };
  const double before = now();
  work();
  return now() - before;
}

double wall_seconds(const std::function<void()>& work) {
  const auto before = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

/// Random states of so many bytes, hashed a word at a time, into an empty table. Whoever reads the
/// sum makes sure that it is done.
std::uint64_t insert_random_states(std::uint64_t count, std::size_t state_bytes) {
  constexpr std::int64_t reservation = 256;
  FingerprintTable table(SearchOptions().memory_bytes_max);
  std::uint64_t drawn = 0;
  std::uint64_t inserted = 0;
  std::int64_t reserved = 0;
  for (std::uint64_t index = 0; index < count; ++index) {
    while (reserved == 0) {
      if (table.try_reserve(reservation)) {
        reserved = reservation;
      } else {
        table.grow(index);
      }
    }
    --reserved;
    std::uint64_t fingerprint = 0;
    for (std::size_t byte = 0; byte < state_bytes; byte += 8) {
      drawn += 0x9e3779b97f4a7c15ULL;
      fingerprint = mix(fingerprint ^ drawn);
    }
    inserted += table.insert(fingerprint | 1U, 1, 1) ? 1 : 0;
  }
  return inserted;
}

/// Throws Stopped where it was interrupted.
template <class Model>
auto search_until(const std::atomic<bool>& interrupt, const Model& model, unsigned workers) {
  SearchOptions options;
  options.workers = workers;
  options.is_interrupted = &interrupt;
  auto result = explorer::search(model, options);
  stop_if(interrupt);
  return result;
}

/// One model: what it does in a round, and what came of that.
class Contestant {
 public:
  template <class M>
  Contestant(std::string name, const M& model, const ExploreBenchEffort& effort,
             const std::atomic<bool>& interrupt) {
    search_ = [this, model, &interrupt] {
      const auto result = search_until(interrupt, model, 1);
      row_.distinct = result.distinct;
      row_.generated = result.generated;
      row_.bytes_per_state = result.bytes_per_state;
    };
    search_();
    row_.name = std::move(name);
    repeats_ = std::max<std::uint64_t>(1, effort.states_min / row_.distinct);
    state_bytes_ = bytes_of_a_state(model);
  }

  void run_round() {
    times_.push_back(processor_seconds([this] { repeat(search_); }));
    floors_.push_back(processor_seconds([this] {
      repeat([this] { inserted_ += insert_random_states(row_.distinct, state_bytes_); });
    }));
  }

  [[nodiscard]] ExploreBenchRow row() const {
    ExploreBenchRow row = row_;
    const double seconds = median(times_) / static_cast<double>(repeats_);
    const auto distinct = static_cast<double>(row.distinct);
    row.distinct_per_second = distinct / seconds;
    row.generated_per_second = static_cast<double>(row.generated) / seconds;
    row.ns_per_state = 1e9 * seconds / distinct;
    row.floor_ns_per_state = 1e9 * median(floors_) / static_cast<double>(repeats_) / distinct;
    return row;
  }

 private:
  /// With what it owns: the mean on one way through the model.
  template <class M>
  static std::size_t bytes_of_a_state(M model) {
    constexpr int states_max = 100;
    std::size_t bytes = 0;
    int states = 0;
    std::optional<typename M::State> next;
    model.initial_states([&](const auto& state) { next = state; });
    while (next && states < states_max) {
      const typename M::State state = *std::exchange(next, std::nullopt);
      bytes += sizeof state + explorer::owned_bytes(model, state);
      ++states;
      model.successors(state, [&](const auto&, const auto& successor) { next = successor; });
    }
    return bytes / static_cast<std::size_t>(std::max(states, 1));
  }

  void repeat(const std::function<void()>& work) const {
    for (std::uint64_t index = 0; index < repeats_; ++index) {
      work();
    }
  }

  std::function<void()> search_;
  ExploreBenchRow row_;
  std::uint64_t repeats_ = 1;
  std::size_t state_bytes_ = 0;
  std::uint64_t inserted_ = 0;
  std::vector<double> times_;
  std::vector<double> floors_;
};

/// Two workers on one search, and two floors beside each other, against one.
class Sharing {
 public:
  template <class Model>
  Sharing(std::string name, const Model& model, const std::atomic<bool>& interrupt)
      : name_(std::move(name)), search_([&model, &interrupt](unsigned workers) {
          search_until(interrupt, model, workers);
        }) {}

  void run_round() {
    double processor_of_one = 0;
    const double one =
        wall_seconds([&] { processor_of_one = processor_seconds([this] { search_(1); }); });
    double processor = 0;
    const double two = wall_seconds([&] { processor = processor_seconds([this] { search_(2); }); });
    ratios_.push_back(one / two);
    cores_.push_back(processor / two);
    costs_.push_back(processor / processor_of_one);
  }
  [[nodiscard]] ExploreSharingRow row() const {
    return {name_, median(ratios_), median(cores_), median(costs_)};
  }

 private:
  std::string name_;
  std::function<void(unsigned workers)> search_;
  std::vector<double> ratios_;
  std::vector<double> cores_;
  std::vector<double> costs_;
};

/// Two floors at once, of one floor's pace.
double two_floors_ratio(std::uint64_t distinct) {
  const auto floor = [distinct] { insert_random_states(distinct, sizeof(std::uint64_t)); };
  const double one = wall_seconds(floor);
  const double two = wall_seconds([&floor] { Workers().run(2, [&floor](unsigned) { floor(); }); });
  return 2 * one / two;
}

/// Three nodes of our own, a client, and a ballot that may have to be begun anew.
WorldModel own_paxos(std::uint32_t ballots) {
  return WorldModel(
      make_runner(RunChoices())->state_space(Configuration(), {.rounds_max = ballots}));
}

}  // namespace

ExploreBenchReport measure_explore(const ExploreBenchEffort& effort,
                                   const std::atomic<bool>& interrupt, const OnRound& on_round) {
  ExploreBenchReport report;
  report.effort = effort;
  report.cores = std::thread::hardware_concurrency();
  std::vector<std::unique_ptr<Contestant>> contestants;
  const auto add = [&](const std::string& name, const auto& model) {
    contestants.push_back(std::make_unique<Contestant>(name, model, effort, interrupt));
  };
  add("paxos specification", PaxosSpecification({.acceptors = 3, .ballots = 3, .values = 2}));
  add("paxos actors", PaxosActors());
  add("two-phase commit", TwoPhaseCommitSpecification(effort.managers - 1));
  add("our Paxos, 3 nodes", own_paxos(effort.ballots));
  // The steps of the one cost next to nothing, so that its workers meet in memory; those of the
  // other are the protocol's own code.
  const TwoPhaseCommitSpecification two_phase_commit(effort.managers);
  const WorldModel paxos = own_paxos(effort.ballots);
  std::vector<Sharing> shared = {{"two-phase commit", two_phase_commit, interrupt},
                                 {"our Paxos, 3 nodes", paxos, interrupt}};
  const std::uint64_t distinct = search_until(interrupt, two_phase_commit, 1).distinct;
  std::vector<double> floor_ratios;
  for (std::uint32_t round = 0; round < effort.rounds; ++round) {
    if (on_round) {
      on_round(round + 1, effort.rounds);
    }
    for (const auto& contestant : contestants) {
      contestant->run_round();
    }
    for (Sharing& sharing : shared) {
      sharing.run_round();
    }
    floor_ratios.push_back(two_floors_ratio(distinct));
  }
  for (const auto& contestant : contestants) {
    report.rows.push_back(contestant->row());
  }
  for (const Sharing& sharing : shared) {
    report.shared.push_back(sharing.row());
  }
  report.two_floors_ratio = median(floor_ratios);
  return report;
}

}  // namespace synod
