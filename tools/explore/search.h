// The search: every state that a model can reach, breadth first, each once.
//
// One level after the other: the workers look at the successors of its states and put the new ones
// into the next level. Between two levels, and when the visited set must grow, all of them wait
// while one goes on alone.
#pragma once

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "tools/explore/frontier.h"
#include "tools/explore/model.h"
#include "tools/explore/rebuild_trace.h"
#include "tools/explore/search_result.h"
#include "tools/explore/visited.h"

namespace synod::explorer {

/// One search, used once.
template <Model M, class Visited>
class Search {
 public:
  using State = typename M::State;
  using Action = typename M::Action;

  Search(const M& model, const SearchOptions& options)
      : options_(options),
        visited_(options.memory_bytes_max),
        sometimes_count_(std::ranges::size(M(model).sometimes())) {
    for (unsigned index = 0; index < std::max(1U, options.workers); ++index) {
      workers_.push_back(std::make_unique<Worker>(model, sometimes_count_));
    }
    unseen_ =
        sometimes_count_ == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << sometimes_count_) - 1;
    first_seen_.resize(sometimes_count_);
  }

  SearchResult<M> run() {
    start();
    if (workers_.size() == 1) {
      while (!is_done_) {
        guarded_expand(*workers_.front());
        decide_how_to_go_on();
      }
    } else {
      run_together();
    }
    if (failure_) std::rethrow_exception(failure_);
    return result();
  }

 private:
  using Clock = std::chrono::steady_clock;
  using Entry = typename Frontier<State>::Entry;

  /// Small states wait in a batch until the processor has fetched their places in the visited set.
  static constexpr bool is_batching =
      std::is_trivially_copyable_v<State> && sizeof(State) <= 64 && !Visited::is_exact;
  static constexpr std::size_t batch_size = 32;
  static constexpr std::int64_t reservation = 256;

  struct Candidate {
    State state;
    std::uint64_t fingerprint;
    std::uint64_t parent;
  };
  struct Violating {
    std::uint32_t property = 0;
    std::uint64_t fingerprint = 0;
    auto operator<=>(const Violating&) const = default;
  };
  struct Seen {
    std::uint64_t fingerprint = 0;
    std::uint32_t level = 0;
  };

  struct alignas(64) Worker {
    Worker(const M& copied, std::size_t sometimes_count)
        : model(copied), sometimes(sometimes_count) {}

    M model;
    typename Frontier<State>::Writer next;
    typename Frontier<State>::Chunk chunk;
    std::size_t position = 0;  ///< in the chunk
    std::vector<Candidate> batch;
    std::int64_t reserved = 0;  ///< insertions into the visited set
    std::uint64_t distinct = 0;
    std::uint64_t generated = 0;
    std::uint64_t terminal = 0;
    std::optional<Violating> violation;  ///< the smallest
    std::vector<std::optional<std::uint64_t>>
        sometimes;  ///< the smallest fingerprint of this level
  };

  // ---- Each worker by itself -----------------------------------------------------------------

  void start() {
    Worker& first = *workers_.front();
    first.model.initial_states([&](const State& state) {
      ++first.generated;
      insert(first, state, nonzero(first.model.fingerprint(state)), 0);
    });
    level_ = 0;
    end_level();
  }

  /// Until nothing is left to take, or all are asked to wait.
  void expand_chunks(Worker& worker) {
    while (!is_pausing_.load(std::memory_order_relaxed)) {
      if (worker.position == worker.chunk.size() && !take_chunk(worker)) break;
      if (!has_room(worker)) {
        needs_room_ = true;
        is_pausing_ = true;
        break;
      }
      expand(worker, worker.chunk[worker.position++]);
    }
    insert_batch(worker);
  }

  bool take_chunk(Worker& worker) {
    if (worker.chunk.capacity() != 0) worker.next.recycle(std::move(worker.chunk));
    worker.chunk = frontier_.take();
    worker.position = 0;
    if (const auto why = reason_to_stop()) {
      stopped_ = why;
      is_pausing_ = true;
    }
    return !worker.chunk.empty();
  }

  bool has_room(Worker& worker) {
    while (worker.reserved < reservation) {
      if (!visited_.try_reserve(reservation)) return false;
      worker.reserved += reservation;
    }
    return true;
  }

