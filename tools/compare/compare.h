// The comparison: every protocol through the same accidents.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/long_work/shared_runs.h"

namespace synod {

/// In how many runs something went wrong, and the first of them.
struct Failures {
  std::uint64_t runs = 0;
  std::uint64_t first_seed = 0;         ///< when there are any
  bool is_outside_fault_model = false;  ///< all of them are
};

/// One protocol under one kind of accident.
struct Comparison {
  std::string_view protocol;
  std::string_view accident;  ///< its scenario is "accident_" and this
  std::uint64_t runs = 0;
  std::uint64_t decided = 0;  ///< runs in which some node learned a decision
  Failures splits{};          ///< two nodes know, or two quorums chose, different things
  Failures blocks{};          ///< nobody is in the way any more, and still they wait
  Failures loses{};           ///< anything else: a decision changed, a client was told wrongly
  std::uint64_t messages_median = 0;  ///< sent until the first node knew, over runs that decided
  std::uint64_t ticks_median = 0;     ///< from the first call until then
};

/// The kinds of accident, in the order of the table's columns.
std::vector<std::string_view> accidents();

/// All protocols under all accidents, `seeds` runs each, on so many threads. Throws Stopped when it
/// was stopped.
std::vector<Comparison> compare_protocols(std::uint64_t seeds, unsigned jobs,
                                          const OnRuns& on_runs = {});

/// A table for a terminal, with the commands that show each failure.
std::string comparison_text(const std::vector<Comparison>& comparisons, const std::string& program);
std::string comparison_markdown(const std::vector<Comparison>& comparisons,
                                const std::string& command);
std::string comparison_json(const std::vector<Comparison>& comparisons, const std::string& program);

}  // namespace synod
