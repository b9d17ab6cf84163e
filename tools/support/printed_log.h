// The log of a run, printed: so short that it is read, or all of it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tools/support/arguments.h"

namespace synod {

/// Declares --all, of verbs that tell the steps of a run.
Arguments::Argument add_all_steps(Arguments& arguments, bool& is_on);

class PrintedLog {
 public:
  /// All of it comes out line by line; else it comes at the end.
  explicit PrintedLog(bool is_whole) : is_whole_(is_whole) {}

  void add(const std::string& line);
  /// With an empty line below. In front of each line are `margin` columns of
  /// something else.
  void end(std::size_t margin = 0);
  /// How to see that; nothing when all was told.
  void say_what_is_left_out() const;

 private:
  bool is_whole_;
  std::size_t lines_ = 0;
  std::size_t told_ = 0;
  std::vector<std::string> kept_;
};

}  // namespace synod
