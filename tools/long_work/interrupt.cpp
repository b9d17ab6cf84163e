#include "tools/long_work/interrupt.h"

#include <array>
#include <csignal>
#include <cstdint>
#include <ctime>

namespace synod {
namespace {

constexpr std::array watched = {SIGINT, SIGTERM, SIGHUP};
constexpr std::int64_t same_signal_ns = 100'000'000;

// All that a signal handler may touch.
std::atomic<bool> has_interrupt{false};
std::atomic<std::int64_t> first_at_ns{0};  ///< 0: there was none

std::int64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

void on_interrupt(int signal) {
  const std::int64_t now = now_ns();
  std::int64_t first = 0;
  if (!first_at_ns.compare_exchange_strong(first, now) && now - first > same_signal_ns) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  has_interrupt.store(true);
}

}  // namespace

InterruptWatch::InterruptWatch() {
  has_interrupt.store(false);
  first_at_ns.store(0);
  for (const int signal : watched) {
    // Under nohup, who started it wants it to live on when the terminal is closed.
    if (std::signal(signal, on_interrupt) == SIG_IGN && signal == SIGHUP) {
      std::signal(signal, SIG_IGN);
    }
  }
}

InterruptWatch::~InterruptWatch() {
  for (const int signal : watched) {
    if (std::signal(signal, SIG_DFL) == SIG_IGN) {
      std::signal(signal, SIG_IGN);
    }
  }
}

const std::atomic<bool>& InterruptWatch::is_interrupted() const { return has_interrupt; }

}  // namespace synod
