#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "scenarios/what_if/what_if.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/safe_text.h"
#include "tools/long_work/interrupt.h"
#include "tools/long_work/progress_line.h"
#include "tools/support/files.h"
#include "tools/support/print.h"
#include "tools/support/replayable.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

struct WhatIfArguments {
  std::string file;
  std::string json;  ///< file; empty: none
  WhatIfOptions options;
  std::optional<std::uint64_t> without;
};

nlohmann::ordered_json step_json(const WhatIfStep& step) {
  return {{"step", step.step},
          {"at", step.at.ticks},
          {"text", step.text},
          {"violated", step.violated},
          {"samples", step.samples}};
}

std::string what_if_json(const WhatIf& what_if, const WhatIfOptions& options) {
  nlohmann::ordered_json json;
  json["property"] = what_if.property;
  json["samples"] = options.samples;
  if (options.without) {
    json["without"] = *options.without;
  }
  json["faults_of_baseline"] = what_if.has_faults_of_baseline;
  json["at_the_start"] = what_if.at_the_start.violated;
  auto& steps = json["steps"] = nlohmann::ordered_json::array();
  for (const WhatIfStep& step : what_if.steps) {
    steps.push_back(step_json(step));
  }
  const auto critical = what_if.critical();
  json["critical_step"] = critical ? nlohmann::ordered_json(what_if.steps[*critical].step)
                                   : nlohmann::ordered_json(nullptr);
  return format_json(json) + "\n";
}

void print_step(const WhatIfStep& step, std::string_view place, bool is_critical) {
  constexpr std::uint64_t bar_max = 20;
  const std::uint64_t bar = step.violated * bar_max / step.samples;
  say("{:>6} {:>7} {:>4} %  {:<20} {} {}\n", place, step.at.ticks,
      step.violated * 100 / step.samples, std::string(bar, '#'), is_critical ? '>' : ' ',
      step.text);
}

void print_curve(const WhatIf& what_if, const WhatIfArguments& arguments,
                 std::optional<std::size_t> critical) {
  say("  step      at  violated when the rest is drawn anew, {} each\n",
      counted(arguments.options.samples, "sample"));
  print_step(what_if.at_the_start, "", false);
  for (std::size_t i = 0; i < what_if.steps.size(); ++i) {
    print_step(what_if.steps[i], std::to_string(what_if.steps[i].step), critical == i);
  }
  say("\n");
}

void print_what_if(const WhatIf& what_if, const WhatIfArguments& arguments) {
  const auto critical = what_if.critical();
  print_curve(what_if, arguments, critical);
  say("property      {}\n", what_if.property);
  if (what_if.has_faults_of_baseline) {
    say("accidents     those of the uniform baseline: the trace draws none of its own\n");
  }
  if (critical) {
    const WhatIfStep& step = what_if.steps[*critical];
    say("critical      steps[{}], from which on it comes in at least {} % of the samples\n",
        step.step, bound_percent);
    say("              {:>7}  {}\n", step.at.ticks, step.text);
  } else {
    say("critical      none: after no step it comes in at least {} % of the samples\n",
        bound_percent);
  }
}

/// The curve as far as it was drawn.
void print_interrupted(const WhatIf& what_if, const WhatIfArguments& arguments) {
  std::string where = "before the first step";
  if (!what_if.steps.empty()) {
    print_curve(what_if, arguments, std::nullopt);
    where = fmt::format("after steps[{}]", what_if.steps.back().step);
  }
  say("interrupted   {}: no critical step can be named{}\n", where,
      arguments.json.empty() ? "" : ", and no file is written");
}

std::string progress_text(const WhatIfProgress& progress) {
  return fmt::format("{} of {}, and {} of {} after the next", progress.steps_done,
                     counted(progress.steps, "step"), grouped(progress.samples_done),
                     counted(progress.samples, "sample"));
}

int what_if(WhatIfArguments arguments) {
  const InterruptWatch watch;
  const auto [trace, runner, left_out] = read_replayable(arguments.file, false);
  if (arguments.without && *arguments.without >= trace.steps.size()) {
    throw InputError(fmt::format("whatif: --without {}: the steps of {} are 0 to {}",
                                 *arguments.without, arguments.file, trace.steps.size() - 1));
  }
  arguments.options.without = arguments.without;
  WhatIf result;
  {
    ProgressLine line;
    result = runner->what_if(trace, arguments.options, [&](const WhatIfProgress& progress) {
      line.show(progress_text(progress));
      return !watch.is_interrupted();
    });
  }
  if (result.is_stopped) {
    print_interrupted(result, arguments);
    return exit_status(Verdict::inconclusive);
  }
  if (result.property.empty()) {
    throw InputError(fmt::format("{}: violates nothing: give a trace that does", arguments.file));
  }
  WrittenFiles files;
  files.try_write(arguments.json, what_if_json(result, arguments.options));
  print_what_if(result, arguments);
  files.expect_all();
  return exit_status(Verdict::holds);
}

Verb::Run declare_what_if(Arguments& arguments) {
  auto options = std::make_shared<WhatIfArguments>();
  arguments.input("TRACE", options->file, "A trace that violates a property").required();
  arguments.number("--samples", "N", options->options.samples, {.min = 1, .max = 1'000'000},
                   "How often the rest is drawn anew after each step");
  arguments.number("--without", "STEP", options->without, {},
                   "Leave this step out; the first is 0");
  arguments.report("--json", options->json, "Write the curve for machines to this file");
  return [options] { return what_if(*options); };
}

}  // namespace

const Verb whatif_verb = {
    "whatif", "Draw the rest of a failing run anew after each step: which one mattered?",
    &declare_what_if};

}  // namespace synod
