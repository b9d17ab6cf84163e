#include "tools/guest/testing.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "scenarios/explain/explanation.h"
#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/nearest.h"
#include "scenarios/words/safe_text.h"
#include "tools/campaign/campaign.h"
#include "tools/campaign/trace_names.h"
#include "tools/kept/regression.h"
#include "tools/long_work/stop.h"
#include "tools/shrink/kept_failure.h"
#include "tools/shrink/shrinking.h"
#include "tools/support/choose.h"
#include "tools/support/files.h"
#include "tools/support/option_values.h"
#include "tools/support/print.h"

namespace synod {
namespace {

constexpr Ratio determinism{1, 50};  ///< guests may be nondeterministic without knowing it

/// A test has no Ctrl-C of its own.
constexpr std::atomic<bool> never = false;

// ---- The environment
// ------------------------------------------------------------------------------

std::optional<std::string> from_environment(const char* name) {
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::optional<std::uint64_t> number_from_environment(const char* name, Bounds bounds) {
  const auto value = from_environment(name);
  return value ? std::optional(parse_number("environment", name, *value, bounds)) : std::nullopt;
}

/// What this test is to do, all that was said considered.
struct Budget {
  std::uint64_t first_seed = 1;
  std::optional<std::uint64_t> seeds;
  std::optional<double> seconds;
  unsigned jobs = 1;
  bool is_one_run = false;  ///< that somebody wants to see again
};

/// All that is set is read, so that what is wrong is said whether or not it is used.
Budget budget_of(const FuzzTest& test) {
  Budget budget{.first_seed = test.first_seed, .seeds = test.seeds, .seconds = {}};
  if (test.time) {
    budget.seeds.reset();
    budget.seconds = std::chrono::duration<double>(*test.time).count();
  }
  const auto seeds = number_from_environment("SYNOD_SEEDS", {.min = 1});
  const auto time = from_environment("SYNOD_TIME");
  if (seeds || time) {
    budget.seeds = seeds;
    budget.seconds.reset();
    if (time) {
      budget.seconds = parse_seconds("environment", "SYNOD_TIME", *time);
    }
  }
  budget.first_seed = number_from_environment("SYNOD_FIRST_SEED", {}).value_or(budget.first_seed);
  budget.jobs = static_cast<unsigned>(
      number_from_environment("SYNOD_JOBS", {.min = 1, .max = 1024}).value_or(1));
  if (const auto seed = number_from_environment("SYNOD_SEED", {})) {
    budget = {.first_seed = *seed, .seeds = 1, .seconds = {}, .jobs = 1, .is_one_run = true};
  }
  if (budget.seeds) {
    expect_seeds("environment", budget.first_seed, "SYNOD_SEEDS", *budget.seeds);
  }
  return budget;
}

std::string folder_for_traces() {
  const auto folder = from_environment("SYNOD_OUT");
  if (folder && folder->empty()) {
    throw InputError("environment: SYNOD_OUT is empty: give a folder");
  }
  return folder.value_or("synod-traces");
}

// ---- What is run
// ----------------------------------------------------------------------------------

RunChoices choices_of(const FuzzTest& test) {
  if (test.protocol.empty() && test.scenario.empty() && test.mutants.empty() &&
      protocols().size() != 1) {
    throw InputError(protocols().empty()
                         ? "there is no protocol to run: link the file that registers it"
                         : "there are several protocols: say which, as in fuzz({.protocol = …})");
  }
  Choices given;
  given.scenario = test.scenario;
  given.protocol = test.protocol;
  given.mutants = test.mutants;
  for (const auto& [name, value] : test.options) {
    given.options[name] = {value};
  }
  RunChoices choices = run_choices("fuzz", given);
  if (choices.scenario && choices.scenario->has_steps) {
    throw InputError(
        fmt::format("scenario {} has steps of its own and draws nothing: keep it in a "
                    "folder for regress()",
                    test.scenario));
  }
  return choices;
}

// ---- Files of their own
// ---------------------------------------------------------------------------

/// A folder's name may be made of it.
std::string as_file_name(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) {
        return (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '.' &&
               c != '_' && c != '-';
      },
      '_');
  return text;
}

std::string contents_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Makes an empty file. Returns false where there is one already.
bool try_make(const std::string& path) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) {
    if (errno == EEXIST) {
      return false;
    }
    write_file(path, "");  // says why it cannot be
    return true;
  }
  close(file);
  return true;
}

/// Under that name, or with a number behind it: what another test, process or build has left there
/// stays as it is. Returns where it is.
std::string write_beside_others(const std::string& name, const std::string& contents) {
  for (int number = 1;; ++number) {
    std::string path =
        number == 1 ? fmt::format("{}.json", name) : fmt::format("{}-{}.json", name, number);
    if (try_make(path)) {
      write_file(path, contents);
      return path;
    }
    if (contents_of(path) == contents) {
      return path;
    }
  }
}

// ---- What is told
// ---------------------------------------------------------------------------------

/// As it is to be found from any folder.
std::string whole_path(const std::string& path) {
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  return error ? path : absolute.lexically_normal().string();
}

std::string story_text(Runner& runner, const Trace& trace) {
  const Chronicle chronicle = runner.chronicle(trace);
  return plain_text(explain(chronicle), chronicle);
}

struct Campaign {
  RunChoices choices;
  CampaignReport report;
  TestPlace place;
};

