// The command line: what can be typed, and how mistakes are answered. The verbs themselves are in
// files of their own.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <exception>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "scenarios/complaint.h"
#include "scenarios/input_error.h"
#include "scenarios/nearest.h"
#include "tools/build_identity.h"
#include "tools/verbs.h"

namespace synod {
namespace {

constexpr int bad_usage = 2;

constexpr std::uint64_t number_max = std::numeric_limits<std::uint64_t>::max();

struct Bounds {
  std::uint64_t min = 0;
  std::uint64_t max = number_max;
};

// ---- Values of options --------------------------------------------------------------------------

[[noreturn]] void fail_value(const CLI::App& verb, std::string_view option, std::string_view text,
                             std::string_view wanted) {
  throw InputError(
      fmt::format("{}: {} {}: give {}", verb.get_name(), option, in_quotes(text), wanted));
}

/// Digits only: "-1" is no large number, and "010" is ten.
std::uint64_t parse_number(const CLI::App& verb, std::string_view option, std::string_view text,
                           Bounds bounds) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end || number < bounds.min || number > bounds.max) {
    fail_value(verb, option, text,
               fmt::format("a whole number from {} to {}", bounds.min, bounds.max));
  }
  return number;
}

/// "30s", "2m", "500ms", "1h"; a bare number is seconds.
double parse_seconds(const CLI::App& verb, std::string_view option, std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  const double factor = unit == "ms"                  ? 0.001
                        : unit == "s" || unit.empty() ? 1
                        : unit == "m"                 ? 60
                        : unit == "h"                 ? 3600
                                                      : 0;
  const double seconds = number * factor;
  if (error != std::errc{} || !std::isfinite(seconds) || !(seconds > 0)) {
    fail_value(verb, option, text, "a duration above zero, as in 30s, 2m or 500ms");
  }
  return seconds;
}

/// "1/100", "0.01", "1".
Ratio parse_ratio(const CLI::App& verb, std::string_view option, std::string_view text) {
  Ratio ratio;
  const char* const end = text.data() + text.size();
  const auto whole = std::from_chars(text.data(), end, ratio.numerator);
  bool is_read = whole.ec == std::errc{} && whole.ptr == end;
  if (whole.ec == std::errc{} && whole.ptr != end && *whole.ptr == '/') {
    const auto part = std::from_chars(whole.ptr + 1, end, ratio.denominator);
    is_read = part.ec == std::errc{} && part.ptr == end;
  } else if (whole.ec == std::errc{} && whole.ptr != end && *whole.ptr == '.') {
    std::uint32_t fraction = 0;
    const auto part = std::from_chars(whole.ptr + 1, end, fraction);
    const auto digits = end - whole.ptr - 1;
    is_read = part.ec == std::errc{} && part.ptr == end && digits <= 6 && ratio.numerator <= 1;
    for (auto i = digits; i > 0 && is_read; --i) {
      ratio.denominator *= 10;
    }
    ratio.numerator = ratio.numerator * ratio.denominator + fraction;
  }
  if (!is_read || ratio.denominator == 0 || ratio.numerator > ratio.denominator) {
    fail_value(verb, option, text, "a ratio from 0 to 1, as in 0.01 or 1/100");
  }
  return ratio;
}

