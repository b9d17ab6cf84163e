// Ctrl-C while something long is running, or a request to end from elsewhere (SIGTERM, as from
// `timeout`; SIGHUP, when the terminal is closed): it is to stop in good order, and say what it
// has.
#pragma once

#include <atomic>

namespace synod {

/// While one lives (one at a time, and one for a whole command), the first such signal is noted,
/// and a second ends the program there and then. What comes within a tenth of a second counts as
/// the same one: `timeout` and shells signal a program by itself and then with its group.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  [[nodiscard]] const std::atomic<bool>& is_interrupted() const;
};

}  // namespace synod
