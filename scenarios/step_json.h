// Steps as JSON and back, for any protocol: the names come from the `fields` of each step and
// message, so that there is one home for them.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/text.h"
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

template <Textual T>
nlohmann::ordered_json write_field(const T& value) {
  return to_text(value);
}
template <std::integral T>
nlohmann::ordered_json write_field(T number) {
  return number;
}
inline nlohmann::ordered_json write_field(EndpointSet endpoints) {
  auto list = nlohmann::ordered_json::array();
  for (std::uint8_t index = 0; index < endpoint_count_max; ++index) {
    if (endpoints.contains({index})) {
      list.push_back(to_text(Endpoint{index}));
    }
  }
  return list;
}

template <Textual T>
bool try_read_field(const nlohmann::ordered_json& json, T& value) {
  return json.is_string() && try_parse(json.get_ref<const std::string&>(), value);
}
template <std::integral T>
bool try_read_field(const nlohmann::ordered_json& json, T& number) {
  if (json.is_number_unsigned() && std::in_range<T>(json.get<std::uint64_t>())) {
    number = static_cast<T>(json.get<std::uint64_t>());
    return true;
  }
  if (json.is_number_integer() && std::in_range<T>(json.get<std::int64_t>()) &&
      !json.is_number_unsigned()) {
    number = static_cast<T>(json.get<std::int64_t>());
    return true;
  }
  return false;
}
/// At least one endpoint, each of them once.
inline bool try_read_field(const nlohmann::ordered_json& json, EndpointSet& endpoints) {
  endpoints = {};
  if (!json.is_array()) {
    return false;
  }
  for (const auto& element : json) {
    Endpoint endpoint;
    if (!try_read_field(element, endpoint) || endpoints.contains(endpoint)) {
      return false;
    }
    endpoints.insert(endpoint);
  }
  return endpoints.size() > 0;
}

// ---- One message: its name as "type", and its fields, all of them -------------------------------

template <class M>
nlohmann::ordered_json write_message(const M& message) {
  auto json = nlohmann::ordered_json::object();
  json["type"] = M::name;
  M::fields(message, [&](std::string_view name, const auto& field) {
    json[std::string(name)] = write_field(field);
  });
  return json;
}
template <class... Ms>
nlohmann::ordered_json write_message(const std::variant<Ms...>& messages) {
  return std::visit([](const auto& message) { return write_message(message); }, messages);
}

template <class M>
bool try_read_message(const nlohmann::ordered_json& json, M& message) {
  const auto type = json.find("type");
  if (type == json.end() || *type != M::name) {
    return false;
  }
  std::size_t read = 1;
  M::fields(message, [&](std::string_view name, auto& field) {
    const auto member = json.find(name);
    read += member != json.end() && try_read_field(*member, field) ? 1U : 0U;
  });
  std::size_t wanted = 1;
  M::fields(message, [&](std::string_view, const auto&) { ++wanted; });
  return read == wanted && json.size() == wanted;
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
  return json.is_object() && (try_alternative(std::type_identity<Ms>{}) || ...);
}

// ---- One step -----------------------------------------------------------------------------------

/// May a step leave out a field of this type? It then has its default.
template <class T>
inline constexpr bool may_be_left_out = std::integral<T> || std::same_as<T, Value>;

template <class P>
struct StepFieldWriter {
  nlohmann::ordered_json& fields;

  void operator()(std::string_view name, const auto& field) const { put(name, write_field(field)); }
  void operator()(std::string_view name, const typename Packet<P>::Payload& payload) const {
    put(name, write_message(payload));
  }
  void operator()(std::string_view name, const typename P::Timer& timer) const {
    put(name, std::string(P::timer_name(timer)));
  }
  // "value": "none" and "writes_kept": 0 say nothing.
  void operator()(std::string_view name, const Value& value) const {
    if (!value.is_none()) {
      put(name, write_field(value));
    }
  }
  template <std::integral T>
  void operator()(std::string_view name, const T& number) const {
    if (number != 0) {
      put(name, write_field(number));
    }
  }

 private:
  void put(std::string_view name, nlohmann::ordered_json&& value) const {
    fields[std::string(name)] = std::move(value);
  }
};

template <class P>
struct StepFieldReader {
  const nlohmann::ordered_json& fields;
  bool& is_good;

  template <class T>
  void operator()(std::string_view name, T& field) const {
    const auto member = fields.find(name);
    if (member == fields.end()) {
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
    for (std::size_t i = 0; i < P::timer_count; ++i) {
      if (json == P::timer_name(static_cast<typename P::Timer>(i))) {
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
  result.fields = nlohmann::ordered_json::object();
  std::visit(
      [&]<class A>(const A& action) {
        result.kind = A::name;
        A::fields(action, StepFieldWriter<P>{result.fields});
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
    bool is_good = step.fields.is_object();
    if (is_good) {
      A::fields(action, StepFieldReader<P>{step.fields, is_good});
    }
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
