#include <fmt/format.h>

#include <vector>

#include "scenarios/words/safe_text.h"
#include "tools/trace/export/formats.h"

namespace synod {
namespace {

/// Lines of a label, already quoted on their own: `\l` ends one and sets it to the left.
std::string label(const Chronicle::Step& step) {
  std::string text = fmt::format("{}  {}", step.at.ticks, step.text);
  std::string lines = quoted_for_dot(text);
  const auto add = [&](const std::string& line) {
    lines.pop_back();
    lines += "\\l" + quoted_for_dot(line).substr(1);
  };
  for (const std::string& consequence : step.consequences) {
    add(consequence);
  }
  if (!step.news->empty()) {
    add("* " + *step.news);
  }
  lines.pop_back();
  return lines + "\\l\"";
}

class Graph {
 public:
  Graph(const Chronicle& chronicle, const WritePiece& write)
      : chronicle_(chronicle), write_(write) {}

  void tell() {
    // Ranks of its own for each cluster would not do: they send to one another in both directions.
    write_("digraph run {\n  rankdir=TB;\n  newrank=true;\n");
    write_("  node [shape=box, fontname=\"sans-serif\"];\n");
    write_(fmt::format("  label={};\n", quoted_for_dot(chronicle_.about)));
    for (const std::string& node : chronicle_.nodes) {
      add_cluster(node);
    }
    for (const std::string& client : chronicle_.clients) {
      add_cluster(client);
    }
    add_steps_of("", "  ");
    for (Chronicle::StepIndex i = 0; i < chronicle_.steps.size(); ++i) {
      add_edges(i);
    }
    write_("}\n");
  }

 private:
  void add_cluster(const std::string& actor) {
    write_(fmt::format("  subgraph cluster_{} {{\n    label={};\n", actor, quoted_for_dot(actor)));
    add_steps_of(actor, "    ");
    write_("  }\n");
  }
  void add_steps_of(std::string_view actor, std::string_view indent) {
    for (Chronicle::StepIndex i = 0; i < chronicle_.steps.size(); ++i) {
      const Chronicle::Step& step = chronicle_.steps[i];
      if (step.actor == actor) {
        const bool is_violation = chronicle_.finding && chronicle_.finding->step == i;
        write_(fmt::format("{}s{} [label={}{}{}];\n", indent, i, label(step),
                           actor.empty() ? ", style=dashed" : "",
                           is_violation ? ", color=red, penwidth=3" : ""));
      }
    }
  }
  /// What it follows from: a message has its type, what the same one did before is grey.
  void add_edges(Chronicle::StepIndex index) {
    const Chronicle::Step& step = chronicle_.steps[index];
    const auto sent_in = step.packet ? chronicle_.messages[*step.packet].sent_in : std::nullopt;
    for (const Chronicle::StepIndex cause : step.causes) {
      const bool is_message = sent_in == cause;
      write_(fmt::format("  s{} -> s{} [{}];\n", cause, index,
                         is_message
                             ? "label=" + quoted_for_dot(chronicle_.messages[*step.packet].type)
                             : "color=grey"));
    }
  }

  const Chronicle& chronicle_;
  const WritePiece& write_;
};

}  // namespace

void write_dot(const Chronicle& chronicle, const WritePiece& write) {
  Graph(chronicle, write).tell();
}

}  // namespace synod
