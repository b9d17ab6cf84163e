// The search: every state that a model can reach, breadth first, each once.
//
// One level after the other: the workers look at the successors of its states and put the new ones
// into the next level. Between two levels, and when the visited set must grow, all of them wait
// while one goes on alone.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <barrier>
#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tools/explore/search/asleep_table.h"
#include "tools/explore/search/frontier.h"
#include "tools/explore/search/model.h"
#include "tools/explore/search/rebuild_trace.h"
#include "tools/explore/search/search_result.h"
#include "tools/explore/search/search_worker.h"
#include "tools/explore/search/visited.h"
#include "tools/long_work/workers.h"

namespace synod::explorer {

/// One search, used once.
template <Model M, class Visited>
class Search {
 public:
  using State = typename M::State;

  Search(const M& model, const SearchOptions& options)
      : options_(options),
        visited_(options.memory_bytes_max),
        sometimes_count_(std::ranges::size(M(model).sometimes())),
        first_seen_(sometimes_count_) {
    if (sometimes_count_ > 64) throw std::invalid_argument("at most 64 sometimes properties");
    for (std::size_t index = 0; index < sometimes_count_; ++index) {
      stage_.unseen |= std::uint64_t{1} << index;
    }
    if (options.has_sleep_sets) {
      if (!SleepingModel<M>) throw std::invalid_argument("this model knows no sleep sets");
      stage_.asleep = &asleep_[0];
      stage_.asleep_before = &asleep_[1];
    }
    workers_.reserve(options.workers);
    for (unsigned index = 0; index < std::max(1U, options.workers); ++index) {
      workers_.push_back(std::make_unique<Worker>(model, visited_, stage_, sometimes_count_));
    }
  }

  SearchResult<M> run() {
    workers_.front()->look_at_initial_states();
    end_level();
    if (workers_.size() == 1) {
      while (!is_done_) {
        work(*workers_.front());
        decide_how_to_go_on();
      }
    } else {
      work_together();
    }
    if (failure_) std::rethrow_exception(failure_);
    return result();
  }

 private:
  using Clock = std::chrono::steady_clock;
  using Worker = SearchWorker<M, Visited>;

  /// The first state, by its fingerprint, that showed a *sometimes* property.
  struct Seen {
    std::uint64_t fingerprint = 0;
    std::uint32_t level = 0;
  };

  // ---- The workers, each by itself -----------------------------------------------------------

  void work_together() {
    std::barrier barrier(static_cast<std::ptrdiff_t>(workers_.size()),
                         [this]() noexcept { take_turn(); });
    Workers().run(static_cast<unsigned>(workers_.size()), [this, &barrier](unsigned index) {
      while (!is_done_) {
        work(*workers_[index]);
        barrier.arrive_and_wait();
      }
    });
  }

  void work(Worker& worker) {
    try {
      worker.work(
          frontier_, [this] { return is_pausing_.load(std::memory_order_relaxed); },
          [this, &worker] {
            tell_progress(worker);
            if (const auto why = reason_to_stop()) {
              stopped_ = why;
              is_pausing_ = true;
            }
          },
          [this] {
            needs_room_ = true;
            is_pausing_ = true;
          });
    } catch (...) {
      if (!has_failed_.exchange(true)) failure_ = std::current_exception();
      is_pausing_ = true;
    }
  }

  /// Whenever it looks up; the first worker tells for all.
  void tell_progress(Worker& worker) {
    constexpr double pause = 0.1;  // seconds
    worker.distinct_told.store(worker.distinct, std::memory_order_relaxed);
    if (!options_.on_progress || &worker != workers_.front().get() ||
        seconds() < told_at_ + pause) {
      return;
    }
    told_at_ = seconds();
    SearchProgress progress{0, stage_.level, bytes(), told_at_};
    for (const auto& one : workers_) {
      progress.distinct += one->distinct_told.load(std::memory_order_relaxed);
    }
    options_.on_progress(progress);
  }

