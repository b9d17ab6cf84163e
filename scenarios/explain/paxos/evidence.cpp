#include <fmt/format.h>

#include <algorithm>

#include "core/text.h"
#include "scenarios/explain/kept_rules.h"
#include "scenarios/explain/paxos/ballots.h"
#include "scenarios/explain/paxos/telling.h"
#include "scenarios/words/words.h"

namespace synod {
namespace {

/// What no function keeps, but the choice of quorums.
Explanation::Rule quorums_meet() {
  return in_words("paxos", "Every quorum that promises meets every quorum that chooses.",
                  "Howard, Malkhi and Spiegelman, Flexible Paxos, 3",
                  "is_phase1_quorum, is_chosen");
}

/// Where no crash took it back.
Explanation::Rule disks_move_on() {
  return in_words(
      "paxos",
      "What an acceptor has promised and what it has voted for last stay on its disk: a "
      "write only moves them on.",
      "PMS 2.5", "after_promise, after_accept, to_store");
}

Explanation::Rule paxos_rule(std::string_view name) {
  return kept_rule("paxos", name).value_or(Explanation::Rule{});
}

class PaxosEvidence {
 public:
  PaxosEvidence(const Chronicle& chronicle, Evidence& evidence)
      : chronicle_(chronicle),
        ballots_(ballots_of_paxos(chronicle)),
        evidence_(evidence),
        until_(chronicle.finding->step.value_or(chronicle.steps.size())) {}

  void add() {
    const std::string& property = chronicle_.finding->property;
    if (property == "agreement") {
      add_two_choices(ballots_.choices());
    } else if (property == "proposals_safe") {
      add_unsafe_proposal();
    } else if (property == "truthful_promise" || property == "promises_kept") {
      add_forgotten_word();
    } else if (property == "one_value_per_ballot") {
      add_proposals_of_one_ballot();
    } else if (property == "decided_implies_chosen" || property == "learners_agree" ||
               property == "client_answers_true") {
      add_votes();
    } else if (property == "ballots_rise" &&
               chronicle_.finding->text.find("no phase-1 quorum") != std::string::npos) {
      evidence_.rule = paxos_rule("is_phase1_quorum");
    }
    if (property == "learners_agree") {
      add_learned();
    }
    if (property != "agreement") {
      add_what_it_led_to();
    }
  }

 private:
  void say(const std::string& text, std::vector<StepIndex> steps) {
    evidence_.steps.insert(evidence_.steps.end(), steps.begin(), steps.end());
    evidence_.sentences.push_back({text, std::move(steps)});
  }

  [[nodiscard]] std::vector<const Voted*> votes_for(const BallotRecord& record,
                                                    std::string_view value) const {
    std::vector<const Voted*> votes;
    for (const Voted& vote : record.votes) {
      if (vote.value == value && vote.step <= until_) {
        votes.push_back(&vote);
      }
    }
    std::sort(votes.begin(), votes.end(),
              [](const Voted* a, const Voted* b) { return a->node < b->node; });
    return votes;
  }
  static std::vector<std::string> names_of(const std::vector<const Voted*>& votes) {
    std::vector<std::string> names;
    names.reserve(votes.size());
    for (const Voted* vote : votes) {
      names.push_back(vote->node);
    }
    return names;
  }
  static std::vector<StepIndex> steps_of(const std::vector<const Voted*>& votes) {
    std::vector<StepIndex> steps;
    steps.reserve(votes.size());
    for (const Voted* vote : votes) {
      steps.push_back(vote->step);
    }
    return steps;
  }
  /// Between these steps, did a crash take from the node what its memory held of this field of its
  /// disk?
  [[nodiscard]] bool has_forgotten(const std::string& node, std::string_view field, StepIndex from,
                                   StepIndex to) const {
    const std::string name = fmt::format("durable.{}", field);
    std::string held;
    for (StepIndex i = from; i < to && i < chronicle_.steps.size(); ++i) {
      for (const Chronicle::Change& change : chronicle_.steps[i].changes) {
        if (change.node != node || change.part != "memory" || change.name != name) {
          continue;
        }
        if (change.after.empty()) {
          held = change.before;
        } else if (change.before.empty() && !held.empty() && change.after != held) {
          return true;
        }
      }
    }
    return false;
  }

  void add_two_choices(const std::vector<Choice>& choices) {
    for (const Choice& second : choices) {
      const Choice& first = choices.front();
      if (second.value == first.value) {
        continue;
      }
      const auto first_votes = votes_for(*first.ballot, first.value);
      const auto second_votes = votes_for(*second.ballot, second.value);
      std::vector<StepIndex> steps = steps_of(first_votes);
      for (const StepIndex step : steps_of(second_votes)) {
        steps.push_back(step);
      }
      evidence_.sentences.clear();
      say(fmt::format(
              "{} was chosen in ballot {} by the votes of {}; {} was chosen in ballot {} by "
              "{}.",
              first.value, first.ballot->ballot, listed(names_of(first_votes)), second.value,
              second.ballot->ballot, listed(names_of(second_votes))),
          steps);
      if (first.ballot == second.ballot) {
        evidence_.rule = rule_behind("paxos", "one_value_per_ballot");
      } else if (first.ballot->ballot < second.ballot->ballot) {
        say_why(*first.ballot, first.value, *second.ballot, second.value);
      } else {
        say_why(*second.ballot, second.value, *first.ballot, first.value);
      }
      return;
    }
  }

