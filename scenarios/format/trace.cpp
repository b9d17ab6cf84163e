#include "scenarios/format/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/text.h"
#include "scenarios/format/complaint.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/json_document.h"
#include "scenarios/format/located_json.h"
#include "scenarios/format/step_reader.h"
#include "scenarios/format/timed_faults.h"
#include "scenarios/registry/registry.h"
#include "scenarios/words/nearest.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

constexpr std::array<std::string_view, 17> root_fields = {
    "format",    "version", "about", "build",         "protocol", "mutants",
    "judged_by", "seed",    "swarm", "configuration", "faults",   "demand",
    "settles",   "loop",    "known", "expect",        "steps"};

constexpr std::string_view wanted_file = "a synod run: an object with \"format\": \"synod run\"";

void expect_format(const Located& root) {
  root.expect_object(wanted_file);
  const auto format = root.find("format");
  if (!format) {
    root.fail_missing("format", "\"synod run\", if that is what it is");
  }
  if (format->value() != trace_format) {
    format->fail_unless_wanted("\"synod run\", if that is what it is");
  }
  const auto version = root.find("version");
  if (!version) {
    root.fail_missing("version", std::to_string(trace_version));
  }
  const ordered_json& number = version->value();
  if (number.is_number_unsigned() && number > trace_version) {
    version->fail(fmt::format("written by a newer synod: version {}, this one reads {}",
                              described(number), trace_version));
  }
  if (number != trace_version) {
    version->fail_unless_wanted(std::to_string(trace_version));
  }
}

void read_text(const Located& root, std::string_view name, std::string& text) {
  if (const auto found = root.find(name)) {
    text = found->text("text in quotes");
  }
}

/// `what` is in the plural, `one` of them not.
void read_names(const Located& parent, std::string_view name, std::string_view what,
                std::string_view one_of_them, std::vector<std::string>& names) {
  if (const auto found = parent.find(name)) {
    found->expect_list(fmt::format("a list of {}, or []", what));
    for (std::size_t i = 0; i < found->value().size(); ++i) {
      const Located one = (*found)[i];
      names.push_back(one.text(fmt::format("the name of {}", one_of_them)));
    }
  }
}

void read_known(const Located& root, Vocabulary& known) {
  constexpr std::array<std::string_view, 2> names = {"messages", "timers"};
  if (const auto found = root.find("known")) {
    found->expect_object("an object like {\"messages\": [\"prepare\"], \"timers\": []}");
    found->expect_members(names);
    read_names(*found, "messages", "messages", "a message", known.messages);
    read_names(*found, "timers", "timers", "a timer", known.timers);
  }
}

void read_seed(const Located& root, std::optional<std::uint64_t>& seed) {
  // A string, because many readers of JSON lose digits of large numbers.
  constexpr std::string_view wanted = "a whole number below 2^64 in quotes, like \"1234\"";
  if (const auto found = root.find("seed")) {
    std::uint64_t number = 0;
    if (!try_parse(found->text(wanted), number)) {
      found->fail_unless_wanted(wanted);
    }
    seed = number;
  }
}

void read_switch(const Located& root, std::string_view name, bool& is_on) {
  if (const auto found = root.find(name)) {
    if (!found->value().is_boolean()) {
      found->fail_unless_wanted("true or false");
    }
    is_on = found->value().get<bool>();
  }
}

void read_configured(const Located& root, Trace& trace) {
  const ProtocolEntry* const protocol = find_protocol(trace.protocol);
  hold_options(trace.configuration, protocol == nullptr ? nullptr : protocol->options);
  const auto found = root.find("configuration");
  if (!found) {
    return;
  }
  read_configuration(*found, trace.configuration,
                     protocol == nullptr   ? ForeignFields::unknowable
                     : trace.is_recorded() ? ForeignFields::ignored
                                           : ForeignFields::refused,
                     trace.protocol);
  expect_valid(*found, trace.configuration);
  const ordered_json all = to_json(trace.configuration);
  for (const auto& [name, field] : all.items()) {
    if (found->find(name)) {
      trace.configured.json()[name] = field;
    }
  }
}

Demand read_demand(const Located& root, bool decides, Cluster cluster) {
  const auto found = root.find("demand");
  Demand demand;
  if (!found) {
    return demand;
  }
  using enum Demand::Kind;
  const std::string wanted = fmt::format(
      "\"nothing\", \"{}\", \"{}\", \"{}\" or, for example, \"{}\"",
      to_text({everybody_decides, {}}, decides), to_text({survivors_decide, {}}, decides),
      to_text({connected_decide, {}}, decides), to_text({one_decides, NodeId{1}}, decides));
  const std::string_view text = found->text(wanted);
  for (const auto kind : {nothing, everybody_decides, survivors_decide, connected_decide}) {
    demand.kind = kind;
    if (text == to_text(demand, true) || text == to_text(demand, false)) {
      return demand;
    }
  }
  const std::size_t space = std::min(text.find(' '), text.size());
  const std::string_view verb = text.substr(space);
  if (!text.starts_with('n') || (verb != " decides" && verb != " answers")) {
    found->fail_unless_wanted(wanted);
  }
  demand.kind = one_decides;
  demand.node = read_node(*found, text.substr(0, space), cluster);
  return demand;
}

