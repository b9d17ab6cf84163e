// The world is a value: copied, compared, hashed, and continued from a copy.
#include <gtest/gtest.h>

#include "tests/sim/sim_testing.h"

namespace synod {
namespace {

using namespace sim_testing;

/// A world in which a little of everything is under way.
World<P> busy_world() {
  Lab lab(3, 2);
  lab.begin_ballot(n1, write_of(c1, 1, red));
  lab.ask(n2, write_of(c2, 1, blue));
  lab.deliver(packet(n2, write_of(c2, 1, blue)));
  lab.apply(CutStep{{only(n1), only(n3)}});
  return lab.world;
}

/// Expects two worlds to differ once `change` has been made to one of them.
template <class Change>
void expect_difference(Change change, const char* what) {
  const World<P> before = busy_world();
  World<P> after = before;
  change(after);
  EXPECT_NE(after, before) << what;
  EXPECT_NE(hash_of(after), hash_of(before)) << what;
}

TEST(World, EqualsItsCopyAndHasTheSameHash) {
  const World<P> world = busy_world();
  ASSERT_FALSE(world.writes.empty());
  ASSERT_FALSE(world.held.empty());
  ASSERT_TRUE(world.in_flight.holds(1));
  const World<P> copy = world;
  EXPECT_EQ(copy, world);
  EXPECT_EQ(hash_of(copy), hash_of(world));
  EXPECT_EQ(busy_world(), world) << "made anew, step by step";
  EXPECT_EQ(hash_of(busy_world()), hash_of(world));
}

TEST(World, DiffersInAnyOfItsFields) {
  expect_difference([](auto& w) { w.now = {1}; }, "now");
  expect_difference([](auto& w) { w[n2].node = {}; }, "a node's memory");
  expect_difference([](auto& w) { ++w[n2].disk.round_tried; }, "a disk");
  expect_difference([](auto& w) { w[n2].disk.promised = {3, n2}; }, "a promise on disk");
  expect_difference([](auto& w) { w[n2].disk.vote = {{3, n2}, red}; }, "a vote on disk");
  expect_difference([](auto& w) { w[n3].timers[4].is_armed = false; }, "an armed timer");
  expect_difference([](auto& w) { ++w[n3].timers[4].earliest.ticks; }, "a timer's earliest");
  expect_difference([](auto& w) { ++w[n3].timers[4].latest.ticks; }, "a timer's latest");
  expect_difference([](auto& w) { w[n1].clock.rate = 2048; }, "a clock's rate");
  expect_difference([](auto& w) { w[n1].clock.base = {1}; }, "a clock's base");
  expect_difference([](auto& w) { w[n1].clock.local_at_base = {1}; }, "a clock's reading");
  expect_difference([](auto& w) { ++w[n2].writes_issued; }, "writes issued");
  expect_difference([](auto& w) { ++w[n2].writes_finished; }, "writes finished");
  expect_difference([](auto& w) { w[n1].is_up = false; }, "up");
  expect_difference([](auto& w) { w[n1].is_paused = true; }, "paused");
  expect_difference([](auto& w) { w[n1].crash_countdown = 2; }, "a planned crash");
  expect_difference([](auto& w) { w[n1].crash_writes_kept = 2; }, "writes that it keeps");
  expect_difference([](auto& w) { w[c1].request.operation.value = green; }, "a request");
  expect_difference([](auto& w) { w[c1].is_waiting = false; }, "waiting");
  expect_difference([](auto& w) { ++w[c1].attempts; }, "attempts");
  expect_difference([](auto& w) { ++w[c1].answers; }, "answers");
  expect_difference([](auto& w) { ++w[c1].refusals; }, "refusals");
  expect_difference([](auto& w) { w.cut = {}; }, "cut links");
  expect_difference([](auto& w) { w.in_flight.erase(1); }, "a packet");
  expect_difference([](auto& w) { w.in_flight.insert(w.in_flight[1]); }, "a packet once more");
  expect_difference([](auto& w) { ++w.writes[0].state.round_tried; }, "what is to be written");
  expect_difference([](auto& w) { ++w.writes[0].number; }, "a write's number");
  expect_difference(
      [](auto& w) {
        w.held[0].packet.to = {0};
        w.held[1].packet.to = {0};
      },
      "a held message");
  expect_difference([](auto& w) { w.held.pop_back(); }, "held messages");
}

TEST(World, IgnoresTheSlotsOfItsPackets) {
  World<P> one = busy_world();
  World<P> other = one;
  // The same packets, put in flight in the opposite order.
  std::vector<Packet<P>> packets;
  for (InFlight<P>::Slot slot = 0; slot < one.in_flight.slot_end(); ++slot) {
    if (one.in_flight.holds(slot)) {
      packets.push_back(one.in_flight[slot]);
    }
  }
  ASSERT_GT(packets.size(), 1U);
  other.in_flight.clear();
  for (auto packet = packets.rbegin(); packet != packets.rend(); ++packet) {
    other.in_flight.insert(*packet);
  }
  EXPECT_EQ(one, other);
  EXPECT_EQ(hash_of(one), hash_of(other));
}

TEST(World, CountsEqualPackets) {
  World<P> one = busy_world();
  World<P> other = one;
  const Packet<P> a = packet(n1, n2, paxos::Prepare{{7, n1}});
  const Packet<P> b = packet(n1, n3, paxos::Prepare{{7, n1}});
  for (const Packet<P>& packet : {a, a, b}) {
    one.in_flight.insert(packet);
  }
  for (const Packet<P>& packet : {a, b, b}) {
    other.in_flight.insert(packet);
  }
  EXPECT_NE(one, other) << "as many packets, of the same two kinds";
  EXPECT_NE(hash_of(one), hash_of(other));
}

TEST(World, IsEmptyOnceCleared) {
  World<P> world = busy_world();
  world.clear();
  EXPECT_EQ(world, World<P>{});
}

TEST(World, StartsAnewWhateverItWasBefore) {
  Lab fresh(3, 2);
  Lab used(3, 2);
  used.world = busy_world();
  Recorder recorder;
  Observers observers(recorder);
  Engine<P, decltype(observers)> engine(used.config, observers);
  engine.start(used.world, 3, 2);
  EXPECT_EQ(used.world, fresh.world);
}

TEST(World, ContinuesFromACopyAsTheOriginalDoes) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    RandomRun original;
    RandomRun copy;
    original.start(draw_paxos(seed), seed);
    const std::uint64_t half = 20 + seed;
    for (std::uint64_t i = 0; i < half && original.try_step(); ++i) {
    }
    copy.copy_from(original);
    bool is_running = true;
    while (is_running) {
      is_running = original.try_step();
      ASSERT_EQ(copy.try_step(), is_running) << "seed " << seed;
      ASSERT_EQ(copy.step, original.step) << "seed " << seed;
    }
    EXPECT_EQ(copy.world, original.world) << "seed " << seed;
    EXPECT_EQ(hash_of(copy.world), hash_of(original.world)) << "seed " << seed;
    EXPECT_EQ(copy.hash.value(), original.hash.value()) << "seed " << seed;
    EXPECT_EQ(copy.schedule.end(), original.schedule.end()) << "seed " << seed;
  }
}

TEST(World, LeavesTheOriginalAloneWhenACopyGoesOn) {
  RandomRun original;
  original.start(draw_paxos(5), 5);
  for (int i = 0; i < 30 && original.try_step(); ++i) {
  }
  const World<P> before = original.world;
  RandomRun copy;
  copy.copy_from(original);
  copy.finish();
  EXPECT_EQ(original.world, before);
  EXPECT_NE(copy.world, before);
}

}  // namespace
}  // namespace synod
