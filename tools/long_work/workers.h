// Threads that work on one thing together: the one place in which the program starts any.
//
// What one of them meets ends the whole: no thread dies of it, nobody waits for one that is not
// there, and the caller is told the first reason. That the system refuses a thread is such a reason
// too; none begins before all are there, so that they may wait for each other.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>

namespace synod {

/// For one piece of work.
class Workers {
 public:
  using Work = std::function<void(unsigned index)>;
  using OnPause = std::function<void()>;

  /// Calls `work(index)` on each of `count` threads (at least one), and returns when all have
  /// returned. Meanwhile the caller's own thread calls `on_pause`, if there is any, ten times in a
  /// second, and at least once. Throws what was thrown first, by a worker or by `on_pause`, when
  /// all have returned; and InputError, with nothing begun, when the system refuses a thread.
  void run(unsigned count, const Work& work, const OnPause& on_pause = {});

  /// One of them has failed: the others are to return soon. By any thread.
  [[nodiscard]] bool must_end() const { return must_end_.load(std::memory_order_relaxed); }

 private:
  enum class Start : int { not_yet, now, not_at_all };

  void work_as(unsigned index, const Work& work);
  void watch(const OnPause& on_pause);
  void fail();

  std::atomic<Start> start_ = Start::not_yet;
  std::atomic<bool> must_end_ = false;
  std::mutex mutex_;  ///< guards what follows
  std::condition_variable idle_;
  unsigned left_ = 0;  ///< workers that have not returned
  std::exception_ptr failure_;
};

/// Calls `work(i)` for every i below `count` on up to `jobs` threads, each taking the next when it
/// is done with one; none takes another after a failure. Meanwhile calls `on_pause`, and throws, as
/// `Workers::run`.
void share_work(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work,
                const Workers::OnPause& on_pause = {});

}  // namespace synod
