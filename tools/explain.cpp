#include <fmt/format.h>

#include <memory>
#include <string>

#include "scenarios/explain/explanation.h"
#include "tools/files.h"
#include "tools/replayable.h"
#include "tools/verbs.h"

namespace synod {
namespace {

struct ExplainOptions {
  std::string file;
  std::string json;  ///< file; empty: none
  bool is_markdown = false;
};

int explain_trace(const ExplainOptions& options) {
  const auto [trace, runner] = read_replayable(options.file);
  if (!options.json.empty()) {
    expect_writable_file(options.json);
  }
  const Chronicle chronicle = runner->chronicle(trace);
  const Explanation explanation = explain(chronicle);
  fmt::print("{}", options.is_markdown ? markdown_text(explanation, chronicle)
                                       : plain_text(explanation, chronicle));
  if (!options.json.empty()) {
    write_file(options.json, json_text(explanation));
  }
  return exit_status(chronicle.verdict);
}

Verb::Run declare_explain(Arguments& arguments) {
  auto options = std::make_shared<ExplainOptions>();
  arguments.text("TRACE", "FILE", options->file, "A trace or scenario with steps").required();
  arguments.flag("--markdown", options->is_markdown, "For an issue or a pull request");
  arguments.text("--json", "FILE", options->json, "Write it to this file as data, too");
  return [options] { return explain_trace(*options); };
}

}  // namespace

const Verb explain_verb = {"explain", "Say in plain English what went wrong", &declare_explain};

}  // namespace synod
