#include "scenarios/chronicle/unlike.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "scenarios/words/input_error.h"
#include "scenarios/words/safe_text.h"
#include "scenarios/words/words.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view image_of_disk = "durable.";

/// What came of a step, to be compared by `key` and told by `phrase`.
struct Effect {
  std::string key;
  std::string phrase;
  std::string to;  ///< of a message
};

struct Taken {
  std::optional<std::uint64_t> trace_index;
  std::string actor;
  std::vector<Effect> effects;
  std::map<std::string, std::string> memory;  ///< fields that change, but for the disk's image
};

std::string text_in(const ordered_json& json, const char* name) {
  const auto member = json.find(name);
  return member != json.end() && member->is_string() ? member->get<std::string>() : std::string();
}
const ordered_json& list_in(const ordered_json& json, const char* name) {
  static const ordered_json none = ordered_json::array();
  const auto member = json.find(name);
  return member != json.end() && member->is_array() ? *member : none;
}

/// A chronicle as data, whichever build has written it.
class Reader {
 public:
  explicit Reader(const ordered_json& chronicle) : chronicle_(chronicle) {
    const auto note = [&](const ordered_json& field) { fields_.insert(text_in(field, "name")); };
    const ordered_json& start = list_in(chronicle, "start");
    std::for_each(start.begin(), start.end(), note);
    for (const ordered_json& step : list_in(chronicle, "steps")) {
      const ordered_json& changes = list_in(step, "changes");
      std::for_each(changes.begin(), changes.end(), note);
    }
  }

  /// By name.
  [[nodiscard]] const std::set<std::string>& fields() const { return fields_; }

  [[nodiscard]] std::vector<Taken> steps(const std::set<std::string>& fields_of_other) const {
    std::vector<Taken> steps;
    for (const ordered_json& step : list_in(chronicle_, "steps")) {
      Taken& taken = steps.emplace_back();
      if (const auto index = step.find("trace_index"); index != step.end()) {
        taken.trace_index = index->get<std::uint64_t>();
      }
      taken.actor = text_in(step, "actor");
      add_messages(step, taken);
      for (const ordered_json& change : list_in(step, "changes")) {
        if (fields_of_other.contains(text_in(change, "name"))) {
          add_change(change, taken);
        }
      }
      add_learned(step, taken);
    }
    return steps;
  }

 private:
  void add_messages(const ordered_json& step, Taken& taken) const {
    const ordered_json& messages = list_in(chronicle_, "messages");
    for (const ordered_json& index : list_in(step, "said")) {
      const ordered_json& message = messages.at(index.get<std::size_t>());
      const std::string to = text_in(message, "to");
      const auto fields = message.find("fields");
      taken.effects.push_back(
          {fmt::format("send {} {} {}", to, text_in(message, "type"),
                       fields == message.end() ? std::string() : format_json(*fields, -1)),
           "send " + text_in(message, "text"), to});
    }
  }
  static void add_change(const ordered_json& change, Taken& taken) {
    const std::string name = text_in(change, "name");
    const std::string after = text_in(change, "after");
    const bool is_memory = text_in(change, "part") == "memory";
    if (is_memory && !name.starts_with(image_of_disk)) {
      taken.memory[name] = after;
      return;
    }
    if (after.empty()) {  // a crash took it
      return;
    }
    const std::string field = is_memory ? name.substr(image_of_disk.size()) : name;
    const std::string phrase = !is_memory ? fmt::format("have {} {} on disk", field, after)
                               : text_in(change, "before").empty()
                                   ? fmt::format("remember {} {}", field, after)
                                   : fmt::format("write {} {}", field, after);
    taken.effects.push_back({phrase, phrase, {}});
  }
  static void add_learned(const ordered_json& step, Taken& taken) {
    const std::string learns = taken.actor + " learns ";
    for (const ordered_json& consequence : list_in(step, "consequences")) {
      const std::string text = consequence.is_string() ? consequence.get<std::string>() : "";
      if (!taken.actor.empty() && text.starts_with(learns)) {
        const std::string phrase = "learn " + text.substr(learns.size());
        taken.effects.push_back({phrase, phrase, {}});
      }
    }
  }

  const ordered_json& chronicle_;
  std::set<std::string> fields_;
};

