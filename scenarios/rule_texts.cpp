#include "scenarios/rule_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "scenarios/words.h"

namespace synod {
namespace {

constexpr std::string_view paxos = "paxos";
constexpr std::string_view two_phase = "two_phase_commit";
constexpr std::string_view three_phase = "three_phase_commit";
constexpr std::string_view paxos_commit = "paxos_commit";

constexpr auto papers = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"PMS ", "Lamport, Paxos Made Simple, "},
    {"BHG ", "Bernstein, Hadzilacos and Goodman, "},
    {"GL ", "Gray and Lamport, Consensus on Transaction Commit, "},
});

constexpr auto all_texts = std::to_array<RuleText>({
    {paxos, "next_ballot",
     "Which ballot comes next, when the highest round tried is {0.round_tried}, the ballot "
     "promised is {0.promised}, and the highest heard of is {1}?",
     "A proposer's next ballot is its own, and above all that it has tried, promised or heard of. "
     "What it has tried is on disk, so that it uses no ballot again after a restart.",
     "PMS 2.2 and 2.5",
     "remembers (in stable storage) the highest-numbered proposal it has tried to issue"},
    {paxos, "may_promise",
     "May an acceptor promise ballot {1}, when it has promised {0.promised} and its vote is "
     "{0.vote}?",
     "An acceptor promises only a ballot above every one that it has promised.",
     "PMS 2.2, phase 1(b)",
     "greater than that of any prepare request to which it has already responded"},
    {paxos, "after_promise",
     "What does an acceptor with {0} have once it has promised ballot {1}, to a Prepare with the "
     "value {2}?",
     "To promise is to remember the ballot, so that no lower one gets a vote. The value that came "
     "with the Prepare is not voted for.",
     "PMS 2.2, phase 1(b)", "a promise not to accept any more proposals numbered less than n"},
    {paxos, "vote_to_report",
     "Which vote does a promise report, when the vote cast is {0.vote} and the ballot promised is "
     "{0.promised}?",
     "A promise reports the highest-numbered vote that its acceptor has cast.",
     "PMS 2.2, phase 1(b)",
     "… and with the highest-numbered proposal (if any) that it has accepted"},
    {paxos, "is_reply_to", "Does a reply to ballot {1} count, when the ballot under way is {0}?",
     "A reply counts for the ballot that it answers, and for no other.", "PMS 2.2, phase 2(a)",
     "a response to its prepare requests (numbered n)"},
    {paxos, "count_promise",
     "Who has promised, now that a promise comes from {1}, and had come from {0} before?",
     "Promises are counted by acceptor: one that arrives twice counts once.", "PMS 2.2, phase 2(a)",
     "from a majority of acceptors"},
    {paxos, "is_phase1_quorum", "Is it a quorum when {1} promised the ballot?",
     "A proposer proposes when a quorum has promised its ballot, and not before: so many acceptors "
     "that those who may have chosen a value in a lower ballot cannot all be missing.",
     "PMS 2.2, phase 2(a); Howard, Malkhi and Spiegelman, Flexible Paxos, 3",
     "from a majority of acceptors"},
    {paxos, "value_to_propose",
     "Which value is to be proposed, when {0} promised, reporting {1}, and the value asked for is "
     "{2}?",
     "A proposer proposes the value of the highest-numbered vote that its quorum "
     "reported, and a value of its own only when they reported none.",
     "PMS 2.2, phase 2(a)", "the value of the highest-numbered proposal among the responses"},
    {paxos, "value_to_repeat",
     "Which value is to be sent again in the ballot, when {0} was proposed in it, and {1} is asked "
     "for now?",
     "One ballot, one value, however often it is sent.", "PMS 2.2",
     "different proposals have different numbers"},
    {paxos, "may_accept",
     "May an acceptor vote for {2} in ballot {1}, when it has promised {0.promised} and its vote "
     "is {0.vote}?",
     "An acceptor votes in no ballot below one that it has promised, and in every other that it is "
     "asked to.",
     "PMS 2.2, phase 2(b)",
     "unless it has already responded to a prepare request having a number greater than n"},
    {paxos, "after_accept",
     "What does an acceptor with {0} have once it has voted for {2} in ballot {1}?",
     "A vote takes the place of the one before it, and is a promise too: no lower ballot gets a "
     "vote after it.",
     "PMS 2.2, phase 2(b)"},
    {paxos, "count_vote", "Which votes have been heard of, when {2} comes from {1}, after {0}?",
     "Each acceptor counts once, with its highest-numbered vote.", "PMS 2.3"},
    {paxos, "is_chosen", "Is {2} chosen, by the votes {1}?",
     "A value is chosen when a quorum has voted for it in one and the same ballot. Votes for it in "
     "different ballots do not add up.",
     "PMS 2.1 and 2.3"},
    {paxos, "vote_to_tell",
     "Which vote is told to whoever asks, when the vote cast is {0.vote} and the ballot promised "
     "is {0.promised}?",
     "Whoever asks is told the vote that was cast, with the ballot in which it was.", "PMS 2.3"},
    {paxos, "value_read", "Which value is chosen, when {1} reported {2}?",
     "A read finds a value only where a quorum reports it in one ballot. The highest vote reported "
     "need not be chosen, nor a value that most report.",
     "PMS 2.3"},
    {paxos, "to_store", "What is to be written to disk, when the node has {0}?",
     "A promise or vote is on disk before it is spoken of.", "PMS 2.5",
     "records its intended response in stable storage before actually sending the response"},
    {paxos, "recovered", "What does the node have after the crash, when its disk holds {0}?",
     "A promise or vote that is on disk is there again after a crash.", "PMS 2.5",
     "Stable storage, preserved during failures, is used to maintain the information that the "
     "acceptor must remember"},
    {paxos, "outcome_of_giving_up",
     "What is the client told when the node gives up, after {0?an Accept|no Accept} with the value "
     "has left?",
     "A client is told that its value will never be chosen only when no Accept with it has left. A "
     "later ballot may find a vote for it, and get it chosen.",
     "PMS 2.2, phase 2(a)"},
    {paxos, "may_answer_nothing_chosen",
     "May a read be told that nothing is chosen, when it came {0?before|after} the promises were "
     "asked for?",
     "A read is told that nothing is chosen only by a quorum that promised after it had asked, and "
     "reported no vote.",
     "PMS 2.3"},
    {paxos, "value_to_answer",
     "What is the answer to {0.request}, which asked for {0.value}, when {1} is chosen?",
     "A client is told the value that was chosen, whoever asked for it.", "PMS 2.3"},

    {two_phase, "may_begin", "May the coordinator begin, with {0} on its disk?",
     "The coordinator asks for votes once. When it comes back with its start record, it aborts and "
     "does not ask again.",
     "BHG 7.4, recovery"},
    {two_phase, "is_unanimous",
     "Is it unanimous when {1} voted yes, and the participants are {0.participants}?",
     "The coordinator commits only when every participant has voted yes.", "BHG 7.4, step 3"},
    {two_phase, "decision_without_votes",
     "What is decided when votes are missing at the end of the wait?",
     "A coordinator that misses votes aborts.", "BHG 7.4, time-out actions"},
    {two_phase, "decision_after_restart", "What is decided after the crash, with {0} on the disk?",
     "A coordinator that comes back with its start record, and without a decision, aborts.",
     "BHG 7.4, recovery"},
    {two_phase, "is_vote_yes",
     "Is the vote a yes, with {0} on the disk, when the participant {1?can|cannot} commit?",
     "A vote stays what it was, and after an abort it is no.", "BHG 7.4, step 2"},
    {two_phase, "decision_when_wait_is_over",
     "What is decided when the wait is over, and others are known to wait too: {0}?",
     "A participant that has voted yes decides only what it is told, however long it waits. Others "
     "that wait too do not know either what the coordinator has decided.",
     "BHG 7.4, time-out actions"},
    {two_phase, "decision_without_vote_request",
     "What is decided when no vote request has come, with {0} on the disk?",
     "A participant that has not been asked may abort by itself; one that has voted yes may not.",
     "BHG 7.4, time-out actions"},
    {two_phase, "decision_when_asked",
     "What is told to whoever asks for the decision, with {0} on the disk?",
     "A node that is asked tells its decision. One that has not voted yet aborts, and tells that; "
     "one that has voted yes has nothing to tell.",
     "BHG 7.4, cooperative termination"},
    {two_phase, "after_decision",
     "What is on the disk once {1} has been told, and {0} was there before?",
     "A decision that has been reached is never changed.", "BHG 7.3, AC2"},
    {two_phase, "to_store", "What is to be written to disk, when the node has {0}?",
     "A participant's yes and the coordinator's commit are on disk before they are sent.",
     "BHG 7.4, the log"},
    {two_phase, "recovered", "What does the node have after the crash, when its disk holds {0}?",
     "A vote or decision that is on disk is there again after a crash.", "BHG 7.4, the log"},

    {three_phase, "vote", "How does the participant vote?",
     "A participant that cannot commit votes no, and aborts.", "BHG 7.5, step 2"},
    {three_phase, "may_abort_alone", "May the node abort without asking anyone, in the state {0}?",
     "A node that has voted yes, or sent a pre-commit, does not abort by itself.",
     "BHG 7.5, time-out actions"},
    {three_phase, "after_votes",
     "What comes next, after a yes from {1} and a no from {2}, when the participants are "
     "{0.participants} and the time for votes is {3?over|not over}?",
     "When every participant has voted yes, the coordinator sends the pre-commit, and commits only "
     "when that is acknowledged. On a no, or a missing vote, it aborts.",
     "BHG 7.5, step 3"},
    {three_phase, "may_pre_commit", "May the node become pre-committed, in the state {0}?",
     "Only a participant that has voted yes, and knows no decision, becomes pre-committed.",
     "BHG 7.5, step 4"},
    {three_phase, "after_acks",
     "What comes next, when the pre-commit is acknowledged by {2} and the time for that is "
     "{3?over|not over}?",
     "A node that has sent the pre-commit waits until all have acknowledged it, or their time is "
     "over, which says that they are dead. Then it commits, and never aborts: others may be "
     "pre-committed, and commit.",
     "BHG 7.5, step 5"},
    {three_phase, "after_reports",
     "What comes next, when the states reported are {1}, and the time for reports is {2?over|not "
     "over}?",
     "A node that takes over aborts if somebody has aborted (TR1), commits if somebody has "
     "committed "
     "(TR2), aborts if all alive are waiting (TR3), and if somebody is pre-committed, brings the "
     "others there before it commits (TR4).",
     "BHG 7.5, TR1 to TR4"},

    {paxos_commit, "vote", "How does {1} vote?",
     "A participant may refuse; then its instance of Paxos is to choose abort.", "GL 2 and A.3"},
    {paxos_commit, "first_ballot", "In which ballot does {0} vote?",
     "A participant votes in the first ballot of its own instance, which is nobody else's.",
     "GL A.3"},
    {paxos_commit, "take_over_ballot",
     "Which ballot does the node lead, when the highest seen is {1}?",
     "A node that takes over leads a ballot above the first round. The first ballot of an instance "
     "is its participant's, which may yet vote in it: a promise of a lower one does not stop that "
     "vote.",
     "GL A.3"},
    {paxos_commit, "value_for_free_instance",
     "What is proposed for a participant of which no vote was reported?",
     "Where no vote was reported, the leader proposes abort: nobody but the participant itself may "
     "propose commit.",
     "GL A.3"},
    {paxos_commit, "decision",
     "What is decided, when the instances have chosen {1}, and the participants are "
     "{0.participants}?",
     "The decision is commit when the instance of every participant has chosen commit, abort as "
     "soon as one has chosen abort, and else none.",
     "GL 4.2"},
    {paxos_commit, "decision_at_time_out", "What is decided because the wait was so long?",
     "Waiting decides nothing: a node that hears of no decision leads a ballot of its own.",
     "GL A.3"},
    {paxos_commit, "to_store", "What is to be written to disk, when the node has {0}?",
     "A vote, and what an acceptor knows, are on disk before they are spoken of.", "GL 4.2"},
    {paxos_commit, "recovered", "What does the node have after the crash, when its disk holds {0}?",
     "A vote, and what an acceptor knows, are there again after a crash.", "GL 4.2"},
});

