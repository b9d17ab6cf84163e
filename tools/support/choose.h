// From what the user typed to what is run, and back to what to type to see it again.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/run/runner.h"
#include "tools/support/arguments.h"

namespace synod {

/// What to run: shared by `fuzz` and `run`.
struct Choices {
  std::string program;   ///< as it was called, for commands to repeat
  std::string scenario;  ///< a name or a file; empty: everything is drawn
  std::string protocol;  ///< empty: the scenario's, or default_protocol()
  std::vector<std::string> mutants;
  std::vector<std::string> properties;  ///< to judge by; empty: all
  /// What was given of options of protocols, by name; no values: it was not.
  std::map<std::string, std::vector<std::string>> options;
};

/// Declares the options of these.
void add_choices(Arguments& arguments, Choices& choices);
/// Declares --property.
void add_properties(Arguments& arguments, Choices& choices);
/// Declares an option for each that a protocol declares: --phase1-quorum. After all others.
void add_protocol_options(Arguments& arguments, Choices& choices,
                          std::initializer_list<OptionPart> parts = {OptionPart::cluster,
                                                                     OptionPart::workload});
/// " --phase1-quorum 1": those of the cluster that have not their defaults, as they are given.
std::string arguments_of_options(const Configuration& configuration);
/// Sets those that were given. Throws InputError for one that the protocol does not have, and where
/// the configuration makes no sense with them.
void apply_protocol_options(std::string_view verb, const Choices& choices,
                            std::string_view protocol, Configuration& configuration);

/// Declares --observations.
Arguments::Argument add_observations(Arguments& arguments, bool& is_on);
/// Declares --jobs; 0 stands for as many as the machine has cores, and becomes that in `job_count`.
void add_jobs(Arguments& arguments, unsigned& jobs);
unsigned job_count(unsigned jobs);

/// Throws InputError where the last of so many seeds would not be one any more: `option` is what
/// asks for them, as in "--seeds".
void expect_seeds(std::string_view verb, std::uint64_t first_seed, std::string_view option,
                  std::uint64_t seeds);

/// Reads the scenario, if one is named; options of the protocol that were given become fields that
/// it fixes. Throws InputError for what does not exist.
RunChoices run_choices(std::string_view verb, const Choices& choices);

/// "synod run --seed 17 --mutant sd-pick-own"
/// Every argument is quoted where a shell needs it.
std::string command_to_repeat(const Choices& choices, std::uint64_t seed);

/// "synod replay failure.json --log"
std::string command_to_replay(const Choices& choices, const std::string& trace);
/// "synod explain failure.json": of a verb that needs no more than a trace.
std::string command_on(std::string_view verb, const Choices& choices, const std::string& trace);

}  // namespace synod
