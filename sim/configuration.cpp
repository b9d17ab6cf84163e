#include "sim/configuration.h"

#include <fmt/format.h>

#include "sim/clock.h"
#include "sim/limits.h"

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

constexpr std::array<NamedText, static_cast<std::size_t>(Fault::count)> fault_texts = {{
    {"delay", "a message takes a heavy-tailed delay and others overtake it"},
    {"slow_link", "a message takes a link on which all are slow"},
    {"slow_kind", "a message is of a kind that is slow from its sender"},
    {"drop", "a message is lost"},
    {"duplicate", "a message arrives twice"},
    {"hold", "links hold back what is sent on them, and let it go at once"},
    {"slow_write", "a disk write takes a heavy-tailed time"},
    {"fail_write", "a disk write fails, and its node is told"},
    {"cut_two_way", "two nodes lose each other"},
    {"cut_one_way", "one node hears another that does not hear it"},
    {"cut_alone", "one node loses all others"},
    {"cut_halves", "the cluster falls into two groups"},
    {"cut_ring", "every node reaches its two neighbours only"},
    {"cut_forever", "a cut that nobody heals"},
    {"crash", "a node loses everything but its disk"},
    {"crash_forever", "… and is never restarted"},
    {"crash_mid_effects", "… between two effects: after the write, before the send"},
    {"lose_write", "a write that had not finished when its node crashed is lost"},
    {"keep_write", "a write that had not finished when its node crashed is durable all the same"},
    {"pause", "a node stands still and its messages and timers pile up"},
    {"shuffle", "… and what piled up comes in another order"},
    {"skew", "a node's clock jumps and runs at another rate"},
}};

}  // namespace

std::string validate(const Configuration& c) {
  Validator check;
  check.within("node_count", c.node_count, 1, node_count_max);
  check.within("client_count", c.client_count, 1, client_count_max);
  check.complain(complaint_about_options(c));
  check.range("delay", c.delay);
  check.ratio("tail", c.tail);
  check.ratio("slow_links", c.slow_links);
  check.ratio("slow_kinds", c.slow_kinds);
  check.range("tail_delay", c.tail_delay);
  check.ratio("drop", c.drop);
  check.ratio("duplicate", c.duplicate);
  if (c.duplicate.numerator == c.duplicate.denominator) {
    check.complain("duplicate is 1/1: give less, or every copy is doubled without end");
  }
  check.interval("hold_interval", c.hold_interval);
  check.range("hold_duration", c.hold_duration);
  check.range("disk", c.disk);
  check.ratio("slow_write", c.slow_write);
  check.range("slow_disk", c.slow_disk);
  check.ratio("fail_write", c.fail_write);
  check.interval("cut_interval", c.cut_interval);
  check.range("cut_duration", c.cut_duration);
  check.within("cut_shapes", c.cut_shapes.bits, c.cut_interval.max.ticks > 0 ? 1 : 0, 0x1f);
  check.ratio("cut_forever", c.cut_forever);
  check.interval("crash_interval", c.crash_interval);
  check.range("crash_duration", c.crash_duration);
  check.ratio("crash_at_write", c.crash_at_write);
  check.ratio("crash_mid_effects", c.crash_mid_effects);
  check.ratio("crash_keeps_writes", c.crash_keeps_writes);
  check.ratio("crash_forever", c.crash_forever);
  check.within("crashed_max", c.crashed_max, 0, node_count_max);
  check.interval("pause_interval", c.pause_interval);
  check.range("pause_duration", c.pause_duration);
  check.ratio("pause_shuffles", c.pause_shuffles);
  check.interval("skew_interval", c.skew_interval);
  check.within("skew_rate_min", c.skew_rate_min, Clock::rate_min, Clock::rate_max);
  check.within("skew_rate_max", c.skew_rate_max, c.skew_rate_min, Clock::rate_max);
  check.within("skew_jump_max", c.skew_jump_max, 0, 1'000'000);
  check.within("operations", c.operations, 0, 1000);
  check.range("think", c.think);
  check.range("client_timeout", c.client_timeout);
  check.within("client_timeout", c.client_timeout.min.ticks, 1, duration_max.ticks);
  check.within("attempts_max", c.attempts_max, 1, 100);
  check.within("contacts", c.contacts, 1, node_count_max);
  check.within("chaos", c.chaos.ticks, 1, duration_max.ticks);
  check.within("progress", c.progress.ticks, 0, duration_max.ticks);
  check.within("steps_max", c.steps_max, 1, drawn_steps_max);
  return check.take();
}

NamedText text_of(Fault fault) { return fault_texts[static_cast<std::size_t>(fault)]; }

bool is_enabled(const Configuration& c, Fault fault) {
  const auto cuts = [&](CutShape shape) {
    // In a ring of three, everybody is everybody's neighbour.
    const std::uint32_t nodes_min = shape == CutShape::ring ? 4 : 2;
    return c.cut_interval.max.ticks > 0 && c.cut_shapes.contains(shape) &&
           c.node_count >= nodes_min;
  };
  const bool crashes_at_write = !c.crash_at_write.is_zero() && c.crashed_max > 0;
  const bool crashes = (c.crash_interval.max.ticks > 0 && c.crashed_max > 0) || crashes_at_write;
  switch (fault) {
    case Fault::delay:
      return !c.tail.is_zero();
    case Fault::slow_link:
      return !c.slow_links.is_zero();
    case Fault::slow_kind:
      return !c.slow_kinds.is_zero();
    case Fault::drop:
      return !c.drop.is_zero();
    case Fault::duplicate:
      return !c.duplicate.is_zero();
    case Fault::hold:
      return c.hold_interval.max.ticks > 0 && c.node_count > 1;
    case Fault::slow_write:
      return !c.slow_write.is_zero();
    case Fault::fail_write:
      return !c.fail_write.is_zero();
    case Fault::cut_two_way:
      return cuts(CutShape::two_way);
    case Fault::cut_one_way:
      return cuts(CutShape::one_way);
    case Fault::cut_alone:
      return cuts(CutShape::alone);
    case Fault::cut_halves:
      return cuts(CutShape::halves);
    case Fault::cut_ring:
      return cuts(CutShape::ring);
    case Fault::cut_forever:
      return c.cut_interval.max.ticks > 0 && !c.cut_forever.is_zero();
    case Fault::crash:
    case Fault::lose_write:
      return crashes;
    case Fault::crash_forever:
      return crashes && !c.crash_forever.is_zero();
    case Fault::crash_mid_effects:
      return crashes_at_write || (crashes && !c.crash_mid_effects.is_zero());
    case Fault::keep_write:
      return crashes && !c.crash_keeps_writes.is_zero();
    case Fault::pause:
      return c.pause_interval.max.ticks > 0;
    case Fault::shuffle:
      return c.pause_interval.max.ticks > 0 && !c.pause_shuffles.is_zero();
    case Fault::skew:
      return c.skew_interval.max.ticks > 0;
    case Fault::count:
      break;
  }
  return false;
}

}  // namespace synod
