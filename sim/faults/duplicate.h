// A message arrives twice.
#pragma once

#include <string>

#include "sim/faults/fault.h"
#include "sim/mix.h"
#include "sim/packet_step.h"

namespace synod {

/// A message is in flight once more.
template <class P>
struct DuplicateStep : PacketStep<P> {
  static constexpr std::string_view name = "duplicate";
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<PacketStep<P>>(self));
  }
  bool operator==(const DuplicateStep&) const = default;

  [[nodiscard]] static std::string text(const std::string& packet) {
    return packet + "  is doubled";
  }
};

namespace faults {

struct Duplicate {
  enum Kind : std::uint8_t { duplicate };
  static constexpr std::array<NamedText, 1> kinds = {{{"duplicate", "a message arrives twice"}}};

  struct Fields {
    Ratio duplicate;  ///< of messages, doubled
    static constexpr void fields(auto& self, auto&& visit) { visit("duplicate", self.duplicate); }
    bool operator==(const Fields&) const = default;
  };
  static constexpr std::array<FieldText, 1> field_texts = {
      {{"duplicate", "Of messages, doubled."}}};

  static void check(const auto& c, auto& validator) {
    validator.ratio("duplicate", c.duplicate);
    if (c.duplicate.numerator == c.duplicate.denominator) {
      validator.complain("duplicate is 1/1: give less, or every copy is doubled without end");
    }
  }
  static bool is_enabled(const auto& c, Kind /*kind*/) { return !c.duplicate.is_zero(); }

  static constexpr std::string_view shown_by = "duplicate";
  static constexpr std::array<std::string_view, 1> fields_that_ask = {"duplicate"};
  static void refuse(const auto& c, const auto& refuse_if) {
    refuse_if(c.node_count == 1, "duplicate", {"node_count"}, no_other_node);
  }

  static constexpr std::uint32_t swarm_part = network_part;
  static void draw(const Mix& mix, Draws& draws, auto& c) {
    constexpr std::array<Ratio, 3> duplicates = {{{1, 50}, {1, 10}, {1, 4}}};
    if (mix.has(draws, {1, 3})) {
      c.duplicate = mix.rate(draws, duplicates);
    }
  }
  static void draw_uniform(auto& c) { c.duplicate = {1, 20}; }

  template <class P>
  using Steps = std::tuple<DuplicateStep<P>>;
};

}  // namespace faults
}  // namespace synod
