// The runner of any protocol. `Setup` names its parts, and testbed_of.h has most of them already:
//
//   Protocol, Witness, Clients         types; see sim/protocol.h, properties/any/witness.h and
//                                      sim/world/clients.h
//   Options                            of the protocol's own (sim/world/options.h); may be missing
//   planted                            the planted bugs
//   survivors_text                     the property that survivors decide
//   nodes_restart                      in the protocol's fault model
//   runs_a_determinism_check           every so many runs one is made twice; may be missing
//   fit(configuration, luck)           makes what was drawn fit for the protocol
//   make_config(configuration) -> Protocol::Config
//   start(witness, config, configuration)
//                                      judged by the correct configuration
//   outside_fault_model(configuration) why this one already is; empty when it is not
//   survivor_count(configuration)      how many nodes decide without the others; 0 where no number
//                                      does
//   can_decide(configuration, up)      must these nodes alone come to a decision?
//   interchangeable(configuration)     see explore/world_space.h
//
// Who registers it adds `about` and, at will, `ladder` (runner.h).
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "properties/determinism.h"
#include "scenarios/chronicle/chronicle.h"
#include "scenarios/chronicle/chronicler.h"
#include "scenarios/explore/world_space.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/fixed_fields.h"
#include "scenarios/format/step_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/play/continuation.h"
#include "scenarios/play/costs.h"
#include "scenarios/play/find_again.h"
#include "scenarios/play/guest_log.h"
#include "scenarios/play/inert_faults.h"
#include "scenarios/play/judgement.h"
#include "scenarios/play/lone_proposer.h"
#include "scenarios/play/new_messages.h"
#include "scenarios/play/played_world.h"
#include "scenarios/play/recorder.h"
#include "scenarios/play/script.h"
#include "scenarios/play/step_log.h"
#include "scenarios/play/step_meter.h"
#include "scenarios/run/runner.h"
#include "scenarios/shrink/shrinker.h"
#include "scenarios/what_if/what_if_sampler.h"
#include "scenarios/words/input_error.h"
#include "sim/schedule/random_schedule.h"
#include "sim/world/any_observer.h"
#include "sim/world/declared_options.h"
#include "sim/world/engine.h"
#include "sim/world/settling.h"
#include "sim/world/swarm.h"

namespace synod {

template <class Setup>
class ProtocolRunner final : public Runner {
 public:
  using P = typename Setup::Protocol;
  using Witness = typename Setup::Witness;

  ProtocolRunner(Setup setup, RunChoices choices)
      : setup_(std::move(setup)), choices_(std::move(choices)) {
    if (choices_.scenario) {
      fixed_ = FixedFields(choices_.scenario->configured.json(), declared);
    }
  }

  void attend(OnSteps on_steps) override { meter_.tell(std::move(on_steps)); }
  void before_steps(BeforeStep before_step) override { before_step_ = std::move(before_step); }
  void catch_printed(OutputCapture* capture) override { printed_ = capture; }

  RunReport run(std::uint64_t seed) override {
    recorder_.start(false);
    RunReport report = run_and_judge(seed);
    if (is_made_twice(seed) && report.verdict != Verdict::violated) {
      judge_determinism(seed, report);
    }
    return report;
  }

  PendingReport count_pending(std::uint64_t seed) override {
    recorder_.start(false);
    begin(configuration_for(Luck(seed)));
    PendingReport report;
    AnyObserver<P> nobody;
    report.steps = run_observed(seed, nobody, [&] { report.pending += schedule_.queue().size(); });
    return report;
  }

  CostReport count_costs(std::uint64_t seed) override {
    recorder_.start(false);
    begin(configuration_for(Luck(seed)));
    Costs<P> costs;
    run_observed(seed, costs, [] {});
    return costs.report();
  }

  Trace record(std::uint64_t seed) override {
    recorder_.start(true);
    const RunReport report = run_and_judge(seed);
    Trace trace;
    trace.about = report.finding.text;
    trace.protocol = choices_.protocol;
    trace.mutants = choices_.mutants;
    trace.seed = seed;
    trace.configuration = played_.configuration;
    trace.configured = all_fields(played_.configuration);
    trace.demand = demand_;
    trace.expect = expectation(report.verdict);
    trace.has_steps = true;
    trace.steps = recorded_steps();
    return trace;
  }

