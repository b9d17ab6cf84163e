#include "scenarios/words/safe_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace synod {
namespace {

using nlohmann::ordered_json;
using testing::Each;
using testing::ElementsAre;

std::string utf8(char32_t code) {
  const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  if (code < 0x80) {
    return {byte(code)};
  }
  if (code < 0x800) {
    return {byte(0xc0 | (code >> 6U)), byte(0x80 | (code & 0x3fU))};
  }
  if (code < 0x10000) {
    return {byte(0xe0 | (code >> 12U)), byte(0x80 | ((code >> 6U) & 0x3fU)),
            byte(0x80 | (code & 0x3fU))};
  }
  return {byte(0xf0 | (code >> 18U)), byte(0x80 | ((code >> 12U) & 0x3fU)),
          byte(0x80 | ((code >> 6U) & 0x3fU)), byte(0x80 | (code & 0x3fU))};
}

bool is_surrogate(char32_t code) { return code >= 0xd800 && code <= 0xdfff; }

/// In rising order: what each kind of harm is done with.
std::vector<char32_t> harmful() {
  std::vector<char32_t> codes;
  const auto add = [&](char32_t first, char32_t last) {
    for (char32_t code = first; code <= last; ++code) {
      codes.push_back(code);
    }
  };
  add(0x0, 0x1f);         // line breaks, tabs, escape sequences
  add(0x7f, 0x9f);        // escape sequences in their short form
  add(0x61c, 0x61c);      // from here on, direction:
  add(0x200b, 0x200f);    // … and no width
  add(0x2028, 0x202e);    // lines, paragraphs, direction
  add(0x2066, 0x2069);    // direction
  add(0xfdd0, 0xfdef);    // never a character
  add(0xfeff, 0xfeff);    // the mark of byte order
  add(0xfffe, 0xffff);    // never a character
  add(0x1fffe, 0x1ffff);  // …
  add(0xe0001, 0xe007f);  // tags, which are not seen
  add(0x10fffe, 0x10ffff);
  return codes;
}

const std::string readable = "aZ09 ~ Zoë, ß, Ελληνικά, русский, עברית, العربية, 漢字, 😀, …, →, “”";

TEST(SafeText, LeavesWhatIsReadAsItIs) {
  EXPECT_EQ(on_one_line(readable), readable);
  EXPECT_EQ(format_json(readable, -1), "\"" + readable + "\"");
  EXPECT_EQ(shell_word(readable), "'" + readable + "'");
}

TEST(SafeText, OnOneLineShowsASignForEachCharacterThatIsNotPlain) {
  for (const char32_t code : harmful()) {
    EXPECT_EQ(on_one_line("a" + utf8(code) + "b"), "a?b") << std::hex << static_cast<int>(code);
    EXPECT_EQ(on_one_line(utf8(code), ' '), " ") << std::hex << static_cast<int>(code);
  }
  EXPECT_EQ(on_one_line("a\nverdict       holds\x1b[31m"), "a?verdict       holds?[31m");
  EXPECT_EQ(on_one_line("a\u00a0b\u3000c"), "a b c");
}

TEST(SafeText, TakesBytesThatAreNoUtf8OneByOne) {
  for (const auto& [text, line] :
       std::vector<std::pair<std::string, std::string>>{{"\xff", "?"},
                                                        {"\x80", "?"},
                                                        {"a\xc3", "a?"},
                                                        {"\xc3(", "?("},
                                                        {"\xe2\x82(",
                                                         "?"
                                                         "?("},
                                                        {"\xc0\xaf", "??"},
                                                        {"\xe0\x80\xaf", "???"},
                                                        {"\xf0\x80\x80\x80", "????"},
                                                        {"\xed\xa0\x80", "???"},
                                                        {"\xf4\x90\x80\x80", "????"},
                                                        {"\xf8\x88\x80\x80\x80", "?????"},
                                                        {"\xc3\xa9\xc3", "é?"}}) {
    EXPECT_EQ(on_one_line(text), line);
    EXPECT_EQ(on_one_line(on_one_line(text)), line);
  }
}

TEST(SafeText, JsonLosesNothingAndHoldsNothingThatIsNotPlain) {
  for (char32_t code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 61) {
    if (is_surrogate(code)) {
      continue;
    }
    const ordered_json json = {{"a" + utf8(code), {utf8(code) + "b", 17}}};
    for (const int indent : {-1, 2}) {
      const std::string text = format_json(json, indent);
      ASSERT_EQ(ordered_json::parse(text), json) << std::hex << static_cast<int>(code);
      std::string without_lines = text;
      std::erase(without_lines, '\n');
      ASSERT_EQ(on_one_line(without_lines), without_lines) << std::hex << static_cast<int>(code);
    }
  }
  EXPECT_EQ(format_json("\xff", -1), "\"\uFFFD\"");
  EXPECT_EQ(format_json("\u009b\u202e\U000e0041", -1), R"("\u009b\u202e\udb40\udc41")");
}

TEST(SafeText, JsonInHtmlIsAsciiAndMeansNothingToHtml) {
  const ordered_json json = {"</script><!-- & \u2028\x7f", readable};
  const std::string text = format_json_in_html(json);
  EXPECT_EQ(ordered_json::parse(text), json);
  EXPECT_THAT(text, Each(testing::AllOf(testing::Ge(' '), testing::Lt('\x7f'), testing::Ne('<'),
                                        testing::Ne('>'), testing::Ne('&'))));
}

TEST(SafeText, MarkupShowsTheTextOnOneLine) {
  EXPECT_EQ(escaped_for_markdown("a_b*\n# <i>\u202e"), "a\\_b\\* \\# \\<i\\> ");
  EXPECT_EQ(escaped_for_mermaid("a; b # c\r%\"<\\"), "a#59; b #35; c #37;#34;#60;#92;");
  EXPECT_EQ(quoted_for_dot("a\"b\\\n"), "\"a\\\"b\\\\ \"");
  EXPECT_EQ(code_for_markdown("a b"), "`a b`");
  EXPECT_EQ(code_for_markdown("a `b` ``"), "``` a `b` `` ```");
  EXPECT_EQ(code_for_markdown("a\n```\nb"), "```` a ``` b ````");
}

/// What a shell makes of it.
std::string words_of(const std::string& line) {
  const std::string command =
      "exec bash -c \"$(cat <<'synod_end'\nprintf '%s\\0' " + line + "\nsynod_end\n)\"";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
  std::array<char, 4096> buffer{};
  std::string text;
  for (std::size_t size = 0; (size = fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;) {
    text.append(buffer.data(), size);
  }
  return text;
}

TEST(SafeText, AShellTakesAWordForWhatItWas) {
  std::string all = "x";
  for (const char32_t code : harmful()) {
    all += code == 0 ? "" : utf8(code) + "0'\"\\$a";
  }
  for (const std::string& word :
       {std::string("plain.json"), std::string(), std::string("it's $1; `x` \"y\" \\n"), readable,
        std::string("\n"), std::string("-\x1b[31m'\\'"), std::string("\xff\xc3(\x80"), all}) {
    const std::string quoted = shell_word(word);
    EXPECT_EQ(on_one_line(quoted), quoted);
    EXPECT_EQ(words_of(quoted), word + '\0');
  }
}

}  // namespace
}  // namespace synod
