// What passes between a client and a node, whatever the protocol: a request carries an operation,
// an answer its result. Which operations and results there are is the protocol's word.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

#include "core/fields.h"
#include "core/ids.h"

namespace synod {

/// `Operation` is a protocol's own: a regular struct with `fields` (core/fields.h).
template <class SomeOperation>
struct RequestOf {
  using Operation = SomeOperation;
  static constexpr std::string_view name = "request";
  RequestId id;
  Operation operation{};
  static constexpr void fields(auto& self, auto&& visit) {
    visit("request", self.id);
    visit_parts(visit, self.operation);
  }
  bool operator==(const RequestOf&) const = default;
};

/// `Result` is a protocol's own, too.
template <class SomeResult>
struct AnswerOf {
  using Result = SomeResult;
  static constexpr std::string_view name = "answer";
  RequestId id;
  Result result{};
  static constexpr void fields(auto& self, auto&& visit) {
    visit("request", self.id);
    visit_parts(visit, self.result);
  }
  bool operator==(const AnswerOf&) const = default;
};

/// What an answer means for the client that waits.
enum class Standing : std::uint8_t {
  final,    ///< it is the operation's result
  refused,  ///< through this node the operation has not taken effect, and never will
  unknown,  ///< the node cannot say: the operation may have taken effect, or may yet
};

}  // namespace synod
