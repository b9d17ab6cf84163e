#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tools/compare.h"

namespace synod {
namespace {

constexpr std::string_view outside_mark = "*";
constexpr std::string_view legend =
    "splits  two nodes know different decisions\n"
    "blocks  all is repaired but for who is down for good, and still somebody waits\n"
    "loses   a decision changes, or a client is told what is not so\n"
    "*       outside the fault model: the protocol promises no better there\n";

std::string share_text(std::string_view word, const Failures& failures, std::uint64_t runs) {
  if (failures.runs == 0) {
    return {};
  }
  return fmt::format("{}{} {:.1f} %", word, failures.is_outside_fault_model ? outside_mark : "",
                     100.0 * static_cast<double>(failures.runs) / static_cast<double>(runs));
}

std::string verdict_text(const Comparison& one) {
  std::string text;
  for (const auto& [word, failures] :
       {std::pair("splits", &one.splits), std::pair("blocks", &one.blocks),
        std::pair("loses", &one.loses)}) {
    const std::string part = share_text(word, *failures, one.runs);
    text += part.empty() || text.empty() ? part : ", " + part;
  }
  if (!text.empty()) {
    return text;
  }
  return one.decided == 0 ? "inconclusive" : "holds";  // never the one for the other
}

std::string cost_text(const Comparison& one) {
  return one.decided == 0 ? "-" : fmt::format("{} / {}", one.messages_median, one.ticks_median);
}

/// The rows of a table: one a protocol, the first cell its name, then one an accident.
template <class Text>
std::vector<std::vector<std::string>> rows_of(const std::vector<Comparison>& comparisons,
                                              Text text) {
  std::vector<std::vector<std::string>> rows;
  for (const Comparison& one : comparisons) {
    if (rows.empty() || rows.back().front() != one.protocol) {
      rows.push_back({std::string(one.protocol)});
    }
    rows.back().push_back(text(one));
  }
  return rows;
}

std::vector<std::string> heading(const std::string& corner) {
  std::vector<std::string> cells = {corner};
  for (const std::string_view accident : accidents()) {
    cells.emplace_back(accident);
  }
  return cells;
}

std::string aligned(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], row[i].size());
    }
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += fmt::format("{:<{}}  ", row[i], widths[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string with_bars(const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += fmt::format("| {} |\n", fmt::join(rows[i], " | "));
    if (i == 0) {
      text += "|";
      for (std::size_t n = 0; n < rows[i].size(); ++n) {
        text += "---|";
      }
      text += "\n";
    }
  }
  return text;
}

template <class Text>
std::vector<std::vector<std::string>> table(const std::string& corner,
                                            const std::vector<Comparison>& comparisons, Text text) {
  std::vector<std::vector<std::string>> rows = {heading(corner)};
  for (auto& row : rows_of(comparisons, text)) {
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string command_for(const Comparison& one, const Failures& failures,
                        const std::string& program) {
  return fmt::format("{} run --scenario accident_{} --protocol {} --seed {} --log", program,
                     one.accident, one.protocol, failures.first_seed);
}

template <class Visit>
void for_each_failure(const std::vector<Comparison>& comparisons, Visit visit) {
  for (const Comparison& one : comparisons) {
    for (const auto& [word, failures] :
         {std::pair("splits", &one.splits), std::pair("blocks", &one.blocks),
          std::pair("loses", &one.loses)}) {
      if (failures->runs > 0) {
        visit(one, word, *failures);
      }
    }
  }
}

}  // namespace

std::string comparison_text(const std::vector<Comparison>& comparisons,
                            const std::string& program) {
  std::string text = aligned(table("", comparisons, verdict_text));
  text += fmt::format("\n{}\n", legend);
  text += "messages / ticks until the first node knows (medians of the runs that decided)\n\n";
  text += aligned(table("", comparisons, cost_text));
  text += "\nthe first seed of each failure, told step by step:\n";
  for_each_failure(comparisons,
                   [&](const Comparison& one, const char* word, const Failures& failures) {
                     text += fmt::format("  {} {} under {}\n      {}\n", one.protocol, word,
                                         one.accident, command_for(one, failures, program));
                   });
  return text;
}

std::string comparison_markdown(const std::vector<Comparison>& comparisons,
                                const std::string& command) {
  std::string text =
      fmt::format("# Four protocols, the same accidents\n\nWritten by `{}`, {} runs a cell.\n\n",
                  command, comparisons.front().runs);
  text += with_bars(table("", comparisons, verdict_text));
  text += fmt::format("\n```\n{}```\n", legend);
  text += "\nMessages / ticks until the first node knows, as medians of the runs that decided:\n\n";
  text += with_bars(table("", comparisons, cost_text));
  text += "\nThe first seed of each failure, told step by step:\n\n```\n";
  for_each_failure(comparisons,
                   [&](const Comparison& one, const char* word, const Failures& failures) {
                     text += fmt::format("# {} {} under {}\n{}\n", one.protocol, word, one.accident,
                                         command_for(one, failures, "synod"));
                   });
  return text + "```\n";
}

std::string comparison_json(const std::vector<Comparison>& comparisons,
                            const std::string& program) {
  auto list = nlohmann::ordered_json::array();
  for (const Comparison& one : comparisons) {
    nlohmann::ordered_json json = {{"protocol", one.protocol},
                                   {"accident", one.accident},
                                   {"runs", one.runs},
                                   {"decided", one.decided},
                                   {"messages_median", one.messages_median},
                                   {"ticks_median", one.ticks_median}};
    for_each_failure({one},
                     [&](const Comparison& /*same*/, const char* word, const Failures& failures) {
                       json[word] = {{"runs", failures.runs},
                                     {"first_seed", failures.first_seed},
                                     {"outside_fault_model", failures.is_outside_fault_model},
                                     {"repeat", command_for(one, failures, program)}};
                     });
    list.push_back(std::move(json));
  }
  return list.dump(2) + "\n";
}

}  // namespace synod
