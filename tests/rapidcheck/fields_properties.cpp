// States of shapes that none of our protocols has, through everything that is made of `fields`: the
// hash, the bytes of a search, the texts that people read, the JSON of a message, and the rounds.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "core/inline_vector.h"
#include "core/paxos/messages.h"
#include "core/per_id.h"
#include "core/unordered.h"
#include "scenarios/explore/rounds.h"
#include "scenarios/explore/state_bytes.h"
#include "scenarios/format/step_json.h"
#include "scenarios/words/field_texts.h"
#include "scenarios/words/step_text.h"
#include "sim/hash.h"
#include "sim/luck.h"

namespace synod {
namespace {

enum class Colour : std::int8_t { red = -1, green, blue };  // without words

struct Leaf {
  bool is_green = false;
  char letter = 'a';
  std::int8_t small = 0;
  std::uint16_t count = 0;
  std::int32_t offset = 0;
  std::uint32_t number = 0;
  std::int64_t far = 0;
  std::uint64_t large = 0;
  Colour colour{};
  Outcome outcome{};
  NodeId node;
  ClientId client;
  RequestId request;
  NodeSet nodes;
  Value value;
  Ballot ballot;
  Vote vote;
  Duration duration;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("is_green", self.is_green);
    visit("letter", self.letter);
    visit("small", self.small);
    visit("count", self.count);
    visit("offset", self.offset);
    visit("number", self.number);
    visit("far", self.far);
    visit("large", self.large);
    visit("colour", self.colour);
    visit("outcome", self.outcome);
    visit("node", self.node);
    visit("client", self.client);
    visit("request", self.request);
    visit("nodes", self.nodes);
    visit("value", self.value);
    visit("ballot", self.ballot);
    visit("vote", self.vote);
    visit("duration", self.duration);
  }
  bool operator==(const Leaf&) const = default;
};

struct Lists {
  std::vector<std::int32_t> numbers;
  std::vector<bool> flags;
  std::deque<Ballot> ballots;
  std::list<std::string> texts;
  std::array<std::uint16_t, node_count_max> log{};      // not one for each node
  std::array<std::int8_t, client_count_max> offsets{};  // nor for each client
  InlineVector<Value, 3> values;
  std::vector<std::vector<NodeId>> quorums;
  Unordered<Value> bag;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("numbers", self.numbers);
    visit("flags", self.flags);
    visit("ballots", self.ballots);
    visit("texts", self.texts);
    visit("log", self.log);
    visit("offsets", self.offsets);
    visit("values", self.values);
    visit("quorums", self.quorums);
    visit("bag", self.bag);
  }
  bool operator==(const Lists&) const = default;
};

/// With members that nobody sees.
class Sets {
 public:
  static constexpr void fields(auto& self, auto&& visit) {
    visit("nodes", self.nodes_);
    visit("ballots", self.ballots_);
    visit("votes", self.votes_);
    visit("words", self.words_);
    visit("by_ballot", self.by_ballot_);
    visit("bags", self.bags_);
  }
  bool operator==(const Sets&) const = default;

 private:
  std::set<NodeId> nodes_;
  std::set<Ballot> ballots_;
  std::map<NodeId, std::vector<Vote>> votes_;
  std::map<std::string, std::set<std::int64_t>> words_;
  std::map<Ballot, Lists> by_ballot_;
  Unordered<std::vector<std::uint8_t>> bags_;
};

struct Choices {
  std::optional<Ballot> ballot;
  std::optional<std::string> text;
  std::variant<std::monostate, std::int32_t, Leaf> any;
  std::variant<paxos::Prepare, paxos::Query, paxos::Promise> message;
  std::pair<NodeId, Value> pair;
  std::tuple<bool, std::string, std::optional<Vote>> several;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("ballot", self.ballot);
    visit("text", self.text);
    visit("any", self.any);
    visit("message", self.message);
    visit("pair", self.pair);
    visit("several", self.several);
  }
  bool operator==(const Choices&) const = default;
};

struct Each {
  PerNode<Vote> votes;
  PerNode<std::vector<NodeId>> heard;
  PerClient<std::uint16_t> numbers;
  std::array<PerNode<bool>, 2> flags;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("votes", self.votes);
    visit("heard", self.heard);
    visit("numbers", self.numbers);
    visit("flags", self.flags);
  }
  bool operator==(const Each&) const = default;
};

