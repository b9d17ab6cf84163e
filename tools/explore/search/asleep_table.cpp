#include "tools/explore/search/asleep_table.h"

#include <algorithm>
#include <utility>

namespace synod::explorer {

void AsleepTable::clear() {
  for (Shard& shard : shards_) {
    shard.entries = {};
    shard.count = 0;
  }
  bytes_ = 0;
}

void AsleepTable::grow(Shard& shard) {
  constexpr std::size_t size_min = 64;
  std::vector<Entry> entries(std::max(size_min, 2 * shard.entries.size()));
  bytes_.fetch_add((entries.size() - shard.entries.size()) * sizeof(Entry),
                   std::memory_order_relaxed);
  for (const Entry& entry : shard.entries) {
    if (entry.fingerprint != 0) find(entries, entry.fingerprint) = entry;
  }
  shard.entries = std::move(entries);
}

}  // namespace synod::explorer