  ReplayReport replay(const Trace& trace, const Log* log) override {
    StepLog<P> story(log, nullptr, printed_);
    return replay(trace, story, printed_);
  }

  void observe(Trace& trace) override {
    std::vector<std::vector<std::string>> observations;
    StepLog<P> story(nullptr, &observations);
    replay(trace, story);
    observations.resize(trace.steps.size());  // after a broken assertion, no more steps are taken
    for (std::size_t i = 0; i < trace.steps.size(); ++i) {
      trace.steps[i].observations = std::move(observations[i]);
    }
  }

  Chronicle chronicle(const Trace& trace) override {
    Chronicle chronicle;
    typename P::Config correct = setup_.make_config(trace.configuration);
    Chronicler<P> chronicler(played_.config, choices_.mutants.empty() ? nullptr : &correct,
                             chronicle, printed_);
    const ReplayReport report = replay(trace, chronicler, printed_);
    chronicle.about = trace.about;
    chronicle.protocol = choices_.protocol;
    chronicle.mutants = choices_.mutants;
    chronicle.configuration = trace.configuration;
    chronicle.verdict = report.verdict;
    chronicle.inconclusive = report.inconclusive;
    if (report.verdict == Verdict::violated) {
      chronicle.finding =
          Chronicle::Finding{std::string(report.finding.property), report.finding.text,
                             chronicler.violated_in(), !outside_fault_model().empty()};
    }
    return chronicle;
  }

  /// The same, as `teller` tells it: a StepLog or a Chronicler. For it `printed` is on while a step
  /// is taken, where it is not null.
  template <class Teller>
  ReplayReport replay(const Trace& trace, Teller& teller, OutputCapture* printed = nullptr) {
    begin(trace.configuration);
    demand_ = trace.demand;
    recorder_.start(true);
    continuation_.start(trace.demand, Setup::nodes_restart, played_.watch.learned_by);
    new_messages_.start(trace.known);
    inert_.start(!trace.is_recorded(), played_.config);
    auto observers = erased<P>(played_.watch.witness, played_.watch.learned_by, played_.watch.hash,
                               recorder_, continuation_, new_messages_, inert_, teller);
    Engine<P, AnyObservers<P>> engine(played_.config, observers.all());
    if (printed != nullptr) {
      printed->begin();
    }
    engine.start(played_.world, played_.configuration.node_count,
                 played_.configuration.client_count, true);
    teller.start(played_.world);
    if (const std::string unusual = options_sentence(played_.configuration); !unusual.empty()) {
      teller.tell_aside(unusual);
    }
    const auto try_take = [&](const Step<P>& step, std::optional<std::size_t> index) {
      const bool is_last = !index || *index + 1 == trace.steps.size();
      return try_take_and_tell(engine, step, index, is_last, teller, printed);
    };
    ReplayReport report;
    take_steps(trace, teller, try_take, report);
    if (trace.settles && !findings().is_over()) {
      recorder_.stop();
      teller.tell_aside("the steps are over; from here on nothing new goes wrong");
      continuation_.play(played_.world, [&](const Step<P>& step) {
        report.steps_after += try_take(step, std::nullopt) ? 1U : 0U;
        return !findings().is_over();
      });
    }
    judge_replay(trace, report);
    return report;
  }

  Trace last_replayed() override {
    replayed_.steps = recorded_steps();
    return replayed_;
  }

  [[nodiscard]] Vocabulary vocabulary() const override { return NewMessages<P>::vocabulary(); }

  [[nodiscard]] std::unique_ptr<StateSpace> state_space(
      const Configuration& configuration, const ExploreBounds& bounds) const override {
    if constexpr (requires(const Witness& witness) { witness.sometimes_shown(); }) {
      Configuration explored = configuration;
      hold_options(explored, declared);
      setup_.planted.set_up(explored);
      return std::make_unique<WorldSpace<Setup>>(setup_, explored, bounds,
                                                 protocol_named(choices_.protocol).properties);
    } else {
      refuse(fmt::format(
          "{} cannot be searched: what its properties remember would be part of a state, "
          "and not all of them have `fields`",
          P::name));
    }
  }

