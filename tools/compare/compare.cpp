#include "tools/compare/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

#include "scenarios/words/input_error.h"
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

struct CompareOptions {
  std::string program;  ///< as it was called, for commands to repeat
  std::uint64_t seeds = 1000;
  std::string json;      ///< file; empty: none
  std::string markdown;  ///< file; empty: none
};

std::vector<Comparison> compare_in_sight(std::uint64_t seeds, const InterruptWatch& watch) {
  ProgressLine line;
  const std::uint64_t runs_in_all = protocols().size() * accidents().size() * seeds;
  return compare_protocols(seeds, job_count(0), [&](std::uint64_t runs) {
    line.show(fmt::format("{} of {}", grouped(runs), counted(runs_in_all, "run")));
    return !watch.is_interrupted();
  });
}

int compare(const CompareOptions& options) {
  if (protocols().empty()) {
    throw InputError("compare: this program has no protocol");
  }
  const InterruptWatch watch;
  std::vector<Comparison> comparisons;
  try {
    comparisons = compare_in_sight(options.seeds, watch);
  } catch (const Stopped&) {
    say("interrupted   before all was run: nothing is compared, and no file is written\n");
    return exit_status(Verdict::inconclusive);
  }
  WrittenFiles files;
  files.try_write(options.json, comparison_json(comparisons, options.program));
  files.try_write(options.markdown,
                  comparison_markdown(comparisons, fmt::format("{} compare --seeds {}",
                                                               program_name(), options.seeds)));
  say("{}", comparison_text(comparisons, options.program));
  if (protocols().size() == 1) {
    say("alone         there is no other protocol in this program to compare it with\n");
  }
  files.expect_all();
  const bool has_failed = std::any_of(comparisons.begin(), comparisons.end(), [](const auto& one) {
    const auto is_bad = [](const Failures& failures) {
      return failures.runs > 0 && !failures.is_outside_fault_model;
    };
    return is_bad(one.splits) || is_bad(one.blocks) || is_bad(one.loses);
  });
  return has_failed ? 1 : 0;
}

Verb::Run declare_compare(Arguments& arguments) {
  auto options = std::make_shared<CompareOptions>();
  options->program = shell_word(arguments.program());
  arguments.number("--seeds", "N", options->seeds, {.min = 1, .max = 1'000'000},
                   "Runs of each protocol under each accident");
  arguments.report("--json", options->json, "Write the table for machines to this file");
  arguments.report("--markdown", options->markdown, "Write the table as Markdown to this file");
  return [options] { return compare(*options); };
}

}  // namespace

const Verb compare_verb = {"compare", "Put every protocol through the same accidents",
                           &declare_compare};

}  // namespace synod
