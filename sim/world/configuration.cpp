#include "sim/world/configuration.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/world/field_bounds.h"
#include "sim/world/step.h"

namespace synod {
namespace {

/// Collects the first complaint.
class Validator {
 public:
  void within(std::string_view field, std::uint64_t value, std::uint64_t min, std::uint64_t max) {
    if (value < min || value > max) {
      complain(fmt::format("{} is {}: give {} to {}", field, value, min, max));
    }
  }
  void ratio(std::string_view field, Ratio ratio) {
    if (ratio.denominator == 0 || ratio.numerator > ratio.denominator) {
      complain(fmt::format("{} is {}/{}: give a ratio from 0/1 to 1/1", field, ratio.numerator,
                           ratio.denominator));
    }
  }
  void range(std::string_view field, DurationRange range) {
    if (range.min > range.max) {
      complain(fmt::format("{} is {} to {}: give the smaller one first", field, range.min.ticks,
                           range.max.ticks));
    }
    within(field, range.max.ticks, 0, duration_max.ticks);
  }
  /// An interval between faults: 0 to 0 is never, otherwise at least a tick apart.
  void interval(std::string_view field, DurationRange interval) {
    range(field, interval);
    if (interval.min.ticks == 0 && interval.max.ticks != 0) {
      complain(fmt::format("{} is 0 to {}: give at least 1, or 0 to 0 for never", field,
                           interval.max.ticks));
    }
  }
  void complain(std::string complaint) {
    if (complaint_.empty()) {
      complaint_ = std::move(complaint);
    }
  }
  std::string take() { return std::move(complaint_); }

 private:
  std::string complaint_;
};

/// Whom it names must be there.
std::string complaint_about_timed(const Configuration& c) {
  const NodeSet nodes = NodeSet::first(c.node_count);
  EndpointSet there = EndpointSet::of(nodes);
  for (std::uint8_t i = 0; i < c.client_count; ++i) {
    there.insert(Endpoint::of(ClientId{i}));
  }
  const auto is_there = [&](const auto& action) {
    if constexpr (requires { action.node; }) {
      return nodes.contains(action.node);
    } else {
      return (action.from & there) == action.from && (action.to & there) == action.to;
    }
  };
  for (std::size_t i = 0; i < c.faults.size(); ++i) {
    if (!std::visit(is_there, c.faults[i].action)) {
      return fmt::format(
          "faults[{}] names somebody who does not take part: name n1 to n{}, c1 to c{}", i,
          c.node_count, c.client_count);
    }
    if (i > 0 && c.faults[i].at < c.faults[i - 1].at) {
      return fmt::format("faults[{}] is before the one above: give them in the order of time", i);
    }
  }
  return {};
}

}  // namespace

std::string validate(const Configuration& c) {
  Validator check;
  const auto within = [&](std::string_view field, std::uint64_t value) {
    const FieldBounds bounds = *bounds_of(c, field);
    check.within(field, value, bounds.min, bounds.max);
  };
  within("node_count", c.node_count);
  within("client_count", c.client_count);
  check.complain(complaint_about_options(c));
  for_each_fault([&]<class F>() { F::check(c, check); });
  within("operations", c.operations);
  check.range("think", c.think);
  check.range("client_timeout", c.client_timeout);
  check.within("client_timeout", c.client_timeout.min.ticks, 1, duration_max.ticks);
  within("attempts_max", c.attempts_max);
  within("contacts", c.contacts);
  within("chaos", c.chaos.ticks);
  within("progress", c.progress.ticks);
  within("steps_max", c.steps_max);
  std::string complaint = check.take();
  return complaint.empty() ? complaint_about_timed(c) : complaint;
}

ClockRates clock_rates(const Configuration& c) {
  ClockRates rates{Clock::rate_one, Clock::rate_one};
  const auto add = [&](std::uint32_t slowest, std::uint32_t fastest) {
    rates = {std::min(rates.slowest, slowest), std::max(rates.fastest, fastest)};
  };
  if (!faults::is_never(c.skew_interval)) {
    add(c.skew_rate_min, c.skew_rate_max);
  }
  for (const TimedFault& fault : c.faults) {
    if (const auto* const skew = std::get_if<SkewStep>(&fault.action)) {
      add(skew->rate, skew->rate);
    }
  }
  return rates;
}

namespace {
constexpr std::array<NamedText, fault_count> fault_texts = [] {
  std::array<NamedText, fault_count> texts{};
  std::size_t place = 0;
  for_each_fault([&]<class F>() {
    for (const NamedText& kind : F::kinds) {
      texts[place++] = kind;
    }
  });
  return texts;
}();
}  // namespace

NamedText text_of(Fault fault) { return fault_texts[static_cast<std::size_t>(fault)]; }

bool is_enabled(const Configuration& c, Fault fault) {
  auto place = static_cast<std::size_t>(fault);
  bool is_passed = false;
  bool is_on = false;
  for_each_fault([&]<class F>() {
    if (!is_passed && place < F::kinds.size()) {
      is_passed = true;
      is_on = F::is_enabled(c, static_cast<typename F::Kind>(place));
    }
    place -= is_passed ? 0 : F::kinds.size();
  });
  return is_on;
}

namespace {
template <class... Steps>
constexpr bool any_reads_older_disks(std::type_identity<std::tuple<Steps...>> /*steps*/) {
  return (faults::ReadsOlderDisks<Steps> || ...);
}
using AnyProtocol = detail::NoProtocol;  // the steps of a fault are the same for all
}  // namespace

bool reads_older_disks(const Configuration& c) {
  bool does = false;
  for_each_fault([&]<class F>() {
    if constexpr (requires { typename F::template Steps<AnyProtocol>; }) {
      if constexpr (any_reads_older_disks(
                        std::type_identity<typename F::template Steps<AnyProtocol>>{})) {
        does = does || F::is_enabled(c, typename F::Kind{});
      }
    }
  });
  return does;
}

}  // namespace synod
