#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/text.h"
#include "scenarios/configuration_json.h"
#include "scenarios/input_error.h"
#include "scenarios/json_document.h"
#include "tools/explore.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

/// Reads the members of an object, and says of the first that is not as it should be.
class Members {
 public:
  Members(const ordered_json& json, const std::string& file) : json_(json), file_(file) {}

  void read(const char* name, std::uint32_t& value) {
    const ordered_json& member = at(name);
    if (!member.is_number_unsigned() || member > UINT32_MAX) {
      complain(name, "a number is expected");
    }
    value = member.get<std::uint32_t>();
  }
  void read(const char* name, bool& value) {
    if (!at(name).is_boolean()) {
      complain(name, "true or false is expected");
    }
    value = at(name).get<bool>();
  }
  void read(const char* name, std::string& value) {
    if (!at(name).is_string()) {
      complain(name, "a text is expected");
    }
    value = at(name).get<std::string>();
  }
  void read(const char* name, std::vector<std::string>& values) {
    const ordered_json& member = at(name);
    const auto is_text = [](const ordered_json& one) { return one.is_string(); };
    if (!member.is_array() || !std::all_of(member.begin(), member.end(), is_text)) {
      complain(name, "a list of texts is expected");
    }
    values = member.get<std::vector<std::string>>();
  }
  template <class Enum, std::size_t Count>
  void read(const char* name, Enum& value, const std::array<std::string_view, Count>& names) {
    std::string text;
    read(name, text);
    const auto found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) {
      complain(name, fmt::format("one of {} is expected", fmt::join(names, ", ")));
    }
    value = static_cast<Enum>(found - names.begin());
  }
  const ordered_json& at(const char* name) {
    const auto member = json_.is_object() ? json_.find(name) : json_.end();
    if (member == json_.end()) {
      complain(name, "it is missing");
    }
    return *member;
  }

 private:
  [[noreturn]] void complain(const char* name, const std::string& what) const {
    throw InputError(fmt::format(
        "{}: {}: {}: this is to be what \"synod explore --json FILE\" writes", file_, name, what));
  }

  const ordered_json& json_;
  const std::string& file_;
};

}  // namespace

ordered_json bounds_json(const ExplorePlan& plan) {
  const ExploreBounds& bounds = plan.bounds;
  auto json = ordered_json::object();
  json["nodes"] = plan.configuration.node_count;
  json["clients"] = plan.configuration.client_count;
  json["phase1_quorum"] = plan.configuration.phase1_quorum;
  json["phase2_quorum"] = plan.configuration.phase2_quorum;
  auto& refusing = json["refusing"] = ordered_json::array();
  for (const NodeId node : plan.configuration.refusing) {
    refusing.push_back(to_text(node));
  }
  json["requests"] = requests_names[static_cast<std::size_t>(bounds.requests)];
  json["slow_writes"] = bounds.has_slow_writes;
  json["ballots_max"] = bounds.ballots_max;
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
  json["abandons_max"] = bounds.abandons_max;
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
  const ordered_json json = ordered_json::parse(read_json_text(file), nullptr, false);
  Members summary(json, file);
  ExplorePlan plan;
  summary.read("protocol", plan.choices.protocol);
  summary.read("mutants", plan.choices.mutants);
  Members members(summary.at("bounds"), file);
  Configuration& configuration = plan.configuration;
  members.read("nodes", configuration.node_count);
  members.read("clients", configuration.client_count);
  members.read("phase1_quorum", configuration.phase1_quorum);
  members.read("phase2_quorum", configuration.phase2_quorum);
  apply_fields({{"refusing", members.at("refusing")}}, configuration);
  ExploreBounds& bounds = plan.bounds;
  members.read("requests", bounds.requests, requests_names);
  members.read("slow_writes", bounds.has_slow_writes);
  members.read("ballots_max", bounds.ballots_max);
  members.read("timeouts", bounds.timeouts, timeouts_names);
  bounds.timeouts_max = ExploreBounds::unlimited;
  if (!members.at("timeouts_max").is_null()) {
    members.read("timeouts_max", bounds.timeouts_max);
  }
  members.read("crashes_max", bounds.crashes_max);
  members.read("crash_effects_max", bounds.crash_effects_max);
  members.read("restarts_max", bounds.restarts_max);
  members.read("losses_max", bounds.losses_max);
  members.read("duplicates_max", bounds.duplicates_max);
  members.read("abandons_max", bounds.abandons_max);
  members.read("cuts_max", bounds.cuts_max);
  members.read("network", bounds.network, network_names);
  members.read("symmetry", bounds.has_symmetry);
  return plan;
}

}  // namespace synod
