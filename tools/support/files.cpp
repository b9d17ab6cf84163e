#include "tools/support/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>

#include "scenarios/words/input_error.h"
#include "tools/support/file_in_pieces.h"
#include "tools/support/standard_streams.h"

namespace synod {
namespace {

namespace fs = std::filesystem;

std::string reason(int error) { return std::generic_category().message(error); }

bool is_standard_output(const std::string& path) {
  return path == standard_output_name && file_of_standard_output();
}

std::string complaint_about_file(const std::string& path, std::string_view why) {
  if (is_standard_output(path)) {
    return complaint_about_output(why);
  }
  return fmt::format("{}: cannot be written: {}", path, why);
}

[[noreturn]] void fail_file(const std::string& path, std::string_view why) {
  throw InputError(complaint_about_file(path, why));
}

[[noreturn]] void fail_folder(const std::string& path, std::string_view why) {
  throw InputError(fmt::format("{}: this folder cannot be made: {}", path, why));
}

// ---- Where a path leads -------------------------------------------------------------------------

/// Where what is written to a path ends up.
struct Place {
  std::string path;               ///< no link at its end
  std::optional<int> descriptor;  ///< one of our own, written to where it stands
  int error = 0;                  ///< why it leads nowhere
};

/// As the system takes it: "a" is in ".", and "/a" in "/".
fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// Of "/proc/self/fd/3", however its folder is called.
std::optional<int> descriptor_at(const fs::path& path) {
  std::error_code error;
  const std::string name = path.filename().string();
  int number = 0;
  const char* const end = name.data() + name.size();
  const auto [rest, bad] = std::from_chars(name.data(), end, number);
  if (name.empty() || bad != std::errc{} || rest != end || number < 0) {
    return std::nullopt;
  }
  const bool is_there = fs::equivalent(folder_of(path), "/dev/fd", error);
  return is_there && !error ? std::optional(number) : std::nullopt;
}

Place place_of(const std::string& path) {
  if (is_standard_output(path)) {
    return {.path = path, .descriptor = file_of_standard_output()};
  }
  constexpr int links_max = 40;  // as the system has it
  fs::path at = path;
  for (int links = 0; links < links_max; ++links) {
    if (const auto descriptor = descriptor_at(at)) {
      return {.path = at.string(), .descriptor = descriptor};
    }
    std::error_code error;
    if (!fs::is_symlink(fs::symlink_status(at, error))) {
      return {.path = at.string(), .descriptor = {}};
    }
    const fs::path target = fs::read_symlink(at, error);
    if (error) {
      return {.path = at.string(), .descriptor = {}, .error = error.value()};
    }
    at = target.is_absolute() ? target : folder_of(at) / target;
  }
  return {.path = path, .descriptor = {}, .error = ELOOP};
}

/// The same for every way to write it, also where it is not there yet.
fs::path whole_path(const std::string& path) {
  std::error_code error;
  const fs::path at = place_of(path).path;
  const fs::path folder = fs::weakly_canonical(fs::absolute(folder_of(at), error), error);
  return (error ? fs::absolute(folder_of(at), error) : folder) / at.filename();
}

/// The folder itself, or where it would be.
fs::path whole_folder(const std::string& path) {
  std::error_code error;
  const fs::path folder = fs::weakly_canonical(fs::absolute(path, error), error);
  const fs::path whole = error ? fs::absolute(path, error) : folder;
  return whole.has_filename() ? whole : whole.parent_path();  // without a slash at the end
}

std::optional<struct stat> status_of(const Place& place) {
  struct stat status{};
  const int error =
      place.descriptor ? fstat(*place.descriptor, &status) : stat(place.path.c_str(), &status);
  return error == 0 ? std::optional(status) : std::nullopt;
}

/// A pipe, a terminal, /dev/null.
bool is_device(const std::optional<struct stat>& status) {
  return status && !S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode);
}

// ---- Writing ------------------------------------------------------------------------------------

constexpr std::array<int, 3> ending_signals = {SIGINT, SIGTERM, SIGHUP};

/// While one lives, a signal that would end the program waits: no half-written file is left.
class SignalsHeld {
 public:
  SignalsHeld() {
    sigset_t held;
    sigemptyset(&held);
    for (const int signal : ending_signals) {
      sigaddset(&held, signal);
    }
    pthread_sigmask(SIG_BLOCK, &held, &before_);
  }
  ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
  sigset_t before_{};
};

/// One waits that ends the program: SignalsHeld holds it, and nobody handles it.
bool is_ending() {
  sigset_t pending;
  sigpending(&pending);
  return std::ranges::any_of(ending_signals, [&](int signal) {
    struct sigaction action{};
    return sigismember(&pending, signal) == 1 && sigaction(signal, nullptr, &action) == 0 &&
           (action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler == SIG_DFL;
  });
}

/// Writes to an open file, and nothing more after the first error.
class OpenFile {
 public:
  explicit OpenFile(int file) : file_(file) { held_.reserve(held_max); }

  void add(std::string_view piece) {
    if (held_.size() + piece.size() > held_max) {
      write_out(held_);
      held_.clear();
    }
    if (piece.size() > held_max) {
      write_out(piece);
    } else {
      held_ += piece;
    }
  }
  /// Returns the error, or 0.
  int close() {
    write_out(held_);
    // Some file systems say only now that they are full.
    return ::close(file_) != 0 && error_ == 0 ? errno : error_;
  }

 private:
  static constexpr std::size_t held_max = 1U << 16U;

  void write_out(std::string_view text) {
    error_ = error_ == 0 && is_ending() ? EINTR : error_;
    while (!text.empty() && error_ == 0) {
      const ssize_t size = write(file_, text.data(), text.size());
      if (size >= 0) {
        text.remove_prefix(static_cast<std::size_t>(size));
      } else if (errno != EINTR) {
        error_ = errno;
      }
    }
  }

  int file_;
  std::string held_;
  int error_ = 0;
};

/// Writes all of it and closes the file. Returns the error, or 0.
int write_and_close(int file, const TellPieces& tell) {
  OpenFile open_file(file);
  tell([&](std::string_view piece) { open_file.add(piece); });
  return open_file.close();
}

/// In the same folder, because a rename across file systems fails, and short, because the name of
/// the file may be as long as can be.
fs::path name_aside(const fs::path& path, int attempt) {
  return folder_of(path) / fmt::format(".synod.{}.{}.tmp", getpid(), attempt);
}

/// Returns the error, or 0.
int replace_file(const Place& place, const std::optional<struct stat>& old,
                 const TellPieces& tell) {
  const SignalsHeld signals_held;
  int file = -1;
  std::string aside;
  for (int attempt = 0; file < 0; ++attempt) {  // whatever a killed process of this number left
    aside = name_aside(place.path, attempt).string();
    file = open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0 && errno != EEXIST) {
      return errno;
    }
  }
  if (old) {  // whose it is, and who may read it, stays as it was, where that is ours to say
    static_cast<void>(fchown(file, old->st_uid, old->st_gid) == 0);
    static_cast<void>(fchmod(file, old->st_mode & 07777U) == 0);
  }
  int error = write_and_close(file, tell);
  if (error == 0 && std::rename(aside.c_str(), place.path.c_str()) != 0) {
    error = errno;
  }
  if (error != 0) {
    unlink(aside.c_str());
  }
  return error;
}

int write_in_place(const Place& place, int flags, const TellPieces& tell) {
  const int file = open(place.path.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC | flags);
  return file < 0 ? errno : write_and_close(file, tell);
}

int write_to_descriptor(int descriptor, const TellPieces& tell) {
  std::fflush(stdout);  // it may be that one, and what was said before comes before
  const int copy = dup(descriptor);
  return copy < 0 ? errno : write_and_close(copy, tell);
}

/// The folder lets no file be made in it, or this one not be replaced, as where it is a mount.
bool is_only_writable_in_place(int error) {
  return error == EACCES || error == EPERM || error == EROFS || error == EBUSY;
}

int write_to(const Place& place, const TellPieces& tell) {
  if (place.error != 0) {
    return place.error;
  }
  if (place.descriptor) {
    return write_to_descriptor(*place.descriptor, tell);
  }
  const auto old = status_of(place);
  if (is_device(old)) {
    return write_in_place(place, 0, tell);
  }
  if (old && access(place.path.c_str(), W_OK) != 0) {
    return errno;
  }
  const int error = replace_file(place, old, tell);
  const bool is_file = old && S_ISREG(old->st_mode);
  return is_file && is_only_writable_in_place(error) ? write_in_place(place, O_TRUNC, tell) : error;
}

// ---- Asking beforehand --------------------------------------------------------------------------

int error_of_descriptor(int descriptor) {
  const int flags = fcntl(descriptor, F_GETFL);
  return flags < 0 ? errno : (flags & O_ACCMODE) == O_RDONLY ? EBADF : 0;
}

/// Can a file of this name be made in its folder, then put in place of what is there?
int error_of_new_file(const fs::path& path) {
  struct stat status{};
  for (const fs::path& name : {path, name_aside(path, 0)}) {
    if (lstat(name.c_str(), &status) != 0 && errno != ENOENT) {
      return errno;
    }
  }
  return access(folder_of(path).c_str(), W_OK | X_OK) == 0 ? 0 : errno;
}

/// The folder, or the first above it that is there, be it a link that leads nowhere: the others
/// would be made in it.
fs::path first_that_is_there(const std::string& folder) {
  std::error_code error;
  fs::path at = fs::absolute(folder, error);
  while (!fs::exists(fs::symlink_status(at, error)) && at.has_relative_path()) {
    at = at.parent_path();
  }
  return at;
}

std::size_t limit(const fs::path& folder, int name, std::size_t unless_said) {
  const long size = pathconf(folder.c_str(), name);
  return size > 0 ? static_cast<std::size_t>(size) : unless_said;
}

}  // namespace

