// A replicated map as somebody may have it already: its first node is the primary, which orders
// what is asked in a log, and answers when a majority has it on disk. It knows nothing of any
// testbed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace shop {

struct Command {
  std::uint64_t id = 0;  ///< the caller's, unique; 0 is none
  bool is_put = false;
  std::string key;
  std::string value;
  bool operator==(const Command&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("id", self.id);
    visit("is_put", self.is_put);
    visit("key", self.key);
    visit("value", self.value);
  }
};

/// Append these behind the first `after` entries; or, back to the primary, I have that many.
struct Packet {
  std::size_t to = 0;
  bool is_ack = false;
  std::uint64_t after = 0;
  std::vector<Command> entries;
  bool operator==(const Packet&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("to", self.to);
    visit("is_ack", self.is_ack);
    visit("after", self.after);
    visit("entries", self.entries);
  }
};

struct Answer {
  std::uint64_t id = 0;
  std::string value;
  bool operator==(const Answer&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("id", self.id);
    visit("value", self.value);
  }
};

class Replica {
 public:
  Replica() = default;
  Replica(std::size_t self, std::size_t count, std::vector<Command> log)
      : self_(self), log_(std::move(log)), have_(count, 0) {
    have_[self_] = log_.size();
  }

  [[nodiscard]] bool is_primary() const { return self_ == 0; }
  /// Of the primary only.
  void submit(const Command& command) {
    for (const Command& known : log_) {
      if (known.id == command.id) {
        return;
      }
    }
    log_.push_back(command);
    is_dirty_ = true;
    have_[self_] = log_.size();
    tick();
    commit();
  }
  void receive(std::size_t from, const Packet& packet) {
    if (packet.is_ack) {
      have_[from] = packet.after;
      commit();
      return;
    }
    if (packet.after <= log_.size() && packet.after + packet.entries.size() > log_.size()) {
      log_.resize(packet.after);
      log_.insert(log_.end(), packet.entries.begin(), packet.entries.end());
      is_dirty_ = true;
    }
    outbox_.push_back({from, true, log_.size(), {}});
  }
  /// Now and then.
  void tick() {
    for (std::size_t node = 0; node < have_.size() && is_primary(); ++node) {
      if (node != self_ && have_[node] < log_.size()) {
        const auto first = log_.begin() + static_cast<std::ptrdiff_t>(have_[node]);
        outbox_.push_back({node, false, have_[node], {first, log_.end()}});
      }
    }
  }

  // What has come of it since it was last asked.
  std::vector<Packet> take_outbox() { return std::exchange(outbox_, {}); }
  std::vector<Answer> take_answers() { return std::exchange(answers_, {}); }
  bool take_dirty() { return std::exchange(is_dirty_, false); }
  [[nodiscard]] const std::vector<Command>& log() const { return log_; }

  bool operator==(const Replica&) const = default;
  /// The whole state, by name: for logs.
  static constexpr void fields(auto& self, auto&& visit) {
    visit("self", self.self_);
    visit("log", self.log_);
    visit("have", self.have_);
    visit("map", self.map_);
    visit("applied", self.applied_);
    visit("is_dirty", self.is_dirty_);
    visit("outbox", self.outbox_);
    visit("answers", self.answers_);
  }

 private:
  void commit() {
    while (applied_ < log_.size()) {
      std::size_t count = 0;
      for (const std::uint64_t have : have_) {
        count += have > applied_ ? 1U : 0U;
      }
      if (count <= have_.size() / 2) {
        return;
      }
      const Command& command = log_[applied_++];
      if (command.is_put) {
        map_[command.key] = command.value;
      }
      answers_.push_back({command.id, command.is_put ? "" : map_[command.key]});
    }
  }

  std::size_t self_ = 0;
  std::vector<Command> log_;
  std::vector<std::uint64_t> have_;  ///< by node: so many entries
  std::map<std::string, std::string> map_;
  std::uint64_t applied_ = 0;
  bool is_dirty_ = false;
  std::vector<Packet> outbox_;
  std::vector<Answer> answers_;
};

}  // namespace shop