struct Everything : Leaf {
  std::vector<Leaf> leaves;
  Lists lists;
  Sets sets;
  std::map<std::uint32_t, Choices> choices;
  Each each;
  std::optional<Lists> more;
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<Leaf>(self));
    visit("leaves", self.leaves);
    visit("lists", self.lists);
    visit("sets", self.sets);
    visit("choices", self.choices);
    visit("each", self.each);
    visit("more", self.more);
  }
  bool operator==(const Everything&) const = default;
};

/// A message of a guest's, and as much of a protocol as a step asks for.
struct Told {
  static constexpr std::string_view name = "told";
  Everything everything;
  static constexpr void fields(auto& self, auto&& visit) { visit("everything", self.everything); }
  bool operator==(const Told&) const = default;
};
struct Guest : OneDecision {
  using Message = std::variant<paxos::Query, Told>;
  enum class Timer : std::uint8_t { tick };
  static constexpr std::size_t timer_count = 1;
  static constexpr std::string_view timer_name(Timer /*timer*/) { return "tick"; }
};

/// Fills an object from one number. The `odd`-th draw is another than it would be, so that two
/// objects differ in one place, or in few.
class Filler {
 public:
  explicit Filler(std::uint64_t seed, std::uint64_t odd = 0) : seed_(seed), odd_(odd) {}

  [[nodiscard]] std::uint64_t drawn() const { return drawn_; }
  void operator()(std::string_view /*name*/, auto& field) { fill(field); }

  template <class T>
  void fill(T& value) {
    if constexpr (std::same_as<T, bool>) {
      value = below(2) == 1;
    } else if constexpr (std::same_as<T, Colour> || std::same_as<T, Outcome>) {
      value = static_cast<T>(static_cast<int>(below(3)) - (std::same_as<T, Colour> ? 1 : 0));
    } else if constexpr (std::integral<T>) {
      value = below(4) == 0 ? static_cast<T>(next()) : static_cast<T>(below(3) - 1);
    } else if constexpr (HasFields<T>) {
      T::fields(value, *this);
    } else if constexpr (Maybe<T>) {
      value.reset();
      if (below(2) == 1) fill(value.emplace());
    } else if constexpr (FixedSequence<T> || Product<T> || OnePerId<T>) {
      for_each_part(value, [this](auto& part) { this->fill(part); });
    } else {
      value.clear();
      for (auto left = below(4); left > 0; --left)
        add_to(value);
    }
  }
  void fill(NodeId& node) { node.index = static_cast<std::uint8_t>(below(node_count_max)); }
  void fill(ClientId& client) { client.index = static_cast<std::uint8_t>(below(client_count_max)); }
  void fill(RequestId& request) {
    fill(request.client);
    fill(request.number);
  }
  void fill(NodeSet& nodes) { nodes = NodeSet(static_cast<std::uint16_t>(below(512))); }
  void fill(Value& value) { fill(value.number); }
  void fill(Ballot& ballot) {
    ballot = {static_cast<std::uint32_t>(below(3)), {}};
    if (!ballot.is_none()) fill(ballot.node);
  }
  void fill(Vote& vote) {
    vote = {};
    fill(vote.ballot);
    if (!vote.is_none()) vote.value.number = 1 + static_cast<std::uint32_t>(below(20));
  }
  template <class... Ts>
  void fill(std::variant<Ts...>& variant) {
    const std::uint64_t chosen = below(sizeof...(Ts));
    std::uint64_t index = 0;
    static_cast<void>(
        ((index++ == chosen ? (fill(variant.template emplace<Ts>()), true) : false) || ...));
  }
  void fill(std::monostate& /*nothing*/) {}

 private:
  std::uint64_t next() {
    ++drawn_;
    return mix(mix(seed_ + drawn_) + (drawn_ == odd_ ? 1 : 0));
  }
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  template <class T>
  void add_to(T& elements) {
    if constexpr (Mapping<T>) {
      std::pair<typename T::key_type, typename T::mapped_type> element;
      fill(element);
      elements.insert(std::move(element));
    } else {
      typename T::value_type element{};
      fill(element);
      if constexpr (requires { elements.try_push(element); }) {
        elements.try_push(element);
      } else if constexpr (requires { elements.push_back(element); }) {
        elements.push_back(element);
      } else {
        elements.insert(element);
      }
    }
  }

