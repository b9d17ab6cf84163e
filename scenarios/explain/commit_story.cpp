#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "scenarios/explain/story.h"
#include "scenarios/explain/words.h"

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
    {"prepared", true, "{from} had voted yes too, and knew no more than {to}"},
    {"state_request", false, "{from} took over and asked {to} for their states"},
    {"state_report", true, "{from} reported to be {field}", "state"},
    {"decide", false, "{from} decided {field} and told {to}", "decision"},
});

/// What made the node speak, before the sentence; empty where that was told already.
std::string_view occasion(std::string_view input) {
  constexpr auto occasions = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"votes", "not all votes had come in time: "},
      {"acks", "not all acknowledgements had come in time: "},
      {"reports", "not all states had come in time: "},
      {"silence", "nothing had come in time: "},
      {"decision", "no decision had come in time: "},
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
  std::vector<std::string> lost;  ///< on the way to these, or from these
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
    for (const Chronicle::Message& message : told_.chronicle().messages) {
      if (told_.contains(message.said_in) && !message.copy_of) {
        add(message);
      }
    }
    merge_repeated();
    Sentences sentences;
    for (const Group& group : groups_) {
      sentences.push_back({text_of(group), group.steps});
    }
    return sentences;
  }

 private:
  void add(const Chronicle::Message& message) {
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
    if (message.dropped_in || message.is_lost_in_crash) {
      add_once(group.lost, phrase->is_answer ? message.from : message.to);
    }
    group.steps.push_back(*message.said_in);
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

  static std::string text_of(const Group& group) {
    std::string text(group.occasion);
    if (!text.empty()) {
      text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    text += group.phrase->text;
    if (group.to.empty()) {  // to itself alone
      replace(text, " and told {to}", "");
    }
    replace(text, "{from}", listed(group.from));
    replace(text, "{to}", listed(group.to));
    std::string field = group.field;
    std::replace(field.begin(), field.end(), '_', ' ');
    replace(text, "{field}", field);
    if (!group.lost.empty()) {
      text += fmt::format("; the {} {} was lost",
                          group.phrase->is_answer ? "word of" : "message to", listed(group.lost));
    }
    return text + (group.times == 1 ? "." : fmt::format(", {} times.", group.times));
  }

  const Told& told_;
  std::vector<Group> groups_;
  std::map<std::string, std::size_t> group_of_;
};

}  // namespace

Sentences tell_commit(const Told& told) { return Narrator(told).tell(); }

}  // namespace synod
