#include "tools/check/check_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "scenarios/words/safe_text.h"
#include "scenarios/words/words.h"
#include "scenarios/words/wrapped.h"
#include "tools/kept/regression.h"
#include "tools/support/print.h"
#include "tools/support/table.h"

namespace synod {
namespace {

/// Wider, the bars of long histories say no more.
std::size_t width() { return std::min<std::size_t>(80, line_width()); }

/// In lines that fit.
std::string in_lines(std::string_view begin, std::string_view text) {
  return wrapped(begin, text, width());
}

// ---- Values, which may be long ------------------------------------------------------------------

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

/// Its beginning and its end, where it is long.
std::string shortened(std::string_view text, std::size_t columns) {
  std::string safe = on_one_line(text);
  if (columns_of(safe) <= columns) {
    return safe;
  }
  std::size_t begin = columns / 4;
  std::size_t end = safe.size() - (columns - columns / 4 - 1);
  while (begin > 0 && is_inside_character(safe[begin])) {
    --begin;
  }
  while (end < safe.size() && is_inside_character(safe[end])) {
    ++end;
  }
  return safe.substr(0, begin) + "…" + safe.substr(end);
}

/// Two that are to be compared: without most of what they begin with alike.
std::size_t alike(std::string_view one, const std::vector<std::string>& others) {
  constexpr std::size_t kept = 8;
  std::size_t size = one.size();
  for (const std::string& other : others) {
    const auto [end, _] = std::ranges::mismatch(one.substr(0, size), other);
    size = static_cast<std::size_t>(end - one.begin());
  }
  return size > 24 ? size - kept : 0;
}
std::string compared(std::string_view text, std::size_t left_out) {
  constexpr std::size_t columns = 60;
  while (left_out > 0 && left_out < text.size() && is_inside_character(text[left_out])) {
    --left_out;
  }
  const std::string rest =
      left_out == 0 ? std::string(text) : "…" + std::string(text.substr(left_out));
  return shortened(rest, columns);
}

std::string possible_text(const Contradiction& found, std::size_t left_out) {
  constexpr std::size_t shown_max = 4;
  std::vector<std::string> shown;
  for (const std::string& possible : found.possible) {
    if (shown.size() == shown_max && found.possible.size() > shown_max) {
      shown.push_back(
          fmt::format("one of {}", counted(found.possible.size() - shown_max, "other")));
      break;
    }
    shown.push_back(compared(possible, left_out));
  }
  std::string text;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    text += i == 0 ? "" : i + 1 < shown.size() ? ", " : " or ";
    text += shown[i];
  }
  return text;
}

// ---- Places -------------------------------------------------------------------------------------

std::string client_of(const CheckedHistory& checked, std::size_t operation) {
  return shortened(checked.history.places[operation].client, 20);
}
std::string key_text(const std::string& key) {
  return fmt::format("key \"{}\"", shortened(key, 30));
}
/// "line 52"; where a call and its return stand apart, that of the return.
std::string line_text(const CheckedHistory& checked, std::size_t operation) {
  const HistoryPlace& place = checked.history.places[operation];
  return fmt::format("line {}", place.return_line == 0 ? place.call_line : place.return_line);
}
std::string lines_text(const CheckedHistory& checked, std::size_t operation) {
  const HistoryPlace& place = checked.history.places[operation];
  return is_finished(checked.history, operation) && place.return_line != place.call_line
             ? fmt::format("{}-{}", place.call_line, place.return_line)
             : fmt::format("{}", place.call_line);
}
/// "client 9's read of key "x""
std::string operation_text(const CheckedHistory& checked, std::size_t operation,
                           const std::optional<std::string>& key) {
  return fmt::format("client {}'s {}{}", client_of(checked, operation),
                     shortened(asked_text(checked.history, operation), 40),
                     key ? " of " + key_text(*key) : "");
}

std::string sentence_of(const CheckedHistory& checked) {
  const Contradiction& found = *checked.judgement.contradiction;
  const std::size_t left_out = alike(found.told, found.possible);
  std::string text =
      fmt::format("{}: {} returned {}{}", line_text(checked, found.last),
                  operation_text(checked, found.last, found.key), compared(found.told, left_out),
                  found.is_last_certain ? "" : " (here, or before)");
  if (!found.possible.empty()) {
    text += fmt::format(", where only {} {} possible", possible_text(found, left_out),
                        found.possible.size() == 1 ? "was" : "were");
  }
  return text;
}

std::string counts_text(const CheckedHistory& checked) {
  const HistoryCounts counts = counts_of(checked.history);
  std::string text = fmt::format(
      "{} by {} on {}", counted(counts.finished + counts.unfinished, "operation"),
      counted(counts.clients, "client"),
      counts.keys == 0 ? "one register" : fmt::format("{}", counted(counts.keys, "key")));
  if (counts.unfinished > 0) {
    text += fmt::format("; {} of them never returned, and may have happened or not",
                        grouped(counts.unfinished));
  }
  if (checked.history.not_happened > 0) {
    text +=
        fmt::format("; {} more failed: they did not happen", grouped(checked.history.not_happened));
  }
  return text;
}

// ---- The smallest part --------------------------------------------------------------------------

/// All that are shown, by their calls.
std::vector<std::size_t> shown_operations(const Contradiction& found) {
  std::vector<std::size_t> shown = found.bound;
  shown.insert(shown.end(), found.unbound.begin(), found.unbound.end());
  if (found.start && std::ranges::find(shown, found.start->after) == shown.end()) {
    shown.push_back(found.start->after);
  }
  std::ranges::sort(shown);
  return shown;
}

/// "[----]" from call to return, each instant at its rank; all empty where they do not fit.
std::vector<std::string> bars_of(const CheckedHistory& checked,
                                 const std::vector<std::size_t>& shown, std::size_t columns) {
  std::map<std::uint64_t, std::size_t> ranks;
  for (const std::size_t operation : shown) {
    ranks[called_at(checked.history, operation)];
    if (is_finished(checked.history, operation)) {
      ranks[returned_at(checked.history, operation)];
    }
  }
  std::size_t rank = 0;
  for (auto& [instant, place] : ranks) {
    place = rank++;
  }
  const std::size_t end = 2 * ranks.size() + 1;
  if (end + 1 > columns) {
    return std::vector<std::string>(shown.size());
  }
  std::vector<std::string> bars;
  for (const std::size_t operation : shown) {
    const bool has_end = is_finished(checked.history, operation);
    const std::size_t from = 2 * ranks[called_at(checked.history, operation)];
    const std::size_t to = has_end ? 2 * ranks[returned_at(checked.history, operation)] + 1 : end;
    bars.push_back(std::string(from, ' ') + "[" + std::string(to - from - 1, '-') +
                   (has_end ? "]" : ">"));
  }
  return bars;
}

/// In brackets where it is all the same.
std::string result_text(const CheckedHistory& checked, const Contradiction& found,
                        std::size_t operation, std::size_t columns) {
  const std::string told = told_text(checked.history, operation);
  const std::string result = !is_finished(checked.history, operation) ? "?"
                             : told.empty()                           ? "done"
                                                                      : shortened(told, columns);
  const bool is_unbound = std::ranges::find(found.unbound, operation) != found.unbound.end();
  return is_unbound ? fmt::format("({})", result) : result;
}

std::string table_text(const CheckedHistory& checked, const Contradiction& found) {
  constexpr std::string_view indent = "  ";
  constexpr std::size_t value_columns = 22;
  const std::vector<std::size_t> shown = shown_operations(found);
  Table table{{{"client"}, {"operation"}, {"result"}, {shown.size() == 1 ? "line" : "lines"}}, {}};
  for (const std::size_t operation : shown) {
    table.rows.push_back({client_of(checked, operation),
                          shortened(asked_text(checked.history, operation), value_columns),
                          result_text(checked, found, operation, value_columns),
                          lines_text(checked, operation)});
  }
  std::size_t used = indent.size();
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    std::size_t widest = table.columns[i].title.size();
    for (const auto& row : table.rows) {
      widest = std::max(widest, columns_of(row[i]));
    }
    used += widest + 2;
  }
  const std::vector<std::string> bars =
      bars_of(checked, shown, used < width() ? width() - used : 0);
  table.columns.push_back({"from call to return"});
  for (std::size_t i = 0; i < shown.size(); ++i) {
    table.rows[i].push_back(bars[i]);
  }
  if (bars.front().empty()) {
    table.columns.back().title.clear();
  }
  std::string text;
  const std::string lines = aligned_text(table);
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin) + 1;
    text += std::string(indent) + lines.substr(begin, end - begin);
    begin = end;
  }
  return text;
}

