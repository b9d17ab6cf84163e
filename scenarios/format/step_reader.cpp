#include "scenarios/format/step_reader.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <type_traits>
#include <utility>

#include "scenarios/format/complaint.h"
#include "scenarios/format/step_json.h"
#include "scenarios/words/nearest.h"
#include "sim/clock.h"
#include "sim/world/step.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

/// A message as it stands in the file.
struct UnjudgedMessage {
  ordered_json json;
};
void write_message(const UnjudgedMessage& message, ordered_json& json) { json = message.json; }

/// What a client asks, as it stands in the file.
struct UnjudgedField {
  ordered_json json;
};
void write_field(const UnjudgedField& field, ordered_json& json) { json = field.json; }

struct UnjudgedOperation {
  std::vector<std::pair<std::string, UnjudgedField>> members;
  [[maybe_unused]] static constexpr bool fields_are_unchecked = true;
  static constexpr void fields(auto& self, auto&& visit) {
    for (auto& [name, field] : self.members) {
      visit(name, field);
    }
  }
};
struct UnjudgedResult {
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
};
// In flight, both are messages as they stand there.
void write_message(const RequestOf<UnjudgedOperation>& /*request*/, ordered_json& /*json*/) {}
void write_message(const AnswerOf<UnjudgedResult>& /*answer*/, ordered_json& /*json*/) {}

struct UnjudgedTimer {
  std::string name;
};

/// In place of a protocol: any message, any operation and any timer will do.
struct AnyProtocol {
  using Message = UnjudgedMessage;
  using Operation = UnjudgedOperation;
  using Result = UnjudgedResult;
  using Timer = UnjudgedTimer;
  static const std::string& timer_name(const Timer& timer) { return timer.name; }
};

std::string names_of(char prefix, std::uint32_t count) {
  return count == 1 ? fmt::format("{}1", prefix) : fmt::format("{0}1 to {0}{1}", prefix, count);
}
std::string names_of_nodes(Cluster cluster) { return names_of('n', cluster.node_count); }
std::string names_of_clients(Cluster cluster) { return names_of('c', cluster.client_count); }

[[noreturn]] void fail_no_node(const Located& json, std::string_view name, Cluster cluster) {
  json.fail(fmt::format("no node {} in a cluster of {}: {}", in_quotes(name), cluster.node_count,
                        names_of_nodes(cluster)));
}
[[noreturn]] void fail_no_client(const Located& json, std::string_view name, Cluster cluster) {
  json.fail(fmt::format("no client {} among {}: {}", in_quotes(name), cluster.client_count,
                        names_of_clients(cluster)));
}

std::string wanted_endpoint(Cluster cluster) {
  return fmt::format("a node or a client, {} or {}", names_of_nodes(cluster),
                     names_of_clients(cluster));
}
constexpr std::string_view wanted_endpoints = "a list of nodes and clients like [\"n1\", \"n2\"]";

Endpoint read_endpoint(const Located& json, std::string_view name, Cluster cluster) {
  if (name.starts_with('n')) {
    return Endpoint::of(read_node(json, name, cluster));
  }
  if (name.starts_with('c')) {
    return Endpoint::of(read_client(json, name, cluster));
  }
  json.fail_unless_wanted(wanted_endpoint(cluster));
}

/// Reads the fields of one step.
class StepReader {
 public:
  StepReader(const Located& step, Cluster cluster) : step_(step), cluster_(cluster) {}

  template <class T>
  void operator()(std::string_view name, T& field) const {
    if (const auto member = step_.find(name)) {
      if constexpr (std::integral<T>) {
        read_number(*member, name, field);
      } else {
        read(*member, field);
      }
    } else if constexpr (!may_be_left_out<T>) {
      step_.fail_missing(name, wanted(field));
    }
  }

 private:
  using Payload = Packet<AnyProtocol>::Payload;

  [[nodiscard]] std::string wanted(const NodeId&) const {
    return "a node, " + names_of_nodes(cluster_);
  }
  [[nodiscard]] std::string wanted(const ClientId&) const {
    return "a client, " + names_of_clients(cluster_);
  }
  [[nodiscard]] std::string wanted(const Endpoint&) const { return wanted_endpoint(cluster_); }
  [[nodiscard]] static std::string wanted(const EndpointSet&) {
    return std::string(wanted_endpoints);
  }
  [[nodiscard]] static std::string wanted(const UnjudgedField&) { return "a field"; }
  [[nodiscard]] static std::string wanted(const UnjudgedTimer&) { return "the name of a timer"; }
  [[nodiscard]] static std::string wanted(const Payload&) {
    return "a message: its fields, like {\"type\": \"NAME\"}";
  }

