#include <fmt/format.h>

#include <memory>
#include <string>

#include "tools/bench_measure.h"
#include "tools/bench_report.h"
#include "tools/files.h"
#include "tools/verbs.h"

namespace synod {
namespace {

/// `json` is a file; empty: none.
int bench(const std::string& json) {
  if (!json.empty()) {
    expect_writable_file(json);  // now, not after the measuring
  }
  const BenchReport report = measure({});
  fmt::print("{}", bench_text(report));
  if (!json.empty()) {
    write_file(json, bench_json(report));
  }
  return 0;
}

Verb::Run declare_bench(Arguments& arguments) {
  auto json = std::make_shared<std::string>();
  arguments.text("--json", "FILE", *json, "Write the figures to this file");
  return [json] { return bench(*json); };
}

}  // namespace

const Verb bench_verb = {"bench", "Measure speed", &declare_bench};

}  // namespace synod
