// A trace tied to its protocol, so that it can be played many times.
#pragma once

#include <algorithm>
#include <variant>
#include <vector>

#include "core/atomic_commit.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/demand.h"
#include "scenarios/format/step_json.h"
#include "scenarios/format/trace.h"
#include "sim/world/clients.h"
#include "sim/world/configuration.h"
#include "sim/world/step.h"

namespace synod {

template <Protocol P>
struct Script {
  Configuration configuration;
  Demand demand;
  bool settles = false;  ///< as in trace.h
  std::vector<Step<P>> steps;
};

/// Must the world have kept what disks held before, for such a run or for one of these steps?
template <Protocol P>
bool reads_older_disks(const Configuration& configuration, const std::vector<Step<P>>& steps) {
  return reads_older_disks(configuration) ||
         std::any_of(steps.begin(), steps.end(),
                     [](const Step<P>& step) { return reads_older_disks(step.action); });
}

/// Numbers that no operation of these steps carries.
template <Protocol P, class C>
FreshNumbers fresh_after(const std::vector<Step<P>>& steps) {
  NumbersCarried<P, C> carried;
  for (const Step<P>& step : steps) {
    if (const auto* ask = std::get_if<AskStep<RequestFor<P>>>(&step.action)) {
      carried.add(ask->request);
    }
  }
  return carried.rest();
}

/// Steps that the protocol does not have (any more) are left out.
template <Protocol P>
Script<P> script_of(const Trace& trace) {
  Script<P> script{trace.configuration, trace.demand, trace.settles, {}};
  for (const TraceStep& step : trace.steps) {
    if (const auto typed = from_trace_step<P>(step)) {
      script.steps.push_back(*typed);
    }
  }
  return script;
}

/// `from` with another script. Of the configuration it names what is not the default.
template <Protocol P>
Trace trace_of(const Trace& from, const Script<P>& script) {
  Trace trace{from.head(), {}};
  trace.configuration = script.configuration;
  trace.configured = fields_to_give(script.configuration);
  trace.demand = script.demand;
  trace.settles = script.settles;
  trace.has_steps = true;
  trace.steps.reserve(script.steps.size());
  for (const Step<P>& step : script.steps) {
    trace.steps.push_back(to_trace_step<P>(step));
  }
  return trace;
}

}  // namespace synod
