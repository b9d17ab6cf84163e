// Which name was meant: for messages about unknown fields, steps, verbs and options.
#pragma once

#include <span>
#include <string_view>

namespace synod {

/// The name that takes the fewest edits (a character added, removed or replaced) to get from
/// `word`; the first of equals; empty when there are no names.
std::string_view nearest(std::string_view word, std::span<const std::string_view> names);

}  // namespace synod
