// The steps of a run, so few that they are read: which are told in full, and what is said of the
// others.
#pragma once

#include <string>
#include <vector>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/words/repeats.h"

namespace synod {

/// Of all steps, as high as a story may be (scenarios/words/brief_log.h) where a step takes a line
/// and what came of it one each.
std::vector<Passage> brief_passages(const Chronicle& chronicle);
/// What to say of one that is not told in full: "until 22800, 4 such steps 37 times more".
std::string passage_text(const Chronicle& chronicle, const Passage& passage);

}  // namespace synod
