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

std::string complaint_about_output(const std::error_code& error) {
  return fmt::format("standard output cannot be written: {}", error.message());
}

}  // namespace

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
    throw InputError(complaint_about_output({errno != 0 ? errno : EIO, std::generic_category()}));
  }
}

std::string complaint_about(const std::system_error& error) {
  return std::ferror(stdout) != 0 ? complaint_about_output(error.code()) : error.what();
}

void complain(std::string_view line) {
  std::fflush(stdout);
  const std::string text = fmt::format("{}: {}\n", on_one_line(program_name()), line);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace synod