/// What the part begins with, where that is not the beginning of the history.
std::string start_text(const CheckedHistory& checked, const Contradiction& found) {
  const std::string object = found.key ? key_text(*found.key) : "the register";
  if (!found.start) {
    return found.key ? fmt::format("At first, {} holds \"\".", object)
                     : fmt::format("At first, {} is nil.", object);
  }
  std::string open;
  if (const std::size_t count = found.start->open_before; count > 0) {
    open = fmt::format("; {} of them had not returned, and may still change that", count);
  }
  return fmt::format(
      "When {} returned ({}), {} held {}, in every possible order of the {} called by then{}.",
      operation_text(checked, found.start->after, std::nullopt),
      line_text(checked, found.start->after), object, shortened(found.start->state, 50),
      counted(found.start->operations_before, "operation"), open);
}

/// What a reader is to see in it.
std::string conclusion_text(const Contradiction& found) {
  std::string text = "From there on, nothing can have led to that result.";
  if (found.bound.size() > 1) {
    text = fmt::format(
        "The results of {} contradict each other; without any one of them, there would be an "
        "order.",
        found.unbound.empty() && !found.start ? fmt::format("these {}", found.bound.size())
                                              : fmt::format("{} of these", found.bound.size()));
  }
  if (!found.unbound.empty()) {
    text += " Where the result is in brackets, it is all the same whether the operation happened.";
  }
  if (found.others > 0) {
    text += fmt::format(" It is all the same what {} of that time did.",
                        counted(found.others, "other operation"));
  }
  return text;
}

