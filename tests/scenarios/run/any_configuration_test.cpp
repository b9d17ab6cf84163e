// Any configuration that `validate` accepts: fields over their whole range, alone and in pairs,
// with all others as they are by default, or as a swarm draws them. The correct protocols raise no
// alarm in any of them, and nearly all are judged for progress too.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/format/configuration_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "sim/luck.h"

namespace synod {
namespace {

/// Values of every size that a type has; whether one is within the field's range, `validate` says.
class Drawer {
 public:
  explicit Drawer(std::uint32_t test) : draws_(luck_, Stream::configuration, test) {}

  void draw(std::uint32_t& number) { number = static_cast<std::uint32_t>(of_any_size(32)); }
  void draw(Duration& duration) { duration.ticks = of_any_size(32); }
  void draw(DurationRange& range) {
    draw(range.min);
    draw(range.max);
    if (range.min > range.max) {
      std::swap(range.min, range.max);
    }
  }
  void draw(Ratio& ratio) {
    draw(ratio.denominator);
    ratio.numerator = draws_.chance({1, 4}) ? ratio.denominator : draws_.below(ratio.denominator);
  }
  void draw(NodeSet& nodes) {
    nodes = NodeSet(static_cast<std::uint16_t>(of_any_size(node_count_max)));
  }
  void draw(CutShapes& shapes) { shapes.bits = static_cast<std::uint8_t>(draws_.below(0x20)); }
  void draw(Ending& ending) { ending = static_cast<Ending>(draws_.below(3)); }

 private:
  /// As likely to be small as to be large; often the greatest or least that has so many bits.
  std::uint64_t of_any_size(std::uint32_t bits_max) {
    const std::uint32_t bits = draws_.below(bits_max + 1);
    const std::uint64_t top = 1ULL << bits;
    switch (draws_.below(4)) {
      case 0:
        return top - 1;
      case 1:
        return 1'000'000'000 >> (bits_max - bits);  // the longest duration, and its halves
      default:
        return top / 2 + (draws_.next() & (top - 1)) / 2;
    }
  }

  Luck luck_{20261130};
  Draws draws_;
};

using Names = std::vector<std::string>;

/// Defaults, with the options of the protocol.
Configuration defaults_of(const std::string& protocol) {
  Configuration configuration;
  hold_options(configuration, protocol_named(protocol).options);
  return configuration;
}

Names field_names(const std::string& protocol) {
  Names names;
  Configuration configuration = defaults_of(protocol);
  Configuration::fields(configuration,
                        [&](std::string_view name, auto&) { names.emplace_back(name); });
  return names;
}

/// Every field alone and every pair.
std::vector<Names> all_choices_of_fields(const std::string& protocol) {
  const Names names = field_names(protocol);
  std::vector<Names> choices;
  for (std::size_t i = 0; i < names.size(); ++i) {
    choices.push_back({names[i]});
    for (std::size_t j = i + 1; j < names.size(); ++j) {
      choices.push_back({names[i], names[j]});
    }
  }
  return choices;
}

/// `base` with these fields drawn until they are valid.
Configuration with_drawn(const Configuration& base, const Names& names, Drawer& drawer) {
  for (int i = 0; i < 10000; ++i) {
    Configuration drawn = base;
    Configuration::fields(drawn, [&](std::string_view name, auto& field) {
      if (std::find(names.begin(), names.end(), name) != names.end()) {
        drawer.draw(field);
        if (name == "node_count") {  // as where it is read from a file
          set_node_count(drawn, std::min<std::uint32_t>(drawn.node_count, 100));
        }
      }
    });
    if (validate(drawn).empty()) {
      return drawn;
    }
  }
  ADD_FAILURE() << "no valid " << testing::PrintToString(names);
  return base;
}

struct Judged {
  std::uint64_t runs = 0;
  UndemandedCounts undemanded{};
  std::vector<std::string> alarms;
  [[nodiscard]] std::uint64_t for_progress() const {
    return undemanded[static_cast<std::size_t>(Undemanded::is_demanded)];
  }
};

void run(const std::string& protocol, const Trace& scenario, std::uint64_t seed, Judged& judged) {
  RunChoices choices;
  choices.protocol = protocol;
  choices.scenario = std::make_shared<Trace>(scenario);
  const RunReport report = make_runner(choices)->run(seed);
  ++judged.runs;
  ++judged.undemanded[static_cast<std::size_t>(report.undemanded)];
  if (report.verdict == Verdict::violated && !report.is_outside_fault_model) {
    judged.alarms.push_back(scenario.configured.text() + " seed " + std::to_string(seed) + ": " +
                            std::string(report.finding.property) + ", " + report.finding.text);
  }
}

/// So that rivals meet, in a cluster in which some may be missing.
Configuration busy(const std::string& protocol) {
  Configuration configuration = defaults_of(protocol);
  set_node_count(configuration, 5);
  configuration.client_count = 3;
  configuration.operations = 2;
  return configuration;
}

/// More of them for who has more time: SYNOD_DRAWS=200.
std::uint64_t draws_of_each() {
  const char* const given = std::getenv("SYNOD_DRAWS");
  return given == nullptr ? 8 : std::strtoull(given, nullptr, 10);
}

class AnyConfiguration : public ::testing::TestWithParam<std::string> {};

TEST_P(AnyConfiguration, RaisesNoAlarmAndIsJudgedForProgress) {
  Judged judged;
  std::uint32_t test = 0;
  for (const Names& names : all_choices_of_fields(GetParam())) {
    Drawer drawer(++test);
    for (std::uint64_t seed = 1; seed <= draws_of_each(); ++seed) {
      Trace scenario;
      scenario.configuration =
          with_drawn(seed % 2 == 0 ? defaults_of(GetParam()) : busy(GetParam()), names, drawer);
      scenario.configured = fields_to_give(scenario.configuration);
      run(GetParam(), scenario, seed, judged);
    }
  }
  EXPECT_EQ(judged.alarms, Names{});
  EXPECT_GE(judged.for_progress() * 100, judged.runs * 95)
      << testing::PrintToString(judged.undemanded);
}

TEST_P(AnyConfiguration, RaisesNoAlarmInASwarm) {
  Judged judged;
  std::uint32_t test = 1000;
  for (const Names& names : all_choices_of_fields(GetParam())) {
    for (std::uint64_t i = 0; i < draws_of_each() / 4; ++i) {
      Drawer drawer(++test);
      const Configuration drawn = with_drawn(defaults_of(GetParam()), names, drawer);
      auto fixed = nlohmann::ordered_json::object();
      for (const std::string& name : names) {
        fixed[name] = to_json(drawn)[name];
      }
      Trace scenario;
      scenario.is_swarm = true;
      scenario.configuration = drawn;
      scenario.configured = JsonFields(std::move(fixed));
      try {
        run(GetParam(), scenario, test, judged);
      } catch (const std::exception&) {
        continue;  // what is drawn around them does not go with them, and that is said
      }
    }
  }
  EXPECT_EQ(judged.alarms, Names{});
  EXPECT_GE(judged.runs, test / 2);
}

std::vector<std::string> protocol_names() {
  std::vector<std::string> names;
  for (const ProtocolEntry& protocol : protocols()) {
    names.emplace_back(protocol.text.name);
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(Of, AnyConfiguration, ::testing::ValuesIn(protocol_names()),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace synod
