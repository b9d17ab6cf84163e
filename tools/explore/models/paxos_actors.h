// Paxos as actors, with a tester of linearizability in the state: the model of
// stateright/stateright, examples/paxos.rs, to hold the search engine against the counts published
// there.
//
// Three servers (0 to 2) and two clients (3 and 4). Each client puts a value of its own, A or B, at
// one server, and when that is answered gets at the next one. The network loses and doubles nothing
// and delivers in any order. A message that its receiver ignores stays where it is, and is no step.
//
// Server 0 gets A and server 1 gets B, so these two lead, and each only once: in round 1, or in
// round 2 when it has seen the other's. That makes four ballots and, for every message that can
// ever be in flight, one field: a state is three words.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/luck.h"

namespace synod::explorer {

/// What the tester knows of one client: it puts, then gets.
struct ClientHistory {
  std::uint32_t returned = 0;    ///< operations, of two; the next one is in flight
  std::uint32_t seen = 0;        ///< how many the other had completed when the get was called
  std::uint32_t value_read = 0;  ///< by the get, once it has returned: 0 is A, 1 is B
};

/// Whether some order of all operations that returned, and of any that did not, keeps to what each
/// returned, and to which of them were over before another began. Client 0 puts A, client 1 puts B.
bool is_linearizable(const std::array<ClientHistory, 2>& clients);

class PaxosActors {
 public:
  struct State {
    std::array<std::uint64_t, 3> words{};
    bool operator==(const State&) const = default;
  };

  enum class Kind : std::uint8_t {
    put,
    get,
    put_ok,
    get_ok,
    prepare,
    prepared,
    accept,
    accepted,
    decided
  };
  /// The delivery of a message.
  struct Action {
    Kind kind = Kind::put;
    std::uint8_t from = 0;
    std::uint8_t to = 0;
    std::uint8_t ballot = 0;  ///< 1 to 4: rounds 1 and 2 of servers 0 and 1; 0 between clients
    bool operator==(const Action&) const = default;
  };

  PaxosActors();

  template <class Visit>
  void initial_states(const Visit& visit) const {
    State state;
    set(state, put_of(0), 1);
    set(state, put_of(1), 1);
    visit(state);
  }

  template <class Visit>
  void successors(const State& state, const Visit& visit) const {
    for (std::uint32_t client = 0; client < 2; ++client) {
      deliver_to_server(state, client, visit);
      deliver_to_client(state, client, visit);
    }
    for (std::uint32_t ballot = 1; ballot <= ballots; ++ballot) {
      if ((state.words[2] >> by_ballot(ballot).at & 0xfffU) == 0 &&
          get(state, prepared_from(ballot, 0)) == 0 && get(state, prepared_from(ballot, 1)) == 0) {
        continue;  // nothing of this ballot is in flight
      }
      for (std::uint32_t peer = 0; peer < 2; ++peer) {
        deliver_to_peer(state, ballot, peer, visit);
        deliver_to_leader(state, ballot, peer, visit);
      }
    }
  }

  static std::uint64_t fingerprint(const State& state) {
    return mix(mix(mix(state.words[0]) ^ state.words[1]) ^ state.words[2]);
  }
  static void encode(const State& state, std::string& bytes);

  static std::array<std::string_view, 1> invariants() { return {"linearizable"}; }
  [[nodiscard]] std::optional<std::uint32_t> violation(const State& state) const {
    const std::uint64_t history = state.words[0] >> history_at & 0x3ffU;
    return is_linearizable_[history] ? std::nullopt : std::optional<std::uint32_t>(0);
  }
  static std::array<std::string_view, 1> sometimes() { return {"value_chosen"}; }
  /// As there: an answer to a get is in flight.
  static std::uint64_t reached(const State& state) {
    return get(state, get_ok_of(0)) != 0 || get(state, get_ok_of(1)) != 0 ? 1 : 0;
  }

 private:
  struct Field {
    std::uint32_t word = 0;
    std::uint32_t at = 0;
    std::uint32_t width = 0;
  };

  static constexpr std::uint32_t ballots = 4;

  // A value is 1 for A and 2 for B, a vote 2 * (ballot - 1) + value, an answer (to a prepare) the
  // vote in it plus one; of all of them 0 is none.

