// A node of any protocol on a table: give it an input, then look at what it asked the world for.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/protocol.h"

namespace synod {

/// Of the protocol P, with a blank disk unless told otherwise. The questions below are about the
/// effects of the latest input alone.
template <Protocol P>
class TestedNode {
 public:
  using Message = typename P::Message;
  using Durable = typename P::Durable;
  using Timer = typename P::Timer;
  using Config = typename P::Config;
  using Output = Effects<Message, Durable, Timer, OneDecision::Result, Value>;

  explicit TestedNode(const Config& config, NodeId self, const Durable& disk = {})
      : config_(config), self_(self), disk_(disk) {
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
  template <class M>
  [[nodiscard]] bool has_sent() const {
    return std::ranges::any_of(
        sent(), [](const Sent& entry) { return std::holds_alternative<M>(entry.message); });
  }
  /// Every message that it sent is held back until what it has written is durable.
  [[nodiscard]] bool speaks_once_durable() const {
    return !is_silent() && std::ranges::all_of(sent(), &Sent::is_held_for_disk);
  }
  [[nodiscard]] bool speaks_at_once() const {
    return !is_silent() && std::ranges::none_of(sent(), &Sent::is_held_for_disk);
  }
  [[nodiscard]] std::vector<Answer> answers() const { return parts(&Output::Reply::answer); }
  [[nodiscard]] std::vector<Value> learned() const { return parts(&Output::Learn::value); }

  // What it wrote.

  [[nodiscard]] std::vector<Durable> persisted() const { return parts(&Output::Persist::state); }
  /// It wrote once, and no message stands before the write.
  [[nodiscard]] bool persisted_before_speaking() const {
    return persisted().size() == 1 &&
           std::find_if(effects_.begin(), effects_.end(), is_a<typename Output::Persist>) <
               std::find_if(
                   effects_.begin(), effects_.end(),
                   [](const auto& effect) {
                     return is_a<typename Output::Send>(effect) ||
                            is_a<typename Output::SendOnceDurable>(effect);
                   });
  }
  [[nodiscard]] const Durable& disk() const { return disk_; }

  // What it armed.

  [[nodiscard]] std::optional<typename Output::SetTimer> armed(Timer timer) const {
    for (const auto& effect : effects_) {
      const auto* set = std::get_if<typename Output::SetTimer>(&effect);
      if (set != nullptr && set->timer == timer) {
        return *set;
      }
    }
    return std::nullopt;
  }
  [[nodiscard]] bool has_cancelled(Timer timer) const {
    return std::any_of(effects_.begin(), effects_.end(), [&](const auto& effect) {
      const auto* cancel = std::get_if<typename Output::CancelTimer>(&effect);
      return cancel != nullptr && cancel->timer == timer;
    });
  }

  /// The assertions that did not hold.
  [[nodiscard]] std::vector<std::string> broken() const {
    const auto texts = parts(&Output::Broken::invariant);
    return {texts.begin(), texts.end()};
  }
  [[nodiscard]] bool is_without_effect() const { return effects_.size() == 0; }
  [[nodiscard]] const typename P::Node& node() const { return node_; }

 private:
  struct Sent {
    NodeId to;
    Message message;
    bool is_held_for_disk;
  };

  template <class E>
  static bool is_a(const typename Output::Effect& effect) {
    return std::holds_alternative<E>(effect);
  }
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
      if (const auto* send = std::get_if<typename Output::Send>(&effect)) {
        messages.push_back({send->to, send->message, false});
      } else if (const auto* held = std::get_if<typename Output::SendOnceDurable>(&effect)) {
        messages.push_back({held->to, held->message, true});
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
  typename P::Node node_;
  Output effects_;
};

}  // namespace synod
