// Writes down the steps of a run, when it is on.
#pragma once

#include <vector>

#include "sim/world/observation.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class Recorder {
 public:
  void start(bool is_on) {
    is_on_ = is_on;
    steps_.clear();
  }
  void stop() { is_on_ = false; }
  [[nodiscard]] bool is_on() const { return is_on_; }
  void append(const Recorder& more) {
    if (is_on_) {
      steps_.insert(steps_.end(), more.steps_.begin(), more.steps_.end());
    }
  }
  void on(const World<P>& /*world*/, const Applied<P>& applied) {
    if (is_on_) [[unlikely]] {
      steps_.push_back(applied.step);
    }
  }
  [[nodiscard]] const std::vector<Step<P>>& steps() const { return steps_; }

 private:
  bool is_on_ = false;
  std::vector<Step<P>> steps_;
};

}  // namespace synod
