#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "scenarios/words/input_error.h"
#include "scenarios/words/safe_text.h"
#include "tools/completion/registered_words.h"
#include "tools/hunt/hunt_measure.h"
#include "tools/kept/regression.h"
#include "tools/long_work/interrupt.h"
#include "tools/long_work/progress_line.h"
#include "tools/long_work/stop.h"
#include "tools/regress/kept_search.h"
#include "tools/shrink/shrinking.h"
#include "tools/support/choose.h"
#include "tools/support/files.h"
#include "tools/support/print.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

struct RefreshOptions {
  std::string folder = kept_folder();
  std::vector<std::string> mutants;  ///< of which there is to be a trace; "all" is every bug
  std::uint64_t first_seed = 1;
  std::uint64_t budget = 100000;  ///< runs for each trace
};

/// A planted bug, and how it is to show itself.
struct Wanted {
  std::string file;
  std::string protocol;
  std::vector<std::string> mutants;
  std::string property;  ///< empty: whichever breaks
};

Verdict tell(Verdict verdict, const std::string& file, const std::string& what) {
  say("{:<13} {}  {}\n", to_text(verdict), on_one_line(file), what);
  return verdict;
}

/// Finds it, shrinks it and writes it. One line about what became of it.
Verdict renew(const Wanted& wanted, const RefreshOptions& options, const Stop& stop,
              const std::string& why) {
  expect_writable_file(wanted.file);  // now, not after the search
  const KeptSearch search{.protocol = wanted.protocol,
                          .mutants = wanted.mutants,
                          .property = wanted.property,
                          .first_seed = options.first_seed,
                          .budget = options.budget,
                          .effort = effort_when_asked};
  std::optional<Trace> found;
  {
    ProgressLine line;
    found = find_to_keep(search, stop, line);
  }
  if (!found) {
    return tell(Verdict::inconclusive, wanted.file,
                stop.is_asked() ? "interrupted"
                                : fmt::format("{}, and {} did not find its bug", why,
                                              counted(options.budget, "run")));
  }
  write_file(wanted.file, format_trace(*found));
  return tell(Verdict::holds, wanted.file,
              fmt::format("{}: found by seed {}, {}, {}", why, *found->seed,
                          counted(found->steps.size(), "step"), found->expect->property));
}

Verdict refresh_one(const KeptTrace& kept, const RefreshOptions& options, const Stop& stop) {
  if (stop.is_asked()) {
    return tell(Verdict::inconclusive, kept.file, "interrupted");
  }
  const Regression regression = judge(kept);
  if (regression.verdict == Verdict::holds) {
    const ReplayReport& report = regression.as_kept.report;
    return tell(Verdict::holds, kept.file,
                report.steps_skipped == 0 ? "is as it was kept"
                                          : "is as it was kept; " + staleness(kept.trace, report));
  }
  const Trace& trace = kept.trace;
  const bool is_known_bug = !trace.mutants.empty() && trace.expect->verdict == Verdict::violated;
  if (!is_known_bug || regression.verdict == Verdict::violated) {
    return tell(regression.verdict, kept.file, "left alone: " + regression.why);
  }
  return renew({kept.file, trace.protocol, trace.mutants, trace.expect->property}, options, stop,
               "stale");
}

/// Those that can be read; the others are told, and why not is added to `errors`.
std::vector<KeptTrace> read_and_tell(const std::vector<std::string>& files,
                                     std::vector<std::string>& errors) {
  std::vector<KeptTrace> kept;
  for (const std::string& file : files) {
    try {
      kept.push_back(read_kept_trace(file));
    } catch (const InputError& error) {
      errors.emplace_back(error.what());
      say("error         {}\n", on_one_line(error.what()));
    }
  }
  return kept;
}

/// A file of its own for each of these bugs that has none.
std::vector<Wanted> missing(const std::vector<KeptTrace>& kept, const RefreshOptions& options) {
  std::vector<Wanted> all;
  for (const HuntTarget& target : hunt_targets(options.mutants)) {
    const std::string slug(target.mutant.slug);
    std::string name = slug;
    std::replace(name.begin(), name.end(), '-', '_');  // as the other files are called
    const bool is_kept = std::any_of(kept.begin(), kept.end(), [&](const KeptTrace& one) {
      return one.trace.mutants == std::vector{slug};
    });
    if (!is_kept) {
      all.push_back({fmt::format("{}/{}.json", options.folder, name),
                     std::string(target.protocol),
                     {slug},
                     {}});
    }
  }
  return all;
}

/// A file of that name may hold a trace of something else, or one that cannot be read.
Verdict renew_unless_taken(const Wanted& wanted, const RefreshOptions& options, const Stop& stop) {
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(wanted.file, error))) {
    return tell(Verdict::inconclusive, wanted.file,
                "left alone: something else is there under this name");
  }
  return renew(wanted, options, stop, "new");
}

int refresh(const RefreshOptions& options) {
  expect_seeds("refresh", options.first_seed, "--budget", options.budget);
  if (!options.mutants.empty()) {
    static_cast<void>(hunt_targets(options.mutants));  // before a folder is made for them
    make_folder(options.folder);
  }
  std::vector<std::string> errors;
  const std::vector<KeptTrace> kept = read_and_tell(kept_files(options.folder), errors);
  const InterruptWatch watch;
  const Stop stop(watch.is_interrupted());
  const std::vector<Wanted> wanted = missing(kept, options);
  std::vector<Verdict> verdicts;
  verdicts.reserve(kept.size() + wanted.size());
  for (const KeptTrace& one : kept) {
    verdicts.push_back(refresh_one(one, options, stop));
  }
  for (const Wanted& one : wanted) {
    verdicts.push_back(renew_unless_taken(one, options, stop));
  }
  const Verdict verdict = overall(verdicts);
  say("verdict       {}\n", verdict_text(verdict, errors.size()));
  return exit_status(verdict, errors);
}

Verb::Run declare_refresh(Arguments& arguments) {
  auto options = std::make_shared<RefreshOptions>();
  arguments.input_folder("DIR", options->folder, "Where the kept traces are");
  arguments
      .several("--mutants", "SLUG", options->mutants,
               "Keep a trace of each of these as well; all for every planted bug")
      .can_be(all_or_mutant_words);
  arguments.number("--first-seed", "S", options->first_seed, {}, "The first seed of each search");
  arguments.number("--budget", "RUNS", options->budget, {1}, "How long to look for each bug");
  return [options] { return refresh(*options); };
}

}  // namespace

const Verb refresh_verb = {"refresh", "Find planted bugs anew whose kept traces have gone stale",
                           &declare_refresh};

}  // namespace synod
