#include "scenarios/explain/atomic_commit/telling.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/text.h"
#include "scenarios/explain/paxos/telling.h"
#include "scenarios/protocols/atomic_commit_options.h"
#include "scenarios/words/words.h"

namespace synod {
namespace {

std::string roles_text(const Chronicle& chronicle) {
  const std::vector<std::string> participants(std::next(chronicle.nodes.begin()),
                                              chronicle.nodes.end());
  std::vector<std::string> refusing;
  for (const NodeId node : options_of<AtomicCommitOptions>(chronicle.configuration).refusing) {
    refusing.push_back(to_text(node));
  }
  if (participants.empty()) {
    return fmt::format("{} coordinates a transaction without participants",
                       chronicle.nodes.front());
  }
  return fmt::format("{} coordinates the transaction; {} {} in it{}", chronicle.nodes.front(),
                     listed(participants),
                     participants.size() == 1 ? "is the participant" : "are the participants",
                     refusing.empty()       ? ""
                     : refusing.size() == 1 ? fmt::format("; {} votes no", refusing.front())
                                            : fmt::format("; {} vote no", listed(refusing)));
}

Ballots ballots_of_instances(const Chronicle& chronicle) {
  const Configuration& c = chronicle.configuration;
  const std::uint32_t chosen = options_of<PaxosCommitOptions>(c).acceptor_count;
  const std::size_t acceptors = chosen != 0 ? chosen : c.node_count - (c.node_count + 1) % 2;
  return Ballots(chronicle, acceptors, acceptors / 2 + 1, acceptors / 2 + 1);
}

bool says_decision(const Chronicle& chronicle, const Chronicle::Step& step) {
  return std::any_of(step.said.begin(), step.said.end(), [&](Chronicle::MessageIndex index) {
    return chronicle.messages[index].type == "decide";
  });
}

Sentences tell_events_of_commit(const Told& told) {
  const Chronicle& chronicle = told.chronicle();
  EventWords words;
  words.tells_answers = !chronicle.finding;
  // Whoever decides and tells the others is told to have decided.
  words.tells_learning = [&](const Chronicle::Step& step) {
    return !says_decision(chronicle, step);
  };
  return tell_events(told, words);
}

}  // namespace

std::string setting_of_commit(const Chronicle& chronicle) { return roles_text(chronicle) + "."; }

std::string setting_of_paxos_commit(const Chronicle& chronicle) {
  const Ballots ballots = ballots_of_instances(chronicle);
  return fmt::format(
      "{}. {}{} {}", roles_text(chronicle),
      ballots.acceptors == 1
          ? chronicle.nodes.front() + " is the acceptor"
          : fmt::format("{} to n{} are the acceptors", chronicle.nodes.front(), ballots.acceptors),
      majority_text(ballots), notation_text(chronicle, "commit"));
}

Sentences tell_commit(const Told& told) {
  Sentences sentences = tell_votes(told);
  add_sentences(sentences, tell_events_of_commit(told));
  return sentences;
}

Sentences tell_paxos_commit(const Told& told) {
  Sentences sentences = tell_ballots(told, ballots_of_instances(told.chronicle()));
  add_sentences(sentences, tell_commit(told));
  return sentences;
}

}  // namespace synod
