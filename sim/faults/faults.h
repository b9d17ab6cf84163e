// All faults: one file each (sim/faults/fault.h says what stands there), and the list of them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/named_text.h"
#include "sim/faults/crash.h"
#include "sim/faults/cut.h"
#include "sim/faults/drop.h"
#include "sim/faults/duplicate.h"
#include "sim/faults/fail_write.h"
#include "sim/faults/fault.h"
#include "sim/faults/hold.h"
#include "sim/faults/late_message.h"
#include "sim/faults/pause.h"
#include "sim/faults/skew.h"
#include "sim/faults/slow_write.h"
#include "sim/faults/stale_read.h"
#include "sim/time.h"

namespace synod {

/// In the order in which they are listed, and their fields written. Three orders are fixed besides,
/// because the meaning of a seed, or of a fingerprint, depends on them: that of the steps
/// (sim/world/step.h), that in which the nemesis goes about (sim/schedule/nemesis.h), and the parts
/// of its luck from which the swarm draws (`swarm_part`). What is new needs no place in any of
/// these.
using Faults = std::tuple<faults::LateMessage, faults::Drop, faults::Duplicate, faults::Hold,
                          faults::SlowWrite, faults::FailWrite, faults::Cut, faults::Crash,
                          faults::StaleRead, faults::Pause, faults::Skew>;

/// Calls `visit.operator()<F>()` for each of them in turn.
template <class Visit>
constexpr void for_each_fault(Visit&& visit) {
  [&]<class... Fs>(std::type_identity<std::tuple<Fs...>>) {
    (visit.template operator()<Fs>(), ...);
  }(std::type_identity<Faults>{});
}

namespace detail {
/// Each field has its text, in the same order.
template <class F>
constexpr bool has_field_texts() {
  const typename F::Fields fields;
  std::size_t place = 0;
  bool are_all = true;
  F::Fields::fields(fields, [&](std::string_view name, const auto& /*field*/) {
    are_all = are_all && place < F::field_texts.size() && F::field_texts[place].name == name;
    ++place;
  });
  return are_all && place == F::field_texts.size();
}
template <class... Fs>
constexpr bool have_field_texts(std::type_identity<std::tuple<Fs...>> /*faults*/) {
  return (has_field_texts<Fs>() && ...);
}
}  // namespace detail
static_assert(detail::have_field_texts(std::type_identity<Faults>()));

/// One kind of a fault, by its place among all: those that a configuration can enable and a run can
/// suffer.
enum class Fault : std::uint8_t {};

namespace detail {

void there_is_no_such_fault();  // cannot be called while compiling, which is the point

template <class... Fs>
constexpr std::size_t count_kinds(std::type_identity<std::tuple<Fs...>> /*faults*/) {
  return (Fs::kinds.size() + ... + 0);
}
template <class List, class... Others>
struct Appended {
  using Type = List;
};
template <class... Ts, class Other, class... Others>
struct Appended<std::tuple<Ts...>, Other, Others...> {
  static constexpr bool is_there = (std::is_same_v<Ts, Other> || ...);
  using List = std::conditional_t<is_there, std::tuple<Ts...>, std::tuple<Ts..., Other>>;
  using Type = typename Appended<List, Others...>::Type;
};
template <class List, class Others>
struct AppendedAll;
template <class List, class... Others>
struct AppendedAll<List, std::tuple<Others...>> {
  using Type = typename Appended<List, Others...>::Type;
};

template <class P, class F>
constexpr auto steps_of() {
  if constexpr (requires { typename F::template Steps<P>; }) {
    return std::type_identity<typename F::template Steps<P>>{};
  } else {
    return std::type_identity<std::tuple<>>{};
  }
}
template <class... Lists>
using Joined = decltype(std::tuple_cat(std::declval<Lists>()...));
template <class P, class All>
struct StepsOfAll;
template <class P, class... Fs>
struct StepsOfAll<P, std::tuple<Fs...>> {
  template <class List>
  struct Identities;
  template <class... Steps>
  struct Identities<std::tuple<Steps...>> {
    using Type = std::tuple<std::type_identity<Steps>...>;  // which need not be complete
  };
  template <class List>
  struct Steps;
  template <class... Ids>
  struct Steps<std::tuple<Ids...>> {
    using Type = std::tuple<typename Ids::type...>;
  };
  using Type = typename Steps<
      Joined<typename Identities<typename decltype(steps_of<P, Fs>())::type>::Type...>>::Type;
};

}  // namespace detail

/// A list of types, and after it those of another that it does not have.
template <class List, class Others>
using WithTheOthers = typename detail::AppendedAll<List, Others>::Type;

/// The steps of all faults, in the order of the list.
template <class P>
using StepsOfFaults = typename detail::StepsOfAll<P, Faults>::Type;

namespace detail {
template <class F>
struct TimedOf {
  using Type = std::tuple<>;
};
template <class F>
  requires requires { typename F::Timed; }
struct TimedOf<F> {
  using Type = typename F::Timed;
};
template <class List>
struct AsVariantOf;
template <class... Ts>
struct AsVariantOf<std::tuple<Ts...>> {
  using Type = std::variant<Ts...>;
};
template <class... Fs>
auto timed_of(std::type_identity<std::tuple<Fs...>> /*faults*/)
    -> Joined<typename TimedOf<Fs>::Type...>;
}  // namespace detail

/// What a scenario's file wants to happen, and when: all else is drawn around it.
struct TimedFault {
  using Action =
      typename detail::AsVariantOf<decltype(detail::timed_of(std::type_identity<Faults>{}))>::Type;
  Time at;
  Action action;
  bool operator==(const TimedFault&) const = default;

