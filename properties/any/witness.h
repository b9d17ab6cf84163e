// The witness of a protocol that brings no witness of its own: it tells its properties what
// happens, and adds those that come for nothing. Agreement, where nodes learn something; one order,
// where they apply entries; assertions; and, from the runner, progress and determinism.
//
// A property is a struct with `static constexpr PropertyText text` and `on(event, findings)` for
// the events of sim/world/observation.h that it cares about, or `on(world, event, findings)`. One
// that is to be searched has `fields` over all that it remembers.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "core/named_text.h"
#include "properties/any/agreement.h"
#include "properties/any/one_order.h"
#include "properties/finding.h"
#include "sim/protocol.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P, class... Properties>
class AnyWitness {
 public:
  /// Those that come for nothing first.
  using All = decltype(std::tuple_cat(
      std::declval<std::conditional_t<learns<P>, std::tuple<Agreement<P>>, std::tuple<>>>(),
      std::declval<std::conditional_t<applies<P>, std::tuple<OneOrder<P>>, std::tuple<>>>(),
      std::declval<std::tuple<Properties...>>()));

  static constexpr std::array<NamedText, 5> probe_texts = {
      {{"answered", "a client got a result"},
       {"refused", "every node that a client asked refused"},
       {"gave_up", "a client waited in vain, or no node could say"},
       {"crashed_between", "a node crashed after a write, before what waited for it had left"},
       {"lost_a_write", "a crash lost a write"}}};
  static constexpr std::array<NamedText, 1> sometimes_texts = {
      {{"answered", "a client got a result"}}};

  /// Can what it remembers be part of a state, for an exhaustive search?
  static constexpr bool can_be_searched = []<class... Ps>(std::type_identity<std::tuple<Ps...>>) {
    return ((std::is_empty_v<Ps> || requires(Ps& property) {
              Ps::fields(property, [](std::string_view, auto&) {});
            }) && ...);
  }(std::type_identity<All>{});

  void start(std::span<const std::string_view> given_up) {
    findings_.start(given_up);
    properties_ = {};
    probes_ = 0;
    is_answered_ = false;
    is_decided_ = false;
  }
  void finish() {}
  void report(const PropertyText& property, const std::string& text) {
    findings_.expect(false, property, [&] { return text; });
  }
  [[nodiscard]] const Findings& findings() const { return findings_; }
  [[nodiscard]] std::uint64_t probes_reached() const { return probes_; }
  /// A client got a result, or a node learned or applied something.
  [[nodiscard]] bool is_decided() const { return is_decided_; }
  [[nodiscard]] std::string news_since_decided(bool /*was_decided*/) const { return {}; }
  /// Only where all properties can be part of a state.
  [[nodiscard]] std::uint8_t sometimes_shown() const
    requires(can_be_searched)
  {
    return is_answered_ ? 1 : 0;
  }

  void on(const World<P>& world, const Returned<P>& returned) {
    reach(returned.standing == Standing::final     ? 0
          : returned.standing == Standing::refused ? 1
                                                   : 2);
    is_answered_ = is_answered_ || returned.standing == Standing::final;
    is_decided_ = is_decided_ || is_answered_;
    tell(world, returned);
  }
  void on(const World<P>& world, const Learned<P>& learned) {
    is_decided_ = true;
    tell(world, learned);
  }
  void on(const World<P>& world, const EntryApplied<P>& applied) {
    is_decided_ = true;
    tell(world, applied);
  }
  void on(const World<P>& world, const Crashed& crashed) {
    if (crashed.is_between_write_and_send) {
      reach(3);
    }
    if (crashed.writes_lost > 0) {
      reach(4);
    }
    tell(world, crashed);
  }
  void on(const World<P>& world, const Broken& broken) {
    report(assertion_text, std::string(to_text(broken.node)) + ": " + broken.invariant);
    tell(world, broken);
  }
  void on(const World<P>& world, const LimitMet& met) {
    findings_.meet(met.limit);
    tell(world, met);
  }
  void on(const World<P>& world, const BeyondEveryModel& beyond) {
    findings_.go_beyond_every_model(beyond.what);
    tell(world, beyond);
  }
  /// What nodes log proves nothing, and costs nothing in a campaign, where nobody reads it.
  template <class Event>
    requires(!std::same_as<Event, Logged>)
  void on(const World<P>& world, const Event& event) {
    tell(world, event);
  }

  /// Of the properties, each by itself.
  static constexpr bool fields_are_unchecked = true;
  /// What the verdicts to come depend on. Findings and probes are none of it.
  static constexpr void fields(auto& self, auto&& visit) {
    visit("is_answered", self.is_answered_);
    visit("is_decided", self.is_decided_);
    const auto visit_one = [&]<class Property>(Property& property) {
      if constexpr (!std::is_empty_v<Property>) {
        visit(property.text.name, property);
      }
    };
    std::apply([&](auto&... property) { (visit_one(property), ...); }, self.properties_);
  }

 private:
  void reach(unsigned probe) { probes_ |= std::uint64_t{1} << probe; }

  template <class Event>
  void tell(const World<P>& world, const Event& event) {
    std::apply([&](auto&... property) { (tell_one(property, world, event), ...); }, properties_);
  }
  template <class Property, class Event>
  void tell_one(Property& property, const World<P>& world, const Event& event) {
    if constexpr (requires { property.on(event, findings_); }) {
      property.on(event, findings_);
    } else if constexpr (requires { property.on(world, event, findings_); }) {
      property.on(world, event, findings_);
    }
  }

  Findings findings_;
  All properties_;
  std::uint64_t probes_ = 0;
  bool is_answered_ = false;
  bool is_decided_ = false;
};

}  // namespace synod
