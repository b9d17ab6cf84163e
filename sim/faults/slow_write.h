// A disk write takes long.
#pragma once

#include "sim/faults/fault.h"
#include "sim/mix.h"

namespace synod::faults {

struct SlowWrite {
  enum Kind : std::uint8_t { slow_write };
  static constexpr std::array<NamedText, 1> kinds = {
      {{"slow_write", "a disk write takes a heavy-tailed time"}}};

  /// A write takes `disk`; a share of them takes `slow_disk` instead.
  struct Fields {
    DurationRange disk{{1}, {2}};
    Ratio slow_write;
    DurationRange slow_disk{{20}, {200}};
    static constexpr void fields(auto& self, auto&& visit) {
      visit("disk", self.disk);
      visit("slow_write", self.slow_write);
      visit("slow_disk", self.slow_disk);
    }
    bool operator==(const Fields&) const = default;
  };
  static constexpr std::array<FieldText, 3> field_texts = {
      {{"disk", "A disk write takes so long. Default 1..2."},
       {"slow_write", "Of disk writes, those that take slow_disk instead."},
       {"slow_disk", "Default 20..200."}}};

  static void check(const auto& c, auto& validator) {
    validator.range("disk", c.disk);
    validator.ratio("slow_write", c.slow_write);
    validator.range("slow_disk", c.slow_disk);
  }
  static bool is_enabled(const auto& c, Kind /*kind*/) { return !c.slow_write.is_zero(); }

  static constexpr std::array<std::string_view, 1> fields_that_ask = {"slow_write"};
  static void refuse(const auto& c, const auto& refuse_if) {
    refuse_if(is_within(c.slow_disk, c.disk), "slow_write", {"slow_disk", "disk"},
              "that is like any other write: give a longer slow_disk");
  }
  static void find_idle(const auto& c, const auto& add_if) {
    add_if(c.slow_write.is_zero(), {"slow_disk"}, {"slow_write"}, "no write is slow");
    add_if(!c.slow_write.is_zero() && c.slow_disk.max <= c.disk.max, {"slow_write"},
           {"slow_disk", "disk"}, "none is slower than any other");
  }

  /// `disk` itself is drawn before.
  static constexpr std::uint32_t swarm_part = 5;
  static void draw(const Mix& mix, Draws& draws, auto& c) {
    if (mix.has(draws, {1, 3})) {
      c.slow_write = {1, 5 + draws.below(16)};
      c.slow_disk = mix.paced(20, 100 + draws.below(300));
    }
  }
  static void draw_uniform(auto& c) {
    c.disk = range(1, 10);
    c.slow_write = {1, 20};
  }
};

}  // namespace synod::faults
