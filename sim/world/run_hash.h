// The fingerprint of a run: every step with its time and content, every disk that changed, every
// answer. Equal for two runs of one seed, whatever the compiler; different as soon as anything that
// matters differs.
#pragma once

#include "sim/hash.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class RunHash {
 public:
  void start() { hasher_ = {}; }
  [[nodiscard]] std::uint64_t value() const { return hasher_.value(); }

  void on(const World<P>& /*world*/, const Applied<P>& applied) {
    hasher_.add(applied.step.at.ticks);
    hasher_.add(applied.step.action);
  }
  void on(const World<P>& /*world*/, const Stored<P>& stored) { hasher_.add(stored.after); }
  void on(const World<P>& /*world*/, const Returned<P>& returned) {
    hasher_.add(returned.request.id);
    hasher_.add(returned.result);
  }

 private:
  Hasher hasher_;
};

}  // namespace synod
