// What is said of histories that were checked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/format/verdict.h"
#include "scenarios/history/judge_history.h"

namespace synod {

struct CheckedHistory {
  std::string file;
  std::string error;  ///< it could not be read, and why; then there is nothing else
  HistoryFile history;
  HistoryJudgement judgement;
};

/// Everything about one.
std::string check_text(const CheckedHistory& checked);
/// A line each, and how many of each verdict.
std::string check_text(const std::vector<CheckedHistory>& checked);
std::string check_json(const std::vector<CheckedHistory>& checked);
/// Violated if one is, inconclusive if one is; what could not be read is passed over.
Verdict check_verdict(const std::vector<CheckedHistory>& checked);

}  // namespace synod
