#include "sim/swarm.h"

#include <array>

namespace synod {
namespace {

template <class T, std::size_t N>
const T& pick(Draws& draws, const std::array<T, N>& choices) {
  return choices[draws.below(N)];
}

constexpr DurationRange range(std::uint64_t min, std::uint64_t max) { return {{min}, {max}}; }

void draw_cluster(Draws draws, Configuration& c) {
  // Small clusters make more of a run's steps count; large ones are there for what they alone show.
  constexpr std::array<std::uint8_t, 20> node_counts = {3, 3, 3, 3, 3, 3, 3, 3, 4, 4,
                                                        4, 5, 5, 5, 5, 6, 7, 7, 8, 9};
  constexpr std::array<std::uint8_t, 6> client_counts = {1, 2, 2, 3, 3, 4};
  c.node_count = pick(draws, node_counts);
  c.client_count = pick(draws, client_counts);
  c.phase1_quorum = c.node_count / 2 + 1;
  c.phase2_quorum = c.phase1_quorum;
  if (draws.chance({1, 8})) {  // Flexible Paxos
    c.phase2_quorum = 1 + draws.below(c.node_count);
    c.phase1_quorum = c.node_count + 1 - c.phase2_quorum;
  } else if (draws.chance({1, 32})) {
    c.phase1_quorum = c.phase2_quorum = c.node_count;
  }
}

void draw_network(Draws draws, Configuration& c) {
  constexpr std::array<DurationRange, 5> delays = {range(1, 2), range(1, 10), range(5, 8),
                                                   range(1, 30), range(1, 60)};
  constexpr std::array<Ratio, 3> tails = {{{1, 30}, {1, 10}, {1, 4}}};
  constexpr std::array<Ratio, 3> drops = {{{1, 100}, {1, 30}, {1, 10}}};
  constexpr std::array<Ratio, 3> duplicates = {{{1, 50}, {1, 10}, {1, 4}}};
  c.delay = pick(draws, delays);
  if (draws.chance({1, 3})) {
    c.tail = pick(draws, tails);
    c.tail_delay = {c.delay.max * 2, c.delay.max * (4 + draws.below(30))};
  }
  if (draws.chance({1, 6})) {
    c.slow_links = {1, 2 + draws.below(6)};
    c.tail_delay = {c.delay.max * 2, c.delay.max * (4 + draws.below(30))};
  }
  if (draws.chance({1, 2})) {
    c.drop = pick(draws, drops);
  }
  if (draws.chance({1, 3})) {
    c.duplicate = pick(draws, duplicates);
  }
}

void draw_disk(Draws draws, Configuration& c) {
  constexpr std::array<DurationRange, 4> disks = {range(1, 1), range(1, 3), range(1, 10),
                                                  range(1, 40)};
  c.disk = pick(draws, disks);
  if (draws.chance({1, 4})) {
    c.slow_write = {1, 10};
    c.slow_disk = range(20, 100 + draws.below(300));
  }
}

void draw_cuts(Draws draws, Configuration& c) {
  if (!draws.chance({2, 5})) {
    return;
  }
  const std::uint64_t every = 20 + draws.below(150);
  c.cut_interval = range(every, every * 3);
  c.cut_duration = range(20, 50 + draws.below(400));
  c.cut_shapes.bits = static_cast<std::uint8_t>(1 + draws.below(0x1f));
  if (c.ending == Ending::broken && draws.chance({1, 4})) {
    c.cut_forever = {1, 4};
  }
}

void draw_crashes(Draws draws, Configuration& c) {
  if (!draws.chance({1, 2})) {
    return;
  }
  const std::uint64_t every = 10 + draws.below(120);
  c.crash_interval = range(every, every * 3);
  c.crash_duration = range(1, 10 + draws.below(300));
  c.crashed_max = 1 + draws.below(c.node_count);
  if (draws.chance({2, 3})) {
    c.crash_mid_effects = {1, 2};
  }
  if (draws.chance({1, 3})) {
    c.crash_keeps_writes = {1, 2};
  }
  if (draws.chance({1, 6})) {
    c.crash_forever = {1, 4};
  }
  if (draws.chance({1, 2})) {  // the moments at which a crash can hurt most
    constexpr std::array<Ratio, 3> rates = {{{1, 30}, {1, 12}, {1, 5}}};
    c.crash_at_write = pick(draws, rates);
  }
}

void draw_pauses(Draws draws, Configuration& c) {
  if (draws.chance({1, 4})) {
    const std::uint64_t every = 30 + draws.below(150);
    c.pause_interval = range(every, every * 3);
    c.pause_duration = range(20, 100 + draws.below(400));
  }
}

void draw_clocks(Draws draws, Configuration& c) {
  if (draws.chance({1, 4})) {
    c.skew_interval = range(10, 200);
    c.skew_rate_min = 512;
    c.skew_rate_max = 2048;
    c.skew_jump_max = draws.below(300);
  }
}

void draw_clients(Draws draws, Configuration& c) {
  c.operations = 1 + draws.below(3);
  c.think = range(0, 1 + draws.below(150));
  const std::uint64_t timeout = 30 + draws.below(400);
  c.client_timeout = range(timeout, timeout * 2);
  c.attempts_max = 1 + draws.below(3);
  // Few contacts make requests meet in one node, many make proposers meet in the acceptors.
  c.contacts = 1 + draws.below(c.node_count);
  constexpr std::array<Ratio, 4> reads = {{{0, 1}, {1, 4}, {1, 2}, {3, 4}}};
  constexpr std::array<Ratio, 4> quorum_reads = {{{0, 1}, {0, 1}, {1, 4}, {1, 2}}};
  c.reads = pick(draws, reads);
  c.quorum_reads = pick(draws, quorum_reads);
}

}  // namespace

Configuration draw_configuration(const Luck& luck) {
  // Each part draws from a place of its own, so that a change to one leaves the others as they are.
  const auto draws = [&](std::uint32_t part) { return Draws(luck, Stream::configuration, part); };
  Configuration c;
  Draws ending = draws(0);
  c.ending = ending.chance({1, 2}) ? Ending::healed : Ending::broken;
  c.chaos = {100 + ending.below(1200)};
  draw_cluster(draws(1), c);
  draw_network(draws(2), c);
  draw_disk(draws(3), c);
  draw_cuts(draws(4), c);
  draw_crashes(draws(5), c);
  draw_pauses(draws(6), c);
  draw_clocks(draws(7), c);
  draw_clients(draws(8), c);
  // Two hundred ballots' time. Rivals that back off at random settle within a few.
  c.progress = (c.delay.max * 4 + c.disk.max * 2 + Duration{20}) * 200;
  return c;
}

Configuration uniform_configuration() {
  Configuration c;
  c.client_count = 2;
  c.delay = range(1, 20);
  c.tail = {1, 20};
  c.drop = {1, 20};
  c.duplicate = {1, 20};
  c.disk = range(1, 10);
  c.slow_write = {1, 20};
  c.cut_interval = range(1, 200);
  c.cut_duration = range(1, 100);
  c.cut_shapes.bits = 0x3;  // one link at a time
  c.crash_interval = range(1, 200);
  c.crash_duration = range(1, 100);
  c.crash_mid_effects = {1, 2};
  c.crash_keeps_writes = {1, 2};
  c.crashed_max = 3;
  c.pause_interval = range(1, 200);
  c.pause_duration = range(1, 100);
  c.skew_interval = range(1, 200);
  c.skew_rate_min = 512;
  c.skew_rate_max = 2048;
  c.skew_jump_max = 100;
  c.operations = 3;
  c.think = range(0, 100);
  c.client_timeout = range(100, 300);
  c.reads = {1, 4};
  c.quorum_reads = {1, 4};
  c.chaos = {1000};
  c.progress = {20000};
  return c;
}

}  // namespace synod
