// All that can be chosen about a run before it starts: the cluster, what the protocol has to
// choose, the faults, the clients, the ending. Defaults are harmless: three nodes, one client, no
// fault.
//
// Ratios are exact, durations are in ticks of virtual time unless said otherwise.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/duration.h"
#include "core/ids.h"
#include "core/named_text.h"
#include "sim/luck.h"
#include "sim/options.h"

namespace synod {

/// The ways in which a network comes apart.
enum class CutShape : std::uint8_t {
  two_way,  ///< two nodes, both directions
  one_way,  ///< two nodes, one direction
  alone,    ///< one node from all others
  halves,   ///< two groups
  ring,     ///< every node reaches its two neighbours only
};
inline constexpr std::array<std::string_view, 5> cut_shape_names = {"two_way", "one_way", "alone",
                                                                    "halves", "ring"};

/// A set of cut shapes, as bits.
struct CutShapes {
  std::uint8_t bits = 0;
  [[nodiscard]] constexpr bool contains(CutShape shape) const {
    return (bits >> static_cast<unsigned>(shape) & 1U) != 0;
  }
  bool operator==(const CutShapes&) const = default;
};

/// How a run ends.
enum class Ending : std::uint8_t {
  healed,     ///< everything is repaired, no new faults: a decision must come in time
  broken,     ///< what is broken stays broken: only safety is judged
  survivors,  ///< who is down stays down, all else is repaired: those who are up must decide in
              ///< time
};
inline constexpr std::array<std::string_view, 3> ending_names = {"healed", "broken", "survivors"};

struct Configuration {
  // The cluster.
  std::uint32_t node_count = 3;    ///< 1 to 9
  std::uint32_t client_count = 1;  ///< 1 to 4

  /// The protocol's own.
  Options options;

  // The network. A message takes `delay`; a share of them takes `tail_delay` instead.
  DurationRange delay{{1}, {10}};
  Ratio tail;        ///< of messages
  Ratio slow_links;  ///< of links, one way each, on which every message takes it
  Ratio slow_kinds;  ///< of kinds of message, for each sender, of which every one takes it
  DurationRange tail_delay{{20}, {200}};
  Ratio drop;       ///< of messages, lost
  Ratio duplicate;  ///< of messages, doubled

  // Holds: one after every `hold_interval` (0 to 0 is never), let go after `hold_duration`. What is
  // sent meanwhile on the links held arrives afterwards, each message with a delay of its own.
  DurationRange hold_interval;
  DurationRange hold_duration{{20}, {200}};

  // The disk. A write takes `disk`; a share of them takes `slow_disk` instead.
  DurationRange disk{{1}, {2}};
  Ratio slow_write;
  DurationRange slow_disk{{20}, {200}};
  Ratio fail_write;  ///< of writes, failed with those in line behind; where nodes are told of them

  // Cuts of links: one after every `cut_interval` (0 to 0 is never), healed after `cut_duration`.
  DurationRange cut_interval;
  DurationRange cut_duration{{20}, {200}};
  CutShapes cut_shapes{0x1f};
  Ratio cut_forever;  ///< of cuts, never healed unless the world is

  // Crashes: one after every `crash_interval` (0 to 0 is never), restarted after `crash_duration`.
  DurationRange crash_interval;
  DurationRange crash_duration{{20}, {200}};
  Ratio crash_at_write;           ///< of writes, their node crashes as what waited for them leaves
  Ratio crash_mid_effects;        ///< of crashes, between two effects of what the node does next
  Ratio crash_keeps_writes;       ///< of crashes, let some unfinished writes reach the disk
  Ratio crash_forever;            ///< of crashes, never restarted unless the world is healed
  std::uint32_t crashed_max = 1;  ///< nodes down at the same time, 0 to 9

  // Pauses: one after every `pause_interval` (0 to 0 is never), resumed after `pause_duration`.
  DurationRange pause_interval;
  DurationRange pause_duration{{20}, {200}};
  Ratio pause_shuffles;  ///< of pauses, after which what piled up comes in a drawn order

  // Clocks: one is skewed after every `skew_interval` (0 to 0 is never).
  DurationRange skew_interval;
  std::uint32_t skew_rate_min = 1024;  ///< local ticks in 1024 true ones
  std::uint32_t skew_rate_max = 1024;
  std::uint32_t skew_jump_max = 0;  ///< ticks, forward or back

