// What has gone wrong in a run so far, by kind. A protocol bears so many kinds of accident and no
// more, and what happens beyond its fault model is to be told as such.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/duration.h"
#include "core/fields.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod {

enum class Accident : std::uint8_t {
  crash,
  restart,
  loss,
  duplicate,
  cut,
  pause,
  skew,
  late,
  failed_write,
  count
};
inline constexpr std::array<std::string_view, static_cast<std::size_t>(Accident::count)>
    accident_texts = {
        "a node crashed",     "a crashed node came back",
        "a message was lost", "a message was doubled",
        "a link was cut",     "a node stood still",
        "a clock was skewed", "a message, or the write it waited for, took longer than foreseen",
        "a write failed"};

/// A set of kinds of accident, as bits.
struct AccidentSet {
  std::uint16_t bits = 0;

  static constexpr AccidentSet of(std::initializer_list<Accident> accidents) {
    AccidentSet set;
    for (const Accident accident : accidents) {
      set.insert(accident);
    }
    return set;
  }
  static constexpr AccidentSet all() {
    return {(1U << static_cast<unsigned>(Accident::count)) - 1U};
  }
  friend constexpr AccidentSet operator-(AccidentSet set, Accident accident) {
    return {static_cast<std::uint16_t>(set.bits & ~(1U << static_cast<unsigned>(accident)))};
  }
  friend constexpr AccidentSet operator-(AccidentSet set, AccidentSet other) {
    return {static_cast<std::uint16_t>(set.bits & ~other.bits)};
  }
  constexpr void insert(Accident accident) {
    bits = static_cast<std::uint16_t>(bits | (1U << static_cast<unsigned>(accident)));
  }
  [[nodiscard]] constexpr bool contains(Accident accident) const {
    return (bits >> static_cast<unsigned>(accident) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool is_empty() const { return bits == 0; }
  static constexpr void fields(auto& self, auto&& visit) { visit("bits", self.bits); }
};

/// Why what happened is beyond a fault model that bears these accidents: the texts of the others.
/// Empty when it is not.
inline std::string beyond(AccidentSet borne, AccidentSet happened) {
  std::string text;
  for (std::size_t i = 0; i < accident_texts.size(); ++i) {
    const auto accident = static_cast<Accident>(i);
    if (happened.contains(accident) && !borne.contains(accident)) {
      text += text.empty() ? "" : ", ";
      text += accident_texts[i];
    }
  }
  return text;
}

/// Watches one run.
template <Protocol P>
class AccidentWatch {
 public:
  /// The longest that a message may be in flight, and a write take, before it counts as late.
  void start(Duration delay_max, Duration disk_max) {
    delay_max_ = delay_max;
    disk_max_ = disk_max;
    happened_ = {};
    sent_at_.clear();
    writes_.clear();
  }

  [[nodiscard]] AccidentSet happened() const { return happened_; }

  /// What verdicts depend on, but for how long things have been under way.
  static constexpr void fields(auto& self, auto&& visit) {
    leave_out(visit, self.delay_max_, self.disk_max_);  // the same all along a run
    visit("happened", self.happened_);
    leave_out(visit, self.sent_at_, self.writes_);  // see `begin_now`
  }
  /// All that is under way counts as begun now.
  void begin_now(const World<P>& world) {
    sent_at_.assign(world.in_flight.slot_end(), world.now);
    writes_.clear();
    for (const PendingWrite<P>& write : world.writes) {
      writes_.push_back({write.node, world.now});
    }
  }

  void on(const World<P>& world, const Sent<P>& sent) {
    if (sent.slot >= sent_at_.size()) {
      sent_at_.resize(sent.slot + 1U);
    }
    sent_at_[sent.slot] = world.now;
    if (sent.is_duplicate) {
      happened_.insert(Accident::duplicate);
    }
  }
  void on(const World<P>& world, const Delivered<P>& delivered) {
    look_at(world, delivered.slot, delivered.packet);
  }
  void on(const World<P>& world, const WriteIssued& issued) {
    writes_.push_back({issued.node, world.now});
  }
  void on(const World<P>& /*world*/, const Crashed& crashed) {
    happened_.insert(Accident::crash);
    std::erase_if(writes_, [&](const Write& write) { return write.node == crashed.node; });
  }
  void on(const World<P>& /*world*/, const WritesFailed<P>& failed) {
    happened_.insert(Accident::failed_write);
    std::erase_if(writes_, [&](const Write& write) { return write.node == failed.node; });
  }
  void on(const World<P>& /*world*/, const Restarted& /*restarted*/) {
    happened_.insert(Accident::restart);
  }
  void on(const World<P>& /*world*/, const Skewed& /*skewed*/) { happened_.insert(Accident::skew); }
  /// A time-out has come: was somebody still waiting for what should have been there?
  void on(const World<P>& world, const TimerFired<P>& /*fired*/) {
    for (typename InFlight<P>::Slot slot = 0; slot < world.in_flight.slot_end(); ++slot) {
      if (world.in_flight.holds(slot)) {
        look_at(world, slot, world.in_flight[slot]);
      }
    }
    for (const Write& write : writes_) {
      look_at(world, write);
    }
  }
  void on(const World<P>& world, const Applied<P>& applied) {
    const auto& action = applied.step.action;
    if (const auto* drop = std::get_if<DropStep<P>>(&action)) {
      if (is_message(drop->packet) && world[drop->packet.to.node()].is_up) {
        happened_.insert(Accident::loss);
      }
    } else if (std::holds_alternative<CutStep>(action)) {
      happened_.insert(Accident::cut);
    } else if (std::holds_alternative<PauseStep>(action)) {
      happened_.insert(Accident::pause);
    } else if (const auto* finished = std::get_if<FinishWriteStep>(&action)) {
      finish_write(world, finished->node);
    }
  }

 private:
  struct Write {
    NodeId node;
    Time issued;
  };

  /// What a client says, or is told, no node waits for.
  static bool is_message(const Packet<P>& packet) {
    return packet.from.is_node() && packet.to.is_node();
  }
  void look_at(const World<P>& world, typename InFlight<P>::Slot slot, const Packet<P>& packet) {
    if (is_message(packet) && world.now > sent_at_[slot] + delay_max_) {
      happened_.insert(Accident::late);
    }
  }
  void look_at(const World<P>& world, const Write& write) {
    if (world.now > write.issued + disk_max_) {
      happened_.insert(Accident::late);
    }
  }
  void finish_write(const World<P>& world, NodeId node) {
    const auto write = std::find_if(writes_.begin(), writes_.end(),
                                    [&](const Write& one) { return one.node == node; });
    if (write != writes_.end()) {
      look_at(world, *write);
      writes_.erase(write);
    }
  }

  Duration delay_max_;
  Duration disk_max_;
  AccidentSet happened_;
  std::vector<Time> sent_at_;  ///< by slot
  std::vector<Write> writes_;  ///< that have not finished, in the order of issue
};

}  // namespace synod