/// The same to several is one phrase: "send prepare (…) to n1, n2".
void add_phrase(const Effect& effect, std::vector<std::string>& phrases) {
  const bool is_alike =
      !effect.to.empty() && !phrases.empty() && phrases.back().starts_with(effect.phrase + " to ");
  if (is_alike) {
    phrases.back() += ", " + effect.to;
  } else {
    phrases.push_back(effect.phrase + (effect.to.empty() ? "" : " to " + effect.to));
  }
}

/// What the one has and the other has not.
std::vector<std::string> phrases_without(const std::vector<Effect>& some,
                                         const std::vector<Effect>& others) {
  std::vector<std::string> phrases;
  for (const Effect& one : some) {
    const bool is_there = std::any_of(others.begin(), others.end(),
                                      [&](const Effect& other) { return other.key == one.key; });
    if (!is_there) {
      add_phrase(one, phrases);
    }
  }
  return phrases;
}

std::string memory_text(const Taken& here, const Taken& there) {
  std::vector<std::string> parts;
  const auto value_in = [](const Taken& taken, const std::string& name) {
    const auto field = taken.memory.find(name);
    return field == taken.memory.end() ? std::string("as before")
           : field->second.empty()     ? std::string("nothing")
                                       : field->second;
  };
  std::set<std::string> names;
  for (const Taken* taken : {&here, &there}) {
    for (const auto& [name, value] : taken->memory) {
      names.insert(name);
    }
  }
  for (const std::string& name : names) {
    const std::string one = value_in(here, name);
    const std::string other = value_in(there, name);
    if (one != other) {
      parts.push_back(fmt::format("{} is {} here, and {} there", name, one, other));
    }
  }
  return joined(parts, "; ");
}

}  // namespace

std::optional<UnlikeStep> first_unlike(const Chronicle& here, const ordered_json& there) {
  if (!there.is_object() || !there.contains("steps") || !there.contains("messages")) {
    refuse("what it wrote is no chronicle of a run");
  }
  const ordered_json data = to_json(here);
  const Reader reader_here(data);
  const Reader reader_there(there);
  const std::vector<Taken> ours = reader_here.steps(reader_there.fields());
  const std::vector<Taken> theirs = reader_there.steps(reader_here.fields());
  std::map<std::string, std::pair<Chronicle::StepIndex, std::string>> memory_of;
  for (Chronicle::StepIndex i = 0; i < ours.size(); ++i) {
    UnlikeStep unlike;
    unlike.step = i;
    unlike.is_taken = i < theirs.size() && ours[i].trace_index == theirs[i].trace_index;
    if (unlike.is_taken) {
      unlike.here = phrases_without(ours[i].effects, theirs[i].effects);
      unlike.there = phrases_without(theirs[i].effects, ours[i].effects);
      if (std::string memory = memory_text(ours[i], theirs[i]); !memory.empty()) {
        memory_of.try_emplace(ours[i].actor, i, std::move(memory));
      }
    }
    if (!unlike.is_taken || !unlike.here.empty() || !unlike.there.empty()) {
      const auto memory = memory_of.find(ours[i].actor);
      if (memory != memory_of.end() && memory->second.first < i) {
        std::tie(unlike.memory_since, unlike.memory) = memory->second;
      }
      return unlike;
    }
  }
  return std::nullopt;
}

std::string state_before(const Chronicle& chronicle, Chronicle::StepIndex step,
                         const std::string& node, std::string_view part) {
  std::map<std::string, std::string> fields;
  for (const Chronicle::Field& field : chronicle.start) {
    if (field.node == node && field.part == part) {
      fields[field.name] = field.value;
    }
  }
  for (Chronicle::StepIndex i = 0; i < step; ++i) {
    for (const Chronicle::Change& change : chronicle.steps[i].changes) {
      if (change.node == node && change.part == part) {
        fields[change.name] = change.after;
      }
    }
  }
  std::vector<std::string> parts;
  for (const auto& [name, value] : fields) {
    const bool says_nothing = value.empty() || value == "none" || value == "no" || value == "0" ||
                              value == "{}" || value == node;
    if (!says_nothing && !name.starts_with(image_of_disk)) {
      parts.push_back(fmt::format("{} {}", name, value));
    }
  }
  return joined(parts, ", ");
}

}  // namespace synod
