// What the program that runs is called: `synod`, or the program of whoever brings their own
// protocol.
#pragma once

#include <string_view>

namespace synod {

/// For sentences that name a command, as in "synod fuzz": the last part of what was typed. "synod"
/// where nobody has said what that was. For a command to repeat, `Arguments::program()` is better:
/// it is what was typed. One word for a shell, whatever it is called. Lives as long as the program.
std::string_view program_name();

/// All of it that was typed, as a word for a shell; empty before it is known.
std::string_view program_as_typed();

/// Remembers what was typed, once, before anything else is done.
void name_program(int argc, char** argv);

}  // namespace synod
