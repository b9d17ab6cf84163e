#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "scenarios/words/safe_text.h"
#include "tools/explore/rungs.h"
#include "tools/hunt/classes.h"
#include "tools/support/print.h"
#include "tools/support/program_name.h"
#include "tools/support/table.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view nothing = "-";

using Mutants = std::vector<const ClassedMutant*>;

template <class Is>
Mutants those(const ClassesReport& report, const Is& is) {
  Mutants mutants;
  for (const ClassedMutant& mutant : report.mutants) {
    if (is(mutant)) {
      mutants.push_back(&mutant);
    }
  }
  return mutants;
}

/// With their mutants, in the order in which they are listed.
std::vector<std::string_view> protocols_of(const ClassesReport& report) {
  std::vector<std::string_view> names;
  for (const ClassedMutant& mutant : report.mutants) {
    if (std::ranges::find(names, mutant.target.protocol) == names.end()) {
      names.push_back(mutant.target.protocol);
    }
  }
  return names;
}

// ---- Cells --------------------------------------------------------------------------------------

/// Of two whole numbers the mean is whole or ends in a half.
std::string median_cell(const ClassesReport& report, const ClassedMutant& mutant) {
  const std::optional<double>& median = mutant.figures.runs.median;
  if (!median) {
    return "> " + grouped(report.budget);
  }
  const auto whole = static_cast<std::uint64_t>(*median);
  return grouped(whole) + (*median > static_cast<double>(whole) ? ".5" : "");
}

std::string shown_cell(const ClassedMutant& mutant) {
  if (mutant.found_in) {
    return fmt::format("found by search alone, in {}: {}", counted(mutant.steps, "step"),
                       arguments_of(*mutant.found_in, mutant.target.protocol));
  }
  if (mutant.is == MutantClass::bug) {
    return std::string(nothing);
  }
  const std::string differs =
      mutant.differs_after
          ? fmt::format("something else after {}", counted(*mutant.differs_after, "step"))
          : "nothing else";
  return mutant.why_unknown.empty() ? differs : fmt::format("{}; {}", differs, mutant.why_unknown);
}

// ---- Tables -------------------------------------------------------------------------------------

