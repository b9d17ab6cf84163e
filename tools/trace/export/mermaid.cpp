#include <fmt/format.h>

#include <vector>

#include "scenarios/explain/passages.h"
#include "scenarios/words/safe_text.h"
#include "tools/trace/export/formats.h"

namespace synod {
namespace {

class Diagram {
 public:
  explicit Diagram(const Chronicle& chronicle) : chronicle_(chronicle) {}

  std::string text(const std::vector<Passage>& passages) {
    text_ = "sequenceDiagram\n";
    for (const std::string& node : chronicle_.nodes) {
      text_ += fmt::format("    participant {}\n", node);
    }
    for (const std::string& client : chronicle_.clients) {
      text_ += fmt::format("    actor {}\n", client);
    }
    note_over_all(chronicle_.about);
    for (const Passage& passage : passages) {
      if (passage.how != Passage::How::in_full) {
        note_over_all(passage_text(chronicle_, passage));
        continue;
      }
      tell(chronicle_.steps[passage.first]);
      if (chronicle_.finding && chronicle_.finding->step == passage.first) {
        tell_finding();
      }
    }
    if (chronicle_.finding && !chronicle_.finding->step) {
      tell_finding();
    }
    return text_;
  }

 private:
  void note(std::string_view over, std::string_view what) {
    if (!what.empty()) {
      text_ += fmt::format("    Note over {}: {}\n", over, escaped_for_mermaid(what));
    }
  }
  void note_over_all(std::string_view what) {
    const std::string& last =
        chronicle_.clients.empty() ? chronicle_.nodes.back() : chronicle_.clients.back();
    note(chronicle_.nodes.front() == last ? last
                                          : fmt::format("{},{}", chronicle_.nodes.front(), last),
         what);
  }
  void tell_finding() {
    note_over_all(
        fmt::format("{} is violated: {}", chronicle_.finding->property, chronicle_.finding->text));
  }
  void tell(const Chronicle::Step& step) {
    if (step.packet && step.kind != "duplicate") {
      const Chronicle::Message& message = chronicle_.messages[*step.packet];
      const bool is_lost = step.kind == "drop";
      text_ += fmt::format("    {}{}{}: {}{}\n", message.from, is_lost ? "-x" : "->>", message.to,
                           escaped_for_mermaid(message.text), message.copy_of ? " (a copy)" : "");
    } else if (step.actor.empty()) {
      note_over_all(step.text);
    } else if (step.kind != "finish_write" &&
               step.kind != "request") {  // these show by what follows
      note(step.actor, step.text);
    }
    for (const std::string& consequence : step.consequences) {
      note(step.actor, consequence);
    }
    note_over_all(step.news);
  }

  const Chronicle& chronicle_;
  std::string text_;
};

}  // namespace

std::string mermaid_text(const Chronicle& chronicle) {
  return Diagram(chronicle).text(brief_passages(chronicle));
}

std::string mermaid_text_of_all(const Chronicle& chronicle) {
  std::vector<Passage> all;
  for (Chronicle::StepIndex i = 0; i < chronicle.steps.size(); ++i) {
    all.push_back({.first = i});
  }
  return Diagram(chronicle).text(all);
}

}  // namespace synod
