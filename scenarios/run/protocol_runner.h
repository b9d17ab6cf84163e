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
//   amid_cuts                          which nodes must, while links stay cut: an AmidCuts
//                                      (sim/world/reach.h). May be missing: then none
//   interchangeable(configuration)     see explore/world_space.h
//
// Who registers it adds `about` and, at will, `ladder` (runner.h).
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/chronicle/chronicler.h"
#include "scenarios/chronicle/put_right.h"
#include "scenarios/explore/world_space.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/play/guest_log.h"
#include "scenarios/play/new_messages.h"
#include "scenarios/play/script.h"
#include "scenarios/play/step_log.h"
#include "scenarios/run/judged_run.h"
#include "scenarios/run/runner.h"
#include "scenarios/run/seeded_runs.h"
#include "scenarios/run/traced_replay.h"
#include "scenarios/shrink/shrinker.h"
#include "scenarios/what_if/what_if_sampler.h"
#include "scenarios/words/input_error.h"
#include "sim/world/declared_options.h"

namespace synod {

template <class Setup>
class ProtocolRunner final : public Runner {
 public:
  using P = typename Setup::Protocol;
  using Witness = typename Setup::Witness;

  ProtocolRunner(Setup setup, RunChoices choices)
      : choices_(std::move(choices)), run_(std::move(setup)) {}

  void attend(OnSteps on_steps) override { run_.meter.tell(std::move(on_steps)); }
  void before_steps(BeforeStep before_step) override {
    replay_.before_steps(std::move(before_step));
  }
  void catch_printed(OutputCapture* capture) override { printed_ = capture; }

  RunReport run(std::uint64_t seed) override {
    run_.recorder.start(false);
    return runs_.play(seed);
  }
  PendingReport count_pending(std::uint64_t seed) override {
    run_.recorder.start(false);
    return runs_.count_pending(seed);
  }
  CostReport count_costs(std::uint64_t seed) override {
    run_.recorder.start(false);
    return runs_.count_costs(seed);
  }
  std::string blamed(std::uint64_t seed) override {
    if (run_.setup.planted.count() > 1) {
      const Trace trace = record(seed);
      const auto tried =
          RuleTrials<Setup>(run_.setup, trace.configuration).try_each(script_of<P>(trace));
      if (const Chronicle::PutRight* culprit = culprit_of(tried)) {
        return culprit->rule;
      }
    }
    run_.recorder.start(false);
    return runs_.blamed(seed);
  }

  Trace record(std::uint64_t seed) override {
    run_.recorder.start(true);
    const RunReport report = runs_.play_once(seed);
    Trace trace;
    trace.about = report.finding.text;
    trace.protocol = choices_.protocol;
    trace.mutants = choices_.mutants;
    trace.judged_by = judged_by();
    trace.seed = seed;
    trace.configuration = run_.played.configuration;
    trace.configured = all_fields(run_.played.configuration);
    trace.demand = run_.demand;
    trace.expect = run_.expectation(report.verdict);
    trace.has_steps = true;
    trace.steps = run_.recorded_steps();
    return trace;
  }

  ReplayReport replay(const Trace& trace, const Log* log) override {
    StepLog<P> story(log, nullptr, printed_);
    return replay_.play(trace, story, printed_);
  }
  Trace last_replayed() override { return replay_.last(); }

  void observe(Trace& trace) override {
    std::vector<std::vector<std::string>> observations;
    StepLog<P> story(nullptr, &observations);
    replay_.play(trace, story, nullptr, false);
    observations.resize(trace.steps.size());  // after a broken assertion, no more steps are taken
    for (std::size_t i = 0; i < trace.steps.size(); ++i) {
      trace.steps[i].observations = std::move(observations[i]);
    }
  }

