#include <synod/gtest.h>

namespace {

TEST(MyProtocol, Holds) { SYNOD_EXPECT_HOLDS(synod::fuzz({.seeds = 2000})); }

TEST(MyProtocol, PlantedBugIsFound) {
  SYNOD_EXPECT_VIOLATED(synod::fuzz({.mutants = {"takes-the-last"}}));
}

/// build/my_testbed keep TRACE --name SLUG --into traces keeps another.
TEST(MyProtocol, AsKept) { SYNOD_EXPECT_AS_KEPT(synod::regress(MY_TRACES)); }

}  // namespace
