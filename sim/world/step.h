// A run is a list of steps, and this is the closed list of what a step can be.
//
// Steps name things by what they are: a delivery names sender, receiver and message, not a place in
// a queue. A list of steps therefore survives an edit of the protocol: a step that no longer
// applies is skipped and counted. The same names serve code, traces, command line and prose.
//
// Those by which nothing goes wrong are in sim/plain_steps.h, the others in the files of their
// faults.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>

#include "core/fields.h"
#include "core/ids.h"
#include "sim/faults/faults.h"
#include "sim/packet.h"
#include "sim/plain_steps.h"
#include "sim/time.h"

namespace synod {

namespace detail {
/// A fingerprint tells kinds of step by their places, so those of these are fixed.
template <class P>
using PlacedSteps =
    std::tuple<AskStep<RequestFor<P>>, AbandonStep, DeliverStep<P>, DropStep<P>, DuplicateStep<P>,
               FireStep<P>, FinishWriteStep, CrashStep, RestartStep, PauseStep, ResumeStep, CutStep,
               HealStep, SkewStep, FailWriteStep, LuckStep>;
template <class Steps>
struct AsVariant;
template <class... Steps>
struct AsVariant<std::tuple<Steps...>> {
  using Type = std::variant<Steps...>;
};
}  // namespace detail

/// What has no place yet comes after the others, in the order of the faults.
template <class P>
using Action =
    typename detail::AsVariant<WithTheOthers<detail::PlacedSteps<P>, StepsOfFaults<P>>>::Type;

/// For whoever does something about each kind of step: naming those of which there is nothing to
/// say, so that a kind that is new does not compile until somebody says what becomes of it.
template <class S, class... Steps>
concept IsOneOf = (std::same_as<S, Steps> || ...);

template <class P>
struct Step {
  Time at;
  Action<P> action;
  bool operator==(const Step&) const = default;
};

namespace detail {
/// Stands for any protocol: the kinds of step are the same for all.
struct NoProtocol {
  using Message = std::monostate;
  using Operation = std::monostate;
  using Result = std::monostate;
  enum class Timer : std::uint8_t {};
};
template <class... Steps>
constexpr std::array<std::string_view, sizeof...(Steps)> names_of(
    std::type_identity<std::variant<Steps...>> /*action*/) {
  static_assert((fields_cover<Steps> && ...), "a step's fields are its own, and all of them");
  return {Steps::name...};
}
}  // namespace detail

/// The names of all steps, in the order of `Action`.
inline constexpr auto step_names =
    detail::names_of(std::type_identity<Action<detail::NoProtocol>>{});
inline constexpr std::size_t step_kind_count = step_names.size();

/// Does this step ask for what a disk held before? Then the world must have kept it.
template <class... Steps>
bool reads_older_disks(const std::variant<Steps...>& action) {
  return std::visit([]<class S>(const S& /*step*/) { return faults::ReadsOlderDisks<S>; }, action);
}

/// Calls `visit.operator()<Step>()` for each step of a fault, those that are the same for all
/// protocols, in the order of the faults.
template <class Visit>
constexpr void for_each_step_of_fault(Visit&& visit) {
  [&]<class... Steps>(std::type_identity<std::tuple<Steps...>>) {
    (visit.template operator()<Steps>(), ...);
  }(std::type_identity<StepsOfFaults<detail::NoProtocol>>{});
}

}  // namespace synod
