#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenarios/words/safe_text.h"
#include "tools/trace/export/formats.h"

namespace synod {
namespace {

using nlohmann::ordered_json;

// In the format's unit, a microsecond. Slices begin where their tick begins, or later when others
// came in the same tick, and never overlap.
constexpr std::uint64_t tick_length = 1000;
constexpr std::uint64_t slice_length = 10;
constexpr std::uint64_t slice_distance = 20;
constexpr int process = 1;

class TraceEvents {
 public:
  TraceEvents(const Chronicle& chronicle, const WritePiece& write)
      : chronicle_(chronicle), write_(write) {}

  void tell() {
    write_("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[");
    name_process();
    for (const std::string& node : chronicle_.nodes) {
      add_thread(node);
    }
    for (const std::string& client : chronicle_.clients) {
      add_thread(client);
    }
    add_thread("network");
    begins_.reserve(chronicle_.steps.size());
    for (const Chronicle::Step& step : chronicle_.steps) {
      add_slice(step);
    }
    for (Chronicle::MessageIndex i = 0; i < chronicle_.messages.size(); ++i) {
      add_flow(i);
    }
    write_("]}\n");
  }

 private:
  void add(const ordered_json& event) {
    write_(is_first_ ? "" : ",");
    is_first_ = false;
    write_(format_json(event, -1));
  }
  [[nodiscard]] int thread_of(const Chronicle::Step& step) const {
    return threads_.at(step.actor.empty() ? "network" : step.actor);
  }
  void name_process() {
    const std::string name = chronicle_.about.empty() ? chronicle_.protocol : chronicle_.about;
    add({{"ph", "M"},
         {"pid", process},
         {"tid", 0},
         {"name", "process_name"},
         {"args", {{"name", name}}}});
  }
  void add_thread(const std::string& name) {
    const int thread = static_cast<int>(threads_.size()) + 1;
    threads_[name] = thread;
    add({{"ph", "M"},
         {"pid", process},
         {"tid", thread},
         {"name", "thread_name"},
         {"args", {{"name", name}}}});
    add({{"ph", "M"},
         {"pid", process},
         {"tid", thread},
         {"name", "thread_sort_index"},
         {"args", {{"sort_index", thread}}}});
  }
  void add_slice(const Chronicle::Step& step) {
    next_ = std::max(next_, step.at.ticks * tick_length);
    begins_.push_back(next_);
    ordered_json arguments = {{"tick", step.at.ticks}, {"step", begins_.size() - 1}};
    if (!step.consequences.empty()) {
      arguments["consequences"] = step.consequences;
    }
    if (!step.news->empty()) {
      arguments["news"] = *step.news;
    }
    if (chronicle_.finding && chronicle_.finding->step == begins_.size() - 1) {
      arguments["violated"] = chronicle_.finding->property;
    }
    add({{"ph", "X"},
         {"pid", process},
         {"tid", thread_of(step)},
         {"ts", next_},
         {"dur", slice_length},
         {"cat", step.kind},
         {"name", step.text},
         {"args", std::move(arguments)}});
    next_ += slice_distance;
  }
  /// From the middle of the slice in which it left to that in which it arrived, or was lost.
  void add_flow(Chronicle::MessageIndex index) {
    const Chronicle::Message& message = chronicle_.messages[index];
    const auto end = message.delivered_in ? message.delivered_in : message.dropped_in;
    if (!message.sent_in || !end) {
      return;
    }
    const auto add_end = [&](const char* phase, Chronicle::StepIndex step) {
      ordered_json event = {{"ph", phase},
                            {"pid", process},
                            {"tid", thread_of(chronicle_.steps[step])},
                            {"ts", begins_[step] + slice_length / 2},
                            {"id", index},
                            {"cat", "message"},
                            {"name", message.type}};
      if (*phase == 'f') {
        event["bp"] = "e";  // the slice around it, not the next one
      }
      add(event);
    };
    add_end("s", *message.sent_in);
    add_end("f", *end);
  }

  const Chronicle& chronicle_;
  const WritePiece& write_;
  bool is_first_ = true;
  std::map<std::string, int> threads_;
  std::vector<std::uint64_t> begins_;  ///< by step
  std::uint64_t next_ = 0;
};

}  // namespace

void write_perfetto(const Chronicle& chronicle, const WritePiece& write) {
  TraceEvents(chronicle, write).tell();
}

}  // namespace synod
