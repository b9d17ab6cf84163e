// Probes of atomic commit: rare situations by name.
#pragma once

#include <array>
#include <cstdint>

#include "core/named_text.h"
#include "properties/atomic_commit/events.h"
#include "properties/atomic_commit/history.h"
#include "sim/world/observation.h"

namespace synod::atomic_commit {

enum class Probe : std::uint8_t {
  committed,
  aborted,
  aborted_without_no,
  coordinator_crashed_before_deciding,
  participant_crashed_prepared,
  told_by_participant,
  crashed_between_write_and_send,
  crashed_mid_effects,
  write_lost,
  restarted,  ///< the last, because not every protocol's fault model has it
  count,
};

inline constexpr std::array<NamedText, static_cast<std::size_t>(Probe::count)> probe_texts = {{
    {"committed", "a node decided commit"},
    {"aborted", "a node decided abort"},
    {"aborted_without_no", "… though no participant had voted no"},
    {"coordinator_crashed_before_deciding",
     "n1 crashed after a yes and before anybody had decided"},
    {"participant_crashed_prepared", "a participant crashed after its yes and before it decided"},
    {"told_by_participant", "a participant told another node the decision"},
    {"crashed_between_write_and_send",
     "a node crashed after a write, before what waited for it left"},
    {"crashed_mid_effects", "a node crashed between two effects"},
    {"write_lost", "a write that had not finished was lost in a crash"},
    {"restarted", "a node came back from its disk"},
}};

class Probes {
 public:
  void start() { reached_ = 0; }
  [[nodiscard]] std::uint32_t reached() const { return reached_; }

  void on(const History& history, const NodeDecided& decided) {
    reach_if(decided.decision == Decision::commit, Probe::committed);
    reach_if(decided.decision == Decision::abort, Probe::aborted);
    reach_if(decided.decision == Decision::abort && history.voted_no().is_empty(),
             Probe::aborted_without_no);
  }
  void on(const History& history, const Crashed& crashed) {
    const bool is_coordinator = crashed.node == history.transaction().coordinator;
    reach_if(is_coordinator && !history.voted_yes().is_empty() && !history.is_decided(),
             Probe::coordinator_crashed_before_deciding);
    reach_if(history.voted_yes().contains(crashed.node) &&
                 history.decision(crashed.node) == Decision::none,
             Probe::participant_crashed_prepared);
    reach_if(crashed.is_between_write_and_send, Probe::crashed_between_write_and_send);
    reach_if(crashed.is_mid_effects, Probe::crashed_mid_effects);
    reach_if(crashed.writes_lost > 0, Probe::write_lost);
  }
  void on(const History& /*history*/, const Restarted& /*restarted*/) {
    reach_if(true, Probe::restarted);
  }
  void told(const History& history, NodeId from, NodeId to) {
    reach_if(from != to && from != history.transaction().coordinator, Probe::told_by_participant);
  }

 private:
  void reach_if(bool is_reached, Probe probe) {
    reached_ |= (is_reached ? 1U : 0U) << static_cast<unsigned>(probe);
  }

  std::uint32_t reached_ = 0;
};

}  // namespace synod::atomic_commit
