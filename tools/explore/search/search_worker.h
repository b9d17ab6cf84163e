// One worker of a search: looks at the successors of states, puts those that are new into the
// visited set and the next level, and judges them.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include "tools/explore/search/asleep_table.h"
#include "tools/explore/search/frontier.h"
#include "tools/explore/search/model.h"
#include "tools/explore/search/rebuild_trace.h"

namespace synod::explorer {

/// What all workers of a search look at, and no one changes while they work.
struct SearchStage {
  std::uint32_t level = 0;        ///< in which new states are; of initial states 0
  std::uint64_t unseen = 0;       ///< those *sometimes* properties that no level before has shown
  AsleepTable* asleep = nullptr;  ///< in new states; null without sleep sets
  const AsleepTable* asleep_before = nullptr;  ///< in those of the level before
};

struct Violating {
  std::uint32_t property = 0;
  std::uint64_t fingerprint = 0;
  auto operator<=>(const Violating&) const = default;
};

template <Model M, class Visited>
class alignas(64) SearchWorker {
 public:
  using State = typename M::State;
  using Action = typename M::Action;
  using Entry = typename Frontier<State>::Entry;

  SearchWorker(const M& copied, Visited& visited, const SearchStage& stage,
               std::size_t sometimes_count)
      : model(copied), first_sightings(sometimes_count), visited_(visited), stage_(stage) {}

  void look_at_initial_states() {
    model.initial_states([this](const State& state) {
      ++generated;
      insert(state, nonzero(model.fingerprint(state)), 0, 0);
    });
  }

  /// Until nothing is left to take, or one of them asks all to wait: `must_wait` is asked before
  /// each state, `on_look` is called now and then, every millisecond or so, `on_full` when the
  /// visited set must grow.
  template <class MustWait, class OnLook, class OnFull>
  void work(Frontier<State>& frontier, const MustWait& must_wait, const OnLook& on_look,
            const OnFull& on_full) {
    while (!must_wait()) {
      if (--states_unlooked_ == 0) {
        on_look();
        pace();
      }
      if (position_ == chunk_.size() && !take_chunk(frontier)) break;
      if (!has_room()) {
        on_full();
        break;
      }
      expand(chunk_[position_++]);
    }
    insert_batch();
  }

  /// The visited set has grown.
  void forget_reservation() { reserved_ = 0; }
  /// States that it has taken and not looked at.
  [[nodiscard]] std::uint64_t left() const { return chunk_.size() - position_; }

  M model;
  typename Frontier<State>::Writer next;
  std::uint64_t distinct = 0;
  std::uint64_t generated = 0;
  std::uint64_t terminal = 0;
  std::atomic<std::uint64_t> distinct_told = 0;  ///< as of its latest chunk, for other threads
  std::optional<Violating> violation;            ///< the smallest
  /// For each *sometimes* property, the smallest fingerprint of the level that shows it first.
  std::vector<std::optional<std::uint64_t>> first_sightings;

 private:
  /// Small states wait in a batch until the processor has fetched their places in the visited set.
  static constexpr bool is_batching =
      std::is_trivially_copyable_v<State> && sizeof(State) <= 64 && !Visited::is_exact;
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t batch_size = 32;
  static constexpr std::size_t states_ahead = 4;
  static constexpr std::int64_t reservation = 256;

  struct Candidate {
    State state;
    std::uint64_t fingerprint;
    std::uint64_t parent;
    std::uint64_t asleep;
  };

  /// States that are slow to expand are to be stopped as soon as others.
  void pace() {
    const Clock::time_point now = Clock::now();
    const auto since = now - looked_;
    looked_ = now;
    if (since < std::chrono::microseconds(500) && states_between_looks_ < 256) {
      states_between_looks_ *= 2;
    } else if (since > std::chrono::milliseconds(2) && states_between_looks_ > 1) {
      states_between_looks_ /= 2;
    }
    states_unlooked_ = states_between_looks_;
  }

  bool take_chunk(Frontier<State>& frontier) {
    if (chunk_.has_memory()) next.recycle(std::move(chunk_));
    chunk_ = frontier.take();
    position_ = 0;
    return chunk_.size() != 0;
  }

  bool has_room() {
    while (reserved_ < reservation) {
      if (!visited_.try_reserve(reservation)) return false;
      reserved_ += reservation;
    }
    return true;
  }

  void expand(const Entry& entry) {
    if (is_batching && position_ + states_ahead <= chunk_.size()) {
      visited_.prefetch(chunk_[position_ + states_ahead - 1].fingerprint);
    }
    visited_.settle(entry.fingerprint);
    std::uint64_t ways = 0;
    std::uint64_t asleep = 0;
    const auto arrive = [&](const State& state, std::uint64_t asleep_there) {
      ++ways;
      const std::uint64_t fingerprint = nonzero(model.fingerprint(state));
      if constexpr (is_batching) {
        if (fingerprint == entry.fingerprint) return;
        visited_.prefetch(fingerprint);
        batch_.push_back({state, fingerprint, entry.fingerprint, asleep_there});
      } else {
        insert(state, fingerprint, entry.fingerprint, asleep_there);
      }
    };
    if constexpr (SleepingModel<M>) {
      if (stage_.asleep != nullptr) {
        asleep = stage_.asleep_before->of(entry.fingerprint);
        model.successors_awake(
            entry.state, asleep,
            [&](const Action&, const State& state, std::uint64_t there) { arrive(state, there); });
      }
    }
    if (stage_.asleep == nullptr) {
      model.successors(entry.state, [&](const Action&, const State& state) { arrive(state, 0); });
    }
    generated += ways;
    terminal += ways == 0 && asleep == 0 ? 1 : 0;
    if (batch_.size() >= batch_size) insert_batch();
  }

  void insert_batch() {
    for (const Candidate& candidate : batch_) {
      insert(candidate.state, candidate.fingerprint, candidate.parent, candidate.asleep);
    }
    batch_.clear();
  }

  void insert(const State& state, std::uint64_t fingerprint, std::uint64_t parent,
              std::uint64_t asleep) {
    const bool is_new = visited_.insert(model, state, fingerprint, parent, stage_.level);
    if (stage_.asleep != nullptr) stage_.asleep->arrive(fingerprint, asleep);
    if (!is_new) return;
    ++distinct;
    --reserved_;
    judge(state, fingerprint);
    next.push(state, fingerprint, owned_bytes(model, state));
  }

  void judge(const State& state, std::uint64_t fingerprint) {
    if (const std::optional<std::uint32_t> broken = model.violation(state)) {
      const Violating found{*broken, fingerprint};
      violation = std::min(violation.value_or(found), found);
    }
    if (stage_.unseen == 0) return;
    const std::uint64_t news = model.reached(state) & stage_.unseen;
    for (std::size_t index = 0; news >> index != 0; ++index) {
      if ((news >> index & 1U) == 0) continue;
      auto& smallest = first_sightings[index];
      smallest = std::min(smallest.value_or(fingerprint), fingerprint);
    }
  }

  Visited& visited_;
  const SearchStage& stage_;
  typename Frontier<State>::Chunk chunk_;
  std::size_t position_ = 0;  ///< in the chunk
  std::vector<Candidate> batch_;
  std::int64_t reserved_ = 0;  ///< insertions into the visited set
  Clock::time_point looked_ = Clock::now();
  std::uint32_t states_between_looks_ = 1;
  std::uint32_t states_unlooked_ = 1;
};

}  // namespace synod::explorer