void write_file(const std::string& path, std::string_view contents) {
  write_file(path, [&](const WritePiece& write) { write(contents); });
}

void write_file(const std::string& path, const TellPieces& tell) {
  if (const int error = write_to(place_of(path), tell); error != 0) {
    fail_file(path, reason(error));
  }
}

void expect_writable_file(const std::string& path) {
  const Place place = place_of(path);
  if (place.error != 0 || place.descriptor) {
    const int error = place.error != 0 ? place.error : error_of_descriptor(*place.descriptor);
    if (error != 0) {
      fail_file(path, reason(error));
    }
    return;
  }
  const auto there = status_of(place);
  if (there && S_ISDIR(there->st_mode)) {
    fail_file(path, "it is a folder: give a file");
  }
  if (there && S_ISSOCK(there->st_mode)) {
    fail_file(path, "it is a socket: give a file");
  }
  if (there && access(place.path.c_str(), W_OK) != 0) {
    fail_file(path, reason(errno));
  }
  if (is_device(there)) {
    return;
  }
  const int error = error_of_new_file(place.path);
  if (error != 0 && !(there && is_only_writable_in_place(error))) {
    fail_file(path, reason(error));
  }
}

void expect_new_file(const std::string& path, bool may_overwrite) {
  const Place place = place_of(path);
  const auto there = status_of(place);
  if (!may_overwrite && !place.descriptor && there && S_ISREG(there->st_mode)) {
    throw InputError(fmt::format("{}: this file is there already: give another, or --force", path));
  }
  expect_writable_file(path);
}

