// Counts the steps of work that may take long, and tells somebody now and then, who may end it.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <utility>

namespace synod {

/// Told of the steps taken so far, every few thousand of them. Returns false to end the work.
using OnSteps = std::function<bool(std::uint64_t steps)>;

/// Thrown out of work that was ended so, between two of its steps. Its result is lost: who has
/// something by then that is better than nothing catches this.
struct Stopped final : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return "stopped before its end"; }
};

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

 private:
  /// Some milliseconds' work at most, and far longer than it takes to look at a clock.
  static constexpr std::uint64_t steps_between = 4096;

  void tell_now() {
    told_next_ = steps_ + steps_between;
    if (on_steps_ && !on_steps_(steps_)) {
      throw Stopped();
    }
  }

  OnSteps on_steps_;
  std::uint64_t steps_ = 0;
  std::uint64_t told_next_ = steps_between;
};

}  // namespace synod