  /// The text that `field` is to be read from. What is wanted is put in words only when it is not
  /// there, for there may be millions of steps.
  const std::string& text_of(const Located& json, const auto& field) const {
    if (!json.value().is_string()) {
      json.fail_unless_wanted(wanted(field));
    }
    return json.value().get_ref<const std::string&>();
  }

  /// Whatever the type holds is meant, but for a few.
  template <std::integral T>
  static void read_number(const Located& json, std::string_view name, T& number) {
    if (name == "rate" && !is_rate(json.value())) {
      json.fail_unless_wanted(fmt::format("a whole number from {} to {}, where {} is true",
                                          Clock::rate_min, Clock::rate_max, Clock::rate_one));
    }
    const T least = name == "number" && std::same_as<T, decltype(RequestId::number)>
                        ? T{1}
                        : std::numeric_limits<T>::min();
    if (!try_read_field(json.value(), number) || number < least) {
      json.fail_unless_wanted(
          fmt::format("a whole number from {} to {}", least, std::numeric_limits<T>::max()));
    }
  }
  static bool is_rate(const ordered_json& json) {
    std::uint64_t rate = 0;
    return try_read_number(json, Clock::rate_max, rate) && rate >= Clock::rate_min;
  }
  void read(const Located& json, NodeId& node) const {
    node = read_node(json, text_of(json, node), cluster_);
  }
  void read(const Located& json, ClientId& client) const {
    client = read_client(json, text_of(json, client), cluster_);
  }
  void read(const Located& json, Endpoint& endpoint) const {
    endpoint = read_endpoint(json, text_of(json, endpoint), cluster_);
  }
  void read(const Located& json, EndpointSet& endpoints) const {
    endpoints = read_endpoints(json, cluster_);
  }
  static void read(const Located& /*json*/, UnjudgedField& /*field*/) {}  // as it stands there
  void read(const Located& json, UnjudgedTimer& timer) const { timer.name = text_of(json, timer); }
  /// Only its shape: a type, and fields as step_json.h writes them.
  void read(const Located& json, Payload& payload) const {
    if (!json.value().is_object()) {
      json.fail_unless_wanted(wanted(payload));
    }
    if (json.value().size() > message_members_max) {
      json.fail(fmt::format("{} fields: a message has at most {}", json.value().size(),
                            message_members_max));
    }
    const auto type = json.find("type");
    if (!type) {
      json.fail_missing("type", "the name of a message");
    }
    static_cast<void>(type->text("the name of a message"));
    expect_no_fraction(json);
    payload = UnjudgedMessage{json.value()};
  }
  static void expect_no_fraction(const Located& json) {
    if (json.value().is_array()) {
      for (std::size_t i = 0; i < json.value().size(); ++i) {
        expect_no_fraction(json[i]);
      }
    } else if (json.value().is_object()) {
      for (auto member = json.value().begin(); member != json.value().end(); ++member) {
        expect_no_fraction(*json.find(member.key()));
      }
    } else if (json.value().is_number() && !json.value().is_number_integer()) {
      json.fail_unless_wanted("text or a whole number");
    }
  }

  const Located& step_;
  Cluster cluster_;
};

// ---- What must hold between the fields of one step ----------------------------------------------

void check(const Located& step, const AskStep<RequestFor<AnyProtocol>>& ask) {
  if (ask.request.id.number == 0) {
    step.fail_missing("number", "1 for a client's first request");
  }
}
void check(const Located& /*step*/, const auto& /*action*/) {}

template <class A>
std::vector<std::string_view> names_of_fields() {
  std::vector<std::string_view> names = {"at", "step"};
  const A action;
  A::fields(action, [&](std::string_view name, const auto&) { names.push_back(name); });
  names.emplace_back("observations");
  return names;
}

