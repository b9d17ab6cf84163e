#include "scenarios/chronicle/chronicle.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/chronicle/chronicle_text.h"
#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/format/configuration_json.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

/// Sets members, but for those that say nothing.
class Members {
 public:
  void add(const char* name, std::string_view text) {
    if (!text.empty()) {
      json_[name] = text;
    }
  }
  void add(const char* name, bool is_so) {
    if (is_so) {
      json_[name] = true;
    }
  }
  void add(const char* name, std::size_t number) { json_[name] = number; }
  void add(const char* name, const std::optional<std::size_t>& number) {
    if (number) {
      json_[name] = *number;
    }
  }
  void add_json(const char* name, ordered_json&& value) {
    if (!value.empty()) {
      json_[name] = std::move(value);
    }
  }
  template <class T>
  void add(const char* name, const std::vector<T>& list) {
    add_json(name, ordered_json(list));
  }
  ordered_json take() { return std::move(json_); }

 private:
  ordered_json json_ = ordered_json::object();
};

template <class List, class Write>
ordered_json listed(const List& list, Write write) {
  auto json = ordered_json::array();
  for (const auto& one : list) {
    json.push_back(write(one));
  }
  return json;
}

ordered_json write_field(const Chronicle::Field& field) {
  return {{"node", field.node}, {"part", field.part}, {"name", field.name}, {"value", field.value}};
}

ordered_json write_change(const Chronicle::Change& change) {
  Members members;
  members.add("node", change.node);
  members.add("part", change.part);
  members.add("name", change.name);
  members.add("before", change.before);
  members.add("after", change.after);
  return members.take();
}

ordered_json write_rule(const Chronicle::Rule& rule) {
  Members members;
  members.add("name", rule.name);
  members.add("source", rule.source);
  return members.take();
}

ordered_json write_answer(const Chronicle::FirstDifference::Answer& answer) {
  Members members;
  members.add("protocol", answer.protocol);
  members.add("rule", answer.rule);
  members.add("question", answer.question);
  members.add("did", answer.did);
  members.add("due", answer.due);
  return members.take();
}

ordered_json write_difference(const Chronicle::FirstDifference& difference) {
  Members members;
  members.add("did", difference.did);
  members.add("due", difference.due);
  members.add("settings", difference.settings);
  if (difference.answer) {
    members.add_json("answer", write_answer(*difference.answer));
  }
  return members.take();
}

ordered_json write_step(const Chronicle::Step& step) {
  Members members;
  members.add("trace_index", step.trace_index);
  members.add("at", static_cast<std::size_t>(step.at.ticks));
  members.add("kind", step.kind);
  members.add("actor", step.actor);
  members.add("input", step.input);
  members.add("text", step.text);
  members.add("cut_from", *step.cut_from);
  members.add("cut_to", *step.cut_to);
  members.add("packet", step.packet);
  members.add("said", step.said);
  members.add("sent", step.sent);
  members.add_json("changes", listed(step.changes, write_change));
  members.add("logged", *step.logged);
  members.add("consequences", step.consequences);
  members.add("news", *step.news);
  members.add_json("rule", write_rule(step.rule));
  members.add_json("departure", write_difference(*step.difference));
  members.add("causes", step.causes);
  return members.take();
}

ordered_json write_message(const Chronicle::Message& message) {
  Members members;
  members.add("from", message.from);
  members.add("to", message.to);
  members.add("type", message.type);
  members.add("text", message.text);
  JsonFields fields = message.fields.unpacked();
  members.add_json("fields", std::move(fields.json()));
  members.add("said_in", message.said_in);
  members.add("sent_in", message.sent_in);
  members.add("copy_of", message.copy_of);
  members.add("delivered_in", message.delivered_in);
  members.add("dropped_in", message.dropped_in);
  members.add("is_lost_in_crash", message.is_lost_in_crash);
  return members.take();
}

ordered_json write_skipped(const Chronicle::Skipped& skipped) {
  return {{"trace_index", skipped.trace_index}, {"at", skipped.at.ticks}, {"kind", skipped.kind}};
}

ordered_json write_put_right(const Chronicle::PutRight& tried) {
  return {{"rule", tried.rule}, {"holds", tried.holds}};
}

