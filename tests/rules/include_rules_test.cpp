#include "tests/rules/rule_testing.h"

namespace synod::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Findings includes(const std::string& path, const std::string& text) {
  return findings_in(includes_point_one_way, path, text);
}

Findings libraries(const std::string& path, const std::string& text) {
  return findings_in(libraries_keep_their_place, path, text);
}

TEST(Includes, of_the_tree_point_one_way) { expect_kept_by_the_tree(includes_point_one_way); }

TEST(Includes, may_point_down) {
  EXPECT_THAT(includes("tools/a.cpp", "#include <map>\n#include \"core/b.h\"\n"), IsEmpty());
  EXPECT_THAT(includes("sim/a.cpp", "#include \"sim/a.h\"\n#include \"core/b.h\"\n"), IsEmpty());
  EXPECT_THAT(includes("tests/core/a.cpp", "#include \"tools/b.h\"\n"), IsEmpty());
}

TEST(Includes, may_not_point_up_from_any_folder_to_the_next) {
  EXPECT_THAT(includes("core/a.h", "\n#include \"sim/b.h\"\n"),
              ElementsAre(finding_on(2, "core may not include \"sim/b.h\"")));
  EXPECT_THAT(includes("sim/a.h", "#include \"properties/b.h\"\n"),
              ElementsAre(finding_on(1, "it may include only core and sim")));
  EXPECT_THAT(includes("properties/a.cpp", "#include \"scenarios/b.h\"\n"),
              ElementsAre(finding_on(1, "only core, sim and properties")));
  EXPECT_THAT(includes("scenarios/a.cpp", "  #  include \"tools/b.h\"\n"),
              ElementsAre(finding_on(1, "scenarios may not include")));
  EXPECT_THAT(includes("tools/a.cpp", "#include \"tests/b.h\"\n"),
              ElementsAre(finding_on(1, "tools may not include")));
}

TEST(Rooms, of_the_tree_include_those_above_them) {
  expect_kept_by_the_tree(includes_between_rooms_point_one_way);
}

const File rooms{".github/CONTRIBUTING.md",
                 "| Room | What |\n|---|---|\n| `sim` | … |\n| `scenarios/words` | … |\n"
                 "| `scenarios/format` | … |\n"};

TEST(Rooms, may_not_include_what_is_below_them) {
  const Files kept = {rooms,
                      {"sim/a.h", ""},
                      {"scenarios/words/a.h", "#include \"sim/a.h\"\n"},
                      {"scenarios/format/a.h", "#include \"scenarios/words/a.h\"\n"}};
  EXPECT_THAT(includes_between_rooms_point_one_way(kept), IsEmpty());
  Files broken = kept;
  broken[2].text += "#include \"scenarios/format/a.h\"\n";
  EXPECT_THAT(
      includes_between_rooms_point_one_way(broken),
      ElementsAre(finding_on(2, "scenarios/words may not include \"scenarios/format/a.h\"")));
}

TEST(Rooms, are_in_the_table_and_hold_something_but_not_everything) {
  Files files = {rooms, {"sim/a.h", ""}, {"scenarios/words/a.h", ""}, {"scenarios/cellar/a.h", ""}};
  EXPECT_THAT(includes_between_rooms_point_one_way(files),
              ElementsAre(finding_on(0, "no room has this file"),
                          finding_on(0, "there is no room scenarios/format")));
  files.back().path = "scenarios/format/a.h";
  for (int i = 0; i < 32; ++i)
    files.push_back({"sim/a" + std::to_string(i) + ".h", ""});
  EXPECT_THAT(includes_between_rooms_point_one_way(files), ElementsAre(finding_on(0, "33 files")));
}

TEST(FoldersOfTests, of_the_tree_are_seen_at_a_glance) {
  expect_kept_by_the_tree(folders_of_tests_are_seen_at_a_glance);
}

