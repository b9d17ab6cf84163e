// Many random runs with one configuration, and what they looked like from outside.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <utility>
#include <vector>

#include "tests/sim/sim_testing.h"

namespace synod::sim_testing {

/// Both bounds belong to it.
constexpr DurationRange range(std::uint64_t min, std::uint64_t max) { return {{min}, {max}}; }

/// What many runs looked like from outside.
struct Tally {
  std::array<std::uint64_t, step_kind_count> steps{};
  std::uint64_t slow_messages = 0;  ///< that took longer than `delay.max`
  std::uint64_t fast_messages = 0;  ///< that did not, from another than the receiver
  std::uint64_t slow_writes = 0;    ///< that took longer than `disk.max`
  std::uint64_t overtakings = 0;    ///< of a message by a later one on the same link
  std::uint64_t retries = 0;
  std::uint64_t retries_at_the_same_node = 0;
  std::array<std::uint64_t, 3> operations{};
  std::array<std::uint64_t, 4> outcomes{};
  std::uint64_t crashes_mid_effects = 0;
  std::uint64_t writes_lost = 0;
  std::uint64_t writes_kept = 0;
  std::size_t down_max = 0;
  std::size_t cut_links_max = 0;
  std::vector<LinkStep> cuts;
  std::uint64_t cut_at_the_end = 0;
  std::uint64_t down_at_the_end = 0;
  std::array<std::uint64_t, 4> ends{};
  std::uint64_t longest_run = 0;

  Configuration configuration;
  std::map<int, Time> sent_at{};  ///< by slot: a packet may be in flight more than once
  std::map<std::pair<int, int>, Time> latest_sent{};
  std::map<std::pair<int, std::uint32_t>, Time> written_at{};
  std::map<int, AskStep<Request>> asked{};

  template <class S>
  [[nodiscard]] std::uint64_t count_of() const {
    return steps[kind_of<S>()];
  }

  void on(const World<P>& world, const Sent<P>& sent) { sent_at[sent.slot] = world.now; }
  void on(const World<P>& world, const Delivered<P>& delivered) {
    const Packet<P>& packet = delivered.packet;
    const Time sent = sent_at.at(delivered.slot);
    const bool is_slow = world.now.ticks - sent.ticks > configuration.delay.max.ticks;
    slow_messages += is_slow ? 1U : 0U;
    fast_messages += !is_slow && packet.from != packet.to ? 1U : 0U;
    Time& latest = latest_sent[{packet.from.index, packet.to.index}];
    overtakings += sent < latest ? 1U : 0U;
    latest = std::max(latest, sent);
  }
  void on(const World<P>& world, const WriteIssued& issued) {
    written_at[{issued.node.index, issued.number}] = world.now;
  }
  void on(const World<P>& /*world*/, const Returned<P>& returned) {
    ++outcomes[static_cast<std::size_t>(returned.result.outcome)];
  }
  void on(const World<P>& world, const Crashed& crashed) {
    crashes_mid_effects += crashed.is_mid_effects ? 1U : 0U;
    writes_lost += crashed.writes_lost;
    writes_kept += crashed.writes_kept;
    std::size_t down = 0;
    for (const NodeId node : world.node_ids()) {
      down += world[node].is_up ? 0U : 1U;
    }
    down_max = std::max(down_max, down);
  }
  void on(const World<P>& world, const Stored<P>& stored) {
    const auto written = written_at.find({stored.node.index, world[stored.node].writes_finished});
    if (written != written_at.end()) {
      slow_writes +=
          world.now.ticks - written->second.ticks > configuration.disk.max.ticks ? 1U : 0U;
    }
  }
  void on(const World<P>& world, const Applied<P>& applied) {
    ++steps[applied.step.action.index()];
    if (const auto* ask = std::get_if<AskStep<Request>>(&applied.step.action)) {
      AskStep<Request>& last = asked[ask->request.id.client.index];
      const bool is_retry = last.request == ask->request;
      retries += is_retry ? 1U : 0U;
      retries_at_the_same_node += is_retry && last.to == ask->to ? 1U : 0U;
      operations[static_cast<std::size_t>(ask->request.operation.kind)] += is_retry ? 0U : 1U;
      last = *ask;
    } else if (const auto* cut = std::get_if<CutStep>(&applied.step.action)) {
      cuts.push_back(*cut);
      cut_links_max =
          std::max(cut_links_max, world.count_cut({EndpointSet::all(), EndpointSet::all()}));
    }
  }
};

/// Runs with the seeds 1 … `runs`.
struct Campaign {
  explicit Campaign(const Configuration& configuration, std::uint64_t runs = 60) {
    EXPECT_EQ(validate(configuration), "");
    RandomRun run(tally);
    tally.configuration = configuration;
    for (std::uint64_t seed = 1; seed <= runs; ++seed) {
      tally.sent_at.clear();
      tally.latest_sent.clear();
      tally.written_at.clear();
      tally.asked.clear();
      run.run(configuration, seed);
      EXPECT_FALSE(run.witness.findings().has_any()) << run.witness.findings().first().text;
      EXPECT_EQ(run.refused_steps, 0) << "seed " << seed;
      ++tally.ends[static_cast<std::size_t>(run.schedule.end())];
      tally.longest_run = std::max(tally.longest_run, run.world.now.ticks);
      const LinkStep all{EndpointSet::all(), EndpointSet::all()};
      tally.cut_at_the_end += run.world.count_cut(all) > 0 ? 1U : 0U;
      for (const NodeId node : run.world.node_ids()) {
        tally.down_at_the_end += run.world[node].is_up ? 0U : 1U;
      }
    }
    counts = run.schedule.fault_counts();
  }
  [[nodiscard]] std::uint64_t count(Fault fault) const {
    return counts[static_cast<std::size_t>(fault)];
  }
  [[nodiscard]] std::uint64_t ended(End end) const {
    return tally.ends[static_cast<std::size_t>(end)];
  }
  Tally tally;
  FaultCounts counts{};
};

/// Three clients that write a few times: enough to do for anything to go wrong with.
inline Configuration busy() {
  Configuration c;
  c.node_count = 5;
  c.client_count = 3;
  c.operations = 3;
  c.think = range(0, 100);
  return c;
}
inline Configuration with_cuts(CutShape shape) {
  Configuration c = busy();
  c.cut_interval = range(10, 40);
  c.cut_duration = range(20, 60);
  c.cut_shapes.bits = static_cast<std::uint8_t>(1U << static_cast<unsigned>(shape));
  return c;
}
inline Configuration with_crashes() {
  Configuration c = busy();
  c.crash_interval = range(5, 20);
  c.crash_duration = range(10, 40);
  c.disk = range(1, 20);
  return c;
}

}  // namespace synod::sim_testing
