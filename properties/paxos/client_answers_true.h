// Client answers true: no answer contradicts another, or what was chosen; reads agree.
#pragma once

#include <fmt/format.h>

#include "core/text.h"
#include "properties/finding.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"

namespace synod::paxos {

struct ClientAnswersTrue {
  static constexpr PropertyText text = {
      "client_answers_true",
      "a client is told only what is chosen; a definite no stays one; nothing chosen means nothing",
      "linearizability of a register that is written once; Herlihy and Wing, 1990"};

  void on(const History& history, const AnswerSpoken& spoken, Findings& findings) const {
    const bool is_claim = spoken.answer.result.outcome == Outcome::chosen;
    findings.expect(!is_claim || history.is_chosen(spoken.answer.result.value), text, [&] {
      return fmt::format(
          "{} told {} that {} is chosen, which no quorum has voted for in one ballot", spoken.node,
          spoken.answer.id.client, spoken.answer.result.value);
    });
  }
  void on(const History& history, const AnswerReturned& returned, Findings& findings) const {
    const ClientId client = returned.request.id.client;
    if (returned.answer.result.outcome == Outcome::not_chosen) {
      findings.expect(!history.is_chosen(returned.request.operation.value), text, [&] {
        return fmt::format("{} was told that {} will never be chosen, but it was chosen", client,
                           returned.request.operation.value);
      });
    } else if (returned.answer.result.outcome == Outcome::nothing_chosen) {
      findings.expect(!history.client(client).was_chosen_at_call, text, [&] {
        return fmt::format("{} was told that nothing was chosen, but {} was before it asked",
                           client, history.chosen().value);
      });
    }
  }
  void on(const History& history, const ValueChosen& chosen, Findings& findings) const {
    findings.expect(!history.is_refused(chosen.vote.value), text, [&] {
      return fmt::format("{} was chosen in ballot {} after its client was told that it never would",
                         chosen.vote.value, chosen.vote.ballot);
    });
  }
};

}  // namespace synod::paxos
