// The wrong answers that follow from a rule's type alone, whatever the rule says:
//
//   yes or no         always yes, always no, the opposite
//   an enumeration    always each of its words; the word before the right one; its own
//   a set of nodes    one more (the first that is missing), one less (the first that is in it)
//   any other value   none (as it is made, without any word); its own; the one before
//   nothing, for it   nothing is changed; what it should have changed is none afterwards
//   changes the first
//   that it is given
//
// *Its own* is a value of the answer's type that lies in what the rule is given, as an argument or
// as a field of one: the state before, say, for a rule that says what a state becomes. There is one
// such mutant for each. *The one before* is there for what is counted: numbers, ballots, values.
//
// A rule is a plain function, so each of these is one, too: made by the compiler, without a state.
#pragma once

#include <fmt/format.h>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/ballot.h"
#include "core/fields.h"
#include "core/ids.h"
#include "core/rule_tables.h"
#include "core/text.h"
#include "core/value.h"

namespace synod {

namespace detail {

// ---- The one before, one more, one less ---------------------------------------------------------

constexpr Ballot one_before(Ballot ballot) {
  return ballot.is_none() ? ballot : Ballot{ballot.round - 1, ballot.node};
}
constexpr Value one_before(Value value) {
  return value.is_none() ? value : Value{value.number - 1};
}
template <class T>
  requires((std::integral<T> && !std::same_as<T, bool>) || std::is_enum_v<T>)
constexpr T one_before(T counted) {
  const auto number = static_cast<std::uint64_t>(counted);
  return number == 0 ? counted : static_cast<T>(number - 1);
}
template <class T>
concept IsCounted = requires(T counted) { one_before(counted); };

constexpr NodeSet one_more(NodeSet nodes) {
  for (std::uint8_t i = 0; i < node_count_max; ++i) {
    if (!nodes.contains({i})) {
      nodes.insert({i});
      break;
    }
  }
  return nodes;
}
constexpr NodeSet one_less(NodeSet nodes) {
  if (!nodes.is_empty()) {
    nodes.erase(*nodes.begin());
  }
  return nodes;
}

// ---- Its own ------------------------------------------------------------------------------------

/// Calls visit(value) for each T that `given` is or that is a field of it.
template <class T, class Given, class Visit>
void for_each_in(const Given& given, const Visit& visit) {
  if constexpr (std::same_as<T, Given>) {
    visit(given);
  } else if constexpr (HasFields<Given>) {
    Given::fields(
        given, [&](std::string_view /*name*/, const auto& field) { for_each_in<T>(field, visit); });
  }
}

/// What each of them is called: of a Durable "promised"; of the thing itself, `name`.
template <class T, class Given>
void name_each_in(const Given& given, const std::string& name, std::vector<std::string>& names) {
  if constexpr (std::same_as<T, Given>) {
    names.push_back(name);
  } else if constexpr (HasFields<Given>) {
    Given::fields(given, [&](std::string_view field_name, const auto& field) {
      name_each_in<T>(field, fmt::format("{}.{}", name, field_name), names);
    });
  }
}

}  // namespace detail

/// Of the rule that `Member` of a table is. The right answers are those of the table as it is made.
template <NamedRules Table, auto Member,
          class Function = std::remove_cvref_t<decltype(std::declval<Table&>().*Member)>>
class WrongAnswers;

template <NamedRules Table, auto Member, class Answer, class... Given>
class WrongAnswers<Table, Member, Answer (*)(Given...)> {
 public:
  using Function = Answer (*)(Given...);

