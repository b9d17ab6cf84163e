// What a configuration may say, and which ones the swarm draws.
#include <gtest/gtest.h>

#include <array>

#include "sim/world/configuration.h"
#include "sim/world/declared_options.h"
#include "sim/world/swarm.h"

namespace synod {
namespace {

constexpr DurationRange range(std::uint64_t min, std::uint64_t max) { return {{min}, {max}}; }

template <class Change>
std::string complaint_about(Change change) {
  Configuration configuration;
  change(configuration);
  return validate(configuration);
}

constexpr std::array<Fault, fault_count> all_faults = [] {
  std::array<Fault, fault_count> faults{};
  for (std::size_t i = 0; i < faults.size(); ++i) {
    faults[i] = static_cast<Fault>(i);
  }
  return faults;
}();

TEST(Configuration, IsValidByDefaultAndEnablesNoFault) {
  const Configuration configuration;
  EXPECT_EQ(validate(configuration), "");
  for (const Fault fault : all_faults) {
    EXPECT_FALSE(is_enabled(configuration, fault)) << text_of(fault).name;
  }
}

TEST(Configuration, NamesTheSizeThatIsWrongAndTheRightOnes) {
  EXPECT_EQ(complaint_about([](auto& c) { c.node_count = 0; }), "node_count is 0: give 1 to 9");
  EXPECT_EQ(complaint_about([](auto& c) { c.node_count = 10; }), "node_count is 10: give 1 to 9");
  EXPECT_EQ(complaint_about([](auto& c) { c.client_count = 5; }), "client_count is 5: give 1 to 4");
  EXPECT_EQ(complaint_about([](auto& c) { c.client_count = 0; }), "client_count is 0: give 1 to 4");
  EXPECT_EQ(complaint_about([](auto& c) { c.crashed_max = 10; }), "crashed_max is 10: give 0 to 9");
  EXPECT_EQ(complaint_about([](auto& c) { c.operations = 1001; }),
            "operations is 1001: give 0 to 1000");
  EXPECT_EQ(complaint_about([](auto& c) { c.attempts_max = 0; }),
            "attempts_max is 0: give 1 to 100");
  EXPECT_EQ(complaint_about([](auto& c) { c.chaos = {0}; }), "chaos is 0: give 1 to 1000000000");
  EXPECT_EQ(complaint_about([](auto& c) { c.progress = {1'000'000'001}; }),
            "progress is 1000000001: give 0 to 1000000000");
  EXPECT_EQ(complaint_about([](auto& c) { c.steps_max = 0; }),
            "steps_max is 0: give 1 to 10000000");
  EXPECT_EQ(complaint_about([](auto& c) { c.skew_rate_min = 255; }),
            "skew_rate_min is 255: give 256 to 4096");
  EXPECT_EQ(complaint_about([](auto& c) { c.skew_rate_max = 1023; }),
            "skew_rate_max is 1023: give 1024 to 4096");
  EXPECT_EQ(complaint_about([](auto& c) { c.skew_jump_max = 1'000'001; }),
            "skew_jump_max is 1000001: give 0 to 1000000");
  EXPECT_EQ(complaint_about([](auto& c) { c.client_timeout = range(0, 5); }),
            "client_timeout is 0: give 1 to 1000000000");
  EXPECT_EQ(complaint_about([](auto& c) { c.cut_shapes.bits = 0x20; }),
            "cut_shapes is 32: give 0 to 31");
}

TEST(Configuration, NamesTheRatioThatIsNone) {
  using Field = Ratio Configuration::*;
  constexpr std::array<std::pair<const char*, Field>, 12> fields = {{
      {"tail", &Configuration::tail},
      {"slow_links", &Configuration::slow_links},
      {"slow_kinds", &Configuration::slow_kinds},
      {"drop", &Configuration::drop},
      {"duplicate", &Configuration::duplicate},
      {"slow_write", &Configuration::slow_write},
      {"fail_write", &Configuration::fail_write},
      {"cut_forever", &Configuration::cut_forever},
      {"crash_mid_effects", &Configuration::crash_mid_effects},
      {"crash_keeps_writes", &Configuration::crash_keeps_writes},
      {"pause_shuffles", &Configuration::pause_shuffles},
      {"stale_read", &Configuration::stale_read},
  }};
  for (const auto& [name, field] : fields) {
    EXPECT_EQ(complaint_about([&, f = field](auto& c) { c.*f = {3, 2}; }),
              std::string(name) + " is 3/2: give a ratio from 0/1 to 1/1");
    EXPECT_EQ(complaint_about([&, f = field](auto& c) { c.*f = {0, 0}; }),
              std::string(name) + " is 0/0: give a ratio from 0/1 to 1/1");
    EXPECT_EQ(complaint_about([&, f = field](auto& c) { c.*f = {1, 2}; }), "");
  }
}

TEST(Configuration, RefusesToDoubleEveryMessageWithoutEnd) {
  EXPECT_EQ(complaint_about([](auto& c) { c.duplicate = {2, 2}; }),
            "duplicate is 1/1: give less, or every copy is doubled without end");
}

TEST(Configuration, NamesTheRangeThatIsUpsideDown) {
  using Field = DurationRange Configuration::*;
  constexpr std::array<std::pair<const char*, Field>, 15> fields = {{
      {"delay", &Configuration::delay},
      {"tail_delay", &Configuration::tail_delay},
      {"disk", &Configuration::disk},
      {"slow_disk", &Configuration::slow_disk},
      {"cut_interval", &Configuration::cut_interval},
      {"cut_duration", &Configuration::cut_duration},
      {"hold_interval", &Configuration::hold_interval},
      {"hold_duration", &Configuration::hold_duration},
      {"crash_interval", &Configuration::crash_interval},
      {"crash_duration", &Configuration::crash_duration},
      {"pause_interval", &Configuration::pause_interval},
      {"pause_duration", &Configuration::pause_duration},
      {"skew_interval", &Configuration::skew_interval},
      {"think", &Configuration::think},
      {"client_timeout", &Configuration::client_timeout},
  }};
  for (const auto& [name, field] : fields) {
    EXPECT_EQ(complaint_about([&, f = field](auto& c) { c.*f = range(9, 8); }),
              std::string(name) + " is 9 to 8: give the smaller one first");
    EXPECT_EQ(complaint_about([&, f = field](auto& c) { c.*f = range(1, 1'000'000'001); }),
              std::string(name) + " is 1000000001: give 0 to 1000000000");
    EXPECT_EQ(complaint_about([&, f = field](auto& c) { c.*f = range(8, 9); }), "");
  }
}

TEST(Configuration, AsksForATickBetweenFaults) {
  using Field = DurationRange Configuration::*;
  constexpr std::array<std::pair<const char*, Field>, 5> fields = {{
      {"cut_interval", &Configuration::cut_interval},
      {"hold_interval", &Configuration::hold_interval},
      {"crash_interval", &Configuration::crash_interval},
      {"pause_interval", &Configuration::pause_interval},
      {"skew_interval", &Configuration::skew_interval},
  }};
  for (const auto& [name, field] : fields) {
    EXPECT_EQ(complaint_about([&, f = field](auto& c) { c.*f = range(0, 5); }),
              std::string(name) + " is 0 to 5: give at least 1, or 0 to 0 for never");
  }
}

TEST(Configuration, AsksForAShapeWhereThereAreCuts) {
  EXPECT_EQ(complaint_about([](auto& c) {
              c.cut_interval = range(10, 20);
              c.cut_shapes.bits = 0;
            }),
            "cut_shapes is 0: give 1 to 31");
}

TEST(Configuration, SaysWhichFaultsItEnables) {
  Configuration c;
  c.cut_interval = range(10, 20);
  c.cut_shapes.bits = 1U << static_cast<unsigned>(CutShape::alone);
  EXPECT_TRUE(is_enabled(c, fault_named("cut_alone")));
  EXPECT_FALSE(is_enabled(c, fault_named("cut_two_way")));
  c.cut_shapes.bits = 0x1f;
  EXPECT_TRUE(is_enabled(c, fault_named("cut_two_way")));
  EXPECT_FALSE(is_enabled(c, fault_named("cut_ring"))) << "in a ring of three, all are neighbours";
  c.node_count = 4;
  EXPECT_TRUE(is_enabled(c, fault_named("cut_ring")));
  c.node_count = 1;
  EXPECT_FALSE(is_enabled(c, fault_named("cut_two_way"))) << "one node has no links";
  EXPECT_FALSE(is_enabled(c, fault_named("crash")));
  c.crash_interval = range(10, 20);
  EXPECT_TRUE(is_enabled(c, fault_named("crash")));
  EXPECT_TRUE(is_enabled(c, fault_named("lose_write")));
  EXPECT_FALSE(is_enabled(c, fault_named("keep_write")));
  c.crashed_max = 0;
  EXPECT_FALSE(is_enabled(c, fault_named("crash"))) << "nobody may be down";
}

TEST(Configuration, NamesEveryFault) {
  for (const Fault fault : all_faults) {
    EXPECT_FALSE(text_of(fault).name.empty());
    EXPECT_FALSE(text_of(fault).about.empty());
    for (const Fault other : all_faults) {
      EXPECT_EQ(text_of(fault).name == text_of(other).name, fault == other);
    }
  }
}

TEST(Swarm, DrawsValidConfigurationsWithEveryFaultInSomeAndNotInOthers) {
  std::array<int, fault_count> enabled{};
  constexpr int draws = 2000;
  for (std::uint64_t seed = 0; seed < draws; ++seed) {
    const Configuration configuration = draw_configuration(Luck(seed));
    ASSERT_EQ(validate(configuration), "") << "seed " << seed;
    for (const Fault fault : all_faults) {
      enabled[static_cast<std::size_t>(fault)] += is_enabled(configuration, fault) ? 1 : 0;
    }
  }
  for (const Fault fault : all_faults) {
    const int count = enabled[static_cast<std::size_t>(fault)];
    if (text_of(fault).name == "stale_read") {  // no protocol claims to bear it
      EXPECT_EQ(count, 0);
      continue;
    }
    EXPECT_GT(count, draws / 100) << text_of(fault).name;
    EXPECT_LT(count, draws * 3 / 4) << text_of(fault).name;
  }
}

TEST(Swarm, DrawsTheSameConfigurationFromTheSameSeed) {
  EXPECT_EQ(draw_configuration(Luck(42)), draw_configuration(Luck(42)));
  EXPECT_NE(draw_configuration(Luck(42)), draw_configuration(Luck(43)));
}

TEST(Swarm, DrawsEverySizeAndBothEndings) {
  std::array<int, 10> node_counts{};
  std::array<int, 5> client_counts{};
  std::array<int, 2> endings{};
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Configuration c = draw_configuration(Luck(seed));
    ++node_counts[c.node_count];
    ++client_counts[c.client_count];
    ++endings[static_cast<std::size_t>(c.ending)];
  }
  for (std::size_t count = 3; count <= 9; ++count) {
    EXPECT_GT(node_counts[count], 0) << count;
  }
  for (std::size_t count = 1; count <= 4; ++count) {
    EXPECT_GT(client_counts[count], 0) << count;
  }
  EXPECT_GT(endings[0], 500);
  EXPECT_GT(endings[1], 500);
}

/// What makes a protocol one with rushes.
struct WithReads {
  Ratio reads;
  static constexpr void fields(auto& self, auto&& visit) {
    visit(OptionText{.name = "reads", .about = "Of operations, reads"}, self.reads);
  }
};

TEST(Swarm, DrawsARushNowAndThenInWhichManyAskAndOnlyMessagesAreLate) {
  int rushes = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    if (!is_rush(Luck(seed))) {
      continue;
    }
    ++rushes;
    const Configuration c = draw_configuration(Luck(seed), declared_options<WithReads>());
    EXPECT_EQ(c.client_count, client_count_max);
    for (const Fault fault : all_faults) {
      EXPECT_EQ(is_enabled(c, fault), fault == fault_named("delay")) << text_of(fault).name;
    }
  }
  EXPECT_GT(rushes, 90);
  EXPECT_LT(rushes, 160);
}

TEST(Swarm, KeepsWhatIsFixedInARushToo) {
  const FixFields fix = [](Configuration& c) {
    c.client_count = 1;
    c.delay = range(100, 200);
  };
  std::uint64_t seed = 0;
  while (!is_rush(Luck(seed))) {
    ++seed;
  }
  const Configuration c = draw_configuration(Luck(seed), declared_options<WithReads>(), fix);
  EXPECT_EQ(c.client_count, 1U);
  EXPECT_EQ(c.delay, range(100, 200));
  EXPECT_EQ(c.tail_delay, range(300, 1000));  // what follows from it does
  EXPECT_GT(c.client_timeout.min.ticks, 1000U);
}

}  // namespace
}  // namespace synod
