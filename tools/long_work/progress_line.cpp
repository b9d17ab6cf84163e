#include "tools/long_work/progress_line.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace synod {
namespace {

constexpr std::chrono::milliseconds moment{50};

/// A line that is too long would go on in the next, and stay there.
int columns() {
  winsize size{};
  const bool is_known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return is_known ? size.ws_col : 80;
}

/// A terminal that is gone by now must not end the work.
void put(const std::string& text) {
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace

ProgressLine::ProgressLine()
    : is_terminal_(isatty(STDERR_FILENO) != 0 && isatty(STDOUT_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
  if (is_shown_) {
    put("\r\033[K");
  }
}

void ProgressLine::show(std::string_view text) {
  const auto now = std::chrono::steady_clock::now();
  if (!is_terminal_ || (is_shown_ && now - shown_at_ < moment)) {
    return;
  }
  put(fmt::format("\r\033[K{:.{}}", text, columns() - 1));
  shown_at_ = now;
  is_shown_ = true;
}

}  // namespace synod
