// The one file that knows the library which reads the command line.
#include "tools/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <deque>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/complaint.h"
#include "scenarios/library/library.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/nearest.h"
#include "scenarios/words/safe_text.h"
#include "tools/support/arguments.h"
#include "tools/support/build_identity.h"
#include "tools/support/named_files.h"
#include "tools/support/program_name.h"
#include "tools/support/say.h"
#include "tools/support/standard_streams.h"

namespace synod {

// ---- What can be typed --------------------------------------------------------------------------

using Argument = Arguments::Argument;

Argument Argument::required() {
  option_->required();
  return *this;
}

Argument Argument::needs(const Argument& other) {
  option_->needs(other.option_);
  return *this;
}

Argument Argument::excludes(const Argument& other) {
  option_->excludes(other.option_);
  return *this;
}

Argument Argument::can_be(PossibleWords words) {
  declared_->words[option_->get_name()] = std::move(words);
  return *this;
}

namespace {

/// A file that is declared as a text would be read and written unseen.
void expect_no_file(const std::string& name, std::string_view kind) {
  if (kind.find("FILE") != std::string_view::npos || kind.find("DIR") != std::string_view::npos) {
    throw std::logic_error(name + " is a file: declare it as an input or an output");
  }
}

}  // namespace

Argument Arguments::text(const std::string& name, const std::string& kind, std::string& value,
                         const std::string& about) {
  expect_no_file(name, kind);
  return any_text(name, kind, value, about);
}

Argument Arguments::any_text(const std::string& name, const std::string& kind, std::string& value,
                             const std::string& about) {
  auto* const option = verb_.add_option(name, value, about)->type_name(kind);
  if (!value.empty()) {
    option->capture_default_str();
  }
  return {option, declared_};
}

Argument Arguments::each(const std::string& name, const std::string& kind,
                         std::vector<std::string>& values, const std::string& about) {
  expect_no_file(name, kind);
  return {verb_.add_option(name, values, about)->type_name(kind)->allow_extra_args(false),
          declared_};
}

void Arguments::of_protocol(const std::string& name, const std::string& kind,
                            std::vector<std::string>& values, const std::string& about) {
  if (verb_.get_option_no_throw(name) == nullptr) {
    verb_.add_option(name, values, about)
        ->type_name(kind)
        ->allow_extra_args(false)
        ->group("Options of protocols");
  }
}

Argument Arguments::several(const std::string& name, const std::string& kind,
                            std::vector<std::string>& values, const std::string& about) {
  expect_no_file(name, kind);
  return {verb_.add_option(name, values, about)->type_name(kind), declared_};
}

Argument Arguments::number(const std::string& name, const std::string& kind, Bounds bounds,
                           const std::string& default_text,
                           const std::function<void(std::uint64_t)>& set,
                           const std::string& about) {
  const auto read = [&verb = verb_, name, bounds, set](const std::string& text) {
    set(parse_number(verb.get_name(), name, text, bounds));
  };
  auto* const option = verb_.add_option_function<std::string>(name, read, about)->type_name(kind);
  return {option->default_str(default_text), declared_};
}

Argument Arguments::seconds(const std::string& name, std::optional<double>& value,
                            const std::string& about) {
  const auto read = [&verb = verb_, name, &value](const std::string& text) {
    value = parse_seconds(verb.get_name(), name, text);
  };
  return {verb_.add_option_function<std::string>(name, read, about)->type_name("DURATION"),
          declared_};
}

Argument Arguments::ratio(const std::string& name, Ratio& value, const std::string& about) {
  const auto read = [&verb = verb_, name, &value](const std::string& text) {
    value = parse_ratio(verb.get_name(), name, text);
  };
  return {verb_.add_option_function<std::string>(name, read, about)->type_name("RATIO"), declared_};
}

Argument Arguments::flag(const std::string& name, bool& is_on, const std::string& about) {
  return {verb_.add_flag(name, is_on, about)->disable_flag_override(), declared_};
}

using File = Arguments::File;

File File::unless_given(std::function<std::string()> place) {
  file_->unless_given = std::move(place);
  return *this;
}

File File::only_new_unless(const bool& is_forced) {
  file_->is_forced = &is_forced;
  return *this;
}

File File::or_if(std::function<bool(const std::string& path)> is_own) {
  file_->is_own = std::move(is_own);
  return *this;
}

File File::may_replace(const File& input) {
  file_->may_replace = input.file_;
  return *this;
}

File Arguments::file(const std::string& name, const std::string& kind, std::string& path,
                     NamedFile::Use use, const std::string& about) {
  NamedFile& file = declared_.files.emplace_back();
  file.option = name.substr(name.find_last_of(',') + 1);
  file.use = use;
  file.path = &path;
  return {any_text(name, kind, path, about), file};
}

File Arguments::input(const std::string& name, std::string& path, const std::string& about) {
  return file(name, "FILE", path, NamedFile::Use::input, about);
}

Argument Arguments::inputs(const std::string& name, std::vector<std::string>& paths,
                           const std::string& about) {
  NamedFile& files = declared_.files.emplace_back();
  files.option = name;
  files.paths = &paths;
  return {verb_.add_option(name, paths, about)->type_name("FILE"), declared_};
}

File Arguments::scenario(const std::string& name, std::string& name_or_path,
                         const std::string& about) {
  const File scenario = file(name, "NAME|FILE", name_or_path, NamedFile::Use::input, about);
  declared_.files.back().is_file = is_scenario_file;
  return scenario;
}

File Arguments::input_folder(const std::string& name, std::string& path, const std::string& about) {
  return file(name, "DIR", path, NamedFile::Use::input_folder, about);
}

File Arguments::output(const std::string& name, std::string& path, const std::string& about) {
  return file(name, "FILE", path, NamedFile::Use::output, about);
}

File Arguments::report(const std::string& name, std::string& path, const std::string& about) {
  const File report =
      output(name, path, fmt::format("{}; {} is standard output", about, standard_output_name));
  declared_.files.back().may_be_standard_output = true;
  return report;
}

File Arguments::output_folder(const std::string& name, std::string& path,
                              const std::string& about) {
  return file(name, "DIR", path, NamedFile::Use::output_folder, about);
}

void Arguments::footer(const std::string& text) { verb_.footer(text); }

// ---- Mistakes -----------------------------------------------------------------------------------

namespace {

/// "fuzz, run and list"
std::string listed(const std::vector<std::string_view>& names) {
  std::string text(names.front());
  for (std::size_t i = 1; i < names.size(); ++i) {
    text += fmt::format("{}{}", i + 1 < names.size() ? ", " : " and ", names[i]);
  }
  return text;
}

std::vector<std::string_view> verb_names(const CLI::App& app) {
  std::vector<std::string_view> names;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(verb->get_name());
  }
  return names;
}

/// Of the first word that has no meaning where it stands.
std::string complaint_about_word(const CLI::App& app, const CLI::App* verb,
                                 const std::string& word) {
  const CLI::App& where = verb == nullptr ? app : *verb;
  const std::string prefix = verb == nullptr ? "" : verb->get_name() + ": ";
  if (word.size() > 1 && word.starts_with('-')) {
    const std::string name = word.substr(0, word.find('='));
    std::vector<std::string> options;
    for (const CLI::Option* option : where.get_options()) {
      if (!option->get_lnames().empty()) {
        options.push_back("--" + option->get_lnames().front());
      }
    }
    const std::vector<std::string_view> names(options.begin(), options.end());
    const std::string_view best = nearest(name, names);
    return fmt::format("{}no option {}: {}", prefix, in_quotes(name),
                       is_near(name, best)
                           ? fmt::format("did you mean {}?", best)
                           : fmt::format("see \"{} {}--help\"", app.get_name(),
                                         verb == nullptr ? "" : verb->get_name() + " "));
  }
  if (verb == nullptr) {
    const std::vector<std::string_view> names = verb_names(app);
    const std::string_view best = nearest(word, names);
    return fmt::format(
        "no verb {}: {} {}", in_quotes(word),
        is_near(word, best) ? fmt::format("did you mean \"{}\"? There are", best) : "there are",
        listed(names));
  }
  return fmt::format("{}{} is one argument too many: see \"{} {} --help\"", prefix, in_quotes(word),
                     app.get_name(), verb->get_name());
}

/// Of an option that another one goes with: "--observations requires --trace".
std::string complaint_about_need(const CLI::App& verb, const std::string& text) {
  constexpr std::string_view between = " requires ";
  const std::size_t place = text.find(between);
  const std::string needed = text.substr(place + between.size());
  const CLI::Option* const option = verb.get_option_no_throw(needed);
  return fmt::format("{}: {} without {}: give {} {}, too", verb.get_name(), text.substr(0, place),
                     needed, needed, option == nullptr ? "VALUE" : option->get_type_name());
}

/// CLI11's own messages say what is wrong, but not what would be right.
std::string complaint_about(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<CLI::App*> verbs = app.get_subcommands();
  const CLI::App* const verb = verbs.empty() ? nullptr : verbs.front();
  if (const std::vector<std::string> words = app.remaining(true); !words.empty()) {
    return complaint_about_word(app, verb, words.front());
  }
  if (verb == nullptr) {
    return fmt::format("a verb is missing: there are {}, as in \"{} fuzz\"",
                       listed(verb_names(app)), app.get_name());
  }
  const std::string text = error.what();
  const auto is = [&](CLI::ExitCodes code) {
    return error.get_exit_code() == static_cast<int>(code);
  };
  if (is(CLI::ExitCodes::RequiredError)) {
    const std::string name = text.substr(0, text.find(' '));
    const CLI::Option* const option = verb->get_option_no_throw(name);
    std::string about = option == nullptr ? "it" : option->get_description();
    about.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(about.front())));
    return fmt::format("{}: {} is missing: give {}", verb->get_name(), name, about);
  }
  if (is(CLI::ExitCodes::ArgumentMismatch)) {
    const std::string name = text.substr(0, text.find(':'));
    if (text.find("flag override") != std::string::npos) {
      return fmt::format("{}: --{} takes no value: leave it away", verb->get_name(),
                         text.substr(0, text.find(' ')));
    }
    const CLI::Option* const option = verb->get_option_no_throw(name);
    if (option != nullptr && option->count() > 1) {
      return fmt::format("{}: {} is there {} times: give it once", verb->get_name(), name,
                         option->count());
    }
    return fmt::format("{}: {} lacks its value: give {} {}", verb->get_name(), name, name,
                       option == nullptr ? "VALUE" : option->get_type_name());
  }
  if (is(CLI::ExitCodes::ExcludesError)) {
    constexpr std::string_view between = " excludes ";
    const std::size_t place = text.find(between);
    return fmt::format("{}: both {} and {}: give one of them", verb->get_name(),
                       text.substr(0, place), text.substr(place + between.size()));
  }
  if (is(CLI::ExitCodes::RequiresError)) {
    return complaint_about_need(*verb, text);
  }
  return fmt::format("{}: {}: see \"{} {} --help\"", verb->get_name(), text, app.get_name(),
                     verb->get_name());
}

