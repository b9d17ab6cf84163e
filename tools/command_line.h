// The command line: which verb was typed, with what, and how mistakes are answered.
#pragma once

#include <span>

#include "tools/support/arguments.h"

namespace synod {

/// Runs the verb that was typed, and returns its exit status. Throws InputError for what makes no
/// sense, with what would.
int run_command_line(int argc, char** argv, std::span<const Verb* const> verbs);

}  // namespace synod
