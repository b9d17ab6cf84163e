// The step fail_write: what fails with a write, what is never said, and what the node is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "core/effects.h"
#include "sim/world/engine.h"
#include "tests/sim/sim_testing.h"

namespace synod {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// n1 writes down each number that it is asked to, and says so to n2; it writes anew what failed.
namespace notes {

struct Noted {
  static constexpr std::string_view name = "noted";
  static constexpr bool relies_on_disk = true;
  std::uint32_t number = 0;
  static constexpr void fields(auto& self, auto&& visit) { visit("number", self.number); }
  bool operator==(const Noted&) const = default;
};
using Message = std::variant<Noted>;
struct Operation {
  std::uint32_t number = 0;
  static constexpr void fields(auto& self, auto&& visit) { visit("number", self.number); }
  bool operator==(const Operation&) const = default;
};
enum class Timer : std::uint8_t { none };
struct Config {};
using Durable = std::vector<std::uint32_t>;
using Output = Effects<Message, Durable, Timer, None, std::uint32_t, None, std::uint32_t>;

struct Node {
  std::vector<std::uint32_t> writing;  ///< the oldest first
  std::vector<bool> told;              ///< has it failed?

  void start(const Config& /*config*/, NodeId /*self*/, const Durable& /*disk*/, Output& /*out*/) {}
  void on(const Config& /*config*/, NodeId /*from*/, const Message& /*message*/, Output& /*out*/) {}
  void on(const Config& /*config*/, const RequestOf<Operation>& request, Output& out) {
    write(request.operation.number, out);
  }
  void on(const Config& /*config*/, Timer /*timer*/, Output& /*out*/) {}
  void on(const Config& /*config*/, WriteDone done, Output& out) {
    told.push_back(done.has_failed);
    const std::uint32_t number = writing.front();
    writing.erase(writing.begin());
    if (done.has_failed) {
      write(number, out);
    }
  }
  void write(std::uint32_t number, Output& out) {
    writing.push_back(number);
    out.persist(number);
    out.send(NodeId{1}, Noted{number});
    out.learn_once_durable(number);
  }
  static constexpr void fields(auto& self, auto&& visit) {
    visit("writing", self.writing);
    visit("told", self.told);
  }
  bool operator==(const Node&) const = default;
};

struct Protocol {
  static constexpr std::string_view name = "notes";
  using Message = notes::Message;
  using Durable = notes::Durable;
  using Node = notes::Node;
  using Config = notes::Config;
  using Timer = notes::Timer;
  using Operation = notes::Operation;
  using Result = None;
  using Learnt = std::uint32_t;
  using Write = std::uint32_t;
  static void apply(Durable& disk, Write write) { disk.push_back(write); }
  static constexpr std::size_t timer_count = 1;
  static constexpr std::string_view timer_name(Timer /*timer*/) { return "none"; }
};

}  // namespace notes

using N = notes::Protocol;
constexpr NodeId n1{0};

struct Seen {
  std::vector<std::uint32_t> failed;
  notes::Durable missed;  ///< what the disk would have come to, the last time
  std::vector<std::uint32_t> learned;
  void on(const World<N>& /*world*/, const WritesFailed<N>& event) {
    failed.push_back(event.count);
    missed = event.missed;
    EXPECT_THAT(event.disk, IsEmpty());
  }
  void on(const World<N>& /*world*/, const auto& /*event*/) {}
  void on(const World<N>& /*world*/, const Learned<N>& event) { learned.push_back(event.value); }
};

struct Notes : testing::Test {
  Notes() { engine.start(world, 2, 2); }
  void ask(ClientId client, std::uint32_t number) {
    const RequestFor<N> request{{client, 1}, {number}};
    ASSERT_TRUE(engine.apply(world, {{}, AskStep<RequestFor<N>>{n1, request}}));
    const Packet<N> packet{Endpoint::of(client), Endpoint::of(n1), request};
    ASSERT_TRUE(engine.apply(world, {{}, DeliverStep<N>{{packet, {}}}}));
  }
  bool fail() { return engine.apply(world, {{}, FailWriteStep{n1}}); }
  bool finish() { return engine.apply(world, {{}, FinishWriteStep{n1}}); }

