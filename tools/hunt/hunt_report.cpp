#include "tools/hunt/hunt_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/words/safe_text.h"
#include "tools/hunt/hunt_aims.h"
#include "tools/support/print.h"
#include "tools/support/program_name.h"
#include "tools/support/table.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view nothing = "-";

// ---- Figures in words
// ----------------------------------------------------------------------------

/// Of two whole numbers the mean is whole or ends in a half.
std::string count_text(double count) {
  const double whole = std::floor(count);
  return grouped(static_cast<std::uint64_t>(whole)) + (count > whole ? ".5" : "");
}

std::string runs_text(const std::optional<double>& runs, std::uint64_t budget) {
  return runs ? count_text(*runs) : "> " + grouped(budget);
}

std::string steps_text(const std::optional<double>& steps) {
  return steps ? count_text(*steps) : std::string(nothing);
}

std::string seconds_text(const std::optional<double>& seconds) {
  constexpr double least = 0.0001;
  return !seconds           ? std::string(nothing)
         : *seconds < least ? "< 0.0001"
                            : fmt::format("{:.{}f}", *seconds, *seconds < 1 ? 4 : 2);
}

std::string ratio_text(const std::optional<RunsRatio>& ratio) {
  if (!ratio) {
    return std::string(nothing);
  }
  const std::string value = ratio->value < 100
                                ? fmt::format("{:.1f}", ratio->value)
                                : grouped(static_cast<std::uint64_t>(std::llround(ratio->value)));
  return (ratio->is_at_least ? "> " : "") + value;
}

std::string found_text(const HuntFigures& figures) {
  return fmt::format("{}/{}", figures.found, figures.trials);
}

/// What is no bug is told as such.
std::string kind_note(const MutantText& mutant) {
  return mutant.kind == MutantKind::bug ? "" : fmt::format(" ({})", to_text(mutant.kind));
}

// ---- By protocol
// ---------------------------------------------------------------------------------

using Rows = std::span<const HuntRow>;

/// Calls `tell(protocol, rows)` for each protocol that has any.
template <class Tell>
void for_each_protocol(Rows rows, const Tell& tell) {
  while (!rows.empty()) {
    const std::string_view protocol = rows.front().target.protocol;
    std::size_t count = 1;
    while (count < rows.size() && rows[count].target.protocol == protocol) {
      ++count;
    }
    tell(protocol, rows.first(count));
    rows = rows.subspan(count);
  }
}

// ---- Terminal
// ------------------------------------------------------------------------------------

void add_figures(Table& table, const HuntSummary& summary, const HuntRow& row, Strategy strategy) {
  const bool is_default = strategy == Strategy::swarm;
  const std::optional<HuntFigures>& measured = is_default ? row.by_default : row.by_uniform;
  if (!measured) {
    return;
  }
  const HuntFigures& figures = *measured;
  const std::string ratio = is_default ? "" : ratio_text(runs_ratio(row, summary.budget));
  table.rows.push_back(
      {std::string(row.target.mutant.slug) + kind_note(row.target.mutant),
       std::string(to_text(strategy)), found_text(figures),
       runs_text(figures.runs.median, summary.budget), runs_text(figures.runs.p90, summary.budget),
       steps_text(figures.steps.median), steps_text(figures.steps.p90),
       seconds_text(figures.cpu_seconds.median), seconds_text(figures.cpu_seconds.p90), ratio,
       figures.property.empty() ? std::string(nothing) : figures.property});
}

std::string terminal_table(const HuntSummary& summary, Rows rows) {
  Table table;
  table.columns = {{"mutant"},    {"strategy"},    {"found", true}, {"runs", true},
                   {"p90", true}, {"steps", true}, {"p90", true},   {"CPU s", true},
                   {"p90", true}, {"ratio", true}, {"property"}};
  table.rows.reserve(2 * rows.size());
  for (const HuntRow& row : rows) {
    add_figures(table, summary, row, Strategy::swarm);
    add_figures(table, summary, row, Strategy::uniform);
  }
  return aligned_text(table);
}

std::string aims_text(const HuntSummary& summary) {
  std::string text;
  for (const HuntAim& aim : aims_of(summary)) {
    text += fmt::format("  {}\n    {}: {}\n", aim.what, aim.reached, aim.verdict);
  }
  return text.empty() ? text : "aims\n" + text;
}

