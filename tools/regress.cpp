#include <fmt/format.h>

#include <memory>

#include "tools/choose.h"
#include "tools/files.h"
#include "tools/regress_report.h"
#include "tools/verbs.h"
#include "tools/workers.h"

namespace synod {
namespace {

struct RegressOptions {
  std::string program;
  std::string folder = "scenarios/regressions";
  std::string junit;  ///< file; empty: none
  std::string json;   ///< file; empty: none
  unsigned jobs = 0;  ///< 0: as many as the machine has cores
};

/// In the order of `kept`, whichever thread comes first.
std::vector<Regression> judge_all(const std::vector<KeptTrace>& kept, unsigned jobs) {
  std::vector<Regression> regressions(kept.size());
  share_work(kept.size(), jobs, [&](std::size_t i) { regressions[i] = judge(kept[i]); });
  return regressions;
}

int regress(const RegressOptions& options) {
  RegressSummary summary;
  summary.program = options.program;
  summary.kept = read_kept_traces(options.folder);
  for (const std::string& file : {options.junit, options.json}) {
    if (!file.empty()) {
      expect_writable_file(file);  // now, not after all has been replayed
    }
  }
  summary.regressions = judge_all(summary.kept, job_count(options.jobs));
  fmt::print("{}", regress_text(summary));
  if (!options.junit.empty()) {
    write_file(options.junit, regress_junit(summary));
  }
  if (!options.json.empty()) {
    write_file(options.json, regress_json(summary));
  }
  return exit_status(summary.verdict());
}

Verb::Run declare_regress(Arguments& arguments) {
  auto options = std::make_shared<RegressOptions>();
  options->program = arguments.program();
  arguments.text("DIR", "DIR", options->folder, "Where the kept traces are");
  arguments.text("--junit", "FILE", options->junit, "Write a report in JUnit's XML to this file");
  arguments.text("--json", "FILE", options->json, "Write a report in JSON to this file");
  add_jobs(arguments, options->jobs);
  return [options] { return regress(*options); };
}

}  // namespace

const Verb regress_verb = {"regress", "Replay every kept trace: is all as it was kept?",
                           &declare_regress};

}  // namespace synod
