// Runs drawn from seeds, from the configuration to the verdict: `Setup` as in protocol_runner.h.
#pragma once

#include <fmt/format.h>

#include <cstdint>

#include "properties/determinism.h"
#include "scenarios/chronicle/wrong_rules.h"
#include "scenarios/format/fixed_fields.h"
#include "scenarios/play/costs.h"
#include "scenarios/play/judgement.h"
#include "scenarios/play/reports.h"
#include "scenarios/run/judged_run.h"
#include "scenarios/run/lone_proposers.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/input_error.h"
#include "sim/schedule/random_schedule.h"
#include "sim/schedule/schedule.h"
#include "sim/world/any_observer.h"
#include "sim/world/declared_options.h"
#include "sim/world/engine.h"
#include "sim/world/settling.h"
#include "sim/world/swarm.h"

namespace synod {

template <class Setup>
class SeededRuns {
 public:
  using P = typename Setup::Protocol;

  /// Both must outlive it.
  SeededRuns(JudgedRun<Setup>& run, const RunChoices& choices) : run_(run), choices_(choices) {
    if (choices.scenario) {
      fixed_ = FixedFields(choices.scenario->configured.json(), declared);
    }
    schedule_.promise(amid_cuts_of<Setup>());
  }

  /// Now and then it is made twice.
  RunReport play(std::uint64_t seed) {
    RunReport report = play_once(seed);
    if (is_made_twice(seed) && report.verdict != Verdict::violated) {
      judge_determinism(seed, report);
    }
    return report;
  }

  RunReport play_once(std::uint64_t seed) {
    begin(seed);
    for (std::size_t fault = 0; fault < fault_enabled_counts_.size(); ++fault) {
      fault_enabled_counts_[fault] +=
          is_enabled(run_.played.configuration, static_cast<Fault>(fault)) ? 1U : 0U;
    }
    RunReport report;
    report.steps = play_to_end(seed);
    const std::uint32_t survivor_count = run_.setup.survivor_count(run_.played.configuration);
    if (!findings().is_over() && schedule_.end() == Schedule::End::settled && survivor_count > 0) {
      report.steps += lone_proposers_.check(run_, survivor_count, schedule_.fresh());
    }
    run_.played.watch.witness.finish();
    report.ending = run_.played.configuration.ending;
    report.undemanded = undemanded();
    report.probes = run_.played.watch.witness.probes_reached();
    report.is_decided = !choices_.has_checkers || run_.played.watch.witness.is_decided();
    report.fingerprint = run_.played.watch.hash.value();
    judge(report);
    return report;
  }

  /// Before each step, how many events lay in the queue.
  PendingReport count_pending(std::uint64_t seed) {
    PendingReport report;
    AnyObserver<P> nobody;
    begin(seed);
    report.steps = play_observed(seed, nobody, [&] { report.pending += schedule_.queue().size(); });
    return report;
  }
  CostReport count_costs(std::uint64_t seed) {
    Costs<P> costs;
    begin(seed);
    play_observed(seed, costs, [] {});
    return costs.report();
  }
  /// Of its lone proposers, only what they started from.
  std::string blamed(std::uint64_t seed) {
    if (choices_.mutants.empty()) {
      return {};
    }
    begin(seed);
    const typename P::Config correct = run_.setup.make_config(run_.played.configuration);
    WrongRules<P> wrong(run_.played.config, correct, findings());
    play_observed(seed, wrong, [] {});
    return wrong.blamed();
  }

  [[nodiscard]] const FaultCounts& fault_counts() const { return schedule_.fault_counts(); }
  [[nodiscard]] const FaultCounts& fault_enabled_counts() const { return fault_enabled_counts_; }

 private:
  using Schedule = RandomSchedule<P, typename Setup::Clients>;
  static_assert(synod::Schedule<Schedule, P>);
  static constexpr const DeclaredOptions* declared = options_declared_by<Setup>();

  [[nodiscard]] const Findings& findings() const { return run_.findings(); }

  void begin(std::uint64_t seed) {
    run_.begin(configuration_for(Luck(seed)), choices_.has_checkers);
  }

  [[nodiscard]] Configuration configuration_for(const Luck& luck) const {
    if (choices_.scenario && !choices_.scenario->is_swarm) {
      return choices_.scenario->configuration;
    }
    const auto fix = [&](Configuration& drawn) { fixed_.apply(drawn); };
    Configuration configuration = choices_.strategy == Strategy::uniform
                                      ? uniform_configuration(declared, luck, fix)
                                      : draw_configuration(luck, declared, fix);
    keep_what_can_happen<P>(configuration);
    fixed_.apply(configuration);
    run_.setup.fit(configuration, luck);
    run_.setup.planted.set_up(configuration);
    if (configuration.ending == Ending::partitioned && amid_cuts_of<Setup>().decides == nullptr) {
      configuration.ending = Ending::healed;
    }
    if (!choices_.scenario) {
      return configuration;
    }
    fixed_.apply(configuration);  // again: what is fixed stays so
    configuration.faults = choices_.scenario->configuration.faults;
    if (const std::string complaint = validate(configuration); !complaint.empty()) {
      refuse("the scenario's fields do not go with those drawn around them: " + complaint);
    }
    return configuration;
  }