  std::uint64_t seed_;
  std::uint64_t odd_;
  std::uint64_t drawn_ = 0;
};

std::uint64_t any_seed() { return *rc::gen::inRange<std::uint64_t>(0, 1ULL << 40U); }

template <class T>
T drawn(std::uint64_t seed, std::uint64_t odd = 0) {
  T value;
  Filler(seed, odd).fill(value);
  return value;
}
/// Two that differ in few places, or in none.
template <class T>
std::pair<T, T> alike() {
  const std::uint64_t seed = any_seed();
  T one;
  Filler filler(seed);
  filler.fill(one);
  return {one, drawn<T>(seed, *rc::gen::inRange<std::uint64_t>(0, filler.drawn() + 1))};
}

template <bool Renames = false, class T>
std::string bytes_of(const T& value, std::size_t node_count = node_count_max,
                     const Renaming& renaming = Renaming::none()) {
  ByteBuffer bytes;
  StateWriter<Renames>(bytes, node_count, renaming).add(value);
  return std::string(bytes.view());
}
template <class T>
T read_from(const std::string& bytes, T value, std::size_t node_count = node_count_max) {
  StateReader reader(bytes, node_count);
  reader.read(value);
  RC_ASSERT(reader.position() == bytes.size());
  return value;
}

RC_GTEST_PROP(Fields, EqualStatesHaveEqualHashesAndDifferentOnesDifferentHashes, ()) {
  const auto [one, other] = alike<Everything>();
  RC_CLASSIFY(one == other);
  RC_ASSERT((one == other) == (hash_of(one) == hash_of(other)));
}

RC_GTEST_PROP(Fields, EqualStatesHaveEqualBytesAndDifferentOnesDifferentBytes, ()) {
  const auto [one, other] = alike<Everything>();
  RC_CLASSIFY(one == other);
  RC_ASSERT((one == other) == (bytes_of(one) == bytes_of(other)));
  RC_ASSERT((one == other) == (bytes_of<true>(one) == bytes_of<true>(other)));
}

RC_GTEST_PROP(Fields, WhatIsReadIsWhatWasWrittenWhateverWasThereBefore, ()) {
  const auto one = drawn<Everything>(any_seed());
  const auto before = drawn<Everything>(any_seed());
  const Everything read = read_from(bytes_of(one), before);
  RC_ASSERT(read == one);
  RC_ASSERT(hash_of(read) == hash_of(one));
}

RC_GTEST_PROP(Fields, EqualStatesReadAlikeAndDifferentOnesDifferInSomeText, ()) {
  const auto [one, other] = alike<Everything>();
  RC_CLASSIFY(one == other);
  RC_ASSERT((one == other) == (field_texts(one) == field_texts(other)));
  RC_ASSERT((one == other) == (value_text(one) == value_text(other)));
}

RC_GTEST_PROP(Fields, AStepOfAnyMessageIsReadFromJsonAsItWasWritten, ()) {
  const Packet<Guest> packet{Endpoint{0}, Endpoint{1},
                             Guest::Message(Told{drawn<Everything>(any_seed())})};
  const Step<Guest> step{Time{7}, DeliverStep<Guest>{{packet, {}}}};
  const auto read = from_trace_step<Guest>(to_trace_step(step));
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == step);
  RC_ASSERT(hash_of(read->action) == hash_of(step.action));
  RC_ASSERT(packet_text(packet).find("told") != std::string::npos);
}

template <class T>
void rise(T& value, std::uint32_t rounds) {
  const auto on_round = [&](std::uint32_t& round) { round += rounds; };
  const auto on_tries = [](std::uint32_t&) {};
  RoundVisitor<decltype(on_round), decltype(on_tries)>{on_round, on_tries}.visit(value);
}

RC_GTEST_PROP(Fields, BallotsRiseWhereverTheyAre, ()) {
  const auto before = drawn<Everything>(any_seed());
  const std::uint32_t highest = highest_round(before);
  Everything state = before;
  rise(state, 5);
  RC_ASSERT(highest_round(state) == (highest == 0 ? 0 : highest + 5));
  rise(state, ~std::uint32_t{4});  // five less
  RC_ASSERT(state == before);
}

