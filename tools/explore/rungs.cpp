#include "tools/explore/rungs.h"

#include <fmt/format.h>

#include "core/text.h"
#include "scenarios/run/runner.h"
#include "tools/explore/explore.h"
#include "tools/support/choose.h"

namespace synod {

std::vector<Rung> ladder_of(std::string_view protocol, std::string_view breaks) {
  const ProtocolEntry& entry = protocol_named(protocol);
  return entry.ladder == nullptr ? usual_ladder() : entry.ladder(breaks);
}

std::string arguments_of(const Rung& rung, std::string_view protocol) {
  const Configuration& c = rung.configuration;
  const ExploreBounds& bounds = rung.bounds;
  const ExploreBounds usual;
  std::string text = fmt::format("--nodes {} --clients {}", c.node_count, c.client_count);
  const auto add = [&](std::string_view name, std::uint32_t value, std::uint32_t left_out) {
    text += value == left_out ? "" : fmt::format(" {} {}", name, value);
  };
  text += arguments_of_options(c);
  if (const std::string_view round = protocol_named(protocol).round_name; !round.empty()) {
    add(rounds_option(round), bounds.rounds_max, usual.rounds_max);
  }
  if (bounds.timeouts_max != ExploreBounds::unlimited) {
    add("--timeouts-max", bounds.timeouts_max, usual.timeouts_max);
  }
  add("--crashes-max", bounds.crashes_max, 0);
  // As many as crashes are usual, and of fail-stop nodes none.
  const bool is_fail_stop = bounds.timeouts == Timeouts::truth;
  add("--restarts-max", bounds.restarts_max, is_fail_stop ? 0 : bounds.crashes_max);
  add("--crash-effects-max", bounds.crash_effects_max, 0);
  add("--losses-max", bounds.losses_max, 0);
  add("--duplicates-max", bounds.duplicates_max, 0);
  add("--requests-max", bounds.requests_max, usual.requests_max);
  add("--abandons-max", bounds.abandons_max, 0);
  add("--retries-max", bounds.retries_max, 0);
  add("--failed-writes-max", bounds.failed_writes_max, 0);
  if (bounds.requests != usual.requests) {
    text +=
        fmt::format(" --requests {}", requests_names[static_cast<std::size_t>(bounds.requests)]);
  }
  if (bounds.network != usual.network) {
    text += fmt::format(" --network {}", network_names[static_cast<std::size_t>(bounds.network)]);
  }
  text += bounds.has_slow_writes ? " --slow-writes" : "";
  return text;
}

}  // namespace synod
