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
  const Chronicle chronicle = runner->chronicle(trace);
  const Explanation explanation = explain(chronicle);
  WrittenFiles files;
  files.try_write(options.json, json_text(explanation));
  fmt::print("{}", options.is_markdown ? markdown_text(explanation, chronicle)
                                       : plain_text(explanation, chronicle));
  files.expect_all();
  return exit_status(chronicle.verdict);
}

Verb::Run declare_explain(Arguments& arguments) {
  auto options = std::make_shared<ExplainOptions>();
  arguments.input("TRACE", options->file, "A trace or scenario with steps").required();
  arguments.flag("--markdown", options->is_markdown, "For an issue or a pull request");
  arguments.output("--json", options->json, "Write it to this file as data, too");
  return [options] { return explain_trace(*options); };
}

}  // namespace

const Verb explain_verb = {"explain", "Say in plain English what went wrong", &declare_explain};

}  // namespace synod
