// Paxos Commit in words: its rules, which of them decides about which input, which a violation
// shows to be broken.
#include <array>

#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/explain/atomic_commit/telling.h"
#include "scenarios/explain/telling.h"

namespace synod {
namespace {

constexpr auto papers = std::to_array<Paper>({
    {"GL ", "Gray and Lamport, Consensus on Transaction Commit, "},
});

constexpr auto rules = std::to_array<RuleText>({
    {"vote", "How does {1} vote?",
     "A participant may refuse; then its instance of Paxos is to choose abort.", "GL 2 and A.3"},
    {"first_ballot", "In which ballot does {0} vote?",
     "A participant votes in the first ballot of its own instance, which is nobody else's.",
     "GL A.3"},
    {"take_over_ballot", "Which ballot does the node lead, when the highest seen is {1}?",
     "A node that takes over leads a ballot above the first round. The first ballot of an instance "
     "is its participant's, which may yet vote in it: a promise of a lower one does not stop that "
     "vote.",
     "GL A.3"},
    {"value_for_free_instance", "What is proposed for a participant of which no vote was reported?",
     "Where no vote was reported, the leader proposes abort: nobody but the participant itself may "
     "propose commit.",
     "GL A.3"},
    {"decision",
     "What is decided, when the instances have chosen {1}, and the participants are "
     "{0.participants}?",
     "The decision is commit when the instance of every participant has chosen commit, abort as "
     "soon as one has chosen abort, and else none.",
     "GL 4.2"},
    {"decision_at_time_out", "What is decided because the wait was so long?",
     "Waiting decides nothing: a node that hears of no decision leads a ballot of its own.",
     "GL A.3"},
    {"to_store", "What is to be written to disk, when the node has {0}?",
     "A vote, and what an acceptor knows, are on disk before they are spoken of.", "GL 4.2"},
    {"recovered", "What does the node have after the crash, when its disk holds {0}?",
     "A vote, and what an acceptor knows, are there again after a crash.", "GL 4.2"},
});

constexpr auto rules_of_inputs = std::to_array<RuleOfInput>({
    {"vote_request", "vote"},
    {"take_over", "take_over_ballot"},
    {"prepare", "may_promise", "paxos"},
    {"promise", "value_to_propose", "paxos"},
    {"accept", "may_accept", "paxos"},
    {"accepted", "decision"},
    {"restart", "recovered"},
});

constexpr auto kept_rules = std::to_array<KeptRule>({
    {"atomicity", "decision, first_ballot, take_over_ballot",
     "Each participant's vote is what its instance of Paxos chooses, by a quorum of acceptors in "
     "one ballot; the decision follows from what the instances have chosen, and from nothing else.",
     "GL 4.2 and A.3"},
    {"commit_validity", "decision, value_for_free_instance",
     "The decision is commit only when the instance of every participant has chosen commit, and "
     "nobody but the participant proposes commit in a free instance.",
     "GL 4.2 and A.3"},
    {"irrevocability", "to_store, recovered",
     "What the instances have chosen stays chosen: votes are on disk before they are spoken of.",
     "GL 4.2"},
    {"abort_validity", "decision_at_time_out",
     "The decision is abort only when an instance has chosen abort; waiting alone decides nothing.",
     "GL A.3"},
    {"termination", "take_over_ballot",
     "Who hears of no decision in time leads a ballot of its own, and any majority of the "
     "acceptors lets it finish.",
     "GL A.3"},
    {"progress", "take_over_ballot",
     "Who hears of no decision in time leads a ballot of its own, and any majority of the "
     "acceptors lets it finish.",
     "GL A.3"},
});

constexpr Telling telling = {
    .kept_rules = kept_rules,
    .setting = &setting_of_paxos_commit,
    .story = &tell_paxos_commit,
    .evidence = &add_commit_evidence,
};

const RegisteredWords registered({
    .protocol = "paxos_commit",
    .spoken_name = "Paxos Commit",
    .rules_file = "core/paxos_commit/rules.h",
    .papers = papers,
    .rules = rules,
    .rules_of_inputs = rules_of_inputs,
    .telling = &telling,
});

}  // namespace
}  // namespace synod
