#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "scenarios/explain/atomic_commit/decisions.h"
#include "scenarios/explain/atomic_commit/telling.h"
#include "scenarios/words/words.h"

namespace synod {
namespace {

/// How a message is told. One that goes from one to many is told with all that were said in the
/// same step; an answer with the others of the same content to the same node.
struct Phrase {
  std::string_view type;
  bool is_answer;
  std::string_view text;  ///< {from}, {to}, and {field}: of the field named below
  // With an initializer, phrases without a field need not say so.
  // NOLINTNEXTLINE(readability-redundant-member-init)
  std::string_view field{};
};

constexpr auto phrases = std::to_array<Phrase>({
    {"begin", false, "{from} asked {to} to begin"},
    {"vote_request", false, "{from} asked {to} to vote"},
    {"vote_yes", true, "{from} voted yes"},
    {"vote_no", true, "{from} voted no"},
    {"pre_commit", false, "{from} sent a pre-commit to {to}"},
    {"pre_commit_ack", true, "{from} acknowledged the pre-commit"},
    {"decision_request", false, "{from} asked {to} what had been decided"},
    {"prepared", true, "{from} told {to} that it had voted yes and knew no decision"},
    {"state_request", false, "{from} took over and asked {to} for {its} state"},
    {"state_report", true, "{from} reported to be {field}", "state"},
    {"decide", false, "{from} decided {field} and told {to}", "decision"},
});

/// What made the node speak, before the sentence; empty where that was told already.
std::string_view occasion(std::string_view input) {
  constexpr auto occasions = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"votes", "the time for votes was up: "},
      {"acks", "the time for acknowledgements was up: "},
      {"reports", "the time for states was up: "},
      {"silence", "the time to hear something was up: "},
      {"decision", "the time to hear a decision was up: "},
      {"restart", "back from its disk: "},
  });
  for (const auto& [name, text] : occasions) {
    if (name == input) {
      return text;
    }
  }
  return {};
}

struct Group {
  const Phrase* phrase = nullptr;
  std::string field;
  std::string_view occasion;
  std::vector<std::string> from;
  std::vector<std::string> to;
  std::vector<Lost> lost;           ///< on the way to these, or, answers, from these
  std::vector<std::string> unsent;  ///< to these, or from these: it waits for a write, or crashed
  /// Of a decision: when it had begun to be written, if that took other steps.
  std::optional<std::uint64_t> begun_at;
  std::vector<StepIndex> steps;
  std::size_t times = 1;
};

void replace(std::string& text, std::string_view mark, const std::string& by) {
  if (const std::size_t place = text.find(mark); place != std::string::npos) {
    text.replace(place, mark.size(), by);
  }
}

class Narrator {
 public:
  explicit Narrator(const Told& told) : told_(told) {}

  Sentences tell() {
    const auto& messages = told_.chronicle().messages;
    const std::vector<Fate> fates = fates_of(told_.chronicle());
    for (Chronicle::MessageIndex i = 0; i < messages.size(); ++i) {
      const Chronicle::Message& message = messages[i];
      if (message.said_in && told_.contains(step_of(message)) && !message.copy_of) {
        add(message, fates[i]);
      }
    }
    merge_repeated();
    Sentences sentences;
    for (const Group& group : groups_) {
      sentences.push_back({text_of(group), group.steps});
    }
    for (const NodeDecision& decision : decisions_of(told_.chronicle())) {
      tell_untold(decision, sentences);
    }
    return sentences;
  }

 private:
  /// When it left. A decision is one only then: it is durable.
  [[nodiscard]] std::optional<StepIndex> step_of(const Chronicle::Message& message) const {
    return message.type == "decide" || told_.contains(message.sent_in) ? message.sent_in
                                                                       : message.said_in;
  }

  /// One that no message tells of, neither the node's own nor one to it.
  void tell_untold(const NodeDecision& decision, Sentences& sentences) const {
    const auto& steps = told_.chronicle().steps;
    const bool is_told = std::any_of(groups_.begin(), groups_.end(), [&](const Group& group) {
      return group.phrase->type == "decide" && group.field == decision.decision &&
             contains(group.from, decision.node);
    });
    const std::string learned = fmt::format("{} learns {}", decision.node, decision.decision);
    if (is_told || !told_.contains(decision.step) || steps[decision.given_in].input == "decide" ||
        contains(steps[decision.step].consequences, learned)) {
      return;
    }
    const bool was_held = decision.given_in != decision.step;
    sentences.push_back(
        {fmt::format("{} decided {}{}.", decision.node, decision.decision,
                     was_held ? fmt::format(": what it had begun to write at {} was on its disk",
                                            steps[decision.given_in].at.ticks)
                              : std::string()),
         {decision.step}});
  }

