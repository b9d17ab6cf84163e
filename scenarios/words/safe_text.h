// Text that others wrote, made safe for where it is shown: the name of a file, what a file says,
// what was typed. One place for every kind of output, so that what one of them must not hold is
// known to all.
//
// A character is *plain* if a reader sees it, and sees nothing else because of it. Not plain are
// control characters (those of U+0080 to U+009F, line breaks and the zero byte among them), what
// turns the direction of the text around it, what ends a line or has no width, private and
// unassigned-for-ever characters, and bytes that are no UTF-8.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace synod {

/// A line of a terminal, of a report, or between the tags of XML: what is not plain becomes
/// `instead`, but a blank of another width a blank.
std::string on_one_line(std::string_view text, char instead = '?');

/// As the JSON library writes it, and a character that is not plain as its \u, which means the
/// same. Bytes that are no UTF-8, which JSON cannot hold, become U+FFFD. On one line where `indent`
/// is negative; ends with no newline.
std::string format_json(const nlohmann::ordered_json& json, int indent = 2);
/// The same for JSON that is written already.
std::string with_plain_characters(std::string json);
/// The same, on one line, without the signs that mean something to HTML, and all in ASCII.
std::string format_json_in_html(const nlohmann::ordered_json& json);

/// One line of Markdown that shows the text: none of `signs` begins markup.
std::string escaped_for_markdown(std::string_view text, std::string_view signs = "\\`*_{}[]<>#|~&");
/// A span of code in Markdown that shows the text, whatever it holds.
std::string code_for_markdown(std::string_view text);
/// One line of Mermaid: what would end a statement or a comment, or begin an entity, becomes one.
std::string escaped_for_mermaid(std::string_view text);
/// A string of Graphviz's language, in its quotes.
std::string quoted_for_dot(std::string_view text);

/// As a shell takes it for one word, and on one line: in quotes where that needs them, and what is
/// not plain byte by byte, as in $'a\x0ab'. What was typed so is the same text again.
std::string shell_word(std::string_view word);

}  // namespace synod
