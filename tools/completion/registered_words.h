// The names of what this program has, as words that can be typed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/completion/completion.h"

namespace synod {

std::vector<PossibleWord> scenario_words();
std::vector<PossibleWord> protocol_words();
/// Of the planted bugs of all protocols.
std::vector<PossibleWord> mutant_words();
/// The same, behind "all".
std::vector<PossibleWord> all_or_mutant_words();
/// Of all protocols, each once.
std::vector<PossibleWord> property_words();
/// "holds", "violated:agreement" …
std::vector<PossibleWord> expectation_words();

/// These names, which are literals.
PossibleWords words_of(std::span<const std::string_view> names);

}  // namespace synod
