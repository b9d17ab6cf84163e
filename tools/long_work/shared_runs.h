// Runs that several threads make for one result, which is of no use before all are done.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "scenarios/run/runner.h"
#include "tools/long_work/stopped.h"

namespace synod {

/// Told ten times in a second how many are done. Returns false to stop there.
using OnRuns = std::function<bool(std::uint64_t runs)>;

class SharedRuns {
 public:
  explicit SharedRuns(const OnRuns& on_runs) : on_runs_(on_runs) {}

  /// For each runner: it is stopped amid a run, too.
  void attend(Runner& runner) const {
    runner.attend([this](std::uint64_t /*steps*/) { stop_if(is_stopped_.load()); });
  }
  /// For each run that is done. Throws Stopped where there is to be no other.
  void count() {
    runs_.fetch_add(1, std::memory_order_relaxed);
    stop_if(is_stopped_.load(std::memory_order_relaxed));
  }
  /// For the thread that waits for them.
  void tell() {
    if (on_runs_ && !on_runs_(runs_.load())) {
      is_stopped_.store(true);
    }
  }

 private:
  const OnRuns& on_runs_;
  std::atomic<std::uint64_t> runs_{0};
  std::atomic<bool> is_stopped_{false};
};

}  // namespace synod