std::string part_text(const CheckedHistory& checked, const Contradiction& found) {
  return "\nThe smallest part that cannot be ordered\n" +
         in_lines("  ", start_text(checked, found)) + "\n" + table_text(checked, found) + "\n" +
         in_lines("  ", conclusion_text(found));
}

std::string other_keys_text(const Contradiction& found) {
  std::vector<std::string> keys;
  keys.reserve(found.other_keys.size());
  for (const std::string& key : found.other_keys) {
    keys.push_back(fmt::format("\"{}\"", shortened(key, 30)));
  }
  return in_lines("also          ",
                  fmt::format("there is no order for key {} either", listed(keys)));
}

/// Behind the verdict, on one line or more.
std::string reason_of(const CheckedHistory& checked) {
  const HistoryJudgement& judgement = checked.judgement;
  return judgement.verdict == Verdict::holds          ? "linearizable"
         : judgement.verdict == Verdict::inconclusive ? judgement.why
                                                      : "not linearizable";
}

nlohmann::ordered_json json_of(const CheckedHistory& checked, std::size_t operation) {
  const HistoryPlace& place = checked.history.places[operation];
  nlohmann::ordered_json json;
  json["client"] = place.client;
  json["operation"] = asked_text(checked.history, operation);
  json["is_finished"] = is_finished(checked.history, operation);
  if (is_finished(checked.history, operation)) {
    json["result"] = told_text(checked.history, operation);
  }
  json["call_line"] = place.call_line;
  if (place.return_line != 0) {
    json["return_line"] = place.return_line;
  }
  return json;
}

nlohmann::ordered_json json_of(const CheckedHistory& checked, const Contradiction& found) {
  nlohmann::ordered_json json;
  json["last"] = json_of(checked, found.last);
  json["possible"] = found.possible;
  if (found.key) {
    json["key"] = *found.key;
    json["other_keys"] = found.other_keys;
  }
  if (found.start) {
    json["start"] = {{"after", json_of(checked, found.start->after)},
                     {"state", found.start->state},
                     {"operations_before", found.start->operations_before},
                     {"open_before", found.start->open_before}};
  }
  for (const auto& [name, operations] :
       {std::pair{"bound", &found.bound}, std::pair{"unbound", &found.unbound}}) {
    auto& list = json[name] = nlohmann::ordered_json::array();
    for (const std::size_t operation : *operations) {
      list.push_back(json_of(checked, operation));
    }
  }
  json["others"] = found.others;
  return json;
}

}  // namespace

