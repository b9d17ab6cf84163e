#include "scenarios/library/hand_written.h"

#include <algorithm>

#include "scenarios/format/json_document.h"
#include "scenarios/format/located_json.h"
#include "scenarios/format/step_reader.h"
#include "scenarios/library/asked_faults.h"
#include "scenarios/library/timed_sense.h"
#include "scenarios/registry/registry.h"

namespace synod {

void expect_sense(const Located& root, const Trace& trace) {
  if (trace.is_recorded()) {
    return;
  }
  const auto entries = protocols();
  const auto protocol = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) {
    return entry.text.name == trace.protocol;
  });
  if (protocol == entries.end()) {
    return;  // said by who makes the runner
  }
  if (const auto configuration = root.find("configuration")) {
    expect_possible_faults(*configuration, trace);
  }
  if (!trace.has_steps) {
    for (const char* const name : {"demand", "settles"}) {
      if (const auto found = root.find(name)) {
        found->fail("what must come of a random form its ending says: leave it out, or give steps");
      }
    }
  }
  if (const auto faults = root.find("faults")) {
    expect_possible_timed_faults(*faults, trace);
  }
  if (const auto steps = root.find("steps")) {
    const Cluster cluster{trace.configuration.node_count, trace.configuration.client_count};
    steps->for_each_element(
        [&](const Located& step, std::size_t /*index*/) { protocol->expect_names(step, cluster); });
  }
}

Trace read_trace(const std::string& path) {
  return parse_trace(read_json_text(path), path, &expect_sense);
}

}  // namespace synod
