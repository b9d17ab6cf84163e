// The states of one level whose successors are still to be looked at, in chunks: a worker takes a
// chunk at a time, and fills chunks of its own with the states of the next level.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

namespace synod::explorer {

template <class State>
class Frontier {
 public:
  struct Entry {
    State state;
    std::uint64_t fingerprint;
  };
  static constexpr std::size_t chunk_size = 128;

  /// Its entries outlive their use: a state that owns memory lends it to the one that comes after.
  class Chunk {
   public:
    [[nodiscard]] std::size_t size() const { return size_; }
    const Entry& operator[](std::size_t index) const { return entries_[index]; }
    void push(const State& state, std::uint64_t fingerprint) {
      if (size_ < entries_.size()) {
        entries_[size_].state = state;
        entries_[size_].fingerprint = fingerprint;
      } else {
        entries_.push_back({state, fingerprint});
      }
      ++size_;
    }
    void clear() { size_ = 0; }
    void reserve() { entries_.reserve(chunk_size); }
    [[nodiscard]] bool has_memory() const { return entries_.capacity() != 0; }

   private:
    std::vector<Entry> entries_;
    std::size_t size_ = 0;
  };

  /// Where one worker collects states of the next level. It uses again the chunks it was done with.
  class Writer {
   public:
    /// `owned_bytes` is the memory that the state has outside of itself.
    void push(const State& state, std::uint64_t fingerprint, std::uint64_t owned_bytes) {
      if (full_.empty() || full_.back().size() == chunk_size) start_chunk();
      full_.back().push(state, fingerprint);
      if (owned_bytes != 0) owned_bytes_.fetch_add(owned_bytes, std::memory_order_relaxed);
    }
    void recycle(Chunk&& chunk) {
      chunk.clear();
      spare_.push_back(std::move(chunk));
    }
    /// Of all chunks that it made, those passed on as well, and of what states own that it
    /// collected for this level and the one before. By any thread.
    [[nodiscard]] std::uint64_t bytes() const {
      return chunks_made_.load(std::memory_order_relaxed) * chunk_size * sizeof(Entry) +
             owned_bytes_.load(std::memory_order_relaxed);
    }

   private:
    friend class Frontier;
    void start_chunk() {
      if (spare_.empty()) {
        full_.emplace_back().reserve();
        chunks_made_.fetch_add(1, std::memory_order_relaxed);
      } else {
        full_.push_back(std::move(spare_.back()));
        spare_.pop_back();
      }
    }
    void end_level() {
      const std::uint64_t of_two_levels = owned_bytes_.load(std::memory_order_relaxed);
      owned_bytes_.store(of_two_levels - owned_bytes_before_, std::memory_order_relaxed);
      owned_bytes_before_ = of_two_levels - owned_bytes_before_;
    }
    std::vector<Chunk> full_;
    std::vector<Chunk> spare_;
    std::atomic<std::uint64_t> chunks_made_ = 0;  // atomic because others read it
    std::atomic<std::uint64_t> owned_bytes_ = 0;
    std::uint64_t owned_bytes_before_ = 0;  ///< of the level before alone
  };

  /// The next chunk that no worker has taken, or an empty one when there is none. By any thread.
  Chunk take() {
    const std::size_t index = taken_.fetch_add(1, std::memory_order_relaxed);
    return index < chunks_.size() ? std::move(chunks_[index]) : Chunk();
  }

  /// Becomes what the writers have collected. For one thread alone.
  void become(const std::vector<Writer*>& writers) {
    chunks_.clear();
    taken_ = 0;
    std::vector<Chunk> spare;
    for (Writer* writer : writers) {
      std::ranges::move(writer->full_, std::back_inserter(chunks_));
      std::ranges::move(writer->spare_, std::back_inserter(spare));
      writer->full_.clear();
      writer->spare_.clear();
      writer->end_level();
    }
    // Shared out evenly: else one who takes more than it fills would hoard.
    for (std::size_t index = 0; index < spare.size(); ++index) {
      writers[index % writers.size()]->spare_.push_back(std::move(spare[index]));
    }
  }

  /// States in chunks that nobody has taken. For one thread alone.
  [[nodiscard]] std::uint64_t size() const {
    std::uint64_t size = 0;
    for (std::size_t index = taken_; index < chunks_.size(); ++index) {
      size += chunks_[index].size();
    }
    return size;
  }

 private:
  std::vector<Chunk> chunks_;
  std::atomic<std::size_t> taken_ = 0;
};

}  // namespace synod::explorer
