#include "tools/bench/bench_measure.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <map>
#include <memory>
#include <thread>
#include <utility>

#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "sim/event_queue.h"
#include "sim/luck.h"
#include "sim/schedule/plan.h"
#include "tools/bench/allocation_count.h"
#include "tools/campaign/campaign.h"
#include "tools/long_work/stopped.h"

namespace synod {
namespace {

constexpr std::uint64_t first_seed = 1;

/// One figure a round.
using Rounds = std::vector<double>;

double median(Rounds rounds) {
  if (rounds.empty()) {
    return 0;
  }
  std::sort(rounds.begin(), rounds.end());
  const std::size_t middle = rounds.size() / 2;
  return rounds.size() % 2 == 1 ? rounds[middle] : (rounds[middle - 1] + rounds[middle]) / 2;
}

/// Of each round with itself.
double median_ratio(const Rounds& above, const Rounds& below) {
  Rounds ratios;
  for (std::size_t i = 0; i < above.size(); ++i) {
    ratios.push_back(above[i] / below[i]);
  }
  return median(ratios);
}

/// Runs what is added to it, all of it once a round, and remembers how long each took.
class Stopwatch {
 public:
  Stopwatch() { benchmark::ClearRegisteredBenchmarks(); }
  ~Stopwatch() { benchmark::ClearRegisteredBenchmarks(); }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

  /// `body` goes round its state's loop `iterations` times.
  template <class Body>
  benchmark::internal::Benchmark* add(const std::string& name, std::uint64_t iterations,
                                      Body body) {
    return benchmark::RegisterBenchmark(name.c_str(), body)
        ->Iterations(static_cast<benchmark::IterationCount>(iterations));
  }
  void go(std::uint32_t rounds, const std::atomic<bool>& interrupt, const OnRound& on_round) {
    for (std::uint32_t i = 0; i < rounds; ++i) {
      if (on_round) {
        on_round(i + 1, rounds);
      }
      benchmark::RunSpecifiedBenchmarks(&collector_, nullptr, ".");
      stop_if(interrupt);
    }
  }
  /// Seconds, one for each round.
  [[nodiscard]] const Rounds& processor_time(const std::string& name) const {
    return collector_.times.at(name).processor;
  }
  [[nodiscard]] const Rounds& wall_time(const std::string& name) const {
    return collector_.times.at(name).wall;
  }

 private:
  struct Times {
    Rounds processor;
    Rounds wall;
  };
  struct Collector final : benchmark::BenchmarkReporter {
    std::map<std::string, Times> times;

    bool ReportContext(const Context& /*context*/) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
      for (const Run& run : runs) {
        Times& own = times[run.run_name.function_name];
        own.processor.push_back(run.cpu_accumulated_time);
        own.wall.push_back(run.real_accumulated_time);
      }
    }
  };
  Collector collector_;
};

/// Everything drawn but the number of nodes, with majorities as quorums.
RunChoices choices_for(std::uint32_t nodes, bool has_checkers) {
  auto scenario = std::make_shared<Trace>();
  scenario->is_swarm = true;
  set_number(member_for(scenario->configured.json(), "node_count"), std::uint64_t{nodes});
  RunChoices choices;
  choices.scenario = std::move(scenario);
  choices.has_checkers = has_checkers;
  return choices;
}

class RunBenchmark {
 public:
  RunBenchmark(std::uint32_t nodes, bool has_checkers, const BenchEffort& effort,
               const std::atomic<bool>& interrupt)
      : nodes_(nodes),
        has_checkers_(has_checkers),
        effort_(effort),
        interrupt_(interrupt),
        name_(fmt::format("nodes:{}/checkers:{}", nodes, has_checkers)) {
    const RunChoices choices = choices_for(nodes, has_checkers);
    protocol_ = choices.protocol;
    runner_ = make_runner(choices);
    warm_up();
  }

  void add_to(Stopwatch& stopwatch) {
    stopwatch.add(name_, effort_.seeds, [this](benchmark::State& state) { run(state); });
  }

  /// On average before a step.
  [[nodiscard]] double pending() const {
    return static_cast<double>(pending_.pending) / static_cast<double>(pending_.steps);
  }