ordered_json write_finding(const Chronicle::Finding& finding) {
  Members members;
  members.add("property", finding.property);
  members.add("text", finding.text);
  members.add("step", finding.step);
  members.add("is_outside_fault_model", finding.is_outside_fault_model);
  return members.take();
}

/// What comes before its lists, and what comes behind them.
ordered_json write_head(const Chronicle& chronicle) {
  Members members;
  members.add("about", chronicle.about);
  members.add("protocol", chronicle.protocol);
  members.add("mutants", chronicle.mutants);
  members.add_json("put_right", listed(chronicle.put_right, write_put_right));
  members.add_json("configuration", to_json(chronicle.configuration));
  members.add("nodes", chronicle.nodes);
  members.add("clients", chronicle.clients);
  const ProtocolWords* words = words_of(chronicle.protocol);
  if (words != nullptr && words->votes_to_choose != nullptr) {
    members.add_json("votes_to_choose", words->votes_to_choose(chronicle.configuration));
  }
  members.add_json("start", listed(chronicle.start, write_field));
  members.add("logged", chronicle.logged);
  return members.take();
}

ordered_json write_tail(const Chronicle& chronicle) {
  ordered_json json;
  if (chronicle.loop > 0) {
    json["loop"] = chronicle.loop;
  }
  json["verdict"] = to_text(chronicle.verdict);
  if (!chronicle.inconclusive.empty()) {
    json["inconclusive"] = chronicle.inconclusive;
  }
  if (chronicle.finding) {
    json["finding"] = write_finding(*chronicle.finding);
  }
  return json;
}

/// Of each list: its name, its members, and how one of them is written.
template <class Visit>
void for_each_list(const Chronicle& chronicle, Visit visit) {
  visit("steps", chronicle.steps, write_step);
  visit("messages", chronicle.messages, write_message);
  visit("skipped", chronicle.skipped, write_skipped);
}

}  // namespace

std::string Chronicle::FirstDifference::blamed(std::string_view input) const {
  if (answer) {
    return fmt::format("{}.{}", answer->protocol, answer->rule);
  }
  return settings.empty() ? fmt::format("at {}", input)
                          : fmt::format("{}", fmt::join(settings, ", "));
}

const Chronicle::PutRight* culprit_of(const std::vector<Chronicle::PutRight>& tried) {
  const auto holds = [](const Chronicle::PutRight& one) { return one.holds; };
  return std::count_if(tried.begin(), tried.end(), holds) == 1
             ? &*std::find_if(tried.begin(), tried.end(), holds)
             : nullptr;
}

std::vector<Chronicle::StepIndex> causal_past(const Chronicle& chronicle,
                                              const std::vector<Chronicle::StepIndex>& of) {
  std::vector<bool> is_in_past(chronicle.steps.size());
  for (const Chronicle::StepIndex step : of) {
    is_in_past[step] = true;
  }
  std::vector<Chronicle::StepIndex> past;
  for (Chronicle::StepIndex step = chronicle.steps.size(); step-- > 0;) {  // causes come before
    if (is_in_past[step]) {
      past.push_back(step);
      for (const Chronicle::StepIndex cause : chronicle.steps[step].causes) {
        is_in_past[cause] = true;
      }
    }
  }
  return {past.rbegin(), past.rend()};
}

nlohmann::ordered_json to_json(const Chronicle& chronicle) {
  ordered_json json = write_head(chronicle);
  for_each_list(chronicle, [&](const char* name, const auto& list, auto write_one) {
    json[name] = listed(list, write_one);
  });
  json.update(write_tail(chronicle));
  return json;
}

void write_json(const Chronicle& chronicle,
                const std::function<std::string(const ordered_json&)>& in_words,
                const std::function<void(std::string_view)>& write) {
  const std::string head = in_words(write_head(chronicle));
  write(std::string_view(head).substr(0, head.size() - 1));  // without its closing brace
  for_each_list(chronicle, [&](const char* name, const auto& list, auto write_one) {
    write(fmt::format(",\"{}\":[", name));
    for (const auto& one : list) {
      write(&one == &list.front() ? "" : ",");
      write(in_words(write_one(one)));
    }
    write("]");
  });
  const std::string tail = in_words(write_tail(chronicle));
  write(",");
  write(std::string_view(tail).substr(1));
}

}  // namespace synod
