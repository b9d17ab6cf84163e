// The set of the states that were met, stored whole: nothing is ever taken for something else, for
// many times the memory. Many threads insert at once.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace synod::explorer {

class ExactTable {
 public:
  /// Whether the state, given as its bytes, is new. As `FingerprintTable::insert` otherwise.
  bool insert(std::string state, std::uint64_t fingerprint, std::uint64_t parent,
              std::uint32_t level);

  [[nodiscard]] std::uint64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

  /// As in `FingerprintTable`: of any state with this fingerprint. For one thread alone.
  [[nodiscard]] std::vector<std::uint64_t> parents(std::uint64_t fingerprint) const;
  [[nodiscard]] bool is_parent(std::uint64_t parent, std::uint64_t fingerprint) const;

 private:
  struct Node {
    std::string state;
    std::uint64_t parent = 0;  ///< the smallest fingerprint of one in the level before
    std::uint32_t level = 0;
    std::unique_ptr<Node> next;  ///< another state with the same fingerprint
  };
  /// A part of the set, so that threads seldom wait for each other.
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::uint64_t, Node> nodes;  ///< by fingerprint
  };
  static constexpr std::size_t shard_count = 256;

  std::array<Shard, shard_count> shards_;
  std::atomic<std::uint64_t> bytes_ = 0;
};

}  // namespace synod::explorer
