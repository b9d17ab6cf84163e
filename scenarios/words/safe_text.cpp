#include "scenarios/words/safe_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace synod {
namespace {

using nlohmann::ordered_json;

// ---- Characters ---------------------------------------------------------------------------------

/// A first byte says how many follow; a code point has the fewest bytes that hold it.
struct Utf8Kind {
  unsigned char mask;  ///< of the first byte's bits that say so …
  unsigned char bits;  ///< … and what they are
  std::size_t size;
  char32_t least;
};
constexpr std::array<Utf8Kind, 4> utf8_kinds = {{{0x80, 0x00, 1, 0x0},
                                                 {0xe0, 0xc0, 2, 0x80},
                                                 {0xf0, 0xe0, 3, 0x800},
                                                 {0xf8, 0xf0, 4, 0x10000}}};
constexpr char32_t no_character = 0xffffffff;

struct Character {
  char32_t code = no_character;
  std::size_t size = 1;  ///< in bytes; 1 of what is no UTF-8
};

/// Of a text that is not empty.
Character first_of(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const auto* const kind = std::ranges::find_if(
      utf8_kinds, [&](const Utf8Kind& one) { return (first & one.mask) == one.bits; });
  if (kind == utf8_kinds.end() || text.size() < kind->size) {
    return {};
  }
  auto code = static_cast<char32_t>(first & static_cast<unsigned char>(~kind->mask));
  for (std::size_t i = 1; i < kind->size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xc0U) != 0x80U) {
      return {};
    }
    code = (code << 6U) | (next & 0x3fU);
  }
  const bool is_surrogate = code >= 0xd800 && code <= 0xdfff;
  return code < kind->least || code > 0x10ffff || is_surrogate ? Character{}
                                                               : Character{code, kind->size};
}

struct Range {
  char32_t first;
  char32_t last;
};
/// Of The Unicode Standard 15, in rising order: its categories Cc, Cf, Zl, Zp and Co.
constexpr auto not_plain = std::to_array<Range>(
    {{0x0, 0x1f},        {0x7f, 0x9f},       {0xad, 0xad},       {0x600, 0x605},
     {0x61c, 0x61c},     {0x6dd, 0x6dd},     {0x70f, 0x70f},     {0x890, 0x891},
     {0x8e2, 0x8e2},     {0x180e, 0x180e},   {0x200b, 0x200f},   {0x2028, 0x202e},
     {0x2060, 0x206f},   {0xe000, 0xf8ff},   {0xfdd0, 0xfdef},   {0xfeff, 0xfeff},
     {0xfff9, 0xfffb},   {0x110bd, 0x110bd}, {0x110cd, 0x110cd}, {0x13430, 0x1343f},
     {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe007f}, {0xf0000, 0x10ffff}});
/// Its category Zs, without the blank itself.
constexpr auto blanks = std::to_array<Range>({{0xa0, 0xa0},
                                              {0x1680, 0x1680},
                                              {0x2000, 0x200a},
                                              {0x202f, 0x202f},
                                              {0x205f, 0x205f},
                                              {0x3000, 0x3000}});

template <std::size_t Count>
constexpr bool is_among(char32_t code, const std::array<Range, Count>& ranges) {
  return std::ranges::any_of(
      ranges, [&](const Range& range) { return range.first <= code && code <= range.last; });
}

bool is_other_blank(char32_t code) { return is_among(code, blanks); }
bool is_plain(char32_t code) {
  if (code < 0x7f) {
    return code >= ' ';
  }
  const bool is_unassigned_for_ever = (code & 0xfffeU) == 0xfffe;
  return !is_unassigned_for_ever && !is_among(code, not_plain) && !is_other_blank(code);
}

/// Calls visit(bytes, code) for each character, where `code` may be `no_character`.
template <class Visit>
void for_each_code(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const Character character = first_of(text);
    visit(text.substr(0, character.size), character.code);
    text.remove_prefix(character.size);
  }
}

