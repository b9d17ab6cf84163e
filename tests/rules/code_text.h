// C++ sources as text that can be searched: without comments, without the insides of literals, cut
// into tokens. Not a compiler: just enough that a banned word in a comment or a string is no
// finding, and one in the code always is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace synod::rules {

/// `text` with every comment blanked. Lines and columns stay where they were.
std::string without_comments(std::string_view text);

/// `text` with every comment blanked, and the inside of every string and character literal too.
std::string code_only(std::string_view text);

/// `code` with every preprocessor directive blanked, continuation lines and all.
std::string without_directives(std::string_view code);

struct Token {
  std::string text;
  int line = 0;

  friend bool operator==(const Token&, const Token&) = default;
};

/// The tokens of `code`, which should be free of comments: names, numbers (whole, with digit
/// separators), a literal as its quotes (`""`), and signs, of which those of two characters and
/// more stay together, except `>>`: that closes two template argument lists more often than it
/// shifts.
std::vector<Token> tokens(std::string_view code);

}  // namespace synod::rules
