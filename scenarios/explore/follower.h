// An observer that keeps what a situation has beside its world and its witness as it must be: which
// packets were sent first, and who knows the decision.
#pragma once

#include <algorithm>
#include <variant>

#include "scenarios/explore/situation.h"
#include "sim/world/observation.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P, class Witness>
class Follower {
 public:
  using Some = Situation<P, Witness>;

  /// Which must outlive it.
  explicit Follower(Some& some) : some_(some) {}

  void on(const World<P>& /*world*/, const Sent<P>& sent) { some_.order.push_back(sent.slot); }
  void on(const World<P>& /*world*/, const Delivered<P>& delivered) { forget(delivered.slot); }
  void on(const World<P>& /*world*/, const Applied<P>& applied) {
    if (const auto* drop = std::get_if<DropStep<P>>(&applied.step.action)) {
      forget(drop->hint.slot);
    }
  }
  void on(const World<P>& /*world*/, const Learned<P>& learned) {
    some_.learned.insert(learned.node);
  }
  void on(const World<P>& /*world*/, const Crashed& crashed) { some_.learned.erase(crashed.node); }

 private:
  void forget(PacketSlot slot) {
    some_.order.erase(std::find(some_.order.begin(), some_.order.end(), slot));
  }

  Some& some_;
};

}  // namespace synod
