// What the engine does for a protocol that is not one of ours: states with a heap, writes that are
// changes, answers and claims that wait for the disk, and the news that a write is done.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/fields.h"
#include "sim/protocol.h"
#include "sim/world/engine.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Note {
  static constexpr std::string_view name = "note";
  std::string text;
  static constexpr void fields(auto& self, auto&& visit) { visit("text", self.text); }
  bool operator==(const Note&) const = default;
};
struct Line {
  std::string text;
  static constexpr void fields(auto& self, auto&& visit) { visit("text", self.text); }
  bool operator==(const Line&) const = default;
};

/// Appends what it is asked to a log on its disk, one line a write, and says so once that is there.
struct Diary {
  static constexpr std::string_view name = "diary";
  using Message = std::variant<Note>;
  using Durable = std::vector<std::string>;
  using Write = std::string;
  using Operation = Line;
  using Result = Line;
  using Learnt = std::string;
  using Entry = Line;
  enum class Timer : std::uint8_t { none };
  static constexpr std::size_t timer_count = 1;
  static constexpr std::string_view timer_name(Timer /*timer*/) { return "none"; }
  struct Config {};
  using Output = Effects<Message, Durable, Timer, Result, Learnt, Entry, Write>;

  static void apply(Durable& disk, const Write& line) { disk.push_back(line); }

  struct Node {
    NodeId self;
    std::map<std::string, int> heard;
    int writes_done = 0;

    void start(const Config& /*config*/, NodeId id, const Durable& disk, Output& /*out*/) {
      self = id;
      for (const std::string& line : disk) {
        ++heard[line];
      }
    }
    void on(const Config& /*config*/, NodeId /*from*/, const Message& message, Output& /*out*/) {
      ++heard[std::get<Note>(message).text];
    }
    void on(const Config& /*config*/, const RequestOf<Operation>& request, Output& out) {
      out.persist(request.operation.text);
      out.send(NodeId{1}, Note{request.operation.text});  // says nothing of the disk, so it waits
      out.reply_once_durable({request.id, {"kept"}});
      out.learn_once_durable("learned " + request.operation.text);
      out.apply_once_durable(Line{"applied"});
    }
    void on(const Config& /*config*/, Timer /*timer*/, Output& /*out*/) {}
    void on(const Config& /*config*/, WriteDone /*done*/, Output& out) {
      ++writes_done;
      out.apply(Line{"done"});
    }
    bool operator==(const Node&) const = default;
    static constexpr void fields(auto& self, auto&& visit) {
      visit("self", self.self);
      visit("heard", self.heard);
      visit("writes_done", self.writes_done);
    }
  };
};
static_assert(Protocol<Diary>);
static_assert(is_told_of_writes<Diary> && learns<Diary> && applies<Diary>);

struct Seen {
  std::vector<std::string> all;
  void on(const World<Diary>& /*world*/, const Learned<Diary>& learned) {
    all.push_back(learned.value);
  }
  void on(const World<Diary>& /*world*/, const EntryApplied<Diary>& applied) {
    all.push_back(applied.entry.text);
  }
  void on(const World<Diary>& /*world*/, const Returned<Diary>& returned) {
    all.push_back("told " + returned.result.text);
  }
  void on(const World<Diary>& /*world*/, const auto& /*event*/) {}
};

class EngineWithAGuest : public ::testing::Test {
 protected:
  EngineWithAGuest() { engine_.start(world_, 2, 1); }

  bool apply(const Action<Diary>& action) { return engine_.apply(world_, {world_.now, action}); }
  void ask(std::uint16_t number, const std::string& text) {
    const RequestOf<Line> request{{c1, number}, {text}};
    ASSERT_TRUE(apply(AskStep{n1, request}));
    ASSERT_TRUE(apply(DeliverStep<Diary>{{{Endpoint::of(c1), Endpoint::of(n1), request}, {}}}));
  }
  [[nodiscard]] std::size_t in_flight() const { return world_.in_flight.size(); }