  // Word 0: servers 0 and 1, then the clients and the tester. Word 1: server 2, then the answers.
  static constexpr Field of_server(std::uint32_t server, std::uint32_t at, std::uint32_t width) {
    return {server / 2, 25 * (server % 2) + at, width};
  }
  static constexpr Field ballot_of(std::uint32_t server) { return of_server(server, 0, 3); }
  static constexpr Field proposal_of(std::uint32_t server) { return of_server(server, 3, 2); }
  static constexpr Field vote_of(std::uint32_t server) { return of_server(server, 5, 4); }
  static constexpr Field is_decided_of(std::uint32_t server) { return of_server(server, 9, 1); }
  static constexpr Field accepts_of(std::uint32_t server) { return of_server(server, 10, 3); }
  static constexpr Field answer_at(std::uint32_t server, std::uint32_t from) {
    return of_server(server, 13 + 4 * from, 4);
  }

  static constexpr std::uint32_t history_at = 50;
  /// 0: the put is in flight, 1: the get is, 2: both have returned.
  static constexpr Field returned_of(std::uint32_t client) { return {0, 50 + 5 * client, 2}; }
  static constexpr Field seen_by(std::uint32_t client) { return {0, 52 + 5 * client, 2}; }
  static constexpr Field read_by(std::uint32_t client) { return {0, 54 + 5 * client, 1}; }

  static constexpr Field prepared_from(std::uint32_t ballot, std::uint32_t peer) {
    return {1, 25 + 8 * (ballot - 1) + 4 * peer, 4};
  }

  // Word 2: for each ballot the other messages between leader and peers, then those of clients.
  static constexpr Field by_ballot(std::uint32_t ballot, std::uint32_t at = 0,
                                   std::uint32_t width = 12) {
    return {2, 12 * (ballot - 1) + at, width};
  }
  static constexpr Field prepare_to(std::uint32_t ballot, std::uint32_t peer) {
    return by_ballot(ballot, peer, 1);
  }
  static constexpr Field accepted_from(std::uint32_t ballot, std::uint32_t peer) {
    return by_ballot(ballot, 2 + peer, 1);
  }
  static constexpr Field accept_to(std::uint32_t ballot, std::uint32_t peer) {
    return by_ballot(ballot, 4 + 2 * peer, 2);
  }
  static constexpr Field decided_to(std::uint32_t ballot, std::uint32_t peer) {
    return by_ballot(ballot, 8 + 2 * peer, 2);
  }
  static constexpr Field put_of(std::uint32_t client) { return {2, 48 + client, 1}; }
  static constexpr Field get_of(std::uint32_t client) { return {2, 50 + client, 1}; }
  static constexpr Field put_ok_from(std::uint32_t leader, std::uint32_t client) {
    return {2, 52 + 2 * leader + client, 1};
  }
  static constexpr Field get_ok_of(std::uint32_t client) { return {2, 56 + 2 * client, 2}; }

  static constexpr std::uint32_t get(const State& state, Field field) {
    return static_cast<std::uint32_t>(state.words[field.word] >> field.at) &
           ((1U << field.width) - 1);
  }
  static constexpr void set(State& state, Field field, std::uint32_t value) {
    const std::uint64_t mask = ((std::uint64_t{1} << field.width) - 1) << field.at;
    state.words[field.word] = (state.words[field.word] & ~mask) | std::uint64_t{value} << field.at;
  }

  static constexpr std::uint32_t ballot(std::uint32_t round, std::uint32_t leader) {
    return 2 * (round - 1) + leader + 1;
  }
  static constexpr std::uint32_t round_of(std::uint32_t ballot) { return (ballot + 1) / 2; }
  static constexpr std::uint32_t leader_of(std::uint32_t ballot) { return (ballot - 1) % 2; }
  /// Peer 0 or 1 of a leader, in the order of their numbers.
  static constexpr std::uint32_t server_of(std::uint32_t ballot, std::uint32_t peer) {
    return peer == 1 ? 2 : 1 - leader_of(ballot);
  }
  static constexpr std::uint32_t vote(std::uint32_t ballot, std::uint32_t value) {
    return 2 * (ballot - 1) + value;
  }
  static constexpr std::uint32_t value_of(std::uint32_t vote) { return (vote - 1) % 2 + 1; }

  static Action deliver(Kind kind, std::uint32_t from, std::uint32_t to, std::uint32_t ballot = 0) {
    return {kind, static_cast<std::uint8_t>(from), static_cast<std::uint8_t>(to),
            static_cast<std::uint8_t>(ballot)};
  }

