// Ctrl-C while something long is running: it is to stop in good order, and say what it has.
#pragma once

#include <atomic>

namespace synod {

/// While one lives (one at a time), the first Ctrl-C is noted, and the second ends the program
/// there and then.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  [[nodiscard]] const std::atomic<bool>& is_interrupted() const;
};

}  // namespace synod
