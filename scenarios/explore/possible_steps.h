// The steps that could be next in a situation, within bounds, each once and always in the same
// order.
//
// What is not among them, and so not covered: pauses and skewed clocks, requests of a client beyond
// `requests_max`, retries beyond `retries_max`, and messages between clients and nodes that are
// lost.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "core/text.h"
#include "scenarios/explore/bounds.h"
#include "scenarios/explore/situation.h"
#include "scenarios/words/input_error.h"
#include "sim/world/clients.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

/// `C`: what clients ask (sim/world/clients.h).
template <Protocol P, class Witness, class C>
class PossibleSteps {
 public:
  using Some = Situation<P, Witness>;

  explicit PossibleSteps(const ExploreBounds& bounds) : bounds_(bounds) {}

  /// That the client's next operation carries, if it carries one.
  static std::uint32_t number_of_next(const World<P>& world, ClientId client) {
    const std::uint32_t before = world[client].request.id.number;
    return before * world.client_count + client.index + 1;
  }

  const std::vector<Step<P>>& list(const Some& some) {
    if (const auto node = must_write(some)) {
      steps_.clear();
      add(FinishWriteStep{*node});
      return steps_;
    }
    return list_all(some);
  }
  /// Whose write finishes before all else, if anybody's.
  [[nodiscard]] std::optional<NodeId> must_write(const Some& some) const {
    return bounds_.are_writes_instant() && !some.world.writes.empty()
               ? std::optional(some.world.writes.front().node)
               : std::nullopt;
  }
  /// Also those that must wait until it has.
  const std::vector<Step<P>>& list_all(const Some& some) {
    steps_.clear();
    list_requests(some);
    list_writes(some);
    list_luck(some.world);
    list_packets(some);
    list_timers(some.world);
    list_crashes(some);
    list_cuts(some);
    // A path names them by numbers of sixteen bits.
    if (steps_.size() > steps_max) {
      refuse("explore: more than 65,536 steps are possible in one state: bound it more");
    }
    return steps_;
  }
  /// Is this request among them?
  [[nodiscard]] bool lists(const Some& some, const AskStep<RequestFor<P>>& ask) {
    return std::ranges::any_of(list_all(some), [&](const Step<P>& step) {
      const auto* const one = std::get_if<AskStep<RequestFor<P>>>(&step.action);
      return one != nullptr && *one == ask;
    });
  }

 private:
  static constexpr std::size_t steps_max = std::size_t{1} << 16U;
  static constexpr std::uint32_t luck_max = 16;

  void add(const Action<P>& action, Time at = {}) { steps_.push_back({at, action}); }

  void list_requests(const Some& some) {
    const World<P>& world = some.world;
    for (std::uint8_t i = 0; i < world.client_count; ++i) {
      if (world.clients[i].is_waiting && some.spent.abandons < bounds_.abandons_max) {
        add(AbandonStep{{i}});
      }
    }
    list_retries(some);
    const unsigned asked_max = bounds_.requests_max + (some.spent.abandons > 0 ? 1 : 0);
    // Where clients may ask any node, one of those that never asked stands for all.
    bool has_newcomer = false;
    for (std::uint8_t i = 0; i < world.client_count; ++i) {
      const ClientState<P>& client = world.clients[i];
      const bool is_newcomer = client.request.id.number == 0;
      if (client.is_waiting || client.request.id.number >= asked_max) {
        continue;
      }
      if (bounds_.requests == Requests::own) {
        add_request({i}, client, {static_cast<std::uint8_t>(i % world.node_count)},
                    Clients<P, C>::own(number_of_next(world, {i})));
      } else if (!is_newcomer || !has_newcomer) {
        list_requests_of(world, {i});
      }
      has_newcomer = has_newcomer || is_newcomer;
    }
  }
  /// Which nodes its client has asked is not in a state: any of them is asked, that one too.
  void list_retries(const Some& some) {
    if (some.spent.retries >= bounds_.retries_max) {
      return;
    }
    for (std::uint8_t i = 0; i < some.world.client_count; ++i) {
      const ClientState<P>& client = some.world.clients[i];
      if (!client.is_waiting) {
        continue;
      }
      for (const NodeId to : some.world.node_ids()) {
        add(AskStep<RequestFor<P>>{to, client.request});
      }
    }
  }
  void list_requests_of(const World<P>& world, ClientId client) {
    for (const NodeId to : world.node_ids()) {
      bool is_first = true;
      Clients<P, C>::each(number_of_next(world, client), [&](const auto& operation) {
        if (is_first || bounds_.requests == Requests::any) {
          add_request(client, world[client], to, operation);
        }
        is_first = false;
      });
    }
  }
  void add_request(ClientId client, const ClientState<P>& state, NodeId to,
                   const typename P::Operation& operation) {
    const auto number = static_cast<std::uint16_t>(state.request.id.number + 1);
    add(AskStep<RequestFor<P>>{to, {{client, number}, operation}});
  }

  void list_writes(const Some& some) {
    NodeSet writing;
    for (const PendingWrite<P>& write : some.world.writes) {
      writing.insert(write.node);
    }
    for (const NodeId node : writing) {
      add(FinishWriteStep{node});
    }
    for (const NodeId node : writing) {
      if (some.spent.failed_writes < bounds_.failed_writes_max) {
        add(FailWriteStep{node});
      }
    }
  }

