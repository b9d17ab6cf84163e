// Agreement: no two nodes come to know different things, ever. What any protocol gets that says
// what its nodes learn.
#pragma once

#include <fmt/format.h>

#include <optional>

#include "core/content_text.h"
#include "core/ids.h"
#include "core/text.h"
#include "properties/finding.h"
#include "sim/world/observation.h"

namespace synod {

inline constexpr PropertyText any_agreement_text = {
    "agreement", "no two nodes learn different things",
    "Lamport, Paxos Made Simple, 1: only a single value is chosen"};

template <Protocol P>
class Agreement {
 public:
  static constexpr PropertyText text = any_agreement_text;

  void on(const Learned<P>& learned, Findings& findings) {
    if (!first_) {
      first_ = First{learned.node, learned.value};
      return;
    }
    findings.expect(first_->value == learned.value, text, [&] {
      return fmt::format("{} has learned {}, and {} {}", learned.node, content_text(learned.value),
                         first_->node, content_text(first_->value));
    });
  }

  bool operator==(const Agreement&) const = default;
  static constexpr void fields(auto& self, auto&& visit) { visit("first", self.first_); }

 private:
  struct First {
    NodeId node;
    LearntOf<P> value;
    static constexpr void fields(auto& self, auto&& visit) {
      visit("node", self.node);
      visit("value", self.value);
    }
    bool operator==(const First&) const = default;
  };
  std::optional<First> first_;  ///< who came to know something first
};

}  // namespace synod
