#include "scenarios/explain/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/explain/telling.h"
#include "scenarios/words/words.h"
#include "sim/world/step.h"

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

constexpr std::string_view is_down_mark = " is down";

class EventTeller {
 public:
  EventTeller(const Chronicle& chronicle, const EventWords& words)
      : chronicle_(chronicle), words_(words) {}

  void tell_consequences(StepIndex index) {
    for (const std::string& text : chronicle_.steps[index].consequences) {
      tell(text, index);
    }
  }
  void add(std::string text, StepIndex index) { sentences_.push_back({std::move(text), {index}}); }
  Sentences take() {
    learned_.move_to(sentences_);
    if (words_.tells_answers) {
      answered_.move_to(sentences_);
    }
    return std::move(sentences_);
  }

 private:
  void tell(const std::string& text, StepIndex index) {
    constexpr std::string_view learns = " learns ";
    constexpr std::string_view answer = " has its answer: ";
    const Chronicle::Step& step = chronicle_.steps[index];
    if (const std::size_t place = text.find(learns); place != std::string::npos) {
      if (!words_.tells_learning || words_.tells_learning(step)) {
        add_to(learned_, "learned " + text.substr(place + learns.size()), text.substr(0, place),
               index);
      }
    } else if (const std::size_t crash = text.find(is_down_mark); crash != std::string::npos) {
      add(fmt::format("{} crashed{}.", text.substr(0, crash),
                      text.substr(crash + is_down_mark.size())),
          index);
    } else if (const std::size_t told = text.find(answer); told != std::string::npos) {
      std::string outcome = text.substr(told + answer.size());
      std::replace(outcome.begin(), outcome.end(), '_', ' ');
      add_to(answered_,
             step.kind == AbandonStep::name ? "gave up waiting" : "got the answer: " + outcome,
             text.substr(0, told), index);
    }
  }
  void add_to(Together& alike, const std::string& what, const std::string& who, StepIndex index) {
    if (words_.tells_alike_together) {
      alike.add(what, who, index);
    } else {
      add(fmt::format("{} {}.", who, what), index);
    }
  }

  const Chronicle& chronicle_;
  const EventWords& words_;
  Together learned_;
  Together answered_;
  Sentences sentences_;
};

}  // namespace

std::string field_of(const Chronicle::Message& message, std::string_view name) {
  const JsonFields fields = message.fields.unpacked();
  const std::string* text = text_of(fields.json(), name);
  return text == nullptr ? std::string() : *text;
}

Told::Told(const Chronicle& chronicle, const std::vector<StepIndex>& steps)
    : chronicle_(chronicle), is_told_(chronicle.steps.size()) {
  for (const StepIndex step : steps) {
    is_told_[step] = true;
  }
  for (StepIndex i = 0; i < chronicle.steps.size(); ++i) {
    const Chronicle::Step& step = chronicle.steps[i];
    if (step.kind == "restart") {
      crashes_and_restarts_[step.actor].push_back(i);
    }
    for (const std::string& consequence : step.consequences) {
      if (const std::size_t place = consequence.find(is_down_mark); place != std::string::npos) {
        crashes_and_restarts_[consequence.substr(0, place)].push_back(i);
      }
    }
  }
}

bool Told::was_down(const std::string& node, StepIndex step) const {
  const auto turns = crashes_and_restarts_.find(node);
  return turns != crashes_and_restarts_.end() &&
         (std::lower_bound(turns->second.begin(), turns->second.end(), step) -
          turns->second.begin()) %
                 2 ==
             1;
}

std::vector<Fate> fates_of(const Chronicle& chronicle) {
  const auto& messages = chronicle.messages;
  std::vector<Fate> fates(messages.size());
  std::vector<bool> is_under_way(messages.size());
  std::vector<Chronicle::MessageIndex> original(messages.size());
  for (Chronicle::MessageIndex i = 0; i < messages.size(); ++i) {
    const Chronicle::Message& message = messages[i];
    original[i] = message.copy_of ? original[*message.copy_of] : i;
    Fate& fate = fates[original[i]];
    if (message.delivered_in) {
      fate.arrived_in =
          std::min(fate.arrived_in.value_or(*message.delivered_in), *message.delivered_in);
    } else if (message.dropped_in) {
      fate.lost_in = std::max(fate.lost_in.value_or(0), *message.dropped_in);
    } else {
      is_under_way[original[i]] = true;
    }
  }
  for (Chronicle::MessageIndex i = 0; i < messages.size(); ++i) {
    if (fates[i].arrived_in || is_under_way[i]) {
      fates[i].lost_in.reset();
    }
    fates[i] = fates[original[i]];
  }
  return fates;
}

void add_lost(const Told& told, std::string_view what, const std::vector<Lost>& lost,
              std::vector<std::string>& clauses) {
  std::vector<std::string> by_network;
  std::vector<std::string> down;
  for (const Lost& one : lost) {
    add_once(told.was_down(one.to, one.step) ? down : by_network, one.to);
  }
  if (!by_network.empty()) {
    clauses.push_back(fmt::format("{} {} was lost", what, listed(by_network)));
  }
  if (!down.empty()) {
    clauses.push_back(fmt::format("{} {} down", listed(down), down.size() == 1 ? "was" : "were"));
  }
}

/// The step of a fault that is a sentence of the story as it stands.
static bool tells_itself(std::string_view kind) {
  bool does = false;
  for_each_step_of_fault([&]<class Step>() {
    if constexpr (faults::TellsItself<Step>) {
      does = does || Step::name == kind;
    }
  });
  return does;
}

static Sentences tell_restarts(const Told& told) {
  Sentences sentences;
  const auto& steps = told.chronicle().steps;
  for (StepIndex i = 0; i < steps.size(); ++i) {
    if (told.contains(i) && steps[i].kind == "restart") {
      sentences.push_back({steps[i].actor + " came back, from its disk.", {i}});
    }
  }
  return sentences;
}

Sentences tell_events(const Told& told, const EventWords& words) {
  const Chronicle& chronicle = told.chronicle();
  EventTeller teller(chronicle, words);
  for (StepIndex i = 0; i < chronicle.steps.size(); ++i) {
    const Chronicle::Step& step = chronicle.steps[i];
    if (!told.contains(i)) {
      continue;
    }
    teller.tell_consequences(i);
    if (std::string more = words.more ? words.more(step, i) : std::string(); !more.empty()) {
      teller.add(std::move(more), i);
    } else if (step.kind == "duplicate" && step.packet) {
      const Chronicle::Message& message = chronicle.messages[*step.packet];
      teller.add(
          fmt::format("The network doubled {}'s {} to {}.", message.from, message.text, message.to),
          i);
    } else if (tells_itself(step.kind)) {
      std::string text = step.text + ".";
      if (text.front() == 'e') {
        text.front() = 'E';
      } else if (text.starts_with("cut: ") || text.starts_with("heal: ")) {
        text.erase(0, text.find(' ') + 1);
      }
      teller.add(std::move(text), i);
    }
  }
  return teller.take();
}

void add_sentences(Sentences& sentences, Sentences&& more) {
  sentences.insert(sentences.end(), std::make_move_iterator(more.begin()),
                   std::make_move_iterator(more.end()));
}

Sentences tell_story(const Told& told) {
  Sentences story = tell_restarts(told);
  const ProtocolWords* words = words_of(told.chronicle().protocol);
  const bool has_own =
      words != nullptr && words->telling != nullptr && words->telling->story != nullptr;
  add_sentences(story, has_own ? words->telling->story(told) : tell_plainly(told));
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
  return in_order;
}

}  // namespace synod
