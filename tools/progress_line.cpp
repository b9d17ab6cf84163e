#include "tools/progress_line.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

namespace synod {
namespace {

/// A line that is too long would go on in the next, and stay there.
int columns() {
  winsize size{};
  const bool is_known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return is_known ? size.ws_col : 80;
}

}  // namespace

ProgressLine::ProgressLine()
    : is_terminal_(isatty(STDERR_FILENO) != 0 && isatty(STDOUT_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
  if (is_shown_) {
    fmt::print(stderr, "\r\033[K");
  }
}

void ProgressLine::show(std::string_view text) {
  if (!is_terminal_) {
    return;
  }
  fmt::print(stderr, "\r\033[K{:.{}}", text, columns() - 1);
  std::fflush(stderr);
  is_shown_ = true;
}

}  // namespace synod
