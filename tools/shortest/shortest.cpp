#include "tools/shortest/shortest.h"

#include <fmt/format.h>

#include <memory>

#include "scenarios/words/safe_text.h"
#include "tools/completion/registered_words.h"
#include "tools/long_work/interrupt.h"
#include "tools/long_work/progress_line.h"
#include "tools/support/choose.h"
#include "tools/support/files.h"
#include "tools/support/print.h"
#include "tools/support/program_name.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

struct ShortestOptions {
  std::vector<std::string> mutants;  ///< slugs; "all" is every one that is a bug; empty: all
  std::uint64_t budget = 20000;
  std::string memory = "1G";
  std::optional<double> seconds;
  unsigned jobs = 0;
  std::string json;      ///< file; empty: none
  std::string markdown;  ///< file; empty: none
};

ShortestPlan plan_of(const ShortestOptions& options) {
  ShortestPlan plan;
  plan.targets =
      hunt_targets(options.mutants.empty() ? std::vector<std::string>{"all"} : options.mutants);
  plan.budget = options.budget;
  plan.memory_bytes_max = parse_bytes("shortest", "--memory", options.memory);
  plan.seconds_max = options.seconds.value_or(plan.seconds_max);
  plan.jobs = job_count(options.jobs);
  return plan;
}

/// What measures the same again, whatever it was called by, and on however many threads.
std::string command_of(const ShortestOptions& options, const ShortestPlan& plan) {
  std::string command = fmt::format("{} shortest", program_name());
  if (!options.mutants.empty()) {
    command += " --mutants";
    for (const std::string& slug : options.mutants) {
      command += " " + shell_word(slug);
    }
  }
  command += fmt::format(" --memory {} --time {:g}s", options.memory, plan.seconds_max);
  if (!options.markdown.empty()) {
    command += " --markdown " + shell_word(options.markdown);
  }
  return command;
}

ShortestReport measure_in_sight(const ShortestPlan& plan) {
  const InterruptWatch watch;
  ProgressLine line;
  return measure_shortest(
      plan, watch.is_interrupted(), [&](std::string_view mutant, std::size_t done) {
        line.show(
            fmt::format("{} of {}  {}", done, counted(plan.targets.size(), "mutant"), mutant));
      });
}

int shortest(const ShortestOptions& options) {
  const ShortestPlan plan = plan_of(options);
  ShortestReport report = measure_in_sight(plan);
  report.command = command_of(options, plan);
  WrittenFiles files;
  if (!report.is_interrupted) {
    files.try_write(options.json, shortest_json(report));
    files.try_write(options.markdown, shortest_markdown(plan, report));
  }
  say("{}", shortest_text(report));
  files.expect_all();
  return exit_status(report.is_interrupted ? Verdict::inconclusive : Verdict::holds);
}

Verb::Run declare_shortest(Arguments& arguments) {
  auto options = std::make_shared<ShortestOptions>();
  arguments
      .several("--mutants", "all|SLUG", options->mutants,
               "Those to measure (default: all, which is every one that is a bug)")
      .can_be(all_or_mutant_words);
  arguments.number("--budget", "RUNS", options->budget, {.min = 1, .max = 1'000'000'000},
                   "Runs in which a campaign is to find it");
  arguments.text("--memory", "BYTES", options->memory, "Each search stops at so many, as in 500M");
  arguments.seconds("--time", options->seconds, "Each search stops after so long (default: 10s)");
  add_jobs(arguments, options->jobs);
  arguments.report("--json", options->json, "Write the figures for machines to this file");
  arguments.report("--markdown", options->markdown, "Write the tables as a page to this file");
  arguments.footer("Exit status: 0 measured, 2 bad usage or input, 3 interrupted.");
  return [options] { return shortest(*options); };
}

}  // namespace

const Verb shortest_verb = {"shortest", "Measure how short counterexamples can be",
                            &declare_shortest};

}  // namespace synod
