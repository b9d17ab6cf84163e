// Crashes for ever, and the uniform configuration that drawn ones are measured against.
#include <gtest/gtest.h>

#include <string>

#include "sim/world/configuration.h"
#include "sim/world/swarm.h"

namespace synod {
namespace {

template <class Change>
std::string complaint_about(Change change) {
  Configuration configuration;
  change(configuration);
  return validate(configuration);
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
  EXPECT_FALSE(is_enabled(c, fault_named("crash_forever")));
  c.crash_interval = {{10}, {20}};
  EXPECT_TRUE(is_enabled(c, fault_named("crash_forever")));
  c.crashed_max = 0;
  EXPECT_FALSE(is_enabled(c, fault_named("crash_forever")));
  c.crashed_max = 1;
  c.crash_forever = {};
  EXPECT_FALSE(is_enabled(c, fault_named("crash_forever")));
}

TEST(UniformConfiguration, IsValidAndEnablesEveryKindOfTroubleAtOnce) {
  const Configuration c = uniform_configuration();
  EXPECT_EQ(validate(c), "");
  EXPECT_EQ(c.ending, Ending::healed);
  for (const Fault fault :
       {fault_named("delay"), fault_named("drop"), fault_named("duplicate"),
        fault_named("slow_write"), fault_named("cut_two_way"), fault_named("cut_one_way"),
        fault_named("crash"), fault_named("crash_mid_effects"), fault_named("lose_write"),
        fault_named("keep_write"), fault_named("pause")}) {
    EXPECT_TRUE(is_enabled(c, fault)) << text_of(fault).name;
  }
}

TEST(UniformConfiguration, HasNoFaultThatDependsOnAnother) {
  const Configuration c = uniform_configuration();
  for (const Fault fault :
       {fault_named("slow_link"), fault_named("cut_alone"), fault_named("cut_halves"),
        fault_named("cut_ring"), fault_named("cut_forever"), fault_named("crash_forever")}) {
    EXPECT_FALSE(is_enabled(c, fault)) << text_of(fault).name;
  }
}

}  // namespace
}  // namespace synod
