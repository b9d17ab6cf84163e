// What the builds are compared by: a number of seeds of every protocol, and what came of them. Of
// every hundredth, the trace is written, read and replayed as well. And small searches to the end.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <set>
#include <string_view>
#include <vector>

#include "scenarios/explore/state_space.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "sim/hash.h"
#include "sim/world/configuration.h"
#include "tests/scenarios/explore/counted_spaces.h"

namespace synod {
namespace {

constexpr std::uint64_t seeds_per_trace = 100;

struct Sum {
  std::uint64_t steps = 0;
  std::array<std::uint64_t, verdict_names.size()> verdicts{};
  Hasher hasher;
};

/// Adds what a trace of the run holds, and what comes of it when it has been through a file.
void add_trace(Runner& runner, std::uint64_t seed, Sum& sum) {
  const std::string text = format_trace(runner.record(seed));
  for (const char letter : text) {
    sum.hasher.add(static_cast<std::uint64_t>(static_cast<unsigned char>(letter)));
  }
  sum.hasher.add(runner.replay(parse_trace(text, "trace"), nullptr).fingerprint);
}

void print_fingerprint(std::string_view protocol, std::uint64_t seeds) {
  RunChoices choices;
  choices.protocol = protocol;
  const auto runner = make_runner(choices);
  Sum sum;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const RunReport run = runner->run(seed);
    sum.steps += run.steps;
    ++sum.verdicts[static_cast<std::size_t>(run.verdict)];
    sum.hasher.add(run.fingerprint);
    if (seed % seeds_per_trace == 0) {
      add_trace(*runner, seed, sum);
    }
  }
  fmt::print("{}: {:016x}, {} steps", protocol, sum.hasher.value(), sum.steps);
  for (std::size_t i = 0; i < verdict_names.size(); ++i) {
    fmt::print(", {} {}", sum.verdicts[i], verdict_names[i]);
  }
  fmt::print("\n");
}

/// All states within the bounds, breadth first.
void print_states(const CountedSpace& counted) {
  RunChoices choices;
  choices.protocol = counted.protocol;
  Configuration configuration;
  set_node_count(configuration, counted.nodes);
  configuration.client_count = counted.clients;
  const auto space = make_runner(choices)->state_space(configuration, counted.bounds);
  std::vector<ExploredState> states(1);
  space->initial(states.front());
  std::set<std::uint64_t> met = {states.front().fingerprint};
  std::uint64_t generated = 1;
  Successors successors;
  for (std::size_t next = 0; next < states.size(); ++next) {
    space->expand(states[next], successors);
    generated += successors.count;
    for (std::size_t i = 0; i < successors.count; ++i) {
      if (met.insert(successors.ways[i].state.fingerprint).second) {
        states.push_back(successors.ways[i].state);
      }
    }
  }
  Hasher hasher;
  for (const std::uint64_t fingerprint : met) {
    hasher.add(fingerprint);
  }
  const bool is_as_counted = met.size() == counted.distinct && generated == counted.generated;
  fmt::print("{}: {:016x}, {} distinct states, {} generated{}\n", counted.name, hasher.value(),
             met.size(), generated, is_as_counted ? "" : ": not as many as there are");
}

}  // namespace
}  // namespace synod

int main(int count, char** arguments) {
  std::uint64_t seeds = 0;
  const std::string_view given = count == 2 ? arguments[1] : "";
  if (std::from_chars(given.data(), given.data() + given.size(), seeds).ptr == given.data()) {
    fmt::print(stderr, "usage: fingerprints SEEDS\n");
    return 2;
  }
  for (const synod::ProtocolEntry& protocol : synod::protocols()) {
    synod::print_fingerprint(protocol.text.name, seeds);
  }
  for (const synod::CountedSpace& counted : synod::counted_spaces) {
    synod::print_states(counted);
  }
  return 0;
}
