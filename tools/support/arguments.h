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
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/luck.h"
#include "tools/completion/completion.h"
#include "tools/support/named_files.h"
#include "tools/support/option_values.h"

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
  /// What is known of a verb's arguments besides what that library keeps.
  struct Declared {
    std::deque<NamedFile> files;
    std::map<std::string, PossibleWords> words;  ///< by the name of the argument
  };

  /// One of them, to be qualified further.
  class Argument {
   public:
    Argument(CLI::Option* option, Declared& declared) : option_(option), declared_(&declared) {}
    Argument required();
    /// It makes no sense without `other`.
    Argument needs(const Argument& other);
    /// It makes no sense beside `other`.
    Argument excludes(const Argument& other);
    /// Its value is one of these: for shells to complete it, which makes sure of nothing.
    Argument can_be(PossibleWords words);

   private:
    CLI::Option* option_;
    Declared* declared_;
  };

  /// A file that is read or written; see tools/support/named_files.h for what is made sure of.
  class File : public Argument {
   public:
    File(Argument argument, NamedFile& file) : Argument(argument), file_(&file) {}
    /// Of an output: where it goes when it is not given.
    File unless_given(std::function<std::string()> place);
    /// Of an output: what is there is only replaced with --force, which this is.
    File only_new_unless(const bool& is_forced);
    /// Of such an output: nor is what this says of (by its path) in need of it.
    File or_if(std::function<bool(const std::string& path)> is_own);
    /// Of an output: with --force it may be this input, which is read before anything is written.
    File may_replace(const File& input);

   private:
    NamedFile* file_;
  };

  Arguments(CLI::App& verb, std::string program, Declared& declared)
      : verb_(verb), program_(std::move(program)), declared_(declared) {}

  /// The program as it was called, for commands to repeat.
  [[nodiscard]] const std::string& program() const { return program_; }

  /// `name` is "--out" for an option, "TRACE" for what stands alone; `kind` is what the help calls
  /// the value: NAME, VERDICT … Files and folders have declarations of their own, below.
  Argument text(const std::string& name, const std::string& kind, std::string& value,
                const std::string& about);
  /// May be given several times, each with one value.
  Argument each(const std::string& name, const std::string& kind, std::vector<std::string>& values,
                const std::string& about);
  /// An option of a protocol, in a part of the help of its own; may be given several times. Not
  /// declared where the verb has one of this name.
  void of_protocol(const std::string& name, const std::string& kind,
                   std::vector<std::string>& values, const std::string& about);
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

  File input(const std::string& name, std::string& path, const std::string& about);
  /// One or more of them.
  Argument inputs(const std::string& name, std::vector<std::string>& paths,
                  const std::string& about);
  /// A scenario, by its name or as a file.
  File scenario(const std::string& name, std::string& name_or_path, const std::string& about);
  File input_folder(const std::string& name, std::string& path, const std::string& about);
  File output(const std::string& name, std::string& path, const std::string& about);
  /// An output that is standard output where it is given as "-": what is printed for people then
  /// goes to standard error.
  File report(const std::string& name, std::string& path, const std::string& about);
  File output_folder(const std::string& name, std::string& path, const std::string& about);
  /// Below the help.
  void footer(const std::string& text);

 private:
  Argument number(const std::string& name, const std::string& kind, Bounds bounds,
                  const std::string& default_text, const std::function<void(std::uint64_t)>& set,
                  const std::string& about);

  Argument any_text(const std::string& name, const std::string& kind, std::string& value,
                    const std::string& about);
  File file(const std::string& name, const std::string& kind, std::string& path, NamedFile::Use use,
            const std::string& about);

  CLI::App& verb_;
  std::string program_;
  Declared& declared_;
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
