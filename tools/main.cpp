// The verbs there are, and the last line of defence: whatever goes wrong is one line on standard
// error, and exit status 2; what git bisect is to make of it is said in tools/bisect.h.
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <system_error>

#include "scenarios/input_error.h"
#include "scenarios/safe_text.h"
#include "tools/bisect.h"
#include "tools/command_line.h"
#include "tools/standard_streams.h"
#include "tools/verbs.h"

namespace synod {
namespace {

constexpr int bad_usage = 2;

/// In the order in which the help lists them.
constexpr std::array verbs = {
    &fuzz_verb,    &run_verb,     &replay_verb, &shrink_verb,  &whatif_verb,  &view_verb,
    &explain_verb, &export_verb,  &list_verb,   &compare_verb, &hunt_verb,    &shortest_verb,
    &texts_verb,   &explore_verb, &keep_verb,   &regress_verb, &refresh_verb, &bench_verb};

/// Where no one can catch it: before main begins, or while something else is being thrown. Writes
/// without asking for memory.
[[noreturn]] void end_without_memory() {
  static constexpr std::string_view text =
      "synod: the system gives no more memory: give it more, or ask for less\n";
  try {
    if (const std::exception_ptr thrown = std::current_exception()) {
      std::rethrow_exception(thrown);
    }
  } catch (const std::bad_alloc&) {
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
}  // namespace synod

int main(int argc, char** argv) {
  const int failed = synod::is_for_bisect(argc, argv) ? synod::bisect_stop : synod::bad_usage;
  synod::prepare_standard_streams();
  try {
    const int status = synod::run_command_line(argc, argv, synod::verbs);
    synod::expect_all_printed();
    return status;
  } catch (const synod::CannotBeTested& error) {
    synod::complain(synod::on_one_line(error.what()));
    return synod::bisect_skip;
  } catch (const synod::InputError& error) {
    synod::complain(synod::on_one_line(error.what()));
  } catch (const std::system_error& error) {  // also from fmt::print
    synod::complain(synod::on_one_line(synod::complaint_about(error)));
  } catch (const std::bad_alloc&) {
    synod::complain("the system gives no more memory: give it more, or ask for less");
  } catch (const std::exception& error) {
    synod::complain(synod::on_one_line(fmt::format("internal error: {}", error.what())));
  }
  return failed;
}
