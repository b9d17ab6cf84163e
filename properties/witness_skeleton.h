// What witnesses of protocols with a history have in common: the history, what was found, the
// properties, and how these are asked. Which of the engine's events is which of the history's is
// the witness's own; what the history keeps of it stands in the history.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

#include "core/fields.h"
#include "core/text.h"
#include "properties/finding.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod {

/// `Properties` is a std::tuple. Each is asked about an event by `on(history, event, findings)`, if
/// it has one for it; so are the probes, by `on(history, event)`.
template <Protocol P, class History, class Properties, class Probes>
class WitnessSkeleton {
 public:
  using All = Properties;

  /// Someone else's finding about this run.
  void report(const PropertyText& property, const std::string& finding) {
    findings_.expect(false, property, [&] { return finding; });
  }
  [[nodiscard]] const Findings& findings() const { return findings_; }
  [[nodiscard]] const History& history() const { return history_; }
  /// Bit i: the i-th of the witness's `probe_texts`.
  [[nodiscard]] std::uint32_t probes_reached() const { return probes_.reached(); }

  void on(const World<P>& /*world*/, const LimitMet& met) { findings_.meet(met.limit); }
  void on(const World<P>& /*world*/, const BeyondEveryModel& beyond) {
    findings_.go_beyond_every_model(beyond.what);
  }
  void on(const World<P>& /*world*/, const Broken& broken) {
    findings_.expect(false, assertion_text, [&] {
      return fmt::format("{}: \"{}\" is broken", broken.node, broken.invariant);
    });
  }

  /// What the verdicts to come depend on, by name. Findings and probes are none of it.
  static constexpr void fields(auto& self, auto&& visit) {
    visit("history", self.history_);
    leave_out(visit, self.findings_);
    visit_properties(visit, self.properties_);
    leave_out(visit, self.probes_);
  }

 protected:
  /// All but the history. Violations of the properties named in `given_up` are none; the names must
  /// outlive the run.
  void start(std::span<const std::string_view> given_up) {
    findings_.start(given_up);
    std::apply([](auto&... property) { (start_one(property), ...); }, properties_);
    probes_.start();
  }
  template <class Event>
  void tell(const Event& event) {
    std::apply([&](auto&... property) { (ask(property, event), ...); }, properties_);
    if constexpr (requires { probes_.on(history_, event); }) {
      probes_.on(history_, event);
    }
  }

  History history_;
  Findings findings_;
  Properties properties_;
  Probes probes_;

 private:
  static void start_one(auto& property) {
    if constexpr (requires { property.start(); }) {
      property.start();
    }
  }
  template <class Property, class Event>
  void ask(Property& property, const Event& event) {
    if constexpr (requires { property.on(history_, event, findings_); }) {
      property.on(history_, event, findings_);
    }
  }
};

}  // namespace synod
