// The verbs there are, and the last line of defence: whatever goes wrong is one line on standard
// error, and exit status 2; what git bisect is to make of it is said in tools/bisect.h.
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <exception>
#include <string_view>
#include <system_error>

#include "scenarios/input_error.h"
#include "scenarios/safe_text.h"
#include "tools/bisect.h"
#include "tools/command_line.h"
#include "tools/verbs.h"

namespace synod {
namespace {

constexpr int bad_usage = 2;

/// In the order in which the help lists them.
constexpr std::array verbs = {
    &fuzz_verb,    &run_verb,     &replay_verb, &shrink_verb,  &whatif_verb,  &view_verb,
    &explain_verb, &export_verb,  &list_verb,   &compare_verb, &hunt_verb,    &shortest_verb,
    &texts_verb,   &explore_verb, &keep_verb,   &regress_verb, &refresh_verb, &bench_verb};

/// A name that was typed may hold anything, and a complaint is one line.
void complain(std::string_view what, std::string_view prefix = "") {
  fmt::print(stderr, "synod: {}{}\n", prefix, on_one_line(what));
}

}  // namespace
}  // namespace synod

int main(int argc, char** argv) {
  const int failed = synod::is_for_bisect(argc, argv) ? synod::bisect_stop : synod::bad_usage;
  try {
    const int status = synod::run_command_line(argc, argv, synod::verbs);
    if (std::fflush(stdout) != 0) {
      throw synod::InputError("standard output cannot be written");
    }
    return status;
  } catch (const synod::CannotBeTested& error) {
    synod::complain(error.what());
    return synod::bisect_skip;
  } catch (const synod::InputError& error) {
    std::fflush(stdout);  // what was said before comes before the complaint
    synod::complain(error.what());
  } catch (const std::system_error&) {  // from fmt::print, when its output is full or gone
    fmt::print(stderr, "synod: standard output cannot be written\n");
  } catch (const std::exception& error) {
    synod::complain(error.what(), "internal error: ");
  }
  return failed;
}