  void add_unsafe_proposal() {
    for (const BallotRecord& higher : ballots_.records) {
      for (const Proposed& proposal : higher.proposals) {
        if (proposal.step != until_) {
          continue;
        }
        for (const BallotRecord& lower : ballots_.records) {
          const std::string mark = fmt::format("lower ballot {}:", lower.ballot);
          if (chronicle_.finding->text.find(mark) == std::string::npos || lower.proposals.empty()) {
            continue;
          }
          const std::string& value =
              lower.votes.empty() ? lower.proposals.front().value : lower.votes.front().value;
          const auto steps = steps_of(votes_for(lower, value));
          evidence_.steps.insert(evidence_.steps.end(), steps.begin(), steps.end());
          say_why(lower, value, higher, proposal.value);
          return;
        }
      }
    }
  }

  /// Why the higher ballot did not take over the lower one's value. In the order in which a reader
  /// would check: who promised, what they had done, what they said, what came of it.
  void say_why(const BallotRecord& lower, const std::string& lower_value,
               const BallotRecord& higher, const std::string& higher_value) {
    const auto proposal =
        std::find_if(higher.proposals.begin(), higher.proposals.end(),
                     [&](const Proposed& one) { return one.value == higher_value; });
    const StepIndex proposed_in = proposal == higher.proposals.end() ? until_ : proposal->step;
    const auto voters = votes_for(lower, lower_value);
    std::vector<std::string> promised_by;
    Vote highest;
    std::string reporter;
    for (const Promised& promise : higher.promises) {
      const bool is_to_proposer =
          proposal == higher.proposals.end() || promise.to == proposal->node;
      if (!is_to_proposer || !promise.fate.arrived_in || *promise.fate.arrived_in > proposed_in) {
        continue;
      }
      add_once(promised_by, promise.node);
      Vote vote;
      if (try_parse(promise.vote, vote) && vote.ballot > highest.ballot) {
        highest = vote;
        reporter = promise.node;
      }
      for (const Voted* voted : voters) {
        if (voted->node == promise.node && say_of_both(lower, *voted, higher, promise)) {
          return;
        }
      }
    }
    std::sort(promised_by.begin(), promised_by.end());
    const std::string proposer = proposal != higher.proposals.end() ? proposal->node
                                 : higher.openings.empty()          ? std::string()
                                                                    : higher.openings.front().node;
    if (!highest.is_none() && to_text(highest.value) != higher_value) {
      say(fmt::format("{} reported its vote for {} in ballot {} to {}, which proposed {} all the "
                      "same.",
                      reporter, highest.value, highest.ballot, proposer, higher_value),
          {proposed_in});
      evidence_.rule = paxos_rule("value_to_propose");
    } else if (promised_by.size() < ballots_.phase1_size) {
      say(fmt::format("{} proposed in ballot {} when {} had promised it; a quorum is any {}.",
                      proposer, higher.ballot,
                      promised_by.empty() ? std::string("nobody") : "only " + listed(promised_by),
                      ballots_.phase1_size),
          {proposed_in});
      evidence_.rule = paxos_rule("is_phase1_quorum");
    } else if (highest.is_none() && !voters.empty()) {
      say(fmt::format("{} promised ballot {}, and none of them had voted for {}: the two quorums "
                      "miss each other.",
                      listed(promised_by), higher.ballot, lower_value),
          {proposed_in});
      evidence_.rule = quorums_meet();
    }
  }

  /// About an acceptor that stands in both quorums. False when it did nothing wrong.
  bool say_of_both(const BallotRecord& lower, const Voted& voted, const BallotRecord& higher,
                   const Promised& promise) {
    const bool has_voted_first = voted.step <= promise.step;
    Vote reported;
    const bool has_reported = try_parse(promise.vote, reported) && reported.ballot >= lower.ballot;
    if (has_voted_first && has_reported) {
      return false;
    }
    const bool has_crashed =
        has_forgotten(voted.node, has_voted_first ? "vote" : "promised",
                      std::min(voted.step, promise.step), std::max(voted.step, promise.step));
    const std::string_view crash = has_crashed ? ", having lost it in a crash between the two" : "";
    say(has_voted_first
            ? fmt::format("{} stands in both quorums, and answered ballot {} without reporting its "
                          "vote{}.",
                          voted.node, higher.ballot, crash)
            : fmt::format(
                  "{} stands in both quorums: it promised ballot {}, and voted in the lower "
                  "ballot {} all the same{}.",
                  voted.node, higher.ballot, lower.ballot, crash),
        {std::min(voted.step, promise.step), std::max(voted.step, promise.step)});
    evidence_.rule = has_crashed       ? paxos_rule("recovered")
                     : has_voted_first ? paxos_rule("vote_to_report")
                                       : paxos_rule("may_accept");
    return true;
  }

