// One node of two-phase commit on a table, and the clusters that its tests play in.
#pragma once

#include <cstdint>

#include "core/two_phase_commit/node.h"
#include "tests/core/printing.h"
#include "tests/core/tested_node.h"

namespace synod::two_phase_commit {

using synod::PrintTo;

inline void PrintTo(const Durable& state,  // NOLINT(readability-identifier-naming)
                    std::ostream* out) {
  *out << (state.is_begun ? "begun " : "") << (state.has_voted_yes ? "voted_yes " : "")
       << "decision=" << to_text(state.decision);
}

inline constexpr NodeId n1{0};
inline constexpr NodeId n2{1};
inline constexpr NodeId n3{2};
inline constexpr ClientId c1{0};
inline constexpr ClientId c2{1};

inline constexpr Durable begun{.is_begun = true};
inline constexpr Durable begun_and_committed{.is_begun = true, .decision = Decision::commit};
inline constexpr Durable prepared{.has_voted_yes = true};
inline constexpr Durable committed{.has_voted_yes = true, .decision = Decision::commit};
inline constexpr Durable aborted{.decision = Decision::abort};

inline constexpr Decide commit{Decision::commit};
inline constexpr Decide abort{Decision::abort};

inline Request request(ClientId client, OperationKind kind = OperationKind::write,
                       std::uint16_t number = 1) {
  return {{client, number}, {kind, kind == OperationKind::write ? Value{1} : Value{}}};
}
inline Answer answer(const Request& request, Decision decision) {
  return {request.id, {Outcome::chosen, value_of(decision)}};
}

/// Two-phase commit with all its rules: n1 coordinates, n2 and n3 take part.
inline Config cluster(NodeSet refusing = {}) {
  return {.transaction = Transaction::of(3, refusing), .rules = {}, .timing = {}};
}

using Tested = TestedNode<Protocol>;

inline Tested coordinator(const Durable& disk = {}) { return Tested(cluster(), n1, disk); }
/// n2, one of two.
inline Tested participant(const Durable& disk = {}) { return Tested(cluster(), n2, disk); }
inline Tested refusing_participant(const Durable& disk = {}) {
  return Tested(cluster(NodeSet::only(n2)), n2, disk);
}
/// That waits for votes.
inline Tested begun_coordinator() {
  Tested node = coordinator();
  node.is_asked(request(c1));
  return node;
}

}  // namespace synod::two_phase_commit
