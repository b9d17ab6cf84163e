// What a node was given in a step, as part of a sentence.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "scenarios/chronicle/chronicle.h"
#include "sim/world/step.h"

namespace synod {

/// A step of a node that is neither a message nor a restart: "n2's timer attempt fired", "n2 drew
/// 3", "n2's write failed"
inline std::string happening_text(const Chronicle::Step& step) {
  constexpr std::string_view draws = " draws ";
  if (step.kind == LuckStep::name) {
    return fmt::format("{} drew {}", step.actor,
                       step.text.substr(step.text.find(draws) + draws.size()));
  }
  return step.kind == FinishWriteStep::name ? fmt::format("{}'s write was durable", step.actor)
         : step.kind == FailWriteStep::name
             ? fmt::format("{}'s write failed", step.actor)
             : fmt::format("{}'s timer {} fired", step.actor, step.input);
}

/// "n3's prepare (ballot 2.n3, value blue)", "its timer attempt", "its disk after the crash"
inline std::string given_text(const Chronicle& chronicle, Chronicle::StepIndex index) {
  const Chronicle::Step& step = chronicle.steps[index];
  if (step.packet) {
    const Chronicle::Message& message = chronicle.messages[*step.packet];
    return fmt::format("{}'s {}", message.from, message.text);
  }
  return step.input == "restart"              ? "its disk after the crash"
         : step.kind == LuckStep::name        ? "the number that it drew"
         : step.kind == FinishWriteStep::name ? "its write, which was durable"
         : step.kind == FailWriteStep::name   ? "its write, which failed"
                                              : fmt::format("its timer {}", step.input);
}

/// "n2 received n3's promise (…)", "n2 came back from its disk", "n2's timer attempt fired"
inline std::string input_text(const Chronicle& chronicle, Chronicle::StepIndex index) {
  const Chronicle::Step& step = chronicle.steps[index];
  return step.packet ? fmt::format("{} received {}", step.actor, given_text(chronicle, index))
         : step.input == "restart" ? fmt::format("{} came back from its disk", step.actor)
                                   : happening_text(step);
}

}  // namespace synod
