// Gray and Lamport, Consensus on Transaction Commit: "The classic Two-Phase Commit protocol is
// obtained as the special F = 0 case of the Paxos Commit algorithm", that is, with one acceptor.
// Two scenarios tell the same transaction, and are compared message for message.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <compare>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "scenarios/format/trace.h"
#include "scenarios/library/library.h"

namespace synod::testing {
namespace {

using ::testing::ElementsAreArray;
using ::testing::SizeIs;

/// What arrives at another node, in the words of two-phase commit. What a node says to itself is no
/// message: there the acceptor n1 tells the leader n1 that it has accepted.
struct Arrival {
  std::uint64_t at = 0;
  std::string from;
  std::string to;
  std::string what;
  auto operator<=>(const Arrival&) const = default;
};

void PrintTo(const Arrival& arrival, std::ostream* out) {  // NOLINT(readability-identifier-naming)
  *out << arrival.at << " " << arrival.from << " -> " << arrival.to << " " << arrival.what;
}

/// A participant's yes is that it proposes commit in the first ballot of its own instance.
std::string in_two_phase_commit(const nlohmann::ordered_json& message, const std::string& from) {
  const std::string type = message.at("type");
  if (type == "accept") {
    const bool is_vote = message.at("participant") == from && message.at("ballot") == "1." + from;
    return !is_vote                          ? "accept of a leader"
           : message.at("value") == "commit" ? "vote_yes"
                                             : "vote_no";
  }
  return type == "decide" ? "decide " + message.at("decision").get<std::string>() : type;
}

std::vector<Arrival> arrivals_in(const std::string& scenario) {
  std::vector<Arrival> arrivals;
  for (const TraceStep& step : load_scenario(scenario).steps) {
    if (step.kind == "deliver") {
      const JsonFields unpacked = step.fields.unpacked();
      const nlohmann::ordered_json& fields = unpacked.json();
      const std::string from = fields.at("from");
      const std::string to = fields.at("to");
      if (from.starts_with('n') && to.starts_with('n') && from != to) {
        arrivals.push_back(
            {step.at.ticks, from, to, in_two_phase_commit(fields.at("message"), from)});
      }
    }
  }
  return arrivals;
}

TEST(PaxosCommitWithOneAcceptor, IsTwoPhaseCommitMessageForMessageButForItsAcks) {
  std::vector<Arrival> two_phase_commit = arrivals_in("two_phase_commit_commits");
  const std::vector<Arrival> paxos_commit =
      arrivals_in("paxos_commit_without_faults_is_two_phase_commit");
  // Two-phase commit's coordinator remembers a commit until all have it on their disks, and that is
  // what an acknowledgement is for. In Paxos Commit whoever asks the acceptors finds it again.
  const auto acks = std::remove_if(two_phase_commit.begin(), two_phase_commit.end(),
                                   [](const Arrival& arrival) { return arrival.what == "ack"; });
  EXPECT_EQ(two_phase_commit.end() - acks, 2);
  two_phase_commit.erase(acks, two_phase_commit.end());
  EXPECT_THAT(paxos_commit, SizeIs(6));
  EXPECT_THAT(paxos_commit, ElementsAreArray(two_phase_commit));
}

}  // namespace
}  // namespace synod::testing
