// The accidents of a run, and which of them each protocol promises to bear.
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "tests/properties/atomic_commit_testing.h"

namespace synod::atomic_commit {
namespace {

using namespace atomic_commit_testing;
using Words = TwoPhaseCommitWords;
using P = Words::Protocol;

constexpr two_phase_commit::VoteYes message{};
constexpr two_phase_commit::Timer any_timer = two_phase_commit::Timer::resend;

/// An `AccidentWatch` that is told by hand.
class Watch {
 public:
  Watch() {
    world.node_count = 3;
    for (const NodeId node : world.node_ids()) {
      world[node].is_up = true;
    }
    watch.start(delay_max, disk_max);
  }

  using Slot = InFlight<P>::Slot;

  void wait(std::uint64_t ticks) { world.now = world.now + Duration{ticks}; }
  Slot send(Endpoint from, Endpoint to, const Packet<P>::Payload& payload) {
    const Slot slot = world.in_flight.insert({from, to, payload});
    watch.on(world, Sent<P>{slot, world.in_flight[slot], false});
    return slot;
  }
  Slot send(NodeId from, NodeId to) { return send(Endpoint::of(from), Endpoint::of(to), message); }
  void deliver(Slot slot) {
    const Packet<P> packet = world.in_flight[slot];
    world.in_flight.erase(slot);
    watch.on(world, Delivered<P>{slot, packet});
  }
  void drop(Slot slot) {
    const Packet<P> packet = world.in_flight[slot];
    world.in_flight.erase(slot);
    apply(DropStep<P>{{packet, {slot}}});
  }
  void apply(const Action<P>& action) {
    const Step<P> step{world.now, action};
    watch.on(world, Applied<P>{step});
  }
  void issue_write(NodeId node) { watch.on(world, WriteIssued{node, 1}); }
  void finish_write(NodeId node) { apply(FinishWriteStep{node}); }
  void crash(NodeId node) {
    world[node].is_up = false;
    watch.on(world, Crashed{.node = node});
  }
  void fire_a_timer() { watch.on(world, TimerFired<P>{n1, any_timer}); }

  /// In words; empty when nothing has gone wrong.
  [[nodiscard]] std::string happened() const { return beyond({}, watch.happened()); }

