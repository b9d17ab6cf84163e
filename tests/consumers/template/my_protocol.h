// A protocol to begin with: replace it by yours. n1 takes the first number that it hears of, writes
// it down, and tells everybody. It survives every restart, and waits while n1 is down.
#pragma once

#include <synod/protocol.h>

#include <array>
#include <cstdint>
#include <map>
#include <string_view>
#include <variant>

namespace my {

/// What clients ask: take this one, unless you have one.
struct Operation {
  std::uint32_t proposal = 0;
  static constexpr void fields(auto& self, auto&& visit) { visit("proposal", self.proposal); }
  bool operator==(const Operation&) const = default;
};
/// What they are told: that is it.
struct Result {
  std::uint32_t taken = 0;
  static constexpr void fields(auto& self, auto&& visit) { visit("taken", self.taken); }
  bool operator==(const Result&) const = default;
};
using Request = synod::RequestOf<Operation>;

/// To n1. Asked again until it is answered.
struct Propose {
  static constexpr std::string_view name = "propose";
  static constexpr bool relies_on_disk = false;  // may go before what was written is durable
  std::uint32_t number = 0;
  static constexpr void fields(auto& self, auto&& visit) { visit("number", self.number); }
  bool operator==(const Propose&) const = default;
};
/// From n1. Waits for n1's disk, for n1 must never say anything else.
struct Taken {
  static constexpr std::string_view name = "taken";
  std::uint32_t number = 0;
  static constexpr void fields(auto& self, auto&& visit) { visit("number", self.number); }
  bool operator==(const Taken&) const = default;
};
using Message = std::variant<Propose, Taken>;

/// What survives a crash.
struct Durable {
  std::uint32_t taken = 0;  ///< n1's; 0 is none
  static constexpr void fields(auto& self, auto&& visit) { visit("taken", self.taken); }
  bool operator==(const Durable&) const = default;
};

enum class Timer : std::uint8_t { again };
using Output = synod::Effects<Message, Durable, Timer, Result, std::uint32_t>;

struct Config {
  synod::NodeSet nodes;
  synod::Duration patience;
  /// What n1 takes, with this on its disk. A rule by itself, so that a bug can be planted in it.
  std::uint32_t (*take)(std::uint32_t taken, std::uint32_t proposed) =
      [](std::uint32_t taken, std::uint32_t proposed) { return taken == 0 ? proposed : taken; };
};

class Node {
 public:
  /// The first start, on a blank disk, and every restart.
  void start(const Config& config, synod::NodeId self, const Durable& disk, Output& out) {
    self_ = self;
    disk_ = disk;
    if (disk_.taken != 0) {
      out.send_all(config.nodes, Taken{disk_.taken});
    }
    out.set_timer(Timer::again, config.patience, config.patience * 2);
  }
  void on(const Config& config, const Request& request, Output& out) {
    if (known_ != 0) {
      out.reply({request.id, {known_}});
      return;
    }
    asked_[request.id] = request.operation.proposal;
    wanted_ = request.operation.proposal;
    propose(config, out);
  }
  void on(const Config& config, synod::NodeId from, const Message& message, Output& out) {
    if (const auto* propose = std::get_if<Propose>(&message)) {
      const std::uint32_t taken = config.take(disk_.taken, propose->number);
      if (taken != disk_.taken) {
        disk_.taken = taken;
        out.persist(disk_);
        out.send_all(config.nodes, Taken{taken});
      } else if (taken != 0) {
        out.send(from, Taken{taken});
      }
    } else if (known_ == 0) {
      learn(std::get<Taken>(message).number, out);
    }
  }
  void on(const Config& config, Timer /*again*/, Output& out) {
    if (known_ == 0) {
      propose(config, out);
    }
  }

  bool operator==(const Node&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("self", self.self_);
    visit("disk", self.disk_);
    visit("wanted", self.wanted_);
    visit("known", self.known_);
    visit("asked", self.asked_);
  }

 private:
  void propose(const Config& config, Output& out) const {
    out.send(synod::NodeId{0}, Propose{wanted_});
    out.set_timer(Timer::again, config.patience, config.patience * 2);
  }
  void learn(std::uint32_t number, Output& out) {
    known_ = number;
    if (number != 0) {
      out.learn(number);
    }
    for (const auto& [id, wanted] : asked_) {
      out.reply({id, {number}});
    }
    asked_.clear();
  }

  synod::NodeId self_;
  Durable disk_;
  std::uint32_t wanted_ = 0;
  std::uint32_t known_ = 0;
  std::map<synod::RequestId, std::uint32_t> asked_;
};

/// As the testbed takes it.
struct Protocol {
  static constexpr std::string_view name = "my_protocol";
  using Message = my::Message;
  using Durable = my::Durable;
  using Timer = my::Timer;
  using Config = my::Config;
  using Node = my::Node;
  using Operation = my::Operation;
  using Result = my::Result;
  using Learnt = std::uint32_t;
  static constexpr std::size_t timer_count = 1;
  static constexpr std::string_view timer_name(Timer /*again*/) { return "again"; }
};

}  // namespace my
