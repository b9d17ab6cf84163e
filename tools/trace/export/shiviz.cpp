#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "scenarios/words/safe_text.h"
#include "tools/trace/export/formats.h"

namespace synod {
namespace {

/// Of each host, in the order of their names, how many of its events are known; 0 is not told.
using VectorClock = std::vector<std::uint64_t>;

void merge(VectorClock& clock, const VectorClock& other) {
  clock.resize(std::max(clock.size(), other.size()));
  for (std::size_t i = 0; i < other.size(); ++i) {
    clock[i] = std::max(clock[i], other[i]);
  }
}

std::vector<std::string> hosts_of(const Chronicle& chronicle) {
  std::vector<std::string> hosts = chronicle.clients;
  hosts.insert(hosts.end(), chronicle.nodes.begin(), chronicle.nodes.end());
  std::sort(hosts.begin(), hosts.end());
  return hosts;
}

std::string clock_text(const std::vector<std::string>& hosts, const VectorClock& clock) {
  nlohmann::ordered_json json;
  for (std::size_t i = 0; i < clock.size(); ++i) {
    if (clock[i] > 0) {
      json[hosts[i]] = clock[i];
    }
  }
  return format_json(json, -1);
}

/// An event is one line.
std::string event_text(const Chronicle::Step& step) {
  std::string text = step.text;
  for (const std::string& consequence : step.consequences) {
    text += "; " + consequence;
  }
  if (!step.news->empty()) {
    text += "; * " + *step.news;
  }
  return on_one_line(text, ' ');
}

}  // namespace

void write_shiviz(const Chronicle& chronicle, const WritePiece& write) {
  write(fmt::format("{}\n\n", shiviz_parser));
  const std::vector<std::string> hosts = hosts_of(chronicle);
  std::map<std::string, VectorClock> clocks;  // by host: a crash takes nothing from it
  // After each step in which something left; empty where nobody acted.
  std::vector<VectorClock> after(chronicle.steps.size());
  for (Chronicle::StepIndex i = 0; i < chronicle.steps.size(); ++i) {
    const Chronicle::Step& step = chronicle.steps[i];
    if (step.actor.empty()) {
      // What the network doubles carries the clock of the original.
      const auto sent_in = step.packet ? chronicle.messages[*step.packet].sent_in : std::nullopt;
      after[i] = sent_in ? after[*sent_in] : VectorClock{};
      continue;
    }
    VectorClock& clock = clocks[step.actor];
    clock.resize(hosts.size());
    if (step.packet) {
      if (const auto sent_in = chronicle.messages[*step.packet].sent_in) {
        merge(clock, after[*sent_in]);
      }
    }
    const auto host = std::find(hosts.begin(), hosts.end(), step.actor);
    ++clock[static_cast<std::size_t>(host - hosts.begin())];
    if (!step.sent.empty()) {
      after[i] = clock;
    }
    write(fmt::format("{} {}\n{}\n", step.actor, clock_text(hosts, clock), event_text(step)));
  }
}

}  // namespace synod
