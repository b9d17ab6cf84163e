#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/text.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/json_document.h"
#include "scenarios/format/json_fields.h"
#include "scenarios/format/located_json.h"
#include "scenarios/words/input_error.h"
#include "tools/explore/explore.h"
#include "tools/support/option_values.h"
#include "tools/support/program_name.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

std::string wanted_file() {
  return fmt::format("what \"{} explore --json FILE\" writes", program_name());
}

/// Reads the members of an object, each of which must be there.
class Members {
 public:
  explicit Members(const Located& object) : object_(object) { object.expect_object(wanted_file()); }

  [[nodiscard]] Located at(std::string_view name) const {
    const auto found = object_.find(name);
    if (!found) {
      object_.fail_missing(name, wanted_file());
    }
    return *found;
  }
  [[nodiscard]] bool has(std::string_view name) const { return object_.find(name).has_value(); }
  void read(std::string_view name, std::uint32_t& value, Bounds bounds) const {
    const Located member = at(name);
    std::uint64_t number = 0;
    if (!try_read_number(member.value(), bounds.max, number) || number < bounds.min) {
      member.fail_unless_wanted(
          fmt::format("a whole number from {} to {}", bounds.min, bounds.max));
    }
    value = static_cast<std::uint32_t>(number);
  }
  void read(std::string_view name, bool& value) const {
    const Located member = at(name);
    if (!member.value().is_boolean()) {
      member.fail_unless_wanted("true or false");
    }
    value = member.value().get<bool>();
  }
  void read(std::string_view name, std::string& value) const {
    value = at(name).text("text in quotes");
  }
  void read(std::string_view name, std::vector<std::string>& values) const {
    const Located member = at(name);
    member.expect_list("a list of names, or []");
    for (std::size_t i = 0; i < member.value().size(); ++i) {
      values.push_back(member[i].text("a name in quotes"));
    }
  }
  template <class Enum, std::size_t Count>
  void read(std::string_view name, Enum& value,
            const std::array<std::string_view, Count>& names) const {
    const Located member = at(name);
    const std::string wanted = fmt::format("\"{}\"", fmt::join(names, "\", \""));
    const auto found = std::find(names.begin(), names.end(), member.text("one of " + wanted));
    if (found == names.end()) {
      member.fail_unless_wanted("one of " + wanted);
    }
    value = static_cast<Enum>(found - names.begin());
  }

 private:
  const Located& object_;
};

/// What was run may not exist here, and then the complaint says where it is named.
void expect_to_exist(const Members& summary, const RunChoices& choices) {
  const auto located = [](const Located& where, const auto& act) {
    try {
      act();
    } catch (const InputError& error) {
      where.fail(error.what());
    }
  };
  located(summary.at("protocol"), [&] { protocol_named(choices.protocol); });
  located(summary.at("mutants"), [&] { make_runner(choices); });
}

/// "ballots_max". Of a protocol that has rounds.
std::string rounds_member(const ProtocolEntry& protocol) {
  return fmt::format("{}s_max", protocol.round_name);
}

/// Options of the cluster that are missing have their defaults: a protocol may have got more since.
void read_cluster(const Located& json, const ProtocolEntry& protocol,
                  Configuration& configuration) {
  const Members members(json);
  members.read("nodes", configuration.node_count, {.min = 1, .max = node_count_max});
  members.read("clients", configuration.client_count, {.min = 1, .max = client_count_max});
  hold_options(configuration, protocol.options);
  read_options(json, configuration);
  expect_valid(json, configuration);
}

