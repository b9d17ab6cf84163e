#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
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

/// The page so far, in pieces that do not move when it grows.
class Page {
 public:
  void add(std::string_view text) {
    if (pieces_.empty() || pieces_.back().size() + text.size() > piece_size) {
      pieces_.emplace_back().reserve(std::max(piece_size, text.size()));
    }
    pieces_.back() += text;
  }
  /// A member of an object that has one already.
  void add_member(std::string_view name, const ordered_json& value) {
    add(fmt::format(",\"{}\":", name));
    add(format_json_in_html(value));
  }
  [[nodiscard]] std::vector<std::string_view> pieces() const {
    return {pieces_.begin(), pieces_.end()};
  }

 private:
  static constexpr std::size_t piece_size = 1U << 20U;
  std::vector<std::string> pieces_;
};

/// The RunData of tools/viewer/src/data.ts. `what_if` is a file, and `against` a program; both may
/// be empty.
void add_run(Page& page, const std::string& title, const std::string& file,
             const std::string& what_if, const std::string& against, ProgressLine& line) {
  line.show(fmt::format("reading {}", file));
  const Chronicle chronicle = [&] {
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
  page.add("{\"title\":");
  page.add(format_json_in_html(title));
  if (const auto round_name = protocol_named(chronicle.protocol).round_name; !round_name.empty()) {
    page.add_member("round_name", round_name);
  }
  page.add_member("explanation", to_json(explanation));
  if (const ordered_json repeats = repeats_data(chronicle); !repeats.empty()) {
    page.add_member("repeats", repeats);
  }
  if (!what_if.empty()) {
    page.add_member("what_if", read_what_if_curve(what_if, chronicle));
  }
  page.add(",\"chronicle\":");
  write_json(chronicle, &format_json_in_html, [&](std::string_view text) { page.add(text); });
  page.add("}");
}

/// Succeeds whatever the verdict: what is shown is what happened.
int view(const ViewOptions& options) {
  {
    ProgressLine line;
    const AroundData around = around_data(mark_of_page(options.file, options.out));
    Page page;
    page.add(around.before);
    page.add("{\"build\":");
    page.add(format_json_in_html(build_identity()));
    page.add(",\"runs\":[");
    add_run(page, "original", options.file, options.what_if, options.against, line);
    if (!options.compare.empty()) {
      page.add(",");
      add_run(page, "shrunk", options.compare, "", options.against, line);
    }
    page.add("]}");
    page.add(around.behind);
    line.show(fmt::format("writing {}", options.out));
    write_file(options.out, page.pieces());
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
