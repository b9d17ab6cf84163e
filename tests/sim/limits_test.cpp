// Every number that a run counts in has a bound (sim/limits.h). Where it is met the engine says so,
// and nothing is found in what comes after.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string_view>
#include <vector>

#include "sim/limits.h"
#include "tests/sim/sim_testing.h"

namespace synod {
namespace {

using namespace sim_testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A world whose limits are listened for. Keeps no steps, because there may be millions.
class Listening {
 public:
  explicit Listening(std::size_t client_count = 1) {
    config_.quorums = QuorumSystem::majority(3);
    witness.start(config_.quorums);
    engine_.start(world, 3, client_count);
  }
  bool apply(const Action<P>& action, Time at = {}) { return engine_.apply(world, {at, action}); }

  struct Listener {
    std::vector<std::string_view> met;
    void on(const World<P>& /*world*/, const LimitMet& event) { met.push_back(event.limit); }
  };
  World<P> world;
  Listener heard;
  paxos::Witness witness;

 private:
  paxos::Config config_;
  Observers<Listener, paxos::Witness> observers_{heard, witness};
  Engine<P, Observers<Listener, paxos::Witness>> engine_{config_, observers_};
};

/// n1 has sent its Prepares.
Packet<P> begin_ballot(Listening& one) {
  const Request request = write_of(c1, 1, red);
  one.apply(AskStep{n1, request});
  one.apply(DeliverStep<P>{{packet(n1, request), {}}});
  one.apply(FinishWriteStep{n1});
  return packet(n1, n2, paxos::Prepare{{1, n1}, red});
}

TEST(Limits, MessagesInFlight) {
  Listening one;
  const Packet<P> prepare = begin_ballot(one);
  const DuplicateStep<P> duplicate{{prepare, {}}};
  while (one.world.in_flight.size() < in_flight_max) {
    ASSERT_TRUE(one.apply(duplicate));
  }
  EXPECT_THAT(one.heard.met, IsEmpty()) << "so many may be";
  ASSERT_TRUE(one.apply(duplicate)) << "the step is one of the run, so that a replay meets it too";
  EXPECT_THAT(one.heard.met, ElementsAre(limits::in_flight));
  EXPECT_EQ(one.world.in_flight.size(), in_flight_max);
}

TEST(Limits, MoreMessagesInFlightThanSixteenBitsCountAreAllThere) {
  constexpr std::size_t copies = 70'000;
  Listening one;
  const Packet<P> prepare = begin_ballot(one);
  for (std::size_t i = 0; i < copies; ++i) {
    ASSERT_TRUE(one.apply(DuplicateStep<P>{{prepare, {}}}));
  }
  std::size_t found = 0;
  for (PacketSlot slot = 0; slot < one.world.in_flight.slot_end(); ++slot) {
    found += one.world.in_flight.holds(slot) && one.world.in_flight[slot] == prepare ? 1U : 0U;
  }
  EXPECT_EQ(found, copies + 1);
  const PacketSlot last = one.world.in_flight.slot_end() - 1;
  ASSERT_TRUE(one.apply(DropStep<P>{{prepare, {last}}}));
  EXPECT_FALSE(one.world.in_flight.holds(last)) << "a slot beyond 16 bits is itself";
  EXPECT_THAT(one.heard.met, IsEmpty());
}

TEST(Limits, WhatLeavesTheDisk) {
  Listening one;
  const Packet<P> prepare = begin_ballot(one);
  one.apply(DeliverStep<P>{{prepare, {}}});  // its Promise waits for the disk
  ASSERT_EQ(one.world.held.size(), 1U);
  while (one.world.in_flight.size() < in_flight_max) {
    one.world.in_flight.insert(prepare);
  }
  one.apply(FinishWriteStep{n2});
  EXPECT_THAT(one.heard.met, ElementsAre(limits::in_flight));
}

TEST(Limits, RequestsOfAClient) {
  Listening one(2);
  one.world[c1].request = write_of(c1, 65'533, red);
  ASSERT_TRUE(one.apply(AskStep{n1, write_of(c1, 65'534, red)}));
  one.apply(AbandonStep{c1});
  EXPECT_THAT(one.heard.met, IsEmpty());
  ASSERT_TRUE(one.apply(AskStep{n1, write_of(c1, 65'535, red)}));
  EXPECT_THAT(one.heard.met, ElementsAre(limits::requests));
}

TEST(Limits, AttemptsAtARequest) {
  Listening one;
  const AskStep ask{n1, write_of(c1, 1, red)};
  for (std::uint32_t attempts = 1; attempts < 65'535; ++attempts) {
    ASSERT_TRUE(one.apply(ask));
  }
  EXPECT_THAT(one.heard.met, IsEmpty());
  ASSERT_TRUE(one.apply(ask));
  EXPECT_THAT(one.heard.met, ElementsAre(limits::attempts));
}

TEST(Limits, ValuesToWrite) {
  Listening one;
  EXPECT_FALSE(one.apply(AskStep{n1, write_of(c1, 1, {})})) << "what comes after the last value";
  EXPECT_THAT(one.heard.met, ElementsAre(limits::values));
}

TEST(Limits, WritesOfANode) {
  Listening one;
  one.world[n1].writes_issued = one.world[n1].writes_finished =
      std::numeric_limits<std::uint32_t>::max() - 1;
  begin_ballot(one);
  EXPECT_THAT(one.heard.met, ElementsAre(limits::writes));
}

TEST(Limits, Time) {
  Listening one;
  EXPECT_TRUE(one.apply(PauseStep{{n1}}, {time_ticks_max}));
  EXPECT_THAT(one.heard.met, IsEmpty());
  EXPECT_FALSE(one.apply(ResumeStep{{n1}}, {time_ticks_max + 1}));
  EXPECT_THAT(one.heard.met, ElementsAre(limits::time));
}

TEST(Limits, HowFarAClockIsOff) {
  for (const bool is_forward : {true, false}) {
    constexpr std::int32_t jump = std::numeric_limits<std::int32_t>::max();
    Listening one;
    const SkewStep skew{n1, 1024, is_forward ? jump : -jump};
    std::uint32_t skews = 0;
    for (; one.heard.met.empty() && skews < 1'000'000; ++skews) {
      ASSERT_TRUE(one.apply(skew));
    }
    EXPECT_THAT(one.heard.met, ElementsAre(limits::clock));
    EXPECT_EQ(skews, (1U << 19U) + 1);
  }
}

TEST(Limits, NothingIsFoundInWhatComesAfterOne) {
  Listening one;
  EXPECT_FALSE(one.apply(AskStep{n1, write_of(c1, 1, {})}));
  one.witness.report(assertion_text, "would be found");
  EXPECT_FALSE(one.witness.findings().has_any());
  EXPECT_TRUE(one.witness.findings().is_over());
  EXPECT_EQ(one.witness.findings().limit(), limits::values);
  one.witness.start(QuorumSystem::majority(3));
  EXPECT_FALSE(one.witness.findings().is_over()) << "in another run";
}

TEST(Limits, WhatWasFoundBeforeOneStaysFound) {
  Listening one;
  one.witness.report(assertion_text, "is found");
  EXPECT_FALSE(one.apply(AskStep{n1, write_of(c1, 1, {})}));
  EXPECT_TRUE(one.witness.findings().has_any());
}

TEST(Limits, AProposerThatHasNoBallotLeftSaysSo) {
  Listening one;
  one.world[n1].disk.promised = {std::numeric_limits<std::uint32_t>::max(), n2};
  one.apply(CrashStep{n1, 0, 0});
  one.apply(RestartStep{{n1}});
  begin_ballot(one);
  ASSERT_TRUE(one.witness.findings().has_any());
  EXPECT_EQ(one.witness.findings().first().property, "assertion");
  EXPECT_EQ(one.witness.findings().first().text,
            "n1: \"a proposer does not run out of ballots\" is broken");
}

}  // namespace
}  // namespace synod
