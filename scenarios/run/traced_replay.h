// The steps of a trace, taken again and told: `Setup` as in protocol_runner.h. For who plays a list
// of steps a thousand times, see scenarios/play/loose_replay.h.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "scenarios/format/step_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/play/continuation.h"
#include "scenarios/play/find_again.h"
#include "scenarios/play/guest_log.h"
#include "scenarios/play/inert_faults.h"
#include "scenarios/play/judgement.h"
#include "scenarios/play/new_messages.h"
#include "scenarios/play/reports.h"
#include "scenarios/run/judged_run.h"
#include "scenarios/run/runner.h"
#include "sim/world/any_observer.h"
#include "sim/world/engine.h"

namespace synod {

template <class Setup>
class TracedReplay {
 public:
  using P = typename Setup::Protocol;

  /// Do the last steps of a trace with a loop lead back to where they began?
  using GoesRound = std::function<bool(const Trace& trace)>;

  /// What it is given must outlive it.
  TracedReplay(JudgedRun<Setup>& run, const RunChoices& choices, GoesRound goes_round)
      : run_(run), choices_(choices), goes_round_(std::move(goes_round)) {}

  void before_steps(BeforeStep before_step) { before_step_ = std::move(before_step); }

  /// `teller` is a StepLog or a Chronicler. For it `printed` is on while a step is taken, where it
  /// is not null. Who does not ask for `last` need not record.
  template <class Teller>
  ReplayReport play(const Trace& trace, Teller& teller, OutputCapture* printed = nullptr,
                    bool is_recorded = true) {
    run_.begin(trace.configuration, choices_.has_checkers);
    run_.demand = trace.demand;
    run_.recorder.start(is_recorded);
    continuation_.start(trace.demand, Setup::nodes_restart, played().watch.learned_by,
                        {&played().configuration, amid_cuts_of<Setup>()});
    new_messages_.start(trace.known);
    inert_.start(!trace.is_recorded(), played().config);
    auto observers =
        erased<P>(played().watch.witness, played().watch.learned_by, played().watch.hash,
                  run_.recorder, continuation_, new_messages_, inert_, teller);
    Engine<P, AnyObservers<P>> engine(played().config, observers.all());
    if (printed != nullptr) {
      printed->begin();
    }
    engine.start(played().world, played().configuration.node_count,
                 played().configuration.client_count, true);
    teller.start(played().world);
    if (const std::string unusual = options_sentence(played().configuration); !unusual.empty()) {
      teller.tell_aside(unusual);
    }
    const auto try_take = [&](const Step<P>& step, std::optional<std::size_t> index) {
      const bool is_last = !index || *index + 1 == trace.steps.size();
      return try_take_and_tell(engine, step, index, is_last, teller, printed);
    };
    ReplayReport report;
    take_steps(trace, teller, try_take, report);
    if (trace.settles && !findings().is_over()) {
      run_.recorder.stop();
      teller.tell_aside("the steps are over; from here on nothing new goes wrong");
      continuation_.play(played().world, [&](const Step<P>& step) {
        report.steps_after += try_take(step, std::nullopt) ? 1U : 0U;
        return !findings().is_over();
      });
    }
    judge(trace, report);
    return report;
  }

  /// The trace that was played last, unless it was not recorded: the steps that applied, and what
  /// came of them now.
  [[nodiscard]] Trace last() const { return {last_, run_.recorded_steps()}; }

 private:
  /// However much there is new: a protocol may send itself something new for ever.
  static constexpr int new_messages_max = 1000;

  [[nodiscard]] PlayedWorld<Setup>& played() { return run_.played; }
  [[nodiscard]] const PlayedWorld<Setup>& played() const { return run_.played; }
  [[nodiscard]] const Findings& findings() const { return run_.findings(); }
  /// What comes next means nothing: an assertion is broken, or a limit of the simulator was met.
  [[nodiscard]] bool must_end() const {
    const bool is_broken =
        findings().has_any() && findings().first().property == assertion_text.name;
    return is_broken || !findings().limit().empty();
  }

