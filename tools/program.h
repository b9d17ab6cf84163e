// The program: every verb, for whichever protocols are linked with it. A main is one line:
//
//   int main(int argc, char** argv) { return synod::run_program(argc, argv); }
#pragma once

#include <span>
#include <string_view>

#include "tools/support/arguments.h"

namespace synod {

/// A verb that this program has besides, and behind which the help lists it: "list", "bench".
struct OwnVerb {
  const Verb* verb = nullptr;
  std::string_view behind;
};

/// Runs the verb that was typed, and returns the exit status: 0 holds, 1 violated, 2 bad usage or
/// input, 3 inconclusive. The last line of defence: whatever goes wrong is one line on standard
/// error, and 2; what git bisect is to make of it is said in tools/trace/bisect.h. Called once,
/// from main; throws nothing.
int run_program(int argc, char** argv, std::span<const OwnVerb> own = {});

}  // namespace synod
