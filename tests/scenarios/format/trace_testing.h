// Traces for the tests: one of every kind of step, one of every message.
#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/paxos/node.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/step_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/protocols/paxos_options.h"
#include "sim/world/step.h"

namespace synod::testing {

using Paxos = paxos::Protocol;

inline std::vector<paxos::Message> every_message() {
  const Ballot ballot{2, {1}};
  const Vote vote{{1, {0}}, {1}};
  return {
      paxos::Prepare{ballot, {1}},    paxos::Promise{ballot, {}},   paxos::Promise{ballot, vote},
      paxos::Accept{ballot, {13}},    paxos::Accepted{ballot, {2}}, paxos::Nack{ballot, {}},
      paxos::Nack{ballot, {3, {8}}},  paxos::Decide{ballot, {1}},   paxos::Query{7},
      paxos::Report{4294967295, vote}};
}

/// At least one of every kind, in the order of `Action`, for a cluster of nine with four clients.
inline std::vector<Step<Paxos>> every_step() {
  const NodeId n1{0};
  const NodeId n9{8};
  const ClientId c2{1};
  const RequestId id{c2, 7};
  std::vector<Action<Paxos>> actions = {
      AskStep{n1, Request{id, {OperationKind::write, {1}}}},
      AskStep{n9, Request{id, {OperationKind::read, {}}}},
      AskStep{n1, Request{{{3}, 65535}, {OperationKind::quorum_read, {}}}},
      AbandonStep{c2},
  };
  const auto add_packet = [&]<class Kind>(Kind kind) {
    kind.packet = {Endpoint::of(n1), Endpoint::of(n9), paxos::Message{}};
    for (const paxos::Message& message : every_message()) {
      kind.packet.payload = message;
      actions.push_back(kind);
    }
    kind.packet = {Endpoint::of(c2), Endpoint::of(n1), Request{id, {OperationKind::write, {2}}}};
    actions.push_back(kind);
    kind.packet = {Endpoint::of(n1), Endpoint::of(c2), Answer{id, {Outcome::chosen, {2}}}};
    actions.push_back(kind);
    kind.packet.payload = Answer{id, {Outcome::not_chosen, {}}};
    actions.push_back(kind);
  };
  add_packet(DeliverStep<Paxos>{});
  add_packet(DropStep<Paxos>{});
  add_packet(DuplicateStep<Paxos>{});
  for (std::size_t i = 0; i < Paxos::timer_count; ++i) {
    actions.push_back(FireStep<Paxos>{n1, static_cast<paxos::Timer>(i)});
  }
  const auto at_node = [&]<class Kind>(Kind kind) {
    kind.node = n9;
    actions.push_back(kind);
  };
  at_node(FinishWriteStep{});
  at_node(FailWriteStep{});
  at_node(StaleReadStep{});
  actions.push_back(LuckStep{n1, 0});
  actions.push_back(LuckStep{n9, UINT32_MAX});
  actions.push_back(CrashStep{n1, 0, 0});
  actions.push_back(CrashStep{n1, 255, 1});
  at_node(RestartStep{});
  at_node(PauseStep{});
  at_node(ResumeStep{});
  const auto at_links = [&]<class Kind>(Kind kind) {
    kind.from = {0b1};
    kind.to = {0b10'0000'0000'110};
    actions.push_back(kind);
    kind.to = EndpointSet::all();
    actions.push_back(kind);
  };
  at_links(CutStep{});
  at_links(HealStep{});
  actions.push_back(SkewStep{n1, 1024, 0});
  actions.push_back(SkewStep{n1, 4096, -2147483647});

  std::vector<Step<Paxos>> steps;
  for (const Action<Paxos>& action : actions) {
    steps.push_back({{steps.size() * 3}, action});
  }
  steps.back().at = {time_ticks_max};
  return steps;
}

inline Trace trace_of(const std::vector<Step<Paxos>>& steps) {
  Trace trace;
  trace.about = "One of everything.";
  trace.configuration.node_count = 9;
  trace.configuration.client_count = 4;
  hold_options(trace.configuration, declared_options<PaxosOptions>());
  trace.configured = all_fields(trace.configuration);
  trace.has_steps = true;
  for (const Step<Paxos>& step : steps) {
    trace.steps.push_back(to_trace_step<Paxos>(step));
  }
  return trace;
}

/// What the reader says of this text, or "" when it reads it.
inline std::string complaint_about(std::string_view text) {
  try {
    static_cast<void>(parse_trace(text, "t.json"));
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

/// A trace of three nodes and two clients, with this text as its step, on line 5.
inline std::string with_step(std::string_view step) {
  return fmt::format(R"({{
  "format": "synod run", "version": 1,
  "configuration": {{"node_count": 3, "client_count": 2}},
  "steps": [
    {}
  ]
}}
)",
                     step);
}

/// A random form with this text as one more field, on line 3.
inline std::string with_field(std::string_view field) {
  return fmt::format("{{\n  \"format\": \"synod run\", \"version\": 1,\n  {}\n}}\n", field);
}

}  // namespace synod::testing
