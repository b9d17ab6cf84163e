// `fields`: the one source of what the parts of a state are. Hashes, bytes of a search, texts and
// JSON all come from it.
//
//   struct Durable {
//     Ballot promised;
//     Vote vote;
//     static constexpr void fields(auto& self, auto&& visit) {
//       visit("promised", self.promised);
//       visit("vote", self.vote);
//     }
//   };
//
// Every member is visited once, in the order of declaration; whoever uses `fields` asserts
// `fields_cover<T>`, so that a member that was forgotten does not compile. What is no plain member,
// a type says in words: see `leave_out`, `visit_parts`, `visit_round`, and `members` below.
//
// What a field may be: bool, whole numbers, enumerations, std::string, whatever has `fields`
// itself, the ids and sets of core, and of these std::array, vector, deque, list and InlineVector
// (their order means something), std::set and std::map, Unordered, PerNode and PerClient,
// std::optional, pair, tuple and variant.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace synod {

namespace detail {
struct AnyVisitor {
  constexpr void operator()(std::string_view /*name*/, auto& /*field*/) const {}
};
}  // namespace detail

template <class T>
concept HasFields =
    requires(T& object) { std::remove_cv_t<T>::fields(object, detail::AnyVisitor{}); };

// ---- What a `fields` says beside its fields -----------------------------------------------------

/// These members take no part in what the object means: they are neither hashed nor written nor
/// shown. Say beside it why.
template <class Visit, class... Members>
constexpr void leave_out([[maybe_unused]] Visit& visit, Members&... members) {
  if constexpr ((requires { visit.whole(members); } && ...)) {
    (visit.whole(members), ...);
  }
}

/// The fields of this member, or of this base, as if they were the object's own.
template <class Visit, class Part>
constexpr void visit_parts(Visit& visit, Part& part) {
  if constexpr (requires { visit.whole(part); }) {
    visit.whole(part);
  } else {
    std::remove_cv_t<Part>::fields(part, visit);
  }
}
/// For `visit_parts`: an object as its base.
template <class Base>
constexpr const Base& as_base(const Base& object) {
  return object;  // NOLINT(bugprone-return-const-ref-from-parameter): for the object in `fields`
}
template <class Base>
constexpr Base& as_base(Base& object) {
  return object;
}

/// A number that is a ballot's round, and rises with those of the ballots
/// (scenarios/explore/rounds.h says what for). 0 is none.
template <class Visit, class Number>
constexpr void visit_round(Visit& visit, std::string_view name, Number& round) {
  if constexpr (requires { visit.round(round); }) {
    visit.round(round);
  } else {
    visit(name, round);
  }
}
/// A number of tries, which makes no choice but when to give up.
template <class Visit, class Number>
constexpr void visit_tries(Visit& visit, std::string_view name, Number& tries) {
  if constexpr (requires { visit.tries(tries); }) {
    visit.tries(tries);
  } else {
    visit(name, tries);
  }
}

// ---- Is every member among them? ----------------------------------------------------------------

namespace detail {

/// Notes of the members that it is told of how many there are, and where the last would end.
struct Coverage {
  std::size_t count = 0;  ///< an array of C counts as its elements
  std::size_t end = 0;

  template <class Member>
  constexpr void whole(Member& /*member*/) {
    count += elements<Member>();
    end = (end + alignof(Member) - 1) / alignof(Member) * alignof(Member) + sizeof(Member);
  }
  constexpr void operator()(std::string_view /*name*/, auto& field) { whole(field); }

