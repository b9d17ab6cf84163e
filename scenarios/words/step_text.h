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
#include "sim/world/step.h"

namespace synod {

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
  std::string operator()(const FireStep<P>& step) const {
    return fmt::format("{}'s timer {} fires", step.node, P::timer_name(step.timer));
  }
  std::string operator()(const FinishWriteStep& step) const {
    return fmt::format("{}'s write is durable", step.node);
  }
  std::string operator()(const LuckStep& step) const {
    return fmt::format("{} draws {}", step.node, step.number);
  }
  /// Of a fault.
  template <class OfFault>
    requires requires(const OfFault& step) { step.text(); }
  std::string operator()(const OfFault& step) const {
    return step.text();
  }
  template <class OfPacket>
    requires requires(const OfPacket& step) { step.text(packet_text(step.packet)); }
  std::string operator()(const OfPacket& step) const {
    return step.text(packet_text(step.packet));
  }
};

template <class P>
std::string to_text(const Action<P>& action) {
  return std::visit(StepText<P>{}, action);
}

}  // namespace synod
