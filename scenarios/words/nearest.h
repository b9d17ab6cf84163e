// Which name was meant: for messages about unknown fields, steps, verbs and options.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

namespace synod {

/// The name that takes the fewest edits (a character added, removed or replaced) to get from
/// `word`; the first of equals; empty when there are no names.
std::string_view nearest(std::string_view word, std::span<const std::string_view> names);

/// The same among things that have a name: `name_of(thing)`.
template <class Things, class NameOf>
std::string_view nearest_of(std::string_view word, const Things& things, NameOf name_of) {
  std::vector<std::string_view> names(things.size());
  std::transform(things.begin(), things.end(), names.begin(), name_of);
  return nearest(word, names);
}

}  // namespace synod
