// What some state must show, or an exhaustive search has seen nothing: as the probes of the same
// names, told from what is remembered of the run so far.
#pragma once

#include <array>
#include <cstdint>

#include "core/named_text.h"
#include "properties/paxos/history.h"

namespace synod::paxos {

inline constexpr std::array<NamedText, 3> sometimes_texts = {{
    {"decided", "a value was chosen"},
    {"duelled", "two proposers had heard promises of one acceptor before anything was chosen"},
    {"adopted", "a proposer took over a vote that was reported to it"},
}};

/// Bit i: the i-th of `sometimes_texts` has come about, and can be told from this history.
inline std::uint8_t sometimes_shown(const History& history) {
  const bool is_decided = !history.chosen().is_none();
  bool has_duelled = false;
  bool has_adopted = false;
  for (const BallotRecord& one : history.ballots()) {
    has_adopted |= one.has_report && one.is_proposed;
    for (const BallotRecord& other : history.ballots()) {
      has_duelled |= !is_decided && one.ballot.node != other.ballot.node &&
                     !(one.promised_by & other.promised_by).is_empty();
    }
  }
  return static_cast<std::uint8_t>((is_decided ? 1U : 0U) | (has_duelled ? 2U : 0U) |
                                   (has_adopted ? 4U : 0U));
}

}  // namespace synod::paxos
