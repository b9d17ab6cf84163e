// Steps as JSON and back, for any protocol: the names come from the `fields` of each step and
// message, so that there is one home for them.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/fields.h"
#include "core/ids.h"
#include "core/text.h"
#include "scenarios/format/json_fields.h"
#include "scenarios/format/trace.h"
#include "sim/packet.h"
#include "sim/world/step.h"

namespace synod {

template <class P>
TraceStep to_trace_step(const Step<P>& step);

/// None when the step names a message or a timer that the protocol does not have (any more).
template <class P>
std::optional<Step<P>> from_trace_step(const TraceStep& step);

// ---- One field ----------------------------------------------------------------------------------

/// Written and read by core/text.h or sim/packet.h, or by what a protocol offers of the same names.
template <class T>
concept Textual = HasText<T> && requires(std::string_view text, T& value) {
  { try_parse(text, value) } -> std::same_as<bool>;
};

template <std::integral T>
using Widest = std::conditional_t<std::signed_integral<T>, std::int64_t, std::uint64_t>;

/// A list of their names.
void write_field(EndpointSet endpoints, nlohmann::ordered_json& json);
void write_field(NodeSet nodes, nlohmann::ordered_json& json);
/// What has words as a text; lists, sets and maps (of pairs of a key and a value) as lists; what
/// has fields as an object; a variant of messages as a message, any other as its place, from 1, and
/// its value.
template <class T>
void write_field(const T& value, nlohmann::ordered_json& json);

/// At least one endpoint, each of them once.
bool try_read_field(const nlohmann::ordered_json& json, EndpointSet& endpoints);
bool try_read_field(const nlohmann::ordered_json& json, NodeSet& nodes);
/// Only what `write_field` writes. After a refusal the value holds nothing of use.
template <class T>
bool try_read_field(const nlohmann::ordered_json& json, T& value);

// ---- One message: its name as "type", and its fields, all of them -------------------------------

/// Of a message in a file, its type among them.
inline constexpr std::size_t message_members_max = 16;

template <class M>
void write_message(const M& message, nlohmann::ordered_json& json) {
  expect_fields_cover<M>();
  constexpr auto names = field_names<M>();
  static_assert(std::find(names.begin(), names.end(), "type") == names.end(),
                "\"type\" is where a message's name is written");
  static_assert(names.size() < message_members_max,
                "a message has at most 15 fields: make some of them one, with fields of its own");
  set_object(json);
  set_text(member_for(json, "type"), M::name);
  M::fields(message, [&](std::string_view name, const auto& field) {
    write_field(field, member_for(json, name));
  });
}
template <class... Ms>
void write_message(const std::variant<Ms...>& messages, nlohmann::ordered_json& json) {
  std::visit([&](const auto& message) { write_message(message, json); }, messages);
}

template <class M>
bool try_read_message(const nlohmann::ordered_json& json, M& message) {
  const std::string* type = text_of(json, "type");
  if (type == nullptr || *type != M::name) {
    return false;
  }
  std::size_t read = 1;
  M::fields(message, [&](std::string_view name, auto& field) {
    const nlohmann::ordered_json* member = member_of(json, name);
    read += member != nullptr && try_read_field(*member, field) ? 1U : 0U;
  });
  std::size_t wanted = 1;
  M::fields(message, [&](std::string_view, const auto&) { ++wanted; });
  return read == wanted && size_of(json) == wanted;
}
template <class... Ms>
bool try_read_message(const nlohmann::ordered_json& json, std::variant<Ms...>& messages) {
  const auto try_alternative = [&]<class M>(std::type_identity<M>) {
    M message{};
    if (!try_read_message(json, message)) {
      return false;
    }
    messages = std::move(message);
    return true;
  };
  return is_object(json) && (try_alternative(std::type_identity<Ms>{}) || ...);
}

// ---- What a field may be (see core/fields.h) ----------------------------------------------------

namespace detail {

template <class T>
inline constexpr bool are_messages = false;
template <class... Ms>
inline constexpr bool are_messages<std::variant<Ms...>> = (... && requires { Ms::name; });

/// As text where it is of plain letters, or else as a list of its bytes: JSON does not hold all.
void write_characters(std::string_view characters, nlohmann::ordered_json& json);
bool try_read_characters(const nlohmann::ordered_json& json, std::string& characters);

template <class... Ts>
bool try_read_alternative(const nlohmann::ordered_json& json, std::uint64_t place,
                          std::variant<Ts...>& alternatives) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return ((I + 1 == place && try_read_field(json, alternatives.template emplace<I>())) || ...);
  }(std::index_sequence_for<Ts...>{});
}
template <class T>
bool try_read_object(const nlohmann::ordered_json& json, T& object) {
  std::size_t read = 0;
  std::size_t wanted = 0;
  T::fields(object, [&](std::string_view name, auto& field) {
    const nlohmann::ordered_json* member = member_of(json, name);
    read += member != nullptr && try_read_field(*member, field) ? 1U : 0U;
    ++wanted;
  });
  return is_object(json) && read == wanted && size_of(json) == wanted;
}
/// Returns false where there is no room for it, or it is there already.
template <class T, class Element>
bool try_add(T& elements, Element&& element) {
  if constexpr (requires { elements.try_push(element); }) {
    return elements.try_push(element);
  } else {
    const std::size_t before = elements.size();
    if constexpr (requires { elements.push_back(std::forward<Element>(element)); }) {
      elements.push_back(std::forward<Element>(element));
    } else {
      elements.insert(std::forward<Element>(element));
    }
    return elements.size() == before + 1;
  }
}
template <class T>
struct ReadElement {
  using Type = typename T::value_type;
};
template <Mapping T>
struct ReadElement<T> {
  using Type = std::pair<typename T::key_type, typename T::mapped_type>;
};
template <class T>
bool try_read_elements(const nlohmann::ordered_json& json, T& elements) {
  if (!is_list(json)) {
    return false;
  }
  if constexpr (FixedSequence<T> || OnePerId<T>) {
    std::size_t i = 0;
    return size_of(json) == elements.size() &&
           std::all_of(elements.begin(), elements.end(), [&](auto& element) {
             return try_read_field(element_of(json, i++), element);
           });
  } else {
    elements.clear();
    for (std::size_t i = 0; i < size_of(json); ++i) {
      typename ReadElement<T>::Type element{};
      if (!try_read_field(element_of(json, i), element) || !try_add(elements, std::move(element))) {
        return false;
      }
    }
    return true;
  }
}
template <class T>
bool try_read_product(const nlohmann::ordered_json& json, T& product) {
  std::size_t i = 0;
  return is_list(json) && size_of(json) == std::tuple_size_v<T> &&
         std::apply(
             [&](auto&... parts) { return (try_read_field(element_of(json, i++), parts) && ...); },
             product);
}

}  // namespace detail

