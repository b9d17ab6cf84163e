// How a run is judged at its end, whoever plays it: `Setup` as in protocol_runner.h.
#pragma once

#include <string>

#include "properties/progress.h"
#include "scenarios/format/demand.h"
#include "scenarios/play/watch.h"
#include "sim/world/configuration.h"
#include "sim/world/reach.h"
#include "sim/world/world.h"

namespace synod {

/// Who must decide although these links are cut.
template <class Setup>
Connected connected_in(const Configuration& configuration,
                       const World<typename Setup::Protocol>& world) {
  constexpr AmidCuts promised = amid_cuts_of<Setup>();
  return {who_must_decide(configuration, promised, world.cut, world.nodes_up()), promised.who};
}

/// Reports to the witness what of the demand has not come about.
template <class Setup>
void judge_demand(const Configuration& configuration, const Demand& demand,
                  const World<typename Setup::Protocol>& world,
                  Watch<typename Setup::Protocol, typename Setup::Witness>& watch) {
  const NodeSet learned = watch.learned_by.nodes();
  std::string complaint = unmet(demand, world, learned, connected_in<Setup>(configuration, world));
  if (complaint.empty()) {
    return;
  }
  const bool is_for_survivors = demand.kind == Demand::Kind::survivors_decide;
  if constexpr (requires { watch.witness.blocked_text(world, NodeSet{}); }) {
    if (is_for_survivors && !(world.nodes_up() - learned).is_empty()) {
      complaint = watch.witness.blocked_text(world, learned);
    }
  }
  watch.witness.report(is_for_survivors ? Setup::survivors_text : progress_text, complaint);
}

/// May it be demanded in such a world, with these nodes up and these links cut? Else nobody
/// promised it.
template <class Setup>
bool is_due(const Setup& setup, const Configuration& configuration, const Demand& demand,
            const World<typename Setup::Protocol>& world) {
  const NodeSet up = world.nodes_up();
  switch (demand.kind) {
    case Demand::Kind::nothing:
      return false;
    case Demand::Kind::everybody_decides:
      return up == NodeSet::first(configuration.node_count);
    case Demand::Kind::survivors_decide:
      return setup.can_decide(configuration, up);
    case Demand::Kind::connected_decide:
      return !connected_in<Setup>(configuration, world).nodes.is_empty();
    case Demand::Kind::one_decides:
      return up.contains(demand.node) && setup.can_decide(configuration, up);
  }
  return false;
}

/// Why what was found lies outside of what the protocol promises to bear: by what happened, by what
/// was planted, or by how the run was set up; empty when it does not.
template <class Setup>
std::string outside_fault_model(const Setup& setup, const typename Setup::Witness& witness,
                                const Configuration& configuration) {
  std::string outside(witness.findings().beyond_every_model());
  if (!outside.empty()) {
    return outside;
  }
  if constexpr (requires { witness.outside_fault_model(); }) {
    outside = witness.outside_fault_model();
  }
  if (outside.empty()) {
    outside = setup.planted.outside_fault_model();
  }
  return outside.empty() ? setup.outside_fault_model(configuration) : outside;
}

}  // namespace synod
