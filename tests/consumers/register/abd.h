// An atomic register on a cluster of nodes, any minority of which may be down: Attiya, Bar-Noy and
// Dolev, "Sharing memory robustly in message-passing systems" (1995), with tags for many writers
// (Lynch and Shvartsman, 1997). It decides nothing: every operation asks a majority what is stored,
// and then stores at a majority what it found, or something newer.
#pragma once

#include <synod/protocol.h>

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <variant>

namespace abd {

using synod::NodeId;
using synod::NodeSet;
using synod::RequestId;

/// Versions of the register. A node never uses one twice.
struct Tag {
  std::uint32_t number = 0;
  NodeId writer;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("number", self.number);
    visit("writer", self.writer);
  }
  auto operator<=>(const Tag&) const = default;
};
struct Version {
  Tag tag;
  std::uint32_t value = 0;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("tag", self.tag);
    visit("value", self.value);
  }
  auto operator<=>(const Version&) const = default;
};

// ---- What clients ask ---------------------------------------------------------------------------

enum class Kind : std::uint8_t { read, write };
/// How it is written and read, in stories and traces; without it, as a number.
inline constexpr std::array<std::string_view, 2> kinds = {"read", "write"};
constexpr std::span<const std::string_view> words_of(Kind /*kind*/) { return kinds; }

struct Operation {
  Kind kind = Kind::read;
  std::uint32_t value = 0;  ///< to write
  [[nodiscard]] bool is_write() const { return kind == Kind::write; }
  static constexpr void fields(auto& self, auto&& visit) {
    visit("operation", self.kind);
    visit("value", self.value);
  }
  auto operator<=>(const Operation&) const = default;
};
struct Result {
  std::uint32_t value = 0;  ///< that was read
  static constexpr void fields(auto& self, auto&& visit) { visit("value", self.value); }
  auto operator<=>(const Result&) const = default;
};
using Request = synod::RequestOf<Operation>;

// ---- What nodes say -----------------------------------------------------------------------------

/// What is stored at you?
struct Query {
  static constexpr std::string_view name = "query";
  static constexpr bool relies_on_disk = false;
  RequestId id;
  static constexpr void fields(auto& self, auto&& visit) { visit("id", self.id); }
  bool operator==(const Query&) const = default;
};
struct Report {
  static constexpr std::string_view name = "report";
  RequestId id;
  Version version;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("id", self.id);
    visit("version", self.version);
  }
  bool operator==(const Report&) const = default;
};
struct Store {
  static constexpr std::string_view name = "store";
  RequestId id;
  Version version;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("id", self.id);
    visit("version", self.version);
  }
  bool operator==(const Store&) const = default;
};
struct Stored {
  static constexpr std::string_view name = "stored";
  RequestId id;
  Tag tag;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("id", self.id);
    visit("tag", self.tag);
  }
  bool operator==(const Stored&) const = default;
};
using Message = std::variant<Query, Report, Store, Stored>;

// ---- A node -------------------------------------------------------------------------------------

struct Durable {
  Version version;
  std::uint32_t number_used = 0;  ///< the highest in a tag of this node's
  static constexpr void fields(auto& self, auto&& visit) {
    visit("version", self.version);
    visit("number_used", self.number_used);
  }
  bool operator==(const Durable&) const = default;
};

enum class Timer : std::uint8_t { retry };

/// What an operation has found, and what it stores: a rule that a planted bug replaces.
using ToStore = Version (*)(const Operation&, const Version& newest, Tag fresh);
inline Version to_store(const Operation& asked, const Version& newest, Tag fresh) {
  return asked.is_write() ? Version{fresh, asked.value} : newest;
}

struct Config {
  std::uint32_t node_count = 3;
  synod::Duration retry{100};
  ToStore to_store = &abd::to_store;
  bool read_stores_back = true;
};

using Output = synod::Effects<Message, Durable, Timer, Result>;

class Node {
 public:
  void start(const Config& config, NodeId self, const Durable& disk, Output& out) {
    self_ = self;
    durable_ = disk;
    out.set_timer(Timer::retry, config.retry, config.retry * 2);
  }

