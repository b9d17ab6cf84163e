// The search: every state that a model can reach, breadth first, each once.
#pragma once

#include "tools/explore/model.h"
#include "tools/explore/search_result.h"

namespace synod::explorer {

/// Explores until everything has been seen, a violation was found (the level in which it was is
/// finished first, so that every number of workers finds the same one), or a bound was reached.
template <Model M>
SearchResult<typename M::Action> search(const M& model, const SearchOptions& options);

}  // namespace synod::explorer
