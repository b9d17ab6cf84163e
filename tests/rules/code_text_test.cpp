#include "tests/rules/code_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synod::rules {
namespace {

using testing::ElementsAre;

std::vector<std::string> words(std::string_view code) {
  std::vector<std::string> result;
  for (const Token& token : tokens(code))
    result.push_back(token.text);
  return result;
}

TEST(CodeText, comments_are_blanked_and_lines_stay) {
  EXPECT_EQ(code_only("a; // throw\nb;"), "a;         \nb;");
  EXPECT_EQ(code_only("a /* throw\n try */ b"), "a         \n        b");
  EXPECT_EQ(code_only("a // one \\\n two\nb"), "a         \n    \nb");
}

TEST(CodeText, an_unclosed_comment_runs_to_the_end) {
  EXPECT_EQ(code_only("a /* b"), "a     ");
  EXPECT_EQ(code_only("a // b"), "a     ");
}

TEST(CodeText, literals_keep_their_quotes_only) {
  EXPECT_EQ(code_only(R"(f("throw");)"), R"(f("     ");)");
  EXPECT_EQ(code_only(R"(f("a\"b", 'c', '\'');)"), R"(f("    ", ' ', '  ');)");
}

TEST(CodeText, a_comment_sign_in_a_literal_opens_no_comment) {
  EXPECT_EQ(code_only(R"(f("//"); g('"'); h();)"), R"(f("  "); g(' '); h();)");
}

TEST(CodeText, a_raw_string_ends_at_its_own_delimiter) {
  EXPECT_EQ(code_only("x = R\"(a \" b)\"; throw;"), "x = R\"       \"; throw;");
  EXPECT_EQ(code_only("x = R\"q(a )\" b)q\"; throw;"), "x = R\"          \"; throw;");
}

TEST(CodeText, a_digit_separator_opens_no_literal) {
  EXPECT_EQ(code_only("x = 1'000'000; throw; y = 'a';"), "x = 1'000'000; throw; y = ' ';");
}

TEST(CodeText, a_lonely_apostrophe_ends_with_its_line) {
  EXPECT_EQ(code_only("#error don't\nthrow;"), "#error don't\nthrow;");
}

TEST(CodeText, without_comments_keeps_the_literals) {
  EXPECT_EQ(without_comments("#include \"core/a.h\" // x"), "#include \"core/a.h\"     ");
}

TEST(CodeText, directives_are_blanked_with_their_continuations) {
  EXPECT_EQ(without_directives("#define A \\\n  b\nint x;"), "           \n   \nint x;");
}

TEST(CodeText, tokens_are_names_numbers_literals_and_signs) {
  EXPECT_THAT(words("std::vector<a<b>> x1{1'000, .5, 1e+3, 0x1F};"),
              ElementsAre("std", "::", "vector", "<", "a", "<", "b", ">", ">", "x1", "{", "1'000",
                          ",", ".5", ",", "1e+3", ",", "0x1F", "}", ";"));
  EXPECT_THAT(words("a<=>b == c->d(\"   \", 'x')"),
              ElementsAre("a", "<=>", "b", "==", "c", "->", "d", "(", "\"\"", ",", "''", ")"));
}

TEST(CodeText, a_hexadecimal_number_ends_before_a_sign) {
  EXPECT_THAT(words("0x1e+1"), ElementsAre("0x1e", "+", "1"));
}

TEST(CodeText, tokens_know_their_line) {
  EXPECT_THAT(tokens("a\n\nb"), ElementsAre(Token{"a", 1}, Token{"b", 3}));
}

}  // namespace
}  // namespace synod::rules
