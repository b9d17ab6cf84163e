// State by name and text, as people read it: what a node remembers, what a disk holds.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "core/text.h"

namespace synod {

/// Names and texts, in the order in which the state names its fields.
using FieldTexts = std::vector<std::pair<std::string, std::string>>;

namespace detail {

template <class T>
inline constexpr bool is_one_per_node = false;
template <class T>
inline constexpr bool is_one_per_node<std::array<T, node_count_max>> = true;

/// Adds a field, or the fields that it is made of.
template <class Field>
void flatten(const std::string& name, const Field& field, std::size_t node_count,
             FieldTexts& fields) {
  if constexpr (std::is_same_v<Field, bool>) {
    fields.emplace_back(name, field ? "yes" : "no");
  } else if constexpr (requires { to_text(field); }) {
    fields.emplace_back(name, to_text(field));
  } else if constexpr (is_one_per_node<Field>) {
    for (std::size_t i = 0; i < node_count; ++i) {
      flatten(fmt::format("{}[{}]", name, NodeId{static_cast<std::uint8_t>(i)}), field[i],
              node_count, fields);
    }
  } else if constexpr (requires { field.size(); }) {  // as many as there are now
    for (std::size_t i = 0; i < field.size(); ++i) {
      flatten(fmt::format("{}[{}]", name, i), field[i], node_count, fields);
    }
  } else {
    Field::fields(field, [&](std::string_view part, const auto& value) {
      flatten(name.empty() ? std::string(part) : fmt::format("{}.{}", name, part), value,
              node_count, fields);
    });
  }
}

}  // namespace detail

/// "promised" 2.n1, "instances[n2].vote" commit@1.n2, …: of what there is one of for each node, the
/// first `node_count`.
template <class State>
FieldTexts field_texts(const State& state, std::size_t node_count = node_count_max) {
  FieldTexts fields;
  detail::flatten("", state, node_count, fields);
  return fields;
}

/// Calls visit(name, before, after) for each field whose text differs. An empty text stands for one
/// that is not there: lists grow and shrink.
template <class Visit>
void for_each_change(const FieldTexts& before, const FieldTexts& after, Visit visit) {
  auto old = before.begin();
  for (const auto& field : after) {
    const auto same =
        std::find_if(old, before.end(), [&](const auto& one) { return one.first == field.first; });
    if (same == before.end()) {
      visit(field.first, std::string(), field.second);
      continue;
    }
    for (; old != same; ++old) {
      visit(old->first, old->second, std::string());
    }
    if (old->second != field.second) {
      visit(field.first, old->second, field.second);
    }
    ++old;
  }
  for (; old != before.end(); ++old) {
    visit(old->first, old->second, std::string());
  }
}

/// "promised 2.n1, vote red@2.n1": the fields that differ, as they are now.
template <class State>
std::string difference_text(const State& before, const State& after) {
  std::string text;
  for_each_change(field_texts(before), field_texts(after),
                  [&](const std::string& name, const std::string&, const std::string& now) {
                    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, now);
                  });
  return text.empty() ? "nothing new" : text;
}

}  // namespace synod
