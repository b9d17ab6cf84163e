#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/text.h"
#include "scenarios/explain/story.h"
#include "scenarios/explain/words.h"

namespace synod {
namespace {

/// A sentence about one instance; those that differ in the instance alone are told as one.
struct Part {
  std::string text;      ///< with `instance_mark` where the instance belongs
  std::string instance;  ///< empty in Paxos
  std::vector<StepIndex> steps;
};
constexpr std::string_view instance_mark = "\x01";

std::string vote_text(const std::string& text, std::size_t count) {
  Vote vote;
  return try_parse(text, vote) && !vote.is_none()
             ? fmt::format("{} for {} in ballot {}", count == 1 ? "its vote" : "their votes",
                           vote.value, vote.ballot)
             : "no vote";
}

class Narrator {
 public:
  Narrator(const Told& told, const Ballots& ballots)
      : told_(told), ballots_(ballots), choices_(ballots.choices()) {}

  Sentences tell() {
    for (const BallotRecord& record : ballots_.records) {
      if (told_.contains(record.opened_in)) {
        parts_.push_back(opening(record));
      }
      for (const Proposed& proposal : record.proposals) {
        if (told_.contains(proposal.step)) {
          parts_.push_back(proposing(record, proposal));
        }
      }
    }
    return merged();
  }

 private:
  [[nodiscard]] const Chronicle::Step& step(StepIndex index) const {
    return told_.chronicle().steps[index];
  }

  /// Why it was opened, and that it was.
  [[nodiscard]] std::string reason(const BallotRecord& record) const {
    const Chronicle::Step& opened = step(*record.opened_in);
    const std::string what = fmt::format("opened ballot {}{}", record.ballot, instance_mark);
    if (opened.input == "request" && opened.packet) {
      const Chronicle::Message& request = told_.chronicle().messages[*opened.packet];
      const std::string value = field_of(request, "value");
      return fmt::format("{} asked {} {}, and {} {}", request.from, opened.actor,
                         field_of(request, "operation") == "write"
                             ? fmt::format("to get {} chosen", value)
                             : std::string("what is chosen"),
                         opened.actor, what);
    }
    const bool is_late = opened.input == "attempt" || opened.input == "take_over";
    return fmt::format("{} {}{}", opened.actor,
                       is_late                      ? "had waited long enough and "
                       : opened.input == "back_off" ? "tried again and "
                                                    : "",
                       what);
  }

  /// A promise that came after the proposal, or never, has no part in what was proposed.
  static bool is_late(const BallotRecord& record, const Promised& promise) {
    return !record.proposals.empty() &&
           (!promise.arrived_in || *promise.arrived_in > record.proposals.front().step);
  }
  /// Those alike in one clause.
  void add_promises(const BallotRecord& record, bool are_late, std::vector<std::string>& clauses,
                    Part& part) const {
    std::vector<std::string> reports;
    for (const Promised& promise : record.promises) {
      if (told_.contains(promise.step) && is_late(record, promise) == are_late) {
        add_once(reports, promise.vote);
      }
    }
    for (const std::string& report : reports) {
      std::vector<std::string> who;
      for (const Promised& promise : record.promises) {
        if (promise.vote == report && told_.contains(promise.step) &&
            is_late(record, promise) == are_late) {
          add_once(who, promise.node);
          part.steps.push_back(promise.step);
        }
      }
      std::sort(who.begin(), who.end());
      clauses.push_back(fmt::format("{} promised it{} and reported {}", listed(who),
                                    are_late ? " too late to count" : "",
                                    vote_text(report, who.size())));
    }
  }
  void add_refusals(const BallotRecord& record, bool is_vote, std::vector<std::string>& clauses,
                    Part& part) const {
    std::vector<std::string> who;
    for (const Refused& refusal : record.refusals) {
      if (refusal.is_vote == is_vote && told_.contains(refusal.step)) {
        add_once(who, refusal.node);
        part.steps.push_back(refusal.step);
      }
    }
    if (!who.empty()) {
      clauses.push_back(listed(who) + " refused it");
    }
  }

  [[nodiscard]] Part opening(const BallotRecord& record) const {
    Part part{reason(record), record.instance, {*record.opened_in}};
    std::vector<std::string> clauses;
    add_promises(record, false, clauses, part);
    add_promises(record, true, clauses, part);
    add_refusals(record, false, clauses, part);
    if (!record.prepare_lost_to.empty()) {
      clauses.push_back("the prepare to " + listed(record.prepare_lost_to) + " was lost");
    }
    part.text += clauses.empty() ? "." : ": " + joined(clauses, "; ") + ".";
    return part;
  }

  [[nodiscard]] Part proposing(const BallotRecord& record, const Proposed& proposal) const {
    Part part{fmt::format("{} proposed {} in ballot {}{}", proposal.node, proposal.value,
                          record.ballot, instance_mark),
              record.instance,
              {proposal.step}};
    std::vector<std::string> voters;
    for (const Voted& vote : record.votes) {
      if (vote.value == proposal.value && told_.contains(vote.step)) {
        add_once(voters, vote.node);
        part.steps.push_back(vote.step);
      }
    }
    std::sort(voters.begin(), voters.end());
    const bool is_chosen = std::any_of(choices_.begin(), choices_.end(), [&](const Choice& one) {
      return one.ballot == &record && one.value == proposal.value && told_.contains(one.step);
    });
    std::vector<std::string> clauses;
    if (!voters.empty()) {
      clauses.push_back(listed(voters) + " voted for it" +
                        (is_chosen ? ", and so it was chosen" : ""));
    }
    add_refusals(record, true, clauses, part);
    if (!proposal.lost_to.empty()) {
      clauses.push_back("the accept to " + listed(proposal.lost_to) + " was lost");
    }
    part.text += clauses.empty() ? "." : ": " + joined(clauses, "; ") + ".";
    return part;
  }

  Sentences merged() {
    std::map<std::string, std::size_t> place_of;  // by text
    std::vector<std::vector<std::string>> instances;
    Sentences sentences;
    for (const Part& part : parts_) {
      const auto [place, is_new] = place_of.emplace(part.text, sentences.size());
      if (is_new) {
        sentences.push_back({part.text, {}});
        instances.emplace_back();
      }
      std::vector<StepIndex>& steps = sentences[place->second].steps;
      steps.insert(steps.end(), part.steps.begin(), part.steps.end());
      instances[place->second].push_back(part.instance);
    }
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      std::string& text = sentences[i].text;
      text.replace(text.find(instance_mark), instance_mark.size(),
                   instances[i].front().empty()
                       ? std::string()
                       : fmt::format(" of {}'s instance", listed(instances[i])));
    }
    return sentences;
  }

  const Told& told_;
  const Ballots& ballots_;
  std::vector<Choice> choices_;
  std::vector<Part> parts_;
};

}  // namespace

Sentences tell_ballots(const Told& told, const Ballots& ballots) {
  return Narrator(told, ballots).tell();
}

}  // namespace synod
