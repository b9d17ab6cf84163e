// When a node of Paxos Commit comes to lead, and how it waits and tries again: it never gives up.
#include <vector>

#include "tests/core/paxos_commit/fixture.h"

namespace synod::paxos_commit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// GL A.3: "Since leader selection is not assumed to be reliable, multiple processes could
// simultaneously consider themselves to be the leader."
TEST(PaxosCommitLiveness, WhoeverHearsOfTheTransactionMayComeToLead) {
  for (const Message& news : {Message{VoteRequest{}}, Message{accept(n2, {1, n2}, commit_value)},
                              Message{prepare(n3, {2, n1})}}) {
    Tested node(cluster(), n2);
    EXPECT_FALSE(node.armed(Timer::take_over).has_value());
    node.hears(n1, news);
    EXPECT_TRUE(node.armed(Timer::take_over).has_value());
  }
}

TEST(PaxosCommitLiveness, FurtherNewsDoesNotPutItOff) {
  Tested node(cluster(), n2);
  node.hears(n1, VoteRequest{});
  node.hears(n3, accept(n3, {1, n3}, commit_value));
  EXPECT_FALSE(node.armed(Timer::take_over).has_value());
  node.is_asked(request(c1));
  EXPECT_FALSE(node.armed(Timer::take_over).has_value());
}

TEST(PaxosCommitLiveness, WhatIsOnDiskIsNewsEnough) {
  Durable disk;
  disk.vote = commit_value;
  EXPECT_TRUE(Tested(cluster(), n2, disk).armed(Timer::take_over).has_value());
}

TEST(PaxosCommitLiveness, OthersWaitLongerThanTheCoordinatorAndNotEquallyLong) {
  const auto coordinator = collecting().armed(Timer::take_over);
  Tested node(cluster(), n2);
  node.hears(n1, VoteRequest{});
  const auto other = node.armed(Timer::take_over);
  ASSERT_TRUE(coordinator.has_value() && other.has_value());
  EXPECT_GT(other->earliest, coordinator->latest);
  EXPECT_EQ(other->latest, other->earliest * 2);
}

TEST(PaxosCommitLiveness, ARefusedBallotIsFollowedByOneAboveWhatRefusedIt) {
  Tested node = leading();
  node.hears(n1, nack(n2, {2, n3}, {7, n1}));
  EXPECT_TRUE(node.is_silent());
  node.sees_fire(Timer::take_over);
  EXPECT_THAT(node.recipients_of(prepare(n2, {8, n3})), ElementsAre(n1, n2, n3));
  EXPECT_THAT(node.recipients_of(prepare(n3, {8, n3})), ElementsAre(n1, n2, n3));
}

TEST(PaxosCommitLiveness, BacksOffForTwiceAsLongAfterEachRefusalUpToACeiling) {
  Config config = cluster();
  config.timing.back_off_min = {10};
  config.timing.back_off_max = {40};
  Tested node = leading(config);
  std::vector<std::uint64_t> longest;
  longest.reserve(8);
  for (std::uint32_t round = 2; round <= 9; ++round) {
    node.hears(n1, nack(n2, {round, n3}, {round, n4}));
    const auto back_off = node.armed(Timer::take_over);
    ASSERT_TRUE(back_off.has_value());
    EXPECT_EQ(back_off->earliest, (Duration{10}));
    longest.push_back(back_off->latest.ticks);
    node.sees_fire(Timer::take_over);
  }
  EXPECT_THAT(longest, ElementsAre(40, 80, 160, 320, 640, 1280, 1280, 1280));
}

TEST(PaxosCommitLiveness, ARefusalOfAnEarlierBallotChangesNothing) {
  Tested node = leading();
  node.sees_fire(Timer::take_over);
  node.hears(n1, nack(n2, {2, n3}, {2, n4}));
  EXPECT_TRUE(node.is_without_effect());
}

TEST(PaxosCommitLiveness, NeverGivesUp) {
  Tested node = leading();
  for (int i = 0; i < 1000; ++i) {
    node.sees_fire(Timer::take_over);
    ASSERT_TRUE(node.has_sent<Prepare>());
    ASSERT_TRUE(node.armed(Timer::take_over).has_value());
  }
  EXPECT_THAT(node.answers(), IsEmpty());
}

TEST(PaxosCommitLiveness, AClientsRequestEndsALongBackOffOnce) {
  Tested node = leading();
  for (std::uint32_t round = 2; round < 6; ++round) {
    node.hears(n1, nack(n2, {round, n3}, {round, n4}));
    node.sees_fire(Timer::take_over);
  }
  node.hears(n1, nack(n2, {6, n3}, {6, n4}));
  const auto before = node.armed(Timer::take_over);
  node.is_asked(request(c2));
  const auto after = node.armed(Timer::take_over);
  ASSERT_TRUE(before.has_value() && after.has_value());
  EXPECT_LT(after->latest, before->latest);
  node.is_asked(request(c2, OperationKind::write, 2));
  EXPECT_FALSE(node.armed(Timer::take_over).has_value());
}

TEST(PaxosCommitLiveness, WhoKnowsNoDecisionAsksTheOthersNowAndThen) {
  Tested node(cluster(), n2);
  EXPECT_TRUE(node.armed(Timer::catch_up).has_value());
  node.sees_fire(Timer::catch_up);
  EXPECT_THAT(node.recipients_of(Inquiry{}), ElementsAre(n1, n3));
  EXPECT_TRUE(node.armed(Timer::catch_up).has_value());
  EXPECT_FALSE(node.armed(Timer::take_over).has_value());
}

TEST(PaxosCommitLiveness, WhoKnowsTheDecisionWaitsForNothing) {
  Tested node = leading();
  node.hears(n1, abort);
  EXPECT_TRUE(node.has_cancelled(Timer::take_over));
  EXPECT_TRUE(node.has_cancelled(Timer::catch_up));
  node.hears({n1, n2}, promise(n2, {2, n3}));
  EXPECT_TRUE(node.is_without_effect());
}

}  // namespace
}  // namespace synod::paxos_commit