  Chronicle chronicle(const Trace& trace) override {
    Chronicle chronicle;
    RuleTrials<Setup> put_right(run_.setup, trace.configuration);
    if (!trace.loop) {  // which is no more than a promise where a rule is another
      chronicle.put_right = put_right.try_each(script_of<P>(trace));
    }
    Chronicler<P> chronicler(run_.played.config,
                             choices_.mutants.empty() ? nullptr : &put_right.compared(), chronicle,
                             printed_);
    const ReplayReport report = replay_.play(trace, chronicler, printed_, false);
    chronicle.about = trace.about;
    chronicle.protocol = choices_.protocol;
    chronicle.mutants = choices_.mutants;
    chronicle.configuration = trace.configuration;
    chronicle.loop = run_.loop;
    chronicle.verdict = report.verdict;
    chronicle.inconclusive = report.inconclusive;
    if (report.verdict == Verdict::violated) {
      chronicle.finding =
          Chronicle::Finding{std::string(report.finding.property), report.finding.text,
                             chronicler.violated_in(), !run_.outside_fault_model().empty()};
    }
    return chronicle;
  }

  [[nodiscard]] Vocabulary vocabulary() const override { return NewMessages<P>::vocabulary(); }

  [[nodiscard]] std::unique_ptr<StateSpace> state_space(
      const Configuration& configuration, const ExploreBounds& bounds) const override {
    if constexpr (requires(const Witness& witness) { witness.sometimes_shown(); }) {
      Configuration explored = configuration;
      hold_options(explored, options_declared_by<Setup>());
      run_.setup.planted.set_up(explored);
      return std::make_unique<WorldSpace<Setup>>(run_.setup, explored, bounds,
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
    ShrinkReport report;
    if (trace.loop) {
      report.why_original = "it goes round for ever, and which steps lead round is what it shows";
      report.steps_before = report.steps_after = trace.steps.size();
      report.trace = trace;
      report.finding = replay(trace, nullptr).finding;
      return report;
    }
    Shrinker<Setup> shrinker(run_.setup, on_progress);
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
    return WhatIfSampler<Setup>(run_.setup, on_progress).sample(script_of<P>(trace), options);
  }

  [[nodiscard]] const FaultCounts& fault_counts() const override { return runs_.fault_counts(); }
  [[nodiscard]] const FaultCounts& fault_enabled_counts() const override {
    return runs_.fault_enabled_counts();
  }

 private:
  /// Worlds are compared by what a search tells them from one another by, but for how high their
  /// rounds are; where the protocol does not say that it only compares these, nobody knows.
  [[nodiscard]] bool goes_round(const Trace& trace) const {
    if constexpr (ComparesRoundsOnly<P> &&
                  requires(const Witness& witness) { witness.sometimes_shown(); }) {
      ExploreBounds bounds = widest_bounds();
      bounds.failed_writes_max = is_told_of_writes<P> ? bounds.failed_writes_max : 0;
      const auto space = state_space(trace.configuration, bounds);
      const std::size_t begin = trace.steps.size() - *trace.loop;
      std::size_t steps = 0;
      std::string shape_then;
      std::string shape_now;
      const bool is_followed = space->follow(trace, [&](const ExploredState& state) {
        if (steps == begin) {
          space->encode_shape(state, shape_then);
        }
        if (steps++ == trace.steps.size()) {
          space->encode_shape(state, shape_now);
        }
      });
      return is_followed && shape_then == shape_now;
    } else {
      return false;
    }
  }

  /// Empty where all are.
  [[nodiscard]] std::vector<std::string> judged_by() const {
    std::vector<std::string> judged;
    for (const PropertyText& property : protocol_named(choices_.protocol).properties) {
      const auto& overlooked = choices_.overlooked;
      if (!overlooked.empty() &&
          std::find(overlooked.begin(), overlooked.end(), property.name) == overlooked.end()) {
        judged.emplace_back(property.name);
      }
    }
    return judged;
  }

  RunChoices choices_;
  JudgedRun<Setup> run_;
  SeededRuns<Setup> runs_{run_, choices_};
  TracedReplay<Setup> replay_{run_, choices_,
                              [this](const Trace& trace) { return goes_round(trace); }};
  OutputCapture* printed_ = nullptr;
};

}  // namespace synod
