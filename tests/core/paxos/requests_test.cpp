// What a node does with its clients' requests: reads, requests that meet a running ballot, retries.
#include "tests/core/paxos/fixture.h"

namespace synod::paxos {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Requests, AWriteIsToldThatItsValueIsChosen) {
  TestedNode node;
  node.is_asked(write(c1, red));
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  node.hears({n1, n2}, Accepted{{1, n1}, red});
  EXPECT_THAT(node.answers(), ElementsAre(answer(write(c1, red), Outcome::chosen, red)));
}

TEST(Requests, AWriteIsToldWhichOtherValueIsChosen) {
  TestedNode node;
  node.is_asked(write(c1, red));
  node.sees_fire(Timer::attempt);
  node.hears({n2, n3}, Promise{{2, n1}, {{1, n3}, blue}});
  node.hears({n2, n3}, Accepted{{2, n1}, blue});
  EXPECT_THAT(node.answers(), ElementsAre(answer(write(c1, red), Outcome::chosen, blue)));
}

TEST(Requests, AReadFindsThatNothingIsChosenWhenAQuorumReportsNoVote) {
  TestedNode node;
  node.is_asked(read(c1));
  EXPECT_TRUE(node.has_sent<Prepare>());
  node.hears({n2, n3}, Promise{{1, n1}, {}});
  EXPECT_TRUE(node.is_silent());
  EXPECT_THAT(node.answers(), ElementsAre(answer(read(c1), Outcome::nothing_chosen)));
  EXPECT_TRUE(node.has_cancelled(Timer::attempt));
  EXPECT_TRUE(node.has_cancelled(Timer::deadline));
}

TEST(Requests, AReadDoesNotAnswerBeforeAQuorumHasPromised) {
  TestedNode node;
  node.is_asked(read(c1));
  node.hears(n2, Promise{{1, n1}, {}});
  EXPECT_THAT(node.answers(), IsEmpty());
}

// A vote that was reported is not known to be chosen: the read gets it chosen first.
TEST(Requests, AReadCompletesTheVoteThatItFinds) {
  TestedNode node;
  node.is_asked(read(c1));
  node.sees_fire(Timer::attempt);
  node.hears(n2, Promise{{2, n1}, {}});
  node.hears(n3, Promise{{2, n1}, {{1, n3}, blue}});
  EXPECT_THAT(node.recipients_of(Accept{{2, n1}, blue}), ElementsAre(n1, n2, n3));
  EXPECT_THAT(node.answers(), IsEmpty());
  node.hears({n2, n3}, Accepted{{2, n1}, blue});
  EXPECT_THAT(node.answers(), ElementsAre(answer(read(c1), Outcome::chosen, blue)));
}

TEST(Requests, AReadThatGivesUpHasLearnedNothing) {
  TestedNode node;
  node.is_asked(read(c1));
  node.sees_fire(Timer::deadline);
  EXPECT_THAT(node.answers(), ElementsAre(answer(read(c1), Outcome::unknown)));
}

TEST(Requests, ANodeThatKnowsTheDecisionAnswersAtOnce) {
  TestedNode node;
  node.hears(n2, Decide{{1, n2}, red});
  for (const Request& request : {write(c1, blue), read(c2), quorum_read(c3)}) {
    node.is_asked(request);
    EXPECT_THAT(node.answers(), ElementsAre(answer(request, Outcome::chosen, red)));
    EXPECT_TRUE(node.is_silent());
    EXPECT_THAT(node.persisted(), IsEmpty());
  }
}

TEST(Requests, ThoseThatArriveWhileABallotRunsShareItsDecision) {
  TestedNode node;
  node.is_asked(write(c1, red));
  node.is_asked(write(c2, blue));
  EXPECT_TRUE(node.is_without_effect());
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  node.is_asked(read(c3));
  EXPECT_TRUE(node.is_without_effect());
  node.hears({n1, n2}, Accepted{{1, n1}, red});
  EXPECT_THAT(node.answers(), ElementsAre(answer(write(c1, red), Outcome::chosen, red),
                                          answer(write(c2, blue), Outcome::chosen, red),
                                          answer(read(c3), Outcome::chosen, red)));
}

TEST(Requests, ReadsThatWaitedWhenTheBallotBeganShareItsFinding) {
  TestedNode node;
  node.is_asked(read(c1));
  node.is_asked(read(c2));
  node.sees_fire(Timer::attempt);
  node.hears({n2, n3}, Promise{{2, n1}, {}});
  EXPECT_THAT(node.answers(), ElementsAre(answer(read(c1), Outcome::nothing_chosen),
                                          answer(read(c2), Outcome::nothing_chosen)));
}

TEST(Requests, AReadIsNotAnsweredByPromisesThatMayBeOlderThanItself) {
  TestedNode node;
  node.is_asked(read(c1));
  node.is_asked(read(c2));  // n2 and n3 may have promised before, and chosen blue in 2.n2 since
  node.hears({n2, n3}, Promise{{1, n1}, {}});
  EXPECT_THAT(node.answers(), ElementsAre(answer(read(c1), Outcome::nothing_chosen)));
  EXPECT_THAT(node.recipients_of(Prepare{{2, n1}, {}}), ElementsAre(n1, n2, n3));
  node.hears({n2, n3}, Promise{{2, n1}, {}});
  EXPECT_THAT(node.answers(), ElementsAre(answer(read(c2), Outcome::nothing_chosen)));
  EXPECT_TRUE(node.is_silent());
}

TEST(Requests, AWriteThatMeetsAReadsBallotHasItsValueProposed) {
  TestedNode node;
  node.is_asked(read(c1));
  node.is_asked(write(c2, blue));
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Accept{{1, n1}, blue}}));
}

TEST(Requests, ARetryOfTheSameRequestIsNotRunTwice) {
  TestedNode node;
  node.is_asked(write(c1, red));
  node.is_asked(write(c1, red));
  EXPECT_TRUE(node.is_without_effect());
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  node.is_asked(write(c1, red));
  EXPECT_TRUE(node.is_without_effect());
  node.hears({n1, n2}, Accepted{{1, n1}, red});
  EXPECT_THAT(node.answers(), ElementsAre(answer(write(c1, red), Outcome::chosen, red)));
}

TEST(Requests, ARequestThatItsClientHasLeftForAnotherIsNotAnswered) {
  TestedNode node;
  node.is_asked(write(c1, red));
  node.is_asked(write(c1, blue, 2));
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Accept{{1, n1}, blue}}));
  node.hears({n1, n2}, Accepted{{1, n1}, blue});
  EXPECT_THAT(node.answers(), ElementsAre(answer(write(c1, blue, 2), Outcome::chosen, blue)));
}

TEST(Requests, OfMoreClientsThanThereAreAreReportedAsBroken) {
  TestedNode node;
  for (std::uint8_t i = 0; i < client_count_max; ++i) {
    node.is_asked(read(ClientId{i}));
    EXPECT_THAT(node.broken(), IsEmpty());
  }
  node.is_asked(read(ClientId{client_count_max}));
  EXPECT_THAT(node.broken(), ElementsAre("a client has one request open at a time"));
}

}  // namespace
}  // namespace synod::paxos
