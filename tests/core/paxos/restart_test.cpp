// A restart: a node is a new object, started from its disk alone.
#include "tests/core/paxos/fixture.h"

namespace synod::paxos {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Restart, LeavesOnlyWhatIsOnDisk) {
  TestedNode node;
  node.hears(n2, Accept{{1, n2}, blue});
  node.is_asked(write(c1, red));
  node.hears({n1, n3}, Promise{{2, n1}, {}});
  node.is_asked(quorum_read(c2));
  node.hears(n3, Accepted{{2, n1}, red});
  node.hears(n3, Nack{{2, n1}, {8, n3}});
  node.restart();
  EXPECT_TRUE(node.node() == TestedNode(cluster_of(3), n1, node.disk()).node());
  EXPECT_EQ(node.disk(), (Durable{{1, n2}, {{1, n2}, blue}, 2}));
}

TEST(Restart, WritesAndSaysNothing) {
  TestedNode node(cluster_of(3), n1, {{3, n2}, {{3, n2}, red}, 2});
  EXPECT_TRUE(node.is_silent());
  EXPECT_THAT(node.persisted(), IsEmpty());
  EXPECT_THAT(node.answers(), IsEmpty());
}

TEST(Restart, ForgetsTheRequestsThatWaited) {
  TestedNode node;
  node.is_asked(write(c1, red));
  node.restart();
  node.hears(n2, Decide{{1, n2}, blue});
  EXPECT_THAT(node.answers(), IsEmpty());
}

TEST(Restart, ForgetsThePromisesThatItCollected) {
  TestedNode node;
  node.is_asked(write(c1, red));
  node.hears(n1, Promise{{1, n1}, {}});
  node.restart();
  node.hears({n2, n3}, Promise{{1, n1}, {}});
  EXPECT_TRUE(node.is_without_effect());
}

TEST(Restart, BeginsAboveTheBallotsThatItTried) {
  TestedNode node(cluster_of(3), n2, {{3, n1}, {}, 7});
  node.is_asked(write(c1, red));
  EXPECT_THAT(node.recipients_of(Prepare{{8, n2}, red}), ElementsAre(n1, n2, n3));
}

TEST(Restart, BeginsAboveTheBallotThatItPromised) {
  TestedNode node(cluster_of(3), n2, {{9, n1}, {}, 7});
  node.is_asked(write(c1, red));
  EXPECT_THAT(node.recipients_of(Prepare{{10, n2}, red}), ElementsAre(n1, n2, n3));
}

// The two rules by which a planted bug forgets: what goes to disk, and what comes back.

TEST(Restart, WritesWhatTheRuleSays) {
  Config forgetful = cluster_of(3);
  forgetful.rules.to_store = [](const Durable&) { return Durable{}; };
  TestedNode node(forgetful);
  node.hears(n2, Accept{{1, n2}, red});
  EXPECT_THAT(node.persisted(), ElementsAre(Durable{}));
}

TEST(Restart, ReadsBackWhatTheRuleSays) {
  Config forgetful = cluster_of(3);
  forgetful.rules.recovered = [](const Durable&) { return Durable{}; };
  TestedNode node(forgetful, n1, {{3, n2}, {{3, n2}, red}, 2});
  node.hears(n3, Prepare{{1, n3}});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{Promise{{1, n3}, {}}}));
}

}  // namespace
}  // namespace synod::paxos
