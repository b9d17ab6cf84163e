// When a proposer waits, tries again and gives up (PMS 2.4), and what it then tells its clients.
#include "tests/core/paxos/fixture.h"

namespace synod::paxos {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Config hasty =
    cluster(QuorumSystem::majority(3), {.attempt = {100}, .back_off_max = {40}, .tries_max = 3});
const Config patient =
    cluster(QuorumSystem::majority(3),
            {.attempt = {100}, .back_off_min = {10}, .back_off_max = {40}, .tries_max = 100});

// PMS 2.4: "two proposers each keep issuing a sequence of proposals with increasing numbers, none
// of which are ever chosen": so a refused proposer waits, and longer each time.
TEST(Liveness, BacksOffForTwiceAsLongAfterEachRefusalUpToACeiling) {
  TestedNode node(patient);
  node.is_asked(write(c1, red));
  std::vector<std::uint64_t> longest;
  for (std::uint32_t round = 1; round <= 7; ++round) {
    node.hears(n2, Nack{{round, n1}, {round, n2}});
    const auto back_off = node.armed(Timer::back_off);
    ASSERT_TRUE(back_off.has_value());
    EXPECT_EQ(back_off->earliest, (Duration{10}));
    longest.push_back(back_off->latest.ticks);
    node.sees_fire(Timer::back_off);
  }
  EXPECT_THAT(longest, ElementsAre(40, 80, 160, 320, 640, 640, 640));
}

TEST(Liveness, BacksOffOnceForABallotThatSeveralRefuse) {
  TestedNode node;
  node.is_asked(write(c1, red));
  node.hears(n2, Nack{{1, n1}, {1, n2}});
  EXPECT_TRUE(node.has_cancelled(Timer::attempt));
  node.hears(n3, Nack{{1, n1}, {4, n3}});
  EXPECT_TRUE(node.is_without_effect());
  node.sees_fire(Timer::back_off);
  EXPECT_THAT(node.recipients_of(Prepare{{5, n1}, red}), ElementsAre(n1, n2, n3));
}

TEST(Liveness, StartsOverWithAShortBackOffForTheNextRequest) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  node.hears(n2, Nack{{1, n1}, {1, n2}});
  node.sees_fire(Timer::back_off);
  node.sees_fire(Timer::deadline);
  node.is_asked(write(c1, blue, 2));
  node.hears(n2, Nack{{3, n1}, {3, n2}});
  ASSERT_TRUE(node.armed(Timer::back_off).has_value());
  EXPECT_EQ(node.armed(Timer::back_off)->latest, (Duration{40}));
}

TEST(Liveness, ArmsATimerForEachPhaseAndOneForTheWhole) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  ASSERT_TRUE(node.armed(Timer::attempt).has_value());
  EXPECT_EQ(node.armed(Timer::attempt)->earliest, (Duration{100}));
  EXPECT_EQ(node.armed(Timer::attempt)->latest, (Duration{150}));
  ASSERT_TRUE(node.armed(Timer::deadline).has_value());
  EXPECT_EQ(node.armed(Timer::deadline)->earliest, Timing{}.deadline);
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  EXPECT_TRUE(node.armed(Timer::attempt).has_value());
  EXPECT_FALSE(node.armed(Timer::deadline).has_value());
}

TEST(Liveness, TriesAHigherBallotWhenAnAttemptHasHadTimeEnough) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.recipients_of(Prepare{{2, n1}, red}), ElementsAre(n1, n2, n3));
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.recipients_of(Prepare{{3, n1}, red}), ElementsAre(n1, n2, n3));
  EXPECT_FALSE(node.armed(Timer::deadline).has_value());
}

// A minority may have accepted, "often corrected in real implementations by … repeating the accept
// phase to get more nodes and eventually a majority" (H. Brundage, "Neat Algorithms: Paxos").
TEST(Liveness, RepeatsAnAcceptOnceBeforeItTriesAHigherBallot) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.recipients_of(Accept{{1, n1}, red}), ElementsAre(n1, n2, n3));
  EXPECT_FALSE(node.has_sent<Prepare>());
  ASSERT_TRUE(node.armed(Timer::attempt).has_value());
  EXPECT_EQ(node.armed(Timer::attempt)->earliest, (Duration{100}));
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.recipients_of(Prepare{{2, n1}, red}), ElementsAre(n1, n2, n3));
  node.hears({n1, n2}, Promise{{2, n1}, {}});
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.recipients_of(Accept{{2, n1}, red}), ElementsAre(n1, n2, n3));
}

