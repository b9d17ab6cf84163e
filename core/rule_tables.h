// The tables of rules that a protocol's nodes ask, as types: whose they are, and what is in them.
//
// A protocol says where they are by its configuration: in a member `rules`, or, where there are
// several, in a function `rule_tables(config, use)` that calls use(table...).
#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/rule_entry.h"

namespace synod {

/// A table whose entries are named, in core/PROTOCOL/rules.h: it says whose they are, and calls
/// visit(name, RuleEntry) for each.
template <class T>
concept NamedRules = requires {
  { T::protocol } -> std::convertible_to<std::string_view>;
  T::entries([](std::string_view /*name*/, auto /*entry*/) {});
};

template <NamedRules Rules>
constexpr bool are_all_named() {
  std::size_t count = 0;
  Rules::entries([&](std::string_view /*name*/, auto /*entry*/) { ++count; });
  return count * sizeof(void (*)()) == sizeof(Rules);
}

/// Calls use(table...) with the tables that the configuration's nodes ask: those that it names, or
/// `rules`, or none.
template <class Config>
auto with_rules_of(Config& config, auto&& use) {
  if constexpr (requires { Config::rule_tables(config, use); }) {
    return Config::rule_tables(config, use);
  } else if constexpr (requires {
                         requires NamedRules<std::remove_cvref_t<decltype(config.rules)>>;
                       }) {
    return use(config.rules);
  } else {
    return use();
  }
}

}  // namespace synod