struct RuleOfInput {
  std::string_view protocol;
  std::string_view input;
  std::string_view rule;
};

constexpr auto rules_of_inputs = std::to_array<RuleOfInput>({
    {paxos, "request", "next_ballot"},
    {paxos, "back_off", "next_ballot"},
    {paxos, "prepare", "may_promise"},
    {paxos, "promise", "value_to_propose"},
    {paxos, "accept", "may_accept"},
    {paxos, "accepted", "is_chosen"},
    {paxos, "attempt", "value_to_repeat"},
    {paxos, "query", "vote_to_tell"},
    {paxos, "report", "value_read"},
    {paxos, "deadline", "outcome_of_giving_up"},
    {paxos, "restart", "recovered"},

    {two_phase, "request", "may_begin"},
    {two_phase, "begin", "may_begin"},
    {two_phase, "vote_request", "is_vote_yes"},
    {two_phase, "vote_yes", "is_unanimous"},
    {two_phase, "vote_no", "is_unanimous"},
    {two_phase, "votes", "decision_without_votes"},
    {two_phase, "decide", "after_decision"},
    {two_phase, "decision_request", "decision_when_asked"},
    {two_phase, "decision", "decision_when_wait_is_over"},
    {two_phase, "restart", "decision_after_restart"},

    {three_phase, "vote_request", "vote"},
    {three_phase, "vote_yes", "after_votes"},
    {three_phase, "vote_no", "after_votes"},
    {three_phase, "votes", "after_votes"},
    {three_phase, "pre_commit", "may_pre_commit"},
    {three_phase, "pre_commit_ack", "after_acks"},
    {three_phase, "acks", "after_acks"},
    {three_phase, "silence", "may_abort_alone"},
    {three_phase, "state_request", "may_abort_alone"},
    {three_phase, "state_report", "after_reports"},
    {three_phase, "reports", "after_reports"},

    {paxos_commit, "vote_request", "vote"},
    {paxos_commit, "take_over", "take_over_ballot"},
    {paxos_commit, "prepare", "may_promise"},
    {paxos_commit, "promise", "value_to_propose"},
    {paxos_commit, "accept", "may_accept"},
    {paxos_commit, "accepted", "decision"},
    {paxos_commit, "restart", "recovered"},
});

