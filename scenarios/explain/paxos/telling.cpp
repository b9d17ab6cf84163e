#include "scenarios/explain/paxos/telling.h"

#include <fmt/format.h>

#include "sim/world/options.h"

namespace synod {

std::string notation_text(const Chronicle& chronicle, std::string_view value) {
  return fmt::format(
      "Ballots are ordered by number, then by proposer: {0}. A vote for {1} in ballot 1.n1 is "
      "written {1}@1.n1.",
      chronicle.nodes.size() == 1 ? "1.n1 < 2.n1" : "1.n1 < 1.n2 < 2.n1", value);
}

std::string majority_text(const Ballots& ballots) {
  return fmt::format("; a quorum is any {} of them.", ballots.phase2_size);
}

std::string setting_of_paxos(const Chronicle& chronicle) {
  const std::string others = options_sentence(chronicle.configuration);
  return fmt::format("{} node{}{} {}", chronicle.nodes.size(),
                     chronicle.nodes.size() == 1 ? "" : "s",
                     others.empty() ? majority_text(ballots_of_paxos(chronicle)) : ". " + others,
                     notation_text(chronicle, "red"));
}

std::string request_text(const Chronicle::Message& request) {
  const std::string operation = field_of(request, "operation");
  return fmt::format("{} asked {} {}", request.from, request.to,
                     operation == "write"
                         ? fmt::format("to get {} chosen", field_of(request, "value"))
                     : operation == "read" ? std::string("what is chosen")
                                           : std::string("which value a quorum holds"));
}

Sentences tell_paxos(const Told& told) {
  const Chronicle& chronicle = told.chronicle();
  const Ballots ballots = ballots_of_paxos(chronicle);
  EventWords words;
  words.tells_answers = !chronicle.finding || chronicle.finding->property == "client_answers_true";
  words.more = [&](const Chronicle::Step& step, StepIndex index) {  // that opened no ballot
    return step.input == "request" && step.packet && !ballots.is_opened_in(index)
               ? request_text(chronicle.messages[*step.packet]) + "."
               : std::string();
  };
  Sentences sentences = tell_ballots(told, ballots);
  add_sentences(sentences, tell_events(told, words));
  return sentences;
}

}  // namespace synod
