// Clients of protocols that decide once, on one value: consensus on a single decree, and the commit
// of one transaction.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/client.h"
#include "core/value.h"

namespace synod {

enum class OperationKind : std::uint8_t {
  write,        ///< get a value chosen: this one, if none is yet
  read,         ///< what is chosen? Goes through the protocol and always gives the truth
  quorum_read,  ///< what does a quorum hold votes for in one ballot? May fail, changes nothing
};

enum class Outcome : std::uint8_t {
  chosen,          ///< `value` is chosen; for a write it may be somebody else's
  not_chosen,      ///< a write's value is not chosen and never will be from this request
  nothing_chosen,  ///< a read found that no value was chosen when it asked
  unknown,         ///< the node cannot say: a write may yet take effect, a read learned nothing
};

/// A protocol that decides once has this as its base; see sim/protocol.h.
struct OneDecision {
  struct Operation {
    OperationKind kind = OperationKind::write;
    Value value;  ///< what to write; none for the reads
    static constexpr void fields(auto& self, auto&& visit) {
      visit("operation", self.kind);
      visit("value", self.value);
    }
    bool operator==(const Operation&) const = default;
  };
  struct Result {
    Outcome outcome = Outcome::unknown;
    Value value;  ///< with `chosen` only
    static constexpr void fields(auto& self, auto&& visit) {
      visit("outcome", self.outcome);
      visit("value", self.value);
    }
    bool operator==(const Result&) const = default;
  };
  using Learnt = Value;

  static constexpr Standing standing_of(const Result& result) {
    switch (result.outcome) {
      case Outcome::chosen:
      case Outcome::nothing_chosen:
        return Standing::final;
      case Outcome::not_chosen:
        return Standing::refused;
      case Outcome::unknown:
        break;
    }
    return Standing::unknown;
  }
  static constexpr Result without_answer(Standing standing) {
    return {standing == Standing::refused ? Outcome::not_chosen : Outcome::unknown, {}};
  }
  /// Of what stands in a file; empty when it makes sense.
  static constexpr std::string_view what_is_wrong(const Operation& operation) {
    const bool is_write = operation.kind == OperationKind::write;
    if (is_write && operation.value.is_none()) {
      return "no \"value\": give what to write, like \"red\"";
    }
    return is_write || operation.value.is_none() ? "" : "a read has no \"value\": leave it out";
  }
  /// Numbers of values are used up.
  static constexpr bool may_ask(const Operation& operation) {
    return operation.kind != OperationKind::write || !operation.value.is_none();
  }
};

using Request = RequestOf<OneDecision::Operation>;
using Answer = AnswerOf<OneDecision::Result>;

}  // namespace synod