  /// The first violation is the verdict, but a story may go on to what it leads to.
  template <class Teller, class TryTake>
  void take_steps(const Trace& trace, Teller& teller, const TryTake& try_take,
                  ReplayReport& report) {
    for (std::size_t i = 0; i < trace.steps.size() && !must_end(); ++i) {
      std::optional<Step<P>> step;
      for (int taken = 0;
           taken < new_messages_max && (step = new_messages_.next(played().world)).has_value();
           ++taken) {
        try_take(*step, std::nullopt);
      }
      step = from_trace_step<P>(trace.steps[i]);
      if (!step) {
        step = new_messages_.stand_in(played().world, trace.steps[i]);
      } else if (trace.settles) {
        find_again(played().world, step->action);
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
    World<P>& world = played().world;
    const bool was_decided = played().watch.witness.is_decided();
    const bool was_violated = findings().has_any();
    if constexpr (requires { teller.before(world, index, step); }) {
      teller.before(world, index, step);
    }
    inert_.before(world, index, step);
    run_.meter.count();
    if (before_step_) {
      before_step_(index);
    }
    if (printed != nullptr) {
      printed->begin();
    }
    if (!engine.apply(world, step)) {
      if (printed != nullptr) {
        printed->end();
      }
      inert_.refused(world, step);
      return false;
    }
    teller.tell_news(played().watch.witness.news_since_decided(was_decided));
    if (findings().has_any() && !was_violated) {
      teller.tell_finding(findings().first(), is_last);
    }
    return true;
  }

  void judge(const Trace& trace, ReplayReport& report) {
    // Where the run does not go on after them, skipped steps may be why a demand is not met.
    const bool is_loop = trace.loop && report.steps_skipped == 0 && goes_round_(trace);
    const bool is_demand_due =
        trace.loop      ? is_loop
        : trace.settles ? is_due(run_.setup, played().configuration, trace.demand, played().world)
                        : report.steps_skipped == 0;
    run_.loop = is_loop && !findings().has_any() ? *trace.loop : 0;
    if (is_demand_due) {
      run_.judge(trace.demand);
    }
    report.fingerprint = played().watch.hash.value();
    report.inert = inert_.finish(played().world);
    if (findings().has_any()) {
      report.verdict = Verdict::violated;
      report.finding = run_.finding();
    } else if (report.inconclusive = why_inconclusive(report, trace, is_demand_due);
               !report.inconclusive.empty()) {
      report.verdict = Verdict::inconclusive;
    }
    last_ = trace.head();
    last_.about = findings().has_any() ? report.finding.text : trace.about;
    last_.expect = run_.expectation(report.verdict);
  }

  /// Of a replay in which nothing is violated.
  [[nodiscard]] std::string why_inconclusive(const ReplayReport& report, const Trace& trace,
                                             bool is_demand_due) const {
    const Demand& demand = trace.demand;
    const std::uint64_t steps = report.steps_applied + report.steps_skipped;
    if (!findings().limit().empty()) {
      return std::string(findings().limit());
    }
    if (!applies_enough(report)) {
      return fmt::format("of {} steps only {} still apply", steps, report.steps_applied);
    }
    if (trace.seed && !trace.settles && steps >= played().configuration.steps_max) {
      return std::string(why_out_of_steps);  // as of the run that it was
    }
    if (trace.settles && !is_demand_due && demand.kind != Demand::Kind::nothing) {
      return fmt::format("\"{}\" cannot be asked of {}", to_text(demand, learns<P>),
                         played().world.nodes_up());
    }
    if (trace.loop && !is_demand_due) {
      return fmt::format("the last {} steps no longer lead back to where they began", *trace.loop);
    }
    if (!is_demand_due && !unmet(demand, played().world, played().watch.learned_by.nodes(),
                                 connected_in<Setup>(played().configuration, played().world))
                               .empty()) {
      return fmt::format("\"{}\" is not met, but {} of {} steps no longer apply, and may be why",
                         to_text(demand, learns<P>), report.steps_skipped, steps);
    }
    return played().watch.witness.is_decided() ? std::string() : std::string(why_nothing_chosen<P>);
  }

  JudgedRun<Setup>& run_;
  const RunChoices& choices_;
  const GoesRound goes_round_;
  BeforeStep before_step_;
  Continuation<P, typename Setup::Clients> continuation_;
  NewMessages<P> new_messages_;
  InertFaults<P> inert_;
  TraceHead last_;
};

}  // namespace synod
