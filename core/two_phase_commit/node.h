// A node of two-phase commit. n1 coordinates the transaction, every other node is a participant.
//
// A pure function of its inputs: each handler takes one input, changes this object, and appends
// what it wants done to `out`. A node that restarts is a new object started from its disk.
//
// A client asks for the transaction to be done, whatever its operation is called, and is told the
// decision. Nodes never give up: they answer when they know, if ever they do.
#pragma once

#include "core/two_phase_commit/context.h"
#include "core/two_phase_commit/coordinator.h"
#include "core/two_phase_commit/learner.h"
#include "core/two_phase_commit/participant.h"

namespace synod::two_phase_commit {

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
    visit("coordinator", self.coordinator_);
    visit("participant", self.participant_);
    visit("learner", self.learner_);
  }

 private:
  Context context(const Config& config, Output& out) { return {config, self_, durable_, out}; }
  void on_catch_up_timer(const Context& context);
  /// On disk or on its way there: good to tell, for a Decide is held back until it is there.
  [[nodiscard]] Decision decided(const Context& context) const;
  void tell_if_decided(const Context& context, NodeId to) const;

  void handle(const Context& context, NodeId from, const Begin& begin);
  void handle(const Context& context, NodeId from, const VoteRequest& request);
  void handle(const Context& context, NodeId from, const VoteYes& vote);
  void handle(const Context& context, NodeId from, const VoteNo& vote);
  void handle(const Context& context, NodeId from, const Decide& decide);
  void handle(const Context& context, NodeId from, const Ack& ack);
  void handle(const Context& context, NodeId from, const DecisionRequest& request);
  void handle(const Context& context, NodeId from, const Prepared& prepared);
  void handle(const Context& context, NodeId from, const Inquiry& inquiry);

  NodeId self_;
  Durable durable_;
  Coordinator coordinator_;  ///< idle in a participant
  Participant participant_;  ///< idle in the coordinator
  Learner learner_;
};

/// The protocol as the simulator takes it (see sim/protocol.h).
struct Protocol : OneDecision {
  static constexpr std::string_view name = "two_phase_commit";
  static constexpr bool compares_rounds_only = true;  ///< see scenarios/explore/rounds.h
  using Message = two_phase_commit::Message;
  using Durable = two_phase_commit::Durable;
  using Timer = two_phase_commit::Timer;
  using Config = two_phase_commit::Config;
  using Node = two_phase_commit::Node;
  static constexpr std::size_t timer_count = two_phase_commit::timer_count;
  static constexpr std::string_view timer_name(Timer timer) {
    return timer_names[static_cast<std::size_t>(timer)];
  }
};

}  // namespace synod::two_phase_commit
