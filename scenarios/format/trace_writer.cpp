#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/text.h"
#include "scenarios/format/timed_faults.h"
#include "scenarios/format/trace.h"
#include "scenarios/registry/registry.h"
#include "scenarios/words/safe_text.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

/// Nothing in it is escaped.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](const char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

/// Names, numbers and words, of which a long trace has millions: without the writer for all JSON,
/// which takes several times as long. Returns false for others.
bool try_append_plain(std::string& text, const ordered_json& value) {
  if (const auto* const word = value.get_ptr<const std::string*>();
      word != nullptr && is_plain(*word)) {
    text += '"';
    text += *word;
    text += '"';
    return true;
  }
  if (value.is_number_unsigned()) {
    text += fmt::format_int(value.get<std::uint64_t>()).c_str();
    return true;
  }
  return false;
}

/// {"like": "this", "and": ["so", "on"]}
void append_on_one_line(std::string& text, const ordered_json& value) {
  if (try_append_plain(text, value)) {
    return;
  }
  if (!value.is_structured()) {
    text += format_json(value, -1);
    return;
  }
  text += value.is_object() ? '{' : '[';
  bool is_first = true;
  for (const auto& [name, member] : value.items()) {
    text += is_first ? "" : ", ";
    is_first = false;
    if (value.is_object()) {
      append_on_one_line(text, ordered_json(name));
      text += ": ";
    }
    append_on_one_line(text, member);
  }
  text += value.is_object() ? '}' : ']';
}

/// Every member on a line of its own, and so are the members of objects in it, and the objects of
/// lists.
void append_pretty(std::string& text, const ordered_json& value, std::size_t indent) {
  if (value.is_array() && !value.empty() && value.front().is_object()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      text += i == 0 ? "[\n" : ",\n";
      text.append(indent + 2, ' ');
      append_on_one_line(text, value[i]);
    }
    text += '\n';
    text.append(indent, ' ');
    text += ']';
    return;
  }
  if (!value.is_object() || value.empty()) {
    append_on_one_line(text, value);
    return;
  }
  text += '{';
  bool is_first = true;
  for (const auto& [name, member] : value.items()) {
    text += is_first ? "\n" : ",\n";
    is_first = false;
    text.append(indent + 2, ' ');
    append_on_one_line(text, ordered_json(name));
    text += ": ";
    append_pretty(text, member, indent + 2);
  }
  text += '\n';
  text.append(indent, ' ');
  text += '}';
}

ordered_json write_expectation(const Expectation& expectation) {
  auto json = ordered_json::object();
  json["verdict"] = to_text(expectation.verdict);
  const auto put_unless_empty = [&](const char* name, const std::string& text) {
    if (!text.empty()) {
      json[name] = text;
    }
  };
  if (expectation.verdict == Verdict::violated) {
    put_unless_empty("property", expectation.property);
    put_unless_empty("finding", expectation.finding);
  }
  put_unless_empty("fingerprint", expectation.fingerprint);
  return json;
}

ordered_json write_header(const Trace& trace) {
  auto json = ordered_json::object();
  json["format"] = trace_format;
  json["version"] = trace_version;
  json["about"] = trace.about;
  if (!trace.build.empty()) {
    json["build"] = trace.build;
  }
  json["protocol"] = trace.protocol;
  if (!trace.mutants.empty()) {
    json["mutants"] = trace.mutants;
  }
  if (!trace.judged_by.empty()) {
    json["judged_by"] = trace.judged_by;
  }
  if (trace.seed) {
    json["seed"] = std::to_string(*trace.seed);
  }
  if (trace.is_swarm) {
    json["swarm"] = true;
  }
  auto& configuration = json["configuration"] = ordered_json::object();
  Configuration::fields(trace.configuration, [&](std::string_view name, const auto&) {
    if (const ordered_json* field = member_of(trace.configured.json(), name)) {
      configuration[std::string(name)] = *field;
    }
  });
  if (!trace.configuration.faults.empty()) {
    json["faults"] = to_json(trace.configuration.faults);
  }
  json["demand"] = to_text(trace.demand, is_one_that_decides(trace.protocol));
  if (trace.settles) {
    json["settles"] = true;
  }
  if (trace.loop) {
    json["loop"] = *trace.loop;
  }
  if (trace.known != Vocabulary{}) {
    json["known"] = {{"messages", trace.known.messages}, {"timers", trace.known.timers}};
  }
  if (trace.expect) {
    json["expect"] = write_expectation(*trace.expect);
  }
  return json;
}

void append_member(std::string& text, const std::string& name, const ordered_json& value) {
  text += ", ";
  append_on_one_line(text, name);
  text += ": ";
  append_on_one_line(text, value);
}

void append_steps(std::string& text, const std::vector<TraceStep>& steps) {
  text += ",\n  \"steps\": [";
  for (std::size_t i = 0; i < steps.size(); ++i) {
    text += i == 0 ? "\n    " : ",\n    ";
    text += fmt::format("{{\"at\": {}, \"step\": ", steps[i].at.ticks);
    append_on_one_line(text, steps[i].kind);
    const JsonFields fields = steps[i].fields.unpacked();
    for (const auto& [name, member] : fields.json().items()) {
      append_member(text, name, member);
    }
    if (!steps[i].observations.empty()) {
      append_member(text, "observations", steps[i].observations);
    }
    text += '}';
  }
  text += steps.empty() ? "]" : "\n  ]";
}

}  // namespace

std::string to_text(const Demand& demand, bool decides) {
  const std::string_view verb = decides ? "decide" : "answer";
  switch (demand.kind) {
    case Demand::Kind::nothing:
      break;
    case Demand::Kind::everybody_decides:
      return fmt::format("everybody {}s", verb);
    case Demand::Kind::survivors_decide:
      return fmt::format("survivors {}", verb);
    case Demand::Kind::connected_decide:
      return fmt::format("connected {}", verb);
    case Demand::Kind::one_decides:
      return fmt::format("{} {}s", demand.node, verb);
  }
  return "nothing";
}

std::string format_trace(const Trace& trace) {
  std::string text;
  append_pretty(text, write_header(trace), 0);
  if (trace.has_steps) {
    // The header is an object of its own; the steps go in before its closing bracket.
    text.resize(text.size() - 2);
    append_steps(text, trace.steps);
    text += "\n}";
  }
  text += '\n';
  return text;
}

}  // namespace synod
