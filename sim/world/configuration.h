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
#include <vector>

#include "core/duration.h"
#include "core/ids.h"
#include "core/named_text.h"
#include "sim/ending.h"
#include "sim/faults/faults.h"
#include "sim/luck.h"
#include "sim/world/options.h"

namespace synod {

/// Of each fault the fields are in its file (sim/faults/faults.h). `fields` does not visit the
/// timed faults, which stand beside the configuration in a file.
struct Configuration : FieldsOfFaults {
  // The cluster.
  std::uint32_t node_count = 3;    ///< 1 to 9
  std::uint32_t client_count = 1;  ///< 1 to 4

  /// The protocol's own.
  Options options;

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
  Duration progress;     ///< within which a healed world must decide; 0: see sim/world/settling.h
  std::uint32_t steps_max = 200000;

  /// In the order of their times. Faults go on until the last of them, whatever `chaos` says.
  std::vector<TimedFault> faults;

  /// Also of the options.
  static constexpr void fields(auto& self, auto&& visit) {
    fields(self, visit, [&](OptionPart part) { Options::fields(self.options, part, visit); });
  }
  /// In place of the options of a part, visit_options(part).
  static constexpr void fields(auto& self, auto&& visit, auto&& visit_options) {
    visit("node_count", self.node_count);
    visit("client_count", self.client_count);
    visit_options(OptionPart::cluster);
    FieldsOfFaults::fields(self, visit);
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

NamedText text_of(Fault fault);

/// Does the configuration let this fault happen?
bool is_enabled(const Configuration& configuration, Fault fault);

/// Of its clocks, the slowest and the fastest rate that a drawn run may have.
struct ClockRates {
  std::uint32_t slowest = 0;
  std::uint32_t fastest = 0;
};
ClockRates clock_rates(const Configuration& configuration);

/// Can a run of it have steps that ask for what a disk held before?
bool reads_older_disks(const Configuration& configuration);

}  // namespace synod
