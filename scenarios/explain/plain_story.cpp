#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenarios/explain/given.h"
#include "scenarios/explain/story.h"
#include "scenarios/words/words.h"

namespace synod {
namespace {

/// Those of one step with the same text, to one or many.
struct Words {
  std::string text;
  std::string type;
  std::vector<std::string> to;
  std::vector<Lost> lost;
};

/// Those that are alike once, with their number; of very many the first.
std::string listed_briefly(const std::vector<std::string>& texts) {
  constexpr std::size_t told_max = 6;
  std::vector<std::pair<std::string, std::size_t>> counts;
  for (const std::string& text : texts) {
    const auto same = std::find_if(counts.begin(), counts.end(),
                                   [&](const auto& one) { return one.first == text; });
    if (same == counts.end()) {
      counts.emplace_back(text, 1);
    } else {
      ++same->second;
    }
  }
  std::vector<std::string> told;
  std::size_t others = texts.size();
  for (const auto& [text, count] : counts) {
    if (told.size() < told_max) {
      told.push_back(count == 1 ? text : fmt::format("{} ({} times)", text, count));
      others -= count;
    }
  }
  if (others > 0) {
    told.push_back(others == 1 ? "another one" : fmt::format("{} others", others));
  }
  return listed(told);
}

class Narrator {
 public:
  explicit Narrator(const Told& told) : told_(told) {}

  Sentences tell() {
    for (StepIndex i = 0; i < chronicle().steps.size(); ++i) {
      if (told_.contains(i)) {
        tell(chronicle().steps[i], i);
      }
    }
    finish();
    return std::move(sentences_);
  }

 private:
  [[nodiscard]] const Chronicle& chronicle() const { return told_.chronicle(); }
  [[nodiscard]] bool is_node(const std::string& name) const {
    return contains(chronicle().nodes, name);
  }

  void tell(const Chronicle::Step& step, StepIndex index) {
    if (!step.packet || step.actor != receiver_) {
      finish();
    }
    if (step.kind == "request") {
      tell_request(step, index);
    } else if (step.kind == "finish_write") {
      tell_write(step, index);
    } else if (step.kind == FailWriteStep::name) {
      tell_failure(step, index);
    } else if (is_node(step.actor) && !step.input.empty()) {
      tell_input(step, index);
    }
  }

  /// The one that arrives is told where it does.
  void tell_request(const Chronicle::Step& step, StepIndex index) {
    for (const Chronicle::MessageIndex said : step.said) {
      const Chronicle::Message& request = chronicle().messages[said];
      if (!told_.contains(request.delivered_in)) {
        say(fmt::format("{} sent {} to {}", request.from, request.text, request.to), step, index);
      }
    }
  }

  void tell_write(const Chronicle::Step& step, StepIndex index) {
    std::vector<std::string> written;
    for (const Chronicle::Change& change : step.changes) {
      if (change.part == "disk") {
        written.push_back(change.after.empty() ? fmt::format("no {}", change.name)
                                               : fmt::format("{} {}", change.name, change.after));
      }
    }
    if (!written.empty() || !step.sent.empty()) {
      say(written.empty() ? fmt::format("{}'s disk had what it was to write", step.actor)
                          : fmt::format("{}'s disk had {}", step.actor, listed_briefly(written)),
          step, index);
    }
  }

  void tell_failure(const Chronicle::Step& step, StepIndex index) {
    const std::string mark = fmt::format("not on {}'s disk: ", step.actor);
    const auto missed = std::find_if(step.consequences.begin(), step.consequences.end(),
                                     [&](const auto& text) { return text.starts_with(mark); });
    say(missed == step.consequences.end()
            ? happening_text(step)
            : fmt::format("The write of {} at {} failed", missed->substr(mark.size()), step.actor),
        step, index);
  }