Verdict read_verdict(const Located& expect) {
  const std::string wanted = listed_names(verdict_names, "or");
  const auto found = expect.find("verdict");
  if (!found) {
    expect.fail_missing("verdict", wanted);
  }
  const std::string& text = found->text(wanted);
  for (std::size_t i = 0; i < verdict_names.size(); ++i) {
    if (verdict_names[i] == text) {
      return static_cast<Verdict>(i);
    }
  }
  found->fail_unless_wanted(wanted);
}

bool is_fingerprint(std::string_view text) {
  return text.size() == 16 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void read_expectation(const Located& root, std::optional<Expectation>& expectation) {
  constexpr std::array<std::string_view, 4> names = {"verdict", "property", "finding",
                                                     "fingerprint"};
  const auto found = root.find("expect");
  if (!found) {
    return;
  }
  found->expect_object("an object like {\"verdict\": \"holds\"}");
  found->expect_members(names);
  Expectation read;
  read.verdict = read_verdict(*found);
  read_text(*found, "property", read.property);
  read_text(*found, "finding", read.finding);
  read_text(*found, "fingerprint", read.fingerprint);
  if (read.verdict == Verdict::violated && read.property.empty()) {
    found->fail_missing("property", "the property that is violated, like \"agreement\"");
  }
  for (const std::string_view name : {"property", "finding"}) {
    if (const auto field = found->find(name); field && read.verdict != Verdict::violated) {
      field->fail("only a violation has one: leave it out");
    }
  }
  if (!read.fingerprint.empty() && !is_fingerprint(read.fingerprint)) {
    found->find("fingerprint")->fail_unless_wanted("16 hexadecimal digits");
  }
  expectation = std::move(read);
}

void read_steps(const Located& root, Cluster cluster, Trace& trace) {
  const auto found = root.find("steps");
  if (!found) {
    return;
  }
  found->expect_list("a list of steps");
  trace.has_steps = true;
  trace.steps.reserve(found->element_count());
  found->for_each_element([&](const Located& json, std::size_t i) {
    TraceStep step = read_step(json, cluster);
    if (i > 0 && step.at < trace.steps.back().at) {
      json.find("at")->fail(fmt::format("{} is before {} of the step above: time does not go back",
                                        step.at.ticks, trace.steps.back().at.ticks));
    }
    trace.steps.push_back(std::move(step));
  });
}

void read_loop(const Located& root, Trace& trace) {
  const auto found = root.find("loop");
  if (!found) {
    return;
  }
  if (trace.settles) {
    found->fail(
        "its steps are taken for ever, so it cannot settle after them: leave one of the two "
        "out");
  }
  const ordered_json& steps = found->value();
  if (!steps.is_number_unsigned() || steps == 0U || steps > trace.steps.size()) {
    found->fail_unless_wanted(
        trace.steps.empty()
            ? std::string("how many of the steps, and there are none: leave it out")
            : fmt::format("how many of the last steps go round: 1 to {}", trace.steps.size()));
  }
  trace.loop = steps.get<std::size_t>();
}

}  // namespace

Trace parse_trace(std::string_view text, const std::string& file, TraceJudge* judge) {
  const JsonDocument document = parse_json(text, file, wanted_file, "steps");
  const Located root(document, file);
  expect_format(root);
  root.expect_members(root_fields);
  Trace trace;
  read_text(root, "about", trace.about);
  read_text(root, "build", trace.build);
  read_text(root, "protocol", trace.protocol);
  read_names(root, "mutants", "planted bugs", "a planted bug", trace.mutants);
  read_names(root, "judged_by", "properties", "a property", trace.judged_by);
  read_seed(root, trace.seed);
  read_switch(root, "swarm", trace.is_swarm);
  read_known(root, trace.known);
  read_configured(root, trace);
  const Cluster cluster{trace.configuration.node_count, trace.configuration.client_count};
  if (const auto faults = root.find("faults")) {
    trace.configuration.faults = read_faults(*faults, cluster);
  }
  trace.demand = read_demand(root, is_one_that_decides(trace.protocol), cluster);
  read_switch(root, "settles", trace.settles);
  read_expectation(root, trace.expect);
  read_steps(root, cluster, trace);
  read_loop(root, trace);
  if (judge != nullptr) {
    judge(root, trace);
  }
  expect_whole_numbers(document);
  return trace;
}

}  // namespace synod
