// What tests of guests share: what a planted bug of theirs breaks, and verbs as they are typed.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/input_error.h"
#include "tests/own_folder.h"
#include "tools/command_line.h"
#include "tools/shortest/shortest.h"
#include "tools/support/verbs.h"

namespace synod::door_testing {

inline RunChoices runs_of(std::string_view protocol, std::vector<std::string> mutants) {
  RunChoices choices;
  choices.protocol = protocol;
  choices.mutants = std::move(mutants);
  return choices;
}

inline Trace first_failure(Runner& runner) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    if (runner.run(seed).verdict == Verdict::violated) {
      return runner.record(seed);
    }
  }
  ADD_FAILURE() << "no seed breaks it";
  return {};
}

inline Trace shrunk_failure(Runner& runner) {
  const OnShrink on_progress = [](const auto&...) { return true; };
  return runner.shrink(first_failure(runner), 20'000, on_progress).trace;
}

/// Verbs, in a folder of their own.
class Verbs : public OwnFolder {
 protected:
  [[nodiscard]] std::string file(const std::string& name) const { return path(name); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream stream(file(name));
    stream << text;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream stream(file(name));
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  /// Its exit status; what it prints is then in `printed_`.
  int call(const std::vector<std::string>& words) {
    testing::internal::CaptureStdout();
    int status = -1;
    try {
      status = run(words);
    } catch (const std::exception& error) {
      ADD_FAILURE() << words[0] << ": " << error.what();
    }
    static_cast<void>(std::fflush(stdout));
    printed_ = testing::internal::GetCapturedStdout();
    return status;
  }
  /// Why it does nothing; empty where it does something.
  static std::string complaint(const std::vector<std::string>& words) {
    try {
      run(words);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }

  std::string printed_;

 private:
  static int run(std::vector<std::string> words) {
    static constexpr std::array verbs = {&fuzz_verb,   &run_verb,      &replay_verb, &whatif_verb,
                                         &view_verb,   &explain_verb,  &export_verb, &list_verb,
                                         &hunt_verb,   &shortest_verb, &keep_verb,   &regress_verb,
                                         &explore_verb};
    words.insert(words.begin(), "synod");
    std::vector<char*> arguments;
    for (std::string& word : words) {
      arguments.push_back(word.data());
    }
    return run_command_line(static_cast<int>(arguments.size()), arguments.data(), verbs);
  }
};

}  // namespace synod::door_testing
