// What a decision costs, counted event by event and over whole runs.
#include "scenarios/play/costs.h"
#include "scenarios/run/runner.h"

#include <gtest/gtest.h>

#include <string>

#include "core/two_phase_commit/node.h"
#include "scenarios/format/trace.h"
#include "scenarios/library/library.h"

namespace synod {
namespace {

using P = two_phase_commit::Protocol;

constexpr NodeId n1{0};
constexpr NodeId n2{1};
constexpr ClientId c1{0};

class CostsTest : public ::testing::Test {
 protected:
  void send(Endpoint from, Endpoint to, const Packet<P>::Payload& payload,
            bool is_duplicate = false) {
    const Packet<P> packet{from, to, payload};
    costs_.on(world, Sent<P>{0, packet, is_duplicate});
  }
  void send(NodeId from, NodeId to, bool is_duplicate = false) {
    send(Endpoint::of(from), Endpoint::of(to), two_phase_commit::VoteRequest{}, is_duplicate);
  }
  void call() { costs_.on(world, Called<P>{}); }
  void learn(NodeId node) { costs_.on(world, Learned<P>{node, commit_value}); }
  [[nodiscard]] const CostReport& report() const { return costs_.report(); }

  World<P> world;

 private:
  Costs<P> costs_;
};

TEST_F(CostsTest, AreThoseFromTheFirstCallToTheFirstWhoKnows) {
  world.now = {7};
  call();
  send(n1, n2);
  world.now = {9};
  call();  // another client's
  send(n2, n1);
  world.now = {20};
  EXPECT_FALSE(report().is_decided);
  learn(n1);
  EXPECT_TRUE(report().is_decided);
  EXPECT_EQ(report().messages, 2U);
  EXPECT_EQ(report().ticks, 13U);
  world.now = {30};
  send(n1, n2);
  learn(n2);
  EXPECT_EQ(report().messages, 2U);
  EXPECT_EQ(report().ticks, 13U);
}

TEST_F(CostsTest, CountNoMessageThatANodeSendsItselfOrTheNetworkDoublesOrAClientSees) {
  call();
  send(n1, n1);
  send(n1, n2, true);
  send(Endpoint::of(c1), Endpoint::of(n1), Request{});
  send(Endpoint::of(n1), Endpoint::of(c1), Answer{});
  learn(n1);
  EXPECT_EQ(report().messages, 0U);
}

TEST_F(CostsTest, CountNoMessageFromBeforeTheFirstCall) {
  send(n2, n1);  // asks whether there is a decision
  world.now = {7};
  call();
  send(n1, n2);
  learn(n1);
  EXPECT_EQ(report().messages, 1U);
}

TEST(TheCosts, OfARunAreCountedAgainTheSame) {
  for (const ProtocolEntry& protocol : protocols()) {
    RunChoices choices;
    choices.protocol = protocol.text.name;
    choices.scenario = std::make_shared<Trace>(load_scenario("accident_none"));
    const auto runner = make_runner(choices);
    const CostReport costs = runner->count_costs(3);
    EXPECT_TRUE(costs.is_decided) << protocol.text.name;
    EXPECT_GT(costs.messages, 4U) << protocol.text.name;
    EXPECT_GT(costs.ticks, 3U) << protocol.text.name;
    const std::uint64_t fingerprint = runner->run(3).fingerprint;
    runner->count_costs(3);
    EXPECT_EQ(runner->count_costs(3).messages, costs.messages);
    EXPECT_EQ(runner->count_costs(3).ticks, costs.ticks);
    EXPECT_EQ(runner->run(3).fingerprint, fingerprint) << "counting changes nothing";
  }
}

}  // namespace
}  // namespace synod
