// Ballots number the attempts to get a value chosen. The paper calls them proposal numbers.
//
// Unique because the proposer's name is part of the number; totally ordered, by round and then by
// node. (Lamport, "Paxos Made Simple", 2.2: "different proposers choose their numbers from disjoint
// sets of numbers".)
#pragma once

#include <compare>
#include <cstdint>

#include "core/ids.h"
#include "core/value.h"

namespace synod {

struct Ballot {
  std::uint32_t round = 0;  ///< 0 is no ballot, below every real one
  NodeId node;              ///< the proposer whose ballot it is
  [[nodiscard]] constexpr bool is_none() const { return round == 0; }
  auto operator<=>(const Ballot&) const = default;
};

/// What an acceptor accepted: a value, in a ballot. Without a ballot, no vote.
struct Vote {
  Ballot ballot;
  Value value;
  [[nodiscard]] constexpr bool is_none() const { return ballot.is_none(); }
  auto operator<=>(const Vote&) const = default;
};

}  // namespace synod
