#include "tools/bench/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/words/input_error.h"
#include "scenarios/words/nearest.h"
#include "tools/bench/bench_report.h"
#include "tools/long_work/interrupt.h"
#include "tools/long_work/progress_line.h"
#include "tools/long_work/stopped.h"
#include "tools/support/files.h"
#include "tools/support/print.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

struct BenchOptions {
  std::string what;  ///< the name of a bench; empty: that of the first
  std::string json;  ///< file; empty: none
};

Measured measure_runs(const std::atomic<bool>& interrupt, const OnRound& on_round) {
  const BenchReport report = measure({}, interrupt, on_round);
  return {bench_text(report), bench_json(report)};
}

/// Runs first. A function's static, because others register before any other object need exist.
std::vector<Bench>& benches() {
  static std::vector<Bench> all = {{"runs", &measure_runs}};
  return all;
}

const Bench& bench_named(std::string_view name) {
  const std::vector<Bench>& all = benches();
  const auto found =
      name.empty() ? all.begin() : std::find_if(all.begin(), all.end(), [&](const Bench& one) {
        return one.name == name;
      });
  if (found == all.end()) {
    throw InputError(
        fmt::format("bench: nothing to measure called \"{}\": {}", name,
                    right_name(name, names_among(all, [](const Bench& one) { return one.name; }))));
  }
  return *found;
}

Measured measure_in_sight(const Bench& bench, const InterruptWatch& watch) {
  ProgressLine line;
  line.show("warming up");
  const auto on_round = [&](std::uint32_t round, std::uint32_t rounds) {
    line.show(fmt::format("{} of {}", round, counted(rounds, "round")));
  };
  return bench.measure(watch.is_interrupted(), on_round);
}

int run_bench(const BenchOptions& options) {
  const InterruptWatch watch;
  const Bench& bench = bench_named(options.what);
  Measured measured;
  try {
    measured = measure_in_sight(bench, watch);
  } catch (const Stopped&) {
    say("interrupted   before all was measured: nothing is told, and no file is written\n");
    return exit_status(Verdict::inconclusive);
  }
  WrittenFiles files;
  files.try_write(options.json, measured.json);
  say("{}", measured.text);
  files.expect_all();
  return 0;
}

Verb::Run declare_bench(Arguments& arguments) {
  auto options = std::make_shared<BenchOptions>();
  std::string names;
  for (const Bench& bench : benches()) {
    names += fmt::format("{}{}", names.empty() ? "" : ", or ", bench.name);
  }
  arguments.text("WHAT", "NAME", options->what, fmt::format("{}; runs if it is not given", names))
      .can_be([] {
        std::vector<PossibleWord> words;
        for (const Bench& bench : benches()) {
          words.push_back({std::string(bench.name), ""});
        }
        return words;
      });
  arguments.report("--json", options->json, "Write the figures to this file");
  return [options] { return run_bench(*options); };
}

}  // namespace

RegisteredBench::RegisteredBench(const Bench& bench) { benches().push_back(bench); }

const Verb bench_verb = {"bench", "Measure speed", &declare_bench};

}  // namespace synod