std::string check_text(const CheckedHistory& checked) {
  const HistoryJudgement& judgement = checked.judgement;
  std::string text =
      in_lines(fmt::format("{:<13} ", to_text(judgement.verdict)), reason_of(checked));
  if (judgement.contradiction) {
    text += in_lines("              ", sentence_of(checked));
  }
  text += in_lines("history       ", counts_text(checked));
  if (judgement.contradiction && !judgement.contradiction->other_keys.empty()) {
    text += other_keys_text(*judgement.contradiction);
  }
  if (judgement.contradiction && !judgement.contradiction->bound.empty()) {
    text += part_text(checked, *judgement.contradiction);
  }
  return text;
}

std::string check_text(const std::vector<CheckedHistory>& checked) {
  std::size_t columns = 0;
  for (const CheckedHistory& one : checked) {
    columns = std::max(columns, one.error.empty() ? columns_of(on_one_line(one.file)) : 0);
  }
  std::string text;
  std::map<Verdict, std::size_t> counts;
  std::size_t errors = 0;
  for (const CheckedHistory& one : checked) {
    if (!one.error.empty()) {
      text += fmt::format("{:<13} {}\n", "error", on_one_line(one.error));  // begins with the file
      ++errors;
      continue;
    }
    ++counts[one.judgement.verdict];
    const std::string file = on_one_line(one.file);
    text += fmt::format("{:<13} {}{}  {}\n", to_text(one.judgement.verdict), file,
                        std::string(columns - columns_of(file), ' '),
                        one.judgement.contradiction ? sentence_of(one) : reason_of(one));
  }
  text +=
      fmt::format("\n{}: {} linearizable, {} not, {} inconclusive{}\n",
                  checked.size() == 1 ? "1 history" : fmt::format("{} histories", checked.size()),
                  counts[Verdict::holds], counts[Verdict::violated], counts[Verdict::inconclusive],
                  errors == 0 ? "" : fmt::format(", {} in error", errors));
  return text + fmt::format("verdict       {}\n", verdict_text(check_verdict(checked), errors));
}

std::string check_json(const std::vector<CheckedHistory>& checked) {
  const bool has_error =
      std::ranges::any_of(checked, [](const CheckedHistory& one) { return !one.error.empty(); });
  const Verdict verdict = check_verdict(checked);
  nlohmann::ordered_json json;
  json["verdict"] = has_error && verdict != Verdict::violated ? "error" : to_text(verdict);
  auto& histories = json["histories"] = nlohmann::ordered_json::array();
  for (const CheckedHistory& one : checked) {
    nlohmann::ordered_json history;
    history["file"] = one.file;
    if (!one.error.empty()) {
      history["verdict"] = "error";
      history["error"] = one.error;
    } else {
      const HistoryCounts counts = counts_of(one.history);
      history["verdict"] = to_text(one.judgement.verdict);
      history["why"] = one.judgement.why;
      history["finished"] = counts.finished;
      history["unfinished"] = counts.unfinished;
      history["not_happened"] = one.history.not_happened;
      history["steps"] = one.judgement.steps;
      auto& contradiction = history["contradiction"] = nullptr;
      if (one.judgement.contradiction) {
        contradiction = json_of(one, *one.judgement.contradiction);
      }
    }
    histories.push_back(std::move(history));
  }
  return format_json(json) + "\n";
}

Verdict check_verdict(const std::vector<CheckedHistory>& checked) {
  std::vector<Verdict> verdicts;
  for (const CheckedHistory& one : checked) {
    if (one.error.empty()) {
      verdicts.push_back(one.judgement.verdict);
    }
  }
  return overall(verdicts);
}

}  // namespace synod