  /// As fast as can be.
  std::uint64_t play_to_end(std::uint64_t seed) {
    Attention witness(run_.played.watch);
    Observers observers(schedule_, witness, run_.played.watch.learned_by, run_.played.watch.hash,
                        run_.recorder);
    Engine<P, decltype(observers)> engine(run_.played.config, observers, effects_);
    return play_to_end(seed, engine, [] {});
  }
  /// For `guest`, who watches; without lone proposers.
  template <class Guest, class BeforeStep>
  std::uint64_t play_observed(std::uint64_t seed, Guest& guest, BeforeStep before_step) {
    auto observers = erased<P>(schedule_, run_.played.watch.witness, run_.played.watch.learned_by,
                               run_.played.watch.hash, run_.recorder, guest);
    Engine<P, AnyObservers<P>> engine(run_.played.config, observers.all());
    return play_to_end(seed, engine, before_step);
  }
  template <class AnEngine, class BeforeStep>
  std::uint64_t play_to_end(std::uint64_t seed, AnEngine& engine, BeforeStep before_step) {
    const Configuration& configuration = run_.played.configuration;
    World<P>& world = run_.played.world;
    schedule_.start(configuration, seed);
    engine.start(world, configuration.node_count, configuration.client_count,
                 reads_older_disks(configuration));
    std::uint64_t steps = 0;
    Step<P> step;
    while (!findings().is_over() && schedule_.try_next(world, step)) {
      ++steps;
      run_.meter.count();
      before_step();
      if (!engine.apply(world, step)) [[unlikely]] {
        run_.played.watch.witness.report(assertion_text,
                                         "the schedule drew a step that does not apply");
      }
    }
    if (!findings().is_over() && schedule_.end() == Schedule::End::unsettled &&
        undemanded() == Undemanded::is_demanded) {
      run_.judge(demand_of(configuration.ending));
    }
    return steps;
  }

  void judge(RunReport& report) const {
    if (findings().has_any()) {
      report.verdict = Verdict::violated;
      report.unmet = name_of(run_.demand.kind);
      report.is_outside_fault_model = !run_.outside_fault_model().empty();
      report.finding = run_.finding();
    } else if (report.limit = findings().limit(); !report.limit.empty()) {
      report.verdict = Verdict::inconclusive;
      report.inconclusive = report.limit;
    } else if (schedule_.end() == Schedule::End::out_of_steps) {
      report.verdict = Verdict::inconclusive;
      report.inconclusive = why_out_of_steps;
    } else if (!report.is_decided) {
      report.verdict = Verdict::inconclusive;
      report.inconclusive = why_nothing_chosen<P>;
    }
  }

  static bool is_made_twice(std::uint64_t seed) {
    constexpr std::uint64_t every = runs_a_determinism_check<Setup>;
    return every != 0 && seed % every == 0;
  }
  /// Makes the run again, which must come to the same.
  void judge_determinism(std::uint64_t seed, RunReport& report) {
    const FaultCounts enabled = fault_enabled_counts_;
    const RunReport again = play_once(seed);
    fault_enabled_counts_ = enabled;  // it is one run
    const bool is_same = again.fingerprint == report.fingerprint && again.steps == report.steps;
    report.steps += again.steps;
    if (is_same) {
      return;
    }
    run_.played.watch.witness.report(
        determinism_text,
        fmt::format(
            "two runs of seed {} came to {:016x} and {:016x}: some handler reads what is not "
            "among its inputs, as a clock, luck, or memory that was never set",
            seed, report.fingerprint, again.fingerprint));
    report.verdict = Verdict::violated;
    report.inconclusive = {};
    report.finding = run_.finding();
  }

  /// Of the run that has just ended.
  [[nodiscard]] Undemanded undemanded() const {
    if (findings().is_over()) {
      return findings().has_any() ? Undemanded::is_demanded : Undemanded::out_of_steps;
    }
    const Configuration& configuration = run_.played.configuration;
    switch (schedule_.end()) {
      case Schedule::End::settled:
        return Undemanded::is_demanded;
      case Schedule::End::out_of_steps:
        return Undemanded::out_of_steps;
      case Schedule::End::broken:
        return configuration.ending == Ending::broken        ? Undemanded::stays_broken
               : configuration.ending == Ending::partitioned ? Undemanded::nobody_connected
                                                             : Undemanded::too_few_up;
      case Schedule::End::unsettled:
        break;
    }
    if (has_too_little_time(configuration) && !choices_.demands_in_any_time) {
      return Undemanded::too_little_time;
    }
    const bool can_decide = configuration.ending == Ending::healed ||
                            configuration.ending == Ending::partitioned ||
                            run_.setup.can_decide(configuration, run_.played.world.nodes_up());
    return can_decide ? Undemanded::is_demanded : Undemanded::too_few_up;
  }

  JudgedRun<Setup>& run_;
  const RunChoices& choices_;
  FixedFields fixed_;
  Schedule schedule_;
  EffectsOf<P> effects_;  ///< of the handlers of one run after the other
  LoneProposers<Setup> lone_proposers_;
  FaultCounts fault_enabled_counts_{};
};

}  // namespace synod
