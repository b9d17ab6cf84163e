// One order: what any node applies as its i-th entry is the i-th entry of every other. What any
// protocol gets that says what its nodes apply.
//
// A node that restarts applies its entries from the first one on again, unless entries know their
// places: then `P::place_of(entry)` gives them, counted from 1, and a node may go on where it was.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <vector>

#include "core/content_text.h"
#include "core/ids.h"
#include "core/text.h"
#include "properties/finding.h"
#include "sim/world/observation.h"

namespace synod {

inline constexpr PropertyText any_one_order_text = {
    "one_order", "all nodes apply the same entries in the same order",
    "Schneider, Implementing Fault-Tolerant Services Using the State Machine Approach, 2: order"};

template <Protocol P>
class OneOrder {
 public:
  static constexpr PropertyText text = any_one_order_text;

  void on(const EntryApplied<P>& applied, Findings& findings) {
    const std::size_t place = place_of(applied);
    if (place == entries_.size() + 1) {
      entries_.push_back({applied.node, applied.entry});
      return;
    }
    findings.expect(place <= entries_.size(), text, [&] {
      return fmt::format("{} has applied {} as entry {}, and nobody any entry {}", applied.node,
                         content_text(applied.entry), place, entries_.size() + 1);
    });
    if (place > entries_.size()) {
      return;
    }
    const First& first = entries_[place - 1];
    findings.expect(first.entry == applied.entry, text, [&] {
      return fmt::format("as entry {}, {} has applied {}, and {} {}", place, applied.node,
                         content_text(applied.entry), first.node, content_text(first.entry));
    });
  }
  void on(const Crashed& crashed, Findings& /*findings*/) { applied_[crashed.node.index] = 0; }

  bool operator==(const OneOrder&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("entries", self.entries_);
    visit("applied", self.applied_);
  }

 private:
  struct First {
    NodeId node;
    EntryOf<P> entry;
    static constexpr void fields(auto& self, auto&& visit) {
      visit("node", self.node);
      visit("entry", self.entry);
    }
    bool operator==(const First&) const = default;
  };

  /// From 1 on.
  std::size_t place_of(const EntryApplied<P>& applied) {
    const std::size_t counted = ++applied_[applied.node.index];
    if constexpr (requires { P::place_of(applied.entry); }) {
      return static_cast<std::size_t>(P::place_of(applied.entry));
    } else {
      return counted;
    }
  }

  std::vector<First> entries_;                         ///< in order, each by who applied it first
  std::array<std::size_t, node_count_max> applied_{};  ///< by node, since it started
};

}  // namespace synod