  [[nodiscard]] BenchRow row(const Stopwatch& stopwatch, double floor_ns_per_step) const {
    const double seconds = median(stopwatch.processor_time(name_));
    const auto steps = static_cast<double>(steps_);
    BenchRow row;
    row.name = protocol_;
    row.nodes = nodes_;
    row.has_checkers = has_checkers_;
    row.steps = steps_;
    row.runs_per_second = static_cast<double>(effort_.seeds) / seconds;
    row.steps_per_second = steps / seconds;
    row.ns_per_step = seconds * 1e9 / steps;
    if (allocations_) {
      row.allocations_per_step =
          static_cast<double>(*allocations_) / (steps * static_cast<double>(effort_.rounds));
    }
    row.floor_ns_per_step = floor_ns_per_step;
    row.pending = pending();
    return row;
  }

 private:
  void warm_up() {
    for (std::uint64_t i = 0; i < effort_.seeds; ++i) {
      stop_if(interrupt_);
      const PendingReport pending = runner_->count_pending(first_seed + i);
      pending_.steps += pending.steps;
      pending_.pending += pending.pending;
    }
    for (std::uint64_t i = 0; i < effort_.seeds; ++i) {
      stop_if(interrupt_);
      steps_ += runner_->run(first_seed + i).steps;
    }
  }

  void run(benchmark::State& state) {
    const auto allocations_before = allocations_of_this_thread();
    std::uint64_t done = 0;
    for ([[maybe_unused]] const auto& iteration : state) {
      if (interrupt_.load(std::memory_order_relaxed)) {
        continue;  // nobody looks at what is measured
      }
      RunReport report = runner_->run(first_seed + done++);
      benchmark::DoNotOptimize(report.fingerprint);
    }
    if (allocations_before) {
      allocations_ = allocations_.value_or(0) + *allocations_of_this_thread() - *allocations_before;
    }
  }

  std::uint32_t nodes_;
  bool has_checkers_;
  BenchEffort effort_;
  const std::atomic<bool>& interrupt_;
  std::string name_;
  std::string protocol_;
  std::unique_ptr<Runner> runner_;
  std::uint64_t steps_ = 0;  ///< of all seeds
  PendingReport pending_;
  std::optional<std::uint64_t> allocations_;  ///< in all that was timed
};

/// The least that a step can cost: one event from the queue, one draw, one event into the queue.
/// `Queue` is the schedule's own; nothing but the queue is used.
template <class Queue>
class FloorBenchmark;

template <class Event>
class FloorBenchmark<EventQueue<Event>> {
 public:
  /// Each thread has a queue of its own.
  FloorBenchmark(double pending, int threads, const BenchEffort& effort)
      : name_(fmt::format("floor/pending:{}/threads:{}", pending, threads)),
        threads_(threads),
        pending_(static_cast<std::uint32_t>(std::lround(pending))),
        events_(effort.floor_events) {}

  void add_to(Stopwatch& stopwatch) {
    stopwatch.add(name_, events_, [this](benchmark::State& state) { run(state); })
        ->Threads(threads_)
        ->UseRealTime();
  }
  [[nodiscard]] const Rounds& wall_time(const Stopwatch& stopwatch) const {
    return stopwatch.wall_time(name_);
  }
  [[nodiscard]] double ns_per_step(const Stopwatch& stopwatch) const {
    return median(stopwatch.processor_time(name_)) * 1e9 / static_cast<double>(events_);
  }

 private:
  /// Longer than any run, and far below what an event's sequence number can hold.
  static constexpr std::uint32_t events_per_fill = 1U << 16U;
  static constexpr DurationRange delay{{1}, {60}};

  void run(benchmark::State& state) const {
    const Luck luck(first_seed);
    EventQueue<Event> queue;
    Time now;
    std::uint32_t done = 0;
    for ([[maybe_unused]] const auto& iteration : state) {
      if (done % events_per_fill == 0) {
        fill(queue, luck);
      }
      const Event event = queue.pop(now);
      queue.push(now + Draws(luck, Stream::delay, 1, done++).within(delay), event);
    }
    benchmark::DoNotOptimize(now);
  }
  void fill(EventQueue<Event>& queue, const Luck& luck) const {
    queue.clear();
    Draws draws(luck, Stream::delay, 0);
    for (std::uint32_t i = 0; i < std::max(1U, pending_); ++i) {
      queue.push(Time{} + draws.within(delay), Event{});
    }
  }

