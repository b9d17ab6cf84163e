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
  using Chunk = std::vector<Entry>;

  static constexpr std::size_t chunk_size = 128;
  static constexpr std::uint64_t chunk_bytes = chunk_size * sizeof(Entry);

  /// Where one worker collects states of the next level. It uses again the chunks it was done with.
  class Writer {
   public:
    void push(const State& state, std::uint64_t fingerprint) {
      if (full_.empty() || full_.back().size() == chunk_size) start_chunk();
      full_.back().push_back({state, fingerprint});
    }
    void recycle(Chunk&& chunk) {
      chunk.clear();
      spare_.push_back(std::move(chunk));
    }
    /// Of all chunks, those that were passed on as well.
    [[nodiscard]] std::uint64_t bytes_allocated() const {
      return chunks_allocated_.load(std::memory_order_relaxed) * chunk_bytes;
    }

   private:
    friend class Frontier;
    void start_chunk() {
      if (spare_.empty()) {
        full_.emplace_back().reserve(chunk_size);
        chunks_allocated_.fetch_add(1, std::memory_order_relaxed);
      } else {
        full_.push_back(std::move(spare_.back()));
        spare_.pop_back();
      }
    }
    std::vector<Chunk> full_;
    std::vector<Chunk> spare_;
    std::atomic<std::uint64_t> chunks_allocated_ = 0;  ///< others read it
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