void read_bounds(const Located& json, const ProtocolEntry& protocol, ExploreBounds& bounds) {
  const Members members(json);
  constexpr Bounds budget{.min = 0, .max = explore_budget_max};
  members.read("requests", bounds.requests, requests_names);
  members.read("slow_writes", bounds.has_slow_writes);
  if (!protocol.round_name.empty()) {
    members.read(rounds_member(protocol), bounds.rounds_max, budget);
  }
  members.read("timeouts", bounds.timeouts, timeouts_names);
  bounds.timeouts_max = ExploreBounds::unlimited;
  if (!members.at("timeouts_max").value().is_null()) {
    members.read("timeouts_max", bounds.timeouts_max, budget);
  }
  members.read("crashes_max", bounds.crashes_max, budget);
  members.read("crash_effects_max", bounds.crash_effects_max,
               {.min = 0, .max = crash_effects_bound_max});
  members.read("restarts_max", bounds.restarts_max, budget);
  members.read("losses_max", bounds.losses_max, budget);
  members.read("duplicates_max", bounds.duplicates_max, budget);
  members.read("abandons_max", bounds.abandons_max, budget);
  for (const auto& [name, bound] : {std::pair{"requests_max", &ExploreBounds::requests_max},
                                    {"retries_max", &ExploreBounds::retries_max},
                                    {"failed_writes_max", &ExploreBounds::failed_writes_max}}) {
    bounds.*bound = ExploreBounds().*bound;
    if (members.has(name)) {  // which older summaries know nothing of
      members.read(name, bounds.*bound, budget);
    }
  }
  members.read("cuts_max", bounds.cuts_max, budget);
  members.read("network", bounds.network, network_names);
  members.read("symmetry", bounds.has_symmetry);
}

}  // namespace

ordered_json bounds_json(const ExplorePlan& plan) {
  const ExploreBounds& bounds = plan.bounds;
  auto json = ordered_json::object();
  json["nodes"] = plan.configuration.node_count;
  json["clients"] = plan.configuration.client_count;
  const ordered_json fields = to_json(plan.configuration);
  for (const OptionText& option : plan.configuration.options.texts()) {
    if (option.part == OptionPart::cluster) {
      json[std::string(option.name)] = fields[std::string(option.name)];
    }
  }
  json["requests"] = requests_names[static_cast<std::size_t>(bounds.requests)];
  json["slow_writes"] = bounds.has_slow_writes;
  if (const ProtocolEntry& protocol = protocol_named(plan.choices.protocol);
      !protocol.round_name.empty()) {
    json[rounds_member(protocol)] = bounds.rounds_max;
  }
  json["timeouts"] = timeouts_names[static_cast<std::size_t>(bounds.timeouts)];
  json["timeouts_max"] = nullptr;
  if (bounds.timeouts_max != ExploreBounds::unlimited) {
    json["timeouts_max"] = bounds.timeouts_max;
  }
  json["crashes_max"] = bounds.crashes_max;
  json["crash_effects_max"] = bounds.crash_effects_max;
  json["restarts_max"] = bounds.restarts_max;
  json["losses_max"] = bounds.losses_max;
  json["duplicates_max"] = bounds.duplicates_max;
  json["requests_max"] = bounds.requests_max;
  json["abandons_max"] = bounds.abandons_max;
  json["retries_max"] = bounds.retries_max;
  json["failed_writes_max"] = bounds.failed_writes_max;
  json["cuts_max"] = bounds.cuts_max;
  json["depth_max"] = nullptr;
  if (plan.search.depth_max) {
    json["depth_max"] = *plan.search.depth_max;
  }
  json["network"] = network_names[static_cast<std::size_t>(bounds.network)];
  json["symmetry"] = bounds.has_symmetry;
  json["sleep_sets"] = plan.search.has_sleep_sets;
  json["text"] = bounds_text(plan);
  return json;
}

ExplorePlan read_explored(const std::string& file) {
  const JsonDocument document = parse_json(read_json_text(file), file, wanted_file());
  const Located root(document, file);
  const Members summary(root);
  ExplorePlan plan;
  summary.read("protocol", plan.choices.protocol);
  summary.read("mutants", plan.choices.mutants);
  expect_to_exist(summary, plan.choices);
  const Located bounds = summary.at("bounds");
  const ProtocolEntry& protocol = protocol_named(plan.choices.protocol);
  read_cluster(bounds, protocol, plan.configuration);
  read_bounds(bounds, protocol, plan.bounds);
  return plan;
}

}  // namespace synod
