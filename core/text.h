// How the vocabulary of `core` is written and read: n1, c2, 3.n1, red, red@3.n1.
//
// One home for both directions: traces, logs, explanations and the command line use these.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/atomic_commit.h"
#include "core/ballot.h"
#include "core/duration.h"
#include "core/ids.h"
#include "core/one_decision.h"
#include "core/value.h"

namespace synod {

std::string to_text(NodeId node);        ///< "n1"
std::string to_text(ClientId client);    ///< "c1"
std::string to_text(RequestId request);  ///< "c1#2"
std::string to_text(NodeSet nodes);      ///< "{n1, n3}"
std::string to_text(Value value);        ///< "red", …, "v13"; "commit", "abort"; "none";
                                         ///< of two that are kept as one, "red+blue"
std::string to_text(Ballot ballot);      ///< "2.n1"; "none"
std::string to_text(Vote vote);          ///< "red@2.n1"; "none"
std::string to_text(Duration duration);  ///< "12"
std::string to_text(std::uint32_t number);
std::string to_text(const OneDecision::Result& result);  ///< "chosen red"; "unknown"

/// Each reads exactly what `to_text` writes and refuses everything else. After a refusal the
/// output holds nothing of use.
bool try_parse(std::string_view text, NodeId& node);
bool try_parse(std::string_view text, ClientId& client);
bool try_parse(std::string_view text, RequestId& request);
bool try_parse(std::string_view text, Value& value);
bool try_parse(std::string_view text, Ballot& ballot);
bool try_parse(std::string_view text, Vote& vote);
bool try_parse(std::string_view text, std::uint32_t& number);
bool try_parse(std::string_view text, std::uint64_t& number);

/// An enumeration with words: whoever declares `words_of` beside it, all that its text can be, in
/// the order of the enumerators from 0 on, has given it a text in both directions.
std::span<const std::string_view> words_of(Decision decision);
std::span<const std::string_view> words_of(OperationKind operation);
std::span<const std::string_view> words_of(Outcome outcome);
std::span<const std::string_view> words_of(Standing standing);

template <class T>
concept HasWords = std::is_enum_v<T> && requires(const T& value) {
  { words_of(value) } -> std::same_as<std::span<const std::string_view>>;
};
template <HasWords T>
constexpr std::string_view to_text(T value) {
  return words_of(value)[static_cast<std::size_t>(value)];
}
template <HasWords T>
constexpr bool try_parse(std::string_view text, T& value) {
  const std::span<const std::string_view> words = words_of(T{});
  const auto word = std::find(words.begin(), words.end(), text);
  value = static_cast<T>(word == words.end() ? 0 : word - words.begin());
  return word != words.end();
}

/// Types that `to_text` knows can be given to fmt::format as they are.
template <class T>
concept HasText = requires(const T& value) { to_text(value); } && !std::is_arithmetic_v<T>;

}  // namespace synod

template <synod::HasText T>
struct fmt::formatter<T> : fmt::formatter<std::string_view> {
  template <class Context>
  auto format(const T& value, Context& context) const {
    using synod::to_text;
    return fmt::formatter<std::string_view>::format(to_text(value), context);
  }
};
