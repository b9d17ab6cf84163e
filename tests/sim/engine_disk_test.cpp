// The steps finish_write, crash and restart: what is durable, what was held back for it, and what
// is left after a crash at any moment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/sim_testing.h"

namespace synod {
namespace {

using namespace sim_testing;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Ballot ballot{1, n1};
const Request request = write_of(c1, 1, red);

/// n1 has been asked and has issued the write of its ballot; its prepares wait for it.
struct Writing : Lab {
  explicit Writing(std::size_t node_count = 3) : Lab(node_count, 1) {
    ask(n1, request);
    deliver(packet(n1, request));
  }
};

std::size_t count_prepares(const World<P>& world) {
  std::size_t count = 0;
  for (InFlight<P>::Slot slot = 0; slot < world.in_flight.slot_end(); ++slot) {
    if (world.in_flight.holds(slot)) {
      const auto* message = std::get_if<paxos::Message>(&world.in_flight[slot].payload);
      count += message != nullptr && std::holds_alternative<paxos::Prepare>(*message) ? 1U : 0U;
    }
  }
  return count;
}

TEST(EngineDisk, HoldsBackWhatReliesOnAnUnfinishedWrite) {
  Writing lab;
  EXPECT_EQ(count_prepares(lab.world), 0U);
  EXPECT_THAT(lab.world.held, SizeIs(3));
  EXPECT_EQ(lab.world[n1].disk, paxos::Durable{});
  ASSERT_TRUE(lab.finish_write(n1));
  EXPECT_EQ(count_prepares(lab.world), 3U);
  EXPECT_THAT(lab.world.held, IsEmpty());
  EXPECT_EQ(lab.world[n1].disk.round_tried, 1U);
}

TEST(EngineDisk, FinishesNoWriteThatWasNotIssued) {
  Writing lab;
  const World<P> before = lab.world;
  EXPECT_FALSE(lab.finish_write(n2));
  EXPECT_FALSE(lab.finish_write(NodeId{7}));
  EXPECT_EQ(lab.world, before);
}

TEST(EngineDisk, FinishesTheWritesOfANodeInTheirOrder) {
  Lab lab;
  lab.begin_ballot(n1, request);
  ASSERT_TRUE(lab.deliver(packet(n1, n2, paxos::Prepare{ballot, red})));
  lab.world.in_flight.insert(packet(n3, n2, paxos::Prepare{{2, n3}}));
  ASSERT_TRUE(lab.deliver(packet(n3, n2, paxos::Prepare{{2, n3}})));
  ASSERT_THAT(lab.world.writes, SizeIs(2));
  ASSERT_TRUE(lab.finish_write(n2));
  EXPECT_EQ(lab.world[n2].disk.promised, ballot);
  EXPECT_EQ(lab.count_in_flight(packet(n2, n1, paxos::Promise{ballot, {}})), 1U);
  EXPECT_THAT(lab.world.held, SizeIs(1)) << "the second promise waits for the second write";
  ASSERT_TRUE(lab.finish_write(n2));
  EXPECT_EQ(lab.world[n2].disk.promised, (Ballot{2, n3}));
  EXPECT_EQ(lab.count_in_flight(packet(n2, n3, paxos::Promise{{2, n3}, {}})), 1U);
}

TEST(EngineDisk, LosesUnfinishedWritesInACrash) {
  Writing lab;
  ASSERT_TRUE(lab.crash(n1));
  ASSERT_THAT(lab.seen.crashed, SizeIs(1));
  EXPECT_EQ(lab.seen.crashed[0].node, n1);
  EXPECT_EQ(lab.seen.crashed[0].writes_lost, 1U);
  EXPECT_EQ(lab.seen.crashed[0].writes_kept, 0U);
  EXPECT_FALSE(lab.seen.crashed[0].is_mid_effects);
  EXPECT_FALSE(lab.seen.crashed[0].is_between_write_and_send);
  EXPECT_EQ(lab.world[n1].disk, paxos::Durable{});
  EXPECT_THAT(lab.world.writes, IsEmpty());
  EXPECT_THAT(lab.world.held, IsEmpty()) << "and with them what waited for them";
}

TEST(EngineDisk, LeavesTheOthersAloneInACrash) {
  Lab lab;
  lab.begin_ballot(n1, request);
  ASSERT_TRUE(lab.deliver(packet(n1, n2, paxos::Prepare{ballot, red})));
  const auto n2_before = lab.world[n2];
  ASSERT_TRUE(lab.crash(n1));
  EXPECT_EQ(lab.world[n2], n2_before);
  EXPECT_THAT(lab.world.writes, SizeIs(1));
  EXPECT_THAT(lab.world.held, SizeIs(1));
  EXPECT_EQ(count_prepares(lab.world), 2U) << "what has left is under way";
}

TEST(EngineDisk, RefusesToCrashWhatIsDownAndToStartWhatIsUp) {
  Writing lab;
  ASSERT_TRUE(lab.crash(n1));
  const World<P> down = lab.world;
  EXPECT_FALSE(lab.crash(n1));
  EXPECT_FALSE(lab.crash(NodeId{3}));
  EXPECT_FALSE(lab.finish_write(n1));
  EXPECT_FALSE(lab.apply(FireStep<P>{n1, paxos::Timer::deadline}));
  EXPECT_FALSE(lab.apply(PauseStep{{n1}}));
  EXPECT_EQ(lab.world, down);
  ASSERT_TRUE(lab.restart(n1));
  const World<P> up = lab.world;
  EXPECT_FALSE(lab.restart(n1));
  EXPECT_EQ(lab.world, up);
}

TEST(EngineDisk, RestartsFromTheDiskAlone) {
  Lab lab;
  lab.begin_ballot(n1, request);
  ASSERT_TRUE(lab.crash(n1));
  ASSERT_TRUE(lab.restart(n1));
  paxos::Node fresh;
  paxos::Output effects;
  fresh.start(lab.config, n1, lab.world[n1].disk, effects);
  EXPECT_EQ(lab.world[n1].node, fresh);
  EXPECT_EQ(lab.world[n1].disk.round_tried, 1U);
  const auto& timers = lab.world[n1].timers;
  EXPECT_FALSE(timers[static_cast<std::size_t>(paxos::Timer::deadline)].is_armed);
  EXPECT_TRUE(timers[static_cast<std::size_t>(paxos::Timer::catch_up)].is_armed);

  ASSERT_TRUE(lab.ask(n1, request));
  ASSERT_TRUE(lab.deliver(packet(n1, request)));
  ASSERT_TRUE(lab.finish_write(n1));
  EXPECT_EQ(lab.world[n1].disk.round_tried, 2U) << "no ballot is used twice";
}

TEST(EngineDisk, KeepsAsManyOfTheOldestWritesAsTheCrashSays) {
  for (std::uint8_t kept = 0; kept <= 4; ++kept) {
    Lab lab;
    for (std::uint32_t round = 1; round <= 3; ++round) {
      const Packet<P> prepare = packet(n1, n2, paxos::Prepare{{round, n1}});
      lab.world.in_flight.insert(prepare);
      ASSERT_TRUE(lab.deliver(prepare));
    }
    ASSERT_THAT(lab.world.writes, SizeIs(3));
    ASSERT_TRUE(lab.crash(n2, 0, kept));
    const auto durable = std::min<std::uint32_t>(kept, 3);
    EXPECT_EQ(lab.world[n2].disk.promised.round, durable);
    EXPECT_EQ(lab.seen.crashed[0].writes_kept, durable);
    EXPECT_EQ(lab.seen.crashed[0].writes_lost, 3 - durable);
    EXPECT_THAT(lab.world.held, IsEmpty()) << "a write that was kept was never spoken of";
  }
}

TEST(EngineDisk, CrashesBetweenTheWriteAndTheSend) {
  int times = 0;
  for (std::uint8_t k = 1; k <= 4; ++k) {
    Lab lab;
    lab.begin_ballot(n1, request);
    ASSERT_TRUE(lab.crash(n2, k));
    ASSERT_TRUE(lab.deliver(packet(n1, n2, paxos::Prepare{ballot, red})));
    lab.finish_write(n2);
    if (lab.seen.crashed.empty() || !lab.seen.crashed[0].is_between_write_and_send) {
      continue;
    }
    ++times;
    EXPECT_TRUE(lab.seen.crashed[0].is_mid_effects);
    EXPECT_EQ(lab.seen.crashed[0].writes_lost, 0U);
    EXPECT_EQ(lab.world[n2].disk.promised, ballot) << "the promise is on disk";
    EXPECT_EQ(lab.count_in_flight(packet(n2, n1, paxos::Promise{ballot, {}})), 0U) << "unspoken";
    EXPECT_THAT(lab.world.held, IsEmpty());
  }
  EXPECT_EQ(times, 1);
}

TEST(EngineDisk, CountsAHeldMessageOnlyWhenItLeaves) {
  Lab lab;
  lab.begin_ballot(n1, request);
  ASSERT_TRUE(lab.crash(n2, 1));
  ASSERT_TRUE(lab.deliver(packet(n1, n2, paxos::Prepare{ballot, red})));
  EXPECT_TRUE(lab.world[n2].is_up) << "one effect, the write; the promise has not left";
  ASSERT_TRUE(lab.finish_write(n2));
  ASSERT_THAT(lab.seen.crashed, SizeIs(1));
  EXPECT_TRUE(lab.seen.crashed[0].is_between_write_and_send);
}

TEST(EngineDisk, CrashesAfterOneSendOfFive) {
  Writing lab(5);
  ASSERT_THAT(lab.world.held, SizeIs(5));
  ASSERT_TRUE(lab.crash(n1, 1));
  EXPECT_TRUE(lab.world[n1].is_up) << "it has an effect left to do";
  ASSERT_TRUE(lab.finish_write(n1));
  EXPECT_FALSE(lab.world[n1].is_up);
  EXPECT_EQ(count_prepares(lab.world), 1U);
  EXPECT_TRUE(lab.seen.crashed[0].is_between_write_and_send);
  EXPECT_EQ(lab.world[n1].disk.round_tried, 1U);
}

TEST(EngineDisk, CrashesAfterAnyNumberOfSends) {
  for (std::uint8_t sends = 1; sends <= 6; ++sends) {
    Writing lab(5);
    ASSERT_TRUE(lab.crash(n1, sends));
    ASSERT_TRUE(lab.finish_write(n1));
    EXPECT_EQ(count_prepares(lab.world), std::min<std::size_t>(sends, 5));
    EXPECT_EQ(lab.world[n1].is_up, sends >= 5);
  }
}

TEST(EngineDisk, CrashesBeforeAnEffectThatTheNodeHasYetToDo) {
  Lab lab;
  ASSERT_TRUE(lab.ask(n1, request));
  ASSERT_TRUE(lab.crash(n1, 1));
  ASSERT_TRUE(lab.deliver(packet(n1, request)));
  ASSERT_THAT(lab.seen.crashed, SizeIs(1));
  EXPECT_TRUE(lab.seen.crashed[0].is_mid_effects);
  EXPECT_EQ(lab.world[n1].writes_issued, 0U) << "a timer came first, the write never";
  EXPECT_EQ(lab.world[n1].crash_countdown, -1) << "one crash is one crash";
  ASSERT_TRUE(lab.restart(n1));
  EXPECT_TRUE(lab.world[n1].is_up);
}

TEST(EngineDisk, ForgetsAPlannedCrashWhenTheNodeCrashesAtOnce) {
  Lab lab;
  ASSERT_TRUE(lab.crash(n1, 2));
  ASSERT_TRUE(lab.crash(n1));
  ASSERT_TRUE(lab.restart(n1));
  ASSERT_TRUE(lab.ask(n1, request));
  ASSERT_TRUE(lab.run_fairly());
  EXPECT_THAT(lab.seen.crashed, SizeIs(1));
  EXPECT_THAT(lab.seen.returned, SizeIs(1));
}

// Fail the Nth operation, for every N: one node crashes after k effects, for every k there is.
TEST(EngineDisk, DecidesOneValueAfterACrashAtAnyEffectOfAnyNode) {
  for (const NodeId victim : {n1, n2, n3}) {
    for (std::uint8_t writes_kept = 0; writes_kept <= 2; ++writes_kept) {
      int crash_count = 0;
      bool has_crashed = true;
      for (std::uint8_t k = 1; has_crashed; ++k) {
        ASSERT_LT(k, 100) << "a run has fewer effects than that";
        Lab lab(3, 2);
        ASSERT_TRUE(lab.ask(n1, write_of(c1, 1, red)));
        ASSERT_TRUE(lab.crash(victim, k, writes_kept));
        lab.run_fairly(NodeSet(), 10000);
        has_crashed = !lab.seen.crashed.empty();
        crash_count += has_crashed ? 1 : 0;
        if (!has_crashed) {
          ASSERT_TRUE(lab.crash(victim)) << "so that no crash is left for later";
        }
        lab.repair();
        lab.apply(AbandonStep{c1});
        ASSERT_TRUE(lab.ask(n2, write_of(c2, 1, blue)));
        ASSERT_TRUE(lab.run_fairly()) << "victim " << int{victim.index} << ", k " << int{k};
        EXPECT_FALSE(lab.witness.findings().has_any()) << lab.witness.findings().first().text;
        const Value chosen = lab.witness.history().chosen().value;
        EXPECT_TRUE(chosen == red || chosen == blue);
        ASSERT_FALSE(lab.seen.returned.empty());
        EXPECT_EQ(lab.seen.returned.back().result.outcome, Outcome::chosen);
        EXPECT_EQ(lab.seen.returned.back().result.value, chosen);
        NodeSet learned;
        for (const Learned<P>& one : lab.seen.learned) {
          EXPECT_EQ(one.value, chosen);
          learned.insert(one.node);
        }
        EXPECT_EQ(learned, lab.world.node_ids());
      }
      EXPECT_GE(crash_count, 5) << "victim " << int{victim.index};
    }
  }
}

}  // namespace
}  // namespace synod
