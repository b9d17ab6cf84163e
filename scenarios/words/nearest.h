// Which name was meant: for messages about unknown fields, values, steps, verbs and options.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synod {

/// So many names are a list that can be read at a glance.
inline constexpr std::size_t short_list_max = 10;

/// The name that takes the fewest edits (a character added, removed or replaced, or two neighbours
/// exchanged; capitals count for small letters) to get from `word`; the first of equals; empty when
/// there are no names.
std::string_view nearest(std::string_view word, std::span<const std::string_view> names);
/// So few edits that somebody may have mistyped the one for the other, or cut it off.
bool is_near(std::string_view word, std::string_view name);

/// "a, b and c", each in quotes.
std::string listed_names(std::span<const std::string_view> names, std::string_view last = "and");

/// What would be right in place of a word that is none of the names: `did you mean "run"?` where
/// one is near; else all of them where they are few, or where nothing else lists them; else `see
/// "synod list mutants"`, with what lists them.
std::string right_name(std::string_view word, std::span<const std::string_view> names,
                       std::string_view listed_by = {});
/// The same of the values of a field: where there are few, `give "ordered", "unordered" or "set"`.
std::string right_value(std::string_view word, std::span<const std::string_view> names,
                        std::string_view listed_by = {});

/// The names of things that have one: `name_of(thing)`.
template <class Things, class NameOf>
std::vector<std::string_view> names_among(const Things& things, NameOf name_of) {
  std::vector<std::string_view> names(things.size());
  std::transform(things.begin(), things.end(), names.begin(), name_of);
  return names;
}

}  // namespace synod