 private:
  template <class Member>
  static constexpr std::size_t elements() {
    if constexpr (std::is_array_v<Member>) {
      return std::extent_v<Member> * elements<std::remove_extent_t<Member>>();
    } else {
      return 1;
    }
  }
};

/// An object that is never there: its members can be named, but not read.
template <class T>
union Nowhere {
  char nothing = 0;
  T object;
  constexpr Nowhere() {}   // NOLINT(modernize-use-equals-default): `= default` would be deleted
  constexpr ~Nowhere() {}  // NOLINT(modernize-use-equals-default)
};

/// Visits the members, of no object.
template <class T, class Visit>
constexpr void visit_members(Visit& visit) {
  Nowhere<T> nowhere;
  if constexpr (requires { T::members(nowhere.object, visit); }) {
    T::members(nowhere.object, visit);
  } else {
    T::fields(nowhere.object, visit);
  }
}
template <class T>
constexpr Coverage coverage() {
  Coverage coverage;
  visit_members<T>(coverage);
  return coverage;
}

/// Converts to whatever is wanted, but to the aggregate itself: in questions, never in a program.
template <class T>
struct Anything {
  template <class Member>
    requires(!std::same_as<Member, T>)
  operator Member() const {  // NOLINT(google-explicit-constructor)
    __builtin_unreachable();
  }
};
template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...> /*indices*/) {
  return requires { T{(static_cast<void>(I), Anything<T>{})...}; };
}
template <class T, std::size_t Count>
inline constexpr bool takes_initializers = takes<T>(std::make_index_sequence<Count>{});

/// Of an aggregate.
template <class T, std::size_t Count>
inline constexpr bool has_members =
    takes_initializers<T, Count> && !takes_initializers<T, Count + 1>;

/// Converts to the bases of an aggregate that have no members.
template <class T>
struct AnyEmptyBase {
  template <class Base>
    requires(std::is_base_of_v<Base, T> && std::is_empty_v<Base> && !std::same_as<Base, T>)
  operator Base() const {  // NOLINT(google-explicit-constructor)
    __builtin_unreachable();
  }
};
/// They come first, and there is nothing in them to visit.
template <class T>
constexpr std::size_t empty_base_count() {
  if constexpr (requires { T{AnyEmptyBase<T>{}, AnyEmptyBase<T>{}}; }) {
    return 2;  // of more, the others are not known to be there
  } else if constexpr (requires { T{AnyEmptyBase<T>{}}; }) {
    return 1;
  } else {
    return 0;
  }
}

template <class T>
constexpr bool do_fields_cover() {
  if constexpr (requires { T::fields_are_unchecked; }) {
    return true;
  } else {
    constexpr Coverage found = coverage<T>();
    bool does_cover = true;
    if constexpr (std::is_aggregate_v<T>) {
      does_cover =
          has_members<T, found.count> || has_members<T, found.count + empty_base_count<T>()>;
    }
    const std::size_t size = (found.end + alignof(T) - 1) / alignof(T) * alignof(T);
    const bool is_empty = size == 0 && std::is_empty_v<T>;
    // A member may stand where its base has padding.
    const bool is_larger = size > sizeof(T) && !std::is_standard_layout_v<T>;
    does_cover = does_cover && (size == sizeof(T) || is_empty || is_larger);
    return does_cover;
  }
}

}  // namespace detail

/// Can it be checked? Not when `fields` is no constexpr function.
template <class T>
concept HasCheckedFields =
    HasFields<T> && requires { typename std::bool_constant<(detail::coverage<T>().count >= 0)>; };

/// Is every member visited? Members of an aggregate are counted. Those of any type are laid out in
/// the order of the visits, which must come to the type's size; so in a type that is no aggregate
/// one may be missed that fits where there is padding.
///
/// A type whose fields are parts of its members names the members themselves in a function
/// `members(self, visit)`, for this check. One that cannot be checked, say because of what it
/// inherits from, says `static constexpr bool fields_are_unchecked = true`.
template <class T>
inline constexpr bool fields_cover = [] {
  if constexpr (HasCheckedFields<T>) {
    return detail::do_fields_cover<T>();
  } else {
    return false;
  }
}();

/// Does not compile where `fields_cover` is false.
template <class T>
constexpr void expect_fields_cover() {
  static_assert(HasCheckedFields<T>,
                "fields() must be constexpr, so that it can be checked: static constexpr void "
                "fields(auto& self, auto&& visit)");
  static_assert(!HasCheckedFields<T> || fields_cover<T>,
                "fields() leaves out a member of this type, or visits them in another order than "
                "that in which they are declared: see core/fields.h");
}

/// Has the aggregate so many members? For whoever names them by hand, to assert.
template <class T, std::size_t Count>
inline constexpr bool has_members = detail::has_members<T, Count>;

