#include "tools/files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "scenarios/input_error.h"

namespace synod {
namespace {

/// In the same folder, under a name of this process: a rename across file systems fails.
std::string name_aside(const std::string& path) { return fmt::format("{}.{}.tmp", path, getpid()); }

/// A pipe, a terminal, /dev/null: written to, never replaced by a file.
bool is_device(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_other(path, error);
}

bool try_write(const std::string& path, std::string_view contents) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(contents.data(), static_cast<std::streamsize>(contents.size()));
  file.close();
  return !file.fail();
}

[[noreturn]] void fail_file(const std::string& path, std::string_view why) {
  throw InputError(fmt::format("{}: cannot be written: {}", path, why));
}

[[noreturn]] void fail_folder(const std::string& path, std::string_view why) {
  throw InputError(fmt::format("{}: this folder cannot be made: {}", path, why));
}

}  // namespace

void write_file(const std::string& path, std::string_view contents) {
  if (is_device(path)) {
    if (!try_write(path, contents)) {
      fail_file(path, std::strerror(errno));
    }
    return;
  }
  const std::string aside = name_aside(path);
  if (!try_write(aside, contents) || std::rename(aside.c_str(), path.c_str()) != 0) {
    const int error = errno;
    std::remove(aside.c_str());
    fail_file(path, std::strerror(error));
  }
}

void expect_writable_file(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    fail_file(path, "it is a folder: give a file");
  }
  if (is_device(path)) {
    return;
  }
  const std::string aside = name_aside(path);
  const bool is_written = try_write(aside, "");
  const int why = errno;
  std::remove(aside.c_str());
  if (!is_written) {
    fail_file(path, std::strerror(why));
  }
}

void expect_new_file(const std::string& path, bool may_overwrite) {
  std::error_code error;
  if (!may_overwrite && !is_device(path) && std::filesystem::exists(path, error)) {
    throw InputError(fmt::format("{}: this file is there already: give another, or --force", path));
  }
  expect_writable_file(path);
}

void make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) {
    fail_folder(path, error.message());
  }
}

void expect_possible_folder(const std::string& path) {
  // Up to the first folder that is there: the others would be made in it.
  std::error_code error;
  std::filesystem::path folder = std::filesystem::absolute(path, error);
  while (!std::filesystem::exists(folder, error) && folder.has_relative_path()) {
    folder = folder.parent_path();
  }
  if (!std::filesystem::is_directory(folder, error)) {
    fail_folder(path, fmt::format("{} is a file", folder.string()));
  }
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    fail_folder(path, std::strerror(errno));
  }
}

}  // namespace synod
