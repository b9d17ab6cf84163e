#include "tools/explore/models/paxos_actors.h"

#include <algorithm>

namespace synod::explorer {
namespace {

/// An order in the making: how many operations of each client are in it, and what the register
/// holds, 0 for nothing and a value plus one.
struct Order {
  std::array<std::uint32_t, 2> placed{};
  std::uint32_t content = 0;
};

bool can_be_completed(const std::array<ClientHistory, 2>& clients, const Order& order) {
  const bool is_complete =
      order.placed[0] >= clients[0].returned && order.placed[1] >= clients[1].returned;
  if (is_complete) return true;
  for (std::uint32_t client = 0; client < 2; ++client) {
    const ClientHistory& history = clients[client];
    const std::uint32_t operation = order.placed[client];
    if (operation == 2) continue;
    const bool is_get = operation == 1;
    if (is_get && history.returned < 1) continue;                     // not called yet
    if (is_get && order.placed[1 - client] < history.seen) continue;  // these were over before
    const bool has_returned = operation < history.returned;
    if (is_get && has_returned && order.content != history.value_read + 1) continue;
    Order longer = order;
    ++longer.placed[client];
    if (!is_get) longer.content = client + 1;
    if (can_be_completed(clients, longer)) return true;
  }
  return false;
}

}  // namespace

bool is_linearizable(const std::array<ClientHistory, 2>& clients) {
  return can_be_completed(clients, {});
}

PaxosActors::PaxosActors() {
  for (std::uint64_t history = 0; history < is_linearizable_.size(); ++history) {
    const State state{{history << history_at, 0, 0}};
    std::array<ClientHistory, 2> clients;
    for (std::uint32_t client = 0; client < 2; ++client) {
      clients[client] = {get(state, returned_of(client)), get(state, seen_by(client)),
                         get(state, read_by(client))};
    }
    is_linearizable_[history] = is_linearizable(clients);
  }
}

void PaxosActors::encode(const State& state, std::string& bytes) {
  for (const std::uint64_t word : state.words) {
    for (std::uint32_t shift = 0; shift < 64; shift += 8) {
      bytes.push_back(static_cast<char>(word >> shift));
    }
  }
}

/// At a majority, which with the leader's own answer is the first: proposes what was voted for in
/// the highest ballot of all answers, or else what its client put.
void PaxosActors::hear_prepared(State& next, std::uint32_t ballot, std::uint32_t from,
                                std::uint32_t answer) {
  const std::uint32_t leader = leader_of(ballot);
  const bool is_first =
      get(next, answer_at(leader, 1 - leader)) == 0 && get(next, answer_at(leader, 2)) == 0;
  set(next, answer_at(leader, from), answer);
  if (!is_first) return;
  const std::uint32_t highest = std::max(answer, get(next, answer_at(leader, leader)));
  if (highest > 1) set(next, proposal_of(leader), value_of(highest - 1));
  const std::uint32_t value = get(next, proposal_of(leader));
  set(next, vote_of(leader), vote(ballot, value));
  set(next, accepts_of(leader), 1U << leader);
  set(next, accept_to(ballot, 0), value);
  set(next, accept_to(ballot, 1), value);
}

/// The first one makes a majority, together with the leader's own vote.
void PaxosActors::hear_accepted(State& next, std::uint32_t ballot, std::uint32_t from) {
  const std::uint32_t leader = leader_of(ballot);
  const std::uint32_t value = get(next, proposal_of(leader));
  set(next, accepts_of(leader), get(next, accepts_of(leader)) | 1U << from);
  set(next, is_decided_of(leader), 1);
  set(next, decided_to(ballot, 0), value);
  set(next, decided_to(ballot, 1), value);
  set(next, put_ok_from(leader, value - 1), 1);
}

}  // namespace synod::explorer
