#include "tools/shrink/livelock.h"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "scenarios/format/configuration_json.h"
#include "scenarios/format/json_fields.h"
#include "tools/kept/regression.h"

namespace synod {

Trace still_scenario(const std::string& protocol, std::uint32_t node_count) {
  Trace scenario = parse_trace(
      R"({"format": "synod run", "version": 1, "swarm": true, "configuration": {
          "client_count": 2, "operations": 1,
          "think": "0..20", "client_timeout": "400..600",
          "delay": "5..5", "tail": "0/1", "slow_links": "0/1", "slow_kinds": "0/1",
          "drop": "0/1", "duplicate": "0/1", "hold_interval": "0..0", "disk": "1..1",
          "slow_write": "0/1", "cut_interval": "0..0", "crash_interval": "0..0",
          "crash_at_write": "0/1", "pause_interval": "0..0", "skew_interval": "0..0",
          "ending": "healed", "chaos": 30, "progress": 200, "node_count": )" +
          fmt::format("{}", node_count) + "}}",
      "the still scenario");
  scenario.protocol = protocol;
  hold_options(scenario.configuration, protocol_named(protocol).options);
  const JsonFields all = all_fields(scenario.configuration);
  for (const OptionText& option : scenario.configuration.options.texts()) {
    if (option.part == OptionPart::workload) {  // clients do what is usual
      member_for(scenario.configured.json(), option.name) = *member_of(all.json(), option.name);
    }
  }
  return scenario;
}

std::optional<Trace> find_livelock(const RunChoices& choices, const std::string& property,
                                   const OnLivelockSearch& on_progress) {
  if (choices.scenario) {
    return std::nullopt;
  }
  constexpr std::uint64_t seeds = 1000;
  constexpr std::array node_counts = {2U, 3U};
  std::uint64_t runs = 0;
  RunChoices still = choices;
  still.demands_in_any_time =
      true;  // so that it stays short; what the correct protocol can is fair
  RunChoices correct = choices;
  correct.mutants.clear();
  for (const std::uint32_t nodes : node_counts) {
    still.scenario = correct.scenario =
        std::make_shared<Trace>(still_scenario(choices.protocol, nodes));
    const auto runner = make_runner(still);
    const auto correct_runner = make_runner(correct);
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      if (on_progress && !on_progress(runs++, seeds * node_counts.size())) {
        return std::nullopt;
      }
      const RunReport run = runner->run(seed);
      if (!is_find(run, MutantKind::bug) || run.finding.property != property) {
        continue;
      }
      const bool is_bug =
          choices.mutants.empty() || correct_runner->run(seed).verdict == Verdict::holds;
      Trace trace = runner->record(seed);
      if (is_bug && can_be_kept(to_keep(trace))) {
        return trace;
      }
    }
  }
  return std::nullopt;
}

}  // namespace synod
