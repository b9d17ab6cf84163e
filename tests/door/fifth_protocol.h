// A fifth protocol, from outside the tree: nothing there names it, and it has no words of its own.
//
// All send what clients ask for to n1, which keeps the first value, and tells everybody once that
// is on its disk. Its planted bug has n1 keep the last one.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "core/effects.h"
#include "core/fields.h"
#include "core/ids.h"
#include "core/one_decision.h"
#include "core/per_id.h"
#include "core/rule_entry.h"
#include "core/value.h"

namespace synod::first_wins {

/// To n1: keep this, or, without a value, tell me what you have.
struct Offer {
  static constexpr std::string_view name = "offer";
  static constexpr bool relies_on_disk = false;
  Value value;
  static constexpr void fields(auto& self, auto&& visit) { visit("value", self.value); }
  bool operator==(const Offer&) const = default;
};
/// From n1, to everybody: this was the first.
struct Kept {
  static constexpr std::string_view name = "kept";
  static constexpr bool relies_on_disk = true;
  Value value;
  static constexpr void fields(auto& self, auto&& visit) { visit("value", self.value); }
  bool operator==(const Kept&) const = default;
};
using Message = std::variant<Offer, Kept>;

struct Durable {
  Value kept;
  static constexpr void fields(auto& self, auto&& visit) { visit("kept", self.kept); }
  bool operator==(const Durable&) const = default;
};

enum class Timer : std::uint8_t { patience };
inline constexpr std::size_t timer_count = 1;

using Output = Effects<Message, Durable, Timer, OneDecision::Result, Value>;

namespace rules {
/// What n1 keeps, when it has kept the one and is offered the other.
inline Value value_to_keep(Value kept, Value offered) { return kept.is_none() ? offered : kept; }
}  // namespace rules

struct Rules {
  decltype(&rules::value_to_keep) value_to_keep = &rules::value_to_keep;

  static constexpr std::string_view protocol = "first_wins";
  static constexpr void entries(auto&& visit) {
    visit("value_to_keep", RuleEntry<&Rules::value_to_keep>{});
  }
};

struct Config {
  std::uint8_t node_count = 0;
  Duration patience;
  Rules rules;
  bool speaks_early = false;
};

class Node {
 public:
  void start(const Config& config, NodeId self, const Durable& disk, Output& out) {
    self_ = self;
    durable_ = disk;
    wait(config, out);
  }
  void on(const Config& config, NodeId from, const Message& message, Output& out) {
    if (const auto* offer = std::get_if<Offer>(&message)) {
      on_offer(config, from, *offer, out);
    } else {
      on_kept(std::get<Kept>(message), out);
    }
  }
  void on(const Config& /*config*/, const Request& request, Output& out) {
    requests_[request.id.client] = request;
    if (known_.is_none()) {
      out.send(first, Offer{request.operation.value});
    } else {
      answer(request, out);
    }
  }
  void on(const Config& config, Timer /*timer*/, Output& out) {
    if (known_.is_none()) {
      out.send(first, Offer{});
      for (const Request& request : requests_) {
        if (!request.operation.value.is_none()) {
          out.send(first, Offer{request.operation.value});
        }
      }
      wait(config, out);
    }
  }
  bool operator==(const Node&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("self", self.self_);
    visit("durable", self.durable_);
    visit("known", self.known_);
    visit("requests", self.requests_);
  }

 private:
  static constexpr NodeId first{0};

  static void wait(const Config& config, Output& out) {
    out.set_timer(Timer::patience, config.patience, config.patience * 2);
  }
  void on_offer(const Config& config, NodeId from, const Offer& offer, Output& out) {
    const Value kept = config.rules.value_to_keep(durable_.kept, offer.value);
    if (kept != durable_.kept) {
      durable_.kept = kept;
      out.persist(durable_);
      for (const NodeId node : NodeSet::first(config.node_count)) {
        config.speaks_early ? out.send_now(node, Kept{kept}) : out.send(node, Kept{kept});
      }
    } else if (!kept.is_none()) {
      out.send(from, Kept{kept});
    }
  }
  void on_kept(const Kept& kept, Output& out) {
    if (known_ == kept.value) {
      return;
    }
    known_ = kept.value;
    out.learn(known_);
    for (Request& request : requests_) {
      if (request.id.number != 0) {
        answer(request, out);
        request = {};
      }
    }
  }
  void answer(const Request& request, Output& out) const {
    out.reply({request.id, {Outcome::chosen, known_}});
  }

  NodeId self_;
  Durable durable_;
  Value known_;
  PerClient<Request> requests_;  ///< that wait, by client
};

struct Protocol : OneDecision {
  static constexpr std::string_view name = "first_wins";
  using Message = first_wins::Message;
  using Durable = first_wins::Durable;
  using Timer = first_wins::Timer;
  using Config = first_wins::Config;
  using Node = first_wins::Node;
  static constexpr std::size_t timer_count = first_wins::timer_count;
  static constexpr std::string_view timer_name(Timer /*timer*/) { return "patience"; }
};

}  // namespace synod::first_wins
