// The rules that a correct protocol keeps, in one sentence each, with where they stand.
#pragma once

#include <optional>
#include <string_view>

#include "scenarios/explain/explanation.h"

namespace synod {

/// The rule whose breach a violation of this property shows most directly: one of the protocol's,
/// with the functions that keep it; what the property says, where the protocol has no words for it;
/// for an assertion, which is the protocol's own, that it is one.
Explanation::Rule rule_behind(std::string_view protocol, std::string_view property);

/// What one function of the protocol's rules keeps; none for one that is not in words.
std::optional<Explanation::Rule> kept_rule(std::string_view protocol, std::string_view name);

/// A rule in these words, with its source spelled out, and where the protocol's rules are.
Explanation::Rule in_words(std::string_view protocol, std::string_view text,
                           std::string_view source, std::string_view code);

}  // namespace synod