  void expand(Worker& worker, const Entry& entry) {
    if constexpr (is_batching) {
      const std::size_t ahead = worker.position + 3;
      if (ahead < worker.chunk.size()) visited_.prefetch(worker.chunk[ahead].fingerprint);
    }
    visited_.settle(entry.fingerprint);
    std::uint64_t ways = 0;
    worker.model.successors(entry.state, [&](const Action&, const State& next) {
      ++ways;
      const std::uint64_t fingerprint = nonzero(worker.model.fingerprint(next));
      if constexpr (is_batching) {
        if (fingerprint == entry.fingerprint) return;
        visited_.prefetch(fingerprint);
        worker.batch.push_back({next, fingerprint, entry.fingerprint});
      } else {
        insert(worker, next, fingerprint, entry.fingerprint);
      }
    });
    worker.generated += ways;
    worker.terminal += ways == 0 ? 1 : 0;
    if (worker.batch.size() >= batch_size) insert_batch(worker);
  }

  void insert_batch(Worker& worker) {
    for (const Candidate& candidate : worker.batch) {
      insert(worker, candidate.state, candidate.fingerprint, candidate.parent);
    }
    worker.batch.clear();
  }

  void insert(Worker& worker, const State& state, std::uint64_t fingerprint, std::uint64_t parent) {
    if (!visited_.insert(worker.model, state, fingerprint, parent, level_)) return;
    ++worker.distinct;
    --worker.reserved;
    judge(worker, state, fingerprint);
    worker.next.push(state, fingerprint);
  }

  void judge(Worker& worker, const State& state, std::uint64_t fingerprint) {
    if (const std::optional<std::uint32_t> broken = worker.model.violation(state)) {
      const Violating found{*broken, fingerprint};
      worker.violation = std::min(worker.violation.value_or(found), found);
    }
    if (unseen_ == 0) return;
    const std::uint64_t news = worker.model.reached(state) & unseen_;
    for (std::size_t index = 0; news != 0 && index < sometimes_count_; ++index) {
      if ((news >> index & 1U) == 0) continue;
      auto& smallest = worker.sometimes[index];
      smallest = std::min(smallest.value_or(fingerprint), fingerprint);
    }
  }

  // ---- All together --------------------------------------------------------------------------

  void run_together() {
    std::barrier barrier(static_cast<std::ptrdiff_t>(workers_.size()),
                         [this]() noexcept { take_turn(); });
    std::vector<std::jthread> threads;
    for (const auto& worker : workers_) {
      threads.emplace_back([this, &barrier, &worker = *worker] {
        while (!is_done_) {
          guarded_expand(worker);
          barrier.arrive_and_wait();
        }
      });
    }
  }

  void guarded_expand(Worker& worker) {
    try {
      expand_chunks(worker);
    } catch (...) {
      if (!has_failed_.exchange(true)) failure_ = std::current_exception();
      is_pausing_ = true;
    }
  }

  /// While all others wait. Levels that are too small to share are not worth waking them.
  void take_turn() noexcept {
    decide_how_to_go_on();
    while (!is_done_ && is_level_small_) {
      guarded_expand(*workers_.front());
      decide_how_to_go_on();
    }
  }

