#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "scenarios/words/safe_text.h"
#include "tools/trace/export/formats.h"

namespace synod {
namespace {

using VectorClock = std::map<std::string, std::uint64_t>;

void merge(VectorClock& clock, const VectorClock& other) {
  for (const auto& [host, count] : other) {
    clock[host] = std::max(clock[host], count);
  }
}

/// An event is one line.
std::string event_text(const Chronicle::Step& step) {
  std::string text = step.text;
  for (const std::string& consequence : step.consequences) {
    text += "; " + consequence;
  }
  if (!step.news.empty()) {
    text += "; * " + step.news;
  }
  return on_one_line(text, ' ');
}

}  // namespace

std::string shiviz_text(const Chronicle& chronicle) {
  std::string text = fmt::format("{}\n\n", shiviz_parser);
  VectorClock none;
  std::map<std::string, VectorClock> clocks;               // by host: a crash takes nothing from it
  std::vector<VectorClock> after(chronicle.steps.size());  // each step; empty where nobody acted
  for (Chronicle::StepIndex i = 0; i < chronicle.steps.size(); ++i) {
    const Chronicle::Step& step = chronicle.steps[i];
    if (step.actor.empty()) {
      // What the network doubles carries the clock of the original.
      const auto sent_in = step.packet ? chronicle.messages[*step.packet].sent_in : std::nullopt;
      after[i] = sent_in ? after[*sent_in] : none;
      continue;
    }
    VectorClock& clock = clocks[step.actor];
    if (step.packet) {
      if (const auto sent_in = chronicle.messages[*step.packet].sent_in) {
        merge(clock, after[*sent_in]);
      }
    }
    ++clock[step.actor];
    after[i] = clock;
    text += fmt::format("{} {}\n{}\n", step.actor, format_json(clock, -1), event_text(step));
  }
  return text;
}

}  // namespace synod
