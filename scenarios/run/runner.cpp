#include "scenarios/run/runner.h"

namespace synod {

std::unique_ptr<Runner> make_runner(const RunChoices& choices) {
  return protocol_named(choices.protocol).make(choices);
}

}  // namespace synod
