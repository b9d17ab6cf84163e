// A message is lost.
#pragma once

#include <string>

#include "sim/faults/fault.h"
#include "sim/mix.h"
#include "sim/packet_step.h"

namespace synod {

/// A packet is lost.
template <class P>
struct DropStep : PacketStep<P> {
  static constexpr std::string_view name = "drop";
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<PacketStep<P>>(self));
  }
  bool operator==(const DropStep&) const = default;

  [[nodiscard]] static std::string text(const std::string& packet) { return packet + "  is lost"; }
};

namespace faults {

struct Drop {
  enum Kind : std::uint8_t { drop };
  static constexpr std::array<NamedText, 1> kinds = {{{"drop", "a message is lost"}}};

  struct Fields {
    Ratio drop;  ///< of messages, lost
    static constexpr void fields(auto& self, auto&& visit) { visit("drop", self.drop); }
    bool operator==(const Fields&) const = default;
  };
  static constexpr std::array<FieldText, 1> field_texts = {{{"drop", "Of messages, lost."}}};

  static void check(const auto& c, auto& validator) { validator.ratio("drop", c.drop); }
  static bool is_enabled(const auto& c, Kind /*kind*/) { return !c.drop.is_zero(); }

  static constexpr std::string_view shown_by = "drop";
  static constexpr std::array<std::string_view, 1> fields_that_ask = {"drop"};

  static constexpr std::uint32_t swarm_part = network_part;
  static void draw(const Mix& mix, Draws& draws, auto& c) {
    constexpr std::array<Ratio, 3> drops = {{{1, 100}, {1, 30}, {1, 10}}};
    if (mix.has(draws, {1, 2})) {
      c.drop = mix.rate(draws, drops);
    }
  }
  static void draw_uniform(auto& c) { c.drop = {1, 20}; }

  template <class P>
  using Steps = std::tuple<DropStep<P>>;
};

}  // namespace faults
}  // namespace synod