void make_folder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) {
    fail_folder(path, error.message());
  }
}

void expect_possible_folder(const std::string& path) {
  const fs::path there = first_that_is_there(path);
  std::error_code error;
  if (!fs::exists(there, error)) {
    fail_folder(path, fmt::format("{} is a link that leads nowhere", there.string()));
  }
  if (!fs::is_directory(there, error)) {
    fail_folder(path, fmt::format("{} is a file", there.string()));
  }
  if (access(there.c_str(), W_OK | X_OK) != 0) {
    fail_folder(path, reason(errno));
  }
  const std::size_t name_max = limit(there, _PC_NAME_MAX, NAME_MAX);
  const bool is_too_long = path.size() >= limit(there, _PC_PATH_MAX, PATH_MAX) ||
                           std::ranges::any_of(fs::path(path), [&](const fs::path& name) {
                             return name.native().size() > name_max;
                           });
  if (is_too_long) {
    fail_folder(path, reason(ENAMETOOLONG));
  }
}

void expect_possible_file(const std::string& path) {
  const std::string folder = folder_of(path).string();
  expect_possible_folder(folder);
  if (fs::path(path).filename().native().size() > name_size_max(folder)) {
    fail_file(path, reason(ENAMETOOLONG));
  }
  if (std::error_code error; fs::exists(folder, error)) {
    expect_writable_file(path);
  }
}

std::size_t name_size_max(const std::string& folder) {
  const fs::path there = first_that_is_there(folder);
  const std::size_t path_max = limit(there, _PC_PATH_MAX, PATH_MAX);
  const std::size_t taken = folder.size() + 2;  // a slash before the name, and a zero after it
  return std::min(limit(there, _PC_NAME_MAX, NAME_MAX), path_max - std::min(taken, path_max));
}

bool is_same_file(const std::string& one, const std::string& other) {
  const Place place = place_of(one);
  const Place other_place = place_of(other);
  const auto first = status_of(place);
  const auto second = status_of(other_place);
  if (is_device(first) || is_device(second) || (place.descriptor && other_place.descriptor)) {
    return false;
  }
  if (first && second) {
    return first->st_dev == second->st_dev && first->st_ino == second->st_ino;
  }
  return whole_path(one) == whole_path(other);
}

bool is_in_folder(const std::string& file, const std::string& folder) {
  return whole_path(file).parent_path() == whole_folder(folder);
}

bool takes_place_of(const std::string& folder, const std::string& file) {
  const fs::path path = whole_path(file);
  const fs::path whole = whole_folder(folder);
  return std::mismatch(path.begin(), path.end(), whole.begin(), whole.end()).first == path.end();
}

bool WrittenFiles::try_write(const std::string& path, std::string_view contents) {
  if (path.empty()) {
    return false;
  }
  const int error = write_to(place_of(path), [&](const WritePiece& write) { write(contents); });
  if (error != 0) {
    note(complaint_about_file(path, reason(error)));
    was_full_ = error == ENOSPC || error == EDQUOT;
  }
  return error == 0;
}

void WrittenFiles::note(const std::string& complaint) {
  if (complaint_.empty()) {
    complaint_ = complaint;
  }
}

void WrittenFiles::expect_all() const {
  if (!complaint_.empty()) {
    throw InputError(complaint_);
  }
}

}  // namespace synod
