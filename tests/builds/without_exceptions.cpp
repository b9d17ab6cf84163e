// Reads, plays and tells a trace in a build that has no exceptions: "log TRACE" and "explain TRACE"
// print what `synod replay --log` and `synod explain` do.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "scenarios/explain/explanation.h"
#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/safe_text.h"

#ifdef __cpp_exceptions
#error "this is to be compiled with -fno-exceptions"
#endif

namespace synod {

void refuse(const std::string& complaint) {
  fmt::print(stderr, "synod: {}\n", on_one_line(complaint));
  std::exit(2);
}

namespace {

void tell(std::string_view verb, const std::string& file) {
  const Trace trace = read_trace(file);
  RunChoices choices;
  choices.protocol = trace.protocol;
  choices.mutants = trace.mutants;
  const auto runner = make_runner(choices);
  if (verb == "explain") {
    const Chronicle chronicle = runner->chronicle(trace);
    fmt::print("{}", plain_text(explain(chronicle), chronicle));
    return;
  }
  const Log log = [](const std::string& line) { fmt::print("{}\n", line); };
  const ReplayReport report = runner->replay(trace, &log);
  fmt::print("\nfingerprint   {:016x}\n", report.fingerprint);
}

}  // namespace
}  // namespace synod

int main(int count, char** arguments) {
  if (count != 3) {
    fmt::print(stderr, "usage: without_exceptions log|explain TRACE\n");
    return 2;
  }
  synod::tell(arguments[1], arguments[2]);
  return 0;
}
