// Several rules are wrong, and the steps violate something: which of them is to blame is tried, and
// not taken from which answered first.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/paxos/node.h"
#include "scenarios/chronicle/chronicle.h"
#include "scenarios/explain/explanation.h"
#include "scenarios/format/trace.h"
#include "scenarios/mutants/mutant.h"
#include "scenarios/run/runner.h"

namespace synod {

static void PrintTo(const Chronicle::PutRight& tried, std::ostream* out) {
  *out << tried.rule << (tried.holds ? " holds" : " does not hold");
}

namespace {

using ::testing::AllOf;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

/// To promise an equal ballot again is harmless while nothing is forgotten then.
bool promise_equal(const paxos::Durable& acceptor, Ballot ballot) {
  return ballot >= acceptor.promised;
}
paxos::Durable forget_vote_when_equal(paxos::Durable acceptor, Ballot ballot, Value value) {
  if (ballot == acceptor.promised) {
    acceptor.vote = {};
  }
  return paxos::rules::after_promise(acceptor, ballot, value);
}
const RegisteredMutant<paxos::Protocol> forgets_when_equal({
    .text = {.slug = "test-forgets-when-equal",
             .about = "",
             .source = "",
             .faults = "",
             .property = "",
             .cluster = "",
             .kind = MutantKind::control},  // not one of the bugs that tests look for
    .plant =
        [](paxos::Config& config) {
          config.rules.may_promise = &promise_equal;
          config.rules.after_promise = &forget_vote_when_equal;
        },
});

/// Of the first seed that violates something; where one is named, by that property alone.
Chronicle chronicle_of(std::vector<std::string> mutants, const std::string& property = {}) {
  RunChoices choices;
  choices.protocol = "paxos";
  choices.mutants = std::move(mutants);
  if (!property.empty()) {
    choices.overlooked = all_properties_but(protocol_named("paxos"), {property});
  }
  const std::unique_ptr<Runner> runner = make_runner(choices);
  for (std::uint64_t seed = 1; seed < 20'000; ++seed) {
    if (runner->run(seed).verdict == Verdict::violated) {
      return runner->chronicle(runner->record(seed));
    }
  }
  ADD_FAILURE() << "no seed violates anything";
  return {};
}

auto tried(const std::string& rule, bool holds) {
  return AllOf(Field(&Chronicle::PutRight::rule, rule), Field(&Chronicle::PutRight::holds, holds));
}

std::string wrong_step_of(const Chronicle& chronicle) {
  return in_a_row(explain(chronicle).wrong_step);
}

TEST(PutRight, BlamesTheOneWithWhichPutRightTheStepsHold) {
  const Chronicle chronicle = chronicle_of({"sd-pick-own", "ct-prepare-equal"});
  EXPECT_THAT(chronicle.put_right, UnorderedElementsAre(tried("paxos.value_to_propose", true),
                                                        tried("paxos.may_promise", false)));
  EXPECT_THAT(wrong_step_of(chronicle),
              AllOf(HasSubstr("value_to_propose: "), Not(HasSubstr("may_promise: ")),
                    HasSubstr("value_to_propose is to blame: with it alone put right, these steps "
                              "violate nothing.")));
  EXPECT_EQ(explain(chronicle).blamed, "paxos.value_to_propose");
}

TEST(PutRight, SaysWhereItTakesSeveral) {
  const Chronicle chronicle = chronicle_of({"test-forgets-when-equal"});
  EXPECT_THAT(chronicle.put_right, UnorderedElementsAre(tried("paxos.may_promise", true),
                                                        tried("paxos.after_promise", true)));
  EXPECT_THAT(wrong_step_of(chronicle),
              HasSubstr("may_promise and after_promise are to blame together: with either of them "
                        "alone put right, these steps violate nothing."));
}

TEST(PutRight, SaysWhereEachWouldDoAlone) {
  const Chronicle chronicle =
      chronicle_of({"sd-pick-own", "sd-promise-omits-accepted"}, "agreement");
  EXPECT_THAT(chronicle.put_right, UnorderedElementsAre(tried("paxos.value_to_propose", false),
                                                        tried("paxos.vote_to_report", false)));
  EXPECT_THAT(wrong_step_of(chronicle), HasSubstr("no one thing is to blame"));
}

TEST(PutRight, TellsSettingsThatAreNoRulesApart) {
  const Chronicle chronicle = chronicle_of({"sd-duel", "sd-q1-too-small"});
  ASSERT_EQ(chronicle.put_right.size(), 2U);
  EXPECT_THAT(wrong_step_of(chronicle),
              AllOf(HasSubstr("is_phase1_quorum: "),
                    HasSubstr("a quorum that promises is of 1 instead of 2 is to blame")));
}

TEST(PutRight, TriesNothingWhereOneRuleIsWrong) {
  EXPECT_THAT(chronicle_of({"sd-pick-own"}).put_right, IsEmpty());
}

}  // namespace
}  // namespace synod
