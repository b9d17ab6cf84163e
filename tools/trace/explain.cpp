#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/explain/explanation.h"
#include "scenarios/what_if/what_if.h"
#include "tools/against/against.h"
#include "tools/support/captured_output.h"
#include "tools/support/files.h"
#include "tools/support/printed_log.h"
#include "tools/support/replayable.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

struct ExplainOptions {
  std::string file;
  std::string json;     ///< file; empty: none
  std::string against;  ///< another build of the program; empty: none
  bool is_markdown = false;
  bool tells_all = false;
};

/// Where a protocol has no words for what contradicts what, a reader wants to know at least from
/// which step on it was lost. Of a trace that was shrunk, that takes a moment to find out.
std::optional<Chronicle::StepIndex> bound_from(const Chronicle& chronicle, const Trace& trace,
                                               Runner& runner, OutputCapture& printed) {
  constexpr std::size_t steps_max = 300;
  constexpr std::uint64_t samples = 20;
  const ProtocolWords* words = words_of(chronicle.protocol);
  const bool has_words = words != nullptr && words->telling != nullptr;
  if (has_words || !chronicle.finding || !chronicle.finding->step ||
      trace.steps.size() > steps_max) {
    return std::nullopt;
  }
  printed.begin();  // what other runs print is not of this one
  const WhatIf what_if = runner.what_if(trace, {.samples = samples, .without = std::nullopt},
                                        [&](const WhatIfProgress&) {
                                          printed.end();
                                          printed.begin();
                                          return true;
                                        });
  printed.end();
  const std::optional<std::size_t> critical = what_if.critical();
  for (Chronicle::StepIndex i = 0; critical && i < chronicle.steps.size(); ++i) {
    if (chronicle.steps[i].trace_index == what_if.steps[*critical].step) {
      return i;
    }
  }
  return std::nullopt;
}

int explain_trace(const ExplainOptions& options) {
  // A long trace is gone before it is explained.
  const auto [chronicle, bound] = [&] {
    const auto [trace, runner, left_out] = read_replayable(options.file);
    CapturedOutput printed;
    runner->catch_printed(&printed);
    Chronicle told = runner->chronicle(trace);
    const auto from = bound_from(told, trace, *runner, printed);
    return std::pair(std::move(told), from);
  }();
  Explanation explanation = explain(chronicle, bound);
  if (!options.against.empty()) {
    explain_against(options.against, options.file, chronicle, explanation);
  }
  WrittenFiles files;
  files.try_write(options.json, json_text(explanation));
  const StepsTold steps_told = options.tells_all ? StepsTold::all : StepsTold::briefly;
  if (options.is_markdown) {
    fmt::print("{}", markdown_text(explanation, chronicle, steps_told));
  } else {
    say_lines(plain_text(explanation, chronicle, steps_told));
  }
  files.expect_all();
  return exit_status(chronicle.verdict);
}

Verb::Run declare_explain(Arguments& arguments) {
  auto options = std::make_shared<ExplainOptions>();
  arguments.input("TRACE", options->file, "A trace or scenario with steps").required();
  arguments.flag("--markdown", options->is_markdown, "For an issue or a pull request");
  add_against(arguments, options->against);
  add_all_steps(arguments, options->tells_all);
  arguments.report("--json", options->json, "Write it to this file as data, too");
  return [options] { return explain_trace(*options); };
}

}  // namespace

const Verb explain_verb = {"explain", "Say in plain English what went wrong", &declare_explain};

}  // namespace synod
