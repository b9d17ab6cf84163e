// What an all-seeing witness remembers of a run of an atomic-commit protocol: who voted what, and
// what each node has decided. Nothing here is erased by a crash.
//
// A node has decided from the first moment that its decision is on its disk, in a message that it
// sent, in an answer to a client, or claimed as learned.
#pragma once

#include "core/atomic_commit.h"
#include "core/fields.h"
#include "core/ids.h"
#include "core/per_id.h"
#include "properties/fault_model.h"

namespace synod::atomic_commit {

class History {
 public:
  void start(const Transaction& transaction) {
    *this = History{};
    transaction_ = transaction;
  }

  [[nodiscard]] const Transaction& transaction() const { return transaction_; }

  [[nodiscard]] NodeSet voted_yes() const { return voted_yes_; }
  [[nodiscard]] NodeSet voted_no() const { return voted_no_; }
  void vote_yes(NodeId participant) { voted_yes_.insert(participant); }
  void vote_no(NodeId participant) { voted_no_.insert(participant); }

  /// What a node decided last; none before it has.
  [[nodiscard]] Decision decision(NodeId node) const { return decisions_[node]; }
  /// Who has decided this.
  [[nodiscard]] NodeSet deciders(Decision decision) const {
    NodeSet nodes;
    for (const NodeId node : transaction_.nodes()) {
      if (decisions_[node] == decision) {
        nodes.insert(node);
      }
    }
    return nodes;
  }
  [[nodiscard]] bool is_decided() const { return is_decided_; }
  void decide(NodeId node, Decision decision) {
    decisions_[node] = decision;
    is_decided_ = true;
  }

  /// A node stopped waiting for another.
  [[nodiscard]] bool has_timed_out() const { return has_timed_out_; }
  void time_out() { has_timed_out_ = true; }

  /// What verdicts depend on, by name.
  static constexpr void fields(auto& self, auto&& visit) {
    leave_out(visit, self.transaction_);  // the same all along a run
    visit("voted_yes", self.voted_yes_);
    visit("voted_no", self.voted_no_);
    visit("decisions", self.decisions_);
    visit("is_decided", self.is_decided_);
    visit("has_timed_out", self.has_timed_out_);
  }

 private:
  Transaction transaction_;
  NodeSet voted_yes_;
  NodeSet voted_no_;
  PerNode<Decision> decisions_{};
  bool is_decided_ = false;
  bool has_timed_out_ = false;
};

}  // namespace synod::atomic_commit
