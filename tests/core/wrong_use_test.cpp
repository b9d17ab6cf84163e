// Wrong use must not compile. What is asserted here is checked while this file compiles; the tests
// give it names. Right use is asserted beside it, lest a question be answered no whatever is asked.
#include <type_traits>
#include <variant>

#include "core/fields.h"
#include "core/paxos/node.h"
#include "core/text.h"
#include "tests/core/printing.h"

namespace synod::paxos {
namespace {

template <class A, class B>
concept CanBeCompared = requires(A a, B b) { a == b; };
template <class A, class B>
concept CanBeOrdered = requires(A a, B b) { a < b; };
template <class A, class B>
concept CanBeAdded = requires(A a, B b) { a + b; };
template <class A, class B>
concept CanBeMultiplied = requires(A a, B b) { a* b; };

template <class From, class To>
concept IsTakenFor = std::is_convertible_v<From, To> || std::is_assignable_v<To&, From>;
template <class A, class B>
concept Mix = IsTakenFor<A, B> || IsTakenFor<B, A> || CanBeCompared<A, B> || CanBeOrdered<A, B>;
template <class One, class... Others>
inline constexpr bool is_taken_for_none_of = (... && !Mix<One, Others>);

TEST(WrongUse, ANodeIsNoClientNoNumberAndNoSet) {
  static_assert(is_taken_for_none_of<NodeId, ClientId, RequestId, int, unsigned, std::size_t,
                                     std::uint8_t, NodeSet, Ballot, Value>);
  static_assert(CanBeCompared<NodeId, NodeId> && CanBeOrdered<NodeId, NodeId>);
}

TEST(WrongUse, AClientIsNoNumberAndNoRequest) {
  static_assert(is_taken_for_none_of<ClientId, RequestId, int, unsigned, std::uint8_t, Value>);
  static_assert(is_taken_for_none_of<RequestId, int, std::uint16_t, Value, Ballot>);
}

TEST(WrongUse, ValuesDurationsAndNumbersDoNotMix) {
  static_assert(is_taken_for_none_of<Duration, Value, int, unsigned, std::uint64_t, double>);
  static_assert(is_taken_for_none_of<Value, int, unsigned, std::uint32_t, bool>);
  static_assert(!CanBeAdded<Duration, int> && !CanBeAdded<Duration, Value> &&
                !CanBeAdded<Value, Value>);
  static_assert(!CanBeMultiplied<Duration, Duration>);
  static_assert(CanBeAdded<Duration, Duration> && CanBeMultiplied<Duration, int>);
}

TEST(WrongUse, ABallotIsNoRoundAndNoVote) {
  static_assert(is_taken_for_none_of<Ballot, int, std::uint32_t, Vote, Value>);
  static_assert(is_taken_for_none_of<Vote, Value, int>);
  static_assert(CanBeOrdered<Ballot, Ballot>);
}

TEST(WrongUse, BitsBecomeASetOnlyWhenOneSaysSo) {
  static_assert(!std::is_convertible_v<std::uint16_t, NodeSet>);
  static_assert(std::is_constructible_v<NodeSet, std::uint16_t>);
}

template <class M>
concept SaysWhetherItReliesOnDisk = std::is_same_v<decltype(M::relies_on_disk), const bool>;
template <class Message>
inline constexpr bool do_all_say_it = false;
template <class... Ms>
inline constexpr bool do_all_say_it<std::variant<Ms...>> = (... && SaysWhetherItReliesOnDisk<Ms>);
template <class Node>
concept CanBeAddressed = requires(Output out, Node to) { out.send(to, Query{}); };
template <class State>
concept CanBePersisted = requires(Output out, State state) { out.persist(state); };

// `send` decides by the message's type alone whether it waits for the disk.
TEST(WrongUse, AMessageSaysWhetherItReliesOnTheDisk) {
  static_assert(do_all_say_it<Message> && !SaysWhetherItReliesOnDisk<Durable>);
  static_assert(Prepare::relies_on_disk && Promise::relies_on_disk && Accepted::relies_on_disk &&
                Report::relies_on_disk);
  static_assert(!Accept::relies_on_disk && !Nack::relies_on_disk && !Decide::relies_on_disk &&
                !Query::relies_on_disk);
}

TEST(WrongUse, AMessageIsSentToANodeAndToNothingElse) {
  static_assert(CanBeAddressed<NodeId>);
  static_assert(!CanBeAddressed<ClientId> && !CanBeAddressed<int> && !CanBeAddressed<NodeSet>);
}

TEST(WrongUse, OnlyTheWholeDurableStateIsWritten) {
  static_assert(CanBePersisted<Durable>);
  static_assert(!CanBePersisted<Ballot> && !CanBePersisted<Vote> && !CanBePersisted<Node>);
}

/// Among the messages, `M` is taken for itself alone.
template <class M, class... Ms>
inline constexpr bool is_taken_for_one_of = (0 + ... + (std::is_convertible_v<M, Ms> ? 1 : 0)) == 1;
template <class Message>
inline constexpr bool are_distinct = false;
template <class... Ms>
inline constexpr bool are_distinct<std::variant<Ms...>> = (... && is_taken_for_one_of<Ms, Ms...>);

TEST(WrongUse, OneMessageIsNotTakenForAnother) { static_assert(are_distinct<Message>); }

TEST(WrongUse, ATimerIsNoNumber) {
  static_assert(!std::is_convertible_v<Timer, int> && !std::is_convertible_v<int, Timer>);
  static_assert(!std::is_convertible_v<Outcome, OperationKind> &&
                !std::is_convertible_v<Outcome, int>);
}

// A world is copied by copying its bytes.
TEST(WrongUse, NothingThatANodeHoldsNeedsMoreThanACopyOfItsBytes) {
  static_assert(std::is_trivially_copyable_v<Node> && std::is_trivially_copyable_v<Durable>);
  static_assert(std::is_trivially_copyable_v<Message> &&
                std::is_trivially_copyable_v<Output::Effect>);
}

struct Forgetful {
  Ballot promised;
  bool is_leader = false;
  static constexpr void fields(auto& self, auto&& visit) { visit("promised", self.promised); }
};
struct Heir : Nack {
  bool is_kind = false;
};
struct Tag {};
struct Tagged : Tag {
  Ballot promised;
  static constexpr void fields(auto& self, auto&& visit) { visit("promised", self.promised); }
};
struct Unchecked {
  Ballot promised;
  static void fields(auto& self, auto&& visit) { visit("promised", self.promised); }
};

TEST(WrongUse, FieldsAreAllMembers) {
  static_assert(fields_cover<Durable> && fields_cover<Node> && fields_cover<Nack> &&
                fields_cover<Tagged>);
  static_assert(!fields_cover<Forgetful> && !fields_cover<Heir> && !fields_cover<Unchecked>);
  static_assert(HasFields<Unchecked> && !HasCheckedFields<Unchecked>);
}

TEST(WrongUse, ANumberIsNotFormattedAsAThingOfOurs) {
  static_assert(HasText<NodeId> && HasText<Ballot> && HasText<Outcome>);
  static_assert(!HasText<int> && !HasText<std::uint32_t> && !HasText<bool> && !HasText<Timer>);
}

}  // namespace
}  // namespace synod::paxos
