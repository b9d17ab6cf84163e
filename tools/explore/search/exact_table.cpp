#include "tools/explore/search/exact_table.h"

#include <algorithm>
#include <utility>

namespace synod::explorer {
namespace {

/// What a node takes besides the characters of its state: itself, and its place in the map.
constexpr std::uint64_t node_bytes = 104;

}  // namespace

bool ExactTable::insert(std::string state, std::uint64_t fingerprint, std::uint64_t parent,
                        std::uint32_t level) {
  Shard& shard = shards_[fingerprint % shard_count];
  const std::scoped_lock lock(shard.mutex);
  const std::uint64_t bytes = node_bytes + state.size();
  Node fresh{std::move(state), parent, level, nullptr};
  const auto [place, is_first] = shard.nodes.try_emplace(fingerprint, std::move(fresh));
  if (!is_first) {
    Node* node = &place->second;
    while (node->state != fresh.state && node->next) {
      node = node->next.get();
    }
    if (node->state == fresh.state) {
      if (node->level == level) node->parent = std::min(node->parent, parent);
      return false;
    }
    node->next = std::make_unique<Node>(std::move(fresh));
  }
  bytes_.fetch_add(bytes, std::memory_order_relaxed);
  return true;
}

std::vector<std::uint64_t> ExactTable::parents(std::uint64_t fingerprint) const {
  std::vector<std::uint64_t> found;
  const auto& nodes = shards_[fingerprint % shard_count].nodes;
  const auto first = nodes.find(fingerprint);
  if (first == nodes.end()) return found;
  for (const Node* node = &first->second; node != nullptr; node = node->next.get()) {
    found.push_back(node->parent);
  }
  std::ranges::sort(found);
  return found;
}

bool ExactTable::is_parent(std::uint64_t parent, std::uint64_t fingerprint) const {
  return std::ranges::binary_search(parents(fingerprint), parent);
}

}  // namespace synod::explorer
