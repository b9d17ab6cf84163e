#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "scenarios/input_error.h"
#include "scenarios/nearest.h"
#include "tools/bench_explore.h"
#include "tools/bench_measure.h"
#include "tools/bench_report.h"
#include "tools/files.h"
#include "tools/interrupt.h"
#include "tools/print.h"
#include "tools/progress_line.h"
#include "tools/verbs.h"

namespace synod {
namespace {

struct BenchOptions {
  std::string what;  ///< runs or explore; empty: runs
  std::string json;  ///< file; empty: none
};

/// What was measured, for people and for machines.
struct Measured {
  std::string text;
  std::string json;
};

Measured measure_in_sight(bool is_explore, const InterruptWatch& watch) {
  ProgressLine line;
  line.show("warming up");
  const auto on_round = [&](std::uint32_t round, std::uint32_t rounds) {
    line.show(fmt::format("{} of {}", round, counted(rounds, "round")));
  };
  if (is_explore) {
    const ExploreBenchReport report = measure_explore({}, watch.is_interrupted(), on_round);
    return {explore_bench_text(report), explore_bench_json(report)};
  }
  const BenchReport report = measure({}, watch.is_interrupted(), on_round);
  return {bench_text(report), bench_json(report)};
}

int bench(const BenchOptions& options) {
  const InterruptWatch watch;
  const bool is_explore = options.what == "explore";
  if (!is_explore && !options.what.empty() && options.what != "runs") {
    constexpr std::array<std::string_view, 2> names = {"runs", "explore"};
    throw InputError(fmt::format("bench: nothing to measure called \"{}\": did you mean \"{}\"?",
                                 options.what, nearest(options.what, names)));
  }
  Measured measured;
  try {
    measured = measure_in_sight(is_explore, watch);
  } catch (const Stopped&) {
    fmt::print("interrupted   before all was measured: nothing is told, and no file is written\n");
    return exit_status(Verdict::inconclusive);
  }
  WrittenFiles files;
  files.try_write(options.json, measured.json);
  fmt::print("{}", measured.text);
  files.expect_all();
  return 0;
}

Verb::Run declare_bench(Arguments& arguments) {
  auto options = std::make_shared<BenchOptions>();
  arguments.text("WHAT", "NAME", options->what, "runs, or explore; runs if it is not given");
  arguments.output("--json", options->json, "Write the figures to this file");
  return [options] { return bench(*options); };
}

}  // namespace

const Verb bench_verb = {"bench", "Measure speed", &declare_bench};

}  // namespace synod