/// An empty value is nearly always a variable of a script that was never set.
void expect_no_empty_value(const CLI::App& verb) {
  for (const CLI::Option* option : verb.get_options()) {
    for (const std::string& value : option->results()) {
      if (value.empty()) {
        throw InputError(fmt::format("{}: {} is empty: give {}", verb.get_name(),
                                     option->get_name(), option->get_type_name()));
      }
    }
  }
}

/// Of a program of other people's protocols, with what it was made.
std::string version_text() {
  return program_name() == "synod"
             ? std::string(build_identity())
             : fmt::format("{}, with {}", on_one_line(program_name()), build_identity());
}

/// All that can be typed.
struct CommandLine {
  CommandLine(const std::string& program, std::span<const Verb* const> verbs) {
    app.name(on_one_line(program));
    app.set_version_flag("--version", version_text());
    app.require_subcommand(1);
    app.footer("Exit status: 0 holds, 1 violated, 2 bad usage or input, 3 inconclusive.");
    for (const Verb* verb : verbs) {
      Arguments arguments(*app.add_subcommand(verb->name, verb->about), program,
                          declared.emplace_back());
      actions.push_back(verb->declare(arguments));
      arguments
          .text("--color", "WHEN", color,
                "Whether what matters has a colour: auto, always or never")
          .can_be([] {
            std::vector<PossibleWord> words;
            for (const std::string_view name : color_names) {
              words.push_back({std::string(name), ""});
            }
            return words;
          });
    }
  }

