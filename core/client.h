// What a client may ask of a node, and what it may be told.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

#include "core/ids.h"
#include "core/value.h"

namespace synod {

enum class Operation : std::uint8_t {
  write,        ///< get a value chosen: this one, if none is yet
  read,         ///< what is chosen? Goes through the protocol and always gives the truth
  quorum_read,  ///< what does a quorum hold votes for in one ballot? May fail, changes nothing
};

struct Request {
  static constexpr std::string_view name = "request";
  RequestId id;
  Operation operation = Operation::write;
  Value value;  ///< what to write; none for the reads
  static void fields(auto& self, auto&& visit) {
    visit("request", self.id);
    visit("operation", self.operation);
    visit("value", self.value);
  }
  bool operator==(const Request&) const = default;
};

enum class Outcome : std::uint8_t {
  chosen,          ///< `value` is chosen; for a write it may be somebody else's
  not_chosen,      ///< a write's value is not chosen and never will be from this request
  nothing_chosen,  ///< a read found that no value was chosen when it asked
  unknown,         ///< the node cannot say: a write may yet take effect, a read learned nothing
};

struct Answer {
  static constexpr std::string_view name = "answer";
  RequestId id;
  Outcome outcome = Outcome::unknown;
  Value value;  ///< with `chosen` only
  static void fields(auto& self, auto&& visit) {
    visit("request", self.id);
    visit("outcome", self.outcome);
    visit("value", self.value);
  }
  bool operator==(const Answer&) const = default;
};

}  // namespace synod
