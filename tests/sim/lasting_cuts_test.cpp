// The ending "partitioned": some cuts stay, all else is repaired, and who reaches enough others
// both ways must learn.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/world/reach.h"
#include "tests/sim/campaign.h"

namespace synod {
namespace {

using namespace sim_testing;

constexpr std::uint64_t runs = 100;

Configuration with_lasting_cuts() {
  Configuration c = busy();
  c.cut_interval = range(1, 40);
  c.cut_duration = range(20, 60);
  c.client_timeout = range(100, 200);
  c.chaos = {400};
  c.ending = Ending::partitioned;
  return c;
}

struct Ends {
  std::array<std::uint64_t, 4> ends{};
  std::uint64_t cut = 0;             ///< runs in which some link is, at the end
  std::uint64_t somebody_apart = 0;  ///< runs in which somebody does not reach enough
  std::uint64_t waiting = 0;         ///< nodes that must have learned, and have not
  [[nodiscard]] std::uint64_t ended(End end) const { return ends[static_cast<std::size_t>(end)]; }
};

struct LearnedByRun {
  NodeSet nodes;
  void on(const World<P>& /*world*/, const Learned<P>& learned) { nodes.insert(learned.node); }
};

Ends ends_of(const Configuration& c) {
  EXPECT_EQ(validate(c), "");
  Ends ends;
  LearnedByRun learned;
  RandomRun run(learned);
  run.schedule.promise(reaching_most_decide);
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    learned.nodes = {};
    run.run(c, seed);
    EXPECT_FALSE(run.witness.findings().has_any()) << run.witness.findings().first().text;
    EXPECT_EQ(run.refused_steps, 0) << "seed " << seed;
    ++ends.ends[static_cast<std::size_t>(run.schedule.end())];
    const LinkStep all{EndpointSet::all(), EndpointSet::all()};
    ends.cut += run.world.count_cut(all) > 0 ? 1U : 0U;
    const NodeSet must =
        who_must_decide(c, reaching_most_decide, run.world.cut, run.world.node_ids());
    ends.somebody_apart += must != run.world.node_ids() ? 1U : 0U;
    ends.waiting += (must - learned.nodes).size();
  }
  return ends;
}

TEST(LastingCuts, StayAndWhoReachesEnoughLearnsInTime) {
  const Ends ends = ends_of(with_lasting_cuts());
  EXPECT_EQ(ends.ended(End::settled), runs);
  EXPECT_EQ(ends.cut, runs);
  EXPECT_EQ(ends.waiting, 0U);
  EXPECT_GT(ends.somebody_apart, runs / 10) << "who must not is not waited for";
  EXPECT_LT(ends.somebody_apart, runs);
}

TEST(LastingCuts, AreDrawnWhereNoneIsThereInTheEnd) {
  Configuration c = with_lasting_cuts();
  c.cut_interval = {};
  const Ends ends = ends_of(c);
  EXPECT_EQ(ends.ended(End::settled), runs);
  EXPECT_EQ(ends.cut, runs);
}

/// n1 and n3 never reach each other, n2 reaches both.
TEST(LastingCuts, AreThoseOfTheFileWhereItGivesSome) {
  Configuration c = with_lasting_cuts();
  c.node_count = 3;
  c.cut_interval = {};
  c.faults = {{{1}, CutStep{{only(n1), only(n3)}}}, {{1}, CutStep{{only(n3), only(n1)}}}};
  RandomRun run;
  run.schedule.promise(reaching_most_decide);
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    run.run(c, seed);
    EXPECT_EQ(run.schedule.end(), End::settled) << "seed " << seed;
    EXPECT_EQ(run.world.count_cut({EndpointSet::all(), EndpointSet::all()}), 2U);
  }
}

TEST(LastingCuts, OfTheFileStayAlsoWhereNobodyMustDecideThen) {
  Configuration c = with_lasting_cuts();
  c.node_count = 3;
  c.cut_interval = {};
  const EndpointSet all = nodes(NodeSet::first(3));
  c.faults = {{{1}, CutStep{{all, all}}}};
  RandomRun run;
  run.schedule.promise(reaching_most_decide);
  run.run(c, 1);
  EXPECT_EQ(run.schedule.end(), End::broken);
  EXPECT_EQ(run.world.count_cut({EndpointSet::all(), EndpointSet::all()}), 6U);
}

TEST(LastingCuts, AreNoneWhereNothingIsPromised) {
  RandomRun run;
  run.run(with_lasting_cuts(), 1);
  EXPECT_EQ(run.schedule.end(), End::broken);
}

TEST(LastingCuts, AreInSomeDrawnRunsWithCutsAndInNoOthers) {
  std::uint64_t partitioned = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const Configuration c = draw_paxos(seed);
    partitioned += c.ending == Ending::partitioned ? 1U : 0U;
    EXPECT_FALSE(c.ending == Ending::partitioned && faults::is_never(c.cut_interval));
  }
  EXPECT_GT(partitioned, 30U);
  EXPECT_LT(partitioned, 200U);
}

}  // namespace
}  // namespace synod
