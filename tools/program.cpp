#include "tools/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "scenarios/words/input_error.h"
#include "scenarios/words/safe_text.h"
#include "tools/command_line.h"
#include "tools/support/program_name.h"
#include "tools/support/standard_streams.h"
#include "tools/support/verbs.h"
#include "tools/trace/bisect.h"

namespace synod {
namespace {

constexpr int bad_usage = 2;

/// In the order in which the help lists them.
constexpr std::array verbs_of_all = {
    &fuzz_verb,    &run_verb,     &replay_verb,  &shrink_verb, &whatif_verb,   &view_verb,
    &explain_verb, &export_verb,  &list_verb,    &hunt_verb,   &shortest_verb, &explore_verb,
    &keep_verb,    &regress_verb, &refresh_verb, &check_verb,  &bench_verb};

std::vector<const Verb*> with_own(std::span<const OwnVerb> own) {
  std::vector<const Verb*> verbs(verbs_of_all.begin(), verbs_of_all.end());
  for (const OwnVerb& one : own) {
    const auto place = std::find_if(verbs.begin(), verbs.end(),
                                    [&](const Verb* verb) { return verb->name == one.behind; });
    verbs.insert(place == verbs.end() ? place : place + 1, one.verb);
  }
  return verbs;
}

/// Where no one can catch it: before main begins, or while something else is being thrown. Writes
/// without asking for memory.
[[noreturn]] void end_without_memory() {
  static constexpr std::string_view text =
      ": the system gives no more memory: give it more, or ask for less\n";
  try {
    if (const std::exception_ptr thrown = std::current_exception()) {
      std::rethrow_exception(thrown);
    }
  } catch (const std::bad_alloc&) {
    const std::string_view name = program_name();
    static_cast<void>(write(STDERR_FILENO, name.data(), name.size()) < 0);
    static_cast<void>(write(STDERR_FILENO, text.data(), text.size()) < 0);
    _exit(bad_usage);
  } catch (...) {
    std::abort();
  }
  std::abort();
}

[[gnu::constructor(101)]] void prepare_for_little_memory() {
  std::set_terminate(&end_without_memory);
}

}  // namespace

int run_program(int argc, char** argv, std::span<const OwnVerb> own) {
  const int failed = is_for_bisect(argc, argv) ? bisect_stop : bad_usage;
  prepare_standard_streams();
  name_program(argc, argv);
  try {
    const int status = run_command_line(argc, argv, with_own(own));
    expect_all_printed();
    return status;
  } catch (const CannotBeTested& error) {
    complain(on_one_line(error.what()));
    return bisect_skip;
  } catch (const InputError& error) {
    complain(on_one_line(error.what()));
  } catch (const std::system_error& error) {  // also from fmt::print
    complain(on_one_line(complaint_about(error)));
  } catch (const std::bad_alloc&) {
    complain("the system gives no more memory: give it more, or ask for less");
  } catch (const std::exception& error) {
    complain(on_one_line(fmt::format("internal error: {}", error.what())));
  }
  return failed;
}

}  // namespace synod