// ---- Questions and answers ----------------------------------------------------------------------

bool says_nothing(std::string_view text) {
  return text.empty() || text == "none" || text == "no" || text == "0" || text == "initial" ||
         text == "{}";
}

/// "promised 2.n1, vote red@1.n1"; of what there is for each node, "red@1.n1 from n1 and n2".
std::string fields_text(const FieldTexts& fields) {
  if (fields.size() == 1 && fields.front().first.empty()) {
    return spoken(fields.front().second);
  }
  std::vector<std::string> parts;
  std::map<std::string, std::vector<std::string>> nodes_with;
  for (const auto& [name, text] : fields) {
    if (says_nothing(text)) {
      continue;
    }
    if (name.ends_with(']') && name.find('[') == name.rfind('[')) {
      const std::size_t begin = name.find('[') + 1;
      nodes_with[text].push_back(name.substr(begin, name.size() - 1 - begin));
    } else if (name != "from") {  // those whose states follow
      parts.push_back(fmt::format("{} {}", name, spoken(text)));
    }
  }
  for (const auto& [text, nodes] : nodes_with) {
    parts.push_back(fmt::format("{} from {}", text, listed(nodes)));
  }
  return parts.empty() ? "nothing" : joined(parts, ", ");
}

/// What the mark stands for: "0"; "0.vote"; "3?over|not over", one or the other.
std::string filled_in(std::string_view mark, const std::vector<FieldTexts>& given) {
  const auto place = static_cast<std::size_t>(mark.front() - '0');
  const FieldTexts& fields = given.at(place);
  if (mark.size() == 1) {
    return fields_text(fields);
  }
  if (mark[1] == '?') {
    const std::size_t bar = mark.find('|');
    return std::string(fields_text(fields) == "yes" ? mark.substr(2, bar - 2)
                                                    : mark.substr(bar + 1));
  }
  const auto field = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& one) { return one.first == mark.substr(2); });
  return field == fields.end() ? "nothing" : spoken(field->second);
}