template <class T>
void write_field(const T& value, nlohmann::ordered_json& json) {
  if constexpr (Textual<T>) {
    set_text(json, to_text(value));
  } else if constexpr (std::same_as<T, bool>) {
    set_flag(json, value);
  } else if constexpr (std::is_enum_v<T>) {
    write_field(static_cast<std::underlying_type_t<T>>(value), json);
  } else if constexpr (std::integral<T>) {
    set_number(json, Widest<T>{value});
  } else if constexpr (HasFields<T>) {
    expect_fields_cover<T>();
    set_object(json);
    T::fields(value, [&](std::string_view name, const auto& field) {
      write_field(field, member_for(json, name));
    });
  } else if constexpr (detail::are_messages<T>) {
    write_message(value, json);
  } else if constexpr (OneOf<T>) {
    set_list(json);
    set_number(add_element(json), std::uint64_t{value.index() + 1});
    std::visit([&](const auto& one) { write_field(one, add_element(json)); }, value);
  } else if constexpr (Maybe<T>) {
    static_assert(!Maybe<typename T::value_type>, "of what is not there there is one kind in JSON");
    set_null(json);
    if (value.has_value()) {
      write_field(*value, json);
    }
  } else if constexpr (Characters<T>) {
    detail::write_characters(value, json);
  } else if constexpr (Product<T>) {
    set_list(json);
    std::apply([&](const auto&... parts) { (write_field(parts, add_element(json)), ...); }, value);
  } else if constexpr (Nothing<T>) {
    set_list(json);
  } else if constexpr ((Container<T> && !Accidental<T>) || OnePerId<T>) {
    set_list(json);
    for (const typename T::value_type& element : value) {
      write_field(element, add_element(json));
    }
  } else {
    refuse_field<T>();
  }
}

/// As it is written, on one line.
template <class T>
std::string field_json_text(const T& value) {
  JsonFields fields;
  write_field(value, fields.json());
  return fields.text();
}

