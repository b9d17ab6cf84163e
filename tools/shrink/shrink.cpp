#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/safe_text.h"
#include "tools/long_work/interrupt.h"
#include "tools/long_work/progress_line.h"
#include "tools/long_work/stop.h"
#include "tools/shrink/kept_failure.h"
#include "tools/shrink/shrinking.h"
#include "tools/support/choose.h"
#include "tools/support/files.h"
#include "tools/support/print.h"
#include "tools/support/replayable.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

struct ShrinkOptions {
  std::string program;
  std::string file;
  std::string out;   ///< file
  std::string json;  ///< file; empty: none
  bool may_overwrite = false;
};

/// "failure.json" → "failure.min.json"
std::string name_beside(const std::string& file) {
  const std::filesystem::path path(file);
  return (path.parent_path() / path.stem()).string() + ".min.json";
}

/// `out` is where the trace is; empty where it could not be written.
std::string shrink_json(const ShrinkReport& report, const std::string& out, double seconds) {
  nlohmann::ordered_json json;
  json["property"] = report.finding.property;
  json["steps_before"] = report.steps_before;
  json["steps_after"] = report.steps_after;
  json["replays"] = report.replays;
  json["seconds"] = seconds;
  json["interrupted"] = report.is_interrupted;
  if (!report.why_original.empty()) {
    json["original"] = report.why_original;
  }
  if (report.is_found_anew) {
    json["found_anew"] = true;
  }
  if (!out.empty()) {
    json["trace"] = out;
  }
  return format_json(json) + "\n";
}

int shrink(const ShrinkOptions& options) {
  const auto [trace, runner, left_out] = read_replayable(options.file, false);
  if (runner->replay(trace, nullptr).verdict != Verdict::violated) {
    throw InputError(fmt::format("{}: violates nothing: give a trace that does", options.file));
  }
  const InterruptWatch watch;
  const Stop stop(watch.is_interrupted());
  const auto start = std::chrono::steady_clock::now();
  KeptFailure failure(*runner, choices_of(trace), trace);
  {
    ProgressLine line;
    failure.shrink(effort_when_asked, stop, line);
  }
  const ShrinkReport& report = failure.shrunk();
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  WrittenFiles files;
  const bool is_written = failure.try_write(options.out, files);
  files.try_write(options.json, shrink_json(report, is_written ? options.out : "", time.count()));
  for (const std::string& line : failure.story()) {
    say("{}\n", line);
  }
  say("\n");
  print_verdict(Verdict::violated, report.finding, {});
  say("steps         {}\n", shrunk_text(report, stop));
  say("replays       {} in {:.2f} s\n", grouped(report.replays), time.count());
  if (is_written) {
    Choices choices;
    choices.program = options.program;
    say("trace         {}\n", on_one_line(options.out));
    say("replay        {}\n", command_to_replay(choices, options.out));
  }
  files.expect_all();
  return exit_status(Verdict::violated);
}

Verb::Run declare_shrink(Arguments& arguments) {
  auto options = std::make_shared<ShrinkOptions>();
  options->program = arguments.program();
  auto trace = arguments.input("TRACE", options->file, "A trace that violates a property");
  trace.required();
  arguments
      .output("-o,--out", options->out,
              "Where to write the shrunk one (default: TRACE with .min before .json)")
      .unless_given([&named = *options] { return name_beside(named.file); })
      .only_new_unless(options->may_overwrite)
      .may_replace(trace);
  arguments.report("--json", options->json, "Write the figures for machines to this file");
  arguments.flag("--force", options->may_overwrite, "Overwrite what is there");
  return [options] { return shrink(*options); };
}

}  // namespace

const Verb shrink_verb = {"shrink", "Make a failing trace as short and simple as can be",
                          &declare_shrink};

}  // namespace synod