TEST(Liveness, RepeatsAnAcceptAsOftenAsItIsTold) {
  for (const std::uint32_t repeats_max : {0U, 3U}) {
    TestedNode node(cluster(QuorumSystem::majority(3), {.repeats_max = repeats_max}));
    node.is_asked(write(c1, red));
    node.hears({n1, n2}, Promise{{1, n1}, {}});
    for (std::uint32_t i = 0; i < repeats_max; ++i) {
      node.sees_fire(Timer::attempt);
      EXPECT_TRUE(node.has_sent<Accept>());
    }
    node.sees_fire(Timer::attempt);
    EXPECT_FALSE(node.has_sent<Accept>());
    EXPECT_THAT(node.recipients_of(Prepare{{2, n1}, red}), ElementsAre(n1, n2, n3));
  }
}

TEST(Liveness, DoesNotRepeatAnAcceptThatIsRefused) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  node.hears(n3, Nack{{1, n1}, {1, n3}});
  node.sees_fire(Timer::back_off);
  EXPECT_TRUE(node.has_sent<Prepare>());
  EXPECT_FALSE(node.has_sent<Accept>());
}

TEST(Liveness, GivesUpAfterItsLastTry) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  node.sees_fire(Timer::attempt);
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.answers(), IsEmpty());
  node.sees_fire(Timer::attempt);
  EXPECT_TRUE(node.is_silent());
  EXPECT_THAT(node.answers(), ElementsAre(answer(write(c1, red), Outcome::not_chosen)));
}

TEST(Liveness, GivesUpAtTheDeadline) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  node.sees_fire(Timer::deadline);
  EXPECT_TRUE(node.is_silent());
  EXPECT_THAT(node.answers(), ElementsAre(answer(write(c1, red), Outcome::not_chosen)));
  EXPECT_TRUE(node.has_cancelled(Timer::attempt));
  EXPECT_TRUE(node.has_cancelled(Timer::back_off));
}

TEST(Liveness, CountsTriesAnewAfterGivingUp) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  for (int i = 0; i < 3; ++i) {
    node.sees_fire(Timer::attempt);
  }
  node.is_asked(write(c1, blue, 2));
  node.sees_fire(Timer::attempt);
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.recipients_of(Prepare{{6, n1}, blue}), ElementsAre(n1, n2, n3));
}

// Once an Accept with its value has left, some later ballot may find a vote for it.
TEST(Liveness, DoesNotKnowWhatBecomesOfAValueWhoseAcceptHasLeft) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  node.sees_fire(Timer::deadline);
  EXPECT_THAT(node.answers(), ElementsAre(answer(write(c1, red), Outcome::unknown)));
}

TEST(Liveness, RemembersAnAcceptThatLeftInAnEarlierBallot) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  node.hears(n3, Nack{{1, n1}, {1, n3}});
  node.sees_fire(Timer::back_off);
  node.hears({n2, n3}, Promise{{2, n1}, {{1, n3}, blue}});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Accept{{2, n1}, blue}}));
  node.sees_fire(Timer::deadline);
  EXPECT_THAT(node.answers(), ElementsAre(answer(write(c1, red), Outcome::unknown)));
}

TEST(Liveness, KnowsThatAValueIsNotChosenWhenOnlyAnotherWasSent) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  node.sees_fire(Timer::attempt);
  node.hears({n2, n3}, Promise{{2, n1}, {{1, n3}, blue}});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Accept{{2, n1}, blue}}));
  node.sees_fire(Timer::deadline);
  EXPECT_THAT(node.answers(), ElementsAre(answer(write(c1, red), Outcome::not_chosen)));
}

TEST(Liveness, DoesNotKnowWhatBecomesOfAClientsValueThatAnotherProposerSentFirst) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  node.sees_fire(Timer::attempt);
  node.hears({n2, n3}, Promise{{2, n1}, {{1, n3}, red}});
  node.sees_fire(Timer::deadline);
  EXPECT_THAT(node.answers(), ElementsAre(answer(write(c1, red), Outcome::unknown)));
}

TEST(Liveness, TellsEachClientWhatBecameOfItsOwnValue) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  node.is_asked(write(c2, blue));
  node.is_asked(read(c3));
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Accept{{1, n1}, red}}));
  node.sees_fire(Timer::deadline);
  EXPECT_THAT(node.answers(), ElementsAre(answer(write(c1, red), Outcome::unknown),
                                          answer(write(c2, blue), Outcome::not_chosen),
                                          answer(read(c3), Outcome::unknown)));
}

// What it gave up may still be chosen, and then it helps to spread the news.
TEST(Liveness, StillLearnsFromABallotThatItGaveUp) {
  TestedNode node(hasty);
  node.is_asked(write(c1, red));
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  node.sees_fire(Timer::deadline);
  node.hears({n1, n2}, Accepted{{1, n1}, red});
  EXPECT_THAT(node.learned(), ElementsAre(red));
  EXPECT_THAT(node.recipients_of(Decide{{1, n1}, red}), ElementsAre(n1, n2, n3));
  EXPECT_THAT(node.answers(), IsEmpty());
}

}  // namespace
}  // namespace synod::paxos