/// The first violation: shrunk, written, told.
std::string tell_violation(const Campaign& campaign) {
  const Violation& violation = campaign.report.violations.front();
  const auto runner = make_runner(campaign.choices);
  KeptFailure failure(*runner, campaign.choices, runner->record(violation.seed));
  failure.shrink(effort_in_passing);
  const Stop stop(never);

  std::string text =
      fmt::format("{} is violated by {}: {}\nseed {}: {} {}\n\n{}\n", violation.property,
                  what_was_run(campaign.choices), violation.finding, violation.seed,
                  shrunk_text(failure.shrunk(), stop), failure.is_small() ? "steps" : "",
                  story_text(*runner, failure.shrunk().trace));
  try {
    const std::string folder =
        fmt::format("{}/{}", folder_for_traces(), as_file_name(campaign.place.name));
    make_folder(folder);
    const TraceNames names(folder, campaign.choices);
    const std::string path = write_beside_others(names.of(violation, ""), failure.text());
    text += fmt::format("trace   {}\n", shell_word(whole_path(path)));
  } catch (const InputError& error) {
    text += fmt::format("trace   not written: {}\n", error.what());
  }
  return text + fmt::format("repeat  SYNOD_SEED={} {}\n", violation.seed, campaign.place.repeat);
}

std::string tell_campaign(const Campaign& campaign) {
  const CampaignReport& report = campaign.report;
  switch (report.verdict) {
    case Verdict::violated:
      return tell_violation(campaign);
    case Verdict::holds:
      return fmt::format("{}: {} and nothing is violated\nrepeat  {}\n",
                         what_was_run(campaign.choices), counted(report.runs, "run"),
                         campaign.place.repeat);
    case Verdict::inconclusive:
      break;
  }
  return fmt::format("{}: {}, and nobody knows whether it holds: {}\nrepeat  {}\n",
                     what_was_run(campaign.choices), counted(report.runs, "run"),
                     report.inconclusive, campaign.place.repeat);
}

/// Of what throws: one line.
template <class Run>
Tested tested(Run run) {
  try {
    return run();
  } catch (const std::exception& error) {
    return {Verdict::inconclusive,
            [why = std::string(error.what())] { return on_one_line(why) + "\n"; }};
  }
}

// ---- Kept traces
// ----------------------------------------------------------------------------------

struct NotAsKept {
  std::string error;  ///< why it cannot be judged; else empty, and the others hold
  KeptTrace kept = {};
  Regression regression = {};
};

/// None where it is as it was kept.
std::optional<NotAsKept> judge_file(const std::string& file) {
  try {
    NotAsKept one{.error = {}, .kept = read_kept_trace(file)};
    one.regression = judge(one.kept);
    return one.regression.verdict == Verdict::holds ? std::nullopt : std::optional(std::move(one));
  } catch (const InputError& error) {
    return NotAsKept{.error = error.what()};
  }
}

std::string tell_kept(const NotAsKept& one) {
  if (!one.error.empty()) {
    return on_one_line(one.error) + "\n";
  }
  const bool is_correct = one.regression.is_about_correct;
  RunChoices choices;
  choices.protocol = one.kept.trace.protocol;
  Trace trace = one.kept.trace;
  if (is_correct) {
    trace.mutants.clear();
  }
  choices.mutants = trace.mutants;
  trace.settles = trace.settles || one.regression.telling().goes_on;
  std::string text = fmt::format("{}: {}: {}\n", one.kept.file, to_text(one.regression.verdict),
                                 one.regression.why);
  if (one.regression.verdict == Verdict::violated) {
    text += fmt::format("\n{}\n", story_text(*make_runner(choices), trace));
  }
  return text + fmt::format("trace   {}\n", shell_word(whole_path(one.kept.file)));
}

}  // namespace

Tested fuzz_test(const FuzzTest& test, const TestPlace& place) {
  return tested([&]() -> Tested {
    const Budget budget = budget_of(test);
    static_cast<void>(folder_for_traces());
    CampaignOptions options;
    options.choices = choices_of(test);
    options.first_seed = budget.first_seed;
    options.seeds = budget.seeds;
    options.jobs = budget.jobs;
    options.determinism = budget.is_one_run ? Ratio{1, 1} : determinism;
    auto campaign = std::make_shared<Campaign>();
    campaign->choices = options.choices;
    campaign->place = place;
    campaign->report = run_campaign(options, Stop(never, budget.seconds),
                                    [](const CampaignProgress& /*progress*/) {});
    if (budget.is_one_run && campaign->report.verdict == Verdict::inconclusive) {
      // Of one run, not all that a campaign must show is to be expected.
      const RunReport run = make_runner(options.choices)->run(budget.first_seed);
      campaign->report.verdict = run.verdict;
      campaign->report.inconclusive = run.inconclusive;
    }
    return {campaign->report.verdict, [campaign] { return tell_campaign(*campaign); }};
  });
}

Tested regress_test(const std::string& folder, const TestPlace& place) {
  return tested([&]() -> Tested {
    std::vector<Verdict> verdicts;
    auto others = std::make_shared<std::vector<NotAsKept>>();
    for (const std::string& file : kept_files(folder)) {
      std::optional<NotAsKept> other = judge_file(file);
      verdicts.push_back(!other                 ? Verdict::holds
                         : other->error.empty() ? other->regression.verdict
                                                : Verdict::inconclusive);
      if (other) {
        others->push_back(std::move(*other));
      }
    }
    return {overall(verdicts), [others, folder, place] {
              std::string text =
                  others->empty() ? fmt::format("{}: there is no trace to replay\n", folder) : "";
              for (const NotAsKept& one : *others) {
                text += tell_kept(one) + "\n";
              }
              return text + fmt::format("repeat  {}\n", place.repeat);
            }};
  });
}

std::string test_program() {
  std::string typed;
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::getline(file, typed, '\0');
  if (typed.empty()) {
    typed = program_invocation_name;
  }
  return shell_word(typed);
}

}  // namespace synod
