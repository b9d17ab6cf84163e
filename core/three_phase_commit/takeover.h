// The termination protocol: a participant that no longer hears from the coordinator, or from the
// participant that took over before it, asks everybody for their state and brings the transaction
// to an end (BHG 7.5).
//
// Who takes over is settled by time alone, in the order of ids: see timing.h.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/three_phase_commit/context.h"
#include "core/three_phase_commit/pre_committing.h"

namespace synod::three_phase_commit {

class Takeover {
 public:
  void on_silence_timer(const Context& context, PreCommitting& pre_committing);
  void on(const Context& context, NodeId from, const StateReport& report,
          PreCommitting& pre_committing);
  void on_reports_timer(const Context& context, PreCommitting& pre_committing);

  bool operator==(const Takeover&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("phase", self.phase_);
    visit("reports", self.reports_);
  }

 private:
  enum class Phase : std::uint8_t { idle, asking, finishing };
  friend constexpr std::string_view to_text(Phase phase) {
    constexpr std::string_view names[] = {"idle", "asking", "finishing"};
    return names[static_cast<std::size_t>(phase)];
  }

  void go_on(const Context& context, bool is_time_up, PreCommitting& pre_committing);

  Phase phase_ = Phase::idle;
  Reports reports_;
};

}  // namespace synod::three_phase_commit
