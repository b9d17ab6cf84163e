// Which build of the program this is. Reports carry it, so that whoever repeats a failure knows
// what to build.
#pragma once

#include <string_view>

namespace synod {

/// Version, revision, compiler and kind of build, for example
/// "synod 0.1.0 (abc1234, g++ 12.2.0, release)". The revision ends in "-dirty" where the sources
/// had changes that were not committed, and is "unknown" outside a git checkout. Lives as long as
/// the program. It says nothing about runs: those are the same bytes in every build. Defined in a
/// source that the build itself writes.
std::string_view build_identity();

}  // namespace synod
