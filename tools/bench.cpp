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
#include "tools/verbs.h"

namespace synod {
namespace {

struct BenchOptions {
  std::string what;  ///< runs or explore; empty: runs
  std::string json;  ///< file; empty: none
};

int bench(const BenchOptions& options) {
  const bool is_explore = options.what == "explore";
  if (!is_explore && !options.what.empty() && options.what != "runs") {
    constexpr std::array<std::string_view, 2> names = {"runs", "explore"};
    throw InputError(fmt::format("bench: nothing to measure called \"{}\": did you mean \"{}\"?",
                                 options.what, nearest(options.what, names)));
  }
  if (!options.json.empty()) {
    expect_writable_file(options.json);  // now, not after the measuring
  }
  std::string text;
  std::string json;
  if (is_explore) {
    const ExploreBenchReport report = measure_explore({});
    text = explore_bench_text(report);
    json = explore_bench_json(report);
  } else {
    const BenchReport report = measure({});
    text = bench_text(report);
    json = bench_json(report);
  }
  fmt::print("{}", text);
  if (!options.json.empty()) {
    write_file(options.json, json);
  }
  return 0;
}

Verb::Run declare_bench(Arguments& arguments) {
  auto options = std::make_shared<BenchOptions>();
  arguments.text("WHAT", "NAME", options->what, "runs, or explore; runs if it is not given");
  arguments.text("--json", "FILE", options->json, "Write the figures to this file");
  return [options] { return bench(*options); };
}

}  // namespace

const Verb bench_verb = {"bench", "Measure speed", &declare_bench};

}  // namespace synod