  void list_luck(const World<P>& world) {
    if constexpr (asks_for_luck<P>) {
      for (const NodeId node : world.node_ids()) {
        if (world[node].luck_below > luck_max) {
          refuse(fmt::format("explore: {} draws one of {} numbers, and a search tries at most {}",
                             node, world[node].luck_below, luck_max));
        }
        for (std::uint32_t number = 0; number < world[node].luck_below; ++number) {
          add(LuckStep{node, number});
        }
      }
    }
  }

  void list_packets(const Some& some) {
    const World<P>& world = some.world;
    is_quiet_ = world.writes.empty();
    for (const NodeId node : world.node_ids()) {
      is_quiet_ = is_quiet_ && !waits_for_luck(world[node]);
    }
    bool has_dropped = false;
    for (std::size_t i = 0; i < some.order.size(); ++i) {
      const Packet<P>& packet = world.in_flight[some.order[i]];
      if (!is_first_of_its_kind(some, i)) {
        continue;
      }
      const PacketStep<P> step{packet, {some.order[i]}};
      const bool can_arrive = (!packet.to.is_node() || world[packet.to.node()].is_up) &&
                              !world.is_cut(packet.from, packet.to);
      const bool is_message = packet.from.is_node() && packet.to.is_node();
      is_quiet_ = false;
      if (can_arrive) {
        add(DeliverStep<P>{step});
      } else if (bounds_.timeouts == Timeouts::truth && !has_dropped) {
        has_dropped = true;  // as time goes on, it is lost; one after the other
        add(DropStep<P>{step});
        continue;
      }
      if (is_message && some.spent.losses < bounds_.losses_max) {
        add(DropStep<P>{step});
      }
      if (is_message && some.spent.duplicates < bounds_.duplicates_max) {
        add(DuplicateStep<P>{step});
      }
    }
  }
  /// Of equal packets one is enough; over ordered links, the one that was sent first.
  bool is_first_of_its_kind(const Some& some, std::size_t index) const {
    const Packet<P>& packet = some.world.in_flight[some.order[index]];
    const bool is_ordered = bounds_.network == Network::ordered;
    return std::none_of(some.order.begin(), some.order.begin() + static_cast<std::ptrdiff_t>(index),
                        [&](auto slot) {
                          const Packet<P>& earlier = some.world.in_flight[slot];
                          return is_ordered ? earlier.from == packet.from && earlier.to == packet.to
                                            : earlier == packet;
                        });
  }

  void list_timers(const World<P>& world) {
    const bool is_truth = bounds_.timeouts == Timeouts::truth;
    if (is_truth && !is_quiet_) {
      return;
    }
    LocalTime latest{INT64_MAX};  // by when some timer has fired
    for (const NodeId node : world.node_ids()) {
      for (const ArmedTimer& timer : world[node].timers) {
        latest = timer.is_armed && world[node].is_up ? std::min(latest, timer.latest) : latest;
      }
    }
    for (const NodeId node : world.node_ids()) {
      for (std::size_t i = 0; i < P::timer_count; ++i) {
        const ArmedTimer& timer = world[node].timers[i];
        if (world[node].is_up && timer.is_armed && (!is_truth || timer.earliest <= latest)) {
          const Time at{is_truth ? static_cast<std::uint64_t>(timer.earliest.ticks) : 0};
          add(FireStep<P>{node, static_cast<typename P::Timer>(i)}, at);
        }
      }
    }
  }

  void list_crashes(const Some& some) {
    const World<P>& world = some.world;
    for (const NodeId node : world.node_ids()) {
      if (world[node].is_up && some.spent.crashes < bounds_.crashes_max &&
          world[node].crash_countdown < 0) {
        list_crashes_of(world, node);
      }
      if (!world[node].is_up && some.spent.restarts < bounds_.restarts_max) {
        add(RestartStep{{node}});
      }
    }
  }
  /// At once, with none, some or all of its unfinished writes kept; or later, between two effects,
  /// with none or all.
  void list_crashes_of(const World<P>& world, NodeId node) {
    std::uint8_t kept = 0;
    add(CrashStep{node, 0, kept});
    for (const PendingWrite<P>& write : world.writes) {
      if (write.node != node) {
        continue;
      }
      if (kept == UINT8_MAX) {  // which already stands for all
        refuse("explore: a node has more than 255 unfinished writes: bound it more");
      }
      add(CrashStep{node, 0, ++kept});
    }
    for (std::uint32_t i = 1; i <= bounds_.crash_effects_max; ++i) {
      const auto effects = static_cast<std::uint8_t>(i);
      add(CrashStep{node, effects, 0});
      add(CrashStep{node, effects, UINT8_MAX});
    }
  }

  /// Nothing arrives any more from one group of nodes at the rest; and all is as it was again.
  void list_cuts(const Some& some) {
    const std::uint16_t all = some.world.node_ids().bits();
    for (std::uint16_t group = 1; group < all && some.spent.cuts < bounds_.cuts_max; ++group) {
      add(CutStep{{{group}, {static_cast<std::uint16_t>(all & ~group)}}});
    }
    if (some.world.count_cut({{all}, {all}}) > 0) {
      add(HealStep{{{all}, {all}}});
    }
  }

  ExploreBounds bounds_;
  std::vector<Step<P>> steps_;
  bool is_quiet_ = false;  ///< nothing is under way
};

}  // namespace synod
