#include "scenarios/format/json_mistake.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "scenarios/format/complaint.h"

namespace synod {
namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t shown_max = 30;

bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_+-.$").find(c) != std::string_view::npos;
}
std::string lower(std::string_view word) {
  std::string text(word);
  for (char& c : text) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

/// The library's reason, without what it quotes from the file and without what it expects.
std::string_view reason_in(std::string_view what) {
  if (const std::size_t dash = what.find(" - "); dash != std::string_view::npos) {
    what.remove_prefix(dash + 3);
  }
  return what.substr(0, std::min(what.find("; last read: "), what.find("; expected ")));
}
/// Its quotation may hold anything, so the expectation is looked for behind it.
bool is_colon_expected(std::string_view what) { return what.ends_with("; expected ':'"); }

/// Of a literal that the library has begun to read, and of which it then found no more.
bool is_begun(std::string_view word) {
  constexpr std::array<std::string_view, 3> literals = {"true", "false", "null"};
  return !word.empty() && std::ranges::any_of(literals, [&](std::string_view literal) {
    return literal.starts_with(word) && literal != word;
  });
}

class Teller {
 public:
  explicit Teller(const JsonMistake& mistake)
      : mistake_(mistake),
        text_(mistake.text),
        reason_(reason_in(mistake.what)),
        end_(std::min(mistake.end, text_.size())) {
    find_token();
  }

  [[nodiscard]] ToldMistake tell() const {
    if (text_.find_first_not_of(blanks) == std::string_view::npos) {
      return {0, fmt::format("empty: give {}", mistake_.wanted)};
    }
    if (const auto comment = about_comment()) {
      return *comment;
    }
    if (mistake_.is_after_end) {
      return here("nothing may follow the closing bracket: leave it out");
    }
    if (mistake_.open.empty()) {
      return {at_, fmt::format("no JSON, it begins with {}: give {}", in_quotes(first_words()),
                               mistake_.wanted)};
    }
    if (reason_.starts_with("invalid string")) {
      return about_text();
    }
    if (reason_ == "unexpected end of input" || at_ + word_.size() == text_.size()) {
      return cut_off(fmt::format("the file ends, and {} is missing", closing_brackets()));
    }
    if (const auto told = about_punctuation()) {
      return *told;
    }
    return is_name_expected() ? about_name() : is_value_expected() ? about_value() : no_comma();
  }

 private:
  /// The library tells only where it ends, and of what is no token, at which character it knew.
  void find_token() {
    at_ = end_ == 0 ? 0 : end_ - 1;
    if (reason_ == "unexpected end of input") {
      at_ = text_.size();
    } else if (reason_.starts_with("unexpected string")) {
      at_ = begin_of_text();
    } else if (at_ > 0 && !is_of_word(text_[at_]) &&
               (reason_.starts_with("invalid number") || is_begun(word_before(at_)))) {
      --at_;
    }
    if (at_ < text_.size() && is_of_word(text_[at_])) {
      const std::size_t begin = at_ + 1 - word_before(at_ + 1).size();
      const std::string_view rest = text_.substr(begin);
      const auto* const end = std::find_if_not(rest.begin(), rest.end(), is_of_word);
      at_ = begin;
      word_ = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    }
    const std::size_t last = text_.substr(0, at_).find_last_not_of(blanks);
    before_at_ = last == std::string_view::npos ? 0 : last;
    before_ = last == std::string_view::npos ? '\0' : text_[last];
  }
  [[nodiscard]] std::string_view word_before(std::size_t end) const {
    std::size_t begin = end;
    while (begin > 0 && is_of_word(text_[begin - 1])) {
      --begin;
    }
    return text_.substr(begin, end - begin);
  }
  /// Of the one in quotes that ends at the last character that was read.
  [[nodiscard]] std::size_t begin_of_text() const {
    std::size_t at = text_.substr(0, end_ == 0 ? 0 : end_ - 1).find_last_of('"');
    while (at != std::string_view::npos && at > 0 && text_[at - 1] == '\\') {
      at = text_.substr(0, at).find_last_of('"');
    }
    return at == std::string_view::npos ? 0 : at;
  }

  [[nodiscard]] char first() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[nodiscard]] bool is_in_object() const { return mistake_.open.ends_with('{'); }
  [[nodiscard]] bool is_name_expected() const {
    return is_in_object() && (before_ == '{' || before_ == ',');
  }
  [[nodiscard]] bool is_value_expected() const {
    return before_ == ':' || before_ == '[' || before_ == ',';
  }
  [[nodiscard]] std::string_view closes() const { return is_in_object() ? "'}'" : "']'"; }
  [[nodiscard]] std::string closing_brackets() const {
    std::string text;
    for (const char bracket : mistake_.open) {
      text.insert(text.begin(), bracket == '{' ? '}' : ']');
    }
    return text;
  }
  [[nodiscard]] std::string_view first_words() const {
    const std::string_view rest = text_.substr(text_.find_first_not_of(blanks));
    return rest.substr(0, std::min(rest.find_first_of("\r\n"), shown_max));
  }
  [[nodiscard]] std::string shown_word() const {
    return std::string(word_.substr(0, shown_max)) + (word_.size() > shown_max ? "…" : "");
  }

  [[nodiscard]] ToldMistake here(std::string_view complaint) const {
    return {at_, fmt::format("{}: {}", mistake_.place, complaint)};
  }
  /// At what stands before.
  [[nodiscard]] ToldMistake before(std::string_view complaint) const {
    return {before_at_, fmt::format("{}: {}", mistake_.place, complaint)};
  }
  [[nodiscard]] ToldMistake cut_off(std::string_view complaint) const {
    const std::size_t last = text_.substr(0, end_).find_last_not_of(blanks);
    return {last == std::string_view::npos ? 0 : last,
            fmt::format("cut off {}: {}", mistake_.place, complaint)};
  }
  [[nodiscard]] ToldMistake no_comma() const {
    return before(fmt::format("no comma behind it: give ',' or {}", closes()));
  }

  [[nodiscard]] std::optional<ToldMistake> about_comment() const {
    const std::string_view rest = text_.substr(std::min(at_, text_.size()));
    const bool is_comment = rest.starts_with("//") || rest.starts_with("/*") ||
                            (rest.starts_with('#') && reason_.starts_with("invalid literal"));
    return is_comment ? std::optional(here("a comment: JSON has none: leave it out"))
                      : std::nullopt;
  }

  [[nodiscard]] ToldMistake about_text() const {
    const ToldMistake in_text = {end_ == 0 ? 0 : end_ - 1, mistake_.place + ": "};
    const auto with = [&](std::string_view complaint) {
      return ToldMistake{in_text.at, in_text.complaint + std::string(complaint)};
    };
    const auto says = [&](std::string_view words) {
      return reason_.find(words) != std::string_view::npos;
    };
    if (says("missing closing quote")) {
      return cut_off("the file ends inside of a text, and its closing '\"' is missing");
    }
    if (says("U+000A") || says("U+000D")) {
      return with(
          "a text without its closing '\"': give it on the same line, or \\n for a new one");
    }
    if (says("U+0009")) {
      return with("a tab inside of a text: give \\t");
    }
    if (says("control character")) {
      return with(
          "a control character inside of a text: leave it out, or give its number, as in "
          "\\u001b");
    }
    if (says("surrogate")) {
      return with("half of a character, \\ud800 to \\udfff, in a text: give both halves");
    }
    if (says("4 hex digits")) {
      return with("\\u in a text without its four hexadecimal digits: give them, as in \\u00e9");
    }
    if (says("backslash")) {
      return with(
          "a backslash that means nothing in a text: give \\\\ for the backslash itself, or "
          "one of \\\" \\/ \\b \\f \\n \\r \\t \\u");
    }
    return with("a byte in a text that is no UTF-8: save the file as UTF-8");
  }

  [[nodiscard]] std::optional<ToldMistake> about_punctuation() const {
    if (is_colon_expected(mistake_.what)) {
      return before("no ':' behind the name: give one, and a value");
    }
    const char c = first();
    const bool is_closing = c == '}' || c == ']';
    if (is_closing && before_ == ',') {
      return before(fmt::format("a comma before the closing '{}': leave it out", c));
    }
    if ((is_closing || c == ',') && before_ == ':') {
      return here("a name without its value: give one, as in \"name\": 1");
    }
    if (is_closing) {
      return here(fmt::format("'{}' where {} should close: give that", c, closes()));
    }
    if (c == ',' && before_ == ',') {
      return here("two commas: leave one out");
    }
    if (c == ',') {
      return here(fmt::format("a comma behind '{}': leave it out", before_));
    }
    if (c == ':') {
      return here(fmt::format("':' where ',' or {} should be: give one of them", closes()));
    }
    return about_quotes();
  }
  [[nodiscard]] std::optional<ToldMistake> about_quotes() const {
    const std::string_view rest = text_.substr(std::min(at_, text_.size()));
    if (rest.starts_with('\'') || rest.starts_with('`')) {
      return here(fmt::format("{} quotes: give double ones, as in \"name\"",
                              rest.starts_with('`') ? "back" : "single"));
    }
    constexpr std::array<std::string_view, 6> typographic = {"“", "”", "‘", "’", "„", "«"};
    const bool has_any = std::ranges::any_of(
        typographic, [&](std::string_view quote) { return rest.starts_with(quote); });
    return has_any ? std::optional(here("typographic quotes: give plain ones, as in \"name\""))
                   : std::nullopt;
  }

  [[nodiscard]] ToldMistake about_name() const {
    return here(word_.empty() || first() == '-' || (first() >= '0' && first() <= '9')
                    ? std::string("no name in quotes: give one, and a value, as in \"name\": 1")
                    : fmt::format("{} without quotes: give \"{}\"", shown_word(), shown_word()));
  }

  [[nodiscard]] ToldMistake about_value() const {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> meant = {
        {{"true", "true"},
         {"false", "false"},
         {"null", "null"},
         {"none", "null"},
         {"nil", "null"},
         {"undefined", "null"}}};
    if (word_.empty()) {
      return here(
          "no value: give text in quotes, a number, true, false, null, a list or an object");
    }
    const std::string plain = lower(word_.substr(0, shown_max));
    for (const auto& [word, value] : meant) {
      if (plain == word) {
        return here(fmt::format("{}: give {}", shown_word(), value));
      }
    }
    const bool is_number = (first() >= '0' && first() <= '9') || first() == '-' || first() == '+' ||
                           first() == '.' || plain == "nan" || plain.starts_with("inf");
    return here(is_number
                    ? fmt::format("{} is no number: give one like 10 or -3", shown_word())
                    : fmt::format("{} without quotes: give \"{}\"", shown_word(), shown_word()));
  }

  const JsonMistake& mistake_;
  std::string_view text_;
  std::string_view reason_;
  std::size_t end_;
  std::size_t at_ = 0;     ///< where what was read last begins
  std::string_view word_;  ///< all of the word that it is part of; empty where it is none
  std::size_t before_at_ = 0;
  char before_ = '\0';  ///< the last that is no blank before it; zero where there is none
};

}  // namespace

ToldMistake tell(const JsonMistake& mistake) { return Teller(mistake).tell(); }

}  // namespace synod
