// How long work may go on, and whether the user still wants it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "tools/explore/search/search_result.h"

namespace synod::explorer {

/// How far work is that follows a search.
struct AnalysisProgress {
  std::string_view what;
  std::uint64_t done = 0;
  std::uint64_t total = 0;  ///< 0: nobody knows
};

/// Thrown by work that was cut short; what it was about is then not known.
struct CutShort {
  End end = End::time;
};

/// A user's patience with one command, from when it was made. Loops that may take long ask it on
/// every turn, which costs next to nothing.
class Patience {
 public:
  using OnProgress = std::function<void(const AnalysisProgress&)>;

  Patience(std::optional<double> seconds_max, const std::atomic<bool>* is_interrupted,
           OnProgress on_progress = nullptr)
      : seconds_max_(seconds_max),
        is_interrupted_(is_interrupted),
        on_progress_(std::move(on_progress)) {}

  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(Clock::now() - started_).count();
  }
  /// For work that keeps to its time by itself.
  [[nodiscard]] std::optional<double> seconds_left() const {
    return seconds_max_ ? std::optional(*seconds_max_ - seconds()) : std::nullopt;
  }
  [[nodiscard]] const std::atomic<bool>* is_interrupted() const { return is_interrupted_; }
  [[nodiscard]] std::optional<End> reason_to_stop() const {
    if (is_interrupted_ != nullptr && *is_interrupted_) return End::interrupt;
    if (seconds_max_ && seconds() > *seconds_max_) return End::time;
    return std::nullopt;
  }

  /// What the turns from here on are about.
  void begin(std::string_view what, std::uint64_t total = 0) {
    progress_ = {what, 0, total};
    turns_between_ = turns_unasked_ = 1;  // these may be slower
    told_ = {};                           // every kind of work is told of
  }
  /// One more turn, of those that a chunk of work is made of. Throws CutShort.
  void turn() {
    ++progress_.done;
    if (--turns_unasked_ == 0) ask();
  }

 private:
  using Clock = std::chrono::steady_clock;

  /// As many turns lie between two questions as take about a millisecond.
  void ask() {
    turns_unasked_ = 1;
    if (const std::optional<End> end = reason_to_stop()) throw CutShort{*end};
    const Clock::time_point now = Clock::now();
    const auto since = now - asked_;
    asked_ = now;
    if (since < std::chrono::microseconds(500)) {
      turns_between_ = turns_between_ < turns_between_max ? turns_between_ * 2 : turns_between_;
    } else if (since > std::chrono::milliseconds(2) && turns_between_ > 1) {
      turns_between_ /= 2;
    }
    turns_unasked_ = turns_between_;
    if (on_progress_ && now - told_ > std::chrono::milliseconds(100)) {
      told_ = now;
      on_progress_(progress_);
    }
  }

  static constexpr std::uint32_t turns_between_max = 1U << 16U;

  std::optional<double> seconds_max_;
  const std::atomic<bool>* is_interrupted_;
  OnProgress on_progress_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point asked_ = started_;
  Clock::time_point told_;
  std::uint32_t turns_between_ = 1;
  std::uint32_t turns_unasked_ = 1;
  AnalysisProgress progress_;
};

}  // namespace synod::explorer
