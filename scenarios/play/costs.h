// What a decision costs: messages and time, from the first call to the first node that knows.
#pragma once

#include "scenarios/play/reports.h"
#include "sim/time.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class Costs {
 public:
  [[nodiscard]] const CostReport& report() const { return report_; }

  void on(const World<P>& world, const Called<P>& /*called*/) {
    if (!is_called_) {
      is_called_ = true;
      called_at_ = world.now;
    }
  }
  void on(const World<P>& /*world*/, const Sent<P>& sent) {
    const bool is_message = sent.packet.from.is_node() && sent.packet.to.is_node() &&
                            sent.packet.from != sent.packet.to;
    const bool is_within = is_called_ && !report_.is_decided;
    report_.messages += is_message && !sent.is_duplicate && is_within ? 1U : 0U;
  }
  void on(const World<P>& world, const Learned<P>& /*learned*/) {
    if (!report_.is_decided) {
      report_.is_decided = true;
      report_.ticks = world.now.ticks - called_at_.ticks;
    }
  }

 private:
  CostReport report_;
  bool is_called_ = false;
  Time called_at_;
};

}  // namespace synod
