// The planted bugs of three-phase commit break what they say, inside the fault model: with nodes
// that stop for ever, and with no other fault.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "scenarios/mutants/mutant.h"
#include "tests/core/three_phase_commit/fail_stop.h"

namespace synod::three_phase_commit {
namespace {

struct Shown {
  std::string_view slug;
  std::size_t node_count = 0;  ///< of the smallest cluster that shows it
  std::size_t stops = 0;       ///< the fewest nodes that must stop
  bool has_refusal = false;    ///< the last participant votes no
};
void PrintTo(const Shown& shown, std::ostream* out) {  // NOLINT(readability-identifier-naming)
  *out << shown.slug;
}

constexpr Shown all[] = {
    {"c3-abort-on-missing-ack", 3, 2},
    {"c3-commit-without-waiting-for-acks", 2, 1},
    {"c3-majority", 4, 0, true},
    {"c3-no-pre-commit", 2, 1},
    {"c3-skip-pre-commit-in-takeover", 3, 2},
    {"c3-takeover-aborts-pre-committed", 2, 1},
    {"c3-takeover-commits-waiting", 3, 2},
    {"c3-timeout-is-yes", 2, 1},
};

const Mutant<Protocol>* find(std::string_view slug) {
  const auto mutants = mutants_of<Protocol>();
  const auto found = std::find_if(mutants.begin(), mutants.end(),
                                  [&](const auto& mutant) { return mutant.text.slug == slug; });
  return found == mutants.end() ? nullptr : &*found;
}

bool breaks(std::string_view property, const Case& one, const Result& result) {
  const Transaction transaction = Transaction::of(one.node_count, one.refusing);
  return property == "atomicity" ? !result.is_atomic()
                                 : !result.is_commit_valid(transaction.participants);
}

/// Does any choice of at most so many nodes that stop break the mutant's property?
bool is_found(const Mutant<Protocol>& mutant, const Shown& shown, std::size_t node_count,
              std::size_t stops_max) {
  Config config;
  mutant.plant(config);
  EveryStop every(stops_max, config.rules, [&](const Case& one, const Result& result) {
    return !breaks(mutant.text.property, one, result);
  });
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    Case one;
    one.node_count = node_count;
    one.refusing =
        shown.has_refusal ? NodeSet::only({static_cast<std::uint8_t>(node_count - 1)}) : NodeSet();
    one.pace.seed = seed;
    if (!every.search(one)) {
      return true;
    }
  }
  return false;
}

class ThreePhaseCommitMutant : public testing::TestWithParam<Shown> {};

TEST_P(ThreePhaseCommitMutant, BreaksItsPropertyInTheSmallestClusterWithTheFewestStops) {
  const Shown& shown = GetParam();
  const Mutant<Protocol>* mutant = find(shown.slug);
  ASSERT_NE(mutant, nullptr);
  EXPECT_EQ(mutant->text.kind, MutantKind::bug);
  EXPECT_EQ(mutant->text.cluster, fmt::format("{} nodes", shown.node_count));
  EXPECT_TRUE(is_found(*mutant, shown, shown.node_count, shown.stops));
  EXPECT_TRUE(is_found(*mutant, shown, 4, shown.stops));
  if (shown.stops > 0) {
    EXPECT_FALSE(is_found(*mutant, shown, shown.node_count, shown.stops - 1));
    EXPECT_FALSE(is_found(*mutant, shown, 4, shown.stops - 1));
  }
  if (shown.node_count > 2) {
    EXPECT_FALSE(is_found(*mutant, shown, shown.node_count - 1, shown.stops));
  }
}

INSTANTIATE_TEST_SUITE_P(Every, ThreePhaseCommitMutant, testing::ValuesIn(all),
                         [](const testing::TestParamInfo<Shown>& shown) {
                           std::string name(shown.param.slug);
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace synod::three_phase_commit
