// The workload: what the clients ask, when and of whom; when they lose patience, ask again
// elsewhere, and abandon.
//
// Each client asks one thing at a time: so many operations in the chaos, and once the world is
// healed until it has got what it is there for. In some runs, nobody asks anything new there before
// those who wait have heard from the nodes: a new request may be what helps an old one.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "core/client.h"
#include "core/ids.h"
#include "sim/schedule/plan.h"
#include "sim/world/clients.h"
#include "sim/world/observation.h"
#include "sim/world/settling.h"
#include "sim/world/world.h"

namespace synod {

/// `C`: what they ask (sim/world/clients.h).
template <Protocol P, class C>
class Workload {
 public:
  /// Plans the first operation of every client.
  void start(Plan<P>& plan) {
    clients_ = {};
    waits_first_ = false;
    timeout_ = plan.configuration.client_timeout;
    fresh_ = FreshNumbers();
    clients_busy_ = plan.configuration.client_count;
    for (std::uint32_t i = 0; i < plan.configuration.client_count; ++i) {
      plan_next_operation(plan, {static_cast<std::uint8_t>(i)}, plan.now);
    }
  }

  /// In a world in any state: who waits goes on waiting, and the others ask what they have not
  /// asked yet.
  void take_over(Plan<P>& plan, const World<P>& world, FreshNumbers fresh) {
    clients_ = {};
    waits_first_ = false;
    timeout_ = plan.configuration.client_timeout;
    fresh_ = fresh;
    clients_busy_ = world.client_count;
    for (std::uint8_t i = 0; i < world.client_count; ++i) {
      const ClientId client{i};
      ClientPlan& own = clients_[i];
      own.operations = world[client].request.id.number;
      if (!world[client].is_waiting) {
        plan_next_operation(plan, client, plan.now);
        continue;
      }
      Draws draws(plan.luck, Stream::client, i, own.draws);
      own.contact = draws.below(contact_count(plan));
      plan_timeout(plan, client, draws);
      own.draws = draws.index();
    }
  }

  /// Each client must be served once more. An answer to what it asked before does not count: who
  /// gave it may have crashed since, and nobody remembers. Such an answer must come, though, where
  /// those who wait are answered first.
  void start_settling(Plan<P>& plan, const World<P>& world) {
    clients_busy_ = world.client_count;
    timeout_ = patience_when_settling(plan.configuration);
    const bool were_too_patient = timeout_.max < plan.configuration.client_timeout.max;
    for (std::uint8_t i = 0; i < world.client_count; ++i) {
      clients_[i].asked_before = world.clients[i].is_waiting;
      clients_[i].answers_before = world.clients[i].answers;
      if (world.clients[i].is_waiting && were_too_patient) {
        Draws draws(plan.luck, Stream::client, i, clients_[i].draws);
        plan_timeout(plan, {i}, draws);
        clients_[i].draws = draws.index();
      }
    }
    waits_first_ = do_old_requests_come_first(plan) && does_anybody_wait();
    if (!waits_first_) {
      all_ask(plan, plan.now);
    }
  }

  /// Nobody waits for the clients any more.
  void stop() { clients_busy_ = 0; }

  /// Has every client done what it was to do?
  [[nodiscard]] bool is_done() const { return clients_busy_ == 0; }
  /// Numbers that no operation of this run has carried.
  [[nodiscard]] const FreshNumbers& fresh() const { return fresh_; }

  void ask(Plan<P>& plan, const World<P>& world, ClientId client) {
    if (world[client].is_waiting) {
      return;
    }
    ClientPlan& own = clients_[client.index];
    Draws draws(plan.luck, Stream::client, client.index, own.draws);
    const RequestId id{client, static_cast<std::uint16_t>(world[client].request.id.number + 1)};
    const RequestFor<P> request{
        id, Clients<P, C>::draw(draws, plan.configuration, plan.is_settling(), fresh_)};
    own.contact = draws.below(contact_count(plan));
    plan.add(AskStep{contact(plan, world, own.contact), request});
    plan_timeout(plan, client, draws);
    own.draws = draws.index();
  }

  /// Something more, of this node, as soon as nobody waits for that.
  void ask_also(Plan<P>& plan, const World<P>& world, NodeId node) {
    constexpr ClientId client{};
    if (world[client].is_waiting) {
      return;
    }
    ClientPlan& own = clients_[client.index];
    Draws draws(plan.luck, Stream::client, client.index, own.draws);
    const RequestId id{client, static_cast<std::uint16_t>(world[client].request.id.number + 1)};
    plan.add(AskStep{node, RequestFor<P>{id, Clients<P, C>::draw(draws, plan.configuration,
                                                                 plan.is_settling(), fresh_)}});
    plan_timeout(plan, client, draws);
    own.draws = draws.index();
  }

