#include "tests/rules/code_text.h"

#include <algorithm>
#include <array>

namespace synod::rules {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

/// Where the name or the number that starts at `begin` ends. A number takes its digit separators,
/// its point and its exponent's sign with it.
std::size_t end_of_word(std::string_view text, std::size_t begin) {
  const bool number = !is_name_start(text[begin]);
  std::size_t end = begin + 1;
  while (end < text.size()) {
    const char c = text[end];
    const char last = text[end - 1];
    const bool after_exponent = last == 'e' || last == 'E' || last == 'p' || last == 'P';
    const bool hexadecimal = text.substr(begin).starts_with("0x") && last != 'p' && last != 'P';
    const bool separator = c == '\'' && end + 1 < text.size() && is_name_part(text[end + 1]);
    const bool exponent_sign = (c == '+' || c == '-') && after_exponent && !hexadecimal;
    if (!is_name_part(c) && !(number && (c == '.' || separator || exponent_sign))) break;
    ++end;
  }
  return end;
}

bool starts_word(std::string_view text, std::size_t at) {
  return is_name_part(text[at]) ||
         (text[at] == '.' && at + 1 < text.size() && is_digit(text[at + 1]));
}

bool is_raw_prefix(std::string_view word) {
  return word == "R" || word == "LR" || word == "uR" || word == "UR" || word == "u8R";
}

/// Copies a source while blanking parts of it.
class Blanker {
 public:
  Blanker(std::string_view text, bool blank_literals)
      : text_(text), blank_literals_(blank_literals) {
    result_.reserve(text.size());
  }

  std::string run() {
    while (at_ < text_.size()) {
      if (rest().starts_with("//")) {
        copy(end_of_line_comment() - at_, true);
      } else if (rest().starts_with("/*")) {
        copy(length_through("*/", 2), true);
      } else if (text_[at_] == '"' || text_[at_] == '\'') {
        literal(length_of_literal());
      } else if (starts_word(text_, at_)) {
        word();
      } else {
        copy(1, false);
      }
    }
    return result_;
  }

 private:
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

  void copy(std::size_t length, bool blank) {
    for (const char c : text_.substr(at_, length))
      result_ += blank && c != '\n' ? ' ' : c;
    at_ += std::min(length, text_.size() - at_);
  }

  /// A literal keeps its quotes.
  void literal(std::size_t length) {
    copy(1, false);
    if (length < 2) return;
    copy(length - 2, blank_literals_);
    copy(1, false);
  }

  void word() {
    const std::size_t end = end_of_word(text_, at_);
    const bool raw =
        end < text_.size() && text_[end] == '"' && is_raw_prefix(text_.substr(at_, end - at_));
    copy(end - at_, false);
    if (!raw) return;
    const std::size_t open = rest().find('(');
    if (open == std::string_view::npos) return;
    literal(length_through(")" + std::string(rest().substr(1, open - 1)) + "\"", open));
  }

  /// The length up to and with the next `closing` that is at least `skip` characters away.
  [[nodiscard]] std::size_t length_through(std::string_view closing, std::size_t skip) const {
    const std::size_t found = rest().find(closing, skip);
    return found == std::string_view::npos ? rest().size() : found + closing.size();
  }

  /// A backslash at the end of a line carries the comment on to the next.
  [[nodiscard]] std::size_t end_of_line_comment() const {
    std::size_t end = at_;
    do {
      end = std::min(text_.find('\n', end + 1), text_.size());
    } while (end < text_.size() && text_[end - 1] == '\\');
    return end;
  }

  /// An unclosed literal ends with its line: an apostrophe in an #error is no literal.
  [[nodiscard]] std::size_t length_of_literal() const {
    const char quote = text_[at_];
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    if (end >= text_.size()) return text_.size() - at_;
    return text_[end] == quote ? end + 1 - at_ : 1;
  }

  std::string_view text_;
  bool blank_literals_;
  std::size_t at_ = 0;
  std::string result_;
};

std::size_t length_of_sign(std::string_view text) {
  static constexpr std::array<std::string_view, 24> signs = {
      "<=>", "<<=", ">>=", "...", "->*", "::", "->", "==", "!=", "<=", ">=", "&&",
      "||",  "++",  "--",  "+=",  "-=",  "*=", "/=", "%=", "&=", "|=", "^=", "<<"};
  for (const std::string_view sign : signs) {
    if (text.starts_with(sign)) return sign.size();
  }
  return 1;
}

}  // namespace

std::string without_comments(std::string_view text) { return Blanker(text, false).run(); }

std::string code_only(std::string_view text) { return Blanker(text, true).run(); }

std::string without_directives(std::string_view code) {
  std::string result;
  result.reserve(code.size());
  bool continued = false;
  for (std::size_t begin = 0; begin < code.size();) {
    const std::size_t end = std::min(code.find('\n', begin), code.size());
    const std::string_view line = code.substr(begin, end - begin);
    const std::size_t first = line.find_first_not_of(" \t");
    const bool directive = continued || (first != std::string_view::npos && line[first] == '#');
    continued = directive && line.ends_with('\\');
    result += directive ? std::string(line.size(), ' ') : std::string(line);
    if (end < code.size()) result += '\n';
    begin = end + 1;
  }
  return result;
}

std::vector<Token> tokens(std::string_view code) {
  std::vector<Token> result;
  int line = 1;
  for (std::size_t at = 0; at < code.size();) {
    const char c = code[at];
    std::size_t end = at + 1;
    if (c == '\n') {
      ++line;
    } else if (c == '"' || c == '\'') {
      end = std::min(code.find(c, at + 1), code.size() - 1) + 1;
      result.push_back({std::string(2, c), line});
      line += static_cast<int>(std::ranges::count(code.substr(at, end - at), '\n'));
    } else if (starts_word(code, at)) {
      end = end_of_word(code, at);
      result.push_back({std::string(code.substr(at, end - at)), line});
    } else if (c != ' ' && c != '\t' && c != '\r') {
      end = at + length_of_sign(code.substr(at));
      result.push_back({std::string(code.substr(at, end - at)), line});
    }
    at = end;
  }
  return result;
}

}  // namespace synod::rules
