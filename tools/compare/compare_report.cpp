#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/words/safe_text.h"
#include "tools/compare/compare.h"
#include "tools/support/table.h"

namespace synod {
namespace {

constexpr std::string_view outside_mark = "*";
constexpr std::string_view legend =
    "splits  two nodes know different decisions\n"
    "blocks  all is repaired but for who is down for good, and still somebody waits\n"
    "loses   a decision changes, or a client is told what is not so\n"
    "%       of the runs\n"
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

/// One row a protocol, one column an accident.
template <class Text>
Table table_of(const std::vector<Comparison>& comparisons, Text text) {
  Table table;
  table.columns = {{.title = ""}};
  for (const std::string_view accident : accidents()) {
    table.columns.push_back({.title = std::string(accident)});
  }
  for (const Comparison& one : comparisons) {
    if (table.rows.empty() || table.rows.back().front() != one.protocol) {
      table.rows.push_back({std::string(one.protocol)});
    }
    table.rows.back().push_back(text(one));
  }
  return table;
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

/// "Four protocols", as a title begins.
std::string count_text(const std::vector<Comparison>& comparisons) {
  constexpr std::array<std::string_view, 6> words = {"No", "One", "Two", "Three", "Four", "Five"};
  std::vector<std::string_view> names;
  for (const Comparison& one : comparisons) {
    if (names.empty() || names.back() != one.protocol) {
      names.push_back(one.protocol);
    }
  }
  return fmt::format(
      "{} protocol{}",
      names.size() < words.size() ? std::string(words[names.size()]) : std::to_string(names.size()),
      names.size() == 1 ? "" : "s");
}

}  // namespace

std::string comparison_text(const std::vector<Comparison>& comparisons,
                            const std::string& program) {
  std::string text = aligned_text(table_of(comparisons, verdict_text));
  text += fmt::format("\n{}\n", legend);
  text += "messages / ticks until the first node knows (medians of the runs that decided)\n\n";
  text += aligned_text(table_of(comparisons, cost_text));
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
      fmt::format("# {}, the same accidents\n\nWritten by {}, {} runs a cell.\n\n",
                  count_text(comparisons), code_for_markdown(command), comparisons.front().runs);
  text += markdown_text(table_of(comparisons, verdict_text));
  text += fmt::format("\n```\n{}```\n", legend);
  text += "\nMessages / ticks until the first node knows, as medians of the runs that decided:\n\n";
  text += markdown_text(table_of(comparisons, cost_text));
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
  return format_json(list) + "\n";
}

}  // namespace synod
