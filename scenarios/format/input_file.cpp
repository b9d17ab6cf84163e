#include "scenarios/format/input_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

#include "scenarios/words/input_error.h"

namespace synod {
namespace {

/// For a writer that was started along with us, as in "make_trace > pipe & synod replay pipe".
constexpr int wait_for_writer_ms = 1000;
constexpr int wait_for_ever = -1;

[[noreturn]] void fail(const std::string& path, std::string_view why) {
  refuse(fmt::format("{}: cannot be read: {}", path, why));
}
[[noreturn]] void fail(const std::string& path, int error) {
  fail(path, std::generic_category().message(error));
}

class Descriptor {
 public:
  /// Opening a pipe does not wait for a writer, and reading waits only where `wait` is called.
  explicit Descriptor(const std::string& path)
      : number_(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {
    if (number_ < 0) {
      fail(path, errno);
    }
  }
  ~Descriptor() { close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int number() const { return number_; }

  /// Until there is something to read, or nothing will come any more, which is what it returns.
  [[nodiscard]] bool wait(int milliseconds) const {
    pollfd waited{.fd = number_, .events = POLLIN, .revents = 0};
    while (poll(&waited, 1, milliseconds) < 0 && errno == EINTR) {
    }
    return (waited.revents & POLLIN) == 0 && (waited.revents & POLLHUP) != 0;
  }

 private:
  int number_;
};

/// Reads on, up to `size_max` bytes and at least one more where there are more.
void read_all(const std::string& path, const Descriptor& file, mode_t mode, std::size_t size_max,
              std::string& text) {
  std::array<char, 65536> buffer{};
  bool is_pipe_known_to_be_written = !S_ISFIFO(mode);
  bool has_waited_for_writer = false;
  while (text.size() <= size_max) {
    const ssize_t size = read(file.number(), buffer.data(), buffer.size());
    if (size > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(size));
      is_pipe_known_to_be_written = true;
    } else if (size == 0 && is_pipe_known_to_be_written) {
      return;
    } else if (size == 0 && has_waited_for_writer) {
      fail(path, "it is a pipe, and nobody writes to it: give a file");
    } else if (size == 0) {
      is_pipe_known_to_be_written = file.wait(wait_for_writer_ms);
      has_waited_for_writer = true;
    } else if (errno == EAGAIN && !S_ISREG(mode)) {
      static_cast<void>(file.wait(wait_for_ever));  // somebody is about to write
      is_pipe_known_to_be_written = true;
    } else if (errno != EINTR) {
      fail(path, errno);
    }
  }
}

/// What the path leads to. Throws InputError where that is nothing.
struct stat status_of(const std::string& path) {
  struct stat status{};
  if (stat(path.c_str(), &status) != 0) {
    fail(path, errno);
  }
  return status;
}

std::string_view kind_of(mode_t mode) {
  return S_ISDIR(mode)    ? "a folder"
         : S_ISFIFO(mode) ? "a pipe"
         : S_ISSOCK(mode) ? "a socket"
                          : "a device";
}

}  // namespace

std::optional<std::string> read_input_file(const std::string& path, std::size_t size_max) {
  const Descriptor file(path);
  struct stat status{};
  if (fstat(file.number(), &status) != 0) {
    fail(path, errno);
  }
  if (S_ISDIR(status.st_mode)) {
    fail(path, "it is a directory: give a file");
  }
  if (S_ISREG(status.st_mode) && static_cast<std::uintmax_t>(status.st_size) > size_max) {
    return std::nullopt;
  }
  std::string text;
  read_all(path, file, status.st_mode, size_max, text);
  return text.size() > size_max ? std::nullopt : std::optional(std::move(text));
}

void expect_regular_file(const std::string& path) {
  const mode_t mode = status_of(path).st_mode;
  if (!S_ISREG(mode)) {
    fail(path, fmt::format("it is {}: in a folder, only files are read", kind_of(mode)));
  }
}

}  // namespace synod
