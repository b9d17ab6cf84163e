// What holds of traces for every list of steps and every damage. A step is drawn from one number,
// so that RapidCheck can shorten a list that fails.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <concepts>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/paxos/node.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/step_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/protocols/paxos_options.h"
#include "sim/clock.h"
#include "sim/luck.h"
#include "sim/world/step.h"
#include "sim/world/swarm.h"

namespace synod {
namespace {

using Paxos = paxos::Protocol;

/// Gives each field of a step any value that it can have, in the largest cluster.
class Filler {
 public:
  explicit Filler(std::uint64_t seed) : luck_(seed), draws_(luck_, Stream::client, 0) {}

  std::uint32_t below(std::size_t count) { return draws_.below(static_cast<std::uint32_t>(count)); }

  template <class T>
  void operator()(std::string_view /*name*/, T& field) {
    fill(field);
  }

 private:
  template <std::integral T>
  void fill(T& number) {
    number = below(3) == 0 ? T{0} : static_cast<T>(draws_.next());
  }
  template <class E>
    requires std::is_enum_v<E>
  void fill(E& enumerator) {
    // Every enumeration has at least three; timers have more.
    enumerator = static_cast<E>(below(std::same_as<E, paxos::Timer> ? Paxos::timer_count : 3));
  }
  void fill(NodeId& node) { node.index = static_cast<std::uint8_t>(below(node_count_max)); }
  void fill(ClientId& client) { client.index = static_cast<std::uint8_t>(below(client_count_max)); }
  void fill(Endpoint& endpoint) {
    endpoint.index = static_cast<std::uint8_t>(below(endpoint_count_max));
  }
  void fill(EndpointSet& endpoints) {
    endpoints.bits = static_cast<std::uint16_t>(1 + below(EndpointSet::all().bits));
  }
  void fill(RequestId& id) {
    fill(id.client);
    fill(id.number);
  }
  void fill(Value& value) { fill(value.number); }
  void fill(Ballot& ballot) {
    fill(ballot.round);
    if (!ballot.is_none()) {
      fill(ballot.node);
    }
  }
  void fill(Vote& vote) {
    fill(vote.ballot);
    if (!vote.is_none()) {  // a vote is always for something
      vote.value.number = 1 + below(UINT32_MAX);
    }
  }
  template <class... Ts>
  void fill(std::variant<Ts...>& variant) {
    const std::uint32_t chosen = below(sizeof...(Ts));
    std::uint32_t index = 0;
    static_cast<void>(
        ((index++ == chosen ? (fill(variant.template emplace<Ts>()), true) : false) || ...));
  }
  template <class T>
    requires requires(T& value) { T::fields(value, [](std::string_view, auto&) {}); }
  void fill(T& value) {
    T::fields(value, *this);
  }

  Luck luck_;
  Draws draws_;
};

// Some fields must fit each other.
void make_valid(AskStep<Request>& step) {
  Request& request = step.request;
  request.id.number = std::max<std::uint16_t>(request.id.number, 1);
  request.operation.value.number = request.operation.kind == OperationKind::write
                                       ? std::max(request.operation.value.number, 1U)
                                       : 0;
}
void make_valid(SkewStep& step) {
  step.rate = Clock::rate_min + step.rate % (Clock::rate_max - Clock::rate_min + 1);
}
void make_valid(auto& /*step*/) {}

Action<Paxos> action_of(std::uint64_t number) {
  Filler filler(number);
  Action<Paxos> action;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    const std::uint32_t kind = filler.below(sizeof...(I));
    static_cast<void>(((I == kind ? (action.emplace<I>(), true) : false) || ...));
  }(std::make_index_sequence<step_kind_count>{});
  std::visit(
      [&]<class A>(A& step) {
        A::fields(step, filler);
        make_valid(step);
      },
      action);
  return action;
}

std::vector<Step<Paxos>> steps_of(const std::vector<std::uint64_t>& numbers) {
  std::vector<Step<Paxos>> steps;
  Time at;
  for (const std::uint64_t number : numbers) {
    at.ticks += number % 1000;
    steps.push_back({at, action_of(number)});
  }
  return steps;
}

Trace trace_of(const std::vector<std::uint64_t>& numbers) {
  Trace trace;
  trace.configuration.client_count = client_count_max;
  hold_options(trace.configuration, declared_options<PaxosOptions>());
  set_node_count(trace.configuration, node_count_max);
  trace.configured = fields_to_give(trace.configuration);
  trace.has_steps = true;
  for (const Step<Paxos>& step : steps_of(numbers)) {
    trace.steps.push_back(to_trace_step<Paxos>(step));
    trace.steps.back().observations.assign(step.at.ticks % 3, "n1 learns red");
  }
  return trace;
}

RC_GTEST_PROP(TraceProperties, AnyStepsComeBackAsTheyWere,
              (const std::vector<std::uint64_t>& numbers)) {
  const std::string text = format_trace(trace_of(numbers));
  const Trace read = parse_trace(text, "t.json");
  RC_ASSERT((read == trace_of(numbers)));
  RC_ASSERT(format_trace(read) == text);
  std::vector<Step<Paxos>> steps;
  for (const TraceStep& step : read.steps) {
    const auto known = from_trace_step<Paxos>(step);
    RC_ASSERT(known.has_value());
    steps.push_back(*known);
  }
  RC_ASSERT((steps == steps_of(numbers)));
}

RC_GTEST_PROP(TraceProperties, AnyDrawnConfigurationComesBackAsItWas, (std::uint64_t seed)) {
  Trace trace;
  trace.seed = seed;
  trace.configuration = draw_configuration(Luck(seed), declared_options<PaxosOptions>());
  trace.configured = all_fields(trace.configuration);
  RC_ASSERT((parse_trace(format_trace(trace), "t.json") == trace));
}

RC_GTEST_PROP(TraceProperties, AnyTextCanBeWrittenAndReadAgain,
              (const std::string& about, const std::string& mutant,
               const std::vector<std::string>& observations)) {
  Trace trace = trace_of({1});
  trace.about = about;
  trace.mutants = {mutant};
  trace.steps[0].observations = observations;
  const std::string text = format_trace(trace);
  RC_ASSERT(format_trace(parse_trace(text, "t.json")) == text);
}

RC_GTEST_PROP(TraceProperties, WhateverHappensToTheBytesTheyAreReadOrRefused,
              (const std::vector<std::uint64_t>& numbers,
               const std::vector<std::pair<std::uint32_t, char>>& damages)) {
  std::string text = format_trace(trace_of(numbers));
  for (const auto& [at, byte] : damages) {
    text[at % text.size()] = byte;
  }
  std::string refused;
  try {
    const Trace read = parse_trace(text, "t.json");
    RC_ASSERT((parse_trace(format_trace(read), "t.json") == read));
  } catch (const InputError& error) {
    refused = error.what();
  }
  RC_ASSERT(refused.find('\n') == std::string::npos);
}

}  // namespace
}  // namespace synod
