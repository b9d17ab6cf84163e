// One line that rewrites itself, on a terminal only. It is gone when the object is: so let it go
// before anything else is printed.
#pragma once

#include <string_view>

namespace synod {

class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(std::string_view text);

 private:
  const bool is_terminal_;
  bool is_shown_ = false;
};

}  // namespace synod
