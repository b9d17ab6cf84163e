#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/chronicle/chronicle_text.h"
#include "scenarios/explain/explanation.h"
#include "scenarios/explain/passages.h"
#include "scenarios/format/trace.h"
#include "scenarios/registry/registry.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/safe_text.h"
#include "tools/against/against.h"
#include "tools/long_work/progress_line.h"
#include "tools/support/build_identity.h"
#include "tools/support/captured_output.h"
#include "tools/support/file_in_pieces.h"
#include "tools/support/print.h"
#include "tools/support/replayable.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"
#include "tools/view/viewer_page.h"
#include "tools/view/what_if_curve.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

struct ViewOptions {
  std::string file;
  std::string out;      ///< file
  std::string compare;  ///< a trace to show beside it; empty: none
  std::string what_if;  ///< figures of whatif; empty: none
  std::string against;  ///< another build of the program; empty: none
  bool is_forced = false;
};

/// "failures/seed_5000.json" → "failures/seed_5000.html"
std::string page_beside(const std::string& trace) {
  return std::filesystem::path(trace).replace_extension(".html").string();
}

/// What brings nothing new, for the page to leave it out.
ordered_json repeats_data(const Chronicle& chronicle) {
  ordered_json repeats = ordered_json::array();
  for (const Passage& passage : brief_passages(chronicle)) {
    if (passage.how != Passage::How::in_full) {
      repeats.push_back({{"first", passage.first},
                         {"count", passage.count},
                         {"text", passage_text(chronicle, passage)}});
    }
  }
  return repeats;
}

/// A run as the page shows it: the RunData of tools/viewer/src/data.ts.
struct ShownRun {
  std::string title;
  Chronicle chronicle;
  ordered_json others;  ///< all the members but these
};

/// `what_if` is a file, and `against` a program; both may be empty.
ShownRun shown_run(const std::string& title, const std::string& file, const std::string& what_if,
                   const std::string& against, ProgressLine& line) {
  line.show(fmt::format("reading {}", file));
  Chronicle chronicle = [&] {
    const auto [trace, runner, left_out] = read_replayable(file);
    runner->attend([&, &steps_in_all = trace.steps](std::uint64_t steps) {
      line.show(fmt::format("replaying {}  {} of {}", file, grouped(steps),
                            counted(steps_in_all.size(), "step")));
    });
    CapturedOutput printed;
    runner->catch_printed(&printed);
    return runner->chronicle(trace);
  }();
  line.show(fmt::format("explaining {}", file));
  Explanation explanation = explain(chronicle);
  if (!against.empty()) {
    explain_against(against, file, chronicle, explanation);
  }
  ordered_json others = ordered_json::object();
  if (const auto round_name = protocol_named(chronicle.protocol).round_name; !round_name.empty()) {
    others["round_name"] = round_name;
  }
  others["explanation"] = to_json(explanation);
  if (ordered_json repeats = repeats_data(chronicle); !repeats.empty()) {
    others["repeats"] = std::move(repeats);
  }
  if (!what_if.empty()) {
    others["what_if"] = read_what_if_curve(what_if, chronicle);
  }
  return {title, std::move(chronicle), std::move(others)};
}

void write_run(const ShownRun& run, const WritePiece& write) {
  write("{\"title\":");
  write(format_json_in_html(run.title));
  for (const auto& [name, value] : run.others.items()) {
    write(fmt::format(",\"{}\":", name));
    write(format_json_in_html(value));
  }
  write(",\"chronicle\":");
  write_json(run.chronicle, &format_json_in_html, write);
  write("}");
}

/// Succeeds whatever the verdict: what is shown is what happened.
int view(const ViewOptions& options) {
  {
    ProgressLine line;
    std::vector<ShownRun> runs;
    runs.push_back(shown_run("original", options.file, options.what_if, options.against, line));
    if (!options.compare.empty()) {
      runs.push_back(shown_run("shrunk", options.compare, "", options.against, line));
    }
    const AroundData around = around_data(mark_of_page(options.file, options.out));
    line.show(fmt::format("writing {}", options.out));
    write_file(options.out, [&](const WritePiece& write) {
      write(around.before);
      write("{\"build\":");
      write(format_json_in_html(build_identity()));
      write(",\"runs\":[");
      for (const ShownRun& run : runs) {
        write(&run == &runs.front() ? "" : ",");
        write_run(run, write);
      }
      write("]}");
      write(around.behind);
    });
  }
  say("page          {}\n", on_one_line(options.out));
  return 0;
}

Verb::Run declare_view(Arguments& arguments) {
  auto options = std::make_shared<ViewOptions>();
  arguments.input("TRACE", options->file, "A trace or scenario with steps").required();
  arguments.output("-o,--out", options->out, "Write the page to this file, not beside the trace")
      .unless_given([&named = *options] { return page_beside(named.file); })
      .only_new_unless(options->is_forced)
      .or_if([&named = *options](const std::string& page) { return is_page_of(named.file, page); });
  arguments.input("--compare", options->compare, "Show this trace beside it, as the shrunk one");
  arguments.input("--whatif", options->what_if, "Draw these figures of whatif --json as a curve");
  add_against(arguments, options->against);
  arguments.flag("--force", options->is_forced,
                 "Overwrite what is there, though it is no page of this trace");
  return [options] { return view(*options); };
}

}  // namespace

const Verb view_verb = {"view", "Show a trace as a page for any browser", &declare_view};

}  // namespace synod