/// "\u009b", or two of them for what has more than 16 bits.
std::string json_escape(char32_t code) {
  if (code <= 0xffff) {
    return fmt::format("\\u{:04x}", static_cast<unsigned>(code));
  }
  const auto rest = static_cast<unsigned>(code - 0x10000);
  return fmt::format("\\u{:04x}\\u{:04x}", 0xd800U + (rest >> 10U), 0xdc00U + (rest & 0x3ffU));
}

bool is_plain(std::string_view text) {
  bool is_so = true;
  for_each_code(text, [&](std::string_view, char32_t code) { is_so = is_so && is_plain(code); });
  return is_so;
}

std::string dumped(const ordered_json& json, int indent, bool is_ascii) {
  return json.dump(indent, ' ', is_ascii, ordered_json::error_handler_t::replace);
}

}  // namespace

std::string on_one_line(std::string_view text, char instead) {
  std::string line;
  line.reserve(text.size());
  for_each_code(text, [&](std::string_view bytes, char32_t code) {
    if (is_plain(code)) {
      line += bytes;
    } else {
      line += is_other_blank(code) ? ' ' : instead;
    }
  });
  return line;
}

// ---- JSON ---------------------------------------------------------------------------------------

std::string with_plain_characters(std::string json) {
  // Outside of strings all is ASCII, and so is what the library escapes in them.
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x7f; };
  if (std::ranges::all_of(json, is_ascii)) {
    return json;
  }
  std::string plain;
  plain.reserve(json.size());
  for_each_code(json, [&](std::string_view bytes, char32_t code) {
    if (code < 0x7f || is_plain(code)) {
      plain += bytes;
    } else {
      plain += json_escape(code);
    }
  });
  return plain;
}

std::string format_json(const ordered_json& json, int indent) {
  return with_plain_characters(dumped(json, indent, false));
}

std::string format_json_in_html(const ordered_json& json) {
  // These only occur inside of strings, where an escape means the same.
  std::string harmless;
  for (const char c : dumped(json, -1, true)) {
    if (c == '<' || c == '>' || c == '&') {
      harmless += json_escape(static_cast<unsigned char>(c));
    } else {
      harmless += c;
    }
  }
  return harmless;
}

// ---- Markup -------------------------------------------------------------------------------------

std::string escaped_for_markdown(std::string_view text, std::string_view signs) {
  std::string escaped;
  for (const char c : on_one_line(text, ' ')) {
    if (signs.find(c) != std::string_view::npos) {
      escaped += '\\';
    }
    escaped += c;
  }
  return escaped;
}

std::string code_for_markdown(std::string_view text) {
  const std::string line = on_one_line(text, ' ');
  std::string fence = "`";
  while (line.find(fence) != std::string::npos) {
    fence += '`';
  }
  // A blank on both sides is not shown, and keeps the text's own from the fence.
  return fence.size() == 1 ? fence + line + fence : fmt::format("{0} {1} {0}", fence, line);
}

std::string escaped_for_mermaid(std::string_view text) {
  constexpr std::string_view signs = "#;%<>\"\\";
  std::string escaped;
  for (const char c : on_one_line(text, ' ')) {
    if (signs.find(c) != std::string_view::npos) {
      escaped += fmt::format("#{};", static_cast<int>(c));
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string quoted_for_dot(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : on_one_line(text, ' ')) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
    }
    quoted += c;
  }
  return quoted + "\"";
}

// ---- A shell ------------------------------------------------------------------------------------

std::string shell_word(std::string_view word) {
  constexpr std::string_view bare =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,+=@%";
  if (!word.empty() && word.find_first_not_of(bare) == std::string_view::npos) {
    return std::string(word);
  }
  if (is_plain(word)) {
    std::string quoted = "'";
    for (const char c : word) {
      quoted += c == '\'' ? "'\\''" : std::string(1, c);
    }
    return quoted + "'";
  }
  std::string quoted = "$'";
  for_each_code(word, [&](std::string_view bytes, char32_t code) {
    if (is_plain(code)) {
      quoted += bytes == "'" || bytes == "\\" ? "\\" : "";
      quoted += bytes;
      return;
    }
    for (const char byte : bytes) {
      quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    }
  });
  return quoted + "'";
}

}  // namespace synod
