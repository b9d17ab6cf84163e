// A run as far as it has been played, whoever plays it, and what is said of it at its end: `Setup`
// as in protocol_runner.h.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "properties/finding.h"
#include "scenarios/format/demand.h"
#include "scenarios/format/step_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/play/judgement.h"
#include "scenarios/play/played_world.h"
#include "scenarios/play/recorder.h"
#include "scenarios/play/step_meter.h"
#include "sim/world/configuration.h"

namespace synod {

template <class Setup>
struct JudgedRun {
  using P = typename Setup::Protocol;

  explicit JudgedRun(Setup its_setup) : setup(std::move(its_setup)) {}
  /// Who plays it holds on to its parts.
  JudgedRun(const JudgedRun&) = delete;
  JudgedRun& operator=(const JudgedRun&) = delete;

  const Setup setup;
  PlayedWorld<Setup> played;
  Demand demand;         ///< what it must have come to
  std::size_t loop = 0;  ///< so many steps, its last, can be taken for ever
  Recorder<P> recorder;
  StepMeter meter;

  /// Another one; its nodes are not started yet.
  void begin(const Configuration& configuration, bool has_attention) {
    played.begin(setup, configuration);
    played.watch.has_attention = has_attention;
    demand = {};
    loop = 0;
  }

  [[nodiscard]] const Findings& findings() const { return played.watch.witness.findings(); }

  void judge(const Demand& demanded) {
    demand = demanded;
    judge_demand<Setup>(played.configuration, demand, played.world, played.watch);
  }

  /// Why what was found lies outside of what the protocol promises to bear; empty when it does not.
  [[nodiscard]] std::string outside_fault_model() const {
    if (loop > 0) {
      return fmt::format(
          "the last {} steps lead back to where they began but for higher rounds, and are taken "
          "for "
          "ever",
          loop);
    }
    return synod::outside_fault_model(setup, played.watch.witness, played.configuration);
  }
  /// The first.
  [[nodiscard]] Finding finding() const {
    Finding finding = findings().first();
    if (const std::string outside = outside_fault_model(); !outside.empty()) {
      finding.text += fmt::format("; outside the fault model: {}", outside);
    }
    return finding;
  }

  /// What its trace expects of who replays it.
  [[nodiscard]] Expectation expectation(Verdict verdict) const {
    const Finding found = findings().has_any() ? finding() : Finding{};
    return {verdict, std::string(found.property), found.text,
            fmt::format("{:016x}", played.watch.hash.value())};
  }
  [[nodiscard]] std::vector<TraceStep> recorded_steps() const {
    std::vector<TraceStep> steps;
    steps.reserve(recorder.steps().size());
    for (const Step<P>& step : recorder.steps()) {
      steps.push_back(to_trace_step<P>(step));
    }
    return steps;
  }
};

/// Why a run says nothing: literals, for a report of a run keeps them.
template <class P>
inline constexpr std::string_view why_nothing_chosen =
    learns<P> ? "nothing was chosen" : "no client got a result, and no node applied anything";
inline constexpr std::string_view why_out_of_steps = "the limit of steps came before the end";

}  // namespace synod