  ShrinkReport shrink(const Trace& trace, std::uint64_t effort,
                      const OnShrink& on_progress) override {
    Shrinker<Setup> shrinker(setup_, on_progress);
    ShrinkReport report;
    report.why_original = shrinker.shrink(script_of<P>(trace), effort);
    report.replays = shrinker.replays();
    report.is_interrupted = shrinker.is_stopped();
    report.steps_before = trace.steps.size();
    report.trace = report.why_original.empty() ? trace_of(trace, shrinker.best()) : trace;
    report.finding = replay(report.trace, nullptr).finding;
    if (report.why_original.empty() && report.finding.property != shrinker.property()) {
      report.why_original = "what was left of it does not replay";  // never lose what was found
      report.trace = trace;
      report.finding = replay(trace, nullptr).finding;
    } else if (report.why_original.empty()) {
      report.trace = last_replayed();
    }
    report.steps_after = report.trace.steps.size();
    return report;
  }

  WhatIf what_if(const Trace& trace, const WhatIfOptions& options,
                 const OnWhatIf& on_progress) override {
    return WhatIfSampler<Setup>(setup_, on_progress).sample(script_of<P>(trace), options);
  }

  [[nodiscard]] const FaultCounts& fault_counts() const override {
    return schedule_.fault_counts();
  }
  [[nodiscard]] const FaultCounts& fault_enabled_counts() const override {
    return fault_enabled_counts_;
  }

 private:
  // ---- Parts of a replay
  // --------------------------------------------------------------------------

  /// The first violation is the verdict, but a story may go on to what it leads to.
  template <class Teller, class TryTake>
  void take_steps(const Trace& trace, Teller& teller, const TryTake& try_take,
                  ReplayReport& report) {
    for (std::size_t i = 0; i < trace.steps.size() && !must_end(); ++i) {
      // However much there is new: a protocol may send itself something new for ever.
      std::optional<Step<P>> step;
      for (int taken = 0;
           taken < new_messages_max && (step = new_messages_.next(played_.world)).has_value();
           ++taken) {
        try_take(*step, std::nullopt);
      }
      step = from_trace_step<P>(trace.steps[i]);
      if (!step) {
        step = new_messages_.stand_in(played_.world, trace.steps[i]);
      } else if (trace.settles) {
        find_again(played_.world, step->action);
      }
      if (step && try_take(*step, i)) {
        ++report.steps_applied;
      } else {
        ++report.steps_skipped;
        report.first_skipped = report.first_skipped.value_or(i);
        teller.tell_skipped(i, trace.steps[i].at, trace.steps[i].kind);
      }
    }
  }

  template <class AnEngine, class Teller>
  bool try_take_and_tell(AnEngine& engine, const Step<P>& step, std::optional<std::size_t> index,
                         bool is_last, Teller& teller, OutputCapture* printed) {
    const bool was_decided = played_.watch.witness.is_decided();
    const bool was_violated = findings().has_any();
    if constexpr (requires { teller.before(played_.world, index, step); }) {
      teller.before(played_.world, index, step);
    }
    inert_.before(played_.world, index, step);
    meter_.count();
    if (before_step_) {
      before_step_(index);
    }
    if (printed != nullptr) {
      printed->begin();
    }
    if (!engine.apply(played_.world, step)) {
      if (printed != nullptr) {
        printed->end();
      }
      inert_.refused(played_.world, step);
      return false;
    }
    teller.tell_news(played_.watch.witness.news_since_decided(was_decided));
    if (findings().has_any() && !was_violated) {
      teller.tell_finding(findings().first(), is_last);
    }
    return true;
  }

  void judge_replay(const Trace& trace, ReplayReport& report) {
    // Where the run does not go on after them, skipped steps may be why a demand is not met.
    const bool is_demand_due =
        trace.settles ? is_due(setup_, played_.configuration, demand_, played_.world.nodes_up())
                      : report.steps_skipped == 0;
    if (is_demand_due) {
      judge_demand();
    }
    report.fingerprint = played_.watch.hash.value();
    report.inert = inert_.finish(played_.world);
    if (findings().has_any()) {
      report.verdict = Verdict::violated;
      report.finding = judged_finding();
    } else if (report.inconclusive = why_inconclusive(report, trace, is_demand_due);
               !report.inconclusive.empty()) {
      report.verdict = Verdict::inconclusive;
    }
    replayed_ = trace;
    replayed_.about = findings().has_any() ? report.finding.text : trace.about;
    replayed_.expect = expectation(report.verdict);
  }

