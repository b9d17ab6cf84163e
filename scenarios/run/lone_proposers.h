// What every run is asked once it has settled: does each proposer decide, alone with each surviving
// quorum? `Setup` as in protocol_runner.h.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "scenarios/format/demand.h"
#include "scenarios/play/lone_proposer.h"
#include "scenarios/run/judged_run.h"
#include "sim/hash.h"
#include "sim/limits.h"
#include "sim/world/clients.h"

namespace synod {

template <class Setup>
class LoneProposers {
 public:
  using P = typename Setup::Protocol;

  /// Tries every proposer with every set of survivors. Pairs whose disks are equal are one
  /// experiment: the others only answer, and which of them they are does not matter to a ballot
  /// above all that they have promised. Returns the number of steps.
  std::uint64_t check(JudgedRun<Setup>& run, std::uint32_t survivor_count, FreshNumbers fresh) {
    const NodeSet all = run.played.world.node_ids();
    std::uint64_t steps = lone_proposer_.start(run.played.config, run.played.world,
                                               run.played.watch, run.recorder.is_on());
    std::array<std::uint64_t, node_count_max> disks{};
    for (const NodeId node : all) {
      disks[node.index] = hash_of(lone_proposer_.disk_at_start(node));
    }
    tried_.clear();
    for_each_lone_proposer(all, survivor_count, [&](NodeId proposer, NodeSet survivors) {
      std::uint64_t others = 0;  // a sum, because they have no order
      for (const NodeId other : survivors - NodeSet::only(proposer)) {
        others += disks[other.index];
      }
      if (is_new({disks[proposer.index], others})) {
        steps += check_one(run, {proposer, survivors, fresh});
      }
      return !run.findings().is_over();
    });
    return steps;
  }

 private:
  using Disks =
      std::pair<std::uint64_t, std::uint64_t>;  ///< as hashes: the proposer's, the others'

  bool is_new(const Disks& disks) {
    const auto place = std::lower_bound(tried_.begin(), tried_.end(), disks);
    const bool is_tried = place != tried_.end() && *place == disks;
    if (!is_tried) {
      tried_.insert(place, disks);
    }
    return !is_tried;
  }

  /// Where it goes wrong, its steps become the end of this run.
  std::uint64_t check_one(JudgedRun<Setup>& run,
                          const typename LoneProposer<Setup>::Experiment& experiment) {
    const std::uint64_t steps = lone_proposer_.run(run.played.config, experiment);
    run.meter.count(steps);
    const Demand demand{.kind = Demand::Kind::one_decides, .node = experiment.proposer};
    const bool is_met =
        unmet(demand, lone_proposer_.world(), lone_proposer_.watch().learned_by.nodes()).empty();
    if (is_met && !lone_proposer_.watch().witness.findings().is_over()) {
      return steps;
    }
    lone_proposer_.run_again(run.played.config, experiment);
    run.played.world = lone_proposer_.world();
    run.played.watch = lone_proposer_.watch();
    run.recorder.append(lone_proposer_.recorder());
    if (!run.findings().is_over()) {  // else the run ends before the demand could be met
      run.judge(demand);
    }
    return steps;
  }

  LoneProposer<Setup> lone_proposer_;
  std::vector<Disks> tried_;  ///< in order
};

}  // namespace synod
