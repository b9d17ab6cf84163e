#include "tools/support/table.h"

#include <gtest/gtest.h>

namespace synod {
namespace {

Table two_columns() {
  Table table;
  table.columns = {{"name"}, {"runs", true}};
  table.rows = {{"a", "1,234"}, {"longer", "5"}};
  return table;
}

TEST(Table, AlignsTextToTheLeftAndNumbersToTheRight) {
  EXPECT_EQ(aligned_text(two_columns()),
            "name     runs\n"
            "a       1,234\n"
            "longer      5\n");
}

TEST(Table, LeavesNoBlanksAtTheEndOfALine) {
  Table table;
  table.columns = {{"runs", true}, {"property"}};
  table.rows = {{"1", "agreement"}, {"2", "x"}, {"3", ""}};
  EXPECT_EQ(aligned_text(table),
            "runs  property\n"
            "   1  agreement\n"
            "   2  x\n"
            "   3\n");
}

TEST(Table, CountsCharactersAndNotBytes) {
  Table table;
  table.columns = {{"a"}, {"b"}};
  table.rows = {{"…", "1"}, {"xy", "2"}};
  EXPECT_EQ(aligned_text(table),
            "a   b\n"
            "…   1\n"
            "xy  2\n");
}

TEST(Table, IsMarkdownWithNumbersToTheRight) {
  EXPECT_EQ(markdown_text(two_columns()),
            "| name | runs |\n"
            "| --- | ---: |\n"
            "| a | 1,234 |\n"
            "| longer | 5 |\n");
}

TEST(Table, EscapesWhatMarkdownWouldTakeForItsOwn) {
  EXPECT_EQ(markdown_escaped("a|b, n_1 < n_2: *all* of `x` [1]"),
            "a\\|b, n\\_1 \\< n\\_2: \\*all\\* of \\`x\\` \\[1\\]");
  EXPECT_EQ(markdown_escaped("plain: 1, \"2\""), "plain: 1, \"2\"");
}

}  // namespace
}  // namespace synod