  std::optional<End> reason_to_stop() const {
    if (options_.is_interrupted != nullptr && *options_.is_interrupted) return End::interrupt;
    if (options_.seconds_max && seconds() > *options_.seconds_max) return End::time;
    if (bytes() > options_.memory_bytes_max) return End::memory;
    return std::nullopt;
  }

  // ---- One of them, while all others wait ----------------------------------------------------

  /// Levels that are too small to share are not worth waking the others.
  void take_turn() noexcept {
    decide_how_to_go_on();
    while (!is_done_ && is_level_small_) {
      work(*workers_.front());
      decide_how_to_go_on();
    }
  }

  void decide_how_to_go_on() noexcept {
    is_pausing_ = false;
    try {
      if (has_failed_) {
        is_done_ = true;
      } else if (stopped_.load()) {
        stop_within_level(*stopped_.load());
      } else if (needs_room_) {
        needs_room_ = false;
        make_room();
      } else {
        end_level();
      }
    } catch (...) {
      failure_ = std::current_exception();
      is_done_ = true;
    }
  }

  void make_room() {
    if (visited_.bytes_when_grown() + bytes() - visited_.bytes() > options_.memory_bytes_max) {
      stop_within_level(End::memory);
      return;
    }
    visited_.grow(sum(&Worker::distinct));
    for (const auto& worker : workers_) {
      worker->forget_reservation();
    }
  }

  /// The states found in it become those to look at.
  void end_level() {
    note_sightings();
    bytes_max_ = std::max(bytes_max_, bytes());
    frontier_.become(writers());
    left_ = frontier_.size();
    is_level_small_ = left_ <= Frontier<State>::chunk_size;
    if (left_ > 0) depth_ = stage_.level + 1;
    if (violation_) {
      stop(End::violation);
    } else if (left_ == 0) {
      stop(End::exhausted);
    } else if (depth_ >= options_.depth_max.value_or(UINT32_MAX)) {  // more cannot be counted
      stop(End::depth);
    } else {
      ++stage_.level;
      start_level_of_sleep();
    }
  }
  /// What was found asleep is what the states of this level start with.
  void start_level_of_sleep() {
    if (stage_.asleep == nullptr) return;
    stage_.asleep_before = stage_.asleep;
    stage_.asleep = stage_.asleep == &asleep_[0] ? &asleep_[1] : &asleep_[0];
    stage_.asleep->clear();
  }

  /// What the level has found so far counts.
  void stop_within_level(End end) {
    note_sightings();
    bytes_max_ = std::max(bytes_max_, bytes());
    left_ = frontier_.size();
    for (const auto& worker : workers_) {
      left_ += worker->left();
    }
    frontier_.become(writers());
    if (frontier_.size() > 0) depth_ = stage_.level + 1;
    left_ += frontier_.size();
    stop(violation_ ? End::violation : end);
  }

  void stop(End end) {
    end_ = end;
    is_done_ = true;
  }

  void note_sightings() {
    for (const auto& worker : workers_) {
      if (!worker->violation) continue;
      violation_ = std::min(violation_.value_or(*worker->violation), *worker->violation);
    }
    for (std::size_t index = 0; index < sometimes_count_; ++index) {
      if ((stage_.unseen >> index & 1U) == 0) continue;
      std::optional<std::uint64_t> smallest;
      for (const auto& worker : workers_) {
        const auto& found = worker->first_sightings[index];
        if (found) smallest = std::min(smallest.value_or(*found), *found);
      }
      if (!smallest) continue;
      first_seen_[index] = Seen{*smallest, stage_.level};
      stage_.unseen &= ~(std::uint64_t{1} << index);
    }
  }

  // ---- What came of it -----------------------------------------------------------------------