  notes::Config config;
  World<N> world;
  Seen seen;
  Engine<N, Seen> engine{config, seen};
};

TEST_F(Notes, AWriteThatFailsIsNeitherThereNorSpokenOf) {
  ask({0}, 7);
  ASSERT_TRUE(fail());
  EXPECT_THAT(world[n1].disk, IsEmpty());
  EXPECT_EQ(world.in_flight.size(), 0U);
  EXPECT_THAT(seen.learned, IsEmpty());
  EXPECT_THAT(seen.failed, ElementsAre(1));
  EXPECT_THAT(world[n1].node.told, ElementsAre(true));
}

TEST_F(Notes, ItsNodeMayWriteAnew) {
  ask({0}, 7);
  ASSERT_TRUE(fail());
  EXPECT_THAT(world.writes, SizeIs(1));
  EXPECT_THAT(world.held, SizeIs(1));
  ASSERT_TRUE(finish());
  EXPECT_THAT(world[n1].disk, ElementsAre(7));
  EXPECT_EQ(world.in_flight.size(), 1U);
  EXPECT_THAT(seen.learned, ElementsAre(7));
  EXPECT_THAT(world[n1].node.told, ElementsAre(true, false));
}

TEST_F(Notes, WhatIsInLineBehindItFailsWithItAndComesToTheDiskInOrder) {
  ask({0}, 7);
  ask({1}, 8);
  ASSERT_TRUE(fail());
  EXPECT_THAT(seen.failed, ElementsAre(2));
  EXPECT_THAT(seen.missed, ElementsAre(7, 8));
  EXPECT_THAT(world[n1].node.told, ElementsAre(true, true));
  ASSERT_TRUE(finish());
  ASSERT_TRUE(finish());
  EXPECT_FALSE(finish());
  EXPECT_THAT(world[n1].disk, ElementsAre(7, 8));
  EXPECT_THAT(seen.learned, ElementsAre(7, 8));
}

TEST_F(Notes, WhoHasNoneCannotFailInIt) {
  const World<N> before = world;
  EXPECT_FALSE(fail());
  ask({0}, 7);
  ASSERT_TRUE(engine.apply(world, {{}, PauseStep{{n1}}}));
  EXPECT_FALSE(fail()) << "nothing is seen to fail, either";
  ASSERT_TRUE(engine.apply(world, {{}, ResumeStep{{n1}}}));
  ASSERT_TRUE(engine.apply(world, {{}, CrashStep{n1}}));
  EXPECT_FALSE(fail());
}

TEST_F(Notes, ACrashMayComeBetweenTwoThatItIsTold) {
  ask({0}, 7);
  ask({1}, 8);
  ASSERT_TRUE(engine.apply(world, {{}, CrashStep{n1, 1, 0}}));
  ASSERT_TRUE(fail());
  EXPECT_FALSE(world[n1].is_up);
  EXPECT_THAT(world.writes, IsEmpty());
  EXPECT_THAT(world.held, IsEmpty());
  EXPECT_THAT(world[n1].disk, IsEmpty());
}

/// Who is not told could never know that what it said before was wrong.
TEST(WriteFailure, NoneFailsWhereNodesAreNotTold) {
  sim_testing::Lab lab;
  const Request request = sim_testing::write_of({0}, 1, sim_testing::red);
  lab.ask(n1, request);
  lab.deliver(sim_testing::packet(n1, request));
  const auto before = lab.world;
  ASSERT_THAT(lab.world.writes, SizeIs(1));
  EXPECT_FALSE(lab.apply(FailWriteStep{n1}));
  EXPECT_EQ(lab.world, before);
}

}  // namespace
}  // namespace synod
