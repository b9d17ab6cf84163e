// For each state of a level, the actions that need not be taken there: those that sleep on every
// arrival (see `successors_awake` in model.h). Many threads add at once.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace synod::explorer {

class AsleepTable {
  struct Entry {
    std::uint64_t fingerprint = 0;  ///< 0: free
    std::uint64_t asleep = 0;
  };
  /// A part of the table, so that threads seldom wait for each other.
  struct Shard {
    std::mutex mutex;
    std::vector<Entry> entries;  ///< open addressing; the size is a power of two
    std::size_t count = 0;
  };
  static constexpr std::size_t shard_count = 256;

  template <class Entries>
  static auto& find(Entries& entries, std::uint64_t fingerprint) {
    std::size_t place = fingerprint / shard_count;
    for (;; ++place) {
      auto& entry = entries[place & (entries.size() - 1)];
      if (entry.fingerprint == fingerprint || entry.fingerprint == 0) return entry;
    }
  }

 public:
  /// An arrival in the state with this fingerprint, which is not 0. By any thread.
  void arrive(std::uint64_t fingerprint, std::uint64_t asleep) {
    Shard& shard = shards_[fingerprint % shard_count];
    const std::lock_guard lock(shard.mutex);
    if (10 * (shard.count + 1) > 7 * shard.entries.size()) {
      grow(shard);
    }
    Entry& entry = find(shard.entries, fingerprint);
    if (entry.fingerprint == 0) {
      entry = {fingerprint, asleep};
      ++shard.count;
    } else {
      entry.asleep &= asleep;
    }
  }
  /// Nothing, where no arrival was. Not while others add.
  [[nodiscard]] std::uint64_t of(std::uint64_t fingerprint) const {
    const auto& entries = shards_[fingerprint % shard_count].entries;
    return entries.empty() ? 0 : find(entries, fingerprint).asleep;
  }
  /// Gives its memory back. For one thread alone.
  void clear();

  [[nodiscard]] std::uint64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  void grow(Shard& shard);

  std::array<Shard, shard_count> shards_;
  std::atomic<std::uint64_t> bytes_ = 0;
};

}  // namespace synod::explorer
