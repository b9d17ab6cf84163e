#include "tools/against/other_program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>
#include <thread>
#include <vector>

#include "scenarios/format/json_document.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/safe_text.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): not every system declares it

namespace synod {
namespace {

struct Answer {
  int status = 0;
  std::string out;
  std::string err;
};

/// Gone when it is closed, however the program ends.
class TemporaryFile {
 public:
  TemporaryFile() : file_(std::tmpfile(), &std::fclose) {
    if (file_ == nullptr) {
      throw InputError(fmt::format("no temporary file can be made: {}", std::strerror(errno)));
    }
  }
  [[nodiscard]] int descriptor() const { return ::fileno(file_.get()); }
  [[nodiscard]] std::string text() const {
    std::string text;
    std::array<char, 65536> part{};
    std::rewind(file_.get());
    while (const std::size_t size = std::fread(part.data(), 1, part.size(), file_.get())) {
      text.append(part.data(), size);
    }
    return text;
  }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

/// Limits of this process while it is there: what is started meanwhile keeps them.
class Limited {
 public:
  Limited(decltype(RLIMIT_CPU) what, rlim_t most) : what_(what) {
    ::getrlimit(what_, &before_);
    rlimit now = before_;
    now.rlim_cur = std::min(now.rlim_cur, most);
    ::setrlimit(what_, &now);
  }
  ~Limited() { ::setrlimit(what_, &before_); }
  Limited(const Limited&) = delete;
  Limited& operator=(const Limited&) = delete;

 private:
  decltype(RLIMIT_CPU) what_;
  rlimit before_{};
};

/// Waits for it to end. Throws InputError where it does not, and ends it.
int status_of(pid_t process, const std::string& path) {
  using namespace std::chrono;
  const auto deadline = steady_clock::now() + minutes(10);
  int status = 0;
  while (::waitpid(process, &status, WNOHANG) == 0) {
    if (steady_clock::now() > deadline) {
      ::kill(process, SIGKILL);
      ::waitpid(process, &status, 0);
      throw InputError(
          fmt::format("--against: \"{}\" has not answered for 10 minutes", on_one_line(path)));
    }
    std::this_thread::sleep_for(milliseconds(2));
  }
  return status;
}

/// With nothing to read, and within bounds of what it may write and compute. Ctrl-C ends it as it
/// ends this program.
Answer ask(const std::string& path, const std::vector<std::string>& words) {
  // A file that is here goes before a command.
  const bool is_here = path.find('/') == std::string::npos && ::access(path.c_str(), X_OK) == 0;
  const std::string found = is_here ? "./" + path : path;
  std::vector<std::string> owned = {found};
  owned.insert(owned.end(), words.begin(), words.end());
  std::vector<char*> arguments;
  for (std::string& word : owned) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);

  const TemporaryFile out;
  const TemporaryFile err;
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, out.descriptor(), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, err.descriptor(), STDERR_FILENO);
  pid_t process = 0;
  constexpr rlim_t bytes_max = json_size_max;  // more of a chronicle could not be read
  constexpr rlim_t seconds_max = 600;
  const int error = [&] {
    const Limited written(RLIMIT_FSIZE, bytes_max);
    const Limited computed(RLIMIT_CPU, seconds_max);
    return ::posix_spawnp(&process, found.c_str(), &actions, nullptr, arguments.data(), environ);
  }();
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    throw InputError(fmt::format("--against: \"{}\" cannot be run: {}", on_one_line(path),
                                 std::strerror(error)));
  }
  const int status = status_of(process, path);
  // A signal is told as a shell tells it.
  constexpr int by_signal = 128;
  return {WIFEXITED(status) ? WEXITSTATUS(status) : by_signal + WTERMSIG(status), out.text(),
          err.text()};
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// What it says of why it does not do as it was asked.
[[noreturn]] void complain(const std::string& path, std::string_view what, const Answer& answer) {
  const std::string said = first_line(answer.err.empty() ? answer.out : answer.err);
  throw InputError(fmt::format("--against: \"{}\" {}: {}", on_one_line(path), what,
                               said.empty() ? fmt::format("it ended with {}", answer.status)
                                            : "it says \"" + on_one_line(said) + "\""));
}

/// The second word of the line that begins with the first.
std::string field_of(const std::string& text, std::string_view name) {
  const std::size_t line = ("\n" + text).find(fmt::format("\n{} ", name));
  if (line == std::string::npos) {
    return {};
  }
  const std::size_t begin = text.find_first_not_of(' ', line + name.size());
  return text.substr(begin, text.find_first_of(" \n", begin) - begin);
}

}  // namespace

OtherProgram::OtherProgram(std::string path) : path_(std::move(path)) {
  const Answer answer = ask(path_, {"--version"});
  name_ = on_one_line(first_line(answer.out));
  if (answer.status != 0 || name_.empty()) {
    complain(path_, "does not say which build it is, as a build of this program does", answer);
  }
}

nlohmann::ordered_json OtherProgram::chronicle(const std::string& trace) const {
  const Answer answer = ask(path_, {"export", trace, "--to", "chronicle"});
  if (answer.status != 0) {
    complain(path_, "cannot say what comes of the steps of this trace (export --to chronicle)",
             answer);
  }
  if (answer.out.empty()) {
    complain(path_, "was asked for a chronicle, and answers otherwise", answer);
  }
  return parse_json(answer.out, fmt::format("--against: what \"{}\" writes", on_one_line(path_)),
                    "the chronicle of a run")
      .value;
}

std::pair<Verdict, std::string> OtherProgram::verdict(const std::string& trace) const {
  const Answer answer = ask(path_, {"replay", trace, "--settle"});
  constexpr int violated = 1;
  constexpr int inconclusive = 3;
  switch (answer.status) {
    case 0:
      return {Verdict::holds, ""};
    case violated:
      return {Verdict::violated, field_of(answer.out, "violated")};
    case inconclusive:
      return {Verdict::inconclusive, ""};
    default:
      complain(path_, "does not replay the trace", answer);
  }
}

}  // namespace synod
