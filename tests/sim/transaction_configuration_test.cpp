// The fields of a configuration that only transactions have, crashes for ever, and the uniform
// configuration that drawn ones are measured against.
#include <gtest/gtest.h>

#include <string>

#include "sim/configuration.h"
#include "sim/swarm.h"

namespace synod {
namespace {

template <class Change>
std::string complaint_about(Change change) {
  Configuration configuration;
  change(configuration);
  return validate(configuration);
}

TEST(Configuration, NamesRefusingNodesThatTakeNoPart) {
  EXPECT_EQ(complaint_about([](auto& c) { c.refusing = NodeSet(0b001); }),
            "refusing is {n1}: give nodes that take part, which are {n2, n3}");
  EXPECT_EQ(complaint_about([](auto& c) { c.refusing = NodeSet(0b1010); }),
            "refusing is {n2, n4}: give nodes that take part, which are {n2, n3}");
  EXPECT_EQ(complaint_about([](auto& c) {
              c.node_count = 1;
              c.phase1_quorum = c.phase2_quorum = 1;
              c.refusing = NodeSet(0b010);
            }),
            "refusing is {n2}: give nodes that take part, which are {}");
}

TEST(Configuration, TakesAnyParticipantsAsRefusing) {
  for (std::uint16_t bits = 0; bits < 8; bits = static_cast<std::uint16_t>(bits + 2)) {
    EXPECT_EQ(complaint_about([&](auto& c) { c.refusing = NodeSet(bits); }), "");
  }
  EXPECT_EQ(complaint_about([](auto& c) {
              c.node_count = 9;
              c.phase1_quorum = c.phase2_quorum = 5;
              c.refusing = NodeSet(0b1'1111'1110);
            }),
            "");
}

TEST(Configuration, WantsAnOddNumberOfAcceptorsOfAtMostAllNodes) {
  for (const std::uint32_t count : {0U, 1U, 3U}) {
    EXPECT_EQ(complaint_about([&](auto& c) { c.acceptor_count = count; }), "");
  }
  EXPECT_EQ(complaint_about([](auto& c) { c.acceptor_count = 2; }),
            "acceptor_count is 2: give an odd number, or 0 for all");
  EXPECT_EQ(complaint_about([](auto& c) { c.acceptor_count = 4; }),
            "acceptor_count is 4: give 0 to 3");
  EXPECT_EQ(complaint_about([](auto& c) { c.acceptor_count = 5; }),
            "acceptor_count is 5: give 0 to 3");
}

TEST(Configuration, WantsARatioOfCrashesForEver) {
  EXPECT_EQ(complaint_about([](auto& c) { c.crash_forever = {3, 2}; }),
            "crash_forever is 3/2: give a ratio from 0/1 to 1/1");
  EXPECT_EQ(complaint_about([](auto& c) { c.crash_forever = {0, 0}; }),
            "crash_forever is 0/0: give a ratio from 0/1 to 1/1");
  EXPECT_EQ(complaint_about([](auto& c) { c.crash_forever = {1, 1}; }), "");
}

TEST(Configuration, EnablesCrashesForEverOnlyWhereNodesCrash) {
  Configuration c;
  c.crash_forever = {1, 1};
  EXPECT_FALSE(is_enabled(c, Fault::crash_forever));
  c.crash_interval = {{10}, {20}};
  EXPECT_TRUE(is_enabled(c, Fault::crash_forever));
  c.crashed_max = 0;
  EXPECT_FALSE(is_enabled(c, Fault::crash_forever));
  c.crashed_max = 1;
  c.crash_forever = {};
  EXPECT_FALSE(is_enabled(c, Fault::crash_forever));
}

TEST(Swarm, LeavesTheTransactionToThoseWhoHaveOne) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const Configuration c = draw_configuration(Luck(seed));
    ASSERT_TRUE(c.refusing.is_empty()) << "seed " << seed;
    ASSERT_EQ(c.acceptor_count, 0U) << "seed " << seed;
  }
}

TEST(UniformConfiguration, IsValidAndEnablesEveryKindOfTroubleAtOnce) {
  const Configuration c = uniform_configuration();
  EXPECT_EQ(validate(c), "");
  EXPECT_EQ(c.ending, Ending::healed);
  for (const Fault fault :
       {Fault::delay, Fault::drop, Fault::duplicate, Fault::slow_write, Fault::cut_two_way,
        Fault::cut_one_way, Fault::crash, Fault::crash_mid_effects, Fault::lose_write,
        Fault::keep_write, Fault::pause}) {
    EXPECT_TRUE(is_enabled(c, fault)) << text_of(fault).name;
  }
}

TEST(UniformConfiguration, HasNoFaultThatDependsOnAnother) {
  const Configuration c = uniform_configuration();
  for (const Fault fault : {Fault::slow_link, Fault::cut_alone, Fault::cut_halves, Fault::cut_ring,
                            Fault::cut_forever, Fault::crash_forever}) {
    EXPECT_FALSE(is_enabled(c, fault)) << text_of(fault).name;
  }
}

}  // namespace
}  // namespace synod