  void decide_how_to_go_on() noexcept {
    is_pausing_ = false;
    try {
      if (has_failed_) {
        is_done_ = true;
      } else if (stopped_.load()) {
        stop(*stopped_.load());
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
    if (visited_.bytes_when_grown() + frontier_bytes() > options_.memory_bytes_max) {
      stop(End::memory);
      return;
    }
    visited_.grow(sum(&Worker::distinct));
    for (const auto& worker : workers_) {
      worker->reserved = 0;
    }
  }

  /// The states found in it become those to look at.
  void end_level() {
    note_sightings();
    frontier_.become(writers());
    left_ = frontier_.size();
    is_level_small_ = left_ <= Frontier<State>::chunk_size;
    if (left_ > 0) depth_ = level_ + 1;
    bytes_max_ = std::max(bytes_max_, visited_.bytes() + frontier_bytes());
    if (violation_) {
      stop(End::violation);
    } else if (left_ == 0) {
      stop(End::exhausted);
    } else if (options_.depth_max && depth_ >= *options_.depth_max) {
      stop(End::depth);
    } else {
      ++level_;
    }
  }

  void note_sightings() {
    for (const auto& worker : workers_) {
      if (worker->violation) {
        violation_ = std::min(violation_.value_or(*worker->violation), *worker->violation);
      }
    }
    for (std::size_t index = 0; index < sometimes_count_; ++index) {
      if ((unseen_ >> index & 1U) == 0) continue;
      std::optional<std::uint64_t> smallest;
      for (const auto& worker : workers_) {
        const auto& found = worker->sometimes[index];
        if (found) smallest = std::min(smallest.value_or(*found), *found);
      }
      if (!smallest) continue;
      first_seen_[index] = Seen{*smallest, level_};
      unseen_ &= ~(std::uint64_t{1} << index);
    }
  }

  void stop(End end) {
    if (end != End::exhausted && end != End::violation && end != End::depth) {
      // In the middle of a level: what it has found so far counts.
      note_sightings();
      left_ = frontier_.size();
      for (const auto& worker : workers_) {
        left_ += worker->chunk.size() - worker->position;
      }
      frontier_.become(writers());
      const std::uint64_t next = frontier_.size();
      left_ += next;
      if (next > 0) depth_ = level_ + 1;
      if (violation_) end = End::violation;
    }
    end_ = end;
    is_done_ = true;
  }

  std::optional<End> reason_to_stop() const {
    if (options_.is_interrupted != nullptr && *options_.is_interrupted) return End::interrupt;
    if (options_.seconds_max && seconds() > *options_.seconds_max) return End::time;
    if (visited_.bytes() + frontier_bytes() > options_.memory_bytes_max) return End::memory;
    return std::nullopt;
  }

  // ---- What came of it -----------------------------------------------------------------------

  SearchResult<M> result() {
    SearchResult<M> result;
    result.seconds = seconds();
    result.end = end_;
    result.distinct = sum(&Worker::distinct);
    result.generated = sum(&Worker::generated);
    result.terminal = sum(&Worker::terminal);
    result.depth = depth_;
    result.left = left_;
    result.bytes_max = std::max(bytes_max_, visited_.bytes() + frontier_bytes());
    const double count = static_cast<double>(result.distinct);
    if (count > 0) result.bytes_per_state = static_cast<double>(visited_.bytes()) / count;
    if (!Visited::is_exact) result.missed_probability = std::min(1.0, count * count / 0x1p65);
    add_sightings(result);
    return result;
  }

  void add_sightings(SearchResult<M>& result) {
    M& model = workers_.front()->model;
    TraceRebuilder<M, Visited> rebuilder(model, visited_);
    if (violation_) {
      const std::uint32_t property = violation_->property;
      result.violation =
          Sighting<M>{std::string(model.invariants()[property]),
                      rebuilder.rebuild(violation_->fingerprint, level_, [&](const State& state) {
                        return model.violation(state) == property;
                      })};
    }
    result.sometimes.resize(sometimes_count_);
    for (std::size_t index = 0; index < sometimes_count_; ++index) {
      if (!first_seen_[index]) continue;
      const Seen& seen = *first_seen_[index];
      result.sometimes[index] =
          Sighting<M>{std::string(model.sometimes()[index]),
                      rebuilder.rebuild(seen.fingerprint, seen.level, [&](const State& state) {
                        return (model.reached(state) >> index & 1U) != 0;
                      })};
    }
  }

  std::uint64_t sum(std::uint64_t Worker::* count) const {
    std::uint64_t sum = 0;
    for (const auto& worker : workers_) {
      sum += (*worker).*count;
    }
    return sum;
  }

  std::vector<typename Frontier<State>::Writer*> writers() const {
    std::vector<typename Frontier<State>::Writer*> writers;
    for (const auto& worker : workers_) {
      writers.push_back(&worker->next);
    }
    return writers;
  }

  std::uint64_t frontier_bytes() const {
    std::uint64_t bytes = 0;
    for (const auto& worker : workers_) {
      bytes += worker->next.bytes_allocated();
    }
    return bytes;
  }

  double seconds() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }

  SearchOptions options_;
  Clock::time_point started_ = Clock::now();
  Visited visited_;
  Frontier<State> frontier_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::size_t sometimes_count_;

  std::atomic<bool> is_pausing_ = false;
  std::atomic<bool> needs_room_ = false;
  std::atomic<bool> has_failed_ = false;
  std::atomic<std::optional<End>> stopped_ = std::optional<End>();
  std::exception_ptr failure_;
  bool is_done_ = false;
  bool is_level_small_ = false;  ///< for one worker alone

  std::uint32_t level_ = 0;  ///< in which new states are; of initial states 0
  std::uint32_t depth_ = 0;
  std::uint64_t left_ = 0;
  std::uint64_t bytes_max_ = 0;
  End end_ = End::exhausted;
  std::uint64_t unseen_ = 0;  ///< those *sometimes* properties that no level before has shown
  std::optional<Violating> violation_;
  std::vector<std::optional<Seen>> first_seen_;
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