  // ---- All else
  // ----------------------------------------------------------------------------------

  using Schedule = RandomSchedule<P, typename Setup::Clients>;
  static_assert(synod::Schedule<Schedule, P>);
  static constexpr const DeclaredOptions* declared = options_declared_by<Setup>();
  static constexpr std::string_view nothing_chosen =
      learns<P> ? "nothing was chosen" : "no client got a result, and no node applied anything";
  static constexpr std::string_view out_of_steps = "the limit of steps came before the end";
  static constexpr int new_messages_max = 1000;

  [[nodiscard]] const Findings& findings() const { return played_.watch.witness.findings(); }
  /// What comes next means nothing: an assertion is broken, or a limit of the simulator was met.
  [[nodiscard]] bool must_end() const {
    const bool is_broken =
        findings().has_any() && findings().first().property == assertion_text.name;
    return is_broken || !findings().limit().empty();
  }

  void begin(const Configuration& configuration) {
    played_.begin(setup_, configuration);
    played_.watch.has_attention = choices_.has_checkers;
    demand_ = {};
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
    setup_.fit(configuration, luck);
    setup_.planted.set_up(configuration);
    if (!choices_.scenario) {
      return configuration;
    }
    fixed_.apply(configuration);  // again: what is fixed stays so
    if (const std::string complaint = validate(configuration); !complaint.empty()) {
      refuse("the scenario's fields do not go with those drawn around them: " + complaint);
    }
    return configuration;
  }

  RunReport run_and_judge(std::uint64_t seed) {
    const Luck luck(seed);
    begin(configuration_for(luck));
    for (std::size_t fault = 0; fault < fault_enabled_counts_.size(); ++fault) {
      fault_enabled_counts_[fault] +=
          is_enabled(played_.configuration, static_cast<Fault>(fault)) ? 1U : 0U;
    }
    RunReport report;
    report.steps = run_to_end(seed);
    if (!findings().is_over() && schedule_.end() == Schedule::End::settled &&
        setup_.survivor_count(played_.configuration) > 0) {
      report.steps += check_lone_proposers();
    }
    played_.watch.witness.finish();
    report.ending = played_.configuration.ending;
    report.undemanded = undemanded();
    report.probes = played_.watch.witness.probes_reached();
    report.is_decided = !choices_.has_checkers || played_.watch.witness.is_decided();
    report.fingerprint = played_.watch.hash.value();
    if (findings().has_any()) {
      report.verdict = Verdict::violated;
      report.is_outside_fault_model = !outside_fault_model().empty();
      report.finding = judged_finding();
    } else if (report.limit = findings().limit(); !report.limit.empty()) {
      report.verdict = Verdict::inconclusive;
      report.inconclusive = report.limit;
    } else if (schedule_.end() == Schedule::End::out_of_steps) {
      report.verdict = Verdict::inconclusive;
      report.inconclusive = out_of_steps;
    } else if (!report.is_decided) {
      report.verdict = Verdict::inconclusive;
      report.inconclusive = nothing_chosen;
    }
    return report;
  }

