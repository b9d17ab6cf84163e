// The log of a run, so short that it is read: what comes again and again is told once and counted.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scenarios/words/repeats.h"

namespace synod {

/// No story that is printed is longer, unless somebody asks for all of it.
inline constexpr std::size_t story_lines_max = 60;

/// "4 such steps 37 times more, and the first 2 of them again": such, for their numbers may differ
std::string repeats_text(const Passage& passage);
/// "314 steps more like those before: 12 × promise, 3 × nack"; `kinds` are those of its steps.
std::string sum_text(const Passage& passage, const std::vector<std::string>& kinds);

/// The lines of a log, at most `lines_max` of them. A step is told as
///
///          12  n1's write is durable
///                on n1's disk: promised 1.n1
///              * red is chosen, in ballot 1.n1 by {n1, n3}
///
/// and what has no time is about the steps that come next. In front of each line are `margin`
/// columns, which are of no meaning here.
std::vector<std::string> told_briefly(const std::vector<std::string>& log, std::size_t margin = 0,
                                      std::size_t lines_max = story_lines_max);

}  // namespace synod
