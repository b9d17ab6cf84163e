// In which rules, and in what else, the configuration with planted bugs differs from the correct
// one: each by name, with how it alone is put right.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/rule_tables.h"
#include "scenarios/chronicle/first_difference.h"
#include "scenarios/words/words.h"

namespace synod {

template <class Config>
struct Replaced {
  std::string rule;  ///< "paxos.may_accept", as Chronicle::FirstDifference::blamed; of what is no
                     ///< rule, what differs: "timeout is 0 instead of 10"
  std::function<void(Config&)> put_right;
};

namespace detail {

template <class Config, NamedRules Rules>
void add_replaced(const Rules& planted, const Rules& correct,
                  std::vector<Replaced<Config>>& replaced) {
  Rules::entries([&](std::string_view name, auto entry) {
    using Entry = decltype(entry);
    if (planted.*Entry::member == correct.*Entry::member) {
      return;
    }
    const auto put_right = [right = correct.*Entry::member](Config& config) {
      with_rules_of(config, [&]<class... Tables>(Tables&... tables) {
        const auto put_right_in = [&]<class Table>(Table& table) {
          if constexpr (std::is_same_v<Table, Rules>) {
            table.*Entry::member = right;
          }
        };
        (put_right_in(tables), ...);
      });
    };
    replaced.push_back({fmt::format("{}.{}", Rules::protocol, name), put_right});
  });
}

/// All that is neither a rule nor a duration.
template <class Config>
void put_settings_right(Config& config, const Config& correct) {
  Config right = correct;
  if constexpr (requires { right.timing = config.timing; }) {
    right.timing = config.timing;
  }
  with_rules_of(right, [&]<class... Rights>(Rights&... rights) {
    with_rules_of(config,
                  [&]<class... Tables>(const Tables&... tables) { ((rights = tables), ...); });
  });
  config = right;
}

}  // namespace detail

template <class Config>
std::vector<Replaced<Config>> replaced_in(const Config& planted, const Config& correct) {
  std::vector<Replaced<Config>> replaced;
  with_rules_of(planted, [&]<class... Tables>(const Tables&... tables) {
    with_rules_of(correct, [&](const Tables&... rights) {
      (detail::add_replaced(tables, rights, replaced), ...);
    });
  });
  if (const std::string settings = listed(detail::other_settings(planted, correct));
      !settings.empty()) {
    replaced.push_back(
        {settings, [correct](Config& config) { detail::put_settings_right(config, correct); }});
  }
  if constexpr (requires(Config config) { config.timing = config.timing; }) {
    if (const std::string timing = listed(detail::other_timing(planted, correct));
        !timing.empty()) {
      replaced.push_back({timing, [correct](Config& config) { config.timing = correct.timing; }});
    }
  }
  return replaced;
}

}  // namespace synod
