#include "tools/long_work/workers.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <thread>
#include <vector>

#include "scenarios/words/input_error.h"

namespace synod {

void Workers::run(unsigned count, const Work& work, const OnPause& on_pause) {
  left_ = std::max(1U, count);
  if (left_ == 1 && !on_pause) {
    return work(0);
  }
  std::vector<std::jthread> threads;
  threads.reserve(left_);
  try {
    for (unsigned index = 0; index < std::max(1U, count); ++index) {
      threads.emplace_back([this, index, &work] { work_as(index, work); });
    }
  } catch (const std::system_error& refusal) {
    start_ = Start::not_at_all;
    start_.notify_all();
    throw InputError(fmt::format("the system refuses thread {} of {} ({}): ask for fewer",
                                 threads.size() + 1, count, refusal.code().message()));
  } catch (...) {
    start_ = Start::not_at_all;
    start_.notify_all();
    throw;
  }
  start_ = Start::now;
  start_.notify_all();
  watch(on_pause);
  threads.clear();  // waits for them
  if (failure_) {
    std::rethrow_exception(failure_);
  }
}

void Workers::work_as(unsigned index, const Work& work) {
  start_.wait(Start::not_yet);
  if (start_ == Start::not_at_all) {
    return;
  }
  try {
    work(index);
  } catch (...) {
    fail();
  }
  const std::lock_guard lock(mutex_);
  --left_;
  idle_.notify_one();
}

void Workers::watch(const OnPause& on_pause) {
  if (!on_pause) {
    return;
  }
  bool is_done = false;
  try {
    while (!is_done) {
      {
        std::unique_lock lock(mutex_);
        is_done = idle_.wait_for(lock, std::chrono::milliseconds(100), [&] { return left_ == 0; });
      }
      on_pause();
    }
  } catch (...) {
    fail();
  }
}

/// In the handler of an exception.
void Workers::fail() {
  const std::lock_guard lock(mutex_);
  if (!failure_) {
    failure_ = std::current_exception();
  }
  must_end_ = true;
}

void share_work(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work,
                const Workers::OnPause& on_pause) {
  std::atomic<std::size_t> next = 0;
  Workers workers;
  const auto useful = static_cast<unsigned>(std::min<std::size_t>(std::max(1U, jobs), count));
  const auto take_work = [&](unsigned) {
    for (std::size_t i = next++; i < count && !workers.must_end(); i = next++) {
      work(i);
    }
  };
  workers.run(useful, take_work, on_pause);
}

}  // namespace synod
