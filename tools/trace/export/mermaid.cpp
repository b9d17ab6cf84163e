#include <fmt/format.h>

#include <vector>

#include "scenarios/explain/passages.h"
#include "scenarios/words/safe_text.h"
#include "tools/trace/export/formats.h"

namespace synod {
namespace {

class Diagram {
 public:
  Diagram(const Chronicle& chronicle, const WritePiece& write)
      : chronicle_(chronicle), write_(write) {}

  void tell(const std::vector<Passage>& passages) {
    write_("sequenceDiagram\n");
    for (const std::string& node : chronicle_.nodes) {
      write_(fmt::format("    participant {}\n", node));
    }
    for (const std::string& client : chronicle_.clients) {
      write_(fmt::format("    actor {}\n", client));
    }
    note_over_all(chronicle_.about);
    for (const Passage& passage : passages) {
      if (passage.how != Passage::How::in_full) {
        note_over_all(passage_text(chronicle_, passage));
        continue;
      }
      tell_step(chronicle_.steps[passage.first]);
      if (chronicle_.finding && chronicle_.finding->step == passage.first) {
        tell_finding();
      }
    }
    if (chronicle_.finding && !chronicle_.finding->step) {
      tell_finding();
    }
  }

 private:
  void note(std::string_view over, std::string_view what) {
    if (!what.empty()) {
      write_(fmt::format("    Note over {}: {}\n", over, escaped_for_mermaid(what)));
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
  void tell_step(const Chronicle::Step& step) {
    if (step.packet && step.kind != "duplicate") {
      const Chronicle::Message& message = chronicle_.messages[*step.packet];
      const bool is_lost = step.kind == "drop";
      write_(fmt::format("    {}{}{}: {}{}\n", message.from, is_lost ? "-x" : "->>", message.to,
                         escaped_for_mermaid(message.text), message.copy_of ? " (a copy)" : ""));
    } else if (step.actor.empty()) {
      note_over_all(step.text);
    } else if (step.kind != "finish_write" &&
               step.kind != "request") {  // these show by what follows
      note(step.actor, step.text);
    }
    for (const std::string& consequence : step.consequences) {
      note(step.actor, consequence);
    }
    note_over_all(*step.news);
  }

  const Chronicle& chronicle_;
  const WritePiece& write_;
};

}  // namespace

void write_mermaid(const Chronicle& chronicle, const WritePiece& write) {
  Diagram(chronicle, write).tell(brief_passages(chronicle));
}

void write_mermaid_of_all(const Chronicle& chronicle, const WritePiece& write) {
  std::vector<Passage> all;
  for (Chronicle::StepIndex i = 0; i < chronicle.steps.size(); ++i) {
    all.push_back({.first = i});
  }
  Diagram(chronicle, write).tell(all);
}

}  // namespace synod
