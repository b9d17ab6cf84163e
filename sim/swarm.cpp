#include "sim/swarm.h"

#include <algorithm>
#include <array>

namespace synod {
namespace {

template <class T, std::size_t N>
const T& pick(Draws& draws, const std::array<T, N>& choices) {
  return choices[draws.below(N)];
}

constexpr DurationRange range(std::uint64_t min, std::uint64_t max) { return {{min}, {max}}; }

constexpr DurationRange at_most_the_longest(DurationRange range) {
  return {std::min(range.min, duration_max), std::min(range.max, duration_max)};
}

/// How one run is mixed: which kinds of fault there are at all, and how long everything takes.
class Mix {
 public:
  explicit Mix(Draws draws) : is_storm_(draws.chance({5, 8})) {}

  [[nodiscard]] bool is_storm() const { return is_storm_; }
  /// Is a kind of fault among the few of this run? Each by itself; a storm has nearly all.
  [[nodiscard]] bool has(Draws& draws, Ratio share) const {
    const std::uint32_t place = draws.below(share.denominator * 8);
    return is_storm_ ? place < share.denominator * 7 : place < share.numerator * 8;
  }
  /// Of rates that rise: in a storm one of the lower ones, so that something still gets done.
  template <std::size_t N>
  [[nodiscard]] Ratio rate(Draws& draws, const std::array<Ratio, N>& rates) const {
    return rates[draws.below(is_storm_ ? N - 1 : N)];
  }

  /// What a message and a write may take: everything else takes its time in proportion, so that in
  /// a slow world, too, clients meet, and faults come before all is over.
  void set_hop(Duration hop) { pace_ = hop.ticks + back_off; }
  /// As many ticks as it says, and one, where a hop takes 30 of them.
  [[nodiscard]] DurationRange paced(std::uint64_t min, std::uint64_t max) const {
    const auto paced = [&](std::uint64_t ticks) { return 1 + ticks * pace_ / pace_one; };
    return at_most_the_longest({{paced(min)}, {paced(max)}});
  }

 private:
  static constexpr std::uint64_t back_off =
      15;  ///< a part of a ballot that is as long in any world
  static constexpr std::uint64_t pace_one = 30 + back_off;

