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

#include "core/fields.h"
#include "core/ids.h"
#include "core/text.h"

namespace synod {

/// Names and texts, in the order in which the state names its fields.
using FieldTexts = std::vector<std::pair<std::string, std::string>>;

/// A value on one line: 2.n1, {n1, n3}, [1, 2], (ballot 1.n1, value red). Different values have
/// different texts.
template <class T>
std::string value_text(const T& value, std::size_t node_count = node_count_max);

namespace detail {

/// As people write it in code: with what cannot be printed as numbers.
std::string quoted(std::string_view text);

/// "[a, b]" of what is added to it.
class ListText {
 public:
  explicit ListText(std::string_view opening) : text_(opening) {}
  void add(std::string_view one) {
    text_ += is_empty_ ? "" : ", ";
    text_ += one;
    is_empty_ = false;
  }
  [[nodiscard]] std::string ended(std::string_view closing) const {
    return text_ + std::string(closing);
  }

 private:
  std::string text_;
  bool is_empty_ = true;
};

template <class T>
std::string fields_text(const T& value, std::size_t node_count) {
  ListText text("(");
  T::fields(value, [&](std::string_view name, const auto& field) {
    text.add(fmt::format("{} {}", name, value_text(field, node_count)));
  });
  return text.ended(")");
}
/// A message's name goes before its fields, an alternative without a name is called by its place.
template <class T>
std::string alternative_text(const T& alternatives, std::size_t node_count) {
  return std::visit(
      [&]<class A>(const A& one) {
        if constexpr (requires { A::name; }) {
          return fmt::format("{} {}", A::name, value_text(one, node_count));
        } else {
          return fmt::format("#{} {}", alternatives.index() + 1, value_text(one, node_count));
        }
      },
      alternatives);
}
template <class T>
std::string container_text(const T& elements, std::size_t node_count) {
  constexpr bool is_list = Sequence<T> || OnePerId<T>;
  std::vector<std::string> texts;
  std::size_t left = OnePerId<T> ? node_count : SIZE_MAX;
  for (const typename T::value_type& element : elements) {
    if (left-- == 0) {
      break;
    }
    if constexpr (Mapping<T>) {
      texts.push_back(fmt::format("{}: {}", value_text(element.first, node_count),
                                  value_text(element.second, node_count)));
    } else {
      texts.push_back(value_text(element, node_count));
    }
  }
  if constexpr (OrderFree<T>) {
    std::sort(texts.begin(), texts.end());
  }
  ListText text(is_list ? "[" : "{");
  for (const std::string& one : texts) {
    text.add(one);
  }
  return text.ended(is_list ? "]" : "}");
}
template <class T>
std::string product_text(const T& product, std::size_t node_count) {
  ListText text("(");
  std::apply([&](const auto&... parts) { (text.add(value_text(parts, node_count)), ...); },
             product);
  return text.ended(")");
}

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

template <class T>
std::string value_text(const T& value, std::size_t node_count) {
  if constexpr (std::same_as<T, bool>) {
    return value ? "yes" : "no";
  } else if constexpr (HasText<T>) {
    return std::string(to_text(value));
  } else if constexpr (std::is_enum_v<T>) {
    return value_text(static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::unsigned_integral<T>) {
    return fmt::format("{}", static_cast<std::uint64_t>(value));
  } else if constexpr (std::integral<T>) {
    return fmt::format("{}", static_cast<std::int64_t>(value));
  } else if constexpr (HasFields<T>) {
    expect_fields_cover<T>();
    return detail::fields_text(value, node_count);
  } else if constexpr (OneOf<T>) {
    return detail::alternative_text(value, node_count);
  } else if constexpr (Maybe<T>) {
    return value.has_value() ? fmt::format("[{}]", value_text(*value, node_count)) : "none";
  } else if constexpr (Product<T>) {
    return detail::product_text(value, node_count);
  } else if constexpr (Nothing<T>) {
    return "nothing";
  } else if constexpr (Characters<T>) {
    return detail::quoted(value);
  } else if constexpr ((Container<T> && !Accidental<T>) || OnePerId<T>) {
    return detail::container_text(value, node_count);
  } else {
    refuse_field<T>();
  }
}

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