// ---- Machines
// ------------------------------------------------------------------------------------

ordered_json seconds_json(const std::optional<double>& seconds) {
  return seconds ? ordered_json(*seconds) : ordered_json(nullptr);
}

/// A whole number is written as one.
ordered_json count_json(const std::optional<double>& count) {
  const bool is_whole = count && *count == std::floor(*count);
  return is_whole ? ordered_json(static_cast<std::uint64_t>(*count)) : seconds_json(count);
}

ordered_json entry(const HuntSummary& summary, const HuntTarget& target, Strategy strategy,
                   const HuntFigures& figures) {
  ordered_json json;
  json["mutant"] = target.mutant.slug;
  json["protocol"] = target.protocol;
  json["kind"] = to_text(target.mutant.kind);
  json["strategy"] = to_text(strategy);
  json["trials"] = figures.trials;
  json["budget"] = summary.budget;
  json["found"] = figures.found;
  json["property"] =
      figures.property.empty() ? ordered_json(nullptr) : ordered_json(figures.property);
  json["runs_median"] = count_json(figures.runs.median);
  json["runs_p90"] = count_json(figures.runs.p90);
  json["steps_median"] = count_json(figures.steps.median);
  json["steps_p90"] = count_json(figures.steps.p90);
  json["cpu_seconds_median"] = seconds_json(figures.cpu_seconds.median);
  json["cpu_seconds_p90"] = seconds_json(figures.cpu_seconds.p90);
  return json;
}

// ---- Markdown
// ------------------------------------------------------------------------------------

std::string code(std::string_view text) { return fmt::format("`{}`", text); }

bool has_strategy(const HuntSummary& summary, Strategy strategy) {
  return std::any_of(summary.rows.begin(), summary.rows.end(), [&](const HuntRow& row) {
    return (strategy == Strategy::swarm ? row.by_default : row.by_uniform).has_value();
  });
}

/// The property that was broken; where none was, the one that should have been.
std::string property_cell(const HuntRow& row) {
  for (const std::optional<HuntFigures>& figures : {row.by_default, row.by_uniform}) {
    if (figures && !figures->property.empty()) {
      return code(figures->property);
    }
  }
  return code(row.target.mutant.property);
}

std::string found_cell(const std::optional<HuntFigures>& figures) {
  return figures ? found_text(*figures) : std::string(nothing);
}

std::string runs_cell(const std::optional<HuntFigures>& figures, std::uint64_t budget) {
  return figures ? runs_text(figures->runs.median, budget) : std::string(nothing);
}

std::string markdown_table(const HuntSummary& summary, Rows rows) {
  const bool has_default = has_strategy(summary, Strategy::swarm);
  const bool has_uniform = has_strategy(summary, Strategy::uniform);
  Table table;
  table.columns = {{"mutant"}, {"what is wrong"}, {"breaks"}};
  const auto add_column = [&](bool is_wanted, const char* title) {
    if (is_wanted) {
      table.columns.push_back({title, true});
    }
  };
  add_column(has_default, "found, default");
  add_column(has_uniform, "found, uniform");
  add_column(has_default, "runs, default");
  add_column(has_uniform, "runs, uniform");
  add_column(has_default && has_uniform, "uniform : default");
  add_column(has_default, "CPU-seconds, default");
  table.rows.reserve(rows.size());
  for (const HuntRow& row : rows) {
    const MutantText& mutant = row.target.mutant;
    std::vector<std::string> cells = {code(mutant.slug) + kind_note(mutant),
                                      markdown_escaped(mutant.about), property_cell(row)};
    const auto add_cell = [&](bool is_wanted, std::string cell) {
      if (is_wanted) {
        cells.push_back(std::move(cell));
      }
    };
    add_cell(has_default, found_cell(row.by_default));
    add_cell(has_uniform, found_cell(row.by_uniform));
    add_cell(has_default, runs_cell(row.by_default, summary.budget));
    add_cell(has_uniform, runs_cell(row.by_uniform, summary.budget));
    add_cell(has_default && has_uniform, ratio_text(runs_ratio(row, summary.budget)));
    add_cell(has_default, row.by_default ? seconds_text(row.by_default->cpu_seconds.median)
                                         : std::string(nothing));
    table.rows.push_back(std::move(cells));
  }
  return markdown_text(table);
}

