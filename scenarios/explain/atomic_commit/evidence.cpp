#include <fmt/format.h>

#include <utility>

#include "scenarios/explain/atomic_commit/decisions.h"
#include "scenarios/explain/atomic_commit/telling.h"
#include "scenarios/explain/given.h"
#include "scenarios/words/words.h"

namespace synod {
namespace {

std::string votes_text(const VotesCast& votes) {
  if (votes.yes.empty() && votes.no.empty()) {
    return votes.unsent_yes.empty() && votes.unsent_no.empty() ? "Nobody had voted."
                                                               : "Nobody had sent a vote.";
  }
  if (votes.yes.empty()) {
    return fmt::format("{} had voted no, and nobody yes.", listed(votes.no));
  }
  return fmt::format("{} had voted yes, and {} no.", listed(votes.yes),
                     votes.no.empty() ? "nobody" : listed(votes.no));
}

/// " n2 and n3 had a yes on disk that had not left."
std::string unsent_text(const VotesCast& votes) {
  std::string text;
  for (const auto& [who, vote] : {std::pair(&votes.unsent_yes, "yes"), {&votes.unsent_no, "no"}}) {
    if (!who->empty()) {
      text += fmt::format(" {} had a {} on disk that had not left.", listed(*who), vote);
    }
  }
  return text;
}

}  // namespace

void add_commit_evidence(const Chronicle& chronicle, Evidence& evidence) {
  const StepIndex until = chronicle.finding->step.value_or(chronicle.steps.size());
  for (const NodeDecision& one : decisions_of(chronicle)) {
    if (one.step > until) {
      continue;
    }
    evidence.steps.push_back(one.step);
    evidence.sentences.push_back({fmt::format("{} decided {}, given {}.", one.node, one.decision,
                                              given_text(chronicle, one.given_in)),
                                  {one.step}});
  }
  const VotesCast votes = votes_of(chronicle, until);
  evidence.steps.insert(evidence.steps.end(), votes.steps.begin(), votes.steps.end());
  evidence.sentences.push_back({votes_text(votes) + unsent_text(votes), votes.steps});
}

}  // namespace synod
