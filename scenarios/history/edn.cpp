#include "scenarios/history/edn.h"

#include <fmt/format.h>

#include <utility>

#include "scenarios/format/complaint.h"
#include "scenarios/words/input_error.h"

namespace synod {
namespace {

constexpr std::size_t depth_max = 16;

class Reader {
 public:
  Reader(std::string_view rest, const LineOfFile& place) : rest_(rest), place_(place) {}

  std::vector<EdnValue> read_all() {
    std::vector<EdnValue> values;
    while (skip_blanks()) {
      values.push_back(read(0));
    }
    return values;
  }

 private:
  static constexpr std::string_view blanks = " \t\r\n\f\v,";
  static constexpr std::string_view ends = " \t\r\n\f\v,[](){}\";";

  /// Returns whether there is more.
  bool skip_blanks() {
    const std::size_t begin = rest_.find_first_not_of(blanks);
    rest_ = begin == std::string_view::npos || rest_[begin] == ';' ? "" : rest_.substr(begin);
    return !rest_.empty();
  }

  EdnValue read(std::size_t depth) {
    switch (rest_.front()) {
      case '[':
        return read_list(EdnValue::Kind::list, ']', depth);
      case '(':
        return read_list(EdnValue::Kind::list, ')', depth);
      case '{':
        return read_list(EdnValue::Kind::map, '}', depth);
      case ']':
      case ')':
      case '}':
        place_.fail(fmt::format("damaged: a '{}' that nothing opened", rest_.front()));
      case '"':
        return read_string();
      default:
        return read_word();
    }
  }

  EdnValue read_list(EdnValue::Kind kind, char end, std::size_t depth) {
    if (depth == depth_max) {
      place_.fail(fmt::format("nested more than {} deep", depth_max));
    }
    EdnValue value{kind, {}, {}};
    rest_.remove_prefix(1);
    while (skip_blanks() && rest_.front() != end) {
      value.elements.push_back(read(depth + 1));
    }
    if (rest_.empty()) {
      place_.fail(fmt::format("cut off: a '{}' is missing at the end of the line", end));
    }
    rest_.remove_prefix(1);
    if (kind == EdnValue::Kind::map && value.elements.size() % 2 != 0) {
      place_.fail("damaged: a map with a key that has no value: give both, as in {:f :read}");
    }
    return value;
  }

  EdnValue read_string() {
    EdnValue value{EdnValue::Kind::string, {}, {}};
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '"') {
        rest_.remove_prefix(i + 1);
        return value;
      }
      if (rest_[i] != '\\') {
        value.text += rest_[i];
      } else if (++i < rest_.size()) {
        i += read_escape(i, value.text);
      }
    }
    place_.fail("cut off: a string without its closing '\"'");
  }
  /// Of the character at `at`, behind a backslash. Returns how many more belong to it.
  std::size_t read_escape(std::size_t at, std::string& text) const {
    constexpr std::string_view names = "ntrbf\\\"/";
    constexpr std::string_view meant = "\n\t\r\b\f\\\"/";
    if (const std::size_t which = names.find(rest_[at]); which != std::string_view::npos) {
      text += meant[which];
      return 0;
    }
    if (rest_[at] == 'u') {
      append_utf8(hexadecimal(rest_.substr(at + 1, 4)), text);
      return 4;
    }
    place_.fail(
        fmt::format("the escape {} in a string: give one of \\n \\t \\r \\b \\f \\\\ "
                    "\\\" or \\u and four digits",
                    in_quotes(rest_.substr(at - 1, 2))));
  }
  [[nodiscard]] std::uint32_t hexadecimal(std::string_view digits) const {
    std::uint32_t code = 0;
    constexpr std::string_view known = "0123456789abcdefABCDEF";
    for (const char digit : digits) {
      const std::size_t place = known.find(digit);
      if (place == std::string_view::npos) {
        digits = {};
        break;
      }
      code = code * 16 + static_cast<std::uint32_t>(place < 16 ? place : place - 6);
    }
    if (digits.size() != 4) {
      place_.fail("the escape \\u in a string lacks its four hexadecimal digits");
    }
    return code;
  }
  /// What is no character by itself (half of a pair) is kept as its number says: only equality
  /// counts.
  static void append_utf8(std::uint32_t code, std::string& text) {
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
      put(code);
    } else if (code < 0x800) {
      put(0xc0U | code >> 6U);
      put(0x80U | (code & 0x3fU));
    } else {
      put(0xe0U | code >> 12U);
      put(0x80U | (code >> 6U & 0x3fU));
      put(0x80U | (code & 0x3fU));
    }
  }

  EdnValue read_word() {
    const std::string text(rest_.substr(0, rest_.find_first_of(ends)));
    if (text.empty()) {
      place_.fail(fmt::format("damaged at {}", in_quotes(rest_)));
    }
    rest_.remove_prefix(text.size());
    if (text == "nil") {
      return {};
    }
    const std::size_t digit = text.find_first_not_of("+-");
    const bool is_number = digit <= 1 && text[digit] >= '0' && text[digit] <= '9';
    return {is_number ? EdnValue::Kind::number : EdnValue::Kind::word, text, {}};
  }

  std::string_view rest_;
  const LineOfFile& place_;
};

}  // namespace

void LineOfFile::fail(std::string_view complaint) const {
  refuse(complaint_line(file, line, "", complaint));
}

const EdnValue* EdnValue::find(std::string_view word) const {
  for (std::size_t i = 0; kind == Kind::map && i + 1 < elements.size(); i += 2) {
    if (elements[i].kind == Kind::word && elements[i].text == word) {
      return &elements[i + 1];
    }
  }
  return nullptr;
}

std::vector<EdnValue> parse_edn(std::string_view line, const LineOfFile& place) {
  return Reader(line, place).read_all();
}

std::string described(const EdnValue& value) {
  switch (value.kind) {
    case EdnValue::Kind::nil:
      return "nil";
    case EdnValue::Kind::number:
    case EdnValue::Kind::word:
    case EdnValue::Kind::string:
      return in_quotes(value.text);
    case EdnValue::Kind::list:
      return "a list";
    case EdnValue::Kind::map:
      break;
  }
  return "a map";
}

}  // namespace synod