/// All that the step itself has no name for.
UnjudgedOperation unjudged_operation(const Located& json,
                                     const std::vector<std::string_view>& names) {
  UnjudgedOperation operation;
  for (auto member = json.value().begin(); member != json.value().end(); ++member) {
    if (std::find(names.begin(), names.end(), member.key()) == names.end()) {
      operation.members.push_back({member.key(), {member.value()}});
    }
  }
  return operation;
}

template <class A>
void read_action(const Located& json, Cluster cluster, Action<AnyProtocol>& action) {
  static const std::vector<std::string_view> names = names_of_fields<A>();
  A read;
  if constexpr (requires { read.request; }) {
    read.request.operation = unjudged_operation(json, names);
  } else {
    json.expect_members(names);
  }
  A::fields(read, StepReader(json, cluster));
  check(json, read);
  action = std::move(read);
}

std::vector<std::string> read_observations(const Located& step) {
  std::vector<std::string> observations;
  const auto found = step.find("observations");
  if (!found) {
    return observations;
  }
  found->expect_list("a list of what came of the step, like [\"n1 learns red\"]");
  observations.reserve(found->value().size());
  for (std::size_t i = 0; i < found->value().size(); ++i) {
    const Located observation = (*found)[i];
    observations.push_back(observation.text("text in quotes"));
  }
  return observations;
}

}  // namespace

NodeId read_node(const Located& json, std::string_view name, Cluster cluster) {
  NodeId node;
  if (!try_parse(name, node) || node.index >= cluster.node_count) {
    fail_no_node(json, name, cluster);
  }
  return node;
}

ClientId read_client(const Located& json, std::string_view name, Cluster cluster) {
  ClientId client;
  if (!try_parse(name, client) || client.index >= cluster.client_count) {
    fail_no_client(json, name, cluster);
  }
  return client;
}

EndpointSet read_endpoints(const Located& json, Cluster cluster) {
  json.expect_list(wanted_endpoints);
  EndpointSet endpoints;
  if (json.value().size() == endpoint_count_max && try_read_field(json.value(), endpoints)) {
    return endpoints;  // every link that could be, whatever the cluster
  }
  endpoints = {};
  for (std::size_t i = 0; i < json.value().size(); ++i) {
    const Located element = json[i];
    const std::string& name = element.value().is_string()
                                  ? element.value().get_ref<const std::string&>()
                                  : element.text(wanted_endpoint(cluster));
    const Endpoint endpoint = read_endpoint(element, name, cluster);
    if (endpoints.contains(endpoint)) {
      element.fail(fmt::format("{} twice: give it once", described(element.value())));
    }
    endpoints.insert(endpoint);
  }
  if (endpoints.size() == 0) {
    json.fail(fmt::format("empty: give {}", wanted_endpoints));
  }
  return endpoints;
}

Time read_time(const Located& object, std::string_view name) {
  const auto wanted = [] {
    return fmt::format("a whole number of ticks from 0 to {}", time_ticks_max);
  };
  const auto at = object.find(name);
  if (!at) {
    object.fail_missing(name, wanted());
  }
  Time time;
  if (!try_read_field(at->value(), time.ticks) || time.ticks > time_ticks_max) {
    at->fail_unless_wanted(wanted());
  }
  return time;
}

TraceStep read_step(const Located& json, Cluster cluster) {
  json.expect_object("a step like {\"at\": 1, \"step\": \"crash\", \"node\": \"n1\"}");
  const auto kind = json.find("step");
  if (!kind) {
    json.fail_missing("step", "the kind of step, like \"deliver\"");
  }
  const std::string& name = kind->text("the kind of step, like \"deliver\"");
  Step<AnyProtocol> step;
  step.at = read_time(json, "at");
  const auto try_kind = [&]<class A>(std::type_identity<A>) {
    if (name != A::name) {
      return false;
    }
    read_action<A>(json, cluster, step.action);
    return true;
  };
  const bool is_known = [&]<std::size_t... I>(std::index_sequence<I...>) {
    return (try_kind(std::type_identity<std::variant_alternative_t<I, Action<AnyProtocol>>>{}) ||
            ...);
  }(std::make_index_sequence<step_kind_count>{});
  if (!is_known) {
    kind->fail(fmt::format("no step {}: {}", in_quotes(name),
                           right_name(name, step_names, "synod list schema")));
  }
  TraceStep result = to_trace_step(step);
  result.observations = read_observations(json);
  result.line = json.line();
  return result;
}

}  // namespace synod