Table mutants_table(const ClassesReport& report, std::string_view protocol, bool is_markdown) {
  const auto code = [&](std::string_view text) {
    return text.empty() || !is_markdown ? std::string(text.empty() ? nothing : text)
                                        : fmt::format("`{}`", text);
  };
  Table table;
  table.columns = {{"mutant"},      {"class"},      {"breaks"},
                   {"found", true}, {"runs", true}, {"what else is known"}};
  if (is_markdown) {
    table.columns.insert(table.columns.begin() + 1, {"what is wrong"});
  }
  for (const ClassedMutant& mutant : report.mutants) {
    if (mutant.target.protocol != protocol) {
      continue;
    }
    std::vector<std::string> cells = {
        code(mutant.target.mutant.slug),
        std::string(to_text(mutant.is)),
        code(mutant.property),
        fmt::format("{}/{}", mutant.figures.found, mutant.figures.trials),
        median_cell(report, mutant),
        is_markdown ? markdown_escaped(shown_cell(mutant)) : shown_cell(mutant)};
    if (is_markdown) {
      cells.insert(cells.begin() + 1, markdown_escaped(mutant.target.mutant.about));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Table counts_table(const ClassesReport& report) {
  Table table;
  table.columns = {{"protocol"}};
  for (const std::string_view name : class_names) {
    table.columns.push_back({std::string(name), true});
  }
  table.columns.push_back({"in all", true});
  const auto add = [&](const std::string& head, const Mutants& mutants) {
    std::vector<std::string> cells = {head};
    for (std::size_t i = 0; i < class_names.size(); ++i) {
      cells.push_back(grouped(static_cast<std::uint64_t>(
          std::ranges::count(mutants, static_cast<MutantClass>(i),
                             [](const ClassedMutant* mutant) { return mutant->is; }))));
    }
    cells.push_back(grouped(mutants.size()));
    table.rows.push_back(std::move(cells));
  };
  for (const std::string_view protocol : protocols_of(report)) {
    add(std::string(protocol), those(report, [&](const ClassedMutant& mutant) {
          return mutant.target.protocol == protocol;
        }));
  }
  add("all", those(report, [](const ClassedMutant&) { return true; }));
  return table;
}

/// Whether the campaign finds all bugs; and if not, whom it does not.
std::string aim_text(const ClassesReport& report) {
  const Mutants bugs =
      those(report, [](const ClassedMutant& mutant) { return mutant.is == MutantClass::bug; });
  std::vector<std::string_view> missed;
  for (const ClassedMutant* bug : bugs) {
    if (!is_found_in_median(*bug)) {
      missed.push_back(bug->target.mutant.slug);
    }
  }
  return fmt::format(
      "{} of {} found by the default campaign, median within {}: {}",
      grouped(bugs.size() - missed.size()), counted(bugs.size(), "bug"),
      counted(report.budget, "run"),
      missed.empty() ? "met" : fmt::format("falls short: {}", fmt::join(missed, ", ")));
}

// ---- Machines -----------------------------------------------------------------------------------

ordered_json entry(const ClassesReport& report, const ClassedMutant& mutant) {
  ordered_json json;
  json["mutant"] = mutant.target.mutant.slug;
  json["protocol"] = mutant.target.protocol;
  json["class"] = to_text(mutant.is);
  json["property"] =
      mutant.property.empty() ? ordered_json(nullptr) : ordered_json(mutant.property);
  json["trials"] = mutant.figures.trials;
  json["budget"] = report.budget;
  json["found"] = mutant.figures.found;
  const std::optional<double>& median = mutant.figures.runs.median;
  json["runs_median"] = median ? ordered_json(*median) : ordered_json(nullptr);
  json["found_in"] = mutant.found_in
                         ? ordered_json(arguments_of(*mutant.found_in, mutant.target.protocol))
                         : ordered_json(nullptr);
  json["differs_after"] =
      mutant.differs_after ? ordered_json(*mutant.differs_after) : ordered_json(nullptr);
  json["why_unknown"] = mutant.why_unknown;
  return json;
}

// ---- Markdown -----------------------------------------------------------------------------------

std::string head_of_page(const ClassesReport& report) {
  return fmt::format(
      "# Generated mutants, and what comes of them\n\n"
      "This page is written by a command, which measures everything again:\n\n"
      "```sh\n{}\n```\n\n"
      "Of every rule that the nodes of a protocol ask, each wrong answer that follows from its "
      "type\n"
      "(`scenarios/mutants/wrong_answers.h`); nobody chose them. Each was hunted in {} of the\n"
      "default campaign, which have no seed in common: trial t, counted from 0, runs the seeds "
      "from\n"
      "t × {} + 1 on until one breaks a property, and gives up after {}. **runs** is the\n"
      "median. Of what no trial found, the small worlds below were searched, each of which has at\n"
      "most {} under the correct protocol: all states of them, each step from each.\n\n"
      "- **bug**: it breaks a property that its protocol promises, in a run or in a search; what "
      "is\n"
      "  safe and not live is one, too.\n"
      "- **control**: in a small world it does something else than the correct protocol, and it "
      "breaks\n"
      "  nothing, in no trial and in no state of any small world.\n"
      "- **equivalent**: in the small worlds it does nothing else: every step from every state "
      "leads\n"
      "  where it leads in the correct protocol. Larger worlds may tell them apart.\n"
      "- **unknown**: none of these was shown.\n",
      report.command, counted(report.trials, "trial"), grouped(report.budget),
      counted(report.budget, "run"), counted(report.states_max, "state"));
}

std::string worlds_section(const ClassesReport& report) {
  std::string text =
      "\n## The small worlds\n\nAs they are typed behind `synod explore --protocol "
      "PROTOCOL --mutant MUTANT`.\n";
  for (const SmallWorldsOf& of : report.worlds) {
    Table table;
    table.columns = {{"bounds"}, {"states", true}};
    for (const SmallWorld& world : of.worlds) {
      table.rows.push_back(
          {fmt::format("`{}`", arguments_of(world.rung, of.protocol)), grouped(world.states)});
    }
    text += fmt::format("\n### {}\n\n{}", of.protocol, markdown_text(table));
  }
  return text;
}

}  // namespace

std::string classes_text(const ClassesReport& report) {
  std::string text = fmt::format("{}: {} each of at most {}; medians\n",
                                 counted(report.mutants.size(), "generated mutant"),
                                 counted(report.trials, "trial"), counted(report.budget, "run"));
  if (report.is_interrupted) {
    return text + "interrupted   what comes of them is not known; no file is written\n";
  }
  for (const std::string_view protocol : protocols_of(report)) {
    text += fmt::format("\n{}\n{}", protocol, aligned_text(mutants_table(report, protocol, false)));
  }
  return text + fmt::format("\n{}\n{}\n", aligned_text(counts_table(report)), aim_text(report));
}

std::string classes_json(const ClassesReport& report) {
  auto list = ordered_json::array();
  for (const ClassedMutant& mutant : report.mutants) {
    list.push_back(entry(report, mutant));
  }
  return format_json(list) + "\n";
}

std::string classes_markdown(const ClassesReport& report) {
  std::string text = head_of_page(report) + "\n" + markdown_text(counts_table(report)) + "\n" +
                     markdown_escaped(aim_text(report)) + "\n";
  for (const std::string_view protocol : protocols_of(report)) {
    text += fmt::format("\n## {}\n\n{}", protocol,
                        markdown_text(mutants_table(report, protocol, true)));
  }
  return text + worlds_section(report);
}

}  // namespace synod
