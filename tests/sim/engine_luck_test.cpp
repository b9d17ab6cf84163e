// The step luck: numbers that nodes ask for, and how schedules answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/effects.h"
#include "sim/hash.h"
#include "sim/schedule/fair_schedule.h"
#include "sim/world/engine.h"
#include "sim/world/world.h"

namespace synod {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Throws a die whenever it starts, and again when it is asked to.
namespace dice {

struct Operation {
  std::uint32_t sides = 6;
  static constexpr void fields(auto& self, auto&& visit) { visit("sides", self.sides); }
  bool operator==(const Operation&) const = default;
};
using Message = std::variant<None>;
enum class Timer : std::uint8_t { none };
struct Config {};
using Durable = None;
using Output = Effects<Message, Durable, Timer, None>;

struct Node {
  std::vector<std::uint32_t> thrown;

  void start(const Config& /*config*/, NodeId /*self*/, const Durable& /*disk*/, Output& out) {
    out.draw(6);
  }
  void on(const Config& /*config*/, NodeId /*from*/, const Message& /*message*/, Output& /*out*/) {}
  void on(const Config& /*config*/, const RequestOf<Operation>& request, Output& out) {
    out.draw(request.operation.sides);
  }
  void on(const Config& /*config*/, Timer /*timer*/, Output& /*out*/) {}
  void on(const Config& /*config*/, Drawn drawn, Output& /*out*/) {
    thrown.push_back(drawn.number);
  }
  static constexpr void fields(auto& self, auto&& visit) { visit("thrown", self.thrown); }
  bool operator==(const Node&) const = default;
};

struct Protocol {
  static constexpr std::string_view name = "dice";
  using Message = dice::Message;
  using Durable = dice::Durable;
  using Node = dice::Node;
  using Config = dice::Config;
  using Timer = dice::Timer;
  using Operation = dice::Operation;
  using Result = None;
  static constexpr std::size_t timer_count = 1;
  static constexpr std::string_view timer_name(Timer /*timer*/) { return "none"; }
};

}  // namespace dice

using D = dice::Protocol;
constexpr NodeId n1{0};
constexpr NodeId n2{1};

struct Seen {
  std::vector<const char*> broken;
  void on(const World<D>& /*world*/, const auto& /*event*/) {}
  void on(const World<D>& /*world*/, const Broken& event) { broken.push_back(event.invariant); }
};

struct Dice : testing::Test {
  Dice() { engine.start(world, 2, 1); }
  bool apply(const Action<D>& action) { return engine.apply(world, {{}, action}); }
  void ask(std::uint32_t sides) {
    const RequestFor<D> request{{{0}, 1}, {sides}};
    ASSERT_TRUE(apply(AskStep<RequestFor<D>>{n1, request}));
    const Packet<D> packet{Endpoint::of(ClientId{0}), Endpoint::of(n1), request};
    ASSERT_TRUE(apply(DeliverStep<D>{{packet, {}}}));
  }

  dice::Config config;
  World<D> world;
  Seen seen;
  Engine<D, Seen> engine{config, seen};
};

TEST_F(Dice, WhoAskedIsGivenOneNumberOfThoseThatThereAre) {
  EXPECT_FALSE(apply(LuckStep{n1, 6}));
  ASSERT_TRUE(apply(LuckStep{n1, 5}));
  EXPECT_THAT(world[n1].node.thrown, ElementsAre(5));
  EXPECT_FALSE(apply(LuckStep{n1, 0})) << "it has asked once";
  EXPECT_THAT(world[n2].node.thrown, IsEmpty());
}

TEST_F(Dice, WhoAsksAgainAsksForThatInstead) {
  ask(2);
  EXPECT_FALSE(apply(LuckStep{n1, 2}));
  ASSERT_TRUE(apply(LuckStep{n1, 1}));
  EXPECT_FALSE(apply(LuckStep{n1, 1}));
}

TEST_F(Dice, ACrashForgetsIt) {
  ASSERT_TRUE(apply(PauseStep{{n1}}));
  EXPECT_FALSE(apply(LuckStep{n1, 0})) << "who stands still is given nothing";
  ASSERT_TRUE(apply(ResumeStep{{n1}}));
  ASSERT_TRUE(apply(CrashStep{n1}));
  EXPECT_FALSE(apply(LuckStep{n1, 0}));
  ASSERT_TRUE(apply(RestartStep{{n1}}));
  EXPECT_TRUE(apply(LuckStep{n1, 0})) << "and it has asked anew";
}

TEST_F(Dice, OfNoNumbersNoneCanBeDrawn) {
  ask(0);
  EXPECT_EQ(seen.broken.size(), 1U);
}

TEST_F(Dice, TheQuestionIsPartOfTheWorld) {
  World<D> other = world;
  Engine<D, Seen> again(config, seen);
  ASSERT_TRUE(again.apply(other, {{}, LuckStep{n1, 0}}));
  other[n1].node = world[n1].node;
  EXPECT_NE(other, world);
  EXPECT_NE(hash_of(other[n1]), hash_of(world[n1]));
}

TEST_F(Dice, TheFairScheduleGivesNumbersInTurn) {
  FairSchedule<D> fair;
  fair.start(world, world.node_ids());
  Step<D> step;
  while (fair.try_next(world, step)) {
    ASSERT_TRUE(engine.apply(world, step));
  }
  EXPECT_THAT(world[n1].node.thrown, ElementsAre(0));
  EXPECT_THAT(world[n2].node.thrown, ElementsAre(2));
}

}  // namespace
}  // namespace synod
