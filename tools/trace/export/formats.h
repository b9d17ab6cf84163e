// A chronicle in the words of other programs. Each format is a pure function, but for handing over
// what it writes a piece at a time; the texts in a chronicle may hold anything, and are escaped as
// the format wants it.
#pragma once

#include <array>
#include <string_view>

#include "scenarios/chronicle/chronicle.h"
#include "tools/support/file_in_pieces.h"

namespace synod {

/// A Mermaid `sequenceDiagram`: renders in an issue, a pull request, a Markdown page. An arrow
/// stands where its message arrives, a crossed one where it is lost.
void write_mermaid(const Chronicle& chronicle, const WritePiece& write);
void write_mermaid_of_all(const Chronicle& chronicle, const WritePiece& write);

/// What ShiViz is to read such a log by, written as one types it there. It is not its default.
inline constexpr std::string_view shiviz_parser = R"((?<host>\S*) (?<clock>{.*})\n(?<event>.*))";
/// A log for ShiViz. Its first line is the parser expression, and the second, which is empty, what
/// separates executions: so a file that is opened there needs nothing more. Behind them, one event
/// a step of a node or client. Its own clock starts at 1 and rises by 1 with each of its events,
/// through crashes too; a host is in a clock only after an event of its own.
void write_shiviz(const Chronicle& chronicle, const WritePiece& write);

/// Chrome's trace format, which Perfetto opens: a thread for each node, client, and the network; a
/// slice for each step, a flow for each message. A tick of virtual time is a millisecond; steps of
/// one tick follow each other.
void write_perfetto(const Chronicle& chronicle, const WritePiece& write);

/// Graphviz: steps as nodes, one cluster for each who acts; messages as arrows between them.
void write_dot(const Chronicle& chronicle, const WritePiece& write);

/// The chronicle itself, in the shape that scenarios/chronicle/chronicle.h describes.
void write_chronicle(const Chronicle& chronicle, const WritePiece& write);

struct ExportFormat {
  std::string_view name;
  std::string_view about;
  void (*write)(const Chronicle& chronicle, const WritePiece& write) = nullptr;
  /// With every step, where `write` tells what comes again and again once; else that does.
  void (*write_all)(const Chronicle& chronicle, const WritePiece& write) = nullptr;
};

inline constexpr std::array<ExportFormat, 5> export_formats = {{
    {"mermaid", "a sequence diagram that renders in an issue", &write_mermaid,
     &write_mermaid_of_all},
    {"shiviz", "a log with vector clocks, for ShiViz; its first line is the parser expression",
     &write_shiviz},
    {"perfetto", "slices and flows, for ui.perfetto.dev", &write_perfetto},
    {"dot", "what follows from what, for Graphviz", &write_dot},
    {"chronicle", "everything that is known of the run, as JSON", &write_chronicle},
}};

}  // namespace synod
