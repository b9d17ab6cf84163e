// What holds of core for every input, tried with random ones. Each test states the rule a second
// time, in a plainer way than core does. (RC_ASSERT evaluates both sides of a bare && or ||: hence
// the second parentheses.)
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/paxos/node.h"
#include "core/text.h"

// How RapidCheck makes and shows the vocabulary of core.
namespace rc {

template <>
struct Arbitrary<synod::NodeId> {
  static Gen<synod::NodeId> arbitrary() {
    return gen::map(gen::inRange<int>(0, synod::node_count_max),
                    [](int index) { return synod::NodeId{static_cast<std::uint8_t>(index)}; });
  }
};
template <>
struct Arbitrary<synod::Value> {  // a real one
  static Gen<synod::Value> arbitrary() {
    return gen::map(gen::inRange<std::uint32_t>(1, 20),
                    [](std::uint32_t number) { return synod::Value{number}; });
  }
};
template <>
struct Arbitrary<synod::Ballot> {  // a real one; few rounds, so that rivals meet
  static Gen<synod::Ballot> arbitrary() {
    return gen::map(gen::pair(gen::inRange<std::uint32_t>(1, 9), gen::arbitrary<synod::NodeId>()),
                    [](const auto& parts) { return synod::Ballot{parts.first, parts.second}; });
  }
};
template <>
struct Arbitrary<synod::Vote> {  // sometimes none
  static Gen<synod::Vote> arbitrary() {
    const auto vote =
        gen::map(gen::pair(gen::arbitrary<synod::Ballot>(), gen::arbitrary<synod::Value>()),
                 [](const auto& parts) { return synod::Vote{parts.first, parts.second}; });
    return gen::weightedOneOf<synod::Vote>({{1, gen::just(synod::Vote{})}, {3, vote}});
  }
};

}  // namespace rc

namespace synod {

template <HasText T>
void showValue(const T& value, std::ostream& out) {  // NOLINT(readability-identifier-naming)
  out << to_text(value);
}

namespace paxos {
namespace {

using rules::next_ballot;

// ---- Ballots
// -------------------------------------------------------------------------------------

RC_GTEST_PROP(BallotProperties, OrderIsTotal, (Ballot a, Ballot b, Ballot c)) {
  RC_ASSERT(((a < b) + (a == b) + (a > b) == 1));
  RC_ASSERT(((a < b) == (b > a)));
  RC_ASSERT((!(a < b && b < c) || a < c));
}

RC_GTEST_PROP(BallotProperties, AreOnePerRoundAndNode, (Ballot a, Ballot b)) {
  RC_ASSERT(((a == b) == (a.round == b.round && a.node.index == b.node.index)));
}

RC_GTEST_PROP(BallotProperties, TheNextIsAboveAllSeenAndNobodyElses, (Ballot seen)) {
  const auto self = *rc::gen::arbitrary<NodeId>();
  const auto rival = *rc::gen::distinctFrom(self);
  const Durable disk{*rc::gen::arbitrary<Ballot>(), {}, (*rc::gen::arbitrary<Ballot>()).round};
  RC_ASSERT(next_ballot(disk, seen, self) > seen);
  RC_ASSERT(next_ballot(disk, seen, self) > disk.promised);
  RC_ASSERT(next_ballot(disk, seen, self).round > disk.round_tried);
  RC_ASSERT(next_ballot(disk, seen, self).node == self);
  RC_ASSERT(next_ballot(disk, seen, self) != next_ballot(disk, seen, rival));
}

// ---- Quorums
// -------------------------------------------------------------------------------------

/// Tries every pair of sets.
bool do_quorums_meet(const QuorumSystem& quorums) {
  const std::uint16_t end = static_cast<std::uint16_t>(1U << quorums.node_count);
  for (std::uint16_t first = 0; first < end; ++first) {
    for (std::uint16_t second = 0; second < end; ++second) {
      if (quorums.is_phase1_quorum(NodeSet(first)) && quorums.is_phase2_quorum(NodeSet(second)) &&
          (first & second) == 0) {
        return false;
      }
    }
  }
  return true;
}

RC_GTEST_PROP(QuorumProperties, AreMadeExactlyWhenAllPairsMeet, ()) {
  const auto node_count = *rc::gen::inRange<std::size_t>(1, 8);
  const auto phase1_size = *rc::gen::inRange<std::size_t>(1, node_count + 1);
  const auto phase2_size = *rc::gen::inRange<std::size_t>(1, node_count + 1);
  const QuorumSystem wanted{static_cast<std::uint8_t>(node_count),
                            static_cast<std::uint8_t>(phase1_size),
                            static_cast<std::uint8_t>(phase2_size)};
  const auto made = make_quorums(node_count, phase1_size, phase2_size);
  const auto* quorums = std::get_if<QuorumSystem>(&made);
  RC_ASSERT((quorums != nullptr) == do_quorums_meet(wanted));
  RC_ASSERT((quorums == nullptr || *quorums == wanted));
}

RC_GTEST_PROP(QuorumProperties, MajoritiesMeet, ()) {
  RC_ASSERT(do_quorums_meet(QuorumSystem::majority(*rc::gen::inRange<std::size_t>(1, 8))));
}

// ---- The acceptor
// --------------------------------------------------------------------------------

/// All that an acceptor ever said yes to. It forgets nothing, and looks everything up.
struct Model {
  std::set<Ballot> promises;
  std::map<Ballot, Value> votes;

