// A Paxos node: proposer, acceptor and learner in one, as in Lamport, "Paxos Made Simple" 2.5.
//
// A pure function of its inputs: each handler takes one input, changes this object, and appends
// what it wants done to `out`. A node that restarts is a new object started from its disk.
#pragma once

#include "core/paxos/acceptor.h"
#include "core/paxos/context.h"
#include "core/paxos/learner.h"
#include "core/paxos/proposer.h"
#include "core/paxos/reader.h"

namespace synod::paxos {

class Node {
 public:
  /// First start (with a blank disk) and every restart.
  void start(const Config& config, NodeId self, const Durable& disk, Output& out);
  void on(const Config& config, NodeId from, const Message& message, Output& out);
  void on(const Config& config, const Request& request, Output& out);
  void on(const Config& config, Timer timer, Output& out);

  bool operator==(const Node&) const = default;
  /// The whole state by name, for hashing and for people.
  static constexpr void fields(auto& self, auto&& visit) {
    visit("self", self.self_);
    visit("durable", self.durable_);
    visit("proposer", self.proposer_);
    visit("learner", self.learner_);
    visit("reader", self.reader_);
  }

 private:
  Context context(const Config& config, Output& out) { return {config, self_, durable_, out}; }

  void handle(const Context& context, NodeId from, const Prepare& prepare);
  void handle(const Context& context, NodeId from, const Promise& promise);
  void handle(const Context& context, NodeId from, const Accept& accept);
  void handle(const Context& context, NodeId from, const Accepted& accepted);
  void handle(const Context& context, NodeId from, const Nack& nack);
  void handle(const Context& context, NodeId from, const Decide& decide);
  void handle(const Context& context, NodeId from, const Query& query);
  void handle(const Context& context, NodeId from, const Report& report);
  void on_learned(const Context& context);

  NodeId self_;
  Durable durable_;
  Proposer proposer_;
  Learner learner_;
  Reader reader_;
};

/// The protocol as the simulator takes it (see sim/protocol.h).
struct Protocol : OneDecision {
  static constexpr std::string_view name = "paxos";
  static constexpr std::string_view round_name = "ballot";  ///< see scenarios/explore/rounds.h
  static constexpr bool compares_rounds_only = true;        ///< see there
  using Message = paxos::Message;
  using Durable = paxos::Durable;
  using Timer = paxos::Timer;
  using Config = paxos::Config;
  using Node = paxos::Node;
  static constexpr std::size_t timer_count = paxos::timer_count;
  static constexpr std::string_view timer_name(Timer timer) {
    return timer_names[static_cast<std::size_t>(timer)];
  }
};

}  // namespace synod::paxos