struct Term {
  std::uint16_t term = 0;
  std::uint16_t age = 0;
  static constexpr void fields(auto& self, auto&& visit) {
    visit_round(visit, "term", self.term);
    visit("age", self.age);
  }
};
TEST(Fields, ARoundNeedBeNoBallots) {
  EXPECT_EQ(highest_round(std::vector<Term>{{3, 9}, {4, 1}}), 4U);
}

// ---- One by one ---------------------------------------------------------------------------------

TEST(Fields, AListInTheOrderOfItsElementsABagInNone) {
  using Numbers = std::vector<std::uint32_t>;
  using Bag = Unordered<std::uint32_t>;
  EXPECT_NE(bytes_of(Numbers{1, 2}), bytes_of(Numbers{2, 1}));
  EXPECT_NE(hash_of(Numbers{1, 2}), hash_of(Numbers{2, 1}));
  EXPECT_EQ(read_from(bytes_of(Numbers{2, 1}), Numbers{}), (Numbers{2, 1}));
  EXPECT_EQ(bytes_of(Bag{1, 2}), bytes_of(Bag{2, 1}));
  EXPECT_EQ(hash_of(Bag{1, 2}), hash_of(Bag{2, 1}));
  EXPECT_EQ(value_text(Bag{1, 2}), value_text(Bag{2, 1}));
  EXPECT_NE(bytes_of(Bag{1, 1}), bytes_of(Bag{1}));
}

TEST(Fields, AListWithinABagKeepsItsOrder) {
  using Bag = Unordered<Unordered<std::vector<std::uint32_t>>>;
  const Bag one{{{1, 2}, {3}}, {{4}}};
  const Bag same{{{4}}, {{3}, {1, 2}}};
  const Bag other{{{4}}, {{3}, {2, 1}}};
  EXPECT_EQ(bytes_of(one), bytes_of(same));
  EXPECT_NE(bytes_of(one), bytes_of(other));
  EXPECT_EQ(read_from(bytes_of(one), Bag{}), one);
}

TEST(Fields, AnArrayOfNineIsNotOneForEachNode) {
  std::array<std::uint8_t, node_count_max> log{1, 2, 3, 4, 5, 6, 7, 8, 9};
  const PerNode<std::uint8_t> each{log};
  EXPECT_EQ(read_from(bytes_of(log, 3), decltype(log){}, 3), log);
  EXPECT_EQ(bytes_of(each, 3).size(), 3U);
  EXPECT_EQ(field_texts(Lists{}, 3).size(), node_count_max + client_count_max + 1);  // and the bag
}

TEST(Fields, NodesUnderOtherNamesAreInTheOrderOfThose) {
  Renaming renaming;
  renaming.nodes.call(0, 2);
  renaming.nodes.call(2, 0);
  const std::set<NodeId> nodes{{0}, {1}};
  const std::set<NodeId> renamed{{1}, {2}};
  EXPECT_EQ(bytes_of<true>(nodes, 3, renaming), bytes_of<true>(renamed, 3));
  const std::map<NodeId, bool> map{{{0}, true}, {{1}, false}};
  const std::map<NodeId, bool> renamed_map{{{1}, false}, {{2}, true}};
  EXPECT_EQ(bytes_of<true>(map, 3, renaming), bytes_of<true>(renamed_map, 3));
  const PerNode<std::uint8_t> each{{1, 2, 3}};
  const PerNode<std::uint8_t> renamed_each{{3, 2, 1}};
  EXPECT_EQ(bytes_of<true>(each, 3, renaming), bytes_of<true>(renamed_each, 3));
}

TEST(Fields, TextsAreCalledByNodesAndKeys) {
  const std::map<NodeId, std::vector<std::string>> heard{{{1}, {"a", "\n"}}, {{2}, {}}};
  FieldTexts texts;
  detail::flatten("learner.heard", heard, 3, texts);
  const FieldTexts expected = {{"learner.heard[n2][0]", "\"a\""},
                               {"learner.heard[n2][1]", "\"\\x0a\""},
                               {"learner.heard[n3]", "empty"}};
  EXPECT_EQ(texts, expected);
  EXPECT_EQ(value_text(heard), "{n2: [\"a\", \"\\x0a\"], n3: []}");
}

}  // namespace
}  // namespace synod
