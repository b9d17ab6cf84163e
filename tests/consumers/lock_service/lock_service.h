// A lock with fencing tokens. n1 keeps it on its disk; every other node passes on to n1 what it is
// asked. Who acquires it while it is free gets a token that is higher than any before; who does not
// is told who has it. Anybody may release it, as an operator would.
#pragma once

#include <synod/protocol.h>

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <variant>

namespace lock_service {

using synod::NodeId;
using synod::RequestId;

// ---- What clients ask, and what they are told ---------------------------------------------------

enum class Kind : std::uint8_t { acquire, release };
inline constexpr std::array<std::string_view, 2> kinds = {"acquire", "release"};
constexpr std::span<const std::string_view> words_of(Kind /*kind*/) { return kinds; }

struct Operation {
  Kind kind = Kind::acquire;
  std::uint32_t owner = 0;  ///< who wants it
  static constexpr void fields(auto& self, auto&& visit) {
    visit("operation", self.kind);
    visit("owner", self.owner);
  }
  auto operator<=>(const Operation&) const = default;
};
struct Result {
  std::uint32_t owner = 0;  ///< who has it now; 0 is nobody
  std::uint32_t token = 0;  ///< the last that was given out
  static constexpr void fields(auto& self, auto&& visit) {
    visit("owner", self.owner);
    visit("token", self.token);
  }
  auto operator<=>(const Result&) const = default;
};
using Request = synod::RequestOf<Operation>;

/// All that there is to locks.
inline Result change(Result lock, const Operation& asked) {
  if (asked.kind == Kind::release) {
    return {0, lock.token};
  }
  return lock.owner == 0 ? Result{asked.owner, lock.token + 1} : lock;
}

// ---- What nodes say -----------------------------------------------------------------------------

/// To n1.
struct Ask {
  static constexpr std::string_view name = "ask";
  static constexpr bool relies_on_disk = false;
  Request request;
  static constexpr void fields(auto& self, auto&& visit) {
    synod::visit_parts(visit, self.request);
  }
  bool operator==(const Ask&) const = default;
};
/// From n1.
struct Told {
  static constexpr std::string_view name = "told";
  RequestId id;
  Result result;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("request", self.id);
    synod::visit_parts(visit, self.result);
  }
  bool operator==(const Told&) const = default;
};
using Message = std::variant<Ask, Told>;

// ---- A node -------------------------------------------------------------------------------------

struct Durable {
  Result lock;
  std::map<RequestId, Result> done;  ///< so that what is asked twice is done once
  static constexpr void fields(auto& self, auto&& visit) {
    visit("lock", self.lock);
    visit("done", self.done);
  }
  bool operator==(const Durable&) const = default;
};
enum class Timer : std::uint8_t { again };
struct Config {
  synod::Duration patience{100};
  bool waits_for_disk = true;  ///< false is a bug
};
using Output = synod::Effects<Message, Durable, Timer, Result>;

class Node {
 public:
  void start(const Config& config, NodeId self, const Durable& disk, Output& out) {
    self_ = self;
    disk_ = disk;
    out.set_timer(Timer::again, config.patience, config.patience * 2);
  }
  void on(const Config& /*config*/, const Request& request, Output& out) {
    waiting_[request.id] = request.operation;
    out.send(server, Ask{request});
  }
  void on(const Config& config, NodeId from, const Message& message, Output& out) {
    if (const auto* ask = std::get_if<Ask>(&message)) {
      serve(config, from, ask->request, out);
    } else if (const auto& told = std::get<Told>(message); waiting_.erase(told.id) > 0) {
      out.reply({told.id, told.result});
    }
  }
  void on(const Config& config, Timer /*again*/, Output& out) {
    for (const auto& [id, operation] : waiting_) {
      out.send(server, Ask{{id, operation}});
    }
    out.set_timer(Timer::again, config.patience, config.patience * 2);
  }

  static constexpr void fields(auto& self, auto&& visit) {
    visit("self", self.self_);
    visit("disk", self.disk_);
    visit("waiting", self.waiting_);
  }
  bool operator==(const Node&) const = default;

 private:
  static constexpr NodeId server{0};

  void serve(const Config& config, NodeId from, const Request& request, Output& out) {
    const auto [done, is_new] = disk_.done.try_emplace(request.id);
    if (is_new) {
      disk_.lock = change(disk_.lock, request.operation);
      done->second = disk_.lock;
      out.persist(disk_);
    }
    const Told told{request.id, done->second};
    config.waits_for_disk ? out.send(from, told) : out.send_now(from, told);
  }

  NodeId self_;
  Durable disk_;  ///< memory's image of it
  std::map<RequestId, Operation> waiting_;
};

struct Protocol {
  static constexpr std::string_view name = "lock_service";
  using Message = lock_service::Message;
  using Durable = lock_service::Durable;
  using Node = lock_service::Node;
  using Config = lock_service::Config;
  using Timer = lock_service::Timer;
  using Operation = lock_service::Operation;
  using Result = lock_service::Result;
  static constexpr std::size_t timer_count = 1;
  static constexpr std::string_view timer_name(Timer /*again*/) { return "again"; }
};

}  // namespace lock_service
