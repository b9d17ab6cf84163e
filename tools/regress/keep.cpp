#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>

#include "scenarios/format/complaint.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/nearest.h"
#include "scenarios/words/safe_text.h"
#include "tools/completion/registered_words.h"
#include "tools/kept/regression.h"
#include "tools/support/choose.h"
#include "tools/support/files.h"
#include "tools/support/program_name.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

struct KeepOptions {
  std::string program;
  std::string file;
  std::string name;
  std::string expect;  ///< "holds" or "violated:PROPERTY"; empty: what the file says
  std::string folder = kept_folder();
  bool is_forced = false;  ///< a kept trace of that name may be replaced
};

constexpr std::size_t name_size_max = 100;

/// A name is a file's, on every system, and a test's.
void expect_name(const std::string& name) {
  constexpr std::string_view first = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyz0123456789-_";
  const bool is_good = !name.empty() && name.size() <= name_size_max &&
                       first.find(name.front()) != std::string_view::npos &&
                       name.find_first_not_of(plain) == std::string::npos;
  if (!is_good) {
    throw InputError(fmt::format(
        "keep: --name {}: give what broke in small letters, digits, - and _, a letter first, at "
        "most {} of them, as in votes_below_its_promise",
        in_quotes(name), name_size_max));
  }
}

Expectation parse_expectation(const std::string& text, const std::string& protocol) {
  constexpr std::string_view violated = "violated:";
  if (text == "holds") {
    return {};
  }
  if (!text.starts_with(violated)) {
    throw InputError(
        fmt::format("keep: --expect {}: give holds, or violated:PROPERTY as in violated:agreement",
                    in_quotes(text)));
  }
  const std::string property = text.substr(violated.size());
  const auto properties = protocol_named(protocol).properties;
  const auto name_of = [](const PropertyText& one) { return one.name; };
  if (std::none_of(properties.begin(), properties.end(),
                   [&](const PropertyText& one) { return one.name == property; })) {
    throw InputError(fmt::format(
        "keep: --expect {}: {} has no such property: {}", in_quotes(text), protocol,
        right_name(property, names_among(properties, name_of), "synod list properties")));
  }
  return {.verdict = Verdict::violated, .property = property, .finding = {}, .fingerprint = {}};
}

/// The trace to keep, without what only its recording knew. Throws InputError when it does not come
/// to what is expected of it.
KeptTrace trace_to_keep(const KeepOptions& options) {
  Trace trace = read_trace(options.file);
  const auto fail = [&](const std::string& why) {
    throw InputError(fmt::format("{}: {}", options.file, why));
  };
  if (!trace.has_steps) {
    fail(fmt::format("has no steps to keep: record a run with \"{} run --trace FILE\"",
                     program_name()));
  }
  if (!options.expect.empty()) {
    trace.expect = parse_expectation(options.expect, trace.protocol);
  }
  if (!trace.expect) {
    fail("says nothing of what it must come to: give --expect holds or --expect violated:PROPERTY");
  }
  KeptTrace kept{options.file, std::move(trace)};
  expect_kept(kept);
  kept.file = fmt::format("{}/{}.json", options.folder, options.name);
  return kept;
}

int keep(const KeepOptions& options) {
  expect_name(options.name);
  KeptTrace kept = trace_to_keep(options);
  if (std::error_code error; std::filesystem::exists(kept.file, error) && !options.is_forced) {
    throw InputError(fmt::format(
        "{}: is there already: give another --name, or --force to replace it", kept.file));
  }
  expect_possible_file(kept.file);
  kept.trace = to_keep(std::move(kept.trace));
  const Regression regression = judge(kept);
  if (const std::string why = why_not_to_keep(kept, regression); !why.empty()) {
    throw InputError(fmt::format("{}: {}", options.file, why));
  }
  make_folder(options.folder);
  write_file(kept.file, format_trace(kept.trace));
  say("kept          {}\n", on_one_line(kept.file));
  say("              {}\n", on_one_line(kept.trace.about));
  say("  replay all  {} regress {}\n", shell_word(options.program), shell_word(options.folder));
  return 0;
}

Verb::Run declare_keep(Arguments& arguments) {
  auto options = std::make_shared<KeepOptions>();
  options->program = arguments.program();
  arguments.input("TRACE", options->file, "A trace with steps").required();
  arguments.text("--name", "SLUG", options->name, "What broke, as in votes_below_its_promise")
      .required();
  arguments
      .text("--expect", "VERDICT", options->expect,
            "What it must come to: holds, or violated:PROPERTY; else what the trace says")
      .can_be(expectation_words);
  arguments.output_folder("--into", options->folder, "Where the kept traces are");
  arguments.flag("--force", options->is_forced, "Replace a kept trace of that name");
  return [options] { return keep(*options); };
}

}  // namespace

const Verb keep_verb = {"keep", "Keep a trace as a test that survives edits", &declare_keep};

}  // namespace synod