  /// When it is over, of one that knows; else when it comes.
  [[nodiscard]] Time until() const {
    return std::visit(
        [&](const auto& kind) {
          if constexpr (requires { kind.until; }) {
            return std::max(at, kind.until);
          } else {
            return at;
          }
        },
        action);
  }
};

/// Calls `visit.operator()<T>(text)` for each kind of what may have a time, in the order of the
/// faults.
template <class Visit>
constexpr void for_each_timed(Visit&& visit) {
  for_each_fault([&]<class F>() {
    if constexpr (requires { typename F::Timed; }) {
      [&]<class... Ts>(std::type_identity<std::tuple<Ts...>>) {
        std::size_t place = 0;
        (visit.template operator()<Ts>(F::timed_texts[place++]), ...);
      }(std::type_identity<typename F::Timed>{});
    }
  });
}

inline constexpr std::size_t fault_count = detail::count_kinds(std::type_identity<Faults>{});

/// How often each kind of fault has happened.
using FaultCounts = std::array<std::uint64_t, fault_count>;

template <class F>
constexpr Fault fault_of(typename F::Kind kind) {
  std::size_t before = 0;
  bool is_found = false;
  for_each_fault([&]<class Other>() {
    is_found = is_found || std::is_same_v<Other, F>;
    before += is_found ? 0 : Other::kinds.size();
  });
  return static_cast<Fault>(before + static_cast<std::size_t>(kind));
}

/// By its name; one that there is not does not compile.
consteval Fault fault_named(std::string_view name) {
  std::size_t place = 0;
  std::size_t found = fault_count;
  for_each_fault([&]<class F>() {
    for (const NamedText& kind : F::kinds) {
      found = kind.name == name ? place : found;
      ++place;
    }
  });
  if (found == fault_count) {
    detail::there_is_no_such_fault();
  }
  return static_cast<Fault>(found);
}

namespace detail {
/// The fields of all faults: what a configuration is made of.
template <class All>
struct FieldsOfAll;
template <class... Fs>
struct FieldsOfAll<std::tuple<Fs...>> : Fs::Fields... {
  static constexpr void fields(auto& self, auto&& visit) { (Fs::Fields::fields(self, visit), ...); }
  bool operator==(const FieldsOfAll&) const = default;
};
}  // namespace detail
using FieldsOfFaults = detail::FieldsOfAll<Faults>;

/// Takes away what cannot befall nodes of this protocol, whatever was drawn.
template <class P>
void keep_what_can_happen(auto& configuration) {
  for_each_fault([&]<class F>() {
    if constexpr (requires { F::template take_away<P>(configuration); }) {
      F::template take_away<P>(configuration);
    }
  });
}

}  // namespace synod
