#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/format/trace.h"
#include "scenarios/library/asked_faults.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/safe_text.h"
#include "tools/support/build_identity.h"
#include "tools/support/captured_output.h"
#include "tools/support/choose.h"
#include "tools/support/files.h"
#include "tools/support/print.h"
#include "tools/support/printed_log.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

struct RunOptions {
  Choices choices;
  std::optional<std::uint64_t> seed;
  std::string trace;              ///< file; empty: none
  bool has_observations = false;  ///< in the trace
  bool has_log = false;
  bool tells_all = false;  ///< in the log
};

/// Of a scenario, when one run has been drawn from it.
std::vector<std::string> warnings_of_drawn(const Trace& scenario, const Runner& runner) {
  std::vector<std::string> warnings = warnings_about(scenario);
  if (std::string not_shown = faults_not_shown(scenario, runner.fault_counts());
      !not_shown.empty()) {
    warnings.push_back(std::move(not_shown));
  }
  return warnings;
}

int run(const RunOptions& options) {
  const RunChoices choices = run_choices("run", options.choices);
  const auto runner = make_runner(choices);
  const bool is_fixed = choices.scenario && choices.scenario->has_steps;
  if (!is_fixed && !options.seed) {
    throw InputError("run: --seed is missing: a run is drawn from a seed, as in --seed 1");
  }
  if (is_fixed && options.seed) {
    throw InputError(fmt::format(
        "run: scenario \"{}\" has steps of its own and draws nothing: leave --seed away",
        options.choices.scenario));
  }
  Trace trace = is_fixed ? *choices.scenario : runner->record(*options.seed);
  std::vector<std::string> warnings;
  if (!is_fixed) {
    trace.build = build_identity();
    warnings = choices.scenario ? warnings_of_drawn(*choices.scenario, *runner) : warnings;
  }
  trace.protocol = choices.protocol;
  trace.mutants = choices.mutants;
  trace.judged_by = options.choices.properties;
  PrintedLog printed_log(options.tells_all);
  const Log log = [&](const std::string& line) { printed_log.add(line); };
  CapturedOutput printed;
  runner->catch_printed(options.has_log ? &printed : nullptr);
  const ReplayReport report = runner->replay(trace, options.has_log ? &log : nullptr);
  if (options.has_log) {
    printed_log.end();
  }
  const Configuration& c = trace.configuration;
  print_verdict(report.verdict, report.finding, report.inconclusive);
  printed_log.say_what_is_left_out();
  if (!is_fixed && report.verdict != Verdict::violated) {
    print_undemanded(runner->run(*options.seed).undemanded, c);
  }
  say("cluster       {} and {}\n", counted(c.node_count, "node") + options_cluster_text(c),
      counted(c.client_count, "client"));
  say("steps         {}\n", report.steps_applied);
  print_skipped(trace, report);
  print_warnings(is_fixed ? warnings_of(trace, report) : warnings);
  if (is_fixed) {
    print_expected(trace, report);
  }
  say("fingerprint   {:016x}\n", report.fingerprint);
  if (!options.trace.empty()) {
    for (TraceStep& step : trace.steps) {
      step.observations.clear();  // a scenario's own are those of another run
    }
    if (options.has_observations) {
      runner->observe(trace);
    }
    trace.build = build_identity();
    write_file(options.trace, format_trace(trace));
    say("trace         {}\n", on_one_line(options.trace));
    say("replay        {}\n", command_to_replay(options.choices, options.trace));
  }
  return exit_status(report.verdict);
}

Verb::Run declare_run(Arguments& arguments) {
  auto options = std::make_shared<RunOptions>();
  add_choices(arguments, options->choices);
  arguments.number("--seed", "S", options->seed, {}, "The seed");
  const auto trace = arguments.output("--trace", options->trace, "Write the steps to this file");
  add_observations(arguments, options->has_observations).needs(trace);
  add_properties(arguments, options->choices);
  const auto log = arguments.flag("--log", options->has_log, "Tell the run step by step");
  add_all_steps(arguments, options->tells_all).needs(log);
  add_protocol_options(arguments, options->choices);
  return [options] { return run(*options); };
}

}  // namespace

const Verb run_verb = {"run", "Run one seed", &declare_run};

}  // namespace synod
