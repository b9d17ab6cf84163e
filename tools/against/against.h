// `--against PROGRAM`: another build of the program takes the same steps.
#pragma once

#include <string>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/explain/explanation.h"
#include "tools/support/arguments.h"

namespace synod {

void add_against(Arguments& arguments, std::string& program);

/// Tells the explanation of this trace, which is in that file, what the other build makes of it.
/// Throws InputError for a program that does not answer.
void explain_against(const std::string& program, const std::string& file,
                     const Chronicle& chronicle, Explanation& explanation);

}  // namespace synod
