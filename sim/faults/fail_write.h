// A disk write fails, and its node is told. Who is not told of its writes could never know that
// what it said before was wrong: none of theirs fails.
#pragma once

#include <fmt/format.h>

#include <string>

#include "core/ids.h"
#include "core/text.h"
#include "sim/faults/fault.h"
#include "sim/mix.h"
#include "sim/plain_steps.h"
#include "sim/protocol.h"

namespace synod {

/// The node's oldest unfinished write fails, and with it those in line behind it. Only where nodes
/// are told of their writes.
struct FailWriteStep {
  static constexpr std::string_view name = "fail_write";
  NodeId node;
  static constexpr void fields(auto& self, auto&& visit) { visit("node", self.node); }
  bool operator==(const FailWriteStep&) const = default;

  [[nodiscard]] std::string text() const { return fmt::format("{}'s write fails", node); }
  void simpler(const auto& add) const { add(FinishWriteStep{node}); }
  static constexpr bool always_touches = true;
};

namespace faults {

struct FailWrite {
  enum Kind : std::uint8_t { fail_write };
  static constexpr std::array<NamedText, 1> kinds = {
      {{"fail_write", "a disk write fails, and its node is told"}}};

  struct Fields {
    Ratio fail_write;  ///< of writes, failed with those in line behind
    static constexpr void fields(auto& self, auto&& visit) { visit("fail_write", self.fail_write); }
    bool operator==(const Fields&) const = default;
  };
  static constexpr std::array<FieldText, 1> field_texts = {
      {{"fail_write",
        "Of disk writes, those that fail, and those in line behind them; where nodes are told of "
        "their writes."}}};

  static void check(const auto& c, auto& validator) { validator.ratio("fail_write", c.fail_write); }
  static bool is_enabled(const auto& c, Kind /*kind*/) { return !c.fail_write.is_zero(); }
  template <class P>
  static void take_away(auto& c) {
    if constexpr (!is_told_of_writes<P>) {
      c.fail_write = {};
    }
  }

  static constexpr std::string_view shown_by = FailWriteStep::name;
  static constexpr std::array<std::string_view, 1> fields_that_ask = {"fail_write"};
  /// Only of protocols whose nodes are told of their writes.
  static constexpr std::string_view field_of_told_writes = "fail_write";

  static constexpr std::uint32_t swarm_part = 13;
  static void draw(const Mix& mix, Draws& draws, auto& c) {
    constexpr std::array<Ratio, 3> rates = {{{1, 50}, {1, 15}, {1, 5}}};
    if (mix.has(draws, {1, 3})) {
      c.fail_write = mix.rate(draws, rates);
    }
  }
  static void draw_uniform(auto& c) { c.fail_write = {1, 20}; }

  template <class P>
  using Steps = std::tuple<FailWriteStep>;
};

}  // namespace faults
}  // namespace synod
