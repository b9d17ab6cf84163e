#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/history/history_file.h"
#include "scenarios/history/judge_history.h"
#include "scenarios/words/input_error.h"
#include "tools/check/check_report.h"
#include "tools/kept/regression.h"
#include "tools/long_work/interrupt.h"
#include "tools/long_work/progress_line.h"
#include "tools/long_work/stop.h"
#include "tools/support/files.h"
#include "tools/support/print.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

struct CheckOptions {
  std::vector<std::string> files;
  std::string json;  ///< file; empty: none
  std::uint64_t steps_max = 100'000'000;
  std::optional<double> seconds;
};

class Checker {
 public:
  explicit Checker(const CheckOptions& options)
      : options_(options), stop_(watch_.is_interrupted(), options.seconds) {}

  std::vector<CheckedHistory> check_all() {
    for (const std::string& file : options_.files) {
      checked_.push_back(check(file));
    }
    return std::move(checked_);
  }

 private:
  CheckedHistory check(const std::string& file) {
    CheckedHistory checked{.file = file, .error = {}, .history = {}, .judgement = {}};
    const auto why = [&] { return std::string(stop_.why()); };
    if (stop_.is_asked()) {
      checked.judgement.why = why();
      return checked;
    }
    try {
      checked.history = read_history(file);
      checked.judgement = judge_history(
          checked.history, options_.steps_max,
          [&](std::uint64_t steps) {
            show(steps);
            return !stop_.is_asked();
          },
          why);
    } catch (const InputError& error) {
      checked.error = error.what();
    }
    return checked;
  }
  void show(std::uint64_t steps) {
    constexpr double quick = 1;
    if (stop_.seconds_gone() > quick) {
      line_.show(fmt::format("{} of {} judged, {} into the next", checked_.size(),
                             options_.files.size(), counted(steps, "step")));
    }
  }

  const CheckOptions& options_;
  const InterruptWatch watch_;
  const Stop stop_;
  ProgressLine line_;
  std::vector<CheckedHistory> checked_;
};

int check(const CheckOptions& options) {
  const std::vector<CheckedHistory> checked = Checker(options).check_all();
  std::vector<std::string> errors;
  for (const CheckedHistory& one : checked) {
    if (!one.error.empty()) {
      errors.push_back(one.error);
    }
  }
  if (checked.size() == 1 && !errors.empty()) {
    throw InputError(errors.front());
  }
  WrittenFiles written;
  written.try_write(options.json, check_json(checked));
  say("{}", checked.size() == 1 ? check_text(checked.front()) : check_text(checked));
  written.expect_all();
  return exit_status(check_verdict(checked), errors);
}

Verb::Run declare_check(Arguments& arguments) {
  auto options = std::make_shared<CheckOptions>();
  arguments
      .inputs("HISTORY", options->files,
              "Logs of Jepsen, maps of EDN, or JSON: see scenarios/history/history_file.h")
      .required();
  arguments.number("--budget", "STEPS", options->steps_max, {.min = 1},
                   "Of the search, for each file");
  arguments.seconds("--time", options->seconds, "For all of them together");
  arguments.report("--json", options->json, "Write it to this file as data, too");
  return [options] { return check(*options); };
}

}  // namespace

const Verb check_verb = {"check", "Is what clients of any system were told linearizable?",
                         &declare_check};

}  // namespace synod
