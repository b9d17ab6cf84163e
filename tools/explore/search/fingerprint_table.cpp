#include "tools/explore/search/fingerprint_table.h"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "scenarios/words/input_error.h"

namespace synod::explorer {
namespace {

constexpr std::uint64_t bucket_count_min = 1U << 14U;
constexpr std::uint64_t spill_buckets = 64;  ///< behind the last home

constexpr std::uint64_t grown(std::uint64_t bucket_count) { return bucket_count / 2 * 3; }

}  // namespace

// Addresses for all that may ever be needed; the system gives memory, filled with zeros, where it
// is first touched. So growing copies nothing.
FingerprintTable::FingerprintTable(std::uint64_t bytes_max)
    : bytes_reserved_(std::max(bytes_max, (bucket_count_min + spill_buckets) * sizeof(Bucket))) {
  void* const memory = mmap(nullptr, bytes_reserved_, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) {
    throw InputError(
        fmt::format("the system refuses {} MB of addresses for states: allow less with "
                    "--memory",
                    bytes_reserved_ >> 20U));
  }
#ifdef MADV_HUGEPAGE
  madvise(memory, bytes_reserved_, MADV_HUGEPAGE);  // a wish: fewer misses in big tables
#endif
  buckets_ = static_cast<Bucket*>(memory);
  set_size(bucket_count_min);
  room_ = static_cast<std::int64_t>(bucket_count_ * slots_per_bucket * 85 / 100);
}

FingerprintTable::~FingerprintTable() { munmap(buckets_, bytes_reserved_); }

void FingerprintTable::set_size(std::uint64_t bucket_count) {
  bucket_count_ = bucket_count;
  last_ = buckets_ + bucket_count + spill_buckets - 1;
}

std::uint64_t FingerprintTable::bytes() const {
  return (bucket_count_ + spill_buckets) * sizeof(Bucket);
}

std::uint64_t FingerprintTable::bytes_when_grown() const {
  return (grown(bucket_count_) + spill_buckets) * sizeof(Bucket);
}

bool FingerprintTable::try_reserve(std::int64_t insertions) {
  if (room_.fetch_sub(insertions, std::memory_order_relaxed) >= insertions) return true;
  room_.fetch_add(insertions, std::memory_order_relaxed);
  return false;
}

const std::atomic<std::uint32_t>& FingerprintTable::link_of(std::uint64_t fingerprint) const {
  for (const Bucket* bucket = &buckets_[home(fingerprint)]; bucket <= last_; ++bucket) {
    for (std::size_t slot = 0; slot < slots_per_bucket; ++slot) {
      const std::uint64_t found = bucket->fingerprints[slot].load(std::memory_order_relaxed);
      if (found == fingerprint) return bucket->links[slot];
      if (found == 0) throw std::logic_error("a state is not in the table of those visited");
    }
  }
  throw std::logic_error("a state is not in the table of those visited");
}

void FingerprintTable::settle(std::uint64_t fingerprint) {
  auto& link = const_cast<std::atomic<std::uint32_t>&>(link_of(fingerprint));
  link.store(link.load(std::memory_order_relaxed) | settled, std::memory_order_relaxed);
}

void FingerprintTable::fail_crowded() {
  throw std::runtime_error(
      "the model's fingerprints are badly mixed: too many fall into one part of the table");
}

// From the end to the beginning, one run of full buckets at a time: its entries have their homes
// within the run, and their new homes do not lie before it. So what is taken out and put back never
// meets an entry that was not yet moved, and nothing that was put back is ever moved again.
void FingerprintTable::grow(std::uint64_t count) {
  const std::uint64_t old_end = bucket_count_ + spill_buckets;
  set_size(grown(bucket_count_));
  std::vector<std::pair<std::uint64_t, std::uint32_t>> run;
  const auto take_out = [&run](Bucket& bucket) {
    for (std::size_t slot = 0; slot < slots_per_bucket; ++slot) {
      const std::uint64_t fingerprint = bucket.fingerprints[slot].load(std::memory_order_relaxed);
      if (fingerprint == 0) return;
      run.emplace_back(fingerprint, bucket.links[slot].load(std::memory_order_relaxed));
      bucket.fingerprints[slot].store(0, std::memory_order_relaxed);
      bucket.links[slot].store(0, std::memory_order_relaxed);
    }
  };
  const auto put_back = [this](std::uint64_t fingerprint, std::uint32_t link) {
    for (Bucket* bucket = &buckets_[home(fingerprint)]; bucket <= last_; ++bucket) {
      for (std::size_t slot = 0; slot < slots_per_bucket; ++slot) {
        if (bucket->fingerprints[slot].load(std::memory_order_relaxed) != 0) continue;
        bucket->fingerprints[slot].store(fingerprint, std::memory_order_relaxed);
        bucket->links[slot].store(link, std::memory_order_relaxed);
        return;
      }
    }
    fail_crowded();
  };
  const auto is_full = [](const Bucket& bucket) {
    return bucket.fingerprints.back().load(std::memory_order_relaxed) != 0;
  };
  for (std::uint64_t end = old_end; end > 0;) {
    std::uint64_t begin = end - 1;
    while (begin > 0 && is_full(buckets_[begin - 1])) {
      --begin;
    }
    run.clear();
    for (std::uint64_t index = begin; index < end; ++index) {
      take_out(buckets_[index]);
    }
    for (const auto& [fingerprint, link] : run) {
      put_back(fingerprint, link);
    }
    end = begin;
  }
  const std::uint64_t capacity = bucket_count_ * slots_per_bucket * 85 / 100;
  room_ = static_cast<std::int64_t>(capacity) - static_cast<std::int64_t>(count);
}

bool FingerprintTable::is_parent(std::uint64_t parent, std::uint64_t fingerprint) const {
  return link_of(fingerprint).load(std::memory_order_relaxed) >> 2U == parent >> 34U;
}

std::vector<std::uint64_t> FingerprintTable::parents(std::uint64_t fingerprint) const {
  const std::uint64_t leading = link_of(fingerprint).load(std::memory_order_relaxed) >> 2U;
  const Bucket* const last_home = &buckets_[home((leading + 1) * (std::uint64_t{1} << 34U) - 1)];
  std::vector<std::uint64_t> found;
  for (const Bucket* bucket = &buckets_[home(leading << 34U)]; bucket <= last_; ++bucket) {
    for (const auto& slot : bucket->fingerprints) {
      const std::uint64_t candidate = slot.load(std::memory_order_relaxed);
      if (candidate != 0 && candidate >> 34U == leading) found.push_back(candidate);
    }
    const bool spills = bucket->fingerprints.back().load(std::memory_order_relaxed) != 0;
    if (bucket >= last_home && !spills) break;
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace synod::explorer
