#include "sim/world/swarm.h"

#include <algorithm>
#include <array>
#include <type_traits>

#include "sim/mix.h"

namespace synod {
namespace {

using faults::Mix;
using faults::pick;
using faults::range;

/// Of the luck that a configuration is drawn from, each part is for one purpose.
template <class F>
constexpr std::uint32_t part_of(std::type_identity<F> /*fault*/) {
  if constexpr (requires { F::swarm_part; }) {
    return F::swarm_part;
  }
  return 0;  // a fault that is not drawn
}

constexpr bool have_parts_of_their_own() {
  std::uint64_t taken = 0;  // as bits
  bool are_all = true;
  const auto take = [&](std::uint32_t part) {
    are_all = are_all && (taken >> part & 1U) == 0;
    taken |= std::uint64_t{1} << part;
  };
  for (const std::uint32_t part : {0U, 1U, 2U, faults::network_part, 4U, 11U, 12U}) {
    take(part);
  }
  for_each_fault([&]<class F>() {
    constexpr std::uint32_t part = part_of(std::type_identity<F>{});
    if constexpr (part != 0 && part != faults::network_part) {
      take(part);
    }
  });
  return are_all;
}
static_assert(have_parts_of_their_own());

// ---- A rush -------------------------------------------------------------------------------------

void crowd_cluster(Configuration& c) {
  c.node_count = 3;
  c.client_count = client_count_max;
  reset_options_that_follow_nodes(c);
}

void delay_a_few(Configuration& c) {
  c.tail = {1, 4};
  c.tail_delay = faults::at_most_the_longest({{c.delay.max.ticks * 3 / 2}, c.delay.max * 5});
}

void crowd_clients(const Mix& mix, Configuration& c) {
  c.operations = 8;
  c.think = {{0}, mix.paced(0, 10).max};
  c.client_timeout = mix.paced(300, 500);
  c.chaos = std::min(duration_max, std::max(mix.paced(0, 2000).max, c.client_timeout.max));
}

// ---- The other runs -----------------------------------------------------------------------------

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
  c.delay = pick(draws, delays);
  for_each_fault([&]<class F>() {
    if constexpr (part_of(std::type_identity<F>{}) == faults::network_part) {
      F::draw(mix, draws, c);
    }
  });
}

void draw_disk(Draws draws, Configuration& c) {
  constexpr std::array<DurationRange, 4> disks = {range(1, 1), range(1, 3), range(1, 10),
                                                  range(1, 40)};
  c.disk = pick(draws, disks);
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

/// Some of those that are cut stay so.
void draw_lasting_cuts(Draws draws, Configuration& c) {
  if (c.ending == Ending::healed && !faults::is_never(c.cut_interval) && draws.chance({1, 4})) {
    c.ending = Ending::partitioned;
  }
}

}  // namespace

bool is_rush(const Luck& luck) {
  return Draws(luck, Stream::by_name, entity_of("rush")).chance({1, 16});
}

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
  const bool has_reads = c.options.find<Ratio>("reads") != nullptr;
  if (has_reads && is_rush(luck)) {
    draw([&] { crowd_cluster(c); });
    draw([&] { c.delay = range(1, 30); });
    draw([&] { c.disk = range(1, 3); });
    draw([&] { delay_a_few(c); });
    mix.set_hop(c.delay.max + c.disk.max);
    draw([&] { crowd_clients(mix, c); });
  } else {
    draw([&] { draw_cluster(mix, cluster, c); });
    draw([&] { draw_network(mix, draws(3), c); });
    draw([&] { draw_disk(draws(4), c); });
    mix.set_hop(c.delay.max + c.disk.max);
    for_each_fault([&]<class F>() {
      constexpr std::uint32_t part = part_of(std::type_identity<F>{});
      if constexpr (part != 0 && part != faults::network_part) {
        draw([&] {
          Draws own = draws(part);
          F::draw(mix, own, c);
        });
      }
    });
    draw([&] { draw_lasting_cuts({luck, Stream::by_name, entity_of("lasting_cuts")}, c); });
    draw([&] { draw_clients(mix, clients, c); });
    draw([&] { draw_chaos(mix, draws(12), c); });
  }
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
  for_each_fault([&]<class F>() {
    if constexpr (requires { F::draw_uniform(c); }) {
      F::draw_uniform(c);
    }
  });
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
