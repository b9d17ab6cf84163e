// From what the user typed to what is run, and back to what to type to see it again.
#pragma once

#include <string>

#include "scenarios/runner.h"
#include "tools/verbs.h"

namespace synod {

/// Reads the scenario, if one is named. Throws InputError for what does not exist.
RunChoices run_choices(const Choices& choices);

/// As a shell takes it for one word: in quotes where that needs them.
std::string shell_word(const std::string& word);

/// "synod run --seed 17 --mutant sd-pick-own"
/// Every argument is quoted where a shell needs it.
std::string command_to_repeat(const Choices& choices, std::uint64_t seed);

/// "synod replay failure.json --log"
std::string command_to_replay(const Choices& choices, const std::string& trace);

}  // namespace synod
