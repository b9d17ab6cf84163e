// State by name and text, as people read it: what a node remembers, what a disk holds.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/content_text.h"
#include "core/fields.h"
#include "core/ids.h"
#include "core/text.h"

namespace synod {

/// Names and texts, in the order in which the state names its fields.
using FieldTexts = std::vector<std::pair<std::string, std::string>>;

namespace detail {

template <class Field>
void flatten(const std::string& name, const Field& field, std::size_t node_count,
             FieldTexts& fields);

/// Something is always said of it, that it is there at least.
template <class Field>
void flatten_element(const std::string& name, const Field& field, std::size_t node_count,
                     FieldTexts& fields) {
  const std::size_t before = fields.size();
  flatten(name, field, node_count, fields);
  if (fields.size() == before) {
    fields.emplace_back(name, "empty");
  }
}
/// Those of a map by their keys, those of each node by the node's name.
template <class Field>
void flatten_elements(const std::string& name, const Field& elements, std::size_t node_count,
                      FieldTexts& fields) {
  if constexpr (Mapping<Field>) {
    for (const auto& [key, value] : elements) {
      flatten_element(fmt::format("{}[{}]", name, value_text(key, node_count)), value, node_count,
                      fields);
    }
  } else if constexpr (OnePerId<Field>) {
    using Id = typename Field::IdOfEach;
    const std::size_t count = std::same_as<Id, NodeId> ? node_count : elements.size();
    for (std::size_t i = 0; i < count; ++i) {
      flatten_element(fmt::format("{}[{}]", name, Id{static_cast<std::uint8_t>(i)}), elements[i],
                      node_count, fields);
    }
  } else {
    std::size_t i = 0;
    for (const typename Field::value_type& element : elements) {
      flatten_element(fmt::format("{}[{}]", name, i++), element, node_count, fields);
    }
  }
}

/// Adds a field, or the fields that it is made of. Of an empty list there are none.
template <class Field>
void flatten(const std::string& name, const Field& field, std::size_t node_count,
             FieldTexts& fields) {
  constexpr bool is_list = Sequence<Field> || Mapping<Field> || OnePerId<Field>;
  if constexpr (HasText<Field>) {
    fields.emplace_back(name, to_text(field));
  } else if constexpr (HasFields<Field>) {
    expect_fields_cover<Field>();
    Field::fields(field, [&](std::string_view part, const auto& value) {
      flatten(name.empty() ? std::string(part) : fmt::format("{}.{}", name, part), value,
              node_count, fields);
    });
  } else if constexpr (is_list) {
    flatten_elements(name, field, node_count, fields);
  } else if constexpr (Maybe<Field>) {
    if (field.has_value()) {
      flatten_element(name, *field, node_count, fields);
    }
  } else {
    fields.emplace_back(name, value_text(field, node_count));
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

/// "promised 2.n1, vote red@2.n1, without waiting[0]": the fields that differ, as they are now.
template <class State>
std::string difference_text(const State& before, const State& after) {
  std::string text;
  const auto add = [&](std::string_view one) {
    text += text.empty() ? "" : ", ";
    text += one;
  };
  std::string gone;  // the last
  for_each_change(field_texts(before), field_texts(after),
                  [&](const std::string& name, const std::string&, const std::string& now) {
                    if (!now.empty()) {
                      add(fmt::format("{} {}", name, now));
                      return;
                    }
                    // All fields of an element, or of what is there no more, go with it.
                    const std::string whole = name.substr(0, name.rfind(']') + 1);
                    if (whole.empty() || whole != gone) {
                      gone = whole;
                      add(fmt::format("without {}", whole.empty() ? name : whole));
                    }
                  });
  return text.empty() ? "nothing new" : text;
}

}  // namespace synod
