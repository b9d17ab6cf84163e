// One line that rewrites itself, on a terminal only. It is gone when the object is: so let it go
// before anything else is printed.
#pragma once

#include <chrono>
#include <string_view>

namespace synod {

class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// Does nothing when the last was shown a moment ago: may be called as often as one likes.
  void show(std::string_view text);

 private:
  const bool is_terminal_;
  std::chrono::steady_clock::time_point shown_at_;
  bool is_shown_ = false;
};

}  // namespace synod
