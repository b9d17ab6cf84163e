// Linearizable: whatever clients were told can be explained by operations that each took effect at
// one moment between its call and its return, on an object that the specification describes.
//
//   struct Cell {  // how a protocol's words become those of the specification
//     using Specification = Register<std::uint32_t>;
//     static Specification::Operation operation(const my::Operation& asked);
//     static Specification::Result result(const my::Operation& asked, const my::Result& told);
//   };
//   Linearizable<Cell> property;
//
// A protocol that speaks the specification's words already needs none: Linearizable<KeyValueStore>.
#pragma once

#include <fmt/format.h>

#include <string>
#include <type_traits>
#include <utility>

#include "core/ids.h"
#include "core/text.h"
#include "properties/any/linearizability_watch.h"
#include "properties/any/object_watch.h"
#include "properties/any/sequential_specification.h"
#include "properties/finding.h"

namespace synod {

namespace linearizable_detail {

template <class A>
struct SpecificationOf {
  using Type = A;
};
template <class A>
  requires requires { typename A::Specification; }
struct SpecificationOf<A> {
  using Type = typename A::Specification;
};

template <class S>
struct Checked {
  static_assert(OrderedValue<typename S::State>,
                "a specification's State has operator<=> (= default will do), and is regular");
  static_assert(OrderedValue<typename S::Operation>,
                "a specification's Operation has operator<=> (= default will do), and is regular");
  static_assert(OrderedValue<typename S::Result>,
                "a specification's Result has operator<=> (= default will do), and is regular");
  using Type = S;
};

}  // namespace linearizable_detail

/// "c2#3's read returned 1, which no order of the operations up to then explains; possible: {2,
/// 3}". One sentence of evidence, from what a watch keeps. A set, so that how many are possible
/// makes no other finding of it: shrinking keeps to one.
template <SequentialSpecification S>
std::string violation_text(const LinearizabilityViolation<S, RequestId>& violation) {
  const std::string asked = text_of<S>(violation.operation);
  std::string key;
  if constexpr (HasKeys<S>) {
    key = fmt::format(" of {}", synod::key_of<S>(violation.operation));
  }
  const std::string who = fmt::format("{}'s {}{}", violation.id, asked, key);
  if (violation.is_refusal) {
    return fmt::format("{} was refused, but what others were told follows from it alone", who);
  }
  const std::string told = text_of<S>(violation.operation, violation.result);
  std::string text = fmt::format(
      "{} returned {}, which no order of the operations up to then explains", who, told);
  if (!violation.possible.empty()) {
    std::string possible;
    for (const typename S::Result& result : violation.possible) {
      possible += possible.empty() ? "" : ", ";
      possible += text_of<S>(violation.operation, result);
    }
    text += fmt::format("; possible: {{{}}}", possible);
  }
  return text;
}

inline constexpr PropertyText any_linearizable_text = {
    "linearizable", "each operation takes effect at one moment between its call and its return",
    "Herlihy and Wing, 1990: \"Linearizability: a correctness condition for concurrent "
    "objects\""};

/// What its future depends on is all that it keeps, in one form, so that a search can hold it. The
/// story of how it came to it is not among that.
template <class Adapter>
class Linearizable {
 public:
  using Specification = typename linearizable_detail::Checked<
      typename linearizable_detail::SpecificationOf<Adapter>::Type>::Type;
  using Operation = typename Specification::Operation;
  using Result = typename Specification::Result;

  static constexpr PropertyText text = any_linearizable_text;
  /// More work than this, and nothing can be concluded.
  static constexpr std::string_view limit = "the orders of concurrent operations that are tried";

  void start() { watch_ = {}; }

  void call(RequestId id, const Operation& operation) { watch_.call(id, operation); }
  void returned(RequestId id, const Result& result) { watch_.returned(id, result); }
  void refused(RequestId id) { watch_.refused(id); }
  void gave_up(RequestId id) { watch_.gave_up(id); }

  [[nodiscard]] Linearizability verdict() const { return watch_.verdict(); }
  /// One sentence; empty while there is no violation.
  [[nodiscard]] std::string finding() const {
    const auto* const violation = watch_.violation();
    return violation == nullptr ? std::string() : violation_text<Specification>(*violation);
  }

  /// Of a client that calls, or that returns in one of three ways: `event.request` has `id` and
  /// `operation`; with `event.result` and `event.standing` (final, refused or unknown) it is the
  /// return.
  template <class Event>
    requires requires(const Event& event) {
      event.request.id;
      event.request.operation;
    }
  void on(const Event& event, Findings& findings) {
    if constexpr (requires { event.standing; }) {
      using Stands = std::remove_cvref_t<decltype(event.standing)>;
      if (event.standing == Stands::refused) {
        refused(event.request.id);
      } else if (event.standing == Stands::unknown) {
        gave_up(event.request.id);
      } else {
        returned(event.request.id, specified(event.request.operation, event.result));
      }
    } else {
      call(event.request.id, specified(event.request.operation));
    }
    findings.expect(verdict() != Linearizability::not_linearizable, text,
                    [&] { return finding(); });
    if (verdict() == Linearizability::inconclusive) {
      findings.meet(limit);
    }
  }
  template <class Event>
  void on(const auto& /*history*/, const Event& event, Findings& findings)
    requires requires { this->on(event, findings); }
  {
    on(event, findings);
  }

  bool operator==(const Linearizable&) const = default;
  static constexpr void fields(auto& self, auto&& visit) { visit("watch", self.watch_); }

 private:
  template <class Asked>
  static Operation specified(const Asked& asked) {
    if constexpr (requires { Adapter::operation(asked); }) {
      return Adapter::operation(asked);
    } else {
      return asked;
    }
  }
  template <class Asked, class Told>
  static Result specified(const Asked& asked, const Told& told) {
    if constexpr (requires { Adapter::result(asked, told); }) {
      return Adapter::result(asked, told);
    } else if constexpr (std::convertible_to<const Told&, Result>) {
      return told;
    } else {
      return told.value;
    }
  }

  LinearizabilityWatch<Specification, RequestId> watch_;
};

}  // namespace synod