// ---- Mistakes -----------------------------------------------------------------------------------

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
    return fmt::format("{}no option {}: did you mean {}?", prefix, in_quotes(name),
                       nearest(name, names));
  }
  if (verb == nullptr) {
    const std::vector<std::string_view> names = verb_names(app);
    return fmt::format("no verb {}: did you mean \"{}\"? There are {}", in_quotes(word),
                       nearest(word, names), listed(names));
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

/// A name that was typed may hold anything, and a complaint is one line.
std::string one_line(std::string text) {
  for (char& c : text) {
    c = std::iscntrl(static_cast<unsigned char>(c)) != 0 ? '?' : c;
  }
  return text;
}

// ---- What can be typed --------------------------------------------------------------------------

using SetNumber = std::function<void(std::uint64_t)>;

CLI::Option* add_number(CLI::App& verb, const std::string& name, Bounds bounds,
                        const SetNumber& set, const std::string& about) {
  return verb.add_option_function<std::string>(
      name,
      [&verb, name, bounds, set](const std::string& text) {
        set(parse_number(verb, name, text, bounds));
      },
      about);
}

CLI::Option* add_switch(CLI::App& verb, const std::string& name, bool& is_on,
                        const std::string& about) {
  return verb.add_flag(name, is_on, about)->disable_flag_override();
}

CLI::Option* add_observations(CLI::App& verb, bool& is_on) {
  return add_switch(verb, "--observations", is_on,
                    "Write what came of each step into the trace, too");
}

void add_choices(CLI::App& verb, Choices& choices) {
  verb.add_option("--scenario", choices.scenario, "A scenario, by name or file (*.json)")
      ->type_name("NAME|FILE");
  verb.add_option("--protocol", choices.protocol,
                  "The protocol to run (default: that of the mutant, or paxos)")
      ->type_name("NAME");
  verb.add_option("--mutant", choices.mutants, "Plant this bug; may be given several times")
      ->type_name("NAME")
      ->allow_extra_args(false);
}

void add_jobs(CLI::App& verb, unsigned& jobs) {
  add_number(
      verb, "--jobs", {.min = 1, .max = 1024},
      [&](std::uint64_t number) { jobs = static_cast<unsigned>(number); },
      "Threads (default: one for each core)")
      ->type_name("J");
}

void add_length(CLI::App& verb, FuzzOptions& options) {
  auto* const seeds =
      add_number(
          verb, "--seeds", {.min = 1}, [&](std::uint64_t number) { options.seeds = number; },
          "How many seeds to run")
          ->type_name("N")
          ->default_str(std::to_string(options.seeds));
  verb.add_option_function<std::string>(
          "--time",
          [&](const std::string& text) { options.seconds = parse_seconds(verb, "--time", text); },
          "Run for so long instead, as in 30s")
      ->type_name("DURATION")
      ->excludes(seeds);
  add_number(
      verb, "--first-seed", {}, [&](std::uint64_t number) { options.first_seed = number; },
      "Start from this seed")
      ->type_name("S")
      ->default_str(std::to_string(options.first_seed));
}

void add_fuzz(CLI::App& app, FuzzOptions& options) {
  CLI::App& verb = *app.add_subcommand("fuzz", "Run many seeds and report what they find");
  add_choices(verb, options.choices);
  add_length(verb, options);
  add_jobs(verb, options.jobs);
  verb.add_option("--out", options.out, "Folder for the traces of failures")
      ->type_name("DIR")
      ->capture_default_str();
  verb.add_option("--json", options.json, "Write the summary for machines to this file")
      ->type_name("FILE");
  add_observations(verb, options.has_observations);
  add_switch(verb, "--keep-going", options.keeps_going, "Go on after a violation");
  verb.add_option_function<std::string>(
          "--check-determinism",
          [&](const std::string& text) {
            options.determinism = parse_ratio(verb, "--check-determinism", text);
          },
          "Run this share of seeds twice and compare, as in 0.01")
      ->type_name("RATIO");
}

void add_run(CLI::App& app, RunOptions& options) {
  CLI::App& verb = *app.add_subcommand("run", "Run one seed");
  add_choices(verb, options.choices);
  add_number(
      verb, "--seed", {}, [&](std::uint64_t number) { options.seed = number; }, "The seed")
      ->type_name("S");
  auto* const trace =
      verb.add_option("--trace", options.trace, "Write the steps to this file")->type_name("FILE");
  add_observations(verb, options.has_observations)->needs(trace);
  add_switch(verb, "--log", options.has_log, "Tell the run step by step");
}

void add_replay(CLI::App& app, ReplayOptions& options) {
  CLI::App& verb = *app.add_subcommand("replay", "Take the steps of a trace again");
  verb.add_option("TRACE", options.file, "A trace or scenario with steps")
      ->type_name("FILE")
      ->required();
  auto* const trace =
      verb.add_option("--trace", options.trace, "Write what was replayed to this file")
          ->type_name("FILE");
  add_observations(verb, options.has_observations)->needs(trace);
  add_switch(verb, "--log", options.has_log, "Tell the run step by step");
  add_switch(verb, "--correct", options.is_correct,
             "Without the planted bugs that the trace names");
  add_switch(verb, "--bisect", options.is_bisect,
             "For git bisect run: 125 instead of 3 when inconclusive");
}

void add_list(CLI::App& app, std::string& what) {
  app.add_subcommand("list", "Say what there is")
      ->add_option("WHAT", what, "scenarios, protocols, mutants, properties or faults")
      ->type_name("NAME")
      ->required();
}

void add_compare(CLI::App& app, CompareOptions& options) {
  CLI::App& verb = *app.add_subcommand("compare", "Put every protocol through the same accidents");
  add_number(
      verb, "--seeds", {.min = 1, .max = 1'000'000},
      [&](std::uint64_t number) { options.seeds = number; },
      "Runs of each protocol under each accident")
      ->type_name("N")
      ->default_str(std::to_string(options.seeds));
  verb.add_option("--json", options.json, "Write the table for machines to this file")
      ->type_name("FILE");
  verb.add_option("--markdown", options.markdown, "Write the table as Markdown to this file")
      ->type_name("FILE");
}

void add_hunt(CLI::App& app, HuntOptions& options) {
  CLI::App& verb = *app.add_subcommand("hunt", "Measure what it takes to find the planted bugs");
  verb.add_option("--mutants", options.mutants,
                  "Those to hunt (default: all, which is every one that is a bug)")
      ->type_name("all|SLUG");
  verb.add_option("--strategy", options.strategy,
                  "default (as fuzz), uniform (the baseline: one fixed configuration) or both")
      ->type_name("NAME")
      ->capture_default_str();
  // So many, that the last seed of the last trial is still one.
  add_number(
      verb, "--trials", {.min = 1, .max = 10'000},
      [&](std::uint64_t number) { options.trials = number; },
      "How often to hunt each, with seeds of its own: trial t, from 0, starts at t * RUNS + 1")
      ->type_name("N")
      ->default_str(std::to_string(options.trials));
  add_number(
      verb, "--budget", {.min = 1, .max = 1'000'000'000'000'000},
      [&](std::uint64_t number) { options.budget = number; }, "A trial gives up after so many runs")
      ->type_name("RUNS")
      ->default_str(std::to_string(options.budget));
  add_jobs(verb, options.jobs);
  verb.add_option("--json", options.json, "Write the figures for machines to this file")
      ->type_name("FILE");
  verb.add_option("--markdown", options.markdown, "Write the tables as a page to this file")
      ->type_name("FILE");
  verb.footer(
      "Exit status: 0 every bug was found in every trial of the default strategy (of the baseline, "
      "where\nonly that was asked for), 1 some was not, 2 bad usage or input, 3 interrupted. Where "
      "named: what is\noutside the fault model must be found as well, and a control must raise no "
      "alarm, else 1.");
}

void add_bench(CLI::App& app, BenchOptions& options) {
  app.add_subcommand("bench", "Measure speed")
      ->add_option("--json", options.json, "Write the figures to this file")
      ->type_name("FILE");
}

int run_verb(int argc, char** argv) {
  CLI::App app{
      "synod finds out whether a consensus protocol is safe before its users do.\n"
      "It runs the real protocol in a simulated world whose every accident is drawn from "
      "one seed."};
  const std::string program = argc > 0 ? argv[0] : "synod";
  app.name(program);
  app.set_version_flag("--version", std::string(build_identity()));
  app.require_subcommand(1);
  app.footer("Exit status: 0 holds, 1 violated, 2 bad usage or input, 3 inconclusive.");
  FuzzOptions fuzz_options;
  fuzz_options.choices.program = program;
  RunOptions run_options;
  run_options.choices.program = program;
  ReplayOptions replay_options;
  std::string what;
  CompareOptions compare_options;
  compare_options.program = program;
  HuntOptions hunt_options;
  BenchOptions bench_options;
  add_fuzz(app, fuzz_options);
  add_run(app, run_options);
  add_replay(app, replay_options);
  add_list(app, what);
  add_compare(app, compare_options);
  add_hunt(app, hunt_options);
  add_bench(app, bench_options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);  // --help, --version
  } catch (const CLI::ParseError& error) {
    throw InputError(complaint_about(app, error));
  }
  const CLI::App& verb = *app.get_subcommands().front();
  expect_no_empty_value(verb);
  const std::string& name = verb.get_name();
  return name == "fuzz"      ? fuzz(fuzz_options)
         : name == "run"     ? run(run_options)
         : name == "replay"  ? replay(replay_options)
         : name == "list"    ? list(what)
         : name == "compare" ? compare(compare_options)
         : name == "hunt"    ? hunt(hunt_options)
                             : bench(bench_options);
}

}  // namespace
}  // namespace synod

int main(int argc, char** argv) {
  try {
    const int status = synod::run_verb(argc, argv);
    if (std::fflush(stdout) != 0) {
      throw synod::InputError("standard output cannot be written");
    }
    return status;
  } catch (const synod::InputError& error) {
    std::fflush(stdout);  // what was said before comes before the complaint
    fmt::print(stderr, "synod: {}\n", synod::one_line(error.what()));
  } catch (const std::system_error&) {  // from fmt::print, when its output is full or gone
    fmt::print(stderr, "synod: standard output cannot be written\n");
  } catch (const std::exception& error) {
    fmt::print(stderr, "synod: internal error: {}\n", error.what());
  }
  return synod::bad_usage;
}
