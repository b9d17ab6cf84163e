#include "core/effects.h"

#include <string>
#include <vector>

#include "core/paxos/messages.h"
#include "tests/core/printing.h"

namespace synod::paxos {
namespace {

constexpr NodeId n1{0};
constexpr NodeId n2{1};
constexpr Value red{1};

template <class E>
const E* only_effect(const Output& out) {
  EXPECT_EQ(out.size(), 1U);
  return std::get_if<E>(&out[0]);
}

/// Whether the host holds it back until the node's earlier writes are durable.
bool is_held_for_disk(const auto& message) {
  Output out;
  out.send(n2, message);
  const auto* at_once = only_effect<Output::Send>(out);
  const auto* held = only_effect<Output::SendOnceDurable>(out);
  EXPECT_NE(at_once == nullptr, held == nullptr);
  EXPECT_EQ(at_once != nullptr ? at_once->to : held->to, n2);
  EXPECT_EQ(at_once != nullptr ? at_once->message : held->message, Message{message});
  return held != nullptr;
}

TEST(Effects, HoldBackTheMessagesThatRelyOnTheDisk) {
  EXPECT_TRUE(is_held_for_disk(Prepare{{1, n1}}));
  EXPECT_TRUE(is_held_for_disk(Promise{{1, n1}, {}}));
  EXPECT_TRUE(is_held_for_disk(Accepted{{1, n1}, red}));
  EXPECT_TRUE(is_held_for_disk(Report{1, {}}));
}

TEST(Effects, SendTheOtherMessagesAtOnce) {
  EXPECT_FALSE(is_held_for_disk(Accept{{1, n1}, red}));
  EXPECT_FALSE(is_held_for_disk(Nack{{1, n1}, {1, n2}}));
  EXPECT_FALSE(is_held_for_disk(Decide{{1, n1}, red}));
  EXPECT_FALSE(is_held_for_disk(Query{1}));
}

TEST(Effects, KeepTheOrderInWhichTheyWereAskedFor) {
  Output out;
  out.persist({{1, n1}, {}, 0});
  out.send(n1, Query{1});
  out.set_timer(Timer::read, {2}, {3});
  out.cancel_timer(Timer::attempt);
  out.reply({{}, {Outcome::chosen, red}});
  out.learn(red);
  ASSERT_EQ(out.size(), 6U);
  EXPECT_EQ(std::get<Output::Persist>(out[0]).state.promised, (Ballot{1, n1}));
  EXPECT_EQ(std::get<Output::Send>(out[1]).to, n1);
  EXPECT_EQ(std::get<Output::SetTimer>(out[2]).timer, Timer::read);
  EXPECT_EQ(std::get<Output::SetTimer>(out[2]).earliest, Duration{2});
  EXPECT_EQ(std::get<Output::SetTimer>(out[2]).latest, Duration{3});
  EXPECT_EQ(std::get<Output::CancelTimer>(out[3]).timer, Timer::attempt);
  EXPECT_EQ(std::get<Output::Reply>(out[4]).answer, (Answer{{}, {Outcome::chosen, red}}));
  EXPECT_EQ(std::get<Output::Learn>(out[5]).value, red);
  EXPECT_EQ(out.end() - out.begin(), 6);
}

TEST(Effects, AddressEachNodeOfASetOnceInRisingOrder) {
  Output out;
  out.send_all(NodeSet(0b101), Query{1});
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(std::get<Output::Send>(out[0]).to, n1);
  EXPECT_EQ(std::get<Output::Send>(out[1]).to, NodeId{2});
}

TEST(Effects, ReportAnAssertionOnlyWhenItDoesNotHold) {
  Output out;
  out.expect(true, "water is wet");
  EXPECT_EQ(out.size(), 0U);
  out.expect(false, "water is dry");
  const auto* broken = only_effect<Output::Broken>(out);
  ASSERT_NE(broken, nullptr);
  EXPECT_STREQ(broken->invariant, "water is dry");
}

TEST(Effects, AreNoneOnceCleared) {
  Output out;
  out.learn(red);
  out.clear();
  EXPECT_EQ(out.size(), 0U);
  EXPECT_EQ(out.begin(), out.end());
}

TEST(Effects, HaveRoomForEveryNodeAndEveryClient) {
  Output out;
  for (int i = 0; i < 2; ++i) {
    out.send_all(NodeSet::first(node_count_max), Query{1});
    for (std::size_t client = 0; client < client_count_max; ++client) {
      out.reply({});
    }
  }
  for (std::size_t timer = 0; timer < timer_count; ++timer) {
    out.cancel_timer(static_cast<Timer>(timer));
  }
  out.persist({});
  for (const auto& effect : out) {
    EXPECT_FALSE(std::holds_alternative<Output::Broken>(effect));
  }
}

TEST(Effects, AreAsManyAsAHandlerHas) {
  Output out;
  constexpr std::size_t many = 10'000;
  for (std::size_t i = 0; i < many; ++i) {
    out.learn(red);
  }
  EXPECT_EQ(out.size(), many);
  EXPECT_TRUE(std::holds_alternative<Output::Learn>(out[many - 1]));
}

TEST(Effects, MayWaitForTheDiskOneByOne) {
  Output out;
  out.reply({{}, {Outcome::chosen, red}});
  out.reply_once_durable({{}, {Outcome::chosen, red}});
  out.learn_once_durable(red);
  EXPECT_FALSE(std::get<Output::Reply>(out[0]).once_durable);
  EXPECT_TRUE(std::get<Output::Reply>(out[1]).once_durable);
  EXPECT_TRUE(std::get<Output::Learn>(out[2]).once_durable);
}

TEST(Effects, HaveALogThatIsNoneOfThemAndIsKeptOnlyWhereItIsRead) {
  Output out;
  int asked = 0;
  const auto words = [&] {
    ++asked;
    return std::string("a ballot begins");
  };
  out.log("dropped");
  out.log(words);
  EXPECT_FALSE(out.keeps_log());
  EXPECT_TRUE(out.log_lines().empty());
  EXPECT_EQ(asked, 0) << "nobody reads it, so nobody words it";
  out.keep_log(true);
  out.log("kept");
  out.log(words);
  EXPECT_EQ(out.log_lines(), (std::vector<std::string>{"kept", "a ballot begins"}));
  EXPECT_EQ(out.size(), 0U);
  out.clear();
  EXPECT_TRUE(out.log_lines().empty());
}

}  // namespace
}  // namespace synod::paxos
