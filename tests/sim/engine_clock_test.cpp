// What nodes read from their clocks: an input, set before each handler.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "core/effects.h"
#include "sim/world/engine.h"
#include "sim/world/world.h"

namespace synod {
namespace {

using ::testing::ElementsAre;

/// Notes the time whenever it is given anything, and keeps it on its disk.
namespace diary {

struct Operation {
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const Operation&) const = default;
};
using Message = std::variant<None>;
enum class Timer : std::uint8_t { tick };
struct Config {};
using Durable = std::vector<std::int64_t>;
using Output = Effects<Message, Durable, Timer, None, None, None, std::int64_t>;

struct Node {
  std::vector<std::int64_t> read;

  void start(const Config& /*config*/, NodeId /*self*/, const Durable& disk, Output& out) {
    read = disk;
    note(out);
    out.set_timer(Timer::tick, {10}, {10});
  }
  void on(const Config& /*config*/, NodeId /*from*/, const Message& /*message*/, Output& out) {
    note(out);
  }
  void on(const Config& /*config*/, const RequestOf<Operation>& /*request*/, Output& out) {
    note(out);
  }
  void on(const Config& /*config*/, Timer /*timer*/, Output& out) { note(out); }
  void note(Output& out) {
    read.push_back(out.now());
    out.persist(out.now());
  }
  static constexpr void fields(auto& self, auto&& visit) { visit("read", self.read); }
  bool operator==(const Node&) const = default;
};

struct Protocol {
  static constexpr std::string_view name = "diary";
  using Message = diary::Message;
  using Durable = diary::Durable;
  using Node = diary::Node;
  using Config = diary::Config;
  using Timer = diary::Timer;
  using Operation = diary::Operation;
  using Result = None;
  using Write = std::int64_t;
  static void apply(Durable& disk, Write write) { disk.push_back(write); }
  static constexpr std::size_t timer_count = 1;
  static constexpr std::string_view timer_name(Timer /*timer*/) { return "tick"; }
};

}  // namespace diary

using D = diary::Protocol;
constexpr NodeId n1{0};

struct Nobody {
  void on(const World<D>& /*world*/, const auto& /*event*/) {}
};

struct Diary : testing::Test {
  void start() { engine.start(world, 1, 1); }
  bool apply(std::uint64_t at, const Action<D>& action) {
    return engine.apply(world, {{at}, action});
  }
  [[nodiscard]] const std::vector<std::int64_t>& read() const { return world[n1].node.read; }

  diary::Config config;
  World<D> world;
  Nobody nobody;
  Engine<D, Nobody> engine{config, nobody};
};

TEST_F(Diary, NodesReadTheTimeOfTheStepInEveryHandler) {
  start();
  ASSERT_TRUE(apply(10, FireStep<D>{n1, diary::Timer::tick}));
  const RequestFor<D> request{{{0}, 1}, {}};
  ASSERT_TRUE(apply(11, AskStep<RequestFor<D>>{n1, request}));
  const Packet<D> packet{Endpoint::of(ClientId{0}), Endpoint::of(n1), request};
  ASSERT_TRUE(apply(14, DeliverStep<D>{{packet, {}}}));
  EXPECT_THAT(read(), ElementsAre(0, 10, 14));
}

TEST_F(Diary, ByTheirOwnClocksWhichRestartsLeaveAlone) {
  start();
  ASSERT_TRUE(apply(4, SkewStep{n1, Clock::rate_one * 2, -100}));
  ASSERT_TRUE(apply(10, FireStep<D>{n1, diary::Timer::tick}));
  ASSERT_TRUE(apply(20, CrashStep{n1, 0, UINT8_MAX}));
  ASSERT_TRUE(apply(30, RestartStep{{n1}}));
  EXPECT_THAT(read(), ElementsAre(0, -84, -44));
}

TEST_F(Diary, OfStoppedClocksTheyReadNothing) {
  engine.stop_clocks();
  start();
  ASSERT_TRUE(apply(10, FireStep<D>{n1, diary::Timer::tick}));
  EXPECT_THAT(read(), ElementsAre(0, 0));
}

}  // namespace
}  // namespace synod
