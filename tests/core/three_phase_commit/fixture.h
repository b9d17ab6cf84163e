// One node of three-phase commit on a table: give it an input, then look at what it asked the world
// for.
#pragma once

#include <optional>

#include "core/three_phase_commit/node.h"
#include "tests/core/printing.h"
#include "tests/core/tested_node.h"

namespace synod::three_phase_commit {

using synod::PrintTo;

inline void PrintTo(const Durable& disk,  // NOLINT(readability-identifier-naming)
                    std::ostream* out) {
  *out << to_text(disk.state);
}

inline constexpr NodeId n1{0};
inline constexpr NodeId n2{1};
inline constexpr NodeId n3{2};
inline constexpr NodeId n4{3};
inline constexpr ClientId c1{0};
inline constexpr ClientId c2{1};

inline Request request_of(ClientId client, std::uint16_t number = 1) {
  return {{client, number}, {OperationKind::read, {}}};
}
inline Answer answer(const Request& request, Decision decision) {
  return {request.id, {Outcome::chosen, value_of(decision)}};
}
inline constexpr Decide decide_commit{Decision::commit};
inline constexpr Decide decide_abort{Decision::abort};

/// A node of four (n1 coordinates, n2 to n4 take part) unless told otherwise, whose disk holds
/// `state`.
class TestedNode : public synod::TestedNode<Protocol> {
 public:
  explicit TestedNode(NodeId self, State state = State::initial, NodeSet refusing = {},
                      std::size_t node_count = 4)
      : synod::TestedNode<Protocol>({Transaction::of(node_count, refusing), {}, {}}, self,
                                    {state}) {}

  /// It wrote once, and every message that it sent stands after the write and waits for it.
  [[nodiscard]] bool persisted_before_speaking() const {
    return synod::TestedNode<Protocol>::persisted_before_speaking() && speaks_once_durable();
  }
  [[nodiscard]] State state_on_disk() const { return disk().state; }
  /// The wait, of a timer that was armed to the tick.
  [[nodiscard]] std::optional<Duration> armed(Timer timer) const {
    const auto set = synod::TestedNode<Protocol>::armed(timer);
    return set && set->earliest == set->latest ? std::optional(set->earliest) : std::nullopt;
  }
  [[nodiscard]] bool has_armed(Timer timer) const {
    return synod::TestedNode<Protocol>::armed(timer).has_value();
  }
};

}  // namespace synod::three_phase_commit
