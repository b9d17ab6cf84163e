#include "scenarios/run/runner.h"

#include "scenarios/format/trace.h"

namespace synod {

RunChoices choices_of(const Trace& trace) {
  RunChoices choices;
  choices.protocol = trace.protocol;
  choices.mutants = trace.mutants;
  if (!trace.judged_by.empty()) {
    choices.overlooked = all_properties_but(protocol_named(trace.protocol), trace.judged_by);
  }
  return choices;
}

std::unique_ptr<Runner> make_runner(const RunChoices& choices) {
  return protocol_named(choices.protocol).make(choices);
}

}  // namespace synod