  std::string name_;
  int threads_;
  std::uint32_t pending_;
  std::uint64_t events_;
};

using Queue = EventQueue<Event>;

class CampaignBenchmark {
 public:
  CampaignBenchmark(unsigned jobs, const BenchEffort& effort, const std::atomic<bool>& interrupt)
      : interrupt_(interrupt), name_(fmt::format("campaign/jobs:{}", jobs)) {
    options_.first_seed = first_seed;
    options_.seeds = effort.campaign_seeds;
    options_.jobs = jobs;
  }

  void add_to(Stopwatch& stopwatch) {
    stopwatch.add(name_, 1, [this](benchmark::State& state) { run(state); })
        ->MeasureProcessCPUTime()
        ->UseRealTime();
  }
  [[nodiscard]] const Rounds& seconds(const Stopwatch& stopwatch) const {
    return stopwatch.wall_time(name_);
  }
  [[nodiscard]] BenchCampaign figures(const Stopwatch& stopwatch) const {
    const double time = median(seconds(stopwatch));
    return {.jobs = options_.jobs,
            .steps = steps_,
            .runs_per_second = static_cast<double>(runs_) / time,
            .steps_per_second = static_cast<double>(steps_) / time,
            .cores_used = median_ratio(stopwatch.processor_time(name_), seconds(stopwatch))};
  }

 private:
  void run(benchmark::State& state) {
    for ([[maybe_unused]] const auto& iteration : state) {
      const CampaignReport report =
          run_campaign(options_, Stop(interrupt_), [](const auto& /*progress*/) {});
      runs_ = report.runs;
      steps_ = report.steps;
    }
  }

  const std::atomic<bool>& interrupt_;
  std::string name_;
  CampaignOptions options_;
  std::uint64_t runs_ = 0;
  std::uint64_t steps_ = 0;
};

}  // namespace

BenchReport measure(const BenchEffort& effort, const std::atomic<bool>& interrupt,
                    const OnRound& on_round) {
  constexpr std::array<std::uint32_t, 3> node_counts = {3, 5, 9};
  // What is measured is pointed at while it is measured.
  std::vector<std::unique_ptr<RunBenchmark>> runs;
  std::vector<std::unique_ptr<FloorBenchmark<Queue>>> floors;
  std::vector<std::unique_ptr<CampaignBenchmark>> campaigns;
  for (const bool has_checkers : {true, false}) {
    for (const std::uint32_t nodes : node_counts) {
      runs.push_back(std::make_unique<RunBenchmark>(nodes, has_checkers, effort, interrupt));
    }
  }
  floors.reserve(node_counts.size());
  for (std::size_t i = 0; i < node_counts.size(); ++i) {
    floors.push_back(std::make_unique<FloorBenchmark<Queue>>(runs[i]->pending(), 1, effort));
  }
  FloorBenchmark<Queue> floor_of_two(runs.front()->pending(), 2, effort);
  for (const unsigned jobs : {1U, 2U}) {
    campaigns.push_back(std::make_unique<CampaignBenchmark>(jobs, effort, interrupt));
  }

  Stopwatch stopwatch;
  const auto add_all = [&](const auto& benchmarks) {
    for (const auto& one : benchmarks) {
      one->add_to(stopwatch);
    }
  };
  add_all(runs);
  add_all(floors);
  floor_of_two.add_to(stopwatch);
  add_all(campaigns);
  stopwatch.go(effort.rounds, interrupt, on_round);

  BenchReport report;
  report.effort = effort;
  report.cores = std::thread::hardware_concurrency();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto& floor = floors[i % node_counts.size()];
    report.rows.push_back(runs[i]->row(stopwatch, floor->ns_per_step(stopwatch)));
  }
  for (const auto& campaign : campaigns) {
    report.campaigns.push_back(campaign->figures(stopwatch));
  }
  report.two_floors_ratio =
      2 * median_ratio(floors.front()->wall_time(stopwatch), floor_of_two.wall_time(stopwatch));
  report.two_jobs_ratio =
      median_ratio(campaigns.front()->seconds(stopwatch), campaigns.back()->seconds(stopwatch));
  return report;
}

}  // namespace synod
