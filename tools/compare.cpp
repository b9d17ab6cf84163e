#include "tools/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "tools/files.h"
#include "tools/verbs.h"

namespace synod {

int compare(const CompareOptions& options) {
  for (const std::string& file : {options.json, options.markdown}) {
    if (!file.empty()) {
      expect_writable_file(file);  // now, not after all has been run
    }
  }
  const unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  const std::vector<Comparison> comparisons = compare_protocols(options.seeds, jobs);
  fmt::print("{}", comparison_text(comparisons, options.program));
  if (!options.json.empty()) {
    write_file(options.json, comparison_json(comparisons, options.program));
  }
  if (!options.markdown.empty()) {
    write_file(
        options.markdown,
        comparison_markdown(comparisons, fmt::format("synod compare --seeds {}", options.seeds)));
  }
  const bool has_failed = std::any_of(comparisons.begin(), comparisons.end(), [](const auto& one) {
    const auto is_bad = [](const Failures& failures) {
      return failures.runs > 0 && !failures.is_outside_fault_model;
    };
    return is_bad(one.splits) || is_bad(one.blocks) || is_bad(one.loses);
  });
  return has_failed ? 1 : 0;
}

}  // namespace synod
