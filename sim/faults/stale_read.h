// A disk read returns stale data: a node that has crashed is to restart from what its disk held
// before its latest write, which it has taken for durable, and may have told others of. No protocol
// claims to bear that, so it is never drawn unless it is asked for.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <string>

#include "core/ids.h"
#include "core/text.h"
#include "sim/faults/crash.h"
#include "sim/faults/fault.h"
#include "sim/faults/trouble.h"

namespace synod {

/// The disk of a node that is down holds what it held before its latest change. Once: what was
/// before that is not kept.
struct StaleReadStep {
  static constexpr std::string_view name = "stale_read";
  static constexpr std::string_view about =
      "The disk of a node that is down gives back what it held before its latest write, and the "
      "node restarts from that.";
  NodeId node;
  static constexpr void fields(auto& self, auto&& visit) { visit("node", self.node); }
  bool operator==(const StaleReadStep&) const = default;

  [[nodiscard]] std::string text() const {
    return fmt::format("{}'s disk gives back what it held before its latest write", node);
  }
  [[nodiscard]] bool try_apply(auto& world, auto& hand) const {
    if (node.index >= world.older_disks.size() || world[node].is_up ||
        world.older_disks[node.index] == world[node].disk) {
      return false;
    }
    world[node].disk = world.older_disks[node.index];
    hand.tell(BeyondEveryModel{"a disk gave back an older state than its latest"});
    return true;
  }
  static constexpr bool reads_older_disks = true;
  static constexpr bool is_explored = false;
  static constexpr bool always_touches = true;
  static constexpr bool tells_itself = true;
};

namespace faults {

struct StaleRead {
  enum Kind : std::uint8_t { stale_read };
  static constexpr std::array<NamedText, 1> kinds = {
      {{"stale_read", "a node that restarts reads an older state than its latest from its disk"}}};

  struct Fields {
    Ratio stale_read;  ///< of crashes, after which the disk gives back an older state
    static constexpr void fields(auto& self, auto&& visit) { visit("stale_read", self.stale_read); }
    bool operator==(const Fields&) const = default;
  };
  static constexpr std::array<FieldText, 1> field_texts = {
      {{"stale_read",
        "Of crashes, those after which the disk gives back what it held before its latest write; "
        "no protocol claims to bear that."}}};

  static void check(const auto& c, auto& validator) { validator.ratio("stale_read", c.stale_read); }
  static bool is_enabled(const auto& c, Kind /*kind*/) {
    return !c.stale_read.is_zero() && Crash::is_enabled(c, Crash::crash);
  }

  static constexpr std::string_view shown_by = StaleReadStep::name;
  static constexpr std::array<std::string_view, 1> fields_that_ask = {"stale_read"};
  static void refuse(const auto& c, const auto& refuse_if) {
    refuse_if(Crash::is_none(c), "stale_read", {"crash_interval", "crash_at_write"},
              "no node crashes: give one of them too");
    refuse_if(c.crashed_max == 0, "stale_read", {"crashed_max"},
              "no node may be down: give 1 or more, or leave it out");
  }

  template <class P>
  using Steps = std::tuple<StaleReadStep>;

  template <class P>
  class Trouble : public TroubleFrom {
   public:
    Trouble() : TroubleFrom(Stream::by_name, entity_of("stale_read")) {}

    template <std::same_as<Crashed> Event>
    void on(auto& plan, const auto& world, const Event& crashed) {
      if (plan.configuration.stale_read.is_zero() || plan.is_settling()) {
        return;
      }
      Draws draws = draws_of(plan);
      const bool is_stale = draws.chance(plan.configuration.stale_read);
      keep(draws);
      const std::size_t index = crashed.node.index;
      if (is_stale && index < world.older_disks.size() &&
          !(world.older_disks[index] == world[crashed.node].disk)) {
        plan.template count<StaleRead>(stale_read);
        plan.add(StaleReadStep{crashed.node});
      }
    }
  };
};

}  // namespace faults
}  // namespace synod
