// What a protocol has come to say since a trace was kept: messages and timers that the trace's
// steps could not name. Without them the steps after would not apply, and the trace would be blunt.
//
// A kept trace lists the names that its protocol had (`Trace::known`). Of a message type that is
// not among them, packets arrive at once: the list has no say over them, and waits for what follows
// from them. Where a name of the list is gone from the protocol, its steps are taken to mean a
// new message: the oldest packet on the same link, the timer of the same node that is due first.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/text.h"
#include "scenarios/format/trace.h"
#include "sim/world/observation.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class NewMessages {
 public:
  /// The names that the protocol has now.
  static Vocabulary vocabulary() {
    Vocabulary names;
    for_each_message(
        [&](std::size_t, std::string_view name) { names.messages.emplace_back(name); });
    for (std::size_t i = 0; i < P::timer_count; ++i) {
      names.timers.emplace_back(P::timer_name(static_cast<typename P::Timer>(i)));
    }
    return names;
  }

  /// Before the world is started. Nothing is new to a trace that knows no names at all.
  void start(const Vocabulary& known) {
    is_new_ = {};
    is_new_timer_ = {};
    timers_ = known.timers;
    lost_.clear();
    packets_.clear();
    if (known.messages.empty()) {
      return;
    }
    const Vocabulary now = vocabulary();
    for (std::size_t i = 0; i < now.messages.size(); ++i) {
      is_new_[i] = !has(known.messages, now.messages[i]);
    }
    for (std::size_t i = 0; i < now.timers.size(); ++i) {
      is_new_timer_[i] = !has(known.timers, now.timers[i]);
    }
    std::copy_if(known.messages.begin(), known.messages.end(), std::back_inserter(lost_),
                 [&](const std::string& name) { return !has(now.messages, name); });
  }

  void on(const World<P>& /*world*/, const Sent<P>& sent) {
    if (is_new(sent.packet)) {
      packets_.push_back(sent.packet);
    }
  }

  /// One that arrives at once; none when the list's steps may mean it.
  std::optional<Step<P>> next(const World<P>& world) {
    for (std::size_t i = 0; i < packets_.size() && lost_.empty(); ++i) {
      const Packet<P> packet = packets_[i];
      const NodeId to = packet.to.node();
      const bool is_reached = world[to].is_up && !world[to].is_paused;
      if (is_reached && !world.is_cut(packet.from, packet.to)) {
        packets_.erase(packets_.begin() + static_cast<std::ptrdiff_t>(i));
        return Step<P>{world.now, DeliverStep<P>{{packet, {}}}};
      }
    }
    return std::nullopt;
  }

  /// What a step that names what is gone may mean now.
  std::optional<Step<P>> stand_in(const World<P>& world, const TraceStep& step) {
    if (step.kind == FireStep<P>::name) {
      return due_first(world, step);
    }
    if (step.kind == DeliverStep<P>::name) {
      return on_same_link<DeliverStep<P>>(step);
    }
    return step.kind == DropStep<P>::name ? on_same_link<DropStep<P>>(step) : std::nullopt;
  }

 private:
  static bool has(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  }
  template <class Visit>
  static void for_each_message(Visit visit) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (visit(I, std::variant_alternative_t<I, typename P::Message>::name), ...);
    }(std::make_index_sequence<message_count>{});
  }
  [[nodiscard]] bool is_new(const Packet<P>& packet) const {
    const auto* message = std::get_if<typename P::Message>(&packet.payload);
    return message != nullptr && is_new_[message->index()];
  }

  static std::string_view text_or_none(const nlohmann::ordered_json& fields,
                                       std::string_view name) {
    const std::string* text = text_of(fields, name);
    return text == nullptr ? std::string_view() : std::string_view(*text);
  }

  template <class A>
  std::optional<Step<P>> on_same_link(const TraceStep& step) {
    const JsonFields unpacked = step.fields.unpacked();
    const nlohmann::ordered_json& fields = unpacked.json();
    const nlohmann::ordered_json* message = member_of(fields, "message");
    const std::string* type = message == nullptr ? nullptr : text_of(*message, "type");
    Endpoint from;
    Endpoint to;
    if (type == nullptr || !has(lost_, *type) || !try_parse(text_or_none(fields, "from"), from) ||
        !try_parse(text_or_none(fields, "to"), to)) {
      return std::nullopt;
    }
    const auto packet = std::find_if(packets_.begin(), packets_.end(), [&](const Packet<P>& one) {
      return one.from == from && one.to == to;
    });
    if (packet == packets_.end()) {
      return std::nullopt;
    }
    A action;
    action.packet = *packet;
    packets_.erase(packet);
    return Step<P>{step.at, action};
  }

  std::optional<Step<P>> due_first(const World<P>& world, const TraceStep& step) const {
    const JsonFields unpacked = step.fields.unpacked();
    const nlohmann::ordered_json& fields = unpacked.json();
    NodeId node;
    if (!try_parse(text_or_none(fields, "node"), node) || node.index >= world.node_count) {
      return std::nullopt;
    }
    const std::string_view timer = text_or_none(fields, "timer");
    const auto old_place = static_cast<std::size_t>(
        std::find(timers_.begin(), timers_.end(), timer) - timers_.begin());
    std::optional<Step<P>> found;
    Time earliest;
    for (std::size_t i = 0; i < P::timer_count; ++i) {
      const ArmedTimer& armed = world[node].timers[i];
      const Time due = world[node].clock.when(armed.latest, world.now);
      if (is_new_timer_[i] && armed.is_armed && (!found || due < earliest || i == old_place)) {
        earliest = i == old_place ? Time{} : due;
        found = Step<P>{step.at, FireStep<P>{node, static_cast<typename P::Timer>(i)}};
      }
    }
    return found;
  }

  static constexpr std::size_t message_count = std::variant_size_v<typename P::Message>;
  std::array<bool, message_count> is_new_{};
  std::array<bool, P::timer_count> is_new_timer_{};
  std::vector<std::string> timers_;  ///< that the trace knows
  std::vector<std::string> lost_;    ///< names of messages that the protocol no longer has
  std::vector<Packet<P>> packets_;   ///< new messages, in the order of sending
};

}  // namespace synod