std::string question_text(const HeardRule& heard) {
  std::string text;
  std::string_view rest = rule_text(heard.protocol, heard.name).question;
  for (std::size_t begin = rest.find('{'); begin != std::string_view::npos;
       begin = rest.find('{')) {
    const std::size_t end = rest.find('}');
    text += rest.substr(0, begin);
    text += filled_in(rest.substr(begin + 1, end - begin - 1), heard.given);
    rest.remove_prefix(end + 1);
  }
  return text + std::string(rest);
}

/// What the one says and the other does not.
std::string answer_text(const FieldTexts& answer, const FieldTexts& other) {
  if (answer.size() == 1) {
    return fields_text(answer);
  }
  std::vector<std::string> parts;
  for_each_change(other, answer,
                  [&](const std::string& name, const std::string&, const std::string& text) {
                    parts.push_back(fmt::format("{} {}", name, text.empty() ? "none" : text));
                  });
  return joined(parts, ", ");
}

}  // namespace

std::span<const RuleText> rule_texts() { return all_texts; }

const RuleText& rule_text(std::string_view protocol, std::string_view name) {
  return *std::find_if(all_texts.begin(), all_texts.end(), [&](const RuleText& one) {
    return one.protocol == protocol && one.name == name;
  });
}

std::string spelled_out(std::string_view source) {
  for (const auto& [begin, paper] : papers) {
    if (source.starts_with(begin)) {
      return std::string(paper) + std::string(source.substr(begin.size()));
    }
  }
  return std::string(source);
}

