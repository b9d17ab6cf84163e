// A chronicle in the words of other programs. Each format is a pure function; the texts in a
// chronicle may hold anything, and are escaped as the format wants it.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "scenarios/chronicle/chronicle.h"

namespace synod {

/// A Mermaid `sequenceDiagram`: renders in an issue, a pull request, a Markdown page. An arrow
/// stands where its message arrives, a crossed one where it is lost.
std::string mermaid_text(const Chronicle& chronicle);
std::string mermaid_text_of_all(const Chronicle& chronicle);

/// What ShiViz is to read such a log by, written as one types it there. It is not its default.
inline constexpr std::string_view shiviz_parser = R"((?<host>\S*) (?<clock>{.*})\n(?<event>.*))";
/// A log for ShiViz. Its first line is the parser expression, and the second, which is empty, what
/// separates executions: so a file that is opened there needs nothing more. Behind them, one event
/// a step of a node or client. Its own clock starts at 1 and rises by 1 with each of its events,
/// through crashes too; a host is in a clock only after an event of its own.
std::string shiviz_text(const Chronicle& chronicle);

/// Chrome's trace format, which Perfetto opens: a thread for each node, client, and the network; a
/// slice for each step, a flow for each message. A tick of virtual time is a millisecond; steps of
/// one tick follow each other.
std::string perfetto_text(const Chronicle& chronicle);

/// Graphviz: steps as nodes, one cluster for each who acts; messages as arrows between them.
std::string dot_text(const Chronicle& chronicle);

/// The chronicle itself, in the shape that scenarios/chronicle/chronicle.h describes.
std::string chronicle_text(const Chronicle& chronicle);

struct ExportFormat {
  std::string_view name;
  std::string_view about;
  std::string (*write)(const Chronicle& chronicle) = nullptr;
  /// With every step, where `write` tells what comes again and again once; else that does.
  std::string (*write_all)(const Chronicle& chronicle) = nullptr;
};

inline constexpr std::array<ExportFormat, 5> export_formats = {{
    {"mermaid", "a sequence diagram that renders in an issue", &mermaid_text, &mermaid_text_of_all},
    {"shiviz", "a log with vector clocks, for ShiViz; its first line is the parser expression",
     &shiviz_text},
    {"perfetto", "slices and flows, for ui.perfetto.dev", &perfetto_text},
    {"dot", "what follows from what, for Graphviz", &dot_text},
    {"chronicle", "everything that is known of the run, as JSON", &chronicle_text},
}};

}  // namespace synod