  SearchResult<M> result() {
    SearchResult<M> result;
    result.end = end_;
    result.distinct = sum(&Worker::distinct);
    result.generated = sum(&Worker::generated);
    result.terminal = sum(&Worker::terminal);
    result.depth = depth_;
    result.left = left_;
    result.bytes_max = bytes_max_;
    const auto count = static_cast<double>(result.distinct);
    if (count > 0) result.bytes_per_state = static_cast<double>(visited_.bytes()) / count;
    if (!Visited::is_exact) result.missed_probability = std::min(1.0, count * count / 0x1p65);
    add_traces(result);
    result.seconds = seconds();
    return result;
  }

  void add_traces(SearchResult<M>& result) {
    M& model = workers_.front()->model;
    TraceRebuilder<M, Visited> rebuilder(model, visited_);
    if (violation_) {
      const std::uint32_t property = violation_->property;
      const auto breaks = [&](const State& state) { return model.violation(state) == property; };
      result.violation =
          Sighting<M>{std::string(model.invariants()[property]),
                      rebuilder.rebuild(violation_->fingerprint, stage_.level, breaks)};
    }
    result.sometimes.resize(sometimes_count_);
    for (std::size_t index = 0; index < sometimes_count_; ++index) {
      if (!first_seen_[index]) continue;
      const Seen& seen = *first_seen_[index];
      const auto shows = [&](const State& state) {
        return (model.reached(state) >> index & 1U) != 0;
      };
      result.sometimes[index] = Sighting<M>{std::string(model.sometimes()[index]),
                                            rebuilder.rebuild(seen.fingerprint, seen.level, shows)};
    }
  }

  // ---- Over all workers ----------------------------------------------------------------------

  std::uint64_t sum(std::uint64_t Worker::* count) const {
    std::uint64_t sum = 0;
    for (const auto& worker : workers_) {
      sum += (*worker).*count;
    }
    return sum;
  }

  std::vector<typename Frontier<State>::Writer*> writers() const {
    std::vector<typename Frontier<State>::Writer*> writers;
    writers.reserve(workers_.size());
    for (const auto& worker : workers_) {
      writers.push_back(&worker->next);
    }
    return writers;
  }

  std::uint64_t frontier_bytes() const {
    std::uint64_t bytes = 0;
    for (const auto& worker : workers_) {
      bytes += worker->next.bytes();
    }
    return bytes;
  }
  std::uint64_t bytes() const {
    return visited_.bytes() + frontier_bytes() + asleep_[0].bytes() + asleep_[1].bytes();
  }

  double seconds() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }

  SearchOptions options_;
  Clock::time_point started_ = Clock::now();
  Visited visited_;
  Frontier<State> frontier_;
  SearchStage stage_;
  std::array<AsleepTable, 2> asleep_;  ///< of this level and the one before, in turns
  std::vector<std::unique_ptr<Worker>> workers_;

  std::atomic<bool> is_pausing_ = false;
  std::atomic<bool> needs_room_ = false;
  std::atomic<bool> has_failed_ = false;
  std::atomic<std::optional<End>> stopped_ = std::optional<End>();
  std::exception_ptr failure_;
  bool is_done_ = false;
  double told_at_ = 0;           ///< seconds
  bool is_level_small_ = false;  ///< for one worker alone

  std::size_t sometimes_count_;
  std::vector<std::optional<Seen>> first_seen_;
  std::optional<Violating> violation_;
  std::uint32_t depth_ = 0;
  std::uint64_t left_ = 0;
  std::uint64_t bytes_max_ = 0;
  End end_ = End::exhausted;
};

/// Explores until everything has been seen, a violation was found (the level in which it was is
/// finished first, so that every number of workers finds the same one), or a bound was reached.
/// Throws what the model throws, and std::invalid_argument when whole states are asked for and the
/// model cannot encode them.
template <Model M>
SearchResult<M> search(const M& model, const SearchOptions& options) {
  if (!options.is_exact) return Search<M, VisitedFingerprints<M>>(model, options).run();
  if constexpr (ExactModel<M>) {
    return Search<M, VisitedStates<M>>(model, options).run();
  } else {
    throw std::invalid_argument("this model cannot store whole states");
  }
}

}  // namespace synod::explorer