/// The names of all fields, or `members`, in order.
template <class T>
constexpr auto field_names() {
  constexpr std::size_t count = [] {
    std::size_t fields = 0;
    const auto count_one = [&](std::string_view /*name*/, auto& /*field*/) { ++fields; };
    detail::visit_members<T>(count_one);
    return fields;
  }();
  std::array<std::string_view, count> names{};
  std::size_t named = 0;
  const auto note = [&](std::string_view name, auto& /*field*/) { names[named++] = name; };
  detail::visit_members<T>(note);
  return names;
}
/// Are these all the fields there are? For whoever treats each in a way of its own, to assert.
template <class T>
constexpr bool are_fields_of(auto... names) {
  return field_names<T>() == std::array<std::string_view, sizeof...(names)>{names...};
}

// ---- What a field can be ------------------------------------------------------------------------

template <class T>
concept Container = !HasFields<T> && requires(const T& container) {
  typename T::value_type;
  container.begin();
  container.end();
  container.size();
};
/// std::string.
template <class T>
concept Characters = Container<T> && requires { typename T::traits_type; };
/// std::map, std::set: in an order of their own.
template <class T>
concept Sorted = Container<T> && requires { typename T::key_compare; };
template <class T>
concept Mapping = Sorted<T> && requires { typename T::mapped_type; };
/// std::unordered_map and the like: in an order that is an accident.
template <class T>
concept Accidental = Container<T> && requires { typename T::hasher; };
/// A list whose order means nothing (core/unordered.h).
template <class T>
concept OrderFree = Container<T> && requires { typename T::HasNoOrder; };
/// One for each node or client (core/per_id.h).
template <class T>
concept OnePerId = requires { typename T::IdOfEach; };
/// std::vector, deque, list, InlineVector; and std::array, whose length is none of its contents.
template <class T>
concept Sequence =
    Container<T> && !Characters<T> && !Sorted<T> && !Accidental<T> && !OrderFree<T> && !OnePerId<T>;
template <class T>
concept FixedSequence = Sequence<T> && requires { std::tuple_size<T>::value; };
/// std::pair, std::tuple.
template <class T>
concept Product = !Container<T> && !HasFields<T> && requires { std::tuple_size<T>::value; };
/// std::optional.
template <class T>
concept Maybe = !HasFields<T> && requires(const T& value) {
  typename T::value_type;
  { value.has_value() } -> std::same_as<bool>;
  *value;
};
/// std::variant.
template <class T>
concept OneOf = !HasFields<T> && requires { std::variant_size<T>::value; };
template <class T>
concept Nothing = std::same_as<T, std::monostate>;
template <class T>
concept Number = std::integral<T> || std::is_enum_v<T>;

/// Calls `visit` with each of what a value is made of that has no `fields`.
template <class T, class Visit>
constexpr void for_each_part(T& value, const Visit& visit) {
  using Plain = std::remove_const_t<T>;
  if constexpr (OneOf<Plain>) {
    std::visit(visit, value);
  } else if constexpr (Maybe<Plain>) {
    if (value.has_value()) {
      visit(*value);
    }
  } else if constexpr (Product<Plain>) {
    std::apply([&](auto&... parts) { (visit(parts), ...); }, value);
  } else if constexpr (Container<Plain> || OnePerId<Plain>) {
    for (auto&& part : value) {
      visit(part);
    }
  }
}

/// Does not compile, and says why. For the end of a list of what can be.
template <class T>
constexpr void refuse_field() {
  static_assert(!Accidental<T>,
                "an unordered container in a state: in which order it iterates is an accident, so "
                "equal states would differ; use std::map or std::set");
  static_assert(
      !std::floating_point<T>,
      "a floating-point number in a state: it is not the same on every machine; use whole "
      "numbers or ratios of them");
  static_assert(
      !std::is_pointer_v<T> && !requires(const T& pointer) { pointer.get(); },
      "a pointer in a state: an address means nothing in another run; hold the object "
      "itself");
  static_assert(
      Accidental<T> || std::floating_point<T> || std::is_pointer_v<T> ||
          requires(const T& pointer) { pointer.get(); },
      "nothing is known of this type: give it static constexpr void fields(auto& self, "
      "auto&& visit), see core/fields.h");
}

}  // namespace synod
