#include "tools/interrupt.h"

#include <csignal>

namespace synod {
namespace {

// The one thing that a signal handler may touch.
std::atomic<bool> has_interrupt{false};

void on_interrupt(int /*signal*/) {
  has_interrupt.store(true);
  std::signal(SIGINT, SIG_DFL);
}

}  // namespace

InterruptWatch::InterruptWatch() {
  has_interrupt.store(false);
  std::signal(SIGINT, on_interrupt);
}

InterruptWatch::~InterruptWatch() { std::signal(SIGINT, SIG_DFL); }

const std::atomic<bool>& InterruptWatch::is_interrupted() const { return has_interrupt; }

}  // namespace synod
