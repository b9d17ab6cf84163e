#include "scenarios/explain/paxos/ballots.h"

#include <algorithm>

#include "core/text.h"
#include "scenarios/protocols/atomic_commit_options.h"
#include "scenarios/protocols/paxos_options.h"
#include "scenarios/words/words.h"

namespace synod {
namespace {

/// "instances[n2].vote" is of n2's instance, "vote" of the only one.
std::optional<std::string> instance_of_vote_field(std::string_view name) {
  constexpr std::string_view begin = "instances[";
  constexpr std::string_view end = "].vote";
  if (name == "vote") {
    return std::string();
  }
  if (name.starts_with(begin) && name.ends_with(end)) {
    name.remove_prefix(begin.size());
    name.remove_suffix(end.size());
    return std::string(name);
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> BallotRecord::voters_for(std::string_view value) const {
  std::vector<std::string> voters;
  for (const Voted& vote : votes) {
    if (vote.value == value) {
      add_once(voters, vote.node);
    }
  }
  std::sort(voters.begin(), voters.end());
  return voters;
}

std::vector<StepIndex> BallotRecord::vote_steps_for(std::string_view value) const {
  std::vector<StepIndex> steps;
  for (const Voted& vote : votes) {
    if (vote.value == value) {
      steps.push_back(vote.step);
    }
  }
  return steps;
}

Ballots::Ballots(const Chronicle& chronicle, std::size_t acceptor_count, std::size_t phase1,
                 std::size_t phase2)
    : acceptors(acceptor_count), phase1_size(phase1), phase2_size(phase2) {
  const std::vector<Fate> fates = fates_of(chronicle);
  for (Chronicle::MessageIndex i = 0; i < chronicle.messages.size(); ++i) {
    add_message(chronicle, i, fates[i]);
  }
  for (StepIndex i = 0; i < chronicle.steps.size(); ++i) {
    add_written_votes(chronicle.steps[i], i);
  }
}

Ballots ballots_of_paxos(const Chronicle& chronicle) {
  const Configuration& c = chronicle.configuration;
  const PaxosOptions quorums = options_of<PaxosOptions>(c);
  return Ballots(chronicle, c.node_count, quorums.phase1_quorum, quorums.phase2_quorum);
}

const BallotRecord* Ballots::find(std::string_view instance, Ballot ballot) const {
  // Nearly always one of the latest.
  const auto record = std::find_if(records.rbegin(), records.rend(), [&](const BallotRecord& one) {
    return one.instance == instance && one.ballot == ballot;
  });
  return record == records.rend() ? nullptr : &*record;
}

bool Ballots::is_opened_in(StepIndex step) const {
  return std::any_of(records.begin(), records.end(), [&](const BallotRecord& one) {
    return std::any_of(one.openings.begin(), one.openings.end(),
                       [&](const Opened& opening) { return opening.step == step; });
  });
}

std::vector<Choice> Ballots::choices() const {
  std::vector<Choice> choices;
  for (const BallotRecord& record : records) {
    std::vector<std::string> values;
    for (const Voted& vote : record.votes) {
      add_once(values, vote.value);
    }
    for (const std::string& value : values) {
      std::vector<StepIndex> steps = record.vote_steps_for(value);
      if (steps.size() >= phase2_size && phase2_size > 0) {
        std::sort(steps.begin(), steps.end());
        choices.push_back({&record, value, steps[phase2_size - 1]});
      }
    }
  }
  std::sort(choices.begin(), choices.end(),
            [](const Choice& a, const Choice& b) { return a.step < b.step; });
  return choices;
}

BallotRecord& Ballots::record(const std::string& instance, const std::string& text) {
  Ballot ballot;
  static_cast<void>(try_parse(text, ballot));
  if (const BallotRecord* found = find(instance, ballot)) {
    return records[static_cast<std::size_t>(found - records.data())];
  }
  BallotRecord& record = records.emplace_back();
  record.instance = instance;
  record.ballot = ballot;
  return record;
}

void Ballots::add_message(const Chronicle& chronicle, Chronicle::MessageIndex index,
                          const Fate& fate) {
  const Chronicle::Message& message = chronicle.messages[index];
  const std::string ballot = field_of(message, "ballot");
  if (ballot.empty() || message.copy_of || !message.said_in) {
    return;
  }
  const std::string instance = field_of(message, "participant");
  const StepIndex step = message.sent_in.value_or(*message.said_in);
  if (message.type == "prepare") {
    BallotRecord& opened = record(instance, ballot);
    if (opened.openings.empty() || opened.openings.back().step != *message.said_in) {
      opened.openings.push_back({message.from, *message.said_in});
    }
    if (fate.lost_in) {
      opened.prepares_lost.push_back({message.to, *fate.lost_in});
    }
  } else if (message.type == "promise" && message.sent_in) {
    record(instance, ballot)
        .promises.push_back({message.from, message.to, field_of(message, "vote"), step, fate});
  } else if (message.type == "promise") {
    record(instance, ballot)
        .unsaid_promises.push_back({message.from, *message.said_in, message.is_lost_in_crash});
  } else if (message.type == "nack") {
    const bool is_vote = chronicle.steps[*message.said_in].input == "accept";
    record(instance, ballot).refusals.push_back({message.from, *message.said_in, is_vote});
  } else if (message.type == "accept" && message.sent_in) {
    std::vector<Proposed>& proposals = record(instance, ballot).proposals;
    const std::string value = field_of(message, "value");
    auto same = std::find_if(proposals.begin(), proposals.end(), [&](const Proposed& one) {
      return one.node == message.from && one.value == value;
    });
    if (same == proposals.end()) {
      same = proposals.insert(same, {message.from, value, step, 0, {}, {}});
      if (step > *message.said_in + 1) {
        same->begun_in = message.said_in;
      }
    }
    same->said_in = *message.said_in;
    if (fate.lost_in) {
      same->lost.push_back({message.to, *fate.lost_in});
    }
  } else if (message.type == "accepted" && message.sent_in) {
    add_vote(record(instance, ballot), {message.from, field_of(message, "value"), step});
  }
}

void Ballots::add_written_votes(const Chronicle::Step& step, StepIndex index) {
  for (const Chronicle::Change& change : step.changes) {
    const std::optional<std::string> instance = instance_of_vote_field(change.name);
    Vote vote;
    if (change.part != "disk" || !instance || !try_parse(change.after, vote) || vote.is_none()) {
      continue;
    }
    BallotRecord& written = record(*instance, to_text(vote.ballot));
    const std::string value = to_text(vote.value);
    const bool is_proposed =
        std::any_of(written.proposals.begin(), written.proposals.end(),
                    [&](const Proposed& one) { return one.value == value && one.step < index; });
    if (is_proposed) {  // a variant of the protocol may keep something else there
      add_vote(written, {change.node, value, index});
    } else {
      has_votes_for_other = true;
    }
  }
}

void Ballots::add_vote(BallotRecord& record, const Voted& vote) {
  for (Voted& known : record.votes) {
    if (known.node == vote.node && known.value == vote.value) {
      known.step = std::min(known.step, vote.step);
      return;
    }
  }
  record.votes.push_back(vote);
}

}  // namespace synod
