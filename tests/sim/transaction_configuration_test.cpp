// Crashes for ever, and the uniform configuration that drawn ones are measured against.
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