std::string head_of_page(const HuntSummary& summary) {
  return fmt::format(
      "# Planted bugs, and what it takes to find them\n\n"
      "This page is written by a command, which measures everything again:\n\n"
      "```sh\n{}\n```\n\n"
      "A mutant replaces one rule of a correct protocol, in a file of its own beside this page;\n"
      "`{} list mutants` tells for each where it was seen and what it takes to show. Each was "
      "hunted\n"
      "in {}, which have no seed in common: trial t, counted from 0, runs the\n"
      "seeds from t × {} + 1 on until one breaks a property, and gives up after {}.\n"
      "**default** draws sizes, rates and faults from the seed, as `{} fuzz` does; **uniform**, "
      "the\n"
      "baseline, is one fixed configuration with every fault independent of the others. Runs and\n"
      "CPU-seconds are medians over the trials; one that found nothing counts as more than its "
      "budget.\n"
      "CPU-seconds are those of one thread on the machine that measured them; all else is the "
      "same\n"
      "everywhere.\n",
      summary.command, program_name(), counted(summary.trials, "trial"), grouped(summary.budget),
      counted(summary.budget, "run"), program_name());
}

std::string aims_section(const HuntSummary& summary) {
  Table table;
  table.columns = {{"aim"}, {"reached"}, {""}};
  for (const HuntAim& aim : aims_of(summary)) {
    table.rows.push_back({aim.what, aim.reached, aim.verdict});
  }
  return table.rows.empty() ? "" : "\n## Aims\n\n" + markdown_text(table);
}

/// What shows of one that is no bug.
std::string shown_cell(const MutantText& mutant) {
  return mutant.property == "none" ? "nothing" : code(mutant.property);
}

std::string section(std::string_view head, std::span<const HuntTarget> targets, MutantKind kind) {
  Table table;
  table.columns = {{"mutant"}, {"protocol"}, {"what is different"}, {"breaks"}, {"source"}};
  for (const HuntTarget& target : targets) {
    const MutantText& mutant = target.mutant;
    if (mutant.kind == kind) {
      table.rows.push_back({code(mutant.slug), std::string(target.protocol),
                            markdown_escaped(mutant.about), shown_cell(mutant),
                            markdown_escaped(mutant.source)});
    }
  }
  return table.rows.empty() ? "" : fmt::format("\n{}\n\n{}", head, markdown_text(table));
}

}  // namespace

std::string hunt_text(const HuntSummary& summary) {
  std::string text = fmt::format(
      "{}: {} of at most {}; medians and 90th percentiles\n", counted(summary.targets, "mutant"),
      summary.trials == 1 ? "1 trial each" : grouped(summary.trials) + " trials each",
      counted(summary.budget, "run"));
  for_each_protocol(summary.rows, [&](std::string_view protocol, Rows rows) {
    text += fmt::format("\n{}\n{}", protocol, terminal_table(summary, rows));
  });
  text += "\n" + aims_text(summary);
  if (summary.is_interrupted) {
    text +=
        "interrupted   only what was hunted to the end until then is told; no file is written\n";
  }
  return text;
}

std::string hunt_json(const HuntSummary& summary) {
  auto list = ordered_json::array();
  for (const HuntRow& row : summary.rows) {
    if (row.by_default) {
      list.push_back(entry(summary, row.target, Strategy::swarm, *row.by_default));
    }
    if (row.by_uniform) {
      list.push_back(entry(summary, row.target, Strategy::uniform, *row.by_uniform));
    }
  }
  return format_json(list) + "\n";
}

std::string hunt_markdown(const HuntSummary& summary, std::span<const HuntTarget> safe_or_outside) {
  std::string text = head_of_page(summary);
  for_each_protocol(summary.rows, [&](std::string_view protocol, Rows rows) {
    text += fmt::format("\n## {}\n\n{}", protocol, markdown_table(summary, rows));
  });
  text += aims_section(summary);
  text += section(
      "## Controls\n\n"
      "Deviations that look wrong and are safe: they must raise no alarm on safety. Where one is "
      "not\nlive, the progress check says so.",
      safe_or_outside, MutantKind::control);
  text += section(
      "## Outside the fault model\n\n"
      "These break what no protocol of their kind promises to bear, and are reported in those "
      "words.",
      safe_or_outside, MutantKind::outside_fault_model);
  return text;
}

}  // namespace synod
