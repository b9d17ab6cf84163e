#include <algorithm>
#include <span>
#include <string_view>

#include "tests/rules/code_text.h"
#include "tests/rules/rules.h"

namespace synod::rules {
namespace {

/// Tokens that may not occur in a row, for one reason.
struct Ban {
  std::vector<std::string_view> patterns;
  std::string_view instead;
};

/// In core, sim and properties.
const std::vector<Ban>& bans() {
  static const std::vector<Ban> all = {
      {{"random_device",
        "mt19937",
        "mt19937_64",
        "minstd_rand",
        "minstd_rand0",
        "default_random_engine",
        "knuth_b",
        "uniform_int_distribution",
        "bernoulli_distribution",
        "discrete_distribution",
        "#include <random>",
        "std::shuffle",
        "std::ranges::shuffle",
        "ranges::shuffle",
        "std::sample",
        "ranges::sample",
        "std::rand",
        "rand(",
        "srand",
        "rand_r",
        "drand48",
        "arc4random",
        "getrandom"},
       "luck comes only from the named streams in sim, and enters core as an input"},
      {{"chrono", "system_clock", "steady_clock", "high_resolution_clock", "clock_gettime",
        "gettimeofday", "std::time(", "std::clock(", "<ctime>", "<time.h>", "<sys/time.h>"},
       "time is virtual: a world's ticks, never the machine's clock"},
      {{"std::thread",  "jthread",         "thread_local",       "std::mutex",
        "shared_mutex", "recursive_mutex", "condition_variable", "std::atomic",
        "std::async",   "std::future",     "std::promise",       "lock_guard",
        "unique_lock",  "scoped_lock",     "call_once",          "pthread_create",
        "<thread>",     "<mutex>",         "<atomic>",           "<future>",
        "<semaphore>",  "<latch>",         "<barrier>",          "<stop_token>",
        "<pthread.h>"},
       "one run is one thread: only tools start threads, each with worlds of its own"},
      {{"unordered_map", "unordered_set", "unordered_multimap", "unordered_multiset", "std::hash",
        "uintptr_t", "intptr_t"},
       "order by address or hash differs between builds: use ordered containers, and hash by "
       "value"},
      {{"float", "double", "<cmath>", "<math.h>", "<cfloat>"},
       "floating point rounds differently between builds: use integers and exact ratios"},
      {{"throw", "try", "catch", "<stdexcept>", "<exception>", "std::exception"},
       "no exceptions here: return what happened, or assert"},
      {{"<fstream>",       "<filesystem>",    "<iostream>", "<cstdio>", "<stdio.h>", "<unistd.h>",
        "<fmt/ostream.h>", "std::filesystem", "ifstream",   "ofstream", "fopen",     "std::cout",
        "std::cerr",       "std::clog",       "std::cin",   "printf",   "fprintf",   "puts",
        "fmt::print",      "getenv"},
       "no files, no printing, no environment here: hand the data to scenarios or tools"},
  };
  return all;
}

bool occurs_at(std::span<const Token> code, const std::vector<Token>& pattern) {
  return code.size() >= pattern.size() &&
         std::ranges::equal(code.first(pattern.size()), pattern, {}, &Token::text, &Token::text);
}

bool is_floating_point(std::string_view number) {
  const std::size_t digit = number.find_first_of("0123456789");
  if (digit != 0 && !(digit == 1 && number.front() == '.')) return false;
  const bool hexadecimal = number.starts_with("0x") || number.starts_with("0X");
  return number.find_first_of(hexadecimal ? ".pP" : ".eE") != std::string_view::npos;
}

void check(const File& file, Findings& findings) {
  const std::vector<Token> code = tokens(code_only(file.text));
  for (const Ban& ban : bans()) {
    for (const std::string_view pattern : ban.patterns) {
      const std::vector<Token> banned = tokens(pattern);
      for (std::size_t i = 0; i < code.size(); ++i) {
        if (!occurs_at(std::span(code).subspan(i), banned)) continue;
        findings.push_back(
            {file.path, code[i].line, std::string(pattern) + ": " + std::string(ban.instead)});
      }
    }
  }
  for (const Token& token : code) {
    if (!is_floating_point(token.text)) continue;
    findings.push_back({file.path, token.line,
                        token.text + ": floating point rounds differently between builds: use "
                                     "integers and exact ratios"});
  }
}

/// Not what the machine has: `std::thread::hardware_concurrency()`.
bool starts_threads(std::span<const Token> code) {
  static const std::vector<Token> named = tokens("std::thread");
  static const std::vector<Token> member = tokens("std::thread::");
  static const std::vector<std::vector<Token>> others = {tokens("jthread"), tokens("std::async"),
                                                         tokens("pthread_create")};
  return (occurs_at(code, named) && !occurs_at(code, member)) ||
         std::ranges::any_of(others, [&](const auto& other) { return occurs_at(code, other); });
}

}  // namespace

Findings threads_have_one_place(const Files& files) {
  Findings findings;
  for (const File& file : files) {
    if (!file.is_in("tools") || !file.is_code() || file.path == "tools/long_work/workers.cpp")
      continue;
    const std::vector<Token> code = tokens(code_only(file.text));
    for (std::size_t i = 0; i < code.size(); ++i) {
      if (!starts_threads(std::span(code).subspan(i))) continue;
      findings.push_back(
          {file.path, code[i].line,
           "a thread: tools/long_work/workers.h starts them, and tells what they meet"});
    }
  }
  return findings;
}

Findings the_engine_uses_nothing_banned(const Files& files) {
  Findings findings;
  for (const File& file : files) {
    const bool engine = file.is_in("core") || file.is_in("sim") || file.is_in("properties");
    if (engine && file.is_code()) check(file, findings);
  }
  return findings;
}

Findings exceptions_have_one_place(const Files& files) {
  Findings findings;
  for (const File& file : files) {
    if (!file.is_in("scenarios") || !file.is_code() ||
        file.path == "scenarios/words/input_error.cpp") {
      continue;
    }
    for (const Token& token : tokens(code_only(file.text))) {
      if (token.text == "throw" || token.text == "try" || token.text == "catch") {
        findings.push_back({file.path, token.line,
                            token.text + ": this is built without exceptions, too: refuse input "
                                         "with scenarios/words/input_error.h, return all else"});
      }
    }
  }
  return findings;
}

Findings json_is_written_in_one_place(const Files& files) {
  Findings findings;
  for (const File& file : files) {
    const bool is_ours = file.is_in("scenarios") || file.is_in("tools");
    if (!is_ours || !file.is_code() || file.path == "scenarios/words/safe_text.cpp") continue;
    const std::vector<Token> code = tokens(code_only(file.text));
    for (const std::string_view pattern : {".dump(", "->dump("}) {
      const std::vector<Token> call = tokens(pattern);
      for (std::size_t i = 0; i < code.size(); ++i) {
        if (!occurs_at(std::span(code).subspan(i), call)) continue;
        findings.push_back({file.path, code[i].line,
                            "dump: what it writes is not safe to show, and of what is no UTF-8 it "
                            "throws: use format_json"});
      }
    }
  }
  return findings;
}

}  // namespace synod::rules
