// What was measured, in words and for machines.
#pragma once

#include <string>

#include "tools/bench/bench_measure.h"

namespace synod {

/// A table, and below it what was aimed at beside what was measured.
std::string bench_text(const BenchReport& report);

/// A list: one entry for each row, then one for each campaign, which has the number of jobs too.
/// What was not measured is null.
std::string bench_json(const BenchReport& report);

}  // namespace synod
