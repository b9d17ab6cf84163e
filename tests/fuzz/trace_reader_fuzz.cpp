// Any bytes: the trace reader reads them or throws InputError with one line, and what it has read
// is written and read again as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/paxos/node.h"
#include "scenarios/format/step_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/protocols/paxos_options.h"
#include "scenarios/run/runner.h"

// Of a protocol, the reader needs its name and its options, and no runner.
namespace synod {

namespace {
const RegisteredEntry registered({.text = {"paxos", ""},
                                  .options = declared_options<PaxosOptions>()});
}  // namespace
const ProtocolEntry* find_protocol(std::string_view name) {
  return name == protocols().front().text.name ? &protocols().front() : nullptr;
}

}  // namespace synod

namespace {

void expect(bool holds) {
  if (!holds) {
    std::abort();
  }
}

void check(std::string_view text) {
  synod::Trace trace;
  try {
    trace = synod::parse_trace(text, "fuzzed");
  } catch (const synod::InputError& error) {
    expect(std::string_view(error.what()).find('\n') == std::string_view::npos);
    return;
  }
  const std::string written = synod::format_trace(trace);
  const synod::Trace again = synod::parse_trace(written, "written");
  expect(again == trace);
  expect(synod::format_trace(again) == written);
  for (const synod::TraceStep& step : trace.steps) {
    const auto known = synod::from_trace_step<synod::paxos::Protocol>(step);
    if (known) {
      const synod::TraceStep back = synod::to_trace_step<synod::paxos::Protocol>(*known);
      expect(synod::from_trace_step<synod::paxos::Protocol>(back) == known);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check({reinterpret_cast<const char*>(data), size});
  return 0;
}
