// What some state must show, or an exhaustive search has seen nothing: as the probes of the same
// names, told from what is remembered of the run so far.
#pragma once

#include <array>
#include <cstdint>

#include "core/atomic_commit.h"
#include "core/named_text.h"
#include "properties/atomic_commit/history.h"

namespace synod::atomic_commit {

inline constexpr std::array<NamedText, 3> sometimes_texts = {{
    {"committed", "a node decided commit"},
    {"aborted", "a node decided abort"},
    {"timed_out", "a node stopped waiting for another"},
}};

/// Bit i: the i-th of `sometimes_texts` has come about.
inline std::uint8_t sometimes_shown(const History& history) {
  const bool is_committed = !history.deciders(Decision::commit).is_empty();
  const bool is_aborted = !history.deciders(Decision::abort).is_empty();
  return static_cast<std::uint8_t>((is_committed ? 1U : 0U) | (is_aborted ? 2U : 0U) |
                                   (history.has_timed_out() ? 4U : 0U));
}

}  // namespace synod::atomic_commit