  static constexpr NodeId n1{0};
  static constexpr NodeId n2{1};
  static constexpr ClientId c1{0};
  Diary::Config config_;
  Seen seen_;
  World<Diary> world_;
  Engine<Diary, Seen> engine_{config_, seen_};
};

TEST_F(EngineWithAGuest, SaysNothingThatWaitsForTheDiskBeforeTheWriteIsDurable) {
  ask(1, "a");
  EXPECT_EQ(in_flight(), 0U);
  EXPECT_THAT(seen_.all, IsEmpty());
  EXPECT_THAT(world_[n1].disk, IsEmpty());
}

TEST_F(EngineWithAGuest, SaysAllOfItOnceTheWriteIsDurableAndThenTellsTheNode) {
  ask(1, "a");
  ASSERT_TRUE(apply(FinishWriteStep{n1}));
  EXPECT_EQ(in_flight(), 2U) << "the note and the answer";
  EXPECT_THAT(seen_.all, ElementsAre("learned a", "applied", "done"));
  EXPECT_EQ(world_[n1].node.writes_done, 1);
  const AnswerOf<Line> answer{{c1, 1}, {"kept"}};
  ASSERT_TRUE(apply(DeliverStep<Diary>{{{Endpoint::of(n1), Endpoint::of(c1), answer}, {}}}));
  EXPECT_THAT(seen_.all, ElementsAre("learned a", "applied", "done", "told kept"));
}

TEST_F(EngineWithAGuest, WritesChangesNotTheWholeDisk) {
  ask(1, "a");
  ASSERT_TRUE(apply(FinishWriteStep{n1}));
  const AnswerOf<Line> answer{{c1, 1}, {"kept"}};
  ASSERT_TRUE(apply(DeliverStep<Diary>{{{Endpoint::of(n1), Endpoint::of(c1), answer}, {}}}));
  ask(2, "b");
  ASSERT_TRUE(apply(FinishWriteStep{n1}));
  EXPECT_THAT(world_[n1].disk, ElementsAre("a", "b"));
}

TEST_F(EngineWithAGuest, ForgetsInACrashWhatHadNotBeenSaid) {
  ask(1, "a");
  ASSERT_TRUE(apply(CrashStep{n1, 0, 0}));
  EXPECT_EQ(in_flight(), 0U);
  EXPECT_THAT(seen_.all, IsEmpty());
  EXPECT_TRUE(world_.claims.empty() && world_.held.empty() && world_.writes.empty());
}

TEST_F(EngineWithAGuest, KeepsTheWritesOfOthersInACrash) {
  ask(1, "a");
  ASSERT_TRUE(apply(CrashStep{n2, 0, 0}));
  ASSERT_TRUE(apply(FinishWriteStep{n1}));
  EXPECT_THAT(world_[n1].disk, ElementsAre("a"));
}

TEST_F(EngineWithAGuest, CrashesBetweenTwoClaims) {
  ask(1, "a");
  // The answer and the note leave, then something is learned; the entry is not applied any more.
  ASSERT_TRUE(apply(CrashStep{n1, 3, 0}));
  ASSERT_TRUE(apply(FinishWriteStep{n1}));
  EXPECT_THAT(seen_.all, ElementsAre("learned a"));
  EXPECT_FALSE(world_[n1].is_up);
  EXPECT_EQ(world_[n1].node.writes_done, 0) << "who is down is told nothing";
}

TEST_F(EngineWithAGuest, CopiesComparesAndHashesAWorldWithAHeap) {
  ask(1, "a");
  World<Diary> copy = world_;
  EXPECT_TRUE(copy == world_);
  EXPECT_EQ(hash_of(copy), hash_of(world_));
  ASSERT_TRUE(apply(FinishWriteStep{n1}));
  EXPECT_FALSE(copy == world_);
  EXPECT_NE(hash_of(copy), hash_of(world_));
}

}  // namespace
}  // namespace synod
