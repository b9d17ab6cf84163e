#include "scenarios/explain/setting.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/text.h"
#include "scenarios/quorums.h"
#include "scenarios/words.h"

namespace synod {
namespace {

/// Ballots by names that there are in the run.
std::string notation_text(const Chronicle& chronicle) {
  return fmt::format(
      "Ballots are ordered by number, then by proposer: {0}. A vote for {1} in ballot 1.n1 is "
      "written {1}@1.n1.",
      chronicle.nodes.size() == 1 ? "1.n1 < 2.n1" : "1.n1 < 1.n2 < 2.n1",
      chronicle.protocol == "paxos" ? "red" : "commit");
}

std::string roles_text(const Chronicle& chronicle) {
  const std::vector<std::string> participants(std::next(chronicle.nodes.begin()),
                                              chronicle.nodes.end());
  std::vector<std::string> refusing;
  for (const NodeId node : chronicle.configuration.refusing) {
    refusing.push_back(to_text(node));
  }
  if (participants.empty()) {
    return fmt::format("{} coordinates a transaction without participants",
                       chronicle.nodes.front());
  }
  return fmt::format("{} coordinates the transaction; {} {} in it{}", chronicle.nodes.front(),
                     listed(participants),
                     participants.size() == 1 ? "is the participant" : "are the participants",
                     refusing.empty()       ? ""
                     : refusing.size() == 1 ? fmt::format("; {} votes no", refusing.front())
                                            : fmt::format("; {} vote no", listed(refusing)));
}

}  // namespace

std::string setting_text(const Chronicle& chronicle, const Ballots& ballots) {
  const std::string& protocol = chronicle.protocol;
  if (protocol != "paxos" && protocol != "paxos_commit") {
    return roles_text(chronicle) + ".";
  }
  const std::string majority = fmt::format("; a quorum is any {} of them.", ballots.phase2_size);
  if (protocol == "paxos") {
    const std::string others = quorums_text(chronicle.configuration);
    return fmt::format("{} node{}{} {}", chronicle.nodes.size(),
                       chronicle.nodes.size() == 1 ? "" : "s",
                       others.empty() ? majority : ". " + others, notation_text(chronicle));
  }
  return fmt::format(
      "{}. {}{} {}", roles_text(chronicle),
      ballots.acceptors == 1
          ? chronicle.nodes.front() + " is the acceptor"
          : fmt::format("{} to n{} are the acceptors", chronicle.nodes.front(), ballots.acceptors),
      majority, notation_text(chronicle));
}

}  // namespace synod
