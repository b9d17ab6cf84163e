#include "tools/completion/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "scenarios/words/safe_text.h"

namespace synod {
namespace {

bool is_option(std::string_view word) { return word.starts_with('-'); }

/// "--out" of "--out=file"
std::string_view name_of(std::string_view word) { return word.substr(0, word.find('=')); }

bool has_equals_sign(std::string_view word) { return word.find('=') != std::string_view::npos; }

/// Null where there is none of that name.
const TypedOption* option_named(const TypedVerb& verb, std::string_view name) {
  const auto found = std::ranges::find_if(verb.options, [&](const TypedOption& option) {
    return std::ranges::find(option.names, name) != option.names.end();
  });
  return found == verb.options.end() ? nullptr : &*found;
}

/// Reads the words one after the other, and so knows what is expected next.
class Typed {
 public:
  explicit Typed(const TypedVerb& program) : verb_(&program) {}

  void read(std::string_view word) {
    if (open_ != nullptr && !is_option(word)) {
      if (!open_->has_many_values) {
        open_ = nullptr;
      }
    } else if (is_option(word) && !has_ended_options_) {
      const TypedOption* const option = option_named(*verb_, name_of(word));
      has_ended_options_ = word == "--";
      given_.push_back(option);
      open_ = option != nullptr && option->has_value && !has_equals_sign(word) ? option : nullptr;
    } else if (!verb_->verbs.empty()) {
      read_verb(word);
    } else {
      ++positional_count_;
    }
  }

  /// What can stand for this word, which may have been begun.
  [[nodiscard]] TypedValue expected(std::string_view word) const {
    if (open_ != nullptr && !is_option(word)) {
      return open_->value;
    }
    if (is_option(word) && !has_ended_options_) {
      const TypedOption* const option = option_named(*verb_, name_of(word));
      if (!has_equals_sign(word)) {
        return {.words = [this] { return options(); }};
      }
      return option == nullptr ? TypedValue() : option->value;
    }
    if (!verb_->verbs.empty()) {
      return {.words = [this] { return verbs(); }};
    }
    if (positional_count_ < verb_->positionals.size()) {
      return verb_->positionals[positional_count_];
    }
    if (verb_->is_last_positional_repeated) {
      return verb_->positionals.back();
    }
    return has_ended_options_ ? TypedValue() : TypedValue{.words = [this] { return options(); }};
  }

 private:
  void read_verb(std::string_view word) {
    static const TypedVerb unknown;
    const auto verb = std::ranges::find_if(
        verb_->verbs, [&](const TypedVerb& one) { return one.name.word == word; });
    verb_ = verb == verb_->verbs.end() ? &unknown : &*verb;
    given_.clear();
  }

  [[nodiscard]] std::vector<PossibleWord> verbs() const {
    std::vector<PossibleWord> words;
    words.reserve(verb_->verbs.size());
    for (const TypedVerb& verb : verb_->verbs) {
      words.push_back(verb.name);
    }
    return words;
  }

  /// Those that can still be given, by their long names.
  [[nodiscard]] std::vector<PossibleWord> options() const {
    std::vector<PossibleWord> words;
    for (const TypedOption& option : verb_->options) {
      if (option.may_be_repeated || std::ranges::find(given_, &option) == given_.end()) {
        words.push_back({option.names.back(), option.about});
      }
    }
    return words;
  }

  const TypedVerb* verb_;
  const TypedOption* open_ = nullptr;  ///< a value of this one is expected
  std::vector<const TypedOption*> given_;
  std::size_t positional_count_ = 0;
  bool has_ended_options_ = false;  ///< by "--"
};

}  // namespace

std::string completion_text(const TypedVerb& program, std::span<const std::string_view> words) {
  Typed typed(program);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    typed.read(words[i]);
  }
  const TypedValue value = typed.expected(words.empty() ? std::string_view() : words.back());
  std::string text = value.is_file ? "files\n" : value.is_folder ? "folders\n" : "words\n";
  if (value.words) {
    for (const PossibleWord& word : value.words()) {
      text += fmt::format("{}\t{}\n", on_one_line(word.word), on_one_line(word.about));
    }
  }
  return text;
}

}  // namespace synod
