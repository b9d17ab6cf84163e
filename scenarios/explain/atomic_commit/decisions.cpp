#include "scenarios/explain/atomic_commit/decisions.h"

#include <algorithm>

#include "scenarios/words/words.h"

namespace synod {
namespace {

std::string decision_in(const Chronicle::Change& change) {
  const bool is_decision = change.part == "disk" && change.name == "decision";
  const bool is_state = change.part == "disk" && change.name == "state";
  return is_state && change.after == "committed" ? "commit"
         : is_state && change.after == "aborted" ? "abort"
         : is_decision && change.after != "none" ? change.after
                                                 : "";
}

class Reader {
 public:
  explicit Reader(const Chronicle& chronicle) : chronicle_(chronicle) {}

  std::vector<NodeDecision> read() {
    for (StepIndex i = 0; i < chronicle_.steps.size(); ++i) {
      const Chronicle::Step& step = chronicle_.steps[i];
      for (const Chronicle::MessageIndex index : step.sent) {
        const Chronicle::Message& message = chronicle_.messages[index];
        if (message.type == "decide" && !message.copy_of) {
          add(message.from, field_of(message, "decision"), i, *message.said_in);
        }
      }
      for (const Chronicle::Change& change : step.changes) {
        if (const std::string decision = decision_in(change); !decision.empty()) {
          add(change.node, decision, i, asked_to_write_in(change.node, decision, i));
        }
      }
      for (const std::string& consequence : step.consequences) {
        constexpr std::string_view learns = " learns ";
        if (const std::size_t place = consequence.find(learns); place != std::string::npos) {
          const std::string node = consequence.substr(0, place);
          const std::string decision = consequence.substr(place + learns.size());
          add(node, decision, i, asked_to_write_in(node, decision, i));
        }
      }
    }
    return std::move(decisions_);
  }

 private:
  void add(const std::string& node, const std::string& decision, StepIndex step,
           StepIndex given_in) {
    const bool is_known = std::any_of(decisions_.begin(), decisions_.end(), [&](const auto& one) {
      return one.node == node && one.decision == decision;
    });
    if (!decision.empty() && !is_known) {
      decisions_.push_back({node, decision, step, given_in});
    }
  }
  /// A write that becomes durable was asked for by an earlier step, which changed the node's
  /// memory.
  [[nodiscard]] StepIndex asked_to_write_in(const std::string& node, const std::string& decision,
                                            StepIndex index) const {
    const auto& steps = chronicle_.steps;
    for (StepIndex i = index + 1; i-- > 0;) {
      for (const Chronicle::Change& change : steps[i].changes) {
        if (change.node == node && change.part == "memory" && change.name.starts_with("durable.") &&
            decision_in({node, "disk", change.name.substr(std::string_view("durable.").size()),
                         change.before, change.after}) == decision) {
          return i;
        }
      }
    }
    while (steps[index].input.empty() && !steps[index].causes.empty()) {
      index = steps[index].causes.front();
    }
    return index;
  }

  const Chronicle& chronicle_;
  std::vector<NodeDecision> decisions_;
};

}  // namespace

std::vector<NodeDecision> decisions_of(const Chronicle& chronicle) {
  return Reader(chronicle).read();
}

/// Of a participant's disk: "yes", "no", or empty where it says nothing of a vote.
static std::string_view vote_in(const Chronicle::Change& change) {
  const bool is_yes = (change.name == "has_voted_yes" && change.after == "yes") ||
                      (change.name == "state" && change.after == "waiting") ||
                      (change.name == "vote" && change.after == "commit");
  const bool is_no = change.name == "vote" && change.after == "abort";
  return change.part != "disk" ? "" : is_yes ? "yes" : is_no ? "no" : "";
}

static void add_unsent(const Chronicle& chronicle, StepIndex until, VotesCast& votes) {
  for (StepIndex i = 0; i <= until && i < chronicle.steps.size(); ++i) {
    for (const Chronicle::Change& change : chronicle.steps[i].changes) {
      const std::string_view vote = vote_in(change);
      const bool is_participant = change.node != chronicle.nodes.front();
      if (is_participant && !vote.empty() &&
          !contains(vote == "yes" ? votes.yes : votes.no, change.node)) {
        add_once(vote == "yes" ? votes.unsent_yes : votes.unsent_no, change.node);
      }
    }
  }
}

VotesCast votes_of(const Chronicle& chronicle, StepIndex until) {
  VotesCast votes;
  for (const Chronicle::Message& message : chronicle.messages) {
    if (message.copy_of || !message.sent_in || *message.sent_in > until) {
      continue;
    }
    // A Paxos Commit participant votes by what it proposes in the first ballot of its own instance.
    const bool is_own = message.type == "accept" &&
                        field_of(message, "participant") == message.from &&
                        field_of(message, "ballot") == "1." + message.from;
    const std::string value = is_own ? field_of(message, "value") : "";
    std::vector<std::string>* const side =
        message.type == "vote_yes" || value == "commit" ? &votes.yes
        : message.type == "vote_no" || value == "abort" ? &votes.no
                                                        : nullptr;
    if (side != nullptr && !contains(*side, message.from)) {
      side->push_back(message.from);
      votes.steps.push_back(*message.sent_in);
    }
  }
  add_unsent(chronicle, until, votes);
  std::sort(votes.yes.begin(), votes.yes.end());
  std::sort(votes.no.begin(), votes.no.end());
  std::sort(votes.steps.begin(), votes.steps.end());
  return votes;
}

}  // namespace synod