template <class T>
bool try_read_field(const nlohmann::ordered_json& json, T& value) {
  if constexpr (Textual<T>) {
    const std::string* text = text_of(json);
    return text != nullptr && try_parse(*text, value);
  } else if constexpr (std::same_as<T, bool>) {
    return try_read_flag(json, value);
  } else if constexpr (std::is_enum_v<T>) {
    std::underlying_type_t<T> underlying{};
    const bool is_good = try_read_field(json, underlying);
    value = static_cast<T>(underlying);
    return is_good;
  } else if constexpr (std::integral<T>) {
    Widest<T> read = 0;
    bool is_good = false;
    if constexpr (std::signed_integral<T>) {
      is_good =
          try_read_number(json, std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), read);
    } else {
      is_good = try_read_number(json, std::numeric_limits<T>::max(), read);
    }
    value = is_good ? static_cast<T>(read) : value;
    return is_good;
  } else if constexpr (HasFields<T>) {
    return detail::try_read_object(json, value);
  } else if constexpr (detail::are_messages<T>) {
    return try_read_message(json, value);
  } else if constexpr (OneOf<T>) {
    std::uint64_t place = 0;
    return is_list(json) && size_of(json) == 2 &&
           try_read_number(element_of(json, 0), std::variant_size_v<T>, place) &&
           detail::try_read_alternative(element_of(json, 1), place, value);
  } else if constexpr (Maybe<T>) {
    value.reset();
    return is_null(json) || try_read_field(json, value.emplace());
  } else if constexpr (Characters<T>) {
    return detail::try_read_characters(json, value);
  } else if constexpr (Product<T>) {
    return detail::try_read_product(json, value);
  } else if constexpr (Nothing<T>) {
    return is_list(json) && size_of(json) == 0;
  } else if constexpr ((Container<T> && !Accidental<T>) || OnePerId<T>) {
    return detail::try_read_elements(json, value);
  } else {
    refuse_field<T>();
  }
}

// ---- One step -----------------------------------------------------------------------------------

/// May a step leave out a field of this type? It then has its default.
template <class T>
inline constexpr bool may_be_left_out = std::integral<T> || std::same_as<T, Value>;

template <class P>
struct StepFieldWriter {
  nlohmann::ordered_json& fields;

  void operator()(std::string_view name, const auto& field) const {
    write_field(field, member_for(fields, name));
  }
  void operator()(std::string_view name, const typename Packet<P>::Payload& payload) const {
    write_message(payload, member_for(fields, name));
  }
  void operator()(std::string_view name, const typename P::Timer& timer) const {
    set_text(member_for(fields, name), P::timer_name(timer));
  }
  // "value": "none" and "writes_kept": 0 say nothing.
  void operator()(std::string_view name, const Value& value) const {
    if (!value.is_none()) {
      write_field(value, member_for(fields, name));
    }
  }
  template <std::integral T>
  void operator()(std::string_view name, const T& number) const {
    if (number != 0) {
      write_field(number, member_for(fields, name));
    }
  }
};

template <class P>
struct StepFieldReader {
  const nlohmann::ordered_json& fields;
  bool& is_good;

  template <class T>
  void operator()(std::string_view name, T& field) const {
    const nlohmann::ordered_json* member = member_of(fields, name);
    if (member == nullptr) {
      is_good = is_good && may_be_left_out<T>;
    } else if (!try_read(*member, field)) {
      is_good = false;
    }
  }

 private:
  static bool try_read(const nlohmann::ordered_json& json, auto& field) {
    return try_read_field(json, field);
  }
  static bool try_read(const nlohmann::ordered_json& json, typename Packet<P>::Payload& payload) {
    return try_read_message(json, payload);
  }
  static bool try_read(const nlohmann::ordered_json& json, typename P::Timer& timer) {
    const std::string* timer_name = text_of(json);
    for (std::size_t i = 0; i < P::timer_count && timer_name != nullptr; ++i) {
      if (*timer_name == P::timer_name(static_cast<typename P::Timer>(i))) {
        timer = static_cast<typename P::Timer>(i);
        return true;
      }
    }
    return false;
  }
};

template <class P>
TraceStep to_trace_step(const Step<P>& step) {
  TraceStep result;
  result.at = step.at;
  JsonFields fields;
  std::visit(
      [&]<class A>(const A& action) {
        result.kind = A::name;
        A::fields(action, StepFieldWriter<P>{fields.json()});
      },
      step.action);
  result.fields = fields;
  return result;
}

template <class P>
std::optional<Step<P>> from_trace_step(const TraceStep& step) {
  std::optional<Step<P>> result;
  const JsonFields fields = step.fields.unpacked();
  const auto try_kind = [&]<class A>(std::type_identity<A>) {
    if (step.kind != A::name) {
      return false;
    }
    A action;
    bool is_good = is_object(fields.json());
    A::fields(action, StepFieldReader<P>{fields.json(), is_good});
    if (is_good) {
      result = Step<P>{step.at, action};
    }
    return true;
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    static_cast<void>(
        (try_kind(std::type_identity<std::variant_alternative_t<I, Action<P>>>{}) || ...));
  }(std::make_index_sequence<std::variant_size_v<Action<P>>>{});
  return result;
}

}  // namespace synod
