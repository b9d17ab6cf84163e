#include "tools/explore/exact_table.h"

#include <algorithm>

namespace synod::explorer {
namespace {

/// What a node takes besides the characters of a long string: two hash nodes and their places.
constexpr std::uint64_t node_bytes = 160;

}  // namespace

bool ExactTable::insert(const std::string& state, std::uint64_t fingerprint, std::uint64_t parent,
                        std::uint32_t level) {
  Shard& shard = shards_[fingerprint % shard_count];
  const std::scoped_lock lock(shard.mutex);
  const auto [place, is_new] = shard.nodes.try_emplace(state, Node{fingerprint, parent, level});
  if (is_new) {
    shard.by_fingerprint.emplace(fingerprint, &place->second);
    bytes_.fetch_add(node_bytes + state.size(), std::memory_order_relaxed);
  } else if (place->second.level == level) {
    place->second.parent = std::min(place->second.parent, parent);
  }
  return is_new;
}

std::vector<std::uint64_t> ExactTable::parents(std::uint64_t fingerprint) const {
  std::vector<std::uint64_t> found;
  const auto [begin, end] = shard(fingerprint).by_fingerprint.equal_range(fingerprint);
  for (auto node = begin; node != end; ++node) {
    found.push_back(node->second->parent);
  }
  std::ranges::sort(found);
  return found;
}

bool ExactTable::is_parent(std::uint64_t parent, std::uint64_t fingerprint) const {
  return std::ranges::binary_search(parents(fingerprint), parent);
}

}  // namespace synod::explorer