  /// What a node received, and did nothing about, goes with what it received next.
  void tell_input(const Chronicle::Step& step, StepIndex index) {
    const bool is_restart = step.input == "restart";
    if (is_restart && step.sent.empty()) {
      return;  // that it came back is told anyhow
    }
    std::string given = step.packet  ? fmt::format("{} received {}", step.actor, received(step))
                        : is_restart ? fmt::format("Back from its disk, {} went on", step.actor)
                                     : happening_text(step);
    if (step.packet) {
      received_.push_back(received(step));
      receiver_ = step.actor;
      steps_.push_back(index);
      given = fmt::format("{} received {}", receiver_, listed_briefly(received_));
    }
    if (!step.sent.empty()) {
      say(given, step, index);
    } else if (!step.packet) {
      sentences_.push_back({given + ".", {index}});
    }
  }
  [[nodiscard]] std::string received(const Chronicle::Step& step) const {
    const Chronicle::Message& message = chronicle().messages[*step.packet];
    return message.from == step.actor ? "its own " + message.text
                                      : fmt::format("{}'s {}", message.from, message.text);
  }

  /// What was received and has come to nothing yet.
  void finish() {
    if (!received_.empty()) {
      sentences_.push_back({fmt::format("{} received {}.", receiver_, listed_briefly(received_)),
                            std::move(steps_)});
    }
    forget();
  }
  void forget() {
    receiver_.clear();
    received_.clear();
    steps_.clear();
  }

  /// With what the step sent, and what became of that.
  void say(std::string text, const Chronicle::Step& step, StepIndex index) {
    std::vector<std::string> clauses;
    std::vector<std::string> sent;
    const std::vector<Words> all = sent_in(step);
    sent.reserve(all.size());
    for (const Words& words : all) {
      sent.push_back(fmt::format("{} to {}", words.text, listed(words.to)));
    }
    if (step.kind != "request" && !sent.empty()) {
      const bool is_subject = text.starts_with(step.actor + " ");
      text +=
          fmt::format(", and {}sent {}", is_subject ? "" : step.actor + " ", listed_briefly(sent));
    }
    clauses.push_back(std::move(text));
    for (const Words& words : all) {
      add_lost(told_, fmt::format("the {} to", words.type), words.lost, clauses);
    }
    std::vector<StepIndex> steps = std::move(steps_);
    add_once(steps, index);
    sentences_.push_back({joined(clauses, "; ") + ".", std::move(steps)});
    forget();
  }
  static void add_once(std::vector<StepIndex>& steps, StepIndex index) {
    if (std::find(steps.begin(), steps.end(), index) == steps.end()) {
      steps.push_back(index);
    }
  }

  [[nodiscard]] std::vector<Words> sent_in(const Chronicle::Step& step) const {
    std::vector<Words> all;
    for (const Chronicle::MessageIndex index : step.sent) {
      const Chronicle::Message& message = chronicle().messages[index];
      // What a client is told, is told where it arrives.
      const bool is_answer = contains(chronicle().clients, message.to);
      if (message.copy_of || (is_answer && told_.contains(message.delivered_in))) {
        continue;
      }
      auto same = std::find_if(all.begin(), all.end(),
                               [&](const Words& one) { return one.text == message.text; });
      if (same == all.end()) {
        same = all.insert(same, {message.text, message.type, {}, {}});
      }
      same->to.push_back(message.to == message.from ? "itself" : message.to);
      if (message.dropped_in) {
        same->lost.push_back({message.to, *message.dropped_in});
      }
    }
    return all;
  }

  const Told& told_;
  Sentences sentences_;
  std::string receiver_;               ///< of what follows
  std::vector<std::string> received_;  ///< in steps one after the other
  std::vector<StepIndex> steps_;
};

}  // namespace

Sentences tell_plainly(const Told& told) {
  EventWords words;
  words.tells_alike_together = false;
  Sentences sentences = Narrator(told).tell();
  add_sentences(sentences, tell_events(told, words));
  return sentences;
}

}  // namespace synod
