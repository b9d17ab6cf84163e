#include "tools/choose.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "scenarios/default_protocol.h"
#include "scenarios/input_error.h"
#include "scenarios/library.h"
#include "scenarios/safe_text.h"
#include "scenarios/trace.h"

namespace synod {

void add_choices(Arguments& arguments, Choices& choices) {
  choices.program = arguments.program();
  arguments.scenario("--scenario", choices.scenario, "A scenario, by name or file (*.json)");
  arguments.text(
      "--protocol", "NAME", choices.protocol,
      fmt::format("The protocol to run (default: that of the mutant, or {})", default_protocol()));
  arguments.each("--mutant", "NAME", choices.mutants, "Plant this bug; may be given several times");
}

Arguments::Argument add_observations(Arguments& arguments, bool& is_on) {
  return arguments.flag("--observations", is_on,
                        "Write what came of each step into the trace, too");
}

void add_jobs(Arguments& arguments, unsigned& jobs) {
  arguments.number("--jobs", "J", jobs, {.min = 1, .max = 1024},
                   "Threads (default: one for each core)");
}

unsigned job_count(unsigned jobs) {
  return jobs != 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
}

void expect_seeds(std::string_view verb, std::uint64_t first_seed, std::string_view option,
                  std::uint64_t seeds) {
  if (seeds - 1 > UINT64_MAX - first_seed) {
    throw InputError(fmt::format("{}: --first-seed {}: {} {} would go beyond the last seed, {}",
                                 verb, first_seed, option, seeds, UINT64_MAX));
  }
}

RunChoices run_choices(const Choices& choices) {
  RunChoices chosen;
  if (!choices.scenario.empty()) {
    auto scenario = std::make_shared<Trace>(load_scenario(choices.scenario));
    chosen.protocol = scenario->protocol;
    chosen.mutants = scenario->mutants;
    chosen.scenario = std::move(scenario);
    try {
      make_runner(chosen);
    } catch (const InputError& error) {
      throw InputError(fmt::format("{}: {}", choices.scenario, error.what()));
    }
  }
  if (!choices.protocol.empty()) {
    chosen.protocol = choices.protocol;
  }
  if (!choices.mutants.empty()) {
    chosen.mutants = choices.mutants;
    if (choices.scenario.empty() && choices.protocol.empty()) {
      chosen.protocol = protocol_of_mutant(choices.mutants.front()).text.name;
    }
  }
  return chosen;
}

std::string command_to_repeat(const Choices& choices, std::uint64_t seed) {
  std::string command = fmt::format("{} run --seed {}", shell_word(choices.program), seed);
  if (!choices.scenario.empty()) {
    command += fmt::format(" --scenario {}", shell_word(choices.scenario));
  }
  if (!choices.protocol.empty()) {
    command += fmt::format(" --protocol {}", shell_word(choices.protocol));
  }
  for (const std::string& mutant : choices.mutants) {
    command += fmt::format(" --mutant {}", shell_word(mutant));
  }
  return command;
}

std::string command_to_replay(const Choices& choices, const std::string& trace) {
  return fmt::format("{} replay {} --log", shell_word(choices.program), shell_word(trace));
}

}  // namespace synod
