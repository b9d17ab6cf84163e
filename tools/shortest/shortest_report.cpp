#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/words/safe_text.h"
#include "tools/hunt/hunt_figures.h"
#include "tools/shortest/shortest.h"
#include "tools/support/print.h"
#include "tools/support/program_name.h"
#include "tools/support/table.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view nothing = "-";

// ---- Cells ------------------------------------------------------------------------------------

std::string shortest_cell(const ShortestRow& row) {
  return (row.is_surely_shortest() ? "" : "≤ ") + grouped(*row.steps_shortest);
}
std::string ratio_cell(const ShortestRow& row) {
  return row.ratio() ? fmt::format("{:.2f}", *row.ratio()) : std::string(nothing);
}
std::string shrunk_cell(const ShortestRow& row) {
  return row.property.empty() || row.steps_found == 0 ? std::string(nothing)
                                                      : grouped(row.steps_shrunk);
}

/// The fewest steps up to which all of the ladder was looked through.
std::uint64_t steps_covered(const ShortestRow& row) {
  std::uint64_t covered = UINT32_MAX;
  for (const SearchedRung& one : row.searched) {
    if (one.end != explorer::End::exhausted) {
      covered = std::min<std::uint64_t>(covered, one.steps_covered);
    }
  }
  return covered;
}

std::uint64_t states_seen(const ShortestRow& row) {
  std::uint64_t states = 0;
  for (const SearchedRung& one : row.searched) {
    states += one.distinct;
  }
  return states;
}

std::string why_not(const ShortestRow& row) {
  if (!row.why_not.empty()) {
    return row.why_not;
  }
  const std::uint64_t covered = steps_covered(row);
  return fmt::format(
      "{} in {} searches: {}", counted(states_seen(row), "state"), row.searched.size(),
      covered == UINT32_MAX ? "nothing in any, and all of them complete"
                            : fmt::format("nothing of up to {} in any", counted(covered, "step")));
}

// ---- Tables -----------------------------------------------------------------------------------

std::vector<const ShortestRow*> rows_with(const ShortestReport& report, bool is_found) {
  std::vector<const ShortestRow*> rows;
  for (const ShortestRow& row : report.rows) {
    if (row.steps_shortest.has_value() == is_found) {
      rows.push_back(&row);
    }
  }
  return rows;
}

Table found_table(const ShortestReport& report, bool is_markdown) {
  const auto code = [&](std::string_view text) {
    return is_markdown ? fmt::format("`{}`", text) : std::string(text);
  };
  Table table;
  table.columns = {{"mutant"},       {"breaks"},      {"shortest", true},
                   {"shrunk", true}, {"ratio", true}, {"within"}};
  for (const ShortestRow* row : rows_with(report, true)) {
    table.rows.push_back({code(row->target.mutant.slug), code(row->property), shortest_cell(*row),
                          shrunk_cell(*row), ratio_cell(*row),
                          code(arguments_of(*row->within, row->target.protocol))});
  }
  return table;
}

Table missed_table(const ShortestReport& report, bool is_markdown) {
  const auto code = [&](std::string_view text) {
    return is_markdown ? fmt::format("`{}`", text) : std::string(text);
  };
  Table table;
  table.columns = {{"mutant"}, {"breaks"}, {"shrunk", true}, {"looked for"}};
  for (const ShortestRow* row : rows_with(report, false)) {
    table.rows.push_back({code(row->target.mutant.slug),
                          row->property.empty() ? std::string(nothing) : code(row->property),
                          shrunk_cell(*row), why_not(*row)});
  }
  return table;
}

// ---- What shrinking is measured by --------------------------------------------------------------

struct Aims {
  std::uint64_t measured = 0;
  double median = 0;
  double most = 0;
  std::string_view most_of;
};

Aims aims_of(const ShortestReport& report) {
  Aims aims;
  std::vector<double> ratios;
  for (const ShortestRow& row : report.rows) {
    if (const auto ratio = row.ratio()) {
      ratios.push_back(*ratio);
      if (*ratio > aims.most) {
        aims.most = *ratio;
        aims.most_of = row.target.mutant.slug;
      }
    }
  }
  aims.measured = ratios.size();
  aims.median = spread_of(ratios, ratios.size()).median.value_or(0);
  return aims;
}

