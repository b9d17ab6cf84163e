// What a campaign came to, for people and for machines.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/explain/explanation.h"
#include "scenarios/run/runner.h"
#include "scenarios/shrink/shrink_report.h"
#include "tools/campaign/campaign.h"
#include "tools/campaign/cause.h"
#include "tools/long_work/stop.h"

namespace synod {

/// One cause: with the first run that showed it, and its trace.
struct ReportedViolation {
  Violation violation;
  Cause cause;
  std::string trace;      ///< file; empty where none could be written
  std::size_t steps = 0;  ///< in the trace as it was found
  /// What came of shrinking it, if that was tried.
  std::optional<ShrinkReport> shrunk;
  bool is_shrunk = false;          ///< what `trace` holds
  std::string original;            ///< file of the trace as it was found, if `trace` is shrunk
  std::vector<std::string> story;  ///< of the shrunk trace
  /// Of the shrunk trace, what `explain` says of it; none where it was not shrunk.
  std::optional<Explanation> explanation;
  std::string repeat;   ///< the command that runs it again from its seed
  std::string replay;   ///< the command that tells it step by step
  std::string explain;  ///< the command that says why
  std::string view;     ///< the command that draws it
};

struct CampaignSummary {
  RunChoices choices;
  CampaignReport report;
  std::vector<ReportedViolation> violations;
  std::vector<std::string> warnings;  ///< about the scenario
};

/// `stop` is what all of it was done until.
std::string campaign_text(const CampaignSummary& summary, const Stop& stop);
/// `verdict`, `runs`, `steps`, `decided`, `faults` and `probes` (name to count), `violations`.
std::string campaign_json(const CampaignSummary& summary, const Stop& stop);
/// For the line that rewrites itself.
std::string progress_line(const CampaignProgress& progress);

}  // namespace synod
