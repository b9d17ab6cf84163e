// What a shell offers when Tab is pressed. The shells' own files (synod.bash, synod.zsh) know no
// verb and no name: they ask the program, so that what they offer is what this very program has, be
// it of our own protocols or of a guest's.
//
//   synod complete fuzz --mutant ''
//
// answers with what can stand for the last word, which may have been begun. The first line says
// what else can: "files" or "folders", or "words" for nothing else. Then comes a line for each
// word, with a tab and what it is about behind it. Which of them go on as the word was begun, the
// shell sees to.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synod {

/// A word that can be typed.
struct PossibleWord {
  std::string word;
  std::string about;  ///< one line, or empty

  friend bool operator==(const PossibleWord&, const PossibleWord&) = default;
};
/// Only called when they are wanted.
using PossibleWords = std::function<std::vector<PossibleWord>()>;

/// Where a value is expected: behind an option, or alone.
struct TypedValue {
  PossibleWords words;  ///< null: nobody can tell
  bool is_file = false;
  bool is_folder = false;
};

struct TypedOption {
  std::vector<std::string> names;  ///< "-o", "--out"
  std::string about;
  TypedValue value;
  bool has_value = false;
  bool has_many_values = false;  ///< up to the next option
  bool may_be_repeated = false;
};

/// What can be typed behind a verb; or before it, where `verbs` are.
struct TypedVerb {
  PossibleWord name;
  std::vector<TypedOption> options;
  std::vector<TypedValue> positionals;
  bool is_last_positional_repeated = false;
  std::vector<TypedVerb> verbs;
};

/// The answer to `complete`, for these words behind the program's name. Throws nothing: what makes
/// no sense cannot be completed.
std::string completion_text(const TypedVerb& program, std::span<const std::string_view> words);

}  // namespace synod