std::string aims_text(const ShortestReport& report) {
  const Aims aims = aims_of(report);
  if (aims.measured == 0) {
    return {};
  }
  const auto verdict = [](bool is_met) { return is_met ? "met" : "falls short"; };
  return fmt::format(
      "Of {}, shrunk traces are {:.2f} times as long as the shortest in the middle (aim: 1.1, "
      "{}),\n"
      "and {:.2f} times at most, for {} (aim: 1.5, {}).\n",
      counted(aims.measured, "mutant"), aims.median, verdict(aims.median <= 1.1), aims.most,
      aims.most_of, verdict(aims.most <= 1.5));
}

ordered_json entry(const ShortestRow& row) {
  ordered_json json;
  json["mutant"] = row.target.mutant.slug;
  json["protocol"] = row.target.protocol;
  json["property"] = row.property;
  json["steps_found"] = row.steps_found;
  json["steps_shrunk"] = row.steps_shrunk;
  json["steps_shortest"] = nullptr;
  json["within"] = nullptr;
  json["ratio"] = nullptr;
  if (row.steps_shortest) {
    json["steps_shortest"] = *row.steps_shortest;
    json["within"] = arguments_of(*row.within, row.target.protocol);
    if (const auto ratio = row.ratio()) {
      json["ratio"] = *ratio;
    }
  }
  json["is_surely_shortest"] = row.is_surely_shortest();
  json["why_not"] = row.why_not;
  auto& searched = json["searched"] = ordered_json::array();
  for (const SearchedRung& one : row.searched) {
    searched.push_back({{"within", arguments_of(one.rung, row.target.protocol)},
                        {"end", explorer::to_text(one.end)},
                        {"distinct", one.distinct},
                        {"steps_covered", one.steps_covered}});
  }
  return json;
}

}  // namespace

std::string shortest_text(const ShortestReport& report) {
  std::string text = aligned_text(found_table(report, false));
  if (const Table missed = missed_table(report, false); !missed.rows.empty()) {
    text += "\n" + aligned_text(missed);
  }
  text += "\n" + aims_text(report);
  if (report.is_interrupted) {
    text += "interrupted   only mutants that were done until then are told; no file is written\n";
  }
  return text;
}

std::string shortest_json(const ShortestReport& report) {
  auto list = ordered_json::array();
  for (const ShortestRow& row : report.rows) {
    list.push_back(entry(row));
  }
  return format_json(list) + "\n";
}

std::string shortest_markdown(const ShortestPlan& plan, const ShortestReport& report) {
  std::string text = fmt::format(
      "# The shortest counterexamples of the planted bugs\n\n"
      "This page is written by a command, which measures everything again:\n\n"
      "```sh\n{}\n```\n\n"
      "**shortest** is what exhaustive search finds: the fewest steps of any trace in which the "
      "mutant\n"
      "breaks that property, over a ladder of small clusters that is the same for all mutants of "
      "a\n"
      "protocol. Each search may take {:.0f} s and {} MB; ≤ where one ended by that before it had "
      "looked\n"
      "through all shorter traces. **within** are the bounds of the first search with one as "
      "short; "
      "to\nsee it:\n\n"
      "```sh\n{} explore --mutant MUTANT --property PROPERTY WITHIN --trace FILE\n```\n\n"
      "**shrunk** is the trace of the first failing run of `{} fuzz --mutant MUTANT`, made "
      "short "
      "as\nthat does it, and the ratio is its length by the shortest.\n\n",
      report.command, plan.seconds_max, plan.memory_bytes_max >> 20U, program_name(),
      program_name());
  text += aims_text(report) + "\n" + markdown_text(found_table(report, true));
  if (const Table missed = missed_table(report, true); !missed.rows.empty()) {
    text +=
        "\n## Not found\n\n"
        "No search of the ladder found one in as few steps as the shrunk trace has.\n\n" +
        markdown_text(missed);
  }
  return text;
}

}  // namespace synod