  /// Calls visit.template operator()<function>(how, about) for each: "always-yes", "answers yes,
  /// whatever it is asked".
  template <class Visit>
  static void each(const Visit& visit) {
    if constexpr (std::is_void_v<Answer>) {
      visit.template operator()<&unchanged>("unchanged", "changes nothing");
      visit.template operator()<&emptied>("none", "leaves nothing of what it should have changed");
    } else if constexpr (std::same_as<Answer, bool>) {
      visit.template operator()<&always<true>>("always-yes", "answers yes, whatever it is asked");
      visit.template operator()<&always<false>>("always-no", "answers no, whatever it is asked");
      visit.template operator()<&opposite>("opposite", "answers the opposite of what is right");
    } else if constexpr (std::same_as<Answer, NodeSet>) {
      visit.template operator()<&more>("one-more",
                                       "answers one node more: the first that is missing");
      visit.template operator()<&less>("one-less",
                                       "answers one node less: without the first that is in it");
    } else {
      if constexpr (HasWords<Answer>) {
        each_word(visit, std::make_index_sequence<words_max>{});
      } else {
        visit.template operator()<&none>("none", "answers none, whatever it is asked");
      }
      if constexpr (sizeof...(Given) > 0) {
        each_own(visit, std::make_index_sequence<own_max>{});
      }
      if constexpr (detail::IsCounted<Answer>) {
        visit.template operator()<&before>("one-before", "answers the one before the right one");
      }
    }
  }

 private:
  /// Of what there is more, there are no mutants.
  static constexpr std::size_t words_max = 16;
  static constexpr std::size_t own_max = 8;

  static Answer right(Given... given) {
    constexpr Table table{};
    return (table.*Member)(given...);
  }

  // ---- The wrong ones ---------------------------------------------------------------------------

  template <auto answer>
  static Answer always(Given... /*given*/) {
    return static_cast<Answer>(answer);
  }
  static Answer opposite(Given... given) { return !right(given...); }
  static Answer more(Given... given) { return detail::one_more(right(given...)); }
  static Answer less(Given... given) { return detail::one_less(right(given...)); }
  static Answer before(Given... given) { return detail::one_before(right(given...)); }
  static Answer none(Given... /*given*/) { return Answer{}; }
  template <std::size_t place>
  static Answer own(Given... given) {
    Answer found{};
    std::size_t next = 0;
    const auto look = [&](const Answer& one) {
      if (next++ == place) {
        found = one;
      }
    };
    (detail::for_each_in<Answer>(given, look), ...);
    return found;
  }
  static Answer unchanged(Given... /*given*/) {}
  static Answer emptied(Given... given) {
    right(given...);
    const auto empty = []<class First>(First& first, auto&... /*rest*/) { first = First{}; };
    empty(given...);
  }

  // ---- How many there are of them ---------------------------------------------------------------

  template <class Visit, std::size_t... I>
  static void each_word(const Visit& visit, std::index_sequence<I...> /*places*/) {
    const auto words = words_of(Answer{});
    const auto visit_word = [&]<std::size_t place>() {
      if (place < words.size()) {
        visit.template operator()<&always<place>>(
            fmt::format("always-{}", words[place]),
            fmt::format("answers {}, whatever it is asked", words[place]));
      }
    };
    (visit_word.template operator()<I>(), ...);
  }

  template <class Visit, std::size_t... I>
  static void each_own(const Visit& visit, std::index_sequence<I...> /*places*/) {
    const std::vector<std::string> names = names_of_own();
    const auto visit_own = [&]<std::size_t place>() {
      if (place < names.size()) {
        visit.template operator()<&own<place>>(
            names.size() == 1 ? std::string("own") : fmt::format("own-{}", place + 1),
            fmt::format("answers what it is given as {}", names[place]));
      }
    };
    (visit_own.template operator()<I>(), ...);
  }
  /// "argument 2", "promised of argument 1"
  static std::vector<std::string> names_of_own() {
    std::vector<std::string> all;
    std::size_t argument = 0;
    const auto add = [&]<class One>(std::type_identity<One>) {
      ++argument;
      if constexpr (std::is_default_constructible_v<One>) {
        std::vector<std::string> names;
        detail::name_each_in<Answer>(One{}, "", names);
        for (const std::string& name : names) {
          all.push_back(name.empty() ? fmt::format("argument {}", argument)
                                     : fmt::format("{} of argument {}", name.substr(1), argument));
        }
      }
    };
    (add(std::type_identity<std::remove_cvref_t<Given>>{}), ...);
    return all;
  }
};

}  // namespace synod
