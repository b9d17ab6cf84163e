// Three-phase commit in words: its rules, which of them decides about which input, which a
// violation shows to be broken.
#include <array>

#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/explain/atomic_commit/telling.h"
#include "scenarios/explain/telling.h"

namespace synod {
namespace {

constexpr auto papers = std::to_array<Paper>({
    {"BHG ", "Bernstein, Hadzilacos and Goodman, "},
});

constexpr auto rules = std::to_array<RuleText>({
    {"vote", "How does the participant vote?",
     "A participant that cannot commit votes no, and aborts.", "BHG 7.5, step 2"},
    {"may_abort_alone", "May the node abort without asking anyone, in the state {0}?",
     "A node that has voted yes, or sent a pre-commit, does not abort by itself.",
     "BHG 7.5, time-out actions"},
    {"after_votes",
     "What comes next, after a yes from {1} and a no from {2}, when the participants are "
     "{0.participants} and the time for votes is {3?over|not over}?",
     "When every participant has voted yes, the coordinator sends the pre-commit, and commits only "
     "when that is acknowledged. On a no, or a missing vote, it aborts.",
     "BHG 7.5, step 3"},
    {"may_pre_commit", "May the node become pre-committed, in the state {0}?",
     "Only a participant that has voted yes, and knows no decision, becomes pre-committed.",
     "BHG 7.5, step 4"},
    {"after_acks",
     "What comes next, when the pre-commit is acknowledged by {2} and the time for that is "
     "{3?over|not over}?",
     "A node that has sent the pre-commit waits until all have acknowledged it, or their time is "
     "over, which says that they are dead. Then it commits, and never aborts: others may be "
     "pre-committed, and commit.",
     "BHG 7.5, step 5"},
    {"after_reports",
     "What comes next, when the states reported are {1}, and the time for reports is {2?over|not "
     "over}?",
     "A node that takes over aborts if somebody has aborted (TR1), commits if somebody has "
     "committed "
     "(TR2), aborts if all alive are waiting (TR3), and if somebody is pre-committed, brings the "
     "others there before it commits (TR4).",
     "BHG 7.5, TR1 to TR4"},
});

constexpr auto rules_of_inputs = std::to_array<RuleOfInput>({
    {"vote_request", "vote"},
    {"vote_yes", "after_votes"},
    {"vote_no", "after_votes"},
    {"votes", "after_votes"},
    {"pre_commit", "may_pre_commit"},
    {"pre_commit_ack", "after_acks"},
    {"acks", "after_acks"},
    {"silence", "may_abort_alone"},
    {"state_request", "may_abort_alone"},
    {"state_report", "after_reports"},
    {"reports", "after_reports"},
});

constexpr auto kept_rules = std::to_array<KeptRule>({
    {"atomicity", "after_acks, after_reports",
     "Nobody commits before every participant that is up is pre-committed, and who takes over "
     "commits if it finds one that is, and aborts if it finds none. That is enough as long as "
     "crashed nodes stay down and time-outs tell the truth.",
     "BHG 7.5, TR1 to TR4"},
    {"commit_validity", "after_votes"},
    {"irrevocability", "may_pre_commit, after_reports",
     "A decision is on disk before it is acted on, and is never changed.", "BHG 7.5, recovery"},
    {"abort_validity", "after_votes",
     "The coordinator aborts only after a no, or when votes do not come.",
     "BHG 7.5, step 3, and the time-out actions"},
    {"termination", "after_reports",
     "Who hears nothing in time takes over, asks all for their states, and brings the transaction "
     "to an end.",
     "BHG 7.5, TR1 to TR4"},
    {"progress", "after_reports",
     "Who hears nothing in time takes over, asks all for their states, and brings the transaction "
     "to an end.",
     "BHG 7.5, TR1 to TR4"},
});

constexpr Telling telling = {
    .kept_rules = kept_rules,
    .setting = &setting_of_commit,
    .story = &tell_commit,
    .evidence = &add_commit_evidence,
};

const RegisteredWords registered({
    .protocol = "three_phase_commit",
    .spoken_name = "three-phase commit",
    .rules_file = "core/three_phase_commit/rules.h",
    .papers = papers,
    .rules = rules,
    .rules_of_inputs = rules_of_inputs,
    .telling = &telling,
});

}  // namespace
}  // namespace synod
