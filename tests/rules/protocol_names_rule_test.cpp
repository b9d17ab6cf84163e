#include "tests/rules/rule_testing.h"

namespace synod::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Findings names(const std::string& path, const std::string& text) {
  return findings_in(only_its_own_files_name_a_protocol, path, text);
}

TEST(ProtocolNames, of_the_tree_are_in_the_files_of_their_protocols) {
  expect_kept_by_the_tree(only_its_own_files_name_a_protocol);
}

TEST(ProtocolNames, are_not_asked_for_elsewhere) {
  EXPECT_THAT(
      names("tools/explore/explore.cpp", "a();\nif (protocol == \"three_phase_commit\") {\n"),
      ElementsAre(finding_on(2, "names three_phase_commit")));
  EXPECT_THAT(names("scenarios/run/runner.cpp", "std::string protocol = \"paxos\";\n"),
              ElementsAre(finding_on(1, "names paxos: ask its entry")));
}

TEST(ProtocolNames, are_no_namespaces_elsewhere) {
  EXPECT_THAT(names("scenarios/chronicle/heard_rules.h", "std::is_same_v<T, paxos::Rules>\n"),
              ElementsAre(finding_on(1, "names paxos")));
  EXPECT_THAT(names("sim/a.h", "namespace synod::paxos_commit {\n"),
              ElementsAre(finding_on(1, "names paxos_commit")));
  EXPECT_THAT(names("sim/a.h", "namespace two_phase_commit {\n"),
              ElementsAre(finding_on(1, "names two_phase_commit")));
}

TEST(ProtocolNames, are_no_headers_elsewhere) {
  EXPECT_THAT(names("scenarios/a.cpp", "#include \"core/paxos/node.h\"\n"),
              ElementsAre(finding_on(1, "names paxos")));
  EXPECT_THAT(names("scenarios/a.cpp", "#include \"scenarios/protocols/paxos_setup.h\"\n"),
              ElementsAre(finding_on(1, "names paxos")));
}

TEST(ProtocolNames, are_at_home_in_their_own_files) {
  const std::string text = "namespace synod::paxos {\nname = \"paxos\";\n";
  EXPECT_THAT(names("core/paxos/node.h", text), IsEmpty());
  EXPECT_THAT(names("scenarios/protocols/paxos_runner.cpp", text), IsEmpty());
  EXPECT_THAT(names("scenarios/explain/paxos/words.cpp", text), IsEmpty());
  EXPECT_THAT(names("scenarios/protocols/atomic_commit_setup.h", text), IsEmpty());
  EXPECT_THAT(names("scenarios/mutants/paxos/sd_amnesia.cpp", text), IsEmpty());
  EXPECT_THAT(names("tools/compare/compare_measure.cpp", text), IsEmpty());
  EXPECT_THAT(names("tests/core/a_test.cpp", text), IsEmpty());
}

TEST(ProtocolNames, count_neither_in_comments_nor_as_part_of_other_words) {
  EXPECT_THAT(names("sim/protocol.h", "// see synod::paxos::Protocol, or \"paxos\"\n"), IsEmpty());
  EXPECT_THAT(names("tools/a.cpp", "\"paxos_duel\", my_paxos::f(), paxos, \"of paxos\"\n"),
              IsEmpty());
}

}  // namespace
}  // namespace synod::rules