  /// As fast as can be.
  std::uint64_t run_to_end(std::uint64_t seed) {
    Attention witness(played_.watch);
    Observers observers(schedule_, witness, played_.watch.learned_by, played_.watch.hash,
                        recorder_);
    Engine<P, decltype(observers)> engine(played_.config, observers, effects_);
    return run_to_end(seed, engine, [] {});
  }
  /// For measuring.
  template <class Guest, class BeforeStep>
  std::uint64_t run_observed(std::uint64_t seed, Guest& guest, BeforeStep before_step) {
    auto observers = erased<P>(schedule_, played_.watch.witness, played_.watch.learned_by,
                               played_.watch.hash, recorder_, guest);
    Engine<P, AnyObservers<P>> engine(played_.config, observers.all());
    return run_to_end(seed, engine, before_step);
  }
  template <class AnEngine, class BeforeStep>
  std::uint64_t run_to_end(std::uint64_t seed, AnEngine& engine, BeforeStep before_step) {
    schedule_.start(played_.configuration, seed);
    engine.start(played_.world, played_.configuration.node_count,
                 played_.configuration.client_count, reads_older_disks(played_.configuration));
    std::uint64_t steps = 0;
    Step<P> step;
    while (!findings().is_over() && schedule_.try_next(played_.world, step)) {
      ++steps;
      meter_.count();
      before_step();
      if (!engine.apply(played_.world, step)) [[unlikely]] {
        played_.watch.witness.report(assertion_text,
                                     "the schedule drew a step that does not apply");
      }
    }
    if (!findings().is_over() && schedule_.end() == Schedule::End::unsettled &&
        undemanded() == Undemanded::is_demanded) {
      demand_ = {.kind = played_.configuration.ending == Ending::healed
                             ? Demand::Kind::everybody_decides
                             : Demand::Kind::survivors_decide};
      judge_demand();
    }
    return steps;
  }

  static bool is_made_twice(std::uint64_t seed) {
    constexpr std::uint64_t every = runs_a_determinism_check<Setup>;
    return every != 0 && seed % every == 0;
  }
  /// Makes the run again, which must come to the same.
  void judge_determinism(std::uint64_t seed, RunReport& report) {
    const FaultCounts enabled = fault_enabled_counts_;
    const RunReport again = run_and_judge(seed);
    fault_enabled_counts_ = enabled;  // it is one run
    const bool is_same = again.fingerprint == report.fingerprint && again.steps == report.steps;
    report.steps += again.steps;
    if (is_same) {
      return;
    }
    played_.watch.witness.report(
        determinism_text,
        fmt::format(
            "two runs of seed {} came to {:016x} and {:016x}: some handler reads what is not "
            "among its inputs, as a clock, luck, or memory that was never set",
            seed, report.fingerprint, again.fingerprint));
    report.verdict = Verdict::violated;
    report.inconclusive = {};
    report.finding = judged_finding();
  }

  /// Every proposer with every surviving quorum. Pairs whose disks are equal are one experiment:
  /// the others only answer, and which of them they are does not matter to a ballot above all that
  /// they have promised.
  std::uint64_t check_lone_proposers() {
    std::uint64_t steps =
        lone_proposer_.start(played_.config, played_.world, played_.watch, recorder_.is_on());
    std::array<std::uint64_t, node_count_max> disks{};
    for (const NodeId node : played_.world.node_ids()) {
      disks[node.index] = hash_of(lone_proposer_.disk_at_start(node));
    }
    const std::uint32_t survivor_count = setup_.survivor_count(played_.configuration);
    lone_tried_.clear();
    for_each_lone_proposer(
        played_.world.node_ids(), survivor_count, [&](NodeId proposer, NodeSet survivors) {
          std::uint64_t others = 0;  // a sum, because they have no order
          for (const NodeId other : survivors - NodeSet::only(proposer)) {
            others += disks[other.index];
          }
          const std::pair experiment(disks[proposer.index], others);
          const auto place = std::lower_bound(lone_tried_.begin(), lone_tried_.end(), experiment);
          if (place == lone_tried_.end() || *place != experiment) {
            lone_tried_.insert(place, experiment);
            steps += check_lone_proposer(proposer, survivors);
          }
          return !findings().is_over();
        });
    return steps;
  }

  /// Where it goes wrong, its steps become the end of this run.
  std::uint64_t check_lone_proposer(NodeId proposer, NodeSet survivors) {
    const std::uint64_t steps =
        lone_proposer_.run(played_.config, proposer, survivors, schedule_.fresh());
    meter_.count(steps);
    const Demand demand{.kind = Demand::Kind::one_decides, .node = proposer};
    const bool is_met =
        unmet(demand, lone_proposer_.world(), lone_proposer_.watch().learned_by.nodes()).empty();
    if (!is_met || lone_proposer_.watch().witness.findings().is_over()) {
      played_.world = lone_proposer_.world();
      played_.watch = lone_proposer_.watch();
      recorder_.append(lone_proposer_.recorder());
      if (!findings().is_over()) {  // else the run ends before the demand could be met
        demand_ = demand;
        judge_demand();
      }
    }
    return steps;
  }

