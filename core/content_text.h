// Any content in words: a value on one line, as it stands in a state, or as what somebody is told.
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
#include <variant>
#include <vector>

#include "core/fields.h"
#include "core/ids.h"
#include "core/text.h"

namespace synod {

/// A value on one line: 2.n1, {n1, n3}, [1, 2], (ballot 1.n1, value red). Different values have
/// different texts.
template <class T>
std::string value_text(const T& value, std::size_t node_count = node_count_max);

/// The same where it stands alone: "value 3, version 1.n2", what is there, or "none". Of what has a
/// standing (ResultOf) it is the value, where that is final.
template <class T>
std::string content_text(const T& content);

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

template <class T>
std::string content_text(const T& content) {
  if constexpr (requires {
                  content.value;
                  content.standing == Standing::final;
                }) {
    return content.standing == Standing::final ? content_text(content.value)
                                               : std::string(to_text(content.standing));
  } else if constexpr (!HasText<T> && Maybe<T>) {
    return content.has_value() ? content_text(*content) : "none";
  } else if constexpr (!HasText<T> && HasFields<T>) {
    const std::string text = value_text(content);
    return text == "()" ? "nothing" : text.substr(1, text.size() - 2);
  } else {
    return value_text(content);
  }
}

}  // namespace synod
