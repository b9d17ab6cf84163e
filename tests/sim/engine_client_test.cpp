// The steps request and abandon, and what a client may conclude from the answers it gets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/sim_testing.h"

namespace synod {
namespace {

using namespace sim_testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Answer answer_to(const Request& request, Outcome outcome, Value value = {}) {
  return {request.id, outcome, value};
}

/// A client that has asked these nodes, one after the other.
struct Asked {
  explicit Asked(std::initializer_list<NodeId> nodes) : lab(3, 2) {
    for (const NodeId node : nodes) {
      EXPECT_TRUE(lab.ask(node, request));
    }
  }
  /// As if `node` had sent this answer.
  bool hear(NodeId node, Outcome outcome, Value value = {}) {
    const Packet<P> sent = packet(node, answer_to(request, outcome, value));
    lab.world.in_flight.insert(sent);
    return lab.deliver(sent);
  }
  Lab lab;
  Request request = write_of(c1, 1, red);
};

TEST(EngineClient, SendsANewRequestAndCallsIt) {
  Lab lab;
  const Request request = write_of(c1, 1, red);
  ASSERT_TRUE(lab.ask(n2, request));
  EXPECT_THAT(lab.seen.called, ElementsAre(request));
  EXPECT_EQ(lab.count_in_flight(packet(n2, request)), 1U);
  EXPECT_TRUE(lab.world[c1].is_waiting);
  EXPECT_EQ(lab.world[c1].attempts, 1);
}

TEST(EngineClient, SendsARetryWithoutCallingItAgain) {
  Lab lab;
  const Request request = write_of(c1, 1, red);
  ASSERT_TRUE(lab.ask(n1, request));
  ASSERT_TRUE(lab.ask(n3, request));
  EXPECT_THAT(lab.seen.called, SizeIs(1));
  EXPECT_EQ(lab.count_in_flight(packet(n1, request)), 1U);
  EXPECT_EQ(lab.count_in_flight(packet(n3, request)), 1U);
  EXPECT_EQ(lab.world[c1].attempts, 2);
}

TEST(EngineClient, RefusesWhatAClientCannotAsk) {
  Lab lab(3, 2);
  ASSERT_TRUE(lab.ask(n1, write_of(c1, 1, red)));
  const World<P> before = lab.world;
  EXPECT_FALSE(lab.ask(n1, write_of(c1, 2, blue))) << "it still waits for its first answer";
  EXPECT_FALSE(lab.ask(n1, write_of(c1, 1, blue))) << "a retry asks for the same";
  EXPECT_FALSE(lab.ask(n1, write_of(c2, 0, blue))) << "numbers begin with 1";
  EXPECT_FALSE(lab.ask(NodeId{3}, write_of(c2, 1, blue))) << "there is no such node";
  EXPECT_FALSE(lab.ask(n1, write_of(ClientId{2}, 1, blue))) << "there is no such client";
  EXPECT_EQ(lab.world, before);
}

TEST(EngineClient, NeverUsesANumberAgain) {
  Asked asked({n1});
  ASSERT_TRUE(asked.hear(n1, Outcome::chosen, red));
  EXPECT_FALSE(asked.lab.ask(n1, write_of(c1, 1, red)));
  EXPECT_TRUE(asked.lab.ask(n1, write_of(c1, 2, blue)));
}

TEST(EngineClient, AbandonsWithAnUnknownOutcome) {
  Asked asked({n1});
  ASSERT_TRUE(asked.lab.apply(AbandonStep{c1}));
  ASSERT_THAT(asked.lab.seen.returned, SizeIs(1));
  EXPECT_EQ(asked.lab.seen.returned[0].request, asked.request);
  EXPECT_EQ(asked.lab.seen.returned[0].result, answer_to(asked.request, Outcome::unknown).result);
  EXPECT_FALSE(asked.lab.world[c1].is_waiting);
}

TEST(EngineClient, CannotAbandonWhatItDoesNotWaitFor) {
  Lab lab;
  const World<P> before = lab.world;
  EXPECT_FALSE(lab.apply(AbandonStep{c1}));
  EXPECT_FALSE(lab.apply(AbandonStep{ClientId{1}})) << "there is no such client";
  EXPECT_EQ(lab.world, before);
}

TEST(EngineClient, TakesAChosenValueFromTheFirstToSaySo) {
  Asked asked({n1, n2});
  ASSERT_TRUE(asked.hear(n1, Outcome::not_chosen));
  EXPECT_THAT(asked.lab.seen.returned, IsEmpty());
  ASSERT_TRUE(asked.hear(n2, Outcome::chosen, blue));
  ASSERT_THAT(asked.lab.seen.returned, SizeIs(1));
  EXPECT_EQ(asked.lab.seen.returned[0].result,
            answer_to(asked.request, Outcome::chosen, blue).result);
}

TEST(EngineClient, TakesNothingChosenFromTheFirstToSaySo) {
  Asked asked({n1, n2});
  ASSERT_TRUE(asked.hear(n2, Outcome::nothing_chosen));
  ASSERT_THAT(asked.lab.seen.returned, SizeIs(1));
  EXPECT_EQ(asked.lab.seen.returned[0].result,
            answer_to(asked.request, Outcome::nothing_chosen).result);
}

TEST(EngineClient, BelievesADefiniteNoOnlyIfEveryAttemptSaysNo) {
  Asked asked({n1, n2, n3});
  ASSERT_TRUE(asked.hear(n1, Outcome::not_chosen));
  ASSERT_TRUE(asked.hear(n2, Outcome::not_chosen));
  EXPECT_THAT(asked.lab.seen.returned, IsEmpty());
  ASSERT_TRUE(asked.hear(n3, Outcome::not_chosen));
  ASSERT_THAT(asked.lab.seen.returned, SizeIs(1));
  EXPECT_EQ(asked.lab.seen.returned[0].result,
            answer_to(asked.request, Outcome::not_chosen).result);
}

TEST(EngineClient, LearnsNothingIfOneOfItsAttemptsCannotSay) {
  Asked asked({n1, n2});
  ASSERT_TRUE(asked.hear(n1, Outcome::unknown));
  EXPECT_THAT(asked.lab.seen.returned, IsEmpty());
  ASSERT_TRUE(asked.hear(n2, Outcome::not_chosen));
  ASSERT_THAT(asked.lab.seen.returned, SizeIs(1));
  EXPECT_EQ(asked.lab.seen.returned[0].result, answer_to(asked.request, Outcome::unknown).result);
}

TEST(EngineClient, BelievesADefiniteNoIfItAskedOnce) {
  Asked asked({n1});
  ASSERT_TRUE(asked.hear(n1, Outcome::not_chosen));
  ASSERT_THAT(asked.lab.seen.returned, SizeIs(1));
  EXPECT_EQ(asked.lab.seen.returned[0].result.outcome, Outcome::not_chosen);
}

TEST(EngineClient, ForgetsTheAnswersToAnEarlierRequest) {
  Asked asked({n1, n2});
  ASSERT_TRUE(asked.hear(n1, Outcome::not_chosen));
  ASSERT_TRUE(asked.lab.apply(AbandonStep{c1}));
  const Request next = write_of(c1, 2, blue);
  ASSERT_TRUE(asked.lab.ask(n1, next));
  ASSERT_TRUE(asked.hear(n2, Outcome::not_chosen)) << "late: it arrives and settles nothing";
  EXPECT_TRUE(asked.lab.world[c1].is_waiting);
  EXPECT_EQ(asked.lab.world[c1].answers, 0);
  EXPECT_THAT(asked.lab.seen.returned, SizeIs(1)) << "the abandoned one alone";
}

TEST(EngineClient, GetsItsAnswerAtTheEndOfAFaultFreeRun) {
  Lab lab(3, 2);
  ASSERT_TRUE(lab.ask(n1, write_of(c1, 1, red)));
  ASSERT_TRUE(lab.run_fairly());
  ASSERT_TRUE(lab.ask(n3, read_of(c2, 1)));
  ASSERT_TRUE(lab.run_fairly());
  ASSERT_THAT(lab.seen.returned, SizeIs(2));
  EXPECT_EQ(lab.seen.returned[0].result.value, red);
  EXPECT_EQ(lab.seen.returned[1].result.value, red);
  EXPECT_FALSE(lab.witness.findings().has_any());
}

}  // namespace
}  // namespace synod
