// Steps in words, one line each, for people: "n1 → n2  promise (ballot 2.n2, vote red@1.n1)".
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <variant>

#include "core/content_text.h"
#include "core/text.h"
#include "scenarios/words/field_texts.h"
#include "sim/packet.h"
#include "sim/step.h"

namespace synod {

std::string to_text(EndpointSet endpoints);

/// "promise (ballot 2.n2, vote red@1.n1)"
template <class... Messages>
std::string message_text(const std::variant<Messages...>& message) {
  return std::visit(
      [](const auto& one) {
        using M = std::decay_t<decltype(one)>;
        if constexpr (requires { M::name; }) {
          std::string text(M::name);
          std::string_view separator = " (";
          M::fields(one, [&](std::string_view name, const auto& field) {
            text += fmt::format("{}{} {}", separator, name, value_text(field));
            separator = ", ";
          });
          return text + (separator == ", " ? ")" : "");
        } else {
          return message_text(one);
        }
      },
      message);
}

/// What a client has come to know: "has its answer: chosen red".
template <class P>
std::string returned_text(const typename P::Result& result, Standing standing) {
  constexpr bool has_words = requires { P::without_answer(Standing::unknown); };
  if (standing == Standing::final || has_words) {
    return "has its answer: " + content_text(result);
  }
  return standing == Standing::refused ? "was refused by every node that it asked"
                                       : "has no answer, and waits no more";
}

template <class P>
std::string packet_text(const Packet<P>& packet) {
  return fmt::format("{} → {}  {}", packet.from, packet.to, message_text(packet.payload));
}

template <class P>
struct StepText {
  std::string operator()(const AskStep<RequestFor<P>>& step) const {
    return fmt::format("{} asks {}  {}", step.request.id.client, step.to,
                       message_text(std::variant<RequestFor<P>>(step.request)));
  }
  std::string operator()(const AbandonStep& step) const {
    return fmt::format("{} stops waiting", step.client);
  }
  std::string operator()(const DeliverStep<P>& step) const { return packet_text(step.packet); }
  std::string operator()(const DropStep<P>& step) const {
    return packet_text(step.packet) + "  is lost";
  }
  std::string operator()(const DuplicateStep<P>& step) const {
    return packet_text(step.packet) + "  is doubled";
  }
  std::string operator()(const FireStep<P>& step) const {
    return fmt::format("{}'s timer {} fires", step.node, P::timer_name(step.timer));
  }
  std::string operator()(const FinishWriteStep& step) const {
    return fmt::format("{}'s write is durable", step.node);
  }
  std::string operator()(const FailWriteStep& step) const {
    return fmt::format("{}'s write fails", step.node);
  }
  std::string operator()(const LuckStep& step) const {
    return fmt::format("{} draws {}", step.node, step.number);
  }
  std::string operator()(const CrashStep& step) const {
    if (step.after_effects == 0) {
      return fmt::format("{} crashes", step.node);
    }
    return fmt::format("{} is going to crash after {} more effect{}", step.node, step.after_effects,
                       step.after_effects == 1 ? "" : "s");
  }
  std::string operator()(const RestartStep& step) const {
    return fmt::format("{} restarts from its disk", step.node);
  }
  std::string operator()(const PauseStep& step) const {
    return fmt::format("{} stands still", step.node);
  }
  std::string operator()(const ResumeStep& step) const {
    return fmt::format("{} goes on", step.node);
  }
  std::string operator()(const CutStep& step) const {
    return fmt::format("cut: {} no longer reach {}", to_text(step.from), to_text(step.to));
  }
  std::string operator()(const HealStep& step) const {
    if (step.from == EndpointSet::all() && step.to == EndpointSet::all()) {
      return "every link is healed";
    }
    return fmt::format("heal: {} reach {} again", to_text(step.from), to_text(step.to));
  }
  std::string operator()(const SkewStep& step) const {
    return fmt::format("{}'s clock jumps by {} and runs at {}/1024", step.node, step.jump_ticks,
                       step.rate);
  }
};

template <class P>
std::string to_text(const Action<P>& action) {
  return std::visit(StepText<P>{}, action);
}

}  // namespace synod
