#include <fmt/format.h>

#include "tools/bench_measure.h"
#include "tools/bench_report.h"
#include "tools/files.h"
#include "tools/verbs.h"

namespace synod {

int bench(const BenchOptions& options) {
  if (!options.json.empty()) {
    expect_writable_file(options.json);  // now, not after the measuring
  }
  const BenchReport report = measure({});
  fmt::print("{}", bench_text(report));
  if (!options.json.empty()) {
    write_file(options.json, bench_json(report));
  }
  return 0;
}

}  // namespace synod
