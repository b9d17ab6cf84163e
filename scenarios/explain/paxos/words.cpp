// Paxos in words: its rules, which of them decides about which input, which a violation
// shows to be broken.
#include <array>

#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/explain/paxos/telling.h"
#include "scenarios/explain/telling.h"
#include "scenarios/protocols/paxos_options.h"

namespace synod {
namespace {

constexpr auto papers = std::to_array<Paper>({
    {"PMS ", "Lamport, Paxos Made Simple, "},
});

constexpr auto rules = std::to_array<RuleText>({
    {"next_ballot",
     "Which ballot comes next, when the highest round tried is {0.round_tried}, the ballot "
     "promised is {0.promised}, and the highest heard of is {1}?",
     "A proposer's next ballot is its own, and above all that it has tried, promised or heard of. "
     "What it has tried is on disk, so that it uses no ballot again after a restart.",
     "PMS 2.2 and 2.5",
     "remembers (in stable storage) the highest-numbered proposal it has tried to issue"},
    {"may_promise",
     "May an acceptor promise ballot {1}, when it has promised {0.promised} and its vote is "
     "{0.vote}?",
     "An acceptor promises only a ballot above every one that it has promised.",
     "PMS 2.2, phase 1(b)",
     "greater than that of any prepare request to which it has already responded"},
    {"after_promise",
     "What does an acceptor with {0} have once it has promised ballot {1}, to a Prepare with the "
     "value {2}?",
     "To promise is to remember the ballot, so that no lower one gets a vote. The value that came "
     "with the Prepare is not voted for.",
     "PMS 2.2, phase 1(b)", "a promise not to accept any more proposals numbered less than n"},
    {"vote_to_report",
     "Which vote does a promise report, when the vote cast is {0.vote} and the ballot promised is "
     "{0.promised}?",
     "A promise reports the highest-numbered vote that its acceptor has cast.",
     "PMS 2.2, phase 1(b)",
     "… and with the highest-numbered proposal (if any) that it has accepted"},
    {"is_reply_to", "Does a reply to ballot {1} count, when the ballot under way is {0}?",
     "A reply counts for the ballot that it answers, and for no other.", "PMS 2.2, phase 2(a)",
     "a response to its prepare requests (numbered n)"},
    {"count_promise",
     "Who has promised, now that a promise comes from {1}, and had come from {0} before?",
     "Promises are counted by acceptor: one that arrives twice counts once.", "PMS 2.2, phase 2(a)",
     "from a majority of acceptors"},
    {"is_phase1_quorum", "Is it a quorum when {1} promised the ballot?",
     "A proposer proposes when a quorum has promised its ballot, and not before: so many acceptors "
     "that those who may have chosen a value in a lower ballot cannot all be missing.",
     "PMS 2.2, phase 2(a); Howard, Malkhi and Spiegelman, Flexible Paxos, 3",
     "from a majority of acceptors"},
    {"value_to_propose",
     "Which value is to be proposed, when {0} promised, reporting {1}, and the value asked for is "
     "{2}?",
     "A proposer proposes the value of the highest-numbered vote that its quorum "
     "reported, and a value of its own only when they reported none.",
     "PMS 2.2, phase 2(a)", "the value of the highest-numbered proposal among the responses"},
    {"value_to_repeat",
     "Which value is to be sent again in the ballot, when {0} was proposed in it, and {1} is asked "
     "for now?",
     "One ballot, one value, however often it is sent.", "PMS 2.2",
     "different proposals have different numbers"},
    {"may_accept",
     "May an acceptor vote for {2} in ballot {1}, when it has promised {0.promised} and its vote "
     "is {0.vote}?",
     "An acceptor votes in no ballot below one that it has promised, and in every other that it is "
     "asked to.",
     "PMS 2.2, phase 2(b)",
     "unless it has already responded to a prepare request having a number greater than n"},
    {"after_accept", "What does an acceptor with {0} have once it has voted for {2} in ballot {1}?",
     "A vote takes the place of the one before it, and is a promise too: no lower ballot gets a "
     "vote after it.",
     "PMS 2.2, phase 2(b)"},
    {"count_vote", "Which votes have been heard of, when {2} comes from {1}, after {0}?",
     "Each acceptor counts once, with its highest-numbered vote.", "PMS 2.3"},
    {"is_chosen", "Is {2} chosen, by the votes {1}?",
     "A value is chosen when a quorum has voted for it in one and the same ballot. Votes for it in "
     "different ballots do not add up.",
     "PMS 2.1 and 2.3"},
    {"vote_to_tell",
     "Which vote is told to whoever asks, when the vote cast is {0.vote} and the ballot promised "
     "is {0.promised}?",
     "Whoever asks is told the vote that was cast, with the ballot in which it was.", "PMS 2.3"},
    {"value_read", "Which value is chosen, when {1} reported {2}?",
     "A read finds a value only where a quorum reports it in one ballot. The highest vote reported "
     "need not be chosen, nor a value that most report.",
     "PMS 2.3"},
    {"to_store", "What is to be written to disk, when the node has {0}?",
     "A promise or vote is on disk before it is spoken of.", "PMS 2.5",
     "records its intended response in stable storage before actually sending the response"},
    {"recovered", "What does the node have after the crash, when its disk holds {0}?",
     "A promise or vote that is on disk is there again after a crash.", "PMS 2.5",
     "Stable storage, preserved during failures, is used to maintain the information that the "
     "acceptor must remember"},
    {"outcome_of_giving_up",
     "What is the client told when the node gives up, after {0?an Accept|no Accept} with the value "
     "has left?",
     "A client is told that its value will never be chosen only when no Accept with it has left. A "
     "later ballot may find a vote for it, and get it chosen.",
     "PMS 2.2, phase 2(a)"},
    {"may_answer_nothing_chosen",
     "May a read be told that nothing is chosen, when it came {0?before|after} the promises were "
     "asked for?",
     "A read is told that nothing is chosen only by a quorum that promised after it had asked, and "
     "reported no vote.",
     "PMS 2.3"},
    {"value_to_answer",
     "What is the answer to {0.request}, which asked for {0.value}, when {1} is chosen?",
     "A client is told the value that was chosen, whoever asked for it.", "PMS 2.3"},
});

constexpr auto rules_of_inputs = std::to_array<RuleOfInput>({
    {"request", "next_ballot"},
    {"back_off", "next_ballot"},
    {"prepare", "may_promise"},
    {"promise", "value_to_propose"},
    {"accept", "may_accept"},
    {"accepted", "is_chosen"},
    {"attempt", "value_to_repeat"},
    {"query", "vote_to_tell"},
    {"report", "value_read"},
    {"deadline", "outcome_of_giving_up"},
    {"restart", "recovered"},
});

constexpr auto kept_rules = std::to_array<KeptRule>({
    {"agreement", "value_to_propose"},
    {"proposals_safe", "value_to_propose"},
    {"promises_kept", "may_accept"},
    {"truthful_promise", "vote_to_report"},
    {"durable_before_visible", "to_store"},
    {"decided_implies_chosen", "is_chosen"},
    {"learners_agree", "is_chosen"},
    {"one_value_per_ballot", "next_ballot, value_to_repeat",
     "A ballot belongs to one proposer, which proposes one value in it, however often it sends it.",
     "PMS 2.2: \"different proposals have different numbers\""},
    {"ballots_rise", "next_ballot"},
    {"validity", "value_to_propose",
     "A proposer proposes the value of the highest-numbered vote that was reported to it, or, when "
     "none was, one that a client has asked for.",
     "PMS 2.2, phase 2(a)"},
    {"client_answers_true",
     "value_to_answer, value_read, outcome_of_giving_up, may_answer_nothing_chosen",
     "A client is told that a value is chosen only when it is, that it will never be only when no "
     "Accept with it has left, and that nothing is chosen only by a quorum that promised after it "
     "asked and reported no vote.",
     "PMS 2.3"},
    {"progress", "next_ballot, may_promise, is_phase1_quorum, may_accept",
     "A proposer that a quorum answers, and that no other disturbs, gets a value chosen: acceptors "
     "accept what they have promised, and one that is outbid waits before it tries again.",
     "PMS 2.4"},
});

constexpr Telling telling = {
    .kept_rules = kept_rules,
    .setting = &setting_of_paxos,
    .story = &tell_paxos,
    .evidence = &add_paxos_evidence,
};

const RegisteredWords registered({
    .protocol = "paxos",
    .spoken_name = "Paxos",
    .rules_file = "core/paxos/rules.h",
    .papers = papers,
    .rules = rules,
    .rules_of_inputs = rules_of_inputs,
    .votes_to_choose =
        [](const Configuration& c) { return options_of<PaxosOptions>(c).phase2_quorum; },
    .telling = &telling,
});

}  // namespace
}  // namespace synod