  // Clients: each asks `operations` times, thinking in between; after a time-out it asks another
  // node, and after `attempts_max` time-outs it abandons the request.
  std::uint32_t operations = 1;
  DurationRange think{{0}, {20}};
  DurationRange client_timeout{{400}, {600}};
  std::uint32_t attempts_max = 3;
  std::uint32_t contacts = node_count_max;  ///< nodes that clients ask, drawn; at most all

  // The ending.
  Ending ending = Ending::healed;
  Duration chaos{2000};  ///< how long faults go on at most, and clients ask
  Duration progress;     ///< within which a healed world must decide; 0: see sim/settling.h
  std::uint32_t steps_max = 200000;

  /// Also of the options.
  static constexpr void fields(auto& self, auto&& visit) {
    fields(self, visit, [&](OptionPart part) { Options::fields(self.options, part, visit); });
  }
  /// In place of the options of a part, visit_options(part).
  static constexpr void fields(auto& self, auto&& visit, auto&& visit_options) {
    visit("node_count", self.node_count);
    visit("client_count", self.client_count);
    visit_options(OptionPart::cluster);
    visit("delay", self.delay);
    visit("tail", self.tail);
    visit("slow_links", self.slow_links);
    visit("slow_kinds", self.slow_kinds);
    visit("tail_delay", self.tail_delay);
    visit("drop", self.drop);
    visit("duplicate", self.duplicate);
    visit("hold_interval", self.hold_interval);
    visit("hold_duration", self.hold_duration);
    visit("disk", self.disk);
    visit("slow_write", self.slow_write);
    visit("slow_disk", self.slow_disk);
    visit("fail_write", self.fail_write);
    visit("cut_interval", self.cut_interval);
    visit("cut_duration", self.cut_duration);
    visit("cut_shapes", self.cut_shapes);
    visit("cut_forever", self.cut_forever);
    visit("crash_interval", self.crash_interval);
    visit("crash_duration", self.crash_duration);
    visit("crash_at_write", self.crash_at_write);
    visit("crash_mid_effects", self.crash_mid_effects);
    visit("crash_keeps_writes", self.crash_keeps_writes);
    visit("crash_forever", self.crash_forever);
    visit("crashed_max", self.crashed_max);
    visit("pause_interval", self.pause_interval);
    visit("pause_duration", self.pause_duration);
    visit("pause_shuffles", self.pause_shuffles);
    visit("skew_interval", self.skew_interval);
    visit("skew_rate_min", self.skew_rate_min);
    visit("skew_rate_max", self.skew_rate_max);
    visit("skew_jump_max", self.skew_jump_max);
    visit("operations", self.operations);
    visit("think", self.think);
    visit("client_timeout", self.client_timeout);
    visit("attempts_max", self.attempts_max);
    visit("contacts", self.contacts);
    visit_options(OptionPart::workload);
    visit("ending", self.ending);
    visit("chaos", self.chaos);
    visit("progress", self.progress);
    visit("steps_max", self.steps_max);
  }
  bool operator==(const Configuration&) const = default;
};

/// Empty when all is well; otherwise one line that names the field and says what would be right.
/// What a file asks for and cannot come is refused besides, by scenarios/library/asked_faults.h.
std::string validate(const Configuration& configuration);

/// The faults that a configuration can enable and a run can suffer.
enum class Fault : std::uint8_t {
  delay,
  slow_link,
  slow_kind,
  drop,
  duplicate,
  hold,
  slow_write,
  fail_write,
  cut_two_way,
  cut_one_way,
  cut_alone,
  cut_halves,
  cut_ring,
  cut_forever,
  crash,
  crash_forever,
  crash_mid_effects,
  lose_write,
  keep_write,
  pause,
  shuffle,
  skew,
  count,
};
NamedText text_of(Fault fault);

/// Does the configuration let this fault happen?
bool is_enabled(const Configuration& configuration, Fault fault);

/// How often each fault has happened.
using FaultCounts = std::array<std::uint64_t, static_cast<std::size_t>(Fault::count)>;

}  // namespace synod
