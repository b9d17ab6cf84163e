// The verbs there are, and the last line of defence: whatever goes wrong is one line on standard
// error, and exit status 2.
#include <fmt/format.h>

#include <array>
#include <cctype>
#include <cstdio>
#include <exception>
#include <string>
#include <system_error>

#include "scenarios/input_error.h"
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
std::string one_line(std::string text) {
  for (char& c : text) {
    c = std::iscntrl(static_cast<unsigned char>(c)) != 0 ? '?' : c;
  }
  return text;
}

}  // namespace
}  // namespace synod

int main(int argc, char** argv) {
  try {
    const int status = synod::run_command_line(argc, argv, synod::verbs);
    if (std::fflush(stdout) != 0) {
      throw synod::InputError("standard output cannot be written");
    }
    return status;
  } catch (const synod::InputError& error) {
    std::fflush(stdout);  // what was said before comes before the complaint
    fmt::print(stderr, "synod: {}\n", synod::one_line(error.what()));
  } catch (const std::system_error&) {  // from fmt::print, when its output is full or gone
    fmt::print(stderr, "synod: standard output cannot be written\n");
  } catch (const std::exception& error) {
    fmt::print(stderr, "synod: internal error: {}\n", error.what());
  }
  return synod::bad_usage;
}
