#include "scenarios/library/asked_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

#include "scenarios/format/complaint.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/located_json.h"
#include "scenarios/registry/registry.h"
#include "scenarios/words/safe_text.h"
#include "sim/step.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

bool is_within(DurationRange inner, DurationRange outer) {
  return inner.min >= outer.min && inner.max <= outer.max;
}
bool is_never(DurationRange interval) { return interval.max.ticks == 0; }

/// A configuration, and what of it a file says.
class Said {
 public:
  explicit Said(const Trace& trace)
      : trace_(trace),
        all_(to_json(trace.configuration)),
        otherwise_(to_json(defaults_for(trace.configuration))) {}

  [[nodiscard]] const Configuration& configuration() const { return trace_.configuration; }
  [[nodiscard]] const std::string& protocol() const { return trace_.protocol; }
  /// The file gives this field, and something else than it would be anyway.
  [[nodiscard]] bool has_set(std::string_view name) const {
    return trace_.configured.json().contains(name) && all_[name] != otherwise_[name];
  }
  /// No seed can draw it otherwise.
  [[nodiscard]] bool is_fixed(std::string_view name) const {
    return !trace_.is_swarm || trace_.configured.json().contains(name);
  }
  [[nodiscard]] bool are_fixed(std::span<const std::string_view> names) const {
    return std::ranges::all_of(names, [&](std::string_view name) { return is_fixed(name); });
  }
  /// "crashed_max is 0", "chaos is 2000 by default"
  [[nodiscard]] std::string text(std::string_view name) const {
    const ordered_json& value = all_[name];
    return fmt::format(
        "{} is {}{}", name,
        value.is_string() ? value.get_ref<const std::string&>() : format_json(value, -1),
        trace_.configured.json().contains(name) ? "" : " by default");
  }
  /// The same of several.
  [[nodiscard]] std::string texts(std::span<const std::string_view> names) const {
    std::string all;
    for (const std::string_view name : names) {
      all += (all.empty() ? "" : " and ") + text(name);
    }
    return all;
  }

 private:
  const Trace& trace_;
  ordered_json all_;
  ordered_json otherwise_;
};

using Names = std::vector<std::string_view>;

constexpr std::array<std::string_view, 5> intervals = {
    "hold_interval", "cut_interval", "crash_interval", "pause_interval", "skew_interval"};
constexpr std::array<std::string_view, 9> ratios = {"tail",       "slow_links",     "slow_kinds",
                                                    "drop",       "duplicate",      "slow_write",
                                                    "fail_write", "crash_at_write", "cut_forever"};

class Judge {
 public:
  Judge(const Located& fields, const Trace& trace) : fields_(fields), said_(trace) {}

  void judge() const {
    const Configuration& c = said_.configuration();
    for (const std::string_view field : intervals) {
      refuse_if(c.operations == 0, field, {"operations"},
                "the run is over before it begins: give 1 operation or more");
    }
    for (const std::string_view field : ratios) {
      refuse_if(c.operations == 0, field, {"operations"},
                "the run is over before it begins: give 1 operation or more");
    }
    for (const std::string_view field :
         {"hold_interval", "cut_interval", "duplicate", "slow_kinds"}) {
      refuse_if(c.node_count == 1, field, {"node_count"},
                "there is no other node: give 2 nodes or more, or leave it out");
    }
    judge_crashes(c);
    judge_cuts(c);
    refuse_if(is_never(c.pause_interval), "pause_shuffles", {"pause_interval"},
              "no node pauses: give pause_interval too");
    refuse_if(c.skew_rate_min == 1024 && c.skew_rate_max == 1024 && c.skew_jump_max == 0,
              "skew_interval", {"skew_rate_min", "skew_rate_max", "skew_jump_max"},
              "every clock stays right: give another rate, or a jump");
    for (const std::string_view field : {"tail", "slow_links", "slow_kinds"}) {
      refuse_if(is_within(c.tail_delay, c.delay), field, {"tail_delay", "delay"},
                "that is like any other message: give a longer tail_delay");
    }
    refuse_if(is_within(c.slow_disk, c.disk), "slow_write", {"slow_disk", "disk"},
              "that is like any other write: give a longer slow_disk");
    judge_failing_writes();
    judge_intervals(c);
  }