  /// Of a replay in which nothing is violated.
  [[nodiscard]] std::string why_inconclusive(const ReplayReport& report, const Trace& trace,
                                             bool is_demand_due) const {
    const std::uint64_t steps = report.steps_applied + report.steps_skipped;
    if (!findings().limit().empty()) {
      return std::string(findings().limit());
    }
    if (!applies_enough(report)) {
      return fmt::format("of {} steps only {} still apply", steps, report.steps_applied);
    }
    if (trace.seed && !trace.settles && steps >= played_.configuration.steps_max) {
      return std::string(out_of_steps);  // as of the run that it was
    }
    if (trace.settles && !is_demand_due && demand_.kind != Demand::Kind::nothing) {
      return fmt::format("\"{}\" cannot be asked of {}", to_text(demand_, learns<P>),
                         played_.world.nodes_up());
    }
    if (!is_demand_due &&
        !unmet(demand_, played_.world, played_.watch.learned_by.nodes()).empty()) {
      return fmt::format("\"{}\" is not met, but {} of {} steps no longer apply, and may be why",
                         to_text(demand_, learns<P>), report.steps_skipped, steps);
    }
    return played_.watch.witness.is_decided() ? std::string() : std::string(nothing_chosen);
  }

  void judge_demand() { synod::judge_demand<Setup>(demand_, played_.world, played_.watch); }

  /// Of the run that has just ended.
  [[nodiscard]] Undemanded undemanded() const {
    if (findings().is_over()) {
      return findings().has_any() ? Undemanded::is_demanded : Undemanded::out_of_steps;
    }
    const Configuration& configuration = played_.configuration;
    switch (schedule_.end()) {
      case Schedule::End::settled:
        return Undemanded::is_demanded;
      case Schedule::End::out_of_steps:
        return Undemanded::out_of_steps;
      case Schedule::End::broken:
        return configuration.ending == Ending::broken ? Undemanded::stays_broken
                                                      : Undemanded::too_few_up;
      case Schedule::End::unsettled:
        break;
    }
    if (has_too_little_time(configuration) && !choices_.demands_in_any_time) {
      return Undemanded::too_little_time;
    }
    const bool can_decide = configuration.ending == Ending::healed ||
                            setup_.can_decide(configuration, played_.world.nodes_up());
    return can_decide ? Undemanded::is_demanded : Undemanded::too_few_up;
  }

  /// Why what was found lies outside of what the protocol promises to bear; empty when it does not.
  [[nodiscard]] std::string outside_fault_model() const {
    return synod::outside_fault_model(setup_, played_.watch.witness, played_.configuration);
  }
  [[nodiscard]] Finding judged_finding() const {
    Finding finding = findings().first();
    if (const std::string outside = outside_fault_model(); !outside.empty()) {
      finding.text += fmt::format("; outside the fault model: {}", outside);
    }
    return finding;
  }

  [[nodiscard]] Expectation expectation(Verdict verdict) const {
    const Finding finding = findings().has_any() ? judged_finding() : Finding{};
    return {verdict, std::string(finding.property), finding.text,
            fmt::format("{:016x}", played_.watch.hash.value())};
  }

  [[nodiscard]] std::vector<TraceStep> recorded_steps() const {
    std::vector<TraceStep> steps;
    for (const Step<P>& step : recorder_.steps()) {
      steps.push_back(to_trace_step<P>(step));
    }
    return steps;
  }

  Setup setup_;
  RunChoices choices_;
  FixedFields fixed_;
  StepMeter meter_;
  BeforeStep before_step_;
  OutputCapture* printed_ = nullptr;
  PlayedWorld<Setup> played_;
  Schedule schedule_;
  EffectsOf<P> effects_;  ///< of the handlers of one run after the other
  Recorder<P> recorder_;
  Demand demand_;
  Continuation<P, typename Setup::Clients> continuation_;
  NewMessages<P> new_messages_;
  InertFaults<P> inert_;
  LoneProposer<Setup> lone_proposer_;
  /// Sorted: the proposer's disk and those of the other survivors, as hashes.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> lone_tried_;
  Trace replayed_;
  FaultCounts fault_enabled_counts_{};
};

}  // namespace synod