Chronicle::Rule rule_for(std::string_view protocol, std::string_view input) {
  const auto rule = std::find_if(
      rules_of_inputs.begin(), rules_of_inputs.end(),
      [&](const RuleOfInput& one) { return one.protocol == protocol && one.input == input; });
  if (rule == rules_of_inputs.end()) {
    return {};
  }
  for (const std::string_view whose : {protocol, paxos}) {  // whose instances Paxos Commit has
    for (const RuleText& text : all_texts) {
      if (text.protocol == whose && text.name == rule->rule) {
        return {text.name, text.source};
      }
    }
  }
  return {};
}

std::optional<Chronicle::Departure::Answer> first_other_answer(const std::vector<HeardRule>& did,
                                                               const std::vector<HeardRule>& due) {
  for (std::size_t i = 0; i < std::min(did.size(), due.size()); ++i) {
    const std::string question = question_text(did[i]);
    if (did[i].name != due[i].name || question != question_text(due[i])) {
      return std::nullopt;
    }
    if (did[i].answer != due[i].answer) {
      return Chronicle::Departure::Answer{did[i].protocol, did[i].name, question,
                                          answer_text(did[i].answer, due[i].answer),
                                          answer_text(due[i].answer, did[i].answer)};
    }
  }
  return std::nullopt;
}

}  // namespace synod
