// One node of three-phase commit on a table: give it an input, then look at what it asked the world
// for.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <vector>

#include "core/three_phase_commit/node.h"
#include "tests/core/printing.h"

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
  return {{client, number}, Operation::read, {}};
}
inline Answer answer(const Request& request, Decision decision) {
  return {request.id, Outcome::chosen, value_of(decision)};
}
inline constexpr Decide decide_commit{Decision::commit};
inline constexpr Decide decide_abort{Decision::abort};

/// A node of four (n1 coordinates, n2 to n4 take part) unless told otherwise, whose disk holds
/// `state`. The questions below are about the effects of the latest input alone.
class TestedNode {
 public:
  explicit TestedNode(NodeId self, State state = State::initial, NodeSet refusing = {},
                      std::size_t node_count = 4)
      : config_{Transaction::of(node_count, refusing), {}, {}}, self_(self), disk_{state} {
    restart();
  }

  // Inputs.

  /// All that was written has reached the disk, and everything else is forgotten.
  void restart() {
    effects_.clear();
    node_.start(config_, self_, disk_, effects_);
  }
  void hears(NodeId from, const Message& message) {
    effects_.clear();
    node_.on(config_, from, message, effects_);
    write_to_disk();
  }
  /// The same words from several nodes, one after the other.
  void hears(std::initializer_list<NodeId> from, const Message& message) {
    for (const NodeId node : from) {
      hears(node, message);
    }
  }
  void is_asked(const Request& request) {
    effects_.clear();
    node_.on(config_, request, effects_);
    write_to_disk();
  }
  void sees_fire(Timer timer) {
    effects_.clear();
    node_.on(config_, timer, effects_);
    write_to_disk();
  }

  // What it said.

  [[nodiscard]] bool is_silent() const { return sent().empty(); }
  [[nodiscard]] std::vector<Message> sent_to(NodeId to) const {
    std::vector<Message> messages;
    for (const Sent& entry : sent()) {
      if (entry.to == to) {
        messages.push_back(entry.message);
      }
    }
    return messages;
  }
  [[nodiscard]] std::vector<NodeId> recipients_of(const Message& message) const {
    std::vector<NodeId> nodes;
    for (const Sent& entry : sent()) {
      if (entry.message == message) {
        nodes.push_back(entry.to);
      }
    }
    return nodes;
  }
  /// It wrote once, and every message that it sent stands after the write and waits for it.
  [[nodiscard]] bool persisted_before_speaking() const {
    bool has_persisted = false;
    bool has_spoken = false;
    for (const auto& effect : effects_) {
      if (std::holds_alternative<Output::Persist>(effect)) {
        if (has_persisted || has_spoken) {
          return false;
        }
        has_persisted = true;
      }
      has_spoken = has_spoken || std::holds_alternative<Output::SendOnceDurable>(effect);
      if (std::holds_alternative<Output::Send>(effect)) {
        return false;
      }
    }
    return has_persisted && has_spoken;
  }
  [[nodiscard]] std::vector<Answer> answers() const { return parts(&Output::Reply::answer); }
  [[nodiscard]] std::vector<Value> learned() const { return parts(&Output::Learn::value); }

  // What it wrote and armed.

  [[nodiscard]] std::vector<Durable> persisted() const { return parts(&Output::Persist::state); }
  [[nodiscard]] State state_on_disk() const { return disk_.state; }
  /// The wait, of a timer that was armed to the tick.
  [[nodiscard]] std::optional<Duration> armed(Timer timer) const {
    for (const auto& effect : effects_) {
      const auto* set = std::get_if<Output::SetTimer>(&effect);
      if (set != nullptr && set->timer == timer && set->earliest == set->latest) {
        return set->earliest;
      }
    }
    return std::nullopt;
  }
  [[nodiscard]] bool has_armed(Timer timer) const {
    const std::vector<Timer> timers = parts(&Output::SetTimer::timer);
    return std::ranges::find(timers, timer) != timers.end();
  }
  [[nodiscard]] bool has_cancelled(Timer timer) const {
    const std::vector<Timer> timers = parts(&Output::CancelTimer::timer);
    return std::ranges::find(timers, timer) != timers.end();
  }
  [[nodiscard]] bool is_without_effect() const { return effects_.size() == 0; }

 private:
  struct Sent {
    NodeId to;
    Message message;
  };

  /// That part of each effect of the kind that has it.
  template <class E, class Part>
  [[nodiscard]] std::vector<Part> parts(Part E::* part) const {
    std::vector<Part> found;
    for (const auto& effect : effects_) {
      if (const auto* kind = std::get_if<E>(&effect)) {
        found.push_back(kind->*part);
      }
    }
    return found;
  }
  [[nodiscard]] std::vector<Sent> sent() const {
    std::vector<Sent> messages;
    for (const auto& effect : effects_) {
      if (const auto* send = std::get_if<Output::Send>(&effect)) {
        messages.push_back({send->to, send->message});
      } else if (const auto* held = std::get_if<Output::SendOnceDurable>(&effect)) {
        messages.push_back({held->to, held->message});
      }
    }
    return messages;
  }
  void write_to_disk() {
    for (const Durable& state : persisted()) {
      disk_ = state;
    }
  }

  Config config_;
  NodeId self_;
  Durable disk_;
  Node node_;
  Output effects_;
};

}  // namespace synod::three_phase_commit