  void on(const Config& config, const Request& request, Output& out) {
    if (running_.try_emplace(request.id, Running{request.operation, {}, {}, false}).second) {
      out.send_all(NodeSet::first(config.node_count), Query{request.id});
    }
  }

  void on(const Config& config, NodeId from, const Message& message, Output& out) {
    std::visit([&](const auto& one) { handle(config, from, one, out); }, message);
  }

  void on(const Config& config, Timer /*timer*/, Output& out) {
    for (const auto& [id, one] : running_) {
      for (const NodeId node : NodeSet::first(config.node_count) - one.heard_from) {
        one.is_storing ? out.send(node, Store{id, one.version}) : out.send(node, Query{id});
      }
    }
    out.set_timer(Timer::retry, config.retry, config.retry * 2);
  }

  static constexpr void fields(auto& self, auto&& visit) {
    visit("self", self.self_);
    visit("durable", self.durable_);
    visit("running", self.running_);
  }
  bool operator==(const Node&) const = default;

 private:
  struct Running {
    Operation asked;
    Version version;     ///< the newest that was reported; then the one that is stored
    NodeSet heard_from;  ///< in this phase
    bool is_storing = false;
    static constexpr void fields(auto& self, auto&& visit) {
      visit("asked", self.asked);
      visit("version", self.version);
      visit("heard_from", self.heard_from);
      visit("is_storing", self.is_storing);
    }
    bool operator==(const Running&) const = default;
  };

  static bool is_majority(const Config& config, NodeSet nodes) {
    return nodes.size() > config.node_count / 2;
  }

  void handle(const Config& /*config*/, NodeId from, const Query& query, Output& out) {
    out.send(from, Report{query.id, durable_.version});
  }
  void handle(const Config& config, NodeId from, const Report& report, Output& out) {
    const auto found = running_.find(report.id);
    if (found == running_.end() || found->second.is_storing) {
      return;
    }
    Running& one = found->second;
    one.version = std::max(one.version, report.version);
    one.heard_from.insert(from);
    if (!is_majority(config, one.heard_from)) {
      return;
    }
    if (!one.asked.is_write() && !config.read_stores_back) {
      out.reply({report.id, {one.version.value}});
      running_.erase(found);
      return;
    }
    const Tag fresh{std::max(one.version.tag.number, durable_.number_used) + 1, self_};
    one.version = config.to_store(one.asked, one.version, fresh);
    if (one.asked.is_write()) {
      durable_.number_used = one.version.tag.number;
      out.persist(durable_);
    }
    one.is_storing = true;
    one.heard_from = {};
    out.send_all(NodeSet::first(config.node_count), Store{report.id, one.version});
  }
  void handle(const Config& /*config*/, NodeId from, const Store& store, Output& out) {
    if (durable_.version < store.version) {
      durable_.version = store.version;
      out.persist(durable_);
    }
    out.send(from, Stored{store.id, store.version.tag});
  }
  void handle(const Config& config, NodeId from, const Stored& stored, Output& out) {
    const auto found = running_.find(stored.id);
    if (found == running_.end() || !found->second.is_storing ||
        found->second.version.tag != stored.tag) {
      return;
    }
    found->second.heard_from.insert(from);
    if (is_majority(config, found->second.heard_from)) {
      out.reply({stored.id, {found->second.version.value}});
      running_.erase(found);
    }
  }

  NodeId self_;
  Durable durable_;  ///< memory's image of the disk
  std::map<RequestId, Running> running_;
};

struct Protocol {
  static constexpr std::string_view name = "register";
  using Message = abd::Message;
  using Durable = abd::Durable;
  using Node = abd::Node;
  using Config = abd::Config;
  using Timer = abd::Timer;
  using Operation = abd::Operation;
  using Result = abd::Result;
  static constexpr std::size_t timer_count = 1;
  static constexpr std::string_view timer_name(Timer /*timer*/) { return "retry"; }
};

}  // namespace abd
