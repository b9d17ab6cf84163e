// A protocol, from outside the tree, whose nodes are told of their writes and ask for luck, so that
// writes fail.
//
// All send what clients ask for to n1, which writes the first value, and tells everybody once it
// knows that it is on its disk. Its planted bug takes every write for done.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>

#include "core/effects.h"
#include "core/fields.h"
#include "core/ids.h"
#include "core/one_decision.h"
#include "core/per_id.h"
#include "core/value.h"

namespace synod::first_durable {

/// To n1: keep this, or, without a value, tell me what you have.
struct Offer {
  static constexpr std::string_view name = "offer";
  static constexpr bool relies_on_disk = false;
  Value value;
  static constexpr void fields(auto& self, auto&& visit) { visit("value", self.value); }
  bool operator==(const Offer&) const = default;
};
/// From n1: this was the first.
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

using Output = Effects<Message, Durable, Timer, OneDecision::Result, Value>;

struct Config {
  std::uint8_t node_count = 0;
  Duration patience;
  bool takes_every_write_for_done = false;
};

class Node {
 public:
  void start(const Config& config, NodeId /*self*/, const Durable& disk, Output& out) {
    kept_ = disk.kept;
    wait(config, out);
  }
  void on(const Config& /*config*/, NodeId from, const Message& message, Output& out) {
    if (const auto* offer = std::get_if<Offer>(&message)) {
      on_offer(from, *offer, out);
    } else {
      on_kept(std::get<Kept>(message), out);
    }
  }
  void on(const Config& /*config*/, const Request& request, Output& out) {
    if (known_.is_none()) {
      requests_[request.id.client] = request;
      out.send(first, Offer{request.operation.value});
    } else {
      answer(request, out);
    }
  }
  /// Half of them wait once more, so that not all ask at a time.
  void on(const Config& /*config*/, Timer /*timer*/, Output& out) { out.draw(2); }
  void on(const Config& config, Drawn drawn, Output& out) {
    if (drawn.number == 1) {
      ++turn_;
      out.send(first, Offer{});
      for (const Request& request : requests_) {
        if (request.id.number != 0) {
          out.send(first, Offer{request.operation.value});
        }
      }
    }
    wait(config, out);
  }
  void on(const Config& config, synod::WriteDone done, Output& out) {
    const Value written = std::exchange(writing_, Value{});
    if (done.has_failed && !config.takes_every_write_for_done) {
      return;  // as if it had never been written: whoever wants it offers it again
    }
    kept_ = written;
    out.send_all(NodeSet::first(config.node_count), Kept{kept_});
  }
  bool operator==(const Node&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("kept", self.kept_);
    visit("writing", self.writing_);
    visit("known", self.known_);
    visit("requests", self.requests_);
    visit_round(visit, "turn", self.turn_);
  }

 private:
  static constexpr NodeId first{0};

  static void wait(const Config& config, Output& out) {
    out.set_timer(Timer::patience, config.patience, config.patience * 2);
  }
  void on_offer(NodeId from, const Offer& offer, Output& out) {
    if (!kept_.is_none()) {
      out.send(from, Kept{kept_});
    } else if (writing_.is_none() && !offer.value.is_none()) {
      writing_ = offer.value;
      out.persist({writing_});
    }
  }
  void on_kept(const Kept& kept, Output& out) {
    if (known_ == kept.value) {
      return;
    }
    known_ = kept.value;
    out.learn(known_);
    out.cancel_timer(Timer::patience);
    for (Request& request : requests_) {
      if (request.id.number != 0) {
        answer(std::exchange(request, Request{}), out);
      }
    }
  }
  void answer(const Request& request, Output& out) const {
    out.reply({request.id, {Outcome::chosen, known_}});
  }

  Value kept_;                   ///< of n1: what it takes to be on its disk
  Value writing_;                ///< of n1: what it has not been told of yet
  Value known_;                  ///< what n1 has said
  PerClient<Request> requests_;  ///< that wait, by client
  std::uint32_t turn_ = 0;       ///< how often it has asked again
};

struct Protocol : OneDecision {
  static constexpr std::string_view name = "first_durable";
  static constexpr std::string_view round_name = "turn";
  using Message = first_durable::Message;
  using Durable = first_durable::Durable;
  using Timer = first_durable::Timer;
  using Config = first_durable::Config;
  using Node = first_durable::Node;
  static constexpr std::size_t timer_count = 1;
  static constexpr std::string_view timer_name(Timer /*timer*/) { return "patience"; }
};

}  // namespace synod::first_durable