  /// A put, which makes the server lead, or a get, which it answers once it knows what is decided.
  template <class Visit>
  void deliver_to_server(const State& state, std::uint32_t client, const Visit& visit) const {
    const std::uint32_t put_at = client;
    if (get(state, put_of(client)) != 0 && get(state, is_decided_of(put_at)) == 0 &&
        get(state, proposal_of(put_at)) == 0) {
      State next = state;
      set(next, put_of(client), 0);
      const std::uint32_t opened = ballot(round_of(get(state, ballot_of(put_at))) + 1, put_at);
      set(next, ballot_of(put_at), opened);
      set(next, proposal_of(put_at), client + 1);
      set(next, answer_at(put_at, put_at), get(state, vote_of(put_at)) + 1);
      set(next, prepare_to(opened, 0), 1);
      set(next, prepare_to(opened, 1), 1);
      visit(deliver(Kind::put, client + 3, put_at), next);
    }
    const std::uint32_t get_at = client + 1;
    if (get(state, get_of(client)) != 0 && get(state, is_decided_of(get_at)) != 0) {
      State next = state;
      set(next, get_of(client), 0);
      set(next, get_ok_of(client), value_of(get(state, vote_of(get_at))));
      visit(deliver(Kind::get, client + 3, get_at), next);
    }
  }

  template <class Visit>
  void deliver_to_client(const State& state, std::uint32_t client, const Visit& visit) const {
    const std::uint32_t returned = get(state, returned_of(client));
    if (returned == 0) {
      for (std::uint32_t leader = 0; leader < 2; ++leader) {
        if (get(state, put_ok_from(leader, client)) == 0) continue;
        State next = state;
        set(next, put_ok_from(leader, client), 0);
        set(next, get_of(client), 1);
        set(next, returned_of(client), 1);
        set(next, seen_by(client), get(state, returned_of(1 - client)));
        visit(deliver(Kind::put_ok, leader, client + 3), next);
      }
    } else if (returned == 1) {
      const std::uint32_t value = get(state, get_ok_of(client));
      if (value == 0) return;
      State next = state;
      set(next, get_ok_of(client), 0);
      set(next, returned_of(client), 2);
      set(next, read_by(client), value - 1);
      visit(deliver(Kind::get_ok, client + 1, client + 3), next);
    }
  }

  /// A prepare, an accept or a decision.
  template <class Visit>
  void deliver_to_peer(const State& state, std::uint32_t ballot, std::uint32_t peer,
                       const Visit& visit) const {
    const std::uint32_t server = server_of(ballot, peer);
    const std::uint32_t leader = leader_of(ballot);
    if (get(state, is_decided_of(server)) != 0) return;
    const std::uint32_t promised = get(state, ballot_of(server));
    if (get(state, prepare_to(ballot, peer)) != 0 && promised < ballot) {
      State next = state;
      set(next, prepare_to(ballot, peer), 0);
      set(next, ballot_of(server), ballot);
      set(next, prepared_from(ballot, peer), get(state, vote_of(server)) + 1);
      visit(deliver(Kind::prepare, leader, server, ballot), next);
    }
    if (const std::uint32_t value = get(state, accept_to(ballot, peer));
        value != 0 && promised <= ballot) {
      State next = state;
      set(next, accept_to(ballot, peer), 0);
      set(next, ballot_of(server), ballot);
      set(next, vote_of(server), vote(ballot, value));
      set(next, accepted_from(ballot, peer), 1);
      visit(deliver(Kind::accept, leader, server, ballot), next);
    }
    if (const std::uint32_t value = get(state, decided_to(ballot, peer)); value != 0) {
      State next = state;
      set(next, decided_to(ballot, peer), 0);
      set(next, ballot_of(server), ballot);
      set(next, vote_of(server), vote(ballot, value));
      set(next, is_decided_of(server), 1);
      visit(deliver(Kind::decided, leader, server, ballot), next);
    }
  }

  /// An answer to its prepare or to its accept.
  template <class Visit>
  void deliver_to_leader(const State& state, std::uint32_t ballot, std::uint32_t peer,
                         const Visit& visit) const {
    const std::uint32_t leader = leader_of(ballot);
    const std::uint32_t from = server_of(ballot, peer);
    if (get(state, is_decided_of(leader)) != 0 || get(state, ballot_of(leader)) != ballot) return;
    if (const std::uint32_t answer = get(state, prepared_from(ballot, peer)); answer != 0) {
      State next = state;
      set(next, prepared_from(ballot, peer), 0);
      hear_prepared(next, ballot, from, answer);
      visit(deliver(Kind::prepared, from, leader, ballot), next);
    }
    if (get(state, accepted_from(ballot, peer)) != 0) {
      State next = state;
      set(next, accepted_from(ballot, peer), 0);
      hear_accepted(next, ballot, from);
      visit(deliver(Kind::accepted, from, leader, ballot), next);
    }
  }

  static void hear_prepared(State& next, std::uint32_t ballot, std::uint32_t from,
                            std::uint32_t answer);
  static void hear_accepted(State& next, std::uint32_t ballot, std::uint32_t from);

  std::array<bool, 1024> is_linearizable_{};  ///< by the ten bits of the tester
};

}  // namespace synod::explorer