 private:
  [[nodiscard]] Located at(std::string_view field) const { return *fields_.find(field); }

  /// `field` asks for what `because` makes impossible.
  void refuse_if(bool is_impossible, std::string_view field, const Names& because,
                 std::string_view why) const {
    if (is_impossible && said_.has_set(field) && said_.are_fixed(because)) {
      at(field).fail(fmt::format("{} cannot come about: {}, so {}", described(at(field).value()),
                                 said_.texts(because), why));
    }
  }

  /// Who is not told could never know that what it said before was wrong.
  void judge_failing_writes() const {
    const std::string& name = said_.protocol();
    if (said_.has_set("fail_write") && !protocol_named(name).is_told_of_writes) {
      at("fail_write")
          .fail(fmt::format("{} cannot come about: nodes of {} are not told of their writes, so "
                            "none may fail: leave it out",
                            described(at("fail_write").value()), name));
    }
  }

  void judge_crashes(const Configuration& c) const {
    for (const std::string_view field : {"crash_interval", "crash_at_write"}) {
      refuse_if(c.crashed_max == 0, field, {"crashed_max"},
                "no node may be down: give 1 or more, or leave it out");
    }
    const bool is_none = is_never(c.crash_interval) && c.crash_at_write.is_zero();
    for (const std::string_view field :
         {"crash_mid_effects", "crash_keeps_writes", "crash_forever"}) {
      refuse_if(is_none, field, {"crash_interval", "crash_at_write"},
                "no node crashes: give one of them too");
    }
  }

  void judge_cuts(const Configuration& c) const {
    refuse_if(is_never(c.cut_interval), "cut_forever", {"cut_interval"},
              "no link is cut: give cut_interval too");
    constexpr std::uint32_t ring_nodes_min = 4;
    if (is_never(c.cut_interval) || !said_.has_set("cut_shapes") || !said_.is_fixed("node_count") ||
        c.node_count >= ring_nodes_min) {
      return;
    }
    const Located shapes = at("cut_shapes");
    for (std::size_t i = 0; i < shapes.value().size(); ++i) {
      const Located shape = shapes[i];
      if (shape.value() == cut_shape_names[static_cast<std::size_t>(CutShape::ring)]) {
        shape.fail(
            fmt::format("{} cannot come about: {}, so everybody is everybody's neighbour: "
                        "give {} nodes or more, or leave it out",
                        described(shape.value()), said_.text("node_count"), ring_nodes_min));
      }
    }
  }

  void judge_intervals(const Configuration& c) const {
    Configuration::fields(c, [&]<class T>(std::string_view name, const T& field) {
      if constexpr (std::is_same_v<T, DurationRange>) {
        const bool is_interval = std::ranges::find(intervals, name) != intervals.end();
        refuse_if(is_interval && field.min > c.chaos, name, {"chaos"},
                  "the first would come after all faults are over: give a shorter one, or more "
                  "chaos");
      }
    });
  }

  const Located& fields_;
  Said said_;
};

/// "drop, pause"
std::string names_of(const std::vector<Fault>& faults) {
  std::string names;
  for (const Fault fault : faults) {
    names += (names.empty() ? "" : ", ") + std::string(text_of(fault).name);
  }
  return names;
}

/// Those that the file asks for and that are not `shown`. That a crash loses a write is nothing
/// that a field asks for.
template <class IsShown>
std::vector<Fault> asked_but_not(const Trace& trace, IsShown is_shown) {
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Fault::count); ++i) {
    const auto fault = static_cast<Fault>(i);
    if (fault != Fault::lose_write && is_enabled(trace.configuration, fault) && !is_shown(fault)) {
      faults.push_back(fault);
    }
  }
  return faults;
}

