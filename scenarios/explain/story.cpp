#include "scenarios/explain/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "scenarios/explain/words.h"
#include "scenarios/quorums.h"

namespace synod {
namespace {

/// "n1 and n3 learned red", told where the first did: so much is alike that one sentence serves.
class Together {
 public:
  void add(const std::string& what, const std::string& who, StepIndex step) {
    const auto place = std::find_if(groups_.begin(), groups_.end(),
                                    [&](const Group& group) { return group.what == what; });
    Group& group = place == groups_.end() ? groups_.emplace_back() : *place;
    group.what = what;
    add_once(group.who, who);
    group.steps.push_back(step);
  }
  void move_to(Sentences& sentences) {
    for (Group& group : groups_) {
      std::sort(group.who.begin(), group.who.end());
      sentences.push_back({fmt::format("{} {}.", listed(group.who), group.what), group.steps});
    }
  }

 private:
  struct Group {
    std::string what;
    std::vector<std::string> who;
    std::vector<StepIndex> steps;
  };
  std::vector<Group> groups_;
};

void tell_consequence(const std::string& text, StepIndex index, Together& learned,
                      Together& answered, Sentences& sentences) {
  constexpr std::string_view learns = " learns ";
  constexpr std::string_view down = " is down";
  constexpr std::string_view answer = " has its answer: ";
  if (const std::size_t place = text.find(learns); place != std::string::npos) {
    learned.add("learned " + text.substr(place + learns.size()), text.substr(0, place), index);
  } else if (const std::size_t crash = text.find(down); crash != std::string::npos) {
    sentences.push_back(
        {fmt::format("{} crashed{}.", text.substr(0, crash), text.substr(crash + down.size())),
         {index}});
  } else if (const std::size_t told = text.find(answer); told != std::string::npos) {
    std::string outcome = text.substr(told + answer.size());
    std::replace(outcome.begin(), outcome.end(), '_', ' ');
    answered.add("got the answer: " + outcome, text.substr(0, told), index);
  }
}

}  // namespace

Told::Told(const Chronicle& chronicle, const std::vector<StepIndex>& steps)
    : chronicle_(chronicle), is_told_(chronicle.steps.size()) {
  for (const StepIndex step : steps) {
    is_told_[step] = true;
  }
}

Sentences tell_events(const Told& told) {
  Sentences sentences;
  Together learned;
  Together answered;
  const std::vector<Chronicle::Step>& steps = told.chronicle().steps;
  for (StepIndex i = 0; i < steps.size(); ++i) {
    const Chronicle::Step& step = steps[i];
    if (!told.contains(i)) {
      continue;
    }
    for (const std::string& consequence : step.consequences) {
      tell_consequence(consequence, i, learned, answered, sentences);
    }
    if (step.input == "request" && step.packet &&
        field_of(told.chronicle().messages[*step.packet], "operation") == "quorum_read") {
      sentences.push_back({fmt::format("{} asked {} which value a quorum holds.",
                                       told.chronicle().messages[*step.packet].from, step.actor),
                           {i}});
    }
    if (step.kind == "restart") {
      sentences.push_back({step.actor + " came back, from its disk.", {i}});
    } else if (step.kind == "cut" || step.kind == "heal" || step.kind == "skew") {
      std::string text = step.text + ".";
      if (text.front() == 'e') {
        text.front() = 'E';
      } else if (text.starts_with("cut: ") || text.starts_with("heal: ")) {
        text.erase(0, text.find(' ') + 1);
      }
      sentences.push_back({text, {i}});
    }
  }
  learned.move_to(sentences);
  const std::optional<Chronicle::Finding>& finding = told.chronicle().finding;
  if (!finding || finding->property == "client_answers_true") {
    answered.move_to(sentences);
  }
  return sentences;
}

Sentences tell_story(const Told& told, const Ballots& ballots) {
  const std::string& protocol = told.chronicle().protocol;
  Sentences story = tell_events(told);
  const auto add = [&](Sentences&& more) { story.insert(story.end(), more.begin(), more.end()); };
  if (protocol == "paxos" || protocol == "paxos_commit") {
    add(tell_ballots(told, ballots));
  }
  if (protocol != "paxos") {
    add(tell_commit(told));
  }
  for (Explanation::Sentence& sentence : story) {
    std::sort(sentence.steps.begin(), sentence.steps.end());
    sentence.steps.erase(std::unique(sentence.steps.begin(), sentence.steps.end()),
                         sentence.steps.end());
  }
  Sentences in_order;  // those of the same steps as they came
  for (Explanation::Sentence& sentence : story) {
    const auto is_before = [](const Explanation::Sentence& a, const Explanation::Sentence& b) {
      return a.steps < b.steps;  // by the first step, as far as they differ
    };
    const auto place = std::upper_bound(in_order.begin(), in_order.end(), sentence, is_before);
    in_order.insert(place, std::move(sentence));
  }
  if (const std::string quorums = quorums_text(told.chronicle().configuration);
      protocol == "paxos" && !quorums.empty()) {
    in_order.insert(in_order.begin(), {quorums, {}});
  }
  return in_order;
}

}  // namespace synod
