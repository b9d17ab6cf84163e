// What a node was given in a step, as part of a sentence.
#pragma once

#include <fmt/format.h>

#include <string>

#include "scenarios/chronicle.h"

namespace synod {

/// "n3's prepare (ballot 2.n3, value blue)", "its timer attempt", "its disk after the crash"
inline std::string given_text(const Chronicle& chronicle, Chronicle::StepIndex index) {
  const Chronicle::Step& step = chronicle.steps[index];
  if (step.packet) {
    const Chronicle::Message& message = chronicle.messages[*step.packet];
    return fmt::format("{}'s {}", message.from, message.text);
  }
  return step.input == "restart" ? "its disk after the crash"
                                 : fmt::format("its timer {}", step.input);
}

}  // namespace synod