/// The step that shows such a fault; empty where none can.
std::string_view step_of(Fault fault) {
  switch (fault) {
    case Fault::drop:
      return "drop";
    case Fault::duplicate:
      return "duplicate";
    case Fault::cut_two_way:
    case Fault::cut_one_way:
    case Fault::cut_alone:
    case Fault::cut_halves:
    case Fault::cut_ring:
    case Fault::cut_forever:
      return CutStep::name;
    case Fault::crash:
    case Fault::crash_forever:
    case Fault::crash_mid_effects:
    case Fault::lose_write:
    case Fault::keep_write:
      return CrashStep::name;
    case Fault::pause:
    case Fault::shuffle:
      return PauseStep::name;
    case Fault::skew:
      return SkewStep::name;
    case Fault::fail_write:
      return FailWriteStep::name;
    case Fault::delay:
    case Fault::slow_link:
    case Fault::slow_kind:
    case Fault::hold:
    case Fault::slow_write:
    case Fault::count:
      break;
  }
  return {};
}

/// One line each.
std::vector<std::string> fields_without_effect(const Trace& trace) {
  std::vector<std::string> lines;
  const Said said(trace);
  const Configuration& c = said.configuration();
  const auto add_if = [&](bool is_idle, const Names& fields, const Names& because,
                          std::string_view why) {
    for (const std::string_view field : fields) {
      if (is_idle && said.has_set(field) && said.are_fixed(because)) {
        lines.push_back(fmt::format("configuration.{} has no effect: {}, so {}", field,
                                    said.texts(because), why));
      }
    }
  };
  const bool has_late = !c.tail.is_zero() || !c.slow_links.is_zero() || !c.slow_kinds.is_zero();
  add_if(!has_late, {"tail_delay"}, {"tail", "slow_links", "slow_kinds"}, "no message is late");
  add_if(has_late && c.tail_delay.max <= c.delay.max, {"tail", "slow_links", "slow_kinds"},
         {"tail_delay", "delay"}, "none is later than any other");
  add_if(is_never(c.hold_interval), {"hold_duration"}, {"hold_interval"}, "no link is held");
  add_if(c.slow_write.is_zero(), {"slow_disk"}, {"slow_write"}, "no write is slow");
  add_if(!c.slow_write.is_zero() && c.slow_disk.max <= c.disk.max, {"slow_write"},
         {"slow_disk", "disk"}, "none is slower than any other");
  add_if(is_never(c.cut_interval), {"cut_duration", "cut_shapes"}, {"cut_interval"},
         "no link is cut");
  add_if(is_never(c.crash_interval) && c.crash_at_write.is_zero(), {"crash_duration"},
         {"crash_interval", "crash_at_write"}, "no node crashes");
  add_if(is_never(c.pause_interval), {"pause_duration"}, {"pause_interval"}, "no node pauses");
  add_if(is_never(c.skew_interval), {"skew_rate_min", "skew_rate_max", "skew_jump_max"},
         {"skew_interval"}, "no clock is skewed");
  return lines;
}

}  // namespace

void expect_possible_faults(const Located& fields, const Trace& trace) {
  Judge(fields, trace).judge();
}

std::vector<std::string> warnings_about(const Trace& trace) {
  if (trace.is_recorded()) {
    return {};
  }
  std::vector<std::string> lines = fields_without_effect(trace);
  const std::vector<Fault> faults = asked_but_not(trace, [&](Fault fault) {
    return std::ranges::any_of(trace.steps,
                               [&](const TraceStep& step) { return step.kind == step_of(fault); });
  });
  if (trace.has_steps && !faults.empty()) {
    lines.push_back(fmt::format(
        "the configuration asks for {}, and no step shows it: steps are taken as they are",
        names_of(faults)));
  }
  return lines;
}

std::string faults_not_shown(const Trace& trace, const FaultCounts& counts) {
  if (trace.is_recorded()) {
    return {};
  }
  const std::vector<Fault> faults = asked_but_not(
      trace, [&](Fault fault) { return counts[static_cast<std::size_t>(fault)] > 0; });
  return faults.empty() ? std::string()
                        : fmt::format("asked for, and not in this run: {}", names_of(faults));
}

}  // namespace synod
