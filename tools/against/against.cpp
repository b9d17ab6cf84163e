#include "tools/against/against.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <tuple>

#include "scenarios/chronicle/unlike.h"
#include "scenarios/explain/against.h"
#include "scenarios/words/input_error.h"
#include "tools/against/other_program.h"
#include "tools/long_work/progress_line.h"

namespace synod {

void add_against(Arguments& arguments, std::string& program) {
  arguments.text(
      "--against", "PROGRAM", program,
      "Ask this other build of the program, too: where does it first do something else?");
}

void explain_against(const std::string& program, const std::string& file,
                     const Chronicle& chronicle, Explanation& explanation) {
  // Nothing that begins with a dash is taken for an option there.
  const std::string trace = file.starts_with('-') ? "./" + file : file;
  ProgressLine line;
  line.show(fmt::format("asking {}", program));
  const OtherProgram asked(program);
  OtherBuild other;
  other.name = asked.name();
  line.show(fmt::format("{} takes the same steps", program));
  try {
    other.unlike = first_unlike(chronicle, asked.chronicle(trace));
  } catch (const nlohmann::json::exception&) {
    throw InputError(
        fmt::format("--against: \"{}\" writes no chronicle that this build can read", program));
  }
  line.show(fmt::format("{} goes on from there", program));
  std::tie(other.verdict, other.finding) = asked.verdict(trace);
  tell_against(other, chronicle, explanation);
}

}  // namespace synod
