#include <algorithm>

#include "tests/rules/rule_testing.h"

namespace synod::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(SourceTree, is_read) {
  const Files& files = source_tree();
  const auto has = [&](const std::string& path) {
    return std::ranges::find(files, path, &File::path) != files.end();
  };
  EXPECT_TRUE(has("CMakeLists.txt"));
  EXPECT_TRUE(has("tests/rules/source_tree.cpp"));
  EXPECT_TRUE(has("tools/dev"));
  for (const std::string folder : {"core", "sim", "properties", "scenarios", "tools"}) {
    EXPECT_TRUE(std::ranges::any_of(
        files, [&](const File& file) { return file.is_in(folder) && file.is_code(); }))
        << "no code in " << folder;
  }
}

TEST(SourceTree, holds_nothing_that_is_built) {
  for (const File& file : source_tree()) {
    EXPECT_FALSE(file.is_in("build")) << file.path;
    EXPECT_FALSE(file.is_in(".git")) << file.path;
  }
}

TEST(TopLevel, of_the_tree_is_as_designed) {
  expect_kept_by_the_tree(the_top_level_is_as_designed);
}

TEST(TopLevel, has_no_room_for_more) {
  EXPECT_THAT(the_top_level_is_as_designed({File{"cmake/a.cmake", ""}, File{"cmake/b.cmake", ""},
                                            File{"notes.md", ""}, File{"core/a.h", ""},
                                            File{".ci/run", ""}}),
              ElementsAre(testing::Field(&Finding::path, "cmake"),
                          testing::Field(&Finding::path, "notes.md")));
}

TEST(Names, of_the_tree_are_snake_case) { expect_kept_by_the_tree(names_are_snake_case); }

TEST(Names, in_another_case_are_found) {
  const auto names = [](const std::string& path) {
    return findings_in(names_are_snake_case, path, "");
  };
  EXPECT_THAT(names("core/Ballot.h"), ElementsAre(finding_on(0, "Ballot.h")));
  EXPECT_THAT(names("core/two-phase/a.h"), ElementsAre(finding_on(0, "two-phase")));
  EXPECT_THAT(names("core/two_phase/a_2.h"), IsEmpty());
  EXPECT_THAT(names("tests/CMakeLists.txt"), IsEmpty());
}

TEST(Paths, that_the_tree_names_are_there) { expect_kept_by_the_tree(what_is_named_is_there); }

TEST(Paths, that_are_not_there_are_found) {
  const auto paths = [](const std::string& path, const std::string& text) {
    return what_is_named_is_there({File{path, text}, File{"sim/world/world.h", ""}});
  };
  EXPECT_THAT(paths("core/a.h", "// As in sim/world/world.h, or (sim/world/world.h).\n"),
              IsEmpty());
  EXPECT_THAT(paths("core/a.h", "// Patterns: scenarios/NAME.h, https://a.org/core/b.h\n"),
              IsEmpty());
  EXPECT_THAT(paths("core/a.h", "//\n// See sim/gone.h.\n"),
              ElementsAre(finding_on(2, "there is no sim/gone.h")));
  EXPECT_THAT(
      paths("sim/README.md", "the [world](world/world.h), [sim](../sim/), [site](https://a.b)\n"),
      IsEmpty());
  EXPECT_THAT(paths("sim/README.md", "the [world](word.h)\n"),
              ElementsAre(finding_on(1, "there is no sim/word.h")));
}

TEST(Headers, of_the_tree_begin_well) { expect_kept_by_the_tree(headers_begin_well); }

TEST(Headers, without_their_comment_or_guard_are_found) {
  const auto headers = [](const std::string& path, const std::string& text) {
    return findings_in(headers_begin_well, path, text);
  };
  EXPECT_THAT(headers("core/a.h", "// What a is.\n#pragma once\nint f();\n"), IsEmpty());
  EXPECT_THAT(headers("core/a.h", "#pragma once\nint f();\n"),
              ElementsAre(finding_on(1, "begin the header with a comment")));
  EXPECT_THAT(headers("tools/a.h", "#pragma once\nint f();\n"), IsEmpty());
  EXPECT_THAT(headers("tools/a.h", "int f();\n#pragma once\n"),
              ElementsAre(finding_on(1, "#pragma once")));
  EXPECT_THAT(headers("sim/a.h", "// What a is.\n// #pragma once\n"),
              ElementsAre(finding_on(1, "#pragma once")));
}

TEST(Leftovers, do_not_occur_in_the_tree) { expect_kept_by_the_tree(no_leftovers); }

TEST(Leftovers, are_found_in_code_and_comments_and_documents) {
  const std::string note = std::string("TO") + "DO";
  EXPECT_THAT(findings_in(no_leftovers, "core/a.h", "int a;\n// " + note + ": b\n"),
              ElementsAre(finding_on(2, "do it, or open an issue")));
  EXPECT_THAT(findings_in(no_leftovers, "README.md", std::string("FIX") + "ME\n"), SizeIs(1));
  EXPECT_THAT(findings_in(no_leftovers, "tools/dev", std::string("# XX") + "X\n"), SizeIs(1));
  EXPECT_THAT(findings_in(no_leftovers, "core/a.h", "int " + note + "_LIST;\n"), IsEmpty());
}

TEST(Leftovers, of_a_merge_are_found) {
  const std::string text = std::string(7, '<') + " ours\na\n" + std::string(7, '=') + "\nb\n" +
                           std::string(7, '>') + " theirs\n";
  EXPECT_THAT(findings_in(no_leftovers, "sim/a.cpp", text),
              ElementsAre(finding_on(1, "finish the merge"), finding_on(3, "finish the merge"),
                          finding_on(5, "finish the merge")));
}

TEST(Leftovers, of_debugging_the_standard_library_are_found) {
  EXPECT_THAT(
      findings_in(no_leftovers, "CMakeLists.txt", std::string("add(_GLIBCXX") + "_DEBUG)\n"),
      SizeIs(1));
}

TEST(Whitespace, of_the_tree_is_clean) { expect_kept_by_the_tree(whitespace_is_clean); }

TEST(Whitespace, that_does_not_show_is_found) {
  const auto whitespace = [](const std::string& text) {
    return findings_in(whitespace_is_clean, "core/a.h", text);
  };
  EXPECT_THAT(whitespace("int a;\n"), IsEmpty());
  EXPECT_THAT(whitespace("int a;\n\tint b;\n"), ElementsAre(finding_on(2, "a tab")));
  EXPECT_THAT(whitespace("int a; \n"), ElementsAre(finding_on(1, "blanks at the end")));
  EXPECT_THAT(whitespace("int a;\r\n"), ElementsAre(finding_on(1, "a carriage return")));
  EXPECT_THAT(whitespace("int a;"), ElementsAre(finding_on(1, "ends with one newline")));
  EXPECT_THAT(whitespace("int a;\n\n"), ElementsAre(finding_on(2, "ends with one newline")));
}

}  // namespace
}  // namespace synod::rules
