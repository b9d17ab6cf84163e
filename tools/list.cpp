#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "scenarios/input_error.h"
#include "scenarios/library.h"
#include "scenarios/mutants/mutant.h"
#include "scenarios/nearest.h"
#include "scenarios/runner.h"
#include "sim/configuration.h"
#include "tools/verbs.h"

namespace synod {
namespace {

void print_table(const std::vector<NamedText>& rows) {
  std::size_t width = 0;
  for (const NamedText& row : rows) {
    width = std::max(width, row.name.size());
  }
  for (const NamedText& row : rows) {
    fmt::print("{:<{}}  {}\n", row.name, width, row.about);
  }
}

void list_scenarios() {
  std::vector<Trace> scenarios;  // the rows point into it
  std::vector<NamedText> rows;
  scenarios.reserve(library_scenarios().size());
  rows.reserve(library_scenarios().size());
  for (const LibraryScenario& scenario : library_scenarios()) {
    scenarios.push_back(parse_trace(scenario.text, std::string(scenario.name) + ".json"));
  }
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    rows.push_back({library_scenarios()[i].name, scenarios[i].about});
  }
  print_table(rows);
}

void list_mutants() {
  for (const paxos::Mutant& mutant : paxos::mutants()) {
    const MutantText& text = mutant.text;
    fmt::print("{}\n    {}\n    breaks {}; needs {}; shows with {}\n    source: {}\n", text.slug,
               text.about, text.property, text.faults, text.cluster, text.source);
  }
}

void list_properties() {
  for (const PropertyText& property : property_texts()) {
    fmt::print("{}\n    {}\n    source: {}\n", property.name, property.about, property.source);
  }
  fmt::print("\nprobes (rare situations that a campaign counts)\n");
  const auto probes = probe_texts();
  print_table({probes.begin(), probes.end()});
}

void list_faults() {
  constexpr auto fault_count = static_cast<std::size_t>(Fault::count);
  std::vector<NamedText> rows;
  rows.reserve(fault_count);
  for (std::size_t i = 0; i < fault_count; ++i) {
    rows.push_back(text_of(static_cast<Fault>(i)));
  }
  print_table(rows);
}

}  // namespace

int list(const std::string& what) {
  constexpr std::array<std::string_view, 5> names = {"scenarios", "protocols", "mutants",
                                                     "properties", "faults"};
  if (what == "scenarios") {
    list_scenarios();
  } else if (what == "protocols") {
    print_table({protocol_texts().begin(), protocol_texts().end()});
  } else if (what == "mutants") {
    list_mutants();
  } else if (what == "properties") {
    list_properties();
  } else if (what == "faults") {
    list_faults();
  } else {
    throw InputError(
        fmt::format("list: no list of \"{}\": did you mean \"{}\"?", what, nearest(what, names)));
  }
  return 0;
}

}  // namespace synod
