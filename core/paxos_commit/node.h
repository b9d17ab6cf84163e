// A node of Paxos Commit: Gray and Lamport, "Consensus on Transaction Commit" (2006), 4.
//
// One instance of Paxos agrees on each participant's vote, and the transaction commits when all of
// them choose commit. So the decision survives the loss of any minority of the acceptors, and with
// a single one of them, on the coordinator, this is two-phase commit message for message.
//
// A pure function of its inputs: each handler takes one input, changes this object, and appends
// what it wants done to `out`. A node that restarts is a new object started from its disk.
#pragma once

#include "core/one_decision.h"
#include "core/paxos_commit/context.h"
#include "core/paxos_commit/leader.h"
#include "core/waiting_clients.h"

namespace synod::paxos_commit {

class Node {
 public:
  /// First start (with a blank disk) and every restart.
  void start(const Config& config, NodeId self, const Durable& disk, Output& out);
  void on(const Config& config, NodeId from, const Message& message, Output& out);
  /// Whatever the operation: have the transaction done, and tell me how it went.
  void on(const Config& config, const Request& request, Output& out);
  void on(const Config& config, Timer timer, Output& out);

  bool operator==(const Node&) const = default;
  /// The whole state by name, for hashing and for people.
  static constexpr void fields(auto& self, auto&& visit) {
    visit("self", self.self_);
    visit("durable", self.durable_);
    visit("leader", self.leader_);
    visit("decision", self.decision_);
    visit("waiting", self.waiting_);
  }

 private:
  Context context(const Config& config, Output& out) { return {config, self_, durable_, out}; }

  void handle(const Context& context, NodeId from, const Begin& begin);
  void handle(const Context& context, NodeId from, const VoteRequest& request);
  void handle(const Context& context, NodeId from, const Prepare& prepare);
  void handle(const Context& context, NodeId from, const Promise& promise);
  void handle(const Context& context, NodeId from, const Accept& accept);
  void handle(const Context& context, NodeId from, const Accepted& accepted);
  void handle(const Context& context, NodeId from, const Nack& nack);
  void handle(const Context& context, NodeId from, const Decide& decide);
  void handle(const Context& context, NodeId from, const Inquiry& inquiry);

  [[nodiscard]] bool has_learned() const { return decision_ != Decision::none; }
  void conclude(const Context& context, Decision decision);
  void learn(const Context& context, Decision decision);
  static void set_catch_up_timer(const Context& context);

  NodeId self_;
  Durable durable_;
  Leader leader_;
  Decision decision_ = Decision::none;  ///< none until learned; then it never changes
  WaitingClients waiting_;
};

/// The protocol as the simulator takes it (see sim/protocol.h).
struct Protocol : OneDecision {
  static constexpr std::string_view name = "paxos_commit";
  static constexpr std::string_view round_name = "ballot";  ///< see scenarios/explore/rounds.h
  static constexpr bool compares_rounds_only = true;        ///< see there
  using Message = paxos_commit::Message;
  using Durable = paxos_commit::Durable;
  using Timer = paxos_commit::Timer;
  using Config = paxos_commit::Config;
  using Node = paxos_commit::Node;
  static constexpr std::size_t timer_count = paxos_commit::timer_count;
  static constexpr std::string_view timer_name(Timer timer) {
    return timer_names[static_cast<std::size_t>(timer)];
  }
};

}  // namespace synod::paxos_commit
