// A node of three-phase commit: the coordinator, or a participant that may take over from it.
//
// A pure function of its inputs: each handler takes one input, changes this object, and appends
// what it wants done to `out`. A node that restarts is a new object started from its disk.
//
// The fault model is in timing.h: inside it all that are alive decide, and nobody, dead or alive,
// decides otherwise. Outside it they decide all the same, and may disagree.
#pragma once

#include "core/three_phase_commit/context.h"
#include "core/three_phase_commit/coordinator.h"
#include "core/three_phase_commit/learner.h"
#include "core/three_phase_commit/participant.h"
#include "core/three_phase_commit/pre_committing.h"
#include "core/three_phase_commit/takeover.h"

namespace synod::three_phase_commit {

class Node {
 public:
  /// First start (with a blank disk) and every restart.
  void start(const Config& config, NodeId self, const Durable& disk, Output& out);
  void on(const Config& config, NodeId from, const Message& message, Output& out);
  /// Whatever a client asks for, it means: have the transaction done, and tell me how it ended.
  void on(const Config& config, const Request& request, Output& out);
  void on(const Config& config, Timer timer, Output& out);

  bool operator==(const Node&) const = default;
  /// The whole state by name, for hashing and for people.
  static constexpr void fields(auto& self, auto&& visit) {
    visit("self", self.self_);
    visit("durable", self.durable_);
    visit("coordinator", self.coordinator_);
    visit("takeover", self.takeover_);
    visit("pre_committing", self.pre_committing_);
    visit("learner", self.learner_);
  }

 private:
  Context context(const Config& config, Output& out) { return {config, self_, durable_, out}; }

  void handle(const Context& context, NodeId from, const Begin& begin);
  void handle(const Context& context, NodeId from, const VoteRequest& request);
  void handle(const Context& context, NodeId from, const VoteYes& vote);
  void handle(const Context& context, NodeId from, const VoteNo& vote);
  void handle(const Context& context, NodeId from, const PreCommit& pre_commit);
  void handle(const Context& context, NodeId from, const PreCommitAck& ack);
  void handle(const Context& context, NodeId from, const Decide& decide);
  void handle(const Context& context, NodeId from, const StateRequest& request);
  void handle(const Context& context, NodeId from, const StateReport& report);
  void handle(const Context& context, NodeId from, const Inquiry& inquiry);
  void handle(const Context& context, Timer timer);

  NodeId self_;
  Durable durable_;
  Coordinator coordinator_;
  Takeover takeover_;
  PreCommitting pre_committing_;
  Learner learner_;
};

/// The protocol as the simulator takes it (see sim/protocol.h).
struct Protocol : OneDecision {
  static constexpr std::string_view name = "three_phase_commit";
  static constexpr bool compares_rounds_only = true;  ///< see scenarios/explore/rounds.h
  using Message = three_phase_commit::Message;
  using Durable = three_phase_commit::Durable;
  using Timer = three_phase_commit::Timer;
  using Config = three_phase_commit::Config;
  using Node = three_phase_commit::Node;
  static constexpr std::size_t timer_count = three_phase_commit::timer_count;
  static constexpr std::string_view timer_name(Timer timer) {
    return timer_names[static_cast<std::size_t>(timer)];
  }
};

}  // namespace synod::three_phase_commit
