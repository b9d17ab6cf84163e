// Explanations of what no planted bug breaks, on chronicles made by hand; and that no property of
// any protocol is without its rule. The exact texts of the others are in
// tests/tools/trace/explained.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scenarios/explain/explanation.h"
#include "scenarios/explain/kept_rules.h"
#include "scenarios/run/runner.h"

namespace synod {
namespace {

using ::testing::StartsWith;

/// Three nodes; the last step breaks the property.
Chronicle chronicle_of(const std::string& protocol, const std::string& property,
                       const std::string& finding, const std::vector<Chronicle::Step>& steps) {
  Chronicle chronicle;
  chronicle.protocol = protocol;
  chronicle.nodes = {"n1", "n2", "n3"};
  chronicle.verdict = Verdict::violated;
  chronicle.finding = Chronicle::Finding{property, finding, steps.size() - 1, false};
  chronicle.steps.assign(steps.begin(), steps.end());
  return chronicle;
}

Chronicle::Step step_of(std::uint64_t at, const std::string& actor,
                        const std::string& consequence) {
  Chronicle::Step step;
  step.at = {at};
  step.kind = "fire";
  step.actor = actor;
  step.input = "votes";
  step.text = actor + "'s timer votes fires";
  step.consequences = {consequence};
  return step;
}

/// Without the setting, and the steps that led to it.
std::string told(const Chronicle& chronicle) {
  std::string text = plain_text(explain(chronicle), chronicle);
  const std::size_t setting = text.find("\n\n") + 1;
  text.erase(setting, text.find("\n\n", setting + 1) + 1 - setting);
  return text.substr(0, text.find("\nThe steps that led to it"));
}

TEST(ExplainTest, EveryPropertyOfEveryProtocolHasARuleWithItsSource) {
  for (const ProtocolEntry& protocol : protocols()) {
    for (const PropertyText& property : protocol.properties) {
      const Explanation::Rule rule = rule_behind(protocol.text.name, property.name);
      EXPECT_FALSE(rule.text.empty()) << protocol.text.name << " " << property.name;
      EXPECT_FALSE(rule.source.empty()) << protocol.text.name << " " << property.name;
      EXPECT_EQ(rule.code.empty(), property.name == assertion_text.name)
          << protocol.text.name << " " << property.name;
    }
  }
}

TEST(ExplainTest, LearnersThatDifferAreNamedWithTheVotesThatThereWere) {
  EXPECT_EQ(
      told(chronicle_of("paxos", "learners_agree", "n2 learned blue, but red was learned before",
                        {step_of(3, "n1", "n1 learns red"), step_of(9, "n2", "n2 learns blue")})),
      R"(learners_agree is violated: all nodes learn the same value, before and after restarts.

What happened, and when [in ticks]
   1. n1 learned red. [3]
   2. n2 learned blue. [9]

What contradicts what
      n2 learned blue, but red was learned before. [9]
      Nobody had voted for anything.

The rule
      A value is chosen when a quorum has voted for it in one and the same ballot. Votes for it in
      different ballots do not add up.
      Lamport, Paxos Made Simple, 2.1 and 2.3
      is_chosen in core/paxos/rules.h
)");
}

TEST(ExplainTest, AValueThatNobodyAskedForIsToldWithTheRuleForProposers) {
  EXPECT_EQ(told(chronicle_of("paxos", "validity",
                              "n1 proposed blue in ballot 1.n1, which no client has asked for",
                              {step_of(4, "n1", "")})),
            R"(validity is violated: only a value that a client has asked for is proposed or chosen.

What contradicts what
      n1 proposed blue in ballot 1.n1, which no client has asked for. [4]

The rule
      A proposer proposes the value of the highest-numbered vote that was reported to it, or, when
      none was, one that a client has asked for.
      Lamport, Paxos Made Simple, 2.2, phase 2(a)
      value_to_propose in core/paxos/rules.h
)");
}

TEST(ExplainTest, ABrokenAssertionIsItsOwnRule) {
  EXPECT_EQ(told(chronicle_of("paxos_commit", "assertion",
                              "n1: \"a node learns one decision only\" is broken",
                              {step_of(7, "n1", "")})),
            R"(assertion is violated: the protocol's own assertions hold.

What contradicts what
      n1: "a node learns one decision only" is broken. [7]
      Nobody had voted.

The rule
      What a node takes for granted, and asserts, is true whatever happens; where it is not, nobody
      knows what the node does next.
      the assertion itself
)");
}

TEST(ExplainTest, AnAbortWithoutReasonIsToldWithWhoVotedWhat) {
  for (const char* protocol : {"two_phase_commit", "three_phase_commit", "paxos_commit"}) {
    const std::string text =
        told(chronicle_of(protocol, "abort_validity",
                          "n1 decided abort: nobody had voted no and nothing had gone wrong",
                          {step_of(5, "n1", "n1 learns abort")}));
    EXPECT_THAT(
        text,
        StartsWith(
            R"(abort_validity is violated: with no vote against it and nothing gone wrong, nothing is aborted.

What happened, and when [in ticks]
   1. n1 learned abort. [5]

What contradicts what
      n1 decided abort: nobody had voted no and nothing had gone wrong. [5]
      n1 decided abort, given its timer votes. [5]
      Nobody had voted.

The rule
      )"));
  }
}

}  // namespace
}  // namespace synod
