// Steps as JSON and back, for any protocol: the names come from the `fields` of each step and
// message, so that there is one home for them.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/text.h"
#include "scenarios/json_fields.h"
#include "scenarios/trace.h"
#include "sim/packet.h"
#include "sim/step.h"

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

template <Textual T>
void write_field(const T& value, nlohmann::ordered_json& json) {
  set_text(json, to_text(value));
}
template <std::integral T>
void write_field(T number, nlohmann::ordered_json& json) {
  set_number(json, Widest<T>{number});
}
/// A list of their names.
void write_field(EndpointSet endpoints, nlohmann::ordered_json& json);

template <Textual T>
bool try_read_field(const nlohmann::ordered_json& json, T& value) {
  const std::string* text = text_of(json);
  return text != nullptr && try_parse(*text, value);
}
template <std::unsigned_integral T>
bool try_read_field(const nlohmann::ordered_json& json, T& number) {
  std::uint64_t read = 0;
  const bool is_good = try_read_number(json, std::numeric_limits<T>::max(), read);
  number = is_good ? static_cast<T>(read) : number;
  return is_good;
}
template <std::signed_integral T>
bool try_read_field(const nlohmann::ordered_json& json, T& number) {
  std::int64_t read = 0;
  const bool is_good =
      try_read_number(json, std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), read);
  number = is_good ? static_cast<T>(read) : number;
  return is_good;
}
/// At least one endpoint, each of them once.
bool try_read_field(const nlohmann::ordered_json& json, EndpointSet& endpoints);

// ---- One message: its name as "type", and its fields, all of them -------------------------------

template <class M>
void write_message(const M& message, nlohmann::ordered_json& json) {
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
    M message;
    if (!try_read_message(json, message)) {
      return false;
    }
    messages = message;
    return true;
  };
  return is_object(json) && (try_alternative(std::type_identity<Ms>{}) || ...);
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
  std::visit(
      [&]<class A>(const A& action) {
        result.kind = A::name;
        A::fields(action, StepFieldWriter<P>{result.fields.json()});
      },
      step.action);
  return result;
}

template <class P>
std::optional<Step<P>> from_trace_step(const TraceStep& step) {
  std::optional<Step<P>> result;
  const auto try_kind = [&]<class A>(std::type_identity<A>) {
    if (step.kind != A::name) {
      return false;
    }
    A action;
    bool is_good = is_object(step.fields.json());
    A::fields(action, StepFieldReader<P>{step.fields.json(), is_good});
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