  /// The highest ballot that binds it.
  [[nodiscard]] Ballot bound() const {
    Ballot highest;
    for (const Ballot ballot : promises) {
      highest = std::max(highest, ballot);
    }
    for (const auto& [ballot, value] : votes) {
      highest = std::max(highest, ballot);
    }
    return highest;
  }
  [[nodiscard]] Vote highest_vote() const {
    return votes.empty() ? Vote{} : Vote{votes.rbegin()->first, votes.rbegin()->second};
  }
  std::optional<Message> answer(const Prepare& prepare) {
    if (prepare.ballot == bound()) {
      return std::nullopt;
    }
    if (prepare.ballot < bound()) {
      return Nack{prepare.ballot, bound()};
    }
    promises.insert(prepare.ballot);
    return Promise{prepare.ballot, highest_vote()};
  }
  std::optional<Message> answer(const Accept& accept) {
    if (accept.ballot < bound()) {
      return Nack{accept.ballot, bound()};
    }
    votes[accept.ballot] = accept.value;
    return Accepted{accept.ballot, accept.value};
  }
  [[nodiscard]] std::optional<Message> answer(const Query& query) const {
    return Report{query.number, highest_vote()};
  }
};

enum class Happening { prepare, accept, copy, query, restart };

/// One value a ballot, as correct proposers see to it.
Value value_of(Ballot ballot) { return {1 + ballot.round * 3 + ballot.node.index}; }

std::vector<Message> messages_in(const Output& out) {
  std::vector<Message> messages;
  for (const auto& effect : out) {
    if (const auto* send = std::get_if<Output::Send>(&effect)) {
      messages.push_back(send->message);
    } else if (const auto* held = std::get_if<Output::SendOnceDurable>(&effect)) {
      messages.push_back(held->message);
    }
  }
  return messages;
}

void write_to(Durable& disk, const Output& out) {
  for (const auto& effect : out) {
    if (const auto* persist = std::get_if<Output::Persist>(&effect)) {
      disk = persist->state;
    }
  }
}

RC_GTEST_PROP(AcceptorProperties, AnswersAsTheModelDoes, ()) {
  const Config config{QuorumSystem::majority(3), {}, {}};
  const NodeId self{0};
  const NodeId proposer{1};
  Node node;
  Durable disk;
  Output out;
  Model model;
  std::vector<Message> heard;
  node.start(config, self, disk, out);

  const auto step_count = *rc::gen::inRange(1, 30);
  for (int i = 0; i < step_count; ++i) {
    const auto happening = *rc::gen::weightedElement<Happening>({{4, Happening::prepare},
                                                                 {4, Happening::accept},
                                                                 {3, Happening::copy},
                                                                 {1, Happening::query},
                                                                 {1, Happening::restart}});
    out.clear();
    if (happening == Happening::restart) {
      node.start(config, self, disk, out);
      RC_ASSERT(messages_in(out).empty());
      continue;
    }
    if (happening == Happening::copy && heard.empty()) {
      continue;
    }
    const auto ballot = *rc::gen::arbitrary<Ballot>();
    Message message;
    switch (happening) {
      case Happening::prepare:
        message = Prepare{ballot, value_of(ballot)};
        break;
      case Happening::accept:
        message = Accept{ballot, value_of(ballot)};
        break;
      case Happening::copy:  // of anything before, so late ones come too
        message = *rc::gen::elementOf(heard);
        break;
      default:
        message = Query{static_cast<std::uint32_t>(i)};
    }
    heard.push_back(message);
    node.on(config, proposer, message, out);
    write_to(disk, out);

    const auto expected = std::visit(
        [&](const auto& question) -> std::optional<Message> {
          if constexpr (requires { model.answer(question); }) {
            return model.answer(question);
          }
          return std::nullopt;
        },
        message);
    const auto spoken = messages_in(out);
    RC_ASSERT(spoken.size() == (expected.has_value() ? 1U : 0U));
    RC_ASSERT((!expected.has_value() || spoken.front() == *expected));
    RC_ASSERT(disk.promised == model.bound());
    RC_ASSERT(disk.vote == model.highest_vote());
  }
}

// ---- The value to propose
// ------------------------------------------------------------------------

RC_GTEST_PROP(ProposerProperties, ProposesTheHighestVoteOfThoseThatPromised, (Value own)) {
  Votes reported{};
  NodeSet promised_by;
  std::map<Ballot, Value> votes;
  for (const NodeId node : NodeSet::first(node_count_max)) {
    // One ballot has one value; those that did not promise are full of noise.
    const auto ballot = (*rc::gen::arbitrary<Vote>()).ballot;
    reported[node.index] = ballot.is_none() ? Vote{} : Vote{ballot, value_of(ballot)};
    if (*rc::gen::arbitrary<bool>()) {
      promised_by.insert(node);
      if (!ballot.is_none()) {
        votes[ballot] = value_of(ballot);
      }
    }
  }
  const Value expected = votes.empty() ? own : votes.rbegin()->second;
  RC_ASSERT(rules::value_to_propose(promised_by, reported, own) == expected);
}

RC_GTEST_PROP(LearnerProperties, ChosenIsWhatAQuorumVotedForInOneBallot, (Vote vote)) {
  RC_PRE(!vote.is_none());
  const auto node_count = *rc::gen::inRange<std::size_t>(1, 10);
  const QuorumSystem quorums = QuorumSystem::majority(node_count);
  Votes heard{};
  std::size_t count = 0;
  for (const NodeId node : NodeSet::first(node_count_max)) {
    const Ballot other{vote.ballot.round + 1, vote.ballot.node};
    heard[node.index] = *rc::gen::element(vote, Vote{other, vote.value}, Vote{});
    if (heard[node.index] == vote && node.index < node_count) {
      ++count;
    }
  }
  RC_ASSERT(rules::is_chosen(quorums, heard, vote) == (2 * count > node_count));
}

// ---- Text
// ----------------------------------------------------------------------------------------

template <class T>
void expect_same_both_ways(const T& value) {
  T read{};
  RC_ASSERT(try_parse(to_text(value), read));
  RC_ASSERT(read == value);
}

RC_GTEST_PROP(TextProperties, GoesBothWays, (Vote vote)) {
  expect_same_both_ways(vote);
  expect_same_both_ways(vote.ballot);
  expect_same_both_ways(vote.value);
  expect_same_both_ways(vote.ballot.node);
  expect_same_both_ways(Value{*rc::gen::arbitrary<std::uint32_t>()});
  expect_same_both_ways(*rc::gen::arbitrary<std::uint32_t>());
  expect_same_both_ways(RequestId{{*rc::gen::element<std::uint8_t>(0, 1, 2, 3)},
                                  *rc::gen::arbitrary<std::uint16_t>()});
}

/// Every text has one meaning at most, and every meaning one text.
template <class T>
void expect_read_as_written(const std::string& text) {
  T read{};
  if (try_parse(text, read)) {
    RC_ASSERT(std::string(to_text(read)) == text);
  }
}

RC_GTEST_PROP(TextProperties, ReadsOnlyWhatItWrites, ()) {
  static const std::vector<std::string> pieces = {
      "n", "c", "v", "0", "1", "5", "12", "13", "01", "red", "none", "n1", "@", ".", "#", " ", "-"};
  std::string text;
  for (auto count = *rc::gen::inRange(0, 6); count > 0; --count) {
    text += *rc::gen::elementOf(pieces);
  }
  expect_read_as_written<NodeId>(text);
  expect_read_as_written<ClientId>(text);
  expect_read_as_written<RequestId>(text);
  expect_read_as_written<Value>(text);
  expect_read_as_written<Ballot>(text);
  expect_read_as_written<Vote>(text);
  expect_read_as_written<std::uint32_t>(text);
}

/// One letter of a true text is changed, so that most of it is right.
RC_GTEST_PROP(TextProperties, ReadsOnlyWhatItWritesWhenALetterChanged, (Vote vote)) {
  std::string text = to_text(vote);
  const auto index = *rc::gen::inRange<std::size_t>(0, text.size());
  text[index] = *rc::gen::elementOf(std::string("nv0123459.@ -+"));
  expect_read_as_written<Vote>(text);
  expect_read_as_written<Ballot>(text.substr(text.find('@') + 1));
}

}  // namespace
}  // namespace paxos
}  // namespace synod
