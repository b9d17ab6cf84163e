#include "tools/support/captured_output.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <iostream>

// Of the sanitizers, where the program is built with one.
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" [[gnu::weak]] void __sanitizer_set_death_callback(void (*callback)());

namespace synod {
namespace {

/// What a signal handler needs to know.
struct Caught {
  int file = -1;   ///< what is caught; in memory
  int out = -1;    ///< what standard output was before …
  int error = -1;  ///< … and standard error
  volatile std::sig_atomic_t is_on = 0;
};
Caught caught;

constexpr std::array fatal = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
std::array<struct sigaction, fatal.size()> before;

/// May be called in a signal handler.
void restore_streams() {
  dup2(caught.out, STDOUT_FILENO);
  dup2(caught.error, STDERR_FILENO);
  caught.is_on = 0;
}

/// May be called in a signal handler: the program ends.
void give_back() {
  if (caught.is_on == 0) {
    return;
  }
  restore_streams();
  std::array<char, 4096> block{};
  off_t place = 0;
  for (;;) {
    const ssize_t size = pread(caught.file, block.data(), block.size(), place);
    if (size <= 0 || write(STDERR_FILENO, block.data(), static_cast<std::size_t>(size)) != size) {
      return;
    }
    place += size;
  }
}

/// Whoever watched this signal before is asked next: what made it happens again.
void on_fatal(int signal) {
  give_back();
  const auto place = std::find(fatal.begin(), fatal.end(), signal) - fatal.begin();
  sigaction(signal, &before.at(static_cast<std::size_t>(place)), nullptr);
  if (signal == SIGABRT) {
    std::raise(signal);
  }
}

void flush_all() {
  std::cout.flush();
  std::cerr.flush();
  std::clog.flush();
  std::fflush(stdout);
  std::fflush(stderr);
}

void watch_the_end() {
  static const bool is_watched = [] {
    if (__sanitizer_set_death_callback != nullptr) {
      __sanitizer_set_death_callback(&give_back);
    }
    return std::atexit(&give_back) == 0;
  }();
  static_cast<void>(is_watched);
  struct sigaction action{};
  action.sa_handler = &on_fatal;
  action.sa_flags = SA_ONSTACK;
  for (std::size_t i = 0; i < fatal.size(); ++i) {
    sigaction(fatal.at(i), &action, &before.at(i));
  }
}

void close_all() {
  for (int* file : {&caught.file, &caught.out, &caught.error}) {
    if (*file >= 0) {
      close(*file);
    }
    *file = -1;
  }
}

}  // namespace

CapturedOutput::CapturedOutput() {
  caught.file = memfd_create("printed", MFD_CLOEXEC);
  caught.out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  caught.error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (caught.file < 0 || caught.out < 0 || caught.error < 0) {
    close_all();
  } else {
    watch_the_end();
  }
}

CapturedOutput::~CapturedOutput() {
  if (caught.file >= 0) {
    end();
    for (std::size_t i = 0; i < fatal.size(); ++i) {
      sigaction(fatal.at(i), &before.at(i), nullptr);
    }
  }
  close_all();
}

void CapturedOutput::begin() {
  if (caught.file < 0 || caught.is_on != 0) {
    return;
  }
  flush_all();
  caught.is_on = 1;
  dup2(caught.file, STDOUT_FILENO);
  dup2(caught.file, STDERR_FILENO);
}

std::string CapturedOutput::end() {
  if (caught.is_on == 0) {
    return {};
  }
  flush_all();
  restore_streams();
  const off_t size = lseek(caught.file, 0, SEEK_CUR);
  if (size <= 0) {
    return {};
  }
  std::string text(static_cast<std::size_t>(size), '\0');
  const ssize_t read = pread(caught.file, text.data(), text.size(), 0);
  text.resize(read < 0 ? 0 : static_cast<std::size_t>(read));
  lseek(caught.file, 0, SEEK_SET);
  static_cast<void>(ftruncate(caught.file, 0) == 0);
  return text;
}

}  // namespace synod