  void on_timeout(Plan<P>& plan, const World<P>& world, ClientId client, std::uint32_t timeout) {
    ClientPlan& own = clients_[client.index];
    const ClientState<P>& state = world[client];
    if (own.timeout != timeout || !state.is_waiting) {
      return;
    }
    if (state.attempts >= plan.configuration.attempts_max && !is_owed_an_answer(client, state)) {
      plan.add(AbandonStep{client});
      return;
    }
    Draws draws(plan.luck, Stream::client, client.index, own.draws);
    const std::uint32_t contacts = contact_count(plan);
    if (contacts > 1) {  // elsewhere
      own.contact = (own.contact + 1 + draws.below(contacts - 1)) % contacts;
    }
    plan.add(AskStep{contact(plan, world, own.contact), state.request});
    plan_timeout(plan, client, draws);
    own.draws = draws.index();
  }

  void on(Plan<P>& plan, const World<P>& world, const Returned<P>& returned) {
    const ClientId client = returned.request.id.client;
    ClientPlan& own = clients_[client.index];
    ++own.timeout;  // whatever it was waiting for is settled
    if (plan.is_settling()) {
      const bool is_new = !std::exchange(own.asked_before, false);
      if (waits_first_) {
        waits_first_ = does_anybody_wait();
        if (!waits_first_) {
          all_ask(plan, world.now);
        }
      } else if (!is_new || !Clients<P, C>::is_enough(returned.request.operation, returned.result,
                                                      returned.standing)) {
        plan.queue.push(world.now, {.kind = EventKind::next_operation, .subject = client.index});
      } else if (!own.is_served) {
        own.is_served = true;
        --clients_busy_;
      }
    } else if (plan.phase == Phase::chaos) {
      plan_next_operation(plan, client, world.now);
    }
  }

 private:
  struct ClientPlan {
    std::uint32_t draws = 0;
    std::uint32_t operations = 0;
    std::uint32_t timeout = 0;         ///< an event of an earlier wait is void
    std::uint32_t contact = 0;         ///< the latest, of those that clients ask
    bool asked_before = false;         ///< the world was healed, and still waits
    bool is_served = false;            ///< since the world was healed
    std::uint16_t answers_before = 0;  ///< that settled nothing, when the world was healed
  };

  static bool do_old_requests_come_first(const Plan<P>& plan) {
    return Draws(plan.luck, Stream::by_name, entity_of("old requests come first")).chance({1, 4});
  }
  /// For what it asked before the world was healed.
  [[nodiscard]] bool does_anybody_wait() const {
    return std::ranges::any_of(clients_, &ClientPlan::asked_before);
  }
  /// In a healed world a node that is asked says something. That it does not know will do: then the
  /// client may give up.
  [[nodiscard]] bool is_owed_an_answer(ClientId client, const ClientState<P>& state) const {
    const ClientPlan& own = clients_[client.index];
    return waits_first_ && own.asked_before && state.answers == own.answers_before;
  }
  static void all_ask(Plan<P>& plan, Time now) {
    for (std::uint8_t i = 0; i < plan.configuration.client_count; ++i) {
      plan.queue.push(now, {.kind = EventKind::next_operation, .subject = i});
    }
  }

  void plan_next_operation(Plan<P>& plan, ClientId client, Time now) {
    ClientPlan& own = clients_[client.index];
    if (own.operations >= plan.configuration.operations) {
      --clients_busy_;
      return;
    }
    ++own.operations;
    Draws draws(plan.luck, Stream::client, client.index, own.draws);
    plan.queue.push(now + draws.within(plan.configuration.think),
                    {.kind = EventKind::next_operation, .subject = client.index});
    own.draws = draws.index();
  }

  void plan_timeout(Plan<P>& plan, ClientId client, Draws& draws) {
    plan.queue.push(plan.now + draws.within(timeout_),
                    {.kind = EventKind::client_timeout,
                     .subject = client.index,
                     .number = ++clients_[client.index].timeout});
  }

  /// The nodes that clients ask: some in a row, from a drawn one on.
  static std::uint32_t contact_count(const Plan<P>& plan) {
    return std::min(plan.configuration.contacts, plan.configuration.node_count);
  }
  static NodeId contact(const Plan<P>& plan, const World<P>& world, std::uint32_t index) {
    constexpr std::uint32_t all_clients = client_count_max;
    const std::uint32_t node_count = plan.configuration.node_count;
    const std::uint32_t first = Draws(plan.luck, Stream::client, all_clients).below(node_count);
    NodeId node{static_cast<std::uint8_t>((first + index) % node_count)};
    // In the end clients find a node that is up, and where cuts stay one that must decide, if there
    // is one.
    const auto is_right = [&] {
      return world[node].is_up && (plan.must_decide.is_empty() || plan.must_decide.contains(node));
    };
    for (std::uint32_t i = 1; plan.is_settling() && !is_right() && i < node_count; ++i) {
      node = {static_cast<std::uint8_t>((first + index + i) % node_count)};
    }
    return node;
  }

  std::array<ClientPlan, client_count_max> clients_{};
  DurationRange timeout_;           ///< how long a client waits before it asks another node
  std::uint32_t clients_busy_ = 0;  ///< with operations, and once healed with the last one
  bool waits_first_ = false;        ///< nobody asks anew before all have heard who wait
  FreshNumbers fresh_;
};

}  // namespace synod
