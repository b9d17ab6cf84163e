// What must not be reported: correct Paxos, and variants of it that look wrong and are not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/properties/paxos_testing.h"

namespace synod::paxos {
namespace {

using namespace paxos_testing;

namespace variant {

/// Accepting does not promise, but a newer vote is never overwritten by an older one.
Durable keep_highest_vote(Durable acceptor, Ballot ballot, Value value) {
  if (ballot > acceptor.vote.ballot) {
    acceptor.vote = {ballot, value};
  }
  return acceptor;
}
/// An acceptor that has not heard of a ballot's Prepare refuses its Accept.
bool accept_only_what_was_promised(const Durable& acceptor, Ballot ballot, Value /*value*/) {
  return ballot == acceptor.promised;
}
/// A repeated Prepare is answered again.
bool promise_again(const Durable& acceptor, Ballot ballot) { return ballot >= acceptor.promised; }

}  // namespace variant

TEST(CorrectPaxos, HasNoFindingDecidesEveryHealedRunAndReachesEveryProbe) {
  RandomRun run;
  std::array<int, probe_texts.size()> reached{};
  int healed = 0;
  int decided = 0;
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    const Configuration configuration = draw_paxos(seed);
    run.run(configuration, seed);
    run.witness.finish();
    ASSERT_FALSE(run.witness.findings().has_any())
        << "seed " << seed << ": " << run.witness.findings().first().text;
    ASSERT_EQ(run.refused_steps, 0) << "seed " << seed;
    if (configuration.ending == Ending::healed) {
      ++healed;
      ASSERT_EQ(run.schedule.end(), End::settled) << "seed " << seed;
    } else {
      ASSERT_EQ(run.schedule.end(), End::broken) << "seed " << seed;
    }
    decided += run.witness.is_decided() ? 1 : 0;
    for (std::size_t probe = 0; probe < reached.size(); ++probe) {
      reached[probe] += (run.witness.probes_reached() >> probe & 1U) != 0 ? 1 : 0;
    }
  }
  EXPECT_GT(healed, 9000);
  EXPECT_GT(decided, healed);
  for (std::size_t probe = 0; probe < reached.size(); ++probe) {
    EXPECT_GT(reached[probe], 0) << probe_texts[probe].name;
    EXPECT_LT(reached[probe], 20'000) << probe_texts[probe].name << " tells no run from another";
  }
}

TEST(CorrectPaxos, MayKeepItsHighestVoteAndAnswerAnOlderBallot) {
  Rules rules;
  rules.after_accept = variant::keep_highest_vote;
  EXPECT_EQ(find_any_violation(rules, 3000), "");
}

TEST(CorrectPaxos, MayAcceptOnlyTheBallotThatItPromised) {
  Rules rules;
  rules.may_accept = variant::accept_only_what_was_promised;
  EXPECT_EQ(find_any_violation(rules, 3000), "");
}

TEST(CorrectPaxos, MayAnswerAPrepareAgainWhileBallotsAreUnique) {
  Rules rules;
  rules.may_promise = variant::promise_again;
  EXPECT_EQ(find_any_violation(rules, 3000), "");
}

TEST(CorrectPaxos, IsNotWhatAFindingLooksLike) {
  // The same search, over the same seeds, does find a planted fault: the silence above is earned.
  Rules rules;
  rules.value_to_propose = [](NodeSet, const Votes&, Value own) { return own; };
  EXPECT_NE(find_any_violation(rules, 3000), "");
}

TEST(Probes, HaveNamesOfTheirOwn) {
  for (std::size_t i = 0; i < probe_texts.size(); ++i) {
    EXPECT_FALSE(probe_texts[i].about.empty());
    for (std::size_t other = 0; other < i; ++other) {
      EXPECT_NE(probe_texts[i].name, probe_texts[other].name);
    }
  }
}

TEST(Properties, HaveNamesOfTheirOwnAndASource) {
  std::vector<PropertyText> texts = {assertion_text};
  const auto add = [&]<class... Ps>(std::tuple<Ps...>*) { (texts.push_back(Ps::text), ...); };
  add(static_cast<Properties*>(nullptr));
  EXPECT_EQ(texts.size(), 12U);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_FALSE(texts[i].about.empty());
    EXPECT_FALSE(texts[i].source.empty());
    for (std::size_t other = 0; other < i; ++other) {
      EXPECT_NE(texts[i].name, texts[other].name);
    }
  }
}

}  // namespace
}  // namespace synod::paxos
