// How the vocabulary of `core` is written and read: n1, c2, 3.n1, red, red@3.n1.
//
// One home for both directions: traces, logs, explanations and the command line use these.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>

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
std::string to_text(Value value);        ///< "red", …, "v13"; "commit", "abort"; "none"
std::string to_text(Ballot ballot);      ///< "2.n1"; "none"
std::string to_text(Vote vote);          ///< "red@2.n1"; "none"
std::string to_text(Duration duration);  ///< "12"
std::string to_text(std::uint32_t number);
std::string_view to_text(Decision decision);
std::string_view to_text(OperationKind operation);
std::string_view to_text(Outcome outcome);
std::string_view to_text(Standing standing);
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
bool try_parse(std::string_view text, Decision& decision);
bool try_parse(std::string_view text, OperationKind& operation);
bool try_parse(std::string_view text, Outcome& outcome);
bool try_parse(std::string_view text, Standing& standing);

/// All that an enumeration's text can be.
std::span<const std::string_view> words_of(Decision decision);
std::span<const std::string_view> words_of(OperationKind operation);
std::span<const std::string_view> words_of(Outcome outcome);
std::span<const std::string_view> words_of(Standing standing);

/// Types that `to_text` knows can be given to fmt::format as they are.
template <class T>
concept HasText = requires(const T& value) { to_text(value); } && !std::is_arithmetic_v<T>;

}  // namespace synod

template <synod::HasText T>
struct fmt::formatter<T> : fmt::formatter<std::string_view> {
  template <class Context>
  auto format(const T& value, Context& context) const {
    return fmt::formatter<std::string_view>::format(to_text(value), context);
  }
};
