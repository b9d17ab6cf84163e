// What `git bisect run` makes of an exit status: 0 is good, 125 says that this commit cannot be
// tested, any other up to 127 is bad, and from 128 on it stops. So whatever says nothing about the
// protocol must be 125 where another commit may do better, and else 128.
#pragma once

#include <string>

#include "scenarios/words/input_error.h"

namespace synod {

inline constexpr int bisect_skip = 125;
inline constexpr int bisect_stop = 128;

/// This commit cannot be tested: the trace is none here, or names what does not exist here.
class CannotBeTested : public InputError {
 public:
  using InputError::InputError;
};

/// Is it `git bisect run` that is to be answered? What was typed may make no sense otherwise, and
/// --bisect itself may be mistyped: no other option of `replay` begins with a b.
bool is_for_bisect(int argc, const char* const* argv);

}  // namespace synod
