// The traces that a campaign leaves: each kind of violation as it was found, and shrunk in its
// place.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "scenarios/run/runner.h"
#include "tools/campaign/campaign_report.h"
#include "tools/campaign/trace_names.h"
#include "tools/long_work/stop.h"
#include "tools/shrink/kept_failure.h"
#include "tools/support/choose.h"
#include "tools/support/files.h"

namespace synod {

class FailureTraces {
 public:
  struct Options {
    RunChoices choices;  ///< what was run
    Choices typed;       ///< the same, for the commands that tell it again
    std::string folder;
    bool has_observations = false;
    bool shrinks = true;
  };
  /// `names` and `stop` must outlive it.
  FailureTraces(Options options, const TraceNames& names, const Stop& stop);

  /// Writes the trace of each, however little time is left; then shrinks those that can be until it
  /// is stopped. Says in the report where they are. Those that turn out to have one cause become
  /// one, the first of them, and of the others nothing stays.
  void write(std::vector<ReportedViolation>& violations, WrittenFiles& files);

 private:
  KeptFailure failure_of(const ReportedViolation& reported);
  void write_found(ReportedViolation& reported, WrittenFiles& tried);
  bool try_shrink(const Stop& stop, ReportedViolation& reported, WrittenFiles& files);
  void find_cause(ReportedViolation& reported);
  void write_shrunk(const KeptFailure& failure, ReportedViolation& reported, WrittenFiles& files);

  Options options_;
  const TraceNames& names_;
  const Stop& stop_;
  std::unique_ptr<Runner> runner_;
};

}  // namespace synod
