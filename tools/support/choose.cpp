#include "tools/support/choose.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/text.h"
#include "scenarios/format/complaint.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/library/library.h"
#include "scenarios/registry/default_protocol.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/safe_text.h"
#include "tools/completion/registered_words.h"

namespace synod {

void add_choices(Arguments& arguments, Choices& choices) {
  choices.program = arguments.program();
  arguments.scenario("--scenario", choices.scenario, "A scenario, by name or file (*.json)")
      .can_be(scenario_words);
  arguments
      .text("--protocol", "NAME", choices.protocol,
            fmt::format("The protocol to run (default: that of the mutant, or {})",
                        default_protocol()))
      .can_be(protocol_words);
  arguments.each("--mutant", "NAME", choices.mutants, "Plant this bug; may be given several times")
      .can_be(mutant_words);
}

namespace {

/// "--phase1-quorum"
std::string option_of(std::string_view name) {
  std::string option = "--" + std::string(name);
  std::ranges::replace(option, '_', '-');
  return option;
}

std::string_view kind_of(const OptionText& text) {
  constexpr std::array<std::string_view, 5> kinds = {"N", "TICKS", "TICKS..TICKS", "RATIO", "NODE"};
  return kinds[static_cast<std::size_t>(text.kind)];
}

/// What stands behind the option of a protocol on the command line.
class Reader {
 public:
  Reader(std::string_view verb, const OptionText& text, const std::vector<std::string>& values)
      : verb_(verb), option_(option_of(text.name)), text_(text), values_(values) {}

  void read(std::uint32_t& number) const {
    number = static_cast<std::uint32_t>(
        parse_number(verb_, option_, only(), {.min = text_.min, .max = text_.max}));
  }
  void read(Duration& duration) const { duration = ticks(only()); }
  void read(DurationRange& range) const {
    const std::string& text = only();
    const std::size_t between = text.find("..");
    if (between == std::string::npos) {
      fail(text, "a range of ticks like 1..10 is expected");
    }
    range = {ticks(text.substr(0, between)), ticks(text.substr(between + 2))};
  }
  void read(Ratio& ratio) const { ratio = parse_ratio(verb_, option_, only()); }
  void read(NodeSet& nodes) const {
    nodes = {};
    for (const std::string& name : values_) {
      NodeId node;
      if (!try_parse(name, node)) {
        fail(name, "a node is expected, as in n2");
      }
      nodes.insert(node);
    }
  }

 private:
  [[nodiscard]] const std::string& only() const {
    if (values_.size() > 1) {
      throw InputError(
          fmt::format("{}: {} is there {} times: give it once", verb_, option_, values_.size()));
    }
    return values_.front();
  }
  [[nodiscard]] Duration ticks(std::string_view text) const {
    return {parse_number(verb_, option_, text, {.min = text_.min, .max = text_.max})};
  }
  [[noreturn]] void fail(std::string_view given, std::string_view wanted) const {
    throw InputError(fmt::format("{}: {} {}: {}", verb_, option_, in_quotes(given), wanted));
  }