  CLI::App app{
      "synod finds out whether a consensus protocol is safe before its users do.\n"
      "It runs the real protocol in a simulated world whose every accident is drawn from "
      "one seed."};
  // In the order of the verbs.
  std::deque<Arguments::Declared> declared;
  std::vector<Verb::Run> actions;
  std::string color = "auto";
};

/// What was asked for. Throws InputError for what makes no sense.
Verb::Run read_command_line(int argc, char** argv, std::span<const Verb* const> verbs) {
  CommandLine line(argc > 0 ? argv[0] : "synod", verbs);
  CLI::App& app = line.app;
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help, --version
    std::ostringstream text;
    const int status = app.exit(success, text);
    return [status, text = text.str()] {
      prepare_to_say("auto");
      say_lines(text);
      return status;
    };
  } catch (const CLI::ParseError& error) {
    throw InputError(complaint_about(app, error));
  }
  const CLI::App& chosen = *app.get_subcommands().front();
  expect_no_empty_value(chosen);
  if (std::find(color_names.begin(), color_names.end(), line.color) == color_names.end()) {
    throw InputError(fmt::format("{}: --color \"{}\": {}", chosen.get_name(),
                                 on_one_line(line.color), right_name(line.color, color_names)));
  }
  prepare_to_say(line.color);
  for (std::size_t i = 0; i < verbs.size(); ++i) {
    if (chosen.get_name() == verbs[i]->name) {
      settle(chosen.get_name(), line.declared[i].files);
      return line.actions[i];
    }
  }
  return [] { return 0; };  // not reached: one of them was chosen
}

