// What a node of two-phase commit does with its clients' requests, and what its types promise.
#include "sim/protocol.h"
#include "tests/core/two_phase_commit/fixture.h"

namespace synod::two_phase_commit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(TwoPhaseRequests, AParticipantHasTheCoordinatorBegin) {
  Tested node = participant();
  node.is_asked(request(c1));
  EXPECT_THAT(node.recipients_of(Begin{}), ElementsAre(n1));
  EXPECT_THAT(node.answers(), IsEmpty());
}

TEST(TwoPhaseRequests, EveryOperationAsksForTheTransaction) {
  for (const OperationKind kind :
       {OperationKind::write, OperationKind::read, OperationKind::quorum_read}) {
    Tested node = coordinator();
    node.is_asked(request(c1, kind));
    EXPECT_TRUE(node.has_sent<VoteRequest>());
  }
}

TEST(TwoPhaseRequests, AllWhoWaitAreAnsweredOnceTheDecisionIsOnDisk) {
  Tested node = participant(prepared);
  node.is_asked(request(c1));
  node.is_asked(request(c2, OperationKind::read));
  node.hears(n1, commit);
  EXPECT_THAT(node.answers(), IsEmpty());
  node.hears(n2, commit);
  EXPECT_THAT(node.answers(), ElementsAre(answer(request(c1), Decision::commit),
                                          answer(request(c2), Decision::commit)));
}

TEST(TwoPhaseRequests, ANodeThatKnowsAnswersAtOnce) {
  Tested node = participant(aborted);
  node.is_asked(request(c1, OperationKind::quorum_read));
  EXPECT_THAT(node.answers(), ElementsAre(answer(request(c1), Decision::abort)));
  EXPECT_TRUE(node.is_silent());
}

TEST(TwoPhaseRequests, ARetryIsAnsweredOnce) {
  Tested node = participant();
  node.is_asked(request(c1));
  node.is_asked(request(c1));
  node.hears(n2, abort);
  EXPECT_THAT(node.answers(), ElementsAre(answer(request(c1), Decision::abort)));
}

TEST(TwoPhaseRequests, AClientThatHasGoneOnIsAnsweredItsLatestRequest) {
  const Request later = request(c1, OperationKind::write, 2);
  Tested node = participant();
  node.is_asked(request(c1));
  node.is_asked(later);
  node.hears(n2, abort);
  EXPECT_THAT(node.answers(), ElementsAre(answer(later, Decision::abort)));
  EXPECT_THAT(node.broken(), IsEmpty());
}

TEST(TwoPhaseRequests, ANodeAsksTheCoordinatorAgainWhileItsClientsWait) {
  Tested node = participant();
  node.is_asked(request(c1));
  node.sees_fire(Timer::catch_up);
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Begin{}}));
  EXPECT_THAT(node.recipients_of(Inquiry{}), ElementsAre(n3));
  EXPECT_TRUE(node.armed(Timer::catch_up).has_value());
}

template <class Message>
inline constexpr std::size_t held_for_disk = 0;
template <class... Ms>
inline constexpr std::size_t held_for_disk<std::variant<Ms...>> =
    (0 + ... + (Ms::relies_on_disk ? 1 : 0));

// `send` decides by the message's type alone whether it waits for the disk.
TEST(TwoPhaseRequests, WhatRestsOnTheDiskWaitsForIt) {
  static_assert(synod::Protocol<Protocol>);
  static_assert(VoteRequest::relies_on_disk && VoteYes::relies_on_disk && VoteNo::relies_on_disk &&
                Decide::relies_on_disk && Ack::relies_on_disk && Prepared::relies_on_disk);
  static_assert(held_for_disk<Message> == 6);
}

}  // namespace
}  // namespace synod::two_phase_commit