TEST(FoldersOfTests, hold_no_more_than_a_room_be_it_scripts_or_sources) {
  Files files;
  for (int i = 0; i < 16; ++i) {
    const std::string name = "tests/sim/a" + std::to_string(i);
    files.insert(files.end(), {{name + "_test.cpp", ""}, {name + "_test.py", ""}});
    files.insert(files.end(), {{name + ".json", ""}, {name + ".txt", ""}});
    files.push_back({"tests/sim/world/a" + std::to_string(i) + "_test.cpp", ""});
  }
  EXPECT_THAT(folders_of_tests_are_seen_at_a_glance(files), IsEmpty());
  files.push_back({"tests/sim/a.h", ""});
  EXPECT_THAT(folders_of_tests_are_seen_at_a_glance(files), ElementsAre(finding_on(0, "33 files")));
}

TEST(Includes, in_a_comment_count_for_nothing) {
  EXPECT_THAT(includes("core/a.h", "// #include \"sim/b.h\"\n/*\n#include \"sim/b.h\"\n*/\n"),
              IsEmpty());
}

TEST(Includes, name_our_headers_by_their_whole_path_in_quotes) {
  EXPECT_THAT(includes("core/a.cpp", "#include \"a.h\"\n"),
              ElementsAre(finding_on(1, "write our own headers from the top")));
  EXPECT_THAT(includes("core/a.cpp", "#include \"../core/a.h\"\n"),
              ElementsAre(finding_on(1, "write our own headers from the top")));
  EXPECT_THAT(includes("core/a.cpp", "#include <core/a.h>\n"),
              ElementsAre(finding_on(1, "in quotes")));
}

TEST(Libraries, of_the_tree_keep_their_place) {
  expect_kept_by_the_tree(libraries_keep_their_place);
}

TEST(Libraries, cli11_stays_in_one_file_of_tools) {
  const std::string text = "#include <CLI/CLI.hpp>\n";
  EXPECT_THAT(libraries("tools/a.cpp", text), IsEmpty());
  EXPECT_THAT(libraries("scenarios/a.cpp", text), ElementsAre(finding_on(1, "in tools only")));
  EXPECT_THAT(libraries_keep_their_place({File{"tools/a.cpp", text}, File{"tools/b.cpp", text}}),
              ElementsAre(finding_on(1, "one file, tools/a.cpp")));
}

TEST(Libraries, rapidcheck_stays_in_its_own_folder) {
  const std::string text = "#include <rapidcheck/gtest.h>\n";
  EXPECT_THAT(libraries("tests/rapidcheck/a.cpp", text), IsEmpty());
  EXPECT_THAT(libraries("tests/core/a.cpp", text), ElementsAre(finding_on(1, "tests/rapidcheck")));
}

TEST(Libraries, headers_that_guests_compile_hold_no_json) {
  const std::string library = "#include <nlohmann/json.hpp>\n";
  const std::string document = "#include \"scenarios/format/json_document.h\"\n";
  for (const std::string& text : {library, document}) {
    EXPECT_THAT(libraries("scenarios/a.h", text),
                ElementsAre(finding_on(1, "a header holds none")));
    EXPECT_THAT(libraries("scenarios/a.cpp", text), IsEmpty());
    EXPECT_THAT(libraries("tests/scenarios/a.h", text), IsEmpty());
  }
  EXPECT_THAT(libraries("scenarios/format/json_document.h", library), IsEmpty());
  EXPECT_THAT(libraries("scenarios/a.h", "#include <nlohmann/json_fwd.hpp>\n"), IsEmpty());
}

TEST(Libraries, the_engine_knows_no_json_and_no_tests) {
  EXPECT_THAT(libraries("sim/a.cpp", "#include <nlohmann/json.hpp>\n"),
              ElementsAre(finding_on(1, "JSON is for scenarios and tools")));
  EXPECT_THAT(libraries("core/a.h", "#include <gtest/gtest_prod.h>\n"),
              ElementsAre(finding_on(1, "GoogleTest is for tests")));
}

}  // namespace
}  // namespace synod::rules
