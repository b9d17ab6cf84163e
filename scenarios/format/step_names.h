// Are the names in a step those of a protocol? Its timer, its message, the fields of that and what
// stands in them: what scenarios/format/step_reader.h leaves unjudged.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/fields.h"
#include "scenarios/format/complaint.h"
#include "scenarios/format/json_fields.h"
#include "scenarios/format/located_json.h"
#include "scenarios/format/step_json.h"
#include "scenarios/format/step_reader.h"
#include "scenarios/words/nearest.h"
#include "sim/packet.h"
#include "sim/protocol.h"
#include "sim/world/step.h"

namespace synod {

namespace detail {

/// What a field of a message should hold, for a complaint.
std::string wanted_text(const NodeId& node);
std::string wanted_text(const Ballot& ballot);
std::string wanted_text(const Vote& vote);
std::string wanted_text(const Value& value);
std::string wanted_text(const RequestId& request);
/// What has words of its own is wanted as one of them, whatever else as it is written.
template <class T>
std::string wanted_text(const T& value) {
  if constexpr (HasWords<T>) {
    return listed_names(words_of(value), "or");
  } else if constexpr (std::integral<T> && !std::same_as<T, bool>) {
    return std::unsigned_integral<T> ? "a whole number, 0 or more" : "a whole number";
  } else {
    return fmt::format("something like {}", field_json_text(value));
  }
}

/// Of a number of this type; 0 of anything else.
template <class T>
constexpr std::uint64_t largest() {
  if constexpr (std::integral<T> && !std::same_as<T, bool>) {
    return static_cast<std::uint64_t>(std::numeric_limits<T>::max());
  }
  return 0;
}
template <class T>
bool is_too_large(const Located& json) {
  std::uint64_t number = 0;
  return largest<T>() > 0 &&
         try_read_number(json.value(), std::numeric_limits<std::uint64_t>::max(), number);
}

/// The nodes and clients in it must be those of the cluster.
void expect_there(const Located& json, const NodeId& node, Cluster cluster);
void expect_there(const Located& json, const Ballot& ballot, Cluster cluster);
void expect_there(const Located& json, const Vote& vote, Cluster cluster);
void expect_there(const Located& json, const RequestId& request, Cluster cluster);
/// Whatever else: those within it.
template <class T>
void expect_there(const Located& json, const T& value, Cluster cluster) {
  const auto look_at = [&](const auto& part) { expect_there(json, part, cluster); };
  if constexpr (std::same_as<T, NodeSet>) {
    std::for_each(value.begin(), value.end(), look_at);
  } else if constexpr (HasFields<T>) {
    T::fields(value, [&](std::string_view /*name*/, const auto& field) { look_at(field); });
  } else {
    for_each_part(value, look_at);
  }
}

bool is_request(const Located& step);

/// A message between nodes, a client's request and an answer to one have other ends.
void expect_ends(const Located& step, bool is_from_node, bool is_to_node, std::string_view type);

template <class T>
void expect_field(const Located& json, Cluster cluster) {
  T field{};
  if (try_read_field(json.value(), field)) {
    return expect_there(json, field, cluster);
  }
  if constexpr (HasWords<T>) {
    const std::string& word = json.text(wanted_text(field));
    json.fail(fmt::format("{}: {}", in_quotes(word), right_value(word, words_of(field))));
  } else {
    json.fail_unless_wanted(is_too_large<T>(json) ? fmt::format("at most {}", largest<T>())
                                                  : wanted_text(field));
  }
}

template <class M>
void expect_fields(const Located& message, Cluster cluster) {
  std::vector<std::string_view> names = {"type"};
  const M one{};
  M::fields(one, [&](std::string_view name, const auto&) { names.push_back(name); });
  message.expect_members(names);
  M::fields(one, [&]<class T>(std::string_view name, const T&) {
    const auto field = message.find(name);
    if (!field) {
      message.fail_missing(name, wanted_text(T{}));
    }
    expect_field<T>(*field, cluster);
  });
}

/// The kinds of message that there are, told one by one: `visit(type, is_from_node, is_to_node)`.
template <class P, class Visit>
void for_each_message(Visit visit) {
  [&]<class... Ms>(std::type_identity<std::variant<Ms...>>) {
    (visit(std::type_identity<Ms>{}, true, true), ...);
  }(std::type_identity<typename P::Message>{});
  visit(std::type_identity<RequestFor<P>>{}, false, true);
  visit(std::type_identity<AnswerFor<P>>{}, true, false);
}

template <class P>
void expect_message(const Located& step, const Located& message, Cluster cluster) {
  const auto type = message.find("type");
  const std::string& name = *text_of(type->value());
  std::vector<std::string_view> names;
  bool is_known = false;
  for_each_message<P>([&]<class M>(std::type_identity<M>, bool is_from_node, bool is_to_node) {
    names.push_back(M::name);
    if (name == M::name) {
      is_known = true;
      expect_fields<M>(message, cluster);
      expect_ends(step, is_from_node, is_to_node, M::name);
    }
  });
  if (!is_known) {
    type->fail(
        fmt::format("{} has no message {}: {}", P::name, in_quotes(name), right_name(name, names)));
  }
}

template <class P>
void expect_timer(const Located& timer) {
  const std::string& name = *text_of(timer.value());
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < P::timer_count; ++i) {
    names.push_back(P::timer_name(static_cast<typename P::Timer>(i)));
    if (names.back() == name) {
      return;
    }
  }
  timer.fail(
      fmt::format("{} has no timer {}: {}", P::name, in_quotes(name), right_name(name, names)));
}

/// What a client asks: fields that there are, one by one right, and together.
template <class P>
void expect_operation(const Located& step, Cluster cluster) {
  using Operation = typename P::Operation;
  std::vector<std::string_view> names = {"at", "step", "client", "number", "to"};
  Operation operation{};
  Operation::fields(operation, [&](std::string_view name, const auto&) { names.push_back(name); });
  names.emplace_back("observations");
  step.expect_members(names);
  Operation::fields(operation, [&]<class T>(std::string_view name, T& field) {
    if (const auto member = step.find(name)) {
      expect_field<T>(*member, cluster);
      static_cast<void>(try_read_field(member->value(), field));
    } else if constexpr (!may_be_left_out<T>) {
      step.fail_missing(name, wanted_text(T{}));
    }
  });
  if constexpr (requires { P::what_is_wrong(operation); }) {
    if (const std::string_view wrong = P::what_is_wrong(operation); !wrong.empty()) {
      step.fail(std::string(wrong));
    }
  }
}

}  // namespace detail

/// Throws InputError, with the nearest right name. `read_step` has read the step.
template <Protocol P>
void expect_names_of(const Located& step, Cluster cluster) {
  if (const auto message = step.find("message")) {
    detail::expect_message<P>(step, *message, cluster);
  } else if (const auto timer = step.find("timer")) {
    detail::expect_timer<P>(*timer);
  } else if (detail::is_request(step)) {
    detail::expect_operation<P>(step, cluster);
  }
}

}  // namespace synod