  /// An acceptor said, or stored, something that its earlier word forbids: was there a crash?
  void add_forgotten_word() {
    const std::string node = chronicle_.finding->step ? actor_of_finding() : std::string();
    std::optional<StepIndex> word;
    for (const BallotRecord& record : ballots_.records) {
      for (const Voted& vote : record.votes) {
        const bool is_meant =
            vote.node == node && vote.step < until_ &&
            chronicle_.finding->text.find(
                fmt::format("{} in ballot {}", vote.value, record.ballot)) != std::string::npos;
        word = is_meant ? std::optional(vote.step) : word;
      }
      for (const Promised& promise : record.promises) {
        const bool is_meant =
            promise.node == node && promise.step < until_ &&
            chronicle_.finding->text.ends_with(fmt::format("promised ballot {}", record.ballot));
        word = is_meant ? std::optional(promise.step) : word;
      }
    }
    if (chronicle_.finding->text.find("disk went back") != std::string::npos) {
      evidence_.rule = chronicle_.finding->step && chronicle_.steps[until_].input == "restart"
                           ? paxos_rule("recovered")
                           : disks_move_on();
    }
    const bool has_crashed = word && (has_forgotten(node, "vote", *word, until_) ||
                                      has_forgotten(node, "promised", *word, until_));
    if (has_crashed) {
      say(fmt::format("Between the two, {} crashed, and came back without it.", node),
          {*word, until_});
      evidence_.rule = paxos_rule("recovered");
    } else if (word) {
      evidence_.steps.push_back(*word);
      evidence_.sentences.front().steps.insert(evidence_.sentences.front().steps.begin(), *word);
    }
  }
  [[nodiscard]] std::string actor_of_finding() const { return chronicle_.steps[until_].actor; }

  void add_proposals_of_one_ballot() {
    for (const BallotRecord& record : ballots_.records) {
      if (chronicle_.finding->text.find(fmt::format("ballot {}", record.ballot)) ==
          std::string::npos) {
        continue;
      }
      std::vector<std::string> parts;
      std::vector<StepIndex> steps;
      for (const Proposed& proposal : record.proposals) {
        if (proposal.step <= until_) {
          parts.push_back(fmt::format("{} proposed {} at {}", proposal.node, proposal.value,
                                      chronicle_.steps[proposal.step].at.ticks));
          steps.push_back(proposal.step);
        }
      }
      if (parts.size() > 1) {
        say(fmt::format("In this one ballot, {}.", listed(parts)), steps);
        return;
      }
    }
  }

  /// The votes that there were, by ballot: they do not add up to a quorum in one.
  void add_votes() {
    std::vector<std::string> parts;
    std::vector<StepIndex> steps;
    for (const BallotRecord& record : ballots_.records) {
      std::vector<std::string> values;
      for (const Voted& vote : record.votes) {
        if (vote.step <= until_) {
          add_once(values, vote.value);
        }
      }
      for (const std::string& value : values) {
        const auto votes = votes_for(record, value);
        parts.push_back(fmt::format("for {} in ballot {} by {}", value, record.ballot,
                                    listed(names_of(votes))));
        const auto more = steps_of(votes);
        steps.insert(steps.end(), more.begin(), more.end());
      }
    }
    if (parts.empty()) {
      say(ballots_.has_votes_for_other ? "Nobody had voted for anything that was proposed."
                                       : "Nobody had voted for anything.",
          {});
    } else {
      say(fmt::format("The votes so far: {}. A quorum is any {}.", joined(parts, "; "),
                      ballots_.phase2_size),
          steps);
    }
  }

  /// They are told in the story; this is what makes them part of it.
  void add_learned() {
    for (StepIndex i = 0; i <= until_ && i < chronicle_.steps.size(); ++i) {
      for (const std::string& consequence : chronicle_.steps[i].consequences) {
        if (consequence.find(" learns ") != std::string::npos) {
          evidence_.steps.push_back(i);
        }
      }
    }
  }

  void add_what_it_led_to() {
    const std::vector<Choice> choices = ballots_.choices();
    for (const Choice& second : choices) {
      const Choice& first = choices.front();
      if (second.value != first.value && second.step > until_) {
        evidence_.sentences.push_back(
            {fmt::format("It led to two choices: {} in ballot {}, and {} in ballot {} by {}.",
                         first.value, first.ballot->ballot, second.value, second.ballot->ballot,
                         listed(second.ballot->voters_for(second.value))),
             {second.step}});
        return;
      }
    }
  }

  const Chronicle& chronicle_;
  const Ballots ballots_;
  Evidence& evidence_;
  StepIndex until_;  ///< the violating step; past the last when judged at the end
};

}  // namespace

void add_paxos_evidence(const Chronicle& chronicle, Evidence& evidence) {
  PaxosEvidence(chronicle, evidence).add();
}

}  // namespace synod
