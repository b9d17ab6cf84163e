#include "tools/support/standard_streams.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>

#include "scenarios/words/input_error.h"
#include "scenarios/words/safe_text.h"
#include "tools/support/program_name.h"

namespace synod {
namespace {

/// Where its file is written to; negative: it has none.
int& left_output() {
  static int file = -1;
  return file;
}

bool is_writable(int stream) {
  const int flags = fcntl(stream, F_GETFL);
  return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY;
}

}  // namespace

void leave_standard_output_to_its_file() {
  std::fflush(stdout);
  left_output() = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  // Where nobody hears standard error, the verb goes on all the same.
  const int printed =
      is_writable(STDERR_FILENO) ? STDERR_FILENO : open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (left_output() < 0 || dup2(printed, STDOUT_FILENO) < 0) {
    throw InputError(complaint_about_output(std::generic_category().message(errno)));
  }
}

std::optional<int> file_of_standard_output() {
  return left_output() < 0 ? std::nullopt : std::optional(left_output());
}

std::string complaint_about_output(std::string_view why) {
  return fmt::format("standard output cannot be written: {}", why);
}

void prepare_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) < 0) {
      // The lowest number that is free is this one. A folder can be neither read nor written, not
      // even when it is opened again by way of /dev/stdout.
      static_cast<void>(open("/", O_RDONLY | O_DIRECTORY));
    }
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void expect_all_printed() {
  errno = 0;
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    throw InputError(
        complaint_about_output(std::generic_category().message(errno != 0 ? errno : EIO)));
  }
}

std::string complaint_about(const std::system_error& error) {
  return std::ferror(stdout) != 0 ? complaint_about_output(error.code().message()) : error.what();
}

void complain(std::string_view line) {
  std::fflush(stdout);
  const std::string text = fmt::format("{}: {}\n", on_one_line(program_name()), line);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace synod
