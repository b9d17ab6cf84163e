// What becomes of a situation when nothing goes wrong any more, and no bound is in the way: it is
// played on (scenarios/play/continuation.h), and judged as a run is at its end.
//
// Demanded is a decision of all, or of those that are up, where nobody can come back; and of each
// node, as if it were alone in proposing, where so many as are up are to be enough.
#pragma once

#include "core/ids.h"
#include "properties/finding.h"
#include "properties/progress.h"
#include "scenarios/explore/bounds.h"
#include "scenarios/explore/decided.h"
#include "scenarios/explore/situation.h"
#include "scenarios/explore/state_space.h"
#include "scenarios/format/demand.h"
#include "scenarios/play/continuation.h"
#include "scenarios/play/judgement.h"
#include "scenarios/play/lone_proposer.h"
#include "sim/world/configuration.h"
#include "sim/world/engine.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod {

/// `Setup` as in protocol_runner.h.
template <class Setup>
class Outlooks {
 public:
  using P = typename Setup::Protocol;
  using Witness = typename Setup::Witness;
  using Some = Situation<P, Witness>;

  /// All must outlive it. `config` is that of the nodes, with what was planted in them.
  Outlooks(const Setup& setup, const Configuration& configuration, const ExploreBounds& bounds,
           const typename P::Config& config)
      : setup_(setup), configuration_(configuration), bounds_(bounds), config_(config) {}

  /// `judges_idle`: where nobody waits, too.
  Outlook look(const Some& from, bool judges_idle) {
    Outlook outlook{Outlook::Kind::idle, {}};
    if (judges_idle || does_anybody_wait(from)) {
      outlook = play_on(from, demand_of_many(from));
    }
    if (setup_.survivor_count(configuration_) == 0) {
      return outlook;
    }
    for (const NodeId node : from.world.nodes_up()) {
      if (outlook.kind == Outlook::Kind::stuck || outlook.kind == Outlook::Kind::hopeless) {
        break;
      }
      const Outlook of_one = play_on(from, {.kind = Demand::Kind::one_decides, .node = node});
      outlook = of_one.kind == Outlook::Kind::stuck ? of_one : outlook;
    }
    return outlook;
  }

 private:
  [[nodiscard]] Demand demand_of_many(const Some& from) const {
    const bool may_come_back = Setup::nodes_restart && from.spent.restarts < bounds_.restarts_max;
    Demand demand;
    demand.kind = may_come_back ? Demand::Kind::everybody_decides : Demand::Kind::survivors_decide;
    return demand;
  }

  Outlook play_on(const Some& from, const Demand& demand) {
    played_.assign(from);
    World<P>& world = played_.world;
    Watch<P, Witness> watch;
    watch.witness = from.witness;
    watch.learned_by.start();
    for (const NodeId node : from.learned) {
      watch.learned_by.insert(node);
    }
    continuation_.start(demand, Setup::nodes_restart, watch.learned_by,
                        {&configuration_, amid_cuts_of<Setup>()});
    for (const ClientState<P>& client : world.clients) {
      if (client.request.id.number != 0) {
        continuation_.on(world, Called<P>{client.request});
      }
    }
    Observers observers(watch.witness, watch.learned_by, continuation_);
    Engine<P, decltype(observers)> engine(config_, observers);
    const Findings& findings = watch.witness.findings();
    continuation_.play(world, [&](const Step<P>& step) {
      engine.apply(world, step);
      return !findings.has_any();
    });
    return judged(demand, watch);
  }
  [[nodiscard]] Outlook judged(const Demand& demand, Watch<P, Witness>& watch) const {
    const World<P>& world = played_.world;
    const Findings& findings = watch.witness.findings();
    if (findings.has_any()) {
      return {Outlook::Kind::stuck, demand, true};
    }
    const NodeSet up = world.nodes_up();
    if (up.is_empty() || !is_due(setup_, configuration_, demand, world)) {
      return {Outlook::Kind::hopeless, demand};
    }
    if (unmet(demand, world, watch.learned_by.nodes()).empty()) {
      return {Outlook::Kind::decides, demand};
    }
    judge_demand<Setup>(configuration_, demand, world, watch);
    return {Outlook::Kind::stuck, demand, findings.has_any()};
  }

  const Setup& setup_;
  const Configuration& configuration_;
  const ExploreBounds& bounds_;
  const typename P::Config& config_;
  Some played_;
  Continuation<P, typename Setup::Clients> continuation_;  ///< beyond all bounds
};

}  // namespace synod
