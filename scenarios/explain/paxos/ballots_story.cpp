#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "core/text.h"
#include "scenarios/explain/paxos/telling.h"
#include "scenarios/words/words.h"

namespace synod {
namespace {

/// A sentence about one ballot of one instance. Those that differ in the instance alone are told as
/// one, and so are many that differ in the ballot alone.
struct Part {
  std::string text;  ///< with the marks below where ballot and instance belong
  Ballot ballot;
  std::string instance;  ///< empty in Paxos
  std::vector<StepIndex> steps;
};
constexpr std::string_view ballot_mark = "\x01";
constexpr std::string_view instance_mark = "\x02";

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
      std::vector<std::string> openers;
      for (const Opened& one : record.openings) {
        if (told_.contains(one.step)) {
          parts_.push_back(opening(record, one, contains(openers, one.node)));
          add_once(openers, one.node);
        }
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
  [[nodiscard]] std::string reason(const Chronicle::Step& opened, bool is_again) const {
    const std::string what = fmt::format("opened ballot {}{}{}", ballot_mark, instance_mark,
                                         is_again ? " once more" : "");
    if (opened.input == "request" && opened.packet) {
      return fmt::format("{}, and {} {}", request_text(told_.chronicle().messages[*opened.packet]),
                         opened.actor, what);
    }
    const bool is_late = opened.input == "attempt" || opened.input == "take_over";
    return fmt::format("{} {}{}", opened.actor,
                       is_late                      ? "had waited long enough and "
                       : opened.input == "back_off" ? "tried again and "
                                                    : "",
                       what);
  }

  /// What came of a promise, as far as that says something. One that came after the last proposal
  /// had been made has no part in any.
  static std::string_view outcome(const BallotRecord& record, const Promised& promise) {
    std::optional<StepIndex> proposed_in;
    for (const Proposed& proposal : record.proposals) {
      if (proposal.node == promise.to) {
        proposed_in = std::max(proposed_in.value_or(0), proposal.said_in);
      }
    }
    const auto& [arrived_in, lost_in] = promise.fate;
    return lost_in                      ? ", which was lost"
           : !arrived_in && proposed_in ? ", which was still under way"
           : arrived_in && proposed_in && *arrived_in > *proposed_in
               ? ", which came too late to count"
               : "";
  }
  /// Those alike in one clause.
  void add_promises(const BallotRecord& record, const std::string& to,
                    std::vector<std::string>& clauses, Part& part) const {
    // What was reported, and what came of it; in the order of their first.
    std::vector<std::pair<std::string, std::string_view>> kinds;
    const auto kind_of = [&](const Promised& promise) {
      return std::pair(promise.vote, outcome(record, promise));
    };
    std::vector<const Promised*> promises;
    for (const Promised& promise : record.promises) {
      if (promise.to == to && told_.contains(promise.step)) {
        promises.push_back(&promise);
        if (std::find(kinds.begin(), kinds.end(), kind_of(promise)) == kinds.end()) {
          kinds.push_back(kind_of(promise));
        }
      }
    }
    std::stable_sort(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) {
      return a.second.empty() && !b.second.empty();
    });
    for (const auto& [report, outcome] : kinds) {
      std::vector<std::string> who;
      for (const Promised* promise : promises) {
        if (kind_of(*promise) == std::pair(report, outcome)) {
          add_once(who, promise->node);
          part.steps.push_back(promise->step);
        }
      }
      std::sort(who.begin(), who.end());
      clauses.push_back(fmt::format("{} promised it and reported {}{}", listed(who),
                                    vote_text(report, who.size()), outcome));
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

  /// What came of it is told once for each node that opened it.
  [[nodiscard]] Part opening(const BallotRecord& record, const Opened& opened,
                             bool is_again) const {
    Part part{reason(step(opened.step), is_again), record.ballot, record.instance, {opened.step}};
    if (is_again) {
      part.text += ".";
      return part;
    }
    std::vector<std::string> clauses;
    add_promises(record, opened.node, clauses, part);
    add_refusals(record, false, clauses, part);
    for (const Unsaid& unsaid : record.unsaid_promises) {
      if (told_.contains(unsaid.step)) {
        clauses.push_back(fmt::format(
            "{} promised it, and {}", unsaid.node,
            unsaid.has_crashed ? "had not said so when it crashed" : "had not said so yet"));
        part.steps.push_back(unsaid.step);
      }
    }
    add_lost(told_, "the prepare to", record.prepares_lost, clauses);
    part.text += clauses.empty() ? "." : ": " + joined(clauses, "; ") + ".";
    return part;
  }

  [[nodiscard]] Part proposing(const BallotRecord& record, const Proposed& proposal) const {
    const std::string begun = proposal.begun_in
                                  ? fmt::format(", which it had begun to write down at {},",
                                                step(*proposal.begun_in).at.ticks)
                                  : std::string();
    Part part{fmt::format("{} proposed {}{} in ballot {}{}", proposal.node, proposal.value, begun,
                          ballot_mark, instance_mark),
              record.ballot,
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
    add_lost(told_, "the accept to", proposal.lost, clauses);
    part.text += clauses.empty() ? "." : ": " + joined(clauses, "; ") + ".";
    return part;
  }

  /// What is said of several instances in the same words is said once.
  [[nodiscard]] std::vector<Part> with_instances_merged() const {
    std::map<std::pair<std::string_view, Ballot>, std::size_t> place_of;
    std::vector<Part> merged;
    std::vector<std::vector<std::string>> instances;
    for (const Part& part : parts_) {
      const auto [place, is_new] = place_of.try_emplace({part.text, part.ballot}, merged.size());
      if (is_new) {
        merged.push_back(part);
        instances.push_back({part.instance});
        continue;
      }
      std::vector<StepIndex>& steps = merged[place->second].steps;
      steps.insert(steps.end(), part.steps.begin(), part.steps.end());
      instances[place->second].push_back(part.instance);
    }
    for (std::size_t i = 0; i < merged.size(); ++i) {
      replace_mark(merged[i].text, instance_mark,
                   merged[i].instance.empty()
                       ? std::string()
                       : fmt::format(" of {}'s instance", listed(instances[i])));
    }
    return merged;
  }

  /// "2.n1" and "3.n1" alike: without the numbers of ballots.
  static std::string without_numbers(const std::string& text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::size_t end = std::min(text.find_first_not_of("0123456789", i), text.size());
      i = text.compare(end, 2, ".n") == 0 ? end : i;
      result += text[i];
    }
    return result;
  }

  /// What comes again and again, ballot after ballot, is told of the first.
  [[nodiscard]] Sentences merged() const {
    constexpr std::size_t told_each = 2;
    std::map<std::string, std::vector<Part>> alike;
    std::vector<std::string> in_order;
    for (Part& part : with_instances_merged()) {
      std::string key = without_numbers(part.text);
      std::vector<Part>& others = alike[key];
      if (others.empty()) {
        in_order.push_back(std::move(key));
      }
      others.push_back(std::move(part));
    }
    Sentences sentences;
    for (const std::string& key : in_order) {
      const std::vector<Part>& parts = alike[key];
      const std::size_t each = parts.size() > told_each ? 1 : parts.size();
      for (std::size_t i = 0; i < each; ++i) {
        sentences.push_back({parts[i].text, parts[i].steps});
        replace_mark(sentences.back().text, ballot_mark, to_text(parts[i].ballot));
      }
      if (each < parts.size()) {
        const bool are_same = std::all_of(parts.begin(), parts.end(), [&](const Part& one) {
          return one.text == parts.front().text;
        });
        sentences.back().text += fmt::format(" {} {} times more, up to ballot {}.",
                                             are_same ? "The same" : "Much the same",
                                             parts.size() - 1, parts.back().ballot);
        for (const Part& part : parts) {
          std::vector<StepIndex>& steps = sentences.back().steps;
          steps.insert(steps.end(), part.steps.begin(), part.steps.end());
        }
      }
    }
    return sentences;
  }

  static void replace_mark(std::string& text, std::string_view mark, const std::string& by) {
    text.replace(text.find(mark), mark.size(), by);
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
