// Three-phase commit in its own fault model, with every choice of nodes that stop before every
// effect of theirs: nobody, dead or alive, decides otherwise than another, and all who are left
// decide.
#include "tests/core/three_phase_commit/fail_stop.h"

#include "tests/core/three_phase_commit/fixture.h"

namespace synod::three_phase_commit {
namespace {

/// All runs of a case keep every promise; some of them commit, and some abort.
struct Promises {
  std::uint64_t commits = 0;
  std::uint64_t aborts = 0;
  std::uint64_t takeovers = 0;

  bool look(const Case& one, const Result& result) {
    commits += result.committed.is_empty() ? 0U : 1U;
    aborts += result.aborted.is_empty() ? 0U : 1U;
    const Transaction transaction = Transaction::of(one.node_count, one.refusing);
    const bool had_no_trouble = result.dead.is_empty() && one.refusing.is_empty();
    EXPECT_TRUE(result.is_atomic()) << described(one);
    EXPECT_TRUE(result.is_commit_valid(transaction.participants)) << described(one);
    // Only what no living node has ever heard of stays undecided.
    EXPECT_TRUE(result.undecided.is_empty() ||
                (result.is_known_to_nobody && result.dead.contains(one.asked)))
        << described(one);
    EXPECT_TRUE(!had_no_trouble || result.committed == transaction.nodes()) << described(one);
    EXPECT_THAT(result.complaints, testing::IsEmpty()) << described(one);
    return !testing::Test::HasFailure();
  }
  EveryStop::Look looker() {
    return [this](const Case& one, const Result& result) { return look(one, result); };
  }
};

Case case_of(std::size_t node_count, NodeSet refusing, NodeId asked, std::uint64_t seed) {
  Case one;
  one.node_count = node_count;
  one.refusing = refusing;
  one.asked = asked;
  one.pace.seed = seed;
  one.pace.are_timers_first = seed % 2 == 0;
  one.pace.writes_kept = seed % 4 < 2 ? 255 : 0;
  return one;
}

TEST(ThreePhaseCommitFailStop, TwoParticipantsKeepEveryPromiseWhoeverStopsWherever) {
  Promises promises;
  EveryStop every(3, {}, promises.looker());
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    ASSERT_TRUE(every.search(case_of(3, {}, n1, seed)));
  }
  RecordProperty("runs", std::to_string(every.run_count()));
  EXPECT_GT(promises.commits, 1000U);
  EXPECT_GT(promises.aborts, 1000U);
}

TEST(ThreePhaseCommitFailStop, ThreeParticipantsKeepEveryPromiseWhenTwoStop) {
  Promises promises;
  EveryStop every(2, {}, promises.looker());
  for (std::uint64_t seed = 0; seed < 16; ++seed) {
    ASSERT_TRUE(every.search(case_of(4, {}, n1, seed)));
  }
  RecordProperty("runs", std::to_string(every.run_count()));
  EXPECT_GT(promises.commits, 1000U);
  EXPECT_GT(promises.aborts, 1000U);
}

TEST(ThreePhaseCommitFailStop, ThreeParticipantsKeepEveryPromiseWhenThreeStop) {
  Promises promises;
  EveryStop every(3, {}, promises.looker());
  for (const std::uint64_t seed : {0ULL, 1ULL, 2ULL}) {
    ASSERT_TRUE(every.search(case_of(4, {}, n1, seed)));
  }
  RecordProperty("runs", std::to_string(every.run_count()));
  EXPECT_GT(promises.commits, 1000U);
  EXPECT_GT(promises.aborts, 1000U);
}

TEST(ThreePhaseCommitFailStop, OneNoAbortsWhoeverStopsWherever) {
  Promises promises;
  EveryStop every(3, {}, promises.looker());
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    ASSERT_TRUE(every.search(case_of(3, NodeSet::only(n3), n1, seed)));
    ASSERT_TRUE(every.search(case_of(3, NodeSet::only(n2), n1, seed)));
  }
  EXPECT_EQ(promises.commits, 0U);
  EXPECT_GT(promises.aborts, 1000U);
}

TEST(ThreePhaseCommitFailStop, AskedThroughAParticipantItKeepsEveryPromiseToo) {
  Promises promises;
  EveryStop every(2, {}, promises.looker());
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    ASSERT_TRUE(every.search(case_of(3, {}, n3, seed)));
    ASSERT_TRUE(every.search(case_of(4, {}, n3, seed)));
  }
  EXPECT_GT(promises.commits, 1000U);
  EXPECT_GT(promises.aborts, 1000U);
}

TEST(ThreePhaseCommitFailStop, WhoWasAskedAbortsWhenTheCoordinatorIsDeadAndTellsTheOthers) {
  Case one = case_of(3, {}, n2, 1);
  one.stops[0] = 0;
  const Result result = FailStopRun(one).run();
  EXPECT_EQ(result.aborted, NodeSet::only(n2) | NodeSet::only(n3));
}

}  // namespace
}  // namespace synod::three_phase_commit
