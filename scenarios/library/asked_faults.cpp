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
#include "sim/world/step.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

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

class Judge {
 public:
  Judge(const Located& fields, const Trace& trace) : fields_(fields), said_(trace) {}

  void judge() const {
    const Configuration& c = said_.configuration();
    for_each_fault([&]<class F>() {
      if constexpr (requires { F::fields_that_ask; }) {
        for (const std::string_view field : F::fields_that_ask) {
          refuse_if(c.operations == 0, field, {"operations"},
                    "the run is over before it begins: give 1 operation or more");
        }
      }
    });
    for_each_fault([&]<class F>() { judge<F>(c); });
    judge_cut_shapes(c);
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

  template <class F>
  void judge(const Configuration& c) const {
    const auto refuse = [this](bool is_impossible, std::string_view field, const Names& because,
                               std::string_view why) {
      refuse_if(is_impossible, field, because, why);
    };
    if constexpr (requires { F::refuse(c, refuse); }) {
      F::refuse(c, refuse);
    }
    if constexpr (requires { F::field_of_told_writes; }) {
      const std::string_view field = F::field_of_told_writes;
      const std::string& name = said_.protocol();
      if (said_.has_set(field) && !protocol_named(name).is_told_of_writes) {
        at(field).fail(
            fmt::format("{} cannot come about: nodes of {} are not told of their "
                        "writes, so none may fail: leave it out",
                        described(at(field).value()), name));
      }
    }
  }

  /// Each shape is refused where it stands.
  void judge_cut_shapes(const Configuration& c) const {
    constexpr std::uint32_t ring_nodes_min = faults::Cut::ring_nodes_min;
    if (faults::is_never(c.cut_interval) || !said_.has_set("cut_shapes") ||
        !said_.is_fixed("node_count") || c.node_count >= ring_nodes_min) {
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
        refuse_if(name.ends_with("_interval") && field.min > c.chaos, name, {"chaos"},
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

/// Those that the file asks for and that are not shown: `is_shown(fault, step)`, where `step` is
/// the name of the step that shows it; empty where none can.
template <class IsShown>
std::vector<Fault> asked_but_not(const Trace& trace, IsShown is_shown) {
  std::vector<Fault> faults;
  const auto look_at = [&]<class F>(typename F::Kind kind) {
    if constexpr (requires { F::is_asked_for(kind); }) {
      if (!F::is_asked_for(kind)) {
        return;
      }
    }
    std::string_view step;
    if constexpr (requires { F::shown_by; }) {
      step = F::shown_by;
    }
    const Fault fault = fault_of<F>(kind);
    if (F::is_enabled(trace.configuration, kind) && !is_shown(fault, step)) {
      faults.push_back(fault);
    }
  };
  for_each_fault([&]<class F>() {
    for (std::size_t i = 0; i < F::kinds.size(); ++i) {
      look_at.template operator()<F>(static_cast<typename F::Kind>(i));
    }
  });
  return faults;
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
  for_each_fault([&]<class F>() {
    if constexpr (requires { F::find_idle(c, add_if); }) {
      F::find_idle(c, add_if);
    }
  });
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
  const std::vector<Fault> faults =
      asked_but_not(trace, [&](Fault /*fault*/, std::string_view name) {
        return std::ranges::any_of(trace.steps,
                                   [&](const TraceStep& step) { return step.kind == name; });
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
  const std::vector<Fault> faults =
      asked_but_not(trace, [&](Fault fault, std::string_view /*name*/) {
        return counts[static_cast<std::size_t>(fault)] > 0;
      });
  return faults.empty() ? std::string()
                        : fmt::format("asked for, and not in this run: {}", names_of(faults));
}

}  // namespace synod