  void add(const Chronicle::Message& message, const Fate& fate) {
    const auto phrase = std::find_if(phrases.begin(), phrases.end(),
                                     [&](const Phrase& one) { return one.type == message.type; });
    if (phrase == phrases.end()) {
      return;
    }
    Group& group = group_for(*phrase, message);
    add_once(group.from, message.from);
    if (message.to != message.from) {
      add_once(group.to, message.to);
    }
    const std::string& whose = phrase->is_answer ? message.from : message.to;
    if (fate.lost_in) {
      group.lost.push_back({whose, *fate.lost_in});
    } else if (!message.sent_in) {
      add_once(group.unsent, whose);
    }
    if (message.type == "decide" && *message.sent_in > *message.said_in + 1) {
      group.begun_at = told_.chronicle().steps[*message.said_in].at.ticks;
    }
    group.steps.push_back(*step_of(message));
  }

  Group& group_for(const Phrase& phrase, const Chronicle::Message& message) {
    const std::string key =
        phrase.is_answer ? fmt::format("{} {}", message.text, message.to)
                         : fmt::format("{} {} {}", message.text, message.from, *message.said_in);
    const auto [place, is_new] = group_of_.emplace(key, groups_.size());
    if (!is_new) {
      return groups_[place->second];
    }
    Group& group = groups_.emplace_back();
    group.phrase = &phrase;
    group.field = field_of(message, phrase.field);
    group.occasion = phrase.is_answer ? std::string_view{}
                                      : occasion(told_.chronicle().steps[*message.said_in].input);
    return group;
  }

  /// What is said again in the same words is told once, with how often.
  void merge_repeated() {
    std::map<std::string, std::size_t> told;
    std::vector<Group> groups;
    for (Group& group : groups_) {
      const auto [place, is_new] = told.emplace(text_of(group), groups.size());
      if (is_new) {
        groups.push_back(std::move(group));
        continue;
      }
      Group& first = groups[place->second];
      ++first.times;
      first.steps.insert(first.steps.end(), group.steps.begin(), group.steps.end());
    }
    groups_ = std::move(groups);
  }

  [[nodiscard]] std::string text_of(const Group& group) const {
    std::string text(group.occasion);
    if (!text.empty()) {
      text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    text += group.phrase->text;
    if (group.to.empty()) {  // to itself alone
      replace(text, " and told {to}", "");
    }
    std::vector<std::string> from = group.from;
    std::sort(from.begin(), from.end());
    replace(text, "{from}", listed(from));
    replace(text, "{to}", listed(group.to));
    replace(text, "{its} state", group.to.size() == 1 ? "its state" : "their states");
    std::string field = group.field;
    std::replace(field.begin(), field.end(), '_', ' ');
    replace(text, "{field}", field);
    if (group.begun_at) {
      const std::string begun =
          fmt::format(", which it had begun to write at {},", *group.begun_at);
      const std::size_t place = std::min(text.find(" and told "), text.size());
      text.insert(place, begun.substr(0, begun.size() - (place == text.size() ? 1 : 0)));
    }
    std::vector<std::string> clauses = {std::move(text)};
    add_lost(told_, group.phrase->is_answer ? "the word of" : "the message to", group.lost,
             clauses);
    if (!group.unsent.empty()) {
      clauses.push_back(fmt::format("the {} {} never left",
                                    group.phrase->is_answer ? "word of" : "message to",
                                    listed(group.unsent)));
    }
    text = joined(clauses, "; ");
    return text + (group.times == 1 ? "." : fmt::format(", {} times.", group.times));
  }

  const Told& told_;
  std::vector<Group> groups_;
  std::map<std::string, std::size_t> group_of_;
};

}  // namespace

Sentences tell_votes(const Told& told) { return Narrator(told).tell(); }

}  // namespace synod