  std::string_view verb_;
  std::string option_;
  const OptionText& text_;
  const std::vector<std::string>& values_;
};

std::string argument(std::string_view option, NodeSet nodes) {
  std::string text;
  for (const NodeId node : nodes) {
    text += fmt::format(" {} {}", option, node);
  }
  return text;
}
std::string argument(std::string_view option, std::uint32_t number) {
  return fmt::format(" {} {}", option, number);
}
std::string argument(std::string_view option, Duration duration) {
  return fmt::format(" {} {}", option, duration.ticks);
}
std::string argument(std::string_view option, DurationRange range) {
  return fmt::format(" {} {}..{}", option, range.min.ticks, range.max.ticks);
}
std::string argument(std::string_view option, Ratio ratio) {
  return fmt::format(" {} {}/{}", option, ratio.numerator, ratio.denominator);
}

}  // namespace

void add_protocol_options(Arguments& arguments, Choices& choices,
                          std::initializer_list<OptionPart> parts) {
  std::map<std::string_view, std::string> owners;
  for (const ProtocolEntry& protocol : protocols()) {
    for (const OptionText& text : texts_of_options(protocol)) {
      std::string& names = owners[text.name];
      names += (names.empty() ? "" : ", ") + std::string(protocol.text.name);
    }
  }
  for (const ProtocolEntry& protocol : protocols()) {
    for (const OptionText& text : texts_of_options(protocol)) {
      if (std::ranges::find(parts, text.part) != parts.end()) {
        arguments.of_protocol(option_of(text.name), std::string(kind_of(text)),
                              choices.options[std::string(text.name)],
                              fmt::format("{} ({})", text.about, owners[text.name]));
      }
    }
  }
}

std::string arguments_of_options(const Configuration& configuration) {
  const Configuration defaults = defaults_for(configuration);
  std::string text;
  Options::for_each(configuration.options, [&]<class T>(const OptionText& option, const T& field) {
    if (option.part == OptionPart::cluster && field != *defaults.options.find<T>(option.name)) {
      text += argument(option_of(option.name), field);
    }
  });
  return text;
}

void apply_protocol_options(std::string_view verb, const Choices& choices,
                            std::string_view protocol, Configuration& configuration) {
  const ProtocolEntry& entry = protocol_named(protocol);
  hold_options(configuration, entry.options);
  bool is_any_given = false;
  for (const auto& [name, values] : choices.options) {
    if (values.empty()) {
      continue;
    }
    is_any_given = true;
    if (entry.options == nullptr || entry.options->find(name) == nullptr) {
      throw InputError(fmt::format("{}: {} is no option of {}: leave it away", verb,
                                   option_of(name), entry.text.name));
    }
    Options::for_each(configuration.options, [&](const OptionText& text, auto& field) {
      if (text.name == name) {
        Reader(verb, text, values).read(field);
      }
    });
  }
  if (const std::string complaint = validate(configuration); is_any_given && !complaint.empty()) {
    throw InputError(fmt::format("{}: {}", verb, complaint));
  }
}

namespace {

/// The scenario with the options that were given as fields that it fixes.
std::shared_ptr<const Trace> with_protocol_options(std::string_view verb, const Choices& choices,
                                                   const RunChoices& chosen) {
  Trace scenario = chosen.scenario ? *chosen.scenario : Trace();
  if (!chosen.scenario) {
    scenario.protocol = chosen.protocol;
    scenario.is_swarm = true;
  }
  Configuration given = scenario.configuration;
  apply_protocol_options(verb, choices, chosen.protocol, given);
  const JsonFields fields = all_fields(given);
  for (const auto& [name, values] : choices.options) {
    if (!values.empty()) {
      member_for(scenario.configured.json(), name) = *member_of(fields.json(), name);
    }
  }
  scenario.configuration = given;
  return std::make_shared<const Trace>(std::move(scenario));
}

}  // namespace

void add_properties(Arguments& arguments, Choices& choices) {
  arguments
      .each("--property", "NAME", choices.properties,
            "Judge by this property only (several times: by these)")
      .can_be(property_words);
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

RunChoices run_choices(std::string_view verb, const Choices& choices) {
  RunChoices chosen;
  if (!choices.scenario.empty()) {
    auto scenario = std::make_shared<Trace>(load_scenario(choices.scenario));
    try {
      chosen = choices_of(*scenario);
      chosen.scenario = std::move(scenario);
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
  if (!choices.properties.empty()) {
    chosen.overlooked = all_properties_but(protocol_named(chosen.protocol), choices.properties);
  }
  if (std::ranges::any_of(choices.options, [](const auto& one) { return !one.second.empty(); })) {
    chosen.scenario = with_protocol_options(verb, choices, chosen);
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
  for (const std::string& property : choices.properties) {
    command += fmt::format(" --property {}", shell_word(property));
  }
  for (const auto& [name, values] : choices.options) {
    for (const std::string& value : values) {
      command += fmt::format(" {} {}", option_of(name), shell_word(value));
    }
  }
  return command;
}

std::string command_to_replay(const Choices& choices, const std::string& trace) {
  return command_on("replay", choices, trace) + " --log";
}

std::string command_on(std::string_view verb, const Choices& choices, const std::string& trace) {
  return fmt::format("{} {} {}", shell_word(choices.program), verb, shell_word(trace));
}

}  // namespace synod
