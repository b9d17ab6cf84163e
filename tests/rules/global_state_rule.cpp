#include <algorithm>
#include <initializer_list>
#include <span>
#include <string_view>

#include "tests/rules/code_text.h"
#include "tests/rules/rules.h"

namespace synod::rules {
namespace {

using Tokens = std::span<const Token>;

bool has(Tokens statement, std::initializer_list<std::string_view> names) {
  return std::ranges::any_of(statement, [&](const Token& token) {
    return std::ranges::find(names, token.text) != names.end();
  });
}

bool starts_with(Tokens statement, std::initializer_list<std::string_view> names) {
  return !statement.empty() && has(statement.first(1), names);
}

/// The part of a declaration before what it is set to: the "=" or "{" outside all brackets.
Tokens before_initialiser(Tokens statement) {
  int depth = 0;
  for (std::size_t i = 0; i < statement.size(); ++i) {
    const std::string& text = statement[i].text;
    const bool operator_name = i > 0 && statement[i - 1].text == "operator";
    if (depth == 0 && !operator_name && (text == "=" || text == "{")) return statement.first(i);
    if (text == "(" || text == "[") ++depth;
    if (text == ")" || text == "]") --depth;
  }
  return statement;
}

/// The length of "< ... >" at the beginning, 0 where there is none.
std::size_t length_of_angles(Tokens code) {
  if (!starts_with(code, {"<"})) return 0;
  int depth = 0;
  int parentheses = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const std::string& text = code[i].text;
    if (text == "(") ++parentheses;
    if (text == ")") --parentheses;
    if (parentheses > 0) continue;
    if (text == "<") ++depth;
    if (text == ">" && --depth == 0) return i + 1;
  }
  return 0;
}

Tokens without_template_head(Tokens statement) {
  while (starts_with(statement, {"template"}) && length_of_angles(statement.subspan(1)) > 0) {
    statement = statement.subspan(1 + length_of_angles(statement.subspan(1)));
  }
  return statement;
}

/// Whether `statement`, up to its ";" or "{", declares a variable that can change. A type, a
/// function, a constant, an alias does not. A pointer is a constant where the word stands after the
/// last star.
bool is_mutable_variable(Tokens statement) {
  statement = without_template_head(statement);
  if (starts_with(statement,
                  {"using", "typedef", "namespace", "static_assert", "template", "friend",
                   "concept", "requires", ":", ",", "public", "private", "protected"})) {
    return false;
  }
  const Tokens declaration = before_initialiser(statement);
  if (has(declaration,
          {"class", "struct", "union", "enum", "constexpr", "consteval", "operator"})) {
    return false;
  }
  std::size_t last_star = 0;
  for (std::size_t i = 0; i < declaration.size(); ++i) {
    if (declaration[i].text == "*") last_star = i;
  }
  if (has(declaration.subspan(last_star), {"const"})) return false;
  return declaration.size() >= 2 && !has(declaration, {"("});
}

/// The index just behind the "}" that closes the "{" at `open`.
std::size_t behind_block(Tokens code, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < code.size(); ++i) {
    if (code[i].text == "{") ++depth;
    if (code[i].text == "}" && --depth == 0) return i + 1;
  }
  return code.size();
}

/// Walks the declarations of a source, at namespace scope.
class NamespaceWalk {
 public:
  NamespaceWalk(const File& file, Findings& findings) : file_(file), findings_(findings) {}

  void run(Tokens code) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at < code.size();) {
      const Tokens statement = code.subspan(begin, at - begin);
      const std::string& text = code[at].text;
      if (text == ";" || text == "}") {
        consider(statement);
        begin = ++at;
      } else if (text == "{" && opens_scope(statement)) {
        begin = ++at;
      } else if (text == "{") {
        at = behind_block(code, at);
        if (ends_function(statement, code.subspan(at))) begin = at;
      } else {
        ++at;
      }
    }
  }

 private:
  static bool opens_scope(Tokens statement) {
    return starts_with(statement, {"namespace", "extern"}) ||
           (statement.size() > 1 && starts_with(statement, {"inline"}) &&
            statement[1].text == "namespace");
  }

  /// A function's body ends it without a ";". In a constructor's list of initialisers, more
  /// follows.
  static bool ends_function(Tokens statement, Tokens rest) {
    const Tokens whole = without_template_head(statement);
    const Tokens declaration = before_initialiser(whole);
    const bool is_set = starts_with(whole.subspan(declaration.size()), {"="});
    const bool function = !is_set && has(declaration, {"("}) &&
                          !has(whole, {"class", "struct", "union", "enum", "concept"});
    return function && !starts_with(rest, {",", "{", "..."});
  }

  void consider(Tokens statement) {
    if (!is_mutable_variable(statement)) return;
    findings_.push_back(
        {file_.path, statement.front().line,
         "a variable outside any function or class: state belongs to the world, and "
         "a constant is marked constexpr"});
  }

  const File& file_;
  Findings& findings_;
};

/// A `static` inside a function or a class is global state too.
void check_statics(const File& file, Tokens code, Findings& findings) {
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i].text != "static") continue;
    std::size_t end = i;
    while (end < code.size() && code[end].text != ";")
      ++end;
    const Tokens statement = code.subspan(i, end - i);
    if (!is_mutable_variable(statement)) continue;
    // `constexpr static int x` is as good as `static constexpr int x`.
    if (i > 0 && (code[i - 1].text == "constexpr" || code[i - 1].text == "const")) continue;
    findings.push_back({file.path, code[i].line,
                        "a static variable: state belongs to the world, and a constant is marked "
                        "constexpr"});
  }
}

}  // namespace

Findings the_engine_has_no_global_state(const Files& files) {
  Findings findings;
  for (const File& file : files) {
    const bool engine = file.is_in("core") || file.is_in("sim") || file.is_in("properties");
    if (!engine || !file.is_code()) continue;
    const std::vector<Token> code = tokens(without_directives(code_only(file.text)));
    NamespaceWalk(file, findings).run(code);
    check_statics(file, code, findings);
  }
  return findings;
}

}  // namespace synod::rules
