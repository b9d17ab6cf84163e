// How a verb says what can be typed behind it. A thin layer over the library that reads the command
// line, so that only one file is compiled with that library.
//
//   const Verb run_verb = {"run", "Run one seed", [](Arguments& arguments) -> Verb::Run {
//     auto options = std::make_shared<RunOptions>();
//     arguments.flag("--log", options->has_log, "Tell the run step by step");
//     return [options] { return run(*options); };
//   }};
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/luck.h"
#include "tools/option_values.h"

// NOLINTNEXTLINE(readability-identifier-naming): the library's own name
namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace synod {

/// Of one verb. What is declared is set when the command line is read, so the variables must live
/// until then; their values at declaration are the defaults, and the help names those that are
/// neither empty nor zero.
class Arguments {
 public:
  /// One of them, to be qualified further.
  class Argument {
   public:
    explicit Argument(CLI::Option* option) : option_(option) {}
    Argument required();
    /// It makes no sense without `other`.
    Argument needs(Argument other);
    /// It makes no sense beside `other`.
    Argument excludes(Argument other);

   private:
    CLI::Option* option_;
  };

  Arguments(CLI::App& verb, std::string program) : verb_(verb), program_(std::move(program)) {}

  /// The program as it was called, for commands to repeat.
  [[nodiscard]] const std::string& program() const { return program_; }

  /// `name` is "--out" for an option, "TRACE" for what stands alone; `kind` is what the help calls
  /// the value: FILE, DIR, NAME …
  Argument text(const std::string& name, const std::string& kind, std::string& value,
                const std::string& about);
  /// May be given several times, each with one value.
  Argument each(const std::string& name, const std::string& kind, std::vector<std::string>& values,
                const std::string& about);
  /// One or more values behind one name.
  Argument several(const std::string& name, const std::string& kind,
                   std::vector<std::string>& values, const std::string& about);
  template <class Number>
  Argument number(const std::string& name, const std::string& kind, Number& value, Bounds bounds,
                  const std::string& about) {
    return number(
        name, kind, bounds, value == Number{} ? std::string() : std::to_string(value),
        [&value](std::uint64_t given) { value = static_cast<Number>(given); }, about);
  }
  Argument number(const std::string& name, const std::string& kind,
                  std::optional<std::uint64_t>& value, Bounds bounds, const std::string& about) {
    return number(name, kind, bounds, {}, [&value](std::uint64_t given) { value = given; }, about);
  }
  Argument seconds(const std::string& name, std::optional<double>& value, const std::string& about);
  Argument ratio(const std::string& name, Ratio& value, const std::string& about);
  Argument flag(const std::string& name, bool& is_on, const std::string& about);
  /// Below the help.
  void footer(const std::string& text);

 private:
  Argument number(const std::string& name, const std::string& kind, Bounds bounds,
                  const std::string& default_text, const std::function<void(std::uint64_t)>& set,
                  const std::string& about);

  CLI::App& verb_;
  std::string program_;
};

struct Verb {
  /// Runs it, once its arguments have been read. Returns the exit status: 0 holds, 1 violated, 3
  /// inconclusive. Bad input throws InputError, which becomes one line and 2.
  using Run = std::function<int()>;

  const char* name = nullptr;
  const char* about = nullptr;  ///< one line
  Run (*declare)(Arguments& arguments) = nullptr;
  /// Called when what was typed behind the verb makes no sense, with those words, and why.
  void (*refuse)(const std::vector<std::string>& words, const std::string& why) = nullptr;
};

}  // namespace synod
