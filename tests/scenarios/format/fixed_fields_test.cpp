#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "scenarios/format/configuration_json.h"
#include "scenarios/format/fixed_fields.h"
#include "scenarios/format/trace.h"
#include "scenarios/protocols/paxos_options.h"
#include "sim/luck.h"
#include "sim/world/swarm.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

TEST(FixedFields, SetWhatApplyFieldsSetsWhateverWasDrawn) {
  for (const char* text : {
           R"({})",
           R"({"node_count": 5})",
           R"({"node_count": 5, "phase1_quorum": 4})",
           R"({"phase2_quorum": 3, "ending": "broken", "chaos": 7})",
           R"({"delay": "3..4", "drop": "1/7", "cut_shapes": ["ring"]})",
       }) {
    const ordered_json fields = ordered_json::parse(text);
    const FixedFields fixed(fields, declared_options<PaxosOptions>());
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
      Configuration expected = draw_configuration(Luck(seed), declared_options<PaxosOptions>());
      Configuration configuration = expected;
      apply_fields(fields, expected);
      fixed.apply(configuration);
      EXPECT_EQ(configuration, expected) << text << ", seed " << seed;
    }
  }
}

TEST(FixedFields, FixNothingWhenThereAreNone) {
  const Configuration drawn = draw_configuration(Luck(1));
  Configuration configuration = drawn;
  FixedFields().apply(configuration);
  EXPECT_EQ(configuration, drawn);
}

}  // namespace
}  // namespace synod
