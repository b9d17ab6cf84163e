#include "tools/texts/texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/format/verdict.h"
#include "scenarios/words/safe_text.h"
#include "tools/long_work/interrupt.h"
#include "tools/long_work/progress_line.h"
#include "tools/long_work/stopped.h"
#include "tools/support/choose.h"
#include "tools/support/files.h"
#include "tools/support/print.h"
#include "tools/support/program_name.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

struct TextsOptions {
  std::string program;          ///< as it was called, for commands to repeat
  std::uint64_t seeds = 20000;  ///< runs of each experiment that finds nothing
  std::string json;             ///< file; empty: none
  std::string markdown;         ///< file; empty: none
};

/// What writes the same page again.
std::string command_to_write(const TextsOptions& options) {
  const std::string seeds = options.seeds == TextsOptions{}.seeds
                                ? std::string()
                                : fmt::format(" --seeds {}", options.seeds);
  return fmt::format("{} texts{} --markdown {}", program_name(), seeds,
                     shell_word(options.markdown));
}

std::vector<SentenceResult> measure_in_sight(std::uint64_t runs_max, const InterruptWatch& watch) {
  ProgressLine line;
  return measure_texts(runs_max, job_count(0), [&](std::uint64_t runs) {
    line.show(counted(runs, "run"));
    return !watch.is_interrupted();
  });
}

int texts(const TextsOptions& options) {
  const InterruptWatch watch;
  std::vector<SentenceResult> results;
  try {
    results = measure_in_sight(options.seeds, watch);
  } catch (const Stopped&) {
    say("interrupted   before all was run: nothing is told, and no file is written\n");
    return exit_status(Verdict::inconclusive);
  }
  WrittenFiles files;
  files.try_write(options.json, texts_json(results, options.program));
  files.try_write(options.markdown, texts_markdown(results, command_to_write(options)));
  if (options.json.empty() && options.markdown.empty()) {
    say("{}", texts_text(results, options.program));
  }
  files.expect_all();
  const bool is_well = std::all_of(results.begin(), results.end(), is_as_said);
  return exit_status(is_well ? Verdict::holds : Verdict::violated);
}

Verb::Run declare_texts(Arguments& arguments) {
  auto options = std::make_shared<TextsOptions>();
  options->program = shell_word(arguments.program());
  arguments.number("--seeds", "N", options->seeds, {.min = 1, .max = 10'000'000},
                   "Runs of each sentence, unless one breaks something before");
  arguments.report("--json", options->json, "Write what came of it for machines to this file");
  arguments.report("--markdown", options->markdown, "Write it as a page to this file");
  arguments.footer(
      "Exit status: 0 every sentence came to what is said of it, 1 one did not, 3 interrupted.");
  return [options] { return texts(*options); };
}

}  // namespace

const Verb texts_verb = {"texts", "Take two introductions to Paxos at their word", &declare_texts};

}  // namespace synod
