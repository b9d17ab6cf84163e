// Counts the steps of work that may take long, and tells somebody now and then, who may stop it.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>

namespace synod {

/// Told of the steps taken so far, every few thousand of them.
using OnSteps = std::function<void(std::uint64_t steps)>;

class StepMeter {
 public:
  void tell(OnSteps on_steps) { on_steps_ = std::move(on_steps); }

  /// For each step that is taken, or for several when they have been taken.
  void count(std::uint64_t steps = 1) {
    steps_ += steps;
    if (steps_ >= told_next_) [[unlikely]] {
      tell_now();
    }
  }
  [[nodiscard]] std::uint64_t steps() const { return steps_; }

  /// Whoever counts is to end soon, between two steps; what it then has is of no use.
  void stop() { is_stopped_ = true; }
  [[nodiscard]] bool is_stopped() const { return is_stopped_; }

 private:
  /// Some milliseconds' work at most, and far longer than it takes to look at a clock.
  static constexpr std::uint64_t steps_between = 4096;

  void tell_now() {
    told_next_ = steps_ + steps_between;
    if (on_steps_ && !is_stopped_) {
      on_steps_(steps_);
    }
  }

  OnSteps on_steps_;
  std::uint64_t steps_ = 0;
  std::uint64_t told_next_ = steps_between;
  bool is_stopped_ = false;
};

}  // namespace synod
