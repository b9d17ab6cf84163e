#include "tools/long_work/stop.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace synod {

double Stop::steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Stop::Stop(const std::atomic<bool>& interrupt, std::optional<double> seconds, Clock clock)
    : interrupt_(interrupt), seconds_(seconds), clock_(std::move(clock)), start_(clock_()) {}

bool Stop::is_asked(double seconds_from_now) const {
  return is_interrupted() || (seconds_ && seconds_gone() + seconds_from_now >= *seconds_);
}

std::string_view Stop::why() const {
  return is_interrupted() ? "it was interrupted" : "the time was up";
}

Stop Stop::for_one_of(std::uint64_t things) const {
  std::optional<double> share;
  if (seconds_) {
    const double left = std::max(0.0, *seconds_ - seconds_gone());
    share = left / static_cast<double>(std::max<std::uint64_t>(things, 1));
  }
  return Stop(interrupt_, share, clock_);
}

}  // namespace synod
