// What properties of atomic commit are told. The event comes before the history takes note of it.
#pragma once

#include "core/atomic_commit.h"
#include "core/ids.h"
#include "properties/fault_model.h"

namespace synod::atomic_commit {

/// A node has decided: see history.h for from when on. Comes once for each decision of a node, so
/// twice only if it changes its mind.
struct NodeDecided {
  NodeId node;
  Decision decision{};
  AccidentSet accidents;  ///< so far
};

}  // namespace synod::atomic_commit
