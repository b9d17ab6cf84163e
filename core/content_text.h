// Any content in words: by its own `to_text`, or by its fields, "value 3, version 1.n2".
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <type_traits>

#include "core/text.h"

namespace synod {

template <class T>
std::string content_text(const T& content) {
  if constexpr (std::is_same_v<T, bool>) {
    return content ? "yes" : "no";
  } else if constexpr (std::is_convertible_v<T, std::string_view>) {
    return fmt::format("\"{}\"", std::string_view(content));
  } else if constexpr (requires {
                         content.value;
                         content.standing == Standing::final;
                       }) {
    return content.standing == Standing::final ? content_text(content.value)
                                               : std::string(to_text(content.standing));
  } else if constexpr (requires { to_text(content); }) {
    return std::string(to_text(content));
  } else if constexpr (fmt::is_formattable<T>::value) {
    return fmt::format("{}", content);
  } else if constexpr (std::is_enum_v<T>) {
    return fmt::format("{}", static_cast<std::underlying_type_t<T>>(content));
  } else if constexpr (requires {
                         content.has_value();
                         *content;
                       }) {
    return content.has_value() ? content_text(*content) : "none";
  } else if constexpr (requires {
                         content.first;
                         content.second;
                       }) {
    return content_text(content.first) + ": " + content_text(content.second);
  } else if constexpr (requires { content.begin() != content.end(); }) {
    std::string text;
    for (const auto& element : content) {
      text += (text.empty() ? "" : ", ") + content_text(element);
    }
    return "[" + text + "]";
  } else {
    std::string text;
    T::fields(content, [&](std::string_view name, const auto& field) {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, content_text(field));
    });
    return text.empty() ? "nothing" : text;
  }
}

}  // namespace synod
