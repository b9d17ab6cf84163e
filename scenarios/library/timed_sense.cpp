#include "scenarios/library/timed_sense.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/text.h"
#include "scenarios/format/located_json.h"
#include "scenarios/format/timed_faults.h"
#include "sim/clock.h"
#include "sim/limits.h"

namespace synod {
namespace {

/// Can a fault of this kind be drawn as well?
template <class F>
bool can_be_drawn(const Trace& trace) {
  bool can = trace.is_swarm;
  for (std::size_t i = 0; i < F::kinds.size(); ++i) {
    can = can || F::is_enabled(trace.configuration, static_cast<typename F::Kind>(i));
  }
  return can;
}

/// What the file's faults alone make of the world, one after the other.
class TimedWorld {
 public:
  explicit TimedWorld(const Trace& trace) : trace_(trace) {}

  /// Empty where it does something; else why not.
  [[nodiscard]] std::string complaint_about(const CrashStep& crash) const {
    return down_.contains(crash.node) ? fmt::format("{} is down already", crash.node) : "";
  }
  [[nodiscard]] std::string complaint_about(const RestartStep& restart) const {
    return down_.contains(restart.node) || about_to_crash_.contains(restart.node) ||
                   can_be_drawn<faults::Crash>(trace_)
               ? ""
               : fmt::format("{} is not down then", restart.node);
  }
  [[nodiscard]] std::string complaint_about(const PauseStep& pause) const {
    return paused_.contains(pause.node) ? fmt::format("{} stands still already", pause.node)
           : down_.contains(pause.node) ? fmt::format("{} is down then", pause.node)
                                        : "";
  }
  [[nodiscard]] std::string complaint_about(const ResumeStep& resume) const {
    return paused_.contains(resume.node) || can_be_drawn<faults::Pause>(trace_)
               ? ""
               : fmt::format("{} does not stand still then", resume.node);
  }
  [[nodiscard]] std::string complaint_about(const CutStep& cut) const {
    return cut.count_in(cut_) == cut.count() ? "these links are cut already" : "";
  }
  [[nodiscard]] std::string complaint_about(const HealStep& heal) const {
    return heal.count_in(cut_) > 0 || can_be_drawn<faults::Cut>(trace_)
               ? ""
               : "none of these links is cut then";
  }
  [[nodiscard]] std::string complaint_about(const SkewStep& skew) const {
    return skew.rate == rates_[skew.node.index] && skew.jump_ticks == 0
               ? fmt::format("{}'s clock runs at {}/{} already, and does not jump", skew.node,
                             skew.rate, Clock::rate_one)
               : "";
  }
  static std::string complaint_about(const faults::SlowNode& /*slow*/) { return ""; }

  /// Does it cut what is cut already, in part?
  [[nodiscard]] bool overlaps(const CutStep& cut) const { return cut.count_in(cut_) > 0; }

  void take(const CrashStep& crash) {
    if (crash.after_effects > 0) {  // nobody can say when
      about_to_crash_.insert(crash.node);
      return;
    }
    down_.insert(crash.node);
    paused_.erase(crash.node);
  }
  void take(const RestartStep& restart) {
    down_.erase(restart.node);
    about_to_crash_.erase(restart.node);
  }
  void take(const PauseStep& pause) { paused_.insert(pause.node); }
  void take(const ResumeStep& resume) { paused_.erase(resume.node); }
  void take(const CutStep& cut) { cut.try_add_to(cut_); }
  void take(const HealStep& heal) { heal.try_take_from(cut_); }
  void take(const SkewStep& skew) { rates_[skew.node.index] = skew.rate; }
  void take(const faults::SlowNode& /*slow*/) {}

 private:
  const Trace& trace_;
  NodeSet down_;
  NodeSet about_to_crash_;
  NodeSet paused_;
  Cuts cut_{};
  std::array<std::uint32_t, node_count_max> rates_ = [] {
    std::array<std::uint32_t, node_count_max> rates{};
    rates.fill(Clock::rate_one);
    return rates;
  }();
};

}  // namespace

void expect_possible_timed_faults(const Located& list, const Trace& trace) {
  if (list.value().empty()) {
    list.fail("no fault in it: give one, or leave it out");
  }
  if (trace.has_steps) {
    list.fail(
        "steps are taken as they are, and no fault comes between them: leave out either, or write "
        "the faults as steps");
  }
  if (trace.configuration.operations == 0 && !trace.is_swarm) {
    list.fail(
        "none can come about: operations is 0, so the run is over before it begins: give 1 "
        "operation or more");
  }
  // An entry is one change or several: of a cut both ways, one way may be cut already.
  struct Entry {
    bool does_something = false;
    std::string why_not;
  };
  std::vector<Entry> entries(list.value().size());
  TimedWorld world(trace);
  bool does_a_cut_end = false;
  std::size_t before = entries.size();  // a cut both ways is two changes of one entry
  const Cluster cluster{trace.configuration.node_count, trace.configuration.client_count};
  for (const ReadFault& read : read_fault_entries(list, cluster)) {
    std::visit(
        [&]<class T>(const T& action) {
          if constexpr (std::is_same_v<T, CutStep>) {
            does_a_cut_end = does_a_cut_end || list[read.entry].find("until");
            if (does_a_cut_end && read.entry != before && world.overlaps(action)) {
              list[read.entry].fail(
                  "it cuts links that are cut already, and where either ends, both would: name "
                  "each link once");
            }
          }
          before = read.entry;
          if (!read.is_end) {
            std::string why_not = world.complaint_about(action);
            Entry& entry = entries[read.entry];
            entry.does_something = entry.does_something || why_not.empty();
            entry.why_not = std::move(why_not);
          }
          world.take(action);
        },
        read.fault.action);
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!entries[i].does_something) {
      list[i].fail(fmt::format("it does nothing: {}: give it another time, or leave it out",
                               entries[i].why_not));
    }
  }
}

}  // namespace synod