/// Of the verb that was typed, where there is one, and its reason to know.
void tell_refused(int argc, char** argv, std::span<const Verb* const> verbs,
                  const std::string& why) {
  for (const Verb* verb : verbs) {
    if (argc > 1 && verb->refuse != nullptr && std::string_view(argv[1]) == verb->name) {
      verb->refuse({argv + 2, argv + argc}, why);
    }
  }
}

// ---- What a shell offers ------------------------------------------------------------------------

TypedValue typed_value(const CLI::Option& option, const Arguments::Declared& declared) {
  const auto words = declared.words.find(option.get_name());
  return {.words = words == declared.words.end() ? PossibleWords() : words->second,
          .is_file = option.get_type_name().find("FILE") != std::string::npos,
          .is_folder = option.get_type_name().find("DIR") != std::string::npos};
}

TypedVerb typed_verb(const CLI::App& app, const Arguments::Declared& declared) {
  TypedVerb verb;
  verb.name = {app.get_name(), app.get_description()};
  for (const CLI::Option* option : app.get_options()) {
    const TypedValue value = typed_value(*option, declared);
    if (option->get_positional()) {
      verb.positionals.push_back(value);
      verb.is_last_positional_repeated = option->get_items_expected_max() > 1;
      continue;
    }
    TypedOption typed;
    typed.about = option->get_description();
    typed.value = value;
    for (const std::string& name : option->get_snames()) {
      typed.names.push_back("-" + name);
    }
    for (const std::string& name : option->get_lnames()) {
      typed.names.push_back("--" + name);
    }
    typed.has_value = option->get_items_expected_max() > 0;
    typed.may_be_repeated = option->get_items_expected_max() > 1;
    typed.has_many_values = typed.may_be_repeated && option->get_allow_extra_args();
    verb.options.push_back(std::move(typed));
  }
  return verb;
}

/// Answers `complete`, which is no verb of people's: see tools/completion/completion.h.
int complete(int argc, char** argv, std::span<const Verb* const> verbs) {
  const CommandLine line(argv[0], verbs);
  TypedVerb program = typed_verb(line.app, {});
  for (std::size_t i = 0; i < verbs.size(); ++i) {
    program.verbs.push_back(typed_verb(*line.app.get_subcommand(verbs[i]->name), line.declared[i]));
  }
  const std::vector<std::string_view> words(argv + 2, argv + argc);
  fmt::print("{}", completion_text(program, words));
  return 0;
}

}  // namespace

int run_command_line(int argc, char** argv, std::span<const Verb* const> verbs) {
  if (argc > 1 && std::string_view(argv[1]) == "complete") {
    return complete(argc, argv, verbs);
  }
  Verb::Run run;
  try {
    run = read_command_line(argc, argv, verbs);
  } catch (const InputError& error) {
    tell_refused(argc, argv, verbs, error.what());
    throw;
  }
  return run();
}

}  // namespace synod
