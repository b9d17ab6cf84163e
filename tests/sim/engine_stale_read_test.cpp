// The step stale_read: a disk gives back what it held before its latest write, and the node
// restarts from that.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/sim_testing.h"

namespace synod {
namespace {

using namespace sim_testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Ballot ballot{1, n1};

/// Keeps what was said to be beyond every model.
struct Beyond {
  std::vector<std::string_view> happened;
  void on(const World<P>& /*world*/, const auto& /*event*/) {}
  void on(const World<P>& /*world*/, const BeyondEveryModel& event) {
    happened.push_back(event.what);
  }
};

/// Three nodes, of which n2 has promised n1's ballot, durably, and then gone down.
struct Down {
  explicit Down(bool keeps_older_disks = true) : engine(config, beyond) {
    config.quorums = QuorumSystem::majority(3);
    engine.start(world, 3, 1, keeps_older_disks);
    prepare(ballot);
    apply(CrashStep{n2});
  }
  bool apply(const Action<P>& action) { return engine.apply(world, {world.now, action}); }
  void prepare(Ballot of) {
    const Packet<P> prepare = packet(n1, n2, paxos::Prepare{of, red});
    world.in_flight.insert(prepare);
    apply(DeliverStep<P>{{prepare, {}}});
    apply(FinishWriteStep{n2});
  }

  paxos::Config config;
  Beyond beyond;
  Engine<P, Beyond> engine;
  World<P> world;
};

TEST(EngineStaleRead, GivesBackWhatTheDiskHeldBeforeItsLatestWrite) {
  Down down;
  ASSERT_EQ(down.world[n2].disk.promised, ballot);
  EXPECT_TRUE(down.apply(StaleReadStep{n2}));
  EXPECT_EQ(down.world[n2].disk, paxos::Durable{});
  EXPECT_THAT(down.beyond.happened, ElementsAre("a disk gave back an older state than its latest"));
  ASSERT_TRUE(down.apply(RestartStep{n2}));
  EXPECT_TRUE(down.world[n2].is_up);
  down.prepare({0, n2});
  EXPECT_EQ(down.world[n2].disk.promised, Ballot(0, n2)) << "it does not know what it promised";
}

TEST(EngineStaleRead, ComesOnceForAWrite) {
  Down down;
  ASSERT_TRUE(down.apply(StaleReadStep{n2}));
  EXPECT_FALSE(down.apply(StaleReadStep{n2})) << "what was before that is not kept";
}

TEST(EngineStaleRead, GivesBackTheStateBeforeAndNoOlderOne) {
  Down down;
  ASSERT_TRUE(down.apply(RestartStep{n2}));
  down.prepare({5, n1});
  ASSERT_TRUE(down.apply(CrashStep{n2}));
  ASSERT_TRUE(down.apply(StaleReadStep{n2}));
  EXPECT_EQ(down.world[n2].disk.promised, ballot);
}

TEST(EngineStaleRead, DoesNotApplyToANodeThatIsUpOrHasWrittenNothingOrIsNotThere) {
  Down down;
  const World<P> before = down.world;
  EXPECT_FALSE(down.apply(StaleReadStep{n1})) << "it is up";
  EXPECT_FALSE(down.apply(StaleReadStep{NodeId{7}}));
  EXPECT_EQ(down.world, before);
  ASSERT_TRUE(down.apply(CrashStep{n3}));
  EXPECT_FALSE(down.apply(StaleReadStep{n3})) << "its disk was never written";
  EXPECT_THAT(down.beyond.happened, IsEmpty());
}

TEST(EngineStaleRead, DoesNotApplyWhereOlderDisksAreNotKeptWhichThenTakeNoRoom) {
  Down down(false);
  EXPECT_THAT(down.world.older_disks, IsEmpty());
  EXPECT_EQ(down.world.older_disks.capacity(), 0U);
  EXPECT_FALSE(down.apply(StaleReadStep{n2}));
}

TEST(EngineStaleRead, MakesWorldsDifferByWhatTheirDisksHeldBefore) {
  Down down;
  World<P> other = down.world;
  EXPECT_EQ(hash_of(other), hash_of(down.world));
  other.older_disks[n2.index].promised = {9, n3};
  EXPECT_NE(other, down.world);
  EXPECT_NE(hash_of(other), hash_of(down.world));
}

}  // namespace
}  // namespace synod
