// Two-phase commit in words: its rules, which of them decides about which input, which a violation
// shows to be broken.
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
    {"may_begin", "May the coordinator begin, with {0} on its disk?",
     "The coordinator asks for votes once. When it comes back with its start record, it aborts and "
     "does not ask again.",
     "BHG 7.4, recovery"},
    {"is_unanimous",
     "Is it unanimous when {1} voted yes, and the participants are {0.participants}?",
     "The coordinator commits only when every participant has voted yes.", "BHG 7.4, step 3"},
    {"decision_without_votes", "What is decided when votes are missing at the end of the wait?",
     "A coordinator that misses votes aborts.", "BHG 7.4, time-out actions"},
    {"decision_after_restart", "What is decided after the crash, with {0} on the disk?",
     "A coordinator that comes back with its start record, and without a decision, aborts.",
     "BHG 7.4, recovery"},
    {"is_vote_yes",
     "Is the vote a yes, with {0} on the disk, when the participant {1?can|cannot} commit?",
     "A vote stays what it was, and after an abort it is no.", "BHG 7.4, step 2"},
    {"decision_when_wait_is_over",
     "What is decided when the wait is over, and others are known to wait too: {0}?",
     "A participant that has voted yes decides only what it is told, however long it waits. Others "
     "that wait too do not know either what the coordinator has decided.",
     "BHG 7.4, time-out actions"},
    {"decision_without_vote_request",
     "What is decided when no vote request has come, with {0} on the disk?",
     "A participant that has not been asked may abort by itself; one that has voted yes may not.",
     "BHG 7.4, time-out actions"},
    {"decision_when_asked", "What is told to whoever asks for the decision, with {0} on the disk?",
     "A node that is asked tells its decision. One that has not voted yet aborts, and tells that; "
     "one that has voted yes has nothing to tell.",
     "BHG 7.4, cooperative termination"},
    {"after_decision", "What is on the disk once {1} has been told, and {0} was there before?",
     "A decision that has been reached is never changed.", "BHG 7.3, AC2"},
    {"to_store", "What is to be written to disk, when the node has {0}?",
     "A participant's yes and the coordinator's commit are on disk before they are sent.",
     "BHG 7.4, the log"},
    {"recovered", "What does the node have after the crash, when its disk holds {0}?",
     "A vote or decision that is on disk is there again after a crash.", "BHG 7.4, the log"},
});

constexpr auto rules_of_inputs = std::to_array<RuleOfInput>({
    {"request", "may_begin"},
    {"begin", "may_begin"},
    {"vote_request", "is_vote_yes"},
    {"vote_yes", "is_unanimous"},
    {"vote_no", "is_unanimous"},
    {"votes", "decision_without_votes"},
    {"decide", "after_decision"},
    {"decision_request", "decision_when_asked"},
    {"decision", "decision_when_wait_is_over"},
    {"restart", "decision_after_restart"},
});

constexpr auto kept_rules = std::to_array<KeptRule>({
    {"atomicity", "is_unanimous, decision_when_wait_is_over",
     "Nobody commits before the coordinator has a yes from every participant, and who has voted "
     "yes decides only what it is told.",
     "BHG 7.4, step 3, and the time-out actions"},
    {"commit_validity", "is_unanimous"},
    {"irrevocability", "after_decision, to_store, recovered",
     "A decision is on disk before it is acted on, and is never changed.",
     "BHG 7.4, the log and recovery"},
    {"abort_validity", "decision_without_votes",
     "The coordinator aborts only after a no, or when votes do not come.",
     "BHG 7.4, step 3, and the time-out actions"},
    {"termination", "decision_when_asked",
     "Who has voted yes asks everybody until somebody knows; while all who know are down it has to "
     "wait. Two-phase commit blocks.",
     "BHG 7.4, cooperative termination"},
    {"progress", "decision_after_restart, decision_when_asked",
     "Once everybody is back, the coordinator decides and tells, after a crash as before one, and "
     "who has not heard asks.",
     "BHG 7.4, recovery, and cooperative termination"},
});

constexpr Telling telling = {
    .kept_rules = kept_rules,
    .setting = &setting_of_commit,
    .story = &tell_commit,
    .evidence = &add_commit_evidence,
};

const RegisteredWords registered({
    .protocol = "two_phase_commit",
    .spoken_name = "two-phase commit",
    .rules_file = "core/two_phase_commit/rules.h",
    .papers = papers,
    .rules = rules,
    .rules_of_inputs = rules_of_inputs,
    .telling = &telling,
});

}  // namespace
}  // namespace synod
