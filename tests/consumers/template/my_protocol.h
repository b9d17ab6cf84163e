// A protocol to begin with: replace it by yours. n1 takes the first value that it hears of, writes
// it down, and tells everybody. It survives every restart, and waits while n1 is down.
#pragma once

#include <synod/testbed.h>

#include <cstdint>
#include <string_view>
#include <variant>

namespace my {

/// To n1: take this one, unless you have one. Asked again until it is answered.
struct Propose {
  static constexpr std::string_view name = "propose";
  static constexpr bool relies_on_disk = false;
  synod::Value value;
  static void fields(auto& self, auto&& visit) { visit("value", self.value); }
  bool operator==(const Propose&) const = default;
};
/// From n1: that is it. Waits for n1's disk, for n1 must never say anything else.
struct Taken {
  static constexpr std::string_view name = "taken";
  static constexpr bool relies_on_disk = true;
  synod::Value value;
  static void fields(auto& self, auto&& visit) { visit("value", self.value); }
  bool operator==(const Taken&) const = default;
};
using Message = std::variant<Propose, Taken>;

/// What survives a crash.
struct Durable {
  synod::Value taken;  ///< n1's
  static void fields(auto& self, auto&& visit) { visit("taken", self.taken); }
  bool operator==(const Durable&) const = default;
};

enum class Timer : std::uint8_t { again };
using Output = synod::Effects<Message, Durable, Timer>;

struct Config {
  synod::NodeSet nodes;
  synod::Duration patience;
  /// What n1 takes, with this on its disk. A rule by itself, so that a bug can be planted in it.
  synod::Value (*take)(synod::Value taken, synod::Value proposed) =
      [](synod::Value taken, synod::Value proposed) { return taken.is_none() ? proposed : taken; };
};

class Node {
 public:
  void start(const Config& config, synod::NodeId self, const Durable& disk, Output& out) {
    self_ = self;
    disk_ = disk;
    if (!disk_.taken.is_none()) {
      out.send_all(config.nodes, Taken{disk_.taken});
    }
    wait(config, out);
  }
  void on(const Config& config, const synod::Request& request, Output& out) {
    if (known_.is_none()) {
      asked_[request.id.client.index] = request.id;
      wanted_ = request.value.is_none() ? wanted_ : request.value;
      propose(out);
      wait(config, out);
    } else {
      out.reply({request.id, synod::Outcome::chosen, known_});
    }
  }
  void on(const Config& config, synod::NodeId from, const Message& message, Output& out) {
    if (const auto* propose = std::get_if<Propose>(&message)) {
      const synod::Value taken = config.take(disk_.taken, propose->value);
      if (taken != disk_.taken) {
        disk_.taken = taken;
        out.persist(disk_);
        out.send_all(config.nodes, Taken{taken});
      } else if (!taken.is_none()) {
        out.send(from, Taken{taken});
      }
    } else if (known_.is_none()) {
      learn(std::get<Taken>(message).value, out);
    }
  }
  void on(const Config& config, Timer /*again*/, Output& out) {
    if (known_.is_none()) {
      propose(out);
      wait(config, out);
    }
  }

  bool operator==(const Node&) const = default;
  static void fields(auto& self, auto&& visit) {
    visit("self", self.self_);
    visit("disk", self.disk_);
    visit("wanted", self.wanted_);
    visit("known", self.known_);
    visit("asked", self.asked_);
  }

 private:
  static constexpr synod::NodeId first{0};

  void propose(Output& out) const { out.send(first, Propose{wanted_}); }
  static void wait(const Config& config, Output& out) {
    out.set_timer(Timer::again, config.patience, config.patience * 2);
  }
  void learn(synod::Value value, Output& out) {
    known_ = value;
    out.learn(value);
    for (synod::RequestId& id : asked_) {
      if (id.number != 0) {
        out.reply({id, synod::Outcome::chosen, value});
        id = {};
      }
    }
  }

  synod::NodeId self_;
  Durable disk_;
  synod::Value wanted_;
  synod::Value known_;
  std::array<synod::RequestId, synod::client_count_max> asked_;
};

/// As the testbed takes it.
struct Protocol {
  static constexpr std::string_view name = "my_protocol";
  using Message = my::Message;
  using Durable = my::Durable;
  using Timer = my::Timer;
  using Config = my::Config;
  using Node = my::Node;
  static constexpr std::size_t timer_count = 1;
  static constexpr std::string_view timer_name(Timer /*again*/) { return "again"; }
};

}  // namespace my
