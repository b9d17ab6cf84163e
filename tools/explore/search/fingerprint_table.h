// The set of the states that were met: for each the fingerprint, and a link by which the way to it
// can be found again. Many threads insert at once, without locks.
//
// Open addressing in buckets of one cache line: five fingerprints and their links, 12.8 bytes a
// slot. A fingerprint's bucket is proportional to it, so that the table is in order but for what
// spilled into the next bucket, and grows by any factor in one pass, in place. It is filled to 85 %
// and grows by a half: 15 to 23 bytes a state.
//
// A link is the leading 30 bits of the fingerprint of the state's parent: of the smallest one among
// all states of the level before that lead to it, whichever thread came first. Which states these
// are is told by a mark of two bits: of the level in which the state was found, odd or even, and
// *settled* from the moment at which its own successors are looked at.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace synod::explorer {

class FingerprintTable {
 public:
  /// Never holds more than so many bytes. `bytes_max` of them are reserved as addresses; what is
  /// in use is `bytes()`.
  explicit FingerprintTable(std::uint64_t bytes_max);
  ~FingerprintTable();
  FingerprintTable(const FingerprintTable&) = delete;
  FingerprintTable& operator=(const FingerprintTable&) = delete;

  /// Whether it is new. `parent` leads to it, and is of the level before `level`, in which it is
  /// found if it is new. Neither fingerprint is 0. By any thread.
  bool insert(std::uint64_t fingerprint, std::uint64_t parent, std::uint32_t level) {
    const std::uint32_t link = link_to(parent, mark_of(level));
    for (Bucket* bucket = &buckets_[home(fingerprint)];; ++bucket) {
      for (std::size_t slot = 0; slot < slots_per_bucket; ++slot) {
        std::uint64_t found = bucket->fingerprints[slot].load(std::memory_order_relaxed);
        const bool is_new = found == 0 && bucket->fingerprints[slot].compare_exchange_strong(
                                              found, fingerprint, std::memory_order_relaxed);
        if (is_new || found == fingerprint) {
          improve(bucket->links[slot], link);
          return is_new;
        }
      }
      if (bucket == last_) fail_crowded();
    }
  }

  /// Says that the successors of a state, which is in the table, are now looked at: from here on it
  /// belongs to a level before. By the one thread that looks at them.
  void settle(std::uint64_t fingerprint);

  /// Gets what `insert` and `settle` will look at closer to the processor.
  void prefetch(std::uint64_t fingerprint) const {
    __builtin_prefetch(&buckets_[home(fingerprint)], 1);
  }

  /// Takes so many insertions from those left before the table must grow, or refuses. An insertion
  /// that was not taken is possible, but a few thousand of them are not. By any thread.
  bool try_reserve(std::int64_t insertions);

  [[nodiscard]] std::uint64_t bytes() const;
  [[nodiscard]] std::uint64_t bytes_when_grown() const;
  /// For one thread alone. `count` fingerprints are in the table, and all that was reserved is
  /// forgotten. May only be called while `bytes_when_grown()` is within bounds.
  void grow(std::uint64_t count);

  /// The fingerprints that may be those of the parent of a state in the table: the one, and rarely
  /// another with the same leading bits. For one thread alone.
  [[nodiscard]] std::vector<std::uint64_t> parents(std::uint64_t fingerprint) const;
  /// Whether `parent` may be the parent of a state in the table.
  [[nodiscard]] bool is_parent(std::uint64_t parent, std::uint64_t fingerprint) const;

 private:
  static constexpr std::size_t slots_per_bucket = 5;
  static constexpr std::uint32_t mark_mask = 3;
  static constexpr std::uint32_t settled = 3;

  struct alignas(64) Bucket {
    std::array<std::atomic<std::uint64_t>, slots_per_bucket> fingerprints;  ///< 0: free
    std::array<std::atomic<std::uint32_t>, slots_per_bucket> links;         ///< 0: not yet known
  };
  static_assert(sizeof(Bucket) == 64);

  static constexpr std::uint32_t mark_of(std::uint32_t level) { return 1 + (level & 1U); }
  static constexpr std::uint32_t link_to(std::uint64_t parent, std::uint32_t mark) {
    return static_cast<std::uint32_t>(parent >> 34U) << 2U | mark;
  }

  [[nodiscard]] std::uint64_t home(std::uint64_t fingerprint) const {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((Wide{fingerprint} * bucket_count_) >> 64U);
  }

  /// To the smaller one, unless the state was found in a level before.
  static void improve(std::atomic<std::uint32_t>& link, std::uint32_t wanted) {
    std::uint32_t found = link.load(std::memory_order_relaxed);
    while (found == 0 || (wanted < found && ((wanted ^ found) & mark_mask) == 0)) {
      if (link.compare_exchange_weak(found, wanted, std::memory_order_relaxed)) return;
    }
  }

  [[nodiscard]] const std::atomic<std::uint32_t>& link_of(std::uint64_t fingerprint) const;
  [[noreturn]] static void fail_crowded();
  void set_size(std::uint64_t bucket_count);

  std::uint64_t bytes_reserved_;
  Bucket* buckets_;
  std::uint64_t bucket_count_ = 0;  ///< those that are homes; a few more take what spills
  Bucket* last_ = nullptr;
  alignas(64) std::atomic<std::int64_t> room_ = 0;  ///< on a line of its own: it alone changes
};

}  // namespace synod::explorer
