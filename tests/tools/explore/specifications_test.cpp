// The search engine against counts that others published, to the last digit: of states, of states
// generated, and of depth, with one worker and with two, with fingerprints and with whole states.
#include <gtest/gtest.h>

#include "tools/explore/models/paxos_specification.h"
#include "tools/explore/models/two_phase_commit_specification.h"
#include "tools/explore/search.h"

namespace synod::explorer {
namespace {

struct Counts {
  std::uint64_t distinct = 0;
  std::uint64_t generated = 0;
  std::uint32_t depth = 0;
  bool operator==(const Counts&) const = default;
};

void PrintTo(const Counts& counts, std::ostream* out) {  // NOLINT: GoogleTest's name
  *out << counts.distinct << " distinct, " << counts.generated << " generated, depth "
       << counts.depth;
}

template <class M>
void expect_counts(const M& model, const Counts& expected) {
  for (const unsigned workers : {1U, 2U}) {
    for (const bool is_exact : {false, true}) {
      SCOPED_TRACE(testing::Message() << workers << " workers, exact: " << is_exact);
      const auto result = search(model, {.workers = workers, .is_exact = is_exact});
      EXPECT_EQ(Counts(result.distinct, result.generated, result.depth), expected);
      EXPECT_EQ(verdict(result), Verdict::holds);
    }
  }
}

// tlaplus/Examples, specifications/Paxos/manifest.json.
TEST(PaxosSpecification, OneAcceptorTwoBallotsOneValueAsTlcCounts) {
  expect_counts(PaxosSpecification({.acceptors = 1, .ballots = 2, .values = 1}), {25, 82, 9});
}

// specifications/PaxosHowToWinATuringAward/manifest.json, MCPaxosTiny.
TEST(PaxosSpecification, ThreeAcceptorsTwoBallotsTwoValuesAsTlcCounts) {
  expect_counts(PaxosSpecification({.acceptors = 3, .ballots = 2, .values = 2}), {3921, 23563, 17});
}

// MCPaxosSmall there, counted with TLC.
TEST(PaxosSpecification, ThreeAcceptorsThreeBallotsTwoValuesAsTlcCounts) {
  expect_counts(PaxosSpecification({.acceptors = 3, .ballots = 3, .values = 2}),
                {185369, 1361380, 25});
}

// tlaplus/Examples, specifications/transaction_commit/manifest.json.
TEST(TwoPhaseCommitSpecification, ThreeManagersAsTlcCounts) {
  expect_counts(TwoPhaseCommitSpecification(3), {288, 1146, 11});
}

// stateright/stateright, examples/2pc.rs, which publishes the states alone.
TEST(TwoPhaseCommitSpecification, FiveManagersAsStaterightCounts) {
  expect_counts(TwoPhaseCommitSpecification(5), {8832, 58146, 17});
}

}  // namespace
}  // namespace synod::explorer