  World<P> world;
  AccidentWatch<P> watch;
};

constexpr const char* late = "a message, or the write it waited for, took longer than foreseen";

TEST(AccidentSet, HoldsWhatWasPutIn) {
  constexpr AccidentSet set = AccidentSet::of({Accident::crash, Accident::late});
  EXPECT_TRUE(set.contains(Accident::crash));
  EXPECT_TRUE(set.contains(Accident::late));
  EXPECT_FALSE(set.contains(Accident::restart));
  EXPECT_FALSE((set - Accident::crash).contains(Accident::crash));
  EXPECT_TRUE((set - Accident::crash).contains(Accident::late));
  EXPECT_TRUE((set - Accident::crash - Accident::late).is_empty());
  EXPECT_TRUE(AccidentSet{}.is_empty());
  for (std::size_t i = 0; i < accident_texts.size(); ++i) {
    EXPECT_TRUE(AccidentSet::all().contains(static_cast<Accident>(i)));
    EXPECT_FALSE(accident_texts[i].empty());
  }
}

TEST(BeyondTheFaultModel, IsWhatHappenedAndIsNotBorneInWords) {
  const AccidentSet happened =
      AccidentSet::of({Accident::restart, Accident::crash, Accident::cut, Accident::loss});
  EXPECT_EQ(beyond(AccidentSet::all(), happened), "");
  EXPECT_EQ(beyond(happened, happened), "");
  EXPECT_EQ(beyond({}, {}), "");
  EXPECT_EQ(beyond(AccidentSet::of({Accident::crash, Accident::loss}), happened),
            "a crashed node came back, a link was cut");
  EXPECT_EQ(beyond({}, happened),
            "a node crashed, a crashed node came back, a message was lost, a link was cut");
}

TEST(AnAccident, IsNothingThatEveryRunSees) {
  Watch watch;
  const auto slot = watch.send(n1, n2);
  watch.issue_write(n2);
  watch.wait(disk_max.ticks);
  watch.finish_write(n2);
  watch.fire_a_timer();
  watch.wait(delay_max.ticks - disk_max.ticks);
  watch.fire_a_timer();
  watch.deliver(slot);
  watch.apply(ResumeStep{{n1}});
  watch.apply(HealStep{{EndpointSet::all(), EndpointSet::all()}});
  watch.apply(RestartStep{{n1}});  // the event tells of it, not the step
  EXPECT_EQ(watch.happened(), "");
}

TEST(AnAccident, OfEachKindIsSeen) {
  using Deed = void (*)(Watch&);
  constexpr std::array<std::pair<Deed, const char*>, 6> kinds = {{
      {[](Watch& watch) { watch.crash(n2); }, "a node crashed"},
      {[](Watch& watch) { watch.watch.on(watch.world, Restarted{n2}); },
       "a crashed node came back"},
      {[](Watch& watch) { watch.drop(watch.send(n1, n2)); }, "a message was lost"},
      {[](Watch& watch) { watch.apply(CutStep{{EndpointSet::all(), EndpointSet::all()}}); },
       "a link was cut"},
      {[](Watch& watch) { watch.apply(PauseStep{{n2}}); }, "a node stood still"},
      {[](Watch& watch) { watch.watch.on(watch.world, Skewed{n2}); }, "a clock was skewed"},
  }};
  for (const auto& [deed, text] : kinds) {
    Watch watch;
    deed(watch);
    EXPECT_EQ(watch.happened(), text);
    watch.watch.start(delay_max, disk_max);
    EXPECT_EQ(watch.happened(), "") << "a new run, and still " << text;
  }
}

TEST(AnAccident, IsACopyThatTheNetworkMade) {
  Watch watch;
  const auto slot = watch.send(n1, n2);
  watch.watch.on(watch.world, Sent<P>{slot, watch.world.in_flight[slot], true});
  EXPECT_EQ(watch.happened(), "a message was doubled");
}

TEST(ALoss, IsNoneWhereNobodyIsThereToHear) {
  Watch watch;
  watch.crash(n2);
  watch.drop(watch.send(n1, n2));
  EXPECT_EQ(watch.happened(), "a node crashed");
  watch.drop(watch.send(n1, n3));
  EXPECT_EQ(watch.happened(), "a node crashed, a message was lost");
}

TEST(ALateMessage, IsOneThatArrivesAfterTheLongestDelay) {
  Watch watch;
  const auto in_time = watch.send(n1, n2);
  watch.wait(delay_max.ticks);
  watch.deliver(in_time);
  EXPECT_EQ(watch.happened(), "");
  const auto too_late = watch.send(n1, n2);
  watch.wait(delay_max.ticks + 1);
  EXPECT_EQ(watch.happened(), "") << "nobody has noticed";
  watch.deliver(too_late);
  EXPECT_EQ(watch.happened(), late);
}

TEST(ALateMessage, IsMeasuredFromWhenItWasSentWhateverLayInItsPlaceBefore) {
  Watch watch;
  const auto first = watch.send(n1, n2);
  const auto second = watch.send(n1, n3);
  watch.wait(delay_max.ticks);
  watch.deliver(first);
  const auto third = watch.send(n2, n3);
  ASSERT_EQ(third, first) << "else this shows nothing";
  watch.wait(1);
  watch.deliver(third);
  EXPECT_EQ(watch.happened(), "");
  watch.deliver(second);
  EXPECT_EQ(watch.happened(), late);
}

TEST(ALateMessage, IsOneThatATimeOutFindsStillUnderWay) {
  Watch watch;
  watch.send(n1, n2);
  watch.wait(delay_max.ticks);
  watch.fire_a_timer();
  EXPECT_EQ(watch.happened(), "");
  watch.wait(1);
  watch.fire_a_timer();
  EXPECT_EQ(watch.happened(), late) << "at the time-out already: what it leads to comes next";
}

TEST(ALateMessage, IsNoneThatAClientSentOrIsSent) {
  Watch watch;
  const Endpoint client = Endpoint::of(c1);
  const auto request = watch.send(client, Endpoint::of(n1), Request{});
  const auto answer = watch.send(Endpoint::of(n1), client, Answer{});
  watch.wait(delay_max.ticks * 5);
  watch.fire_a_timer();
  watch.deliver(request);
  watch.deliver(answer);
  EXPECT_EQ(watch.happened(), "");
}

TEST(ALateWrite, IsOneThatFinishesAfterTheLongestTime) {
  Watch watch;
  watch.issue_write(n1);
  watch.wait(disk_max.ticks);
  watch.finish_write(n1);
  EXPECT_EQ(watch.happened(), "");
  watch.issue_write(n1);
  watch.wait(disk_max.ticks + 1);
  watch.finish_write(n1);
  EXPECT_EQ(watch.happened(), late);
}

TEST(ALateWrite, IsOneThatATimeOutFindsUnfinished) {
  Watch watch;
  watch.issue_write(n2);
  watch.wait(disk_max.ticks);
  watch.fire_a_timer();
  EXPECT_EQ(watch.happened(), "");
  watch.wait(1);
  watch.fire_a_timer();
  EXPECT_EQ(watch.happened(), late);
}

TEST(ALateWrite, IsTheOldestOfItsOwnNode) {
  Watch watch;
  watch.issue_write(n2);
  watch.wait(1);
  watch.issue_write(n1);
  watch.wait(disk_max.ticks);
  watch.finish_write(n1);
  EXPECT_EQ(watch.happened(), "") << "n1's own was in time";
  watch.finish_write(n2);
  EXPECT_EQ(watch.happened(), late);
}

TEST(ALateWrite, IsNoneThatWasLostInACrash) {
  Watch watch;
  watch.issue_write(n1);
  watch.issue_write(n1);
  watch.crash(n1);
  watch.wait(disk_max.ticks + 1);
  watch.fire_a_timer();
  EXPECT_EQ(watch.happened(), "a node crashed");
  watch.issue_write(n1);  // it is back
  watch.wait(disk_max.ticks);
  watch.finish_write(n1);
  EXPECT_EQ(watch.happened(), "a node crashed");
}

// What each protocol promises.

/// Everything goes wrong, and then two nodes decide differently.
template <class SomeWords>
void split_after_everything(Told<SomeWords>& told) {
  told.crash(n2);
  told.restart(n2);
  told.apply(PauseStep{{n2}});
  told.skew(n2);
  told.apply(CutStep{{EndpointSet::all(), EndpointSet::all()}});
  told.learn(n1, Decision::abort);
  told.learn(n3, Decision::commit);
}

TEST(TwoPhaseCommit, IsAtomicWhateverHappens) {
  Told<TwoPhaseCommitWords> told;
  split_after_everything(told);
  EXPECT_EQ(told.witness.findings().first().property, "atomicity");
  EXPECT_EQ(told.witness.outside_fault_model(), "");
}

TEST(TwoPhaseCommit, DoesNotPromiseToTerminateWhereANodeCrashed) {
  Told<TwoPhaseCommitWords> told;
  told.apply(CutStep{{EndpointSet::all(), EndpointSet::all()}});
  told.witness.report(termination_text, "somebody waits");
  EXPECT_EQ(told.witness.outside_fault_model(), "") << "a cut is no excuse";
  told.crash(n1);
  EXPECT_EQ(told.witness.outside_fault_model(), "a node crashed");
}

TEST(ThreePhaseCommit, BearsNodesThatStopAndMessagesThatComeTwice) {
  Told<ThreePhaseCommitWords> told;
  told.duplicate(told.send(n1, n2, three_phase_commit::VoteRequest{}));
  told.crash(n2);
  told.learn(n1, Decision::abort);
  told.learn(n3, Decision::commit);
  EXPECT_EQ(told.witness.findings().first().property, "atomicity");
  EXPECT_EQ(told.witness.outside_fault_model(), "");
  EXPECT_EQ(beyond(ThreePhaseCommitWords::borne(termination_text.name),
                   AccidentSet::of({Accident::crash, Accident::duplicate})),
            "");
}

TEST(ThreePhaseCommit, DoesNotPromiseToBearAnythingElse) {
  Told<ThreePhaseCommitWords> told;
  split_after_everything(told);
  EXPECT_EQ(told.witness.outside_fault_model(),
            "a crashed node came back, a link was cut, a node stood still, a clock was skewed");

  Told<ThreePhaseCommitWords> slow;
  slow.send(n1, n2, three_phase_commit::VoteRequest{});
  slow.wait(delay_max.ticks + 1);
  slow.fire(n2, three_phase_commit::Timer::silence);
  slow.learn(n1, Decision::abort);
  slow.learn(n3, Decision::commit);
  EXPECT_EQ(slow.witness.outside_fault_model(), late);
}

TEST(PaxosCommit, BearsEverything) {
  Told<PaxosCommitWords> told;
  split_after_everything(told);
  EXPECT_EQ(told.witness.findings().first().property, "atomicity");
  EXPECT_EQ(told.witness.outside_fault_model(), "");
  told.witness.start(Transaction::of(3), delay_max, disk_max);
  told.crash(n1);
  told.witness.report(termination_text, "somebody waits");
  EXPECT_EQ(told.witness.outside_fault_model(), "");
}

}  // namespace
}  // namespace synod::atomic_commit
