// promises_kept, truthful_promise, durable_before_visible: what an acceptor owes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/properties/paxos_testing.h"

namespace synod::paxos {
namespace {

using namespace paxos_testing;

// What the rules in `planted` say is wrong on purpose.
namespace planted {

bool always_accept(const Durable& /*acceptor*/, Ballot /*ballot*/, Value /*value*/) { return true; }
bool always_promise(const Durable& /*acceptor*/, Ballot /*ballot*/) { return true; }
Vote nothing_to_report(const Durable& /*acceptor*/) { return {}; }
Vote the_vote_in_the_promised_ballot(const Durable& acceptor) {
  return acceptor.vote.is_none() ? Vote{} : Vote{acceptor.promised, acceptor.vote.value};
}
Durable without_promise(const Durable& state) { return {{}, state.vote, state.round_tried}; }
Durable without_vote(const Durable& state) { return {state.promised, {}, state.round_tried}; }
Durable forgetful(const Durable& /*stored*/) { return {}; }

}  // namespace planted

TEST(PromisesKept, IsBrokenByAnAcceptorThatAcceptsAnything) {
  Rules rules;
  rules.may_accept = planted::always_accept;
  EXPECT_TRUE(find_violation(rules, "promises_kept", 1000));
}

TEST(PromisesKept, IsBrokenByAnAcceptorThatPromisesAnything) {
  Rules rules;
  rules.may_promise = planted::always_promise;
  const auto finding = find_violation(rules, "promises_kept", 1000);
  ASSERT_TRUE(finding);
  EXPECT_THAT(finding->text, ::testing::HasSubstr("disk went back from ballot"));
}

TEST(PromisesKept, IsBrokenByAnAcceptorThatForgetsItsDisk) {
  Rules rules;
  rules.recovered = planted::forgetful;
  EXPECT_TRUE(find_violation(rules, "promises_kept", 3000));
}

TEST(PromisesKept, NamesTheVoteAndThePromise) {
  Told told;
  told.ask(c1, 1, red);
  told.promise(n1, b1);
  told.promise(n2, b1);
  told.promise(n2, b3);
  told.propose(b1, red);
  told.deliver(n1, n2, Accept{b1, red});
  told.store(n2, {b3, {b1, red}, 0});
  EXPECT_EQ(told.finding(),
            "promises_kept: n2 voted for red in ballot 1.n1 after it had promised ballot 3.n3");
}

TEST(PromisesKept, NamesAStoredPromiseThatWentBack) {
  Told told;
  told.store(n2, {b3, {}, 0});
  told.store(n2, {b1, {}, 0});
  EXPECT_EQ(told.finding(),
            "promises_kept: the promise on n2's disk went back from ballot 3.n3 to 1.n1");
}

TEST(PromisesKept, NamesAStoredVoteThatWentBack) {
  Told told;
  told.ask(c1, 1, red);
  told.store(n2, {b3, {b3, red}, 0});
  told.store(n2, {b3, {b1, red}, 0});
  EXPECT_EQ(told.finding(),
            "promises_kept: the vote on n2's disk went back from red@3.n3 to red@1.n1");
}

TEST(PromisesKept, AllowsAnOlderBallotThatWasNeverPromisedAway) {
  Told told;
  told.ask(c1, 1, red);
  told.store(n2, {b1, {b3, red}, 0});  // a vote in 3.n3, and no promise of it
  told.send(n2, n3, Accepted{b3, red});
  told.send(n2, n2, Accepted{b2, red});  // an older vote; the newer one stays on disk
  EXPECT_EQ(told.finding(), "");
}

TEST(PromisesKept, AllowsAVoteInTheVeryBallotThatWasPromised) {
  Told told;
  told.ask(c1, 1, red);
  told.choose(b1, red);
  EXPECT_EQ(told.finding(), "");
}

TEST(TruthfulPromise, IsBrokenByAnAcceptorThatKeepsItsVoteToItself) {
  Rules rules;
  rules.vote_to_report = planted::nothing_to_report;
  EXPECT_TRUE(find_violation(rules, "truthful_promise", 1000));
}

TEST(TruthfulPromise, IsBrokenByAnAcceptorThatMixesUpPromiseAndVote) {
  Rules rules;
  rules.vote_to_report = planted::the_vote_in_the_promised_ballot;
  EXPECT_TRUE(find_violation(rules, "truthful_promise", 3000));
}

TEST(TruthfulPromise, NamesWhatWasReportedAndWhatWasCast) {
  Told told;
  told.ask(c1, 1, red);
  told.choose(b1, red);
  told.promise(n2, b2);
  EXPECT_EQ(told.finding(),
            "truthful_promise: n2 promised ballot 2.n2 reporting no vote, but had cast a vote for "
            "red in ballot 1.n1");
}

TEST(TruthfulPromise, NamesAVoteThatWasNeverCast) {
  Told told;
  told.promise(n2, b2, {b1, red});
  EXPECT_EQ(told.finding(),
            "truthful_promise: n2 promised ballot 2.n2 reporting a vote for red in ballot 1.n1, "
            "but had cast no vote");
}

TEST(TruthfulPromise, AllowsAPromiseToBeGivenAgainAfterTheVoteInIt) {
  Told told;
  told.ask(c1, 1, red);
  told.choose(b1, red);
  told.promise(n2, b1, {b1, red});
  EXPECT_EQ(told.finding(), "");
}

TEST(TruthfulPromise, AllowsTheReportOfAVoteAboveThePromise) {
  Told told;
  told.ask(c1, 1, red);
  told.promise(n1, b3);
  told.promise(n3, b3);
  told.propose(b3, red);
  told.deliver(n3, n2, Accept{b3, red});
  told.store(n2, {b1, {b3, red}, 0});  // a vote in 3.n3, and no promise of it
  told.promise(n2, b2, {b3, red});
  EXPECT_EQ(told.finding(), "") << "it is the highest-numbered vote that n2 has cast";
}

TEST(TruthfulPromise, AllowsACopyThatTheNetworkMade) {
  Told told;
  told.ask(c1, 1, red);
  told.choose(b1, red);
  told.send(n2, n1, Promise{b1, {}}, true);
  EXPECT_EQ(told.finding(), "") << "an old promise, true when it was spoken";
}

TEST(DurableBeforeVisible, IsBrokenByAPromiseThatIsNotWritten) {
  Rules rules;
  rules.to_store = planted::without_promise;
  const auto finding = find_violation(rules, "durable_before_visible", 100);
  ASSERT_TRUE(finding);
  EXPECT_THAT(finding->text, ::testing::HasSubstr("while its disk held a promise of none"));
}

TEST(DurableBeforeVisible, IsBrokenByAVoteThatIsNotWritten) {
  Rules rules;
  rules.to_store = planted::without_vote;
  EXPECT_TRUE(find_violation(rules, "durable_before_visible", 100));
}

TEST(DurableBeforeVisible, NamesThePromiseAndWhatTheDiskHeld) {
  Told told;
  told.send(n2, n1, Promise{b1, {}});
  EXPECT_EQ(
      told.finding(),
      "durable_before_visible: n2 promised ballot 1.n1 while its disk held a promise of none");
}

TEST(DurableBeforeVisible, NamesTheVoteAndWhatTheDiskHeld) {
  Told told;
  told.ask(c1, 1, red);
  told.promise(n2, b2);
  told.send(n2, n2, Accepted{b2, red});
  EXPECT_EQ(told.finding(),
            "durable_before_visible: n2 said that it voted for red in ballot 2.n2 while its disk "
            "held the vote none");
}

TEST(DurableBeforeVisible, AllowsADiskThatIsAheadOfWhatIsSaid) {
  Told told;
  told.store(n2, {b3, {}, 0});
  told.send(n2, n1, Promise{b1, {}});  // late: held back by the disk until after the next write
  EXPECT_EQ(told.finding(), "");
}

}  // namespace
}  // namespace synod::paxos