  bool is_storm_;
  std::uint64_t pace_ = pace_one;
};

void draw_cluster(const Mix& mix, Draws& draws, Configuration& c) {
  // Small clusters make more of a run's steps count; large ones are there for what they alone show.
  constexpr std::array<std::uint8_t, 24> node_counts = {3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
                                                        3, 3, 4, 4, 4, 5, 5, 5, 6, 7, 8, 9};
  constexpr std::array<std::uint8_t, 8> client_counts = {1, 2, 2, 2, 3, 3, 3, 4};
  c.node_count = pick(draws, node_counts);
  c.client_count = pick(draws, client_counts);
  if (mix.is_storm() && draws.chance({3, 4})) {
    c.node_count = 3;
  }
  reset_options_that_follow_nodes(c);
}

void draw_network(const Mix& mix, Draws draws, Configuration& c) {
  constexpr std::array<DurationRange, 5> delays = {range(1, 2), range(1, 10), range(5, 8),
                                                   range(1, 30), range(1, 60)};
  constexpr std::array<Ratio, 3> tails = {{{1, 30}, {1, 10}, {1, 4}}};
  constexpr std::array<Ratio, 3> drops = {{{1, 100}, {1, 30}, {1, 10}}};
  constexpr std::array<Ratio, 3> duplicates = {{{1, 50}, {1, 10}, {1, 4}}};
  c.delay = pick(draws, delays);
  if (mix.has(draws, {3, 8})) {
    c.tail = mix.rate(draws, tails);
  }
  if (!mix.is_storm() && draws.chance({1, 4})) {
    c.slow_links = {1, 2 + draws.below(6)};
  }
  if (!mix.is_storm() && draws.chance({1, 4})) {
    c.slow_kinds = {1, 4 + draws.below(12)};
  }
  c.tail_delay = at_most_the_longest({c.delay.max * 2, c.delay.max * (4 + draws.below(30))});
  if (mix.has(draws, {1, 2})) {
    c.drop = mix.rate(draws, drops);
  }
  if (mix.has(draws, {1, 3})) {
    c.duplicate = mix.rate(draws, duplicates);
  }
}

void draw_disk(Draws draws, Configuration& c) {
  constexpr std::array<DurationRange, 4> disks = {range(1, 1), range(1, 3), range(1, 10),
                                                  range(1, 40)};
  c.disk = pick(draws, disks);
}

void draw_slow_writes(const Mix& mix, Draws draws, Configuration& c) {
  if (mix.has(draws, {1, 3})) {
    c.slow_write = {1, 5 + draws.below(16)};
    c.slow_disk = mix.paced(20, 100 + draws.below(300));
  }
}

void draw_failing_writes(const Mix& mix, Draws draws, Configuration& c) {
  constexpr std::array<Ratio, 3> rates = {{{1, 50}, {1, 15}, {1, 5}}};
  if (mix.has(draws, {1, 3})) {
    c.fail_write = mix.rate(draws, rates);
  }
}

/// In a storm what goes wrong is soon over.
void draw_short_spells(const Mix& mix, Draws& draws, DurationRange& interval,
                       DurationRange& duration) {
  interval = mix.paced(0, 100 + draws.below(200));
  duration = mix.paced(0, 60 + draws.below(120));
}

void draw_cuts(const Mix& mix, Draws draws, Configuration& c) {
  if (!mix.has(draws, {1, 2})) {
    return;
  }
  if (mix.is_storm()) {
    draw_short_spells(mix, draws, c.cut_interval, c.cut_duration);
  } else {
    c.cut_interval = mix.paced(0, 80 + draws.below(300));
    c.cut_duration = mix.paced(20, 50 + draws.below(400));
  }
  c.cut_shapes.bits = static_cast<std::uint8_t>(1 + draws.below(0x1f));
  if (c.ending == Ending::broken && draws.chance({1, 4})) {
    c.cut_forever = {1, 4};
  }
}

void draw_holds(const Mix& mix, Draws draws, Configuration& c) {
  if (!mix.is_storm() && draws.chance({1, 3})) {
    c.hold_interval = mix.paced(0, 60 + draws.below(400));
    c.hold_duration = mix.paced(20, 50 + draws.below(400));
  }
}

void draw_crashes(const Mix& mix, Draws draws, Configuration& c) {
  if (!mix.has(draws, {1, 2})) {
    return;
  }
  c.crash_interval = mix.paced(0, 120 + draws.below(200));
  c.crash_duration = mix.paced(0, 20 + draws.below(150));
  c.crashed_max = 1 + std::max(draws.below(c.node_count), draws.below(c.node_count));
  if (draws.chance({2, 3})) {
    c.crash_mid_effects = {1, 2};
  }
  if (draws.chance({1, 3})) {
    c.crash_keeps_writes = {1, 2};
  }
  if (!mix.is_storm() && draws.chance({1, 4})) {
    c.crash_forever = {1, 4};
  }
  if (draws.chance({3, 4})) {  // the moments at which a crash can hurt most
    constexpr std::array<Ratio, 3> rates = {{{1, 30}, {1, 12}, {1, 5}}};
    c.crash_at_write = pick(draws, rates);
  }
}

void draw_pauses(const Mix& mix, Draws draws, Configuration& c) {
  if (!mix.has(draws, {3, 8})) {
    return;
  }
  if (mix.is_storm()) {
    draw_short_spells(mix, draws, c.pause_interval, c.pause_duration);
  } else {
    c.pause_interval = mix.paced(0, 60 + draws.below(400));
    c.pause_duration = mix.paced(20, 100 + draws.below(400));
  }
  c.pause_shuffles = {draws.below(2), 2};
}

void draw_clocks(const Mix& mix, Draws draws, Configuration& c) {
  if (mix.has(draws, {3, 8})) {
    c.skew_interval = mix.paced(10, 200);
    c.skew_rate_min = 512;
    c.skew_rate_max = 2048;
    c.skew_jump_max = draws.below(300);
  }
}

void draw_clients(const Mix& mix, Draws& draws, Configuration& c) {
  constexpr std::array<std::uint8_t, 8> operations = {2, 2, 3, 3, 3, 4, 5, 6};
  c.operations = pick(draws, operations);
  if (c.ending == Ending::broken) {  // nobody asks once more when it has settled
    c.operations += 2;
  }
  // Clients who think little meet; those who think long ask when much has gone wrong meanwhile.
  c.think = {{0},
             mix.paced(0, draws.chance({1, 2}) ? 20 + draws.below(60) : 60 + draws.below(240)).max};
  const std::uint64_t timeout = 40 + draws.below(120);
  c.client_timeout = mix.paced(timeout, timeout * 3);
  if (draws.chance({1, 8})) {  // patient enough to be told by a node that it has given up
    c.client_timeout = range(2500, 5000);
  }
  constexpr std::array<std::uint8_t, 6> attempts = {1, 2, 3, 3, 3, 4};
  c.attempts_max = pick(draws, attempts);
  // Few contacts make requests meet in one node, many make proposers meet in the acceptors.
  if (draws.chance({1, 6})) {
    c.contacts = 1 + draws.below(c.node_count);
  }
}

void draw_ending(Draws draws, Configuration& c) {
  c.ending = draws.chance({2, 3}) ? Ending::healed : Ending::broken;
}

void draw_chaos(const Mix& mix, Draws draws, Configuration& c) {
  Duration chaos = mix.paced(0, 600 + draws.below(900)).max;
  if (c.ending == Ending::broken) {  // all that there is of it
    chaos = chaos + Duration{chaos.ticks / 2};
  }
  c.chaos = std::min(duration_max,
                     std::max(draws.chance({1, 4}) ? chaos * 3 : chaos, c.client_timeout.max));
}

}  // namespace

Configuration draw_configuration(const Luck& luck, const DeclaredOptions* options,
                                 const FixFields& fix) {
  // Each part draws from a place of its own, so that a change to one leaves the others as they are.
  const auto draws = [&](std::uint32_t part) { return Draws(luck, Stream::configuration, part); };
  Configuration c;
  hold_options(c, options);
  Mix mix(draws(0));
  const auto draw = [&](const auto& part) {
    part();
    if (fix) {
      fix(c);
    }
  };
  Draws cluster = draws(2);
  Draws clients = draws(11);
  draw([&] { draw_ending(draws(1), c); });
  draw([&] { draw_cluster(mix, cluster, c); });
  draw([&] { draw_network(mix, draws(3), c); });
  draw([&] { draw_disk(draws(4), c); });
  mix.set_hop(c.delay.max + c.disk.max);
  draw([&] { draw_slow_writes(mix, draws(5), c); });
  draw([&] { draw_cuts(mix, draws(6), c); });
  draw([&] { draw_holds(mix, draws(7), c); });
  draw([&] { draw_crashes(mix, draws(8), c); });
  draw([&] { draw_pauses(mix, draws(9), c); });
  draw([&] { draw_clocks(mix, draws(10), c); });
  draw([&] { draw_clients(mix, clients, c); });
  draw([&] { draw_chaos(mix, draws(12), c); });
  draw([&] { draw_failing_writes(mix, draws(13), c); });
  if (options != nullptr) {
    draw([&] { options->draw(c, {luck, cluster, clients}); });
  }
  return c;
}

Configuration uniform_configuration(const DeclaredOptions* options, const Luck& luck,
                                    const FixFields& fix) {
  Configuration c;
  hold_options(c, options);
  c.client_count = 2;
  c.delay = range(1, 20);
  c.tail = {1, 20};
  c.drop = {1, 20};
  c.duplicate = {1, 20};
  c.disk = range(1, 10);
  c.slow_write = {1, 20};
  c.fail_write = {1, 20};
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
  c.chaos = {1000};
  if (fix) {
    fix(c);
  }
  if (options != nullptr) {
    options->draw_uniform(c, luck);
  }
  return c;
}

}  // namespace synod
