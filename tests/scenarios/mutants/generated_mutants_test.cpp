// What follows from a rule's type, on a table of rules made for it; and that every rule of every
// protocol has its mutants.
#include "scenarios/mutants/generated_mutants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/paxos/node.h"
#include "core/paxos_commit/node.h"
#include "core/three_phase_commit/node.h"
#include "core/two_phase_commit/node.h"
#include "scenarios/registry/registry.h"

namespace synod {
namespace {

using testing::ElementsAre;

// ---- A protocol that is nothing but rules -------------------------------------------------------

enum class Light : std::uint8_t { red, amber, green };
constexpr std::string_view lights[] = {"red", "amber", "green"};
constexpr std::span<const std::string_view> words_of(Light /*light*/) { return lights; }

struct Book {
  Ballot promised;
  Vote vote;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("promised", self.promised);
    visit("vote", self.vote);
  }
  bool operator==(const Book&) const = default;
};

bool is_even(std::uint32_t number) { return number % 2 == 0; }
NodeSet add(NodeSet nodes, NodeId node) {
  nodes.insert(node);
  return nodes;
}
Light after(Light light) { return light == Light::red ? Light::green : Light::red; }
Ballot next(const Book& book, Ballot heard) {
  return {std::max(book.promised, heard).round + 1, {2}};
}
Book after_promise(Book book, Ballot ballot) {
  book.promised = ballot;
  return book;
}
void note(std::vector<int>& heard, int one) { heard.push_back(one); }
std::uint32_t half(std::uint32_t number) { return number / 2; }

struct Rules {
  decltype(&is_even) may_pass = &is_even;
  decltype(&add) count = &add;
  decltype(&after) light = &after;
  decltype(&next) ballot = &next;
  decltype(&after_promise) book = &after_promise;
  decltype(&note) hear = &note;
  decltype(&half) share = &half;

  static constexpr std::string_view protocol = "rules_alone";
  static constexpr void entries(auto&& visit) {
    visit("may_pass", RuleEntry<&Rules::may_pass>{});
    visit("count", RuleEntry<&Rules::count>{});
    visit("light", RuleEntry<&Rules::light>{});
    visit("ballot", RuleEntry<&Rules::ballot>{});
    visit("book", RuleEntry<&Rules::book>{});
    visit("hear", RuleEntry<&Rules::hear>{});
    visit("share", RuleEntry<&Rules::share>{});
  }
};
struct RulesAlone {
  static constexpr std::string_view name = "rules_alone";
  struct Config {
    Rules rules;
  };
};
struct NoRules {
  static constexpr std::string_view name = "no_rules";
  struct Config {
    int number = 0;
  };
};

Rules with(std::string_view rule_and_how) {
  RulesAlone::Config config;
  for (const Mutant<RulesAlone>& mutant : generated_mutants_of<RulesAlone>()) {
    if (mutant.text.slug == "rules_alone." + std::string(rule_and_how)) {
      mutant.plant(config);
      return config.rules;
    }
  }
  ADD_FAILURE() << "there is no " << rule_and_how;
  return config.rules;
}

std::vector<std::string> hows_of(std::string_view rule) {
  std::vector<std::string> hows;
  const std::string begin = "rules_alone." + std::string(rule) + "-";
  for (const Mutant<RulesAlone>& mutant : generated_mutants_of<RulesAlone>()) {
    if (mutant.text.slug.starts_with(begin)) {
      hows.emplace_back(mutant.text.slug.substr(begin.size()));
    }
  }
  return hows;
}

TEST(GeneratedMutants, OfAYesOrNoRuleAreBothAnswersAndTheOpposite) {
  EXPECT_THAT(hows_of("may_pass"), ElementsAre("always-yes", "always-no", "opposite"));
  EXPECT_TRUE(with("may_pass-always-yes").may_pass(1));
  EXPECT_FALSE(with("may_pass-always-no").may_pass(2));
  EXPECT_TRUE(with("may_pass-opposite").may_pass(1));
  EXPECT_FALSE(with("may_pass-opposite").may_pass(2));
}

TEST(GeneratedMutants, OfASetHaveOneMoreAndOneLess) {
  EXPECT_THAT(hows_of("count"), ElementsAre("one-more", "one-less"));
  const NodeSet second = NodeSet::only({1});
  EXPECT_EQ(with("count-one-more").count(second, {2}), NodeSet::first(3));
  EXPECT_EQ(with("count-one-less").count(second, {2}), NodeSet::only({2}));
  const NodeSet all = NodeSet::first(node_count_max);
  EXPECT_EQ(with("count-one-more").count(all, {0}), all) << "there is no more";
}

TEST(GeneratedMutants, OfAnEnumerationAreEachOfItsWordsItsOwnAndTheOneBefore) {
  EXPECT_THAT(hows_of("light"),
              ElementsAre("always-red", "always-amber", "always-green", "own", "one-before"));
  EXPECT_EQ(with("light-always-amber").light(Light::red), Light::amber);
  EXPECT_EQ(with("light-own").light(Light::green), Light::green);
  EXPECT_EQ(with("light-one-before").light(Light::red), Light::amber);
  EXPECT_EQ(with("light-one-before").light(Light::green), Light::red) << "before the first is none";
}

TEST(GeneratedMutants, OfAValueAreNoneWhatItIsGivenAndTheOneBefore) {
  EXPECT_THAT(hows_of("ballot"), ElementsAre("none", "own-1", "own-2", "one-before"));
  const Book book{.promised = {4, {0}}, .vote = {{3, {1}}, {7}}};
  const Ballot heard{5, {1}};
  EXPECT_EQ(with("ballot-none").ballot(book, heard), Ballot());
  EXPECT_EQ(with("ballot-own-1").ballot(book, heard), book.promised);
  EXPECT_EQ(with("ballot-own-2").ballot(book, heard), heard);
  EXPECT_EQ(with("ballot-one-before").ballot(book, heard), (Ballot{5, {2}}));
  EXPECT_THAT(hows_of("share"), ElementsAre("none", "own", "one-before"));
  EXPECT_EQ(with("share-one-before").share(8), 3U);
  EXPECT_EQ(with("share-one-before").share(0), 0U);
}

TEST(GeneratedMutants, OfARecordAreNoneAndTheOneThatItWas) {
  EXPECT_THAT(hows_of("book"), ElementsAre("none", "own"));
  const Book book{.promised = {4, {0}}, .vote = {{3, {1}}, {7}}};
  EXPECT_EQ(with("book-none").book(book, {9, {0}}), Book());
  EXPECT_EQ(with("book-own").book(book, {9, {0}}), book);
}

TEST(GeneratedMutants, OfARuleThatChangesWhatItIsGivenLeaveItOrEmptyIt) {
  EXPECT_THAT(hows_of("hear"), ElementsAre("unchanged", "none"));
  std::vector<int> heard = {1};
  with("hear-unchanged").hear(heard, 2);
  EXPECT_THAT(heard, ElementsAre(1));
  with("hear-none").hear(heard, 2);
  EXPECT_THAT(heard, ElementsAre());
}

TEST(GeneratedMutants, ReplaceOneRuleAndNoOther) {
  const Rules rules = with("may_pass-always-yes");
  EXPECT_NE(rules.may_pass, Rules{}.may_pass);
  EXPECT_EQ(rules.count, Rules{}.count);
  EXPECT_EQ(rules.hear, Rules{}.hear);
}

TEST(GeneratedMutants, SayWhatTheyAnswer) {
  const auto about = [](std::string_view slug) {
    for (const Mutant<RulesAlone>& mutant : generated_mutants_of<RulesAlone>()) {
      if (mutant.text.slug == slug) {
        return std::string(mutant.text.about);
      }
    }
    return std::string();
  };
  EXPECT_EQ(about("rules_alone.ballot-own-1"),
            "ballot answers what it is given as promised of argument 1");
  EXPECT_EQ(about("rules_alone.ballot-own-2"), "ballot answers what it is given as argument 2");
  EXPECT_EQ(about("rules_alone.light-always-red"), "light answers red, whatever it is asked");
}

TEST(GeneratedMutants, AreNoneWhereThereIsNoTableOfRules) {
  EXPECT_TRUE(generated_mutants_of<NoRules>().empty());
}

// ---- Ours ---------------------------------------------------------------------------------------

/// Has each rule of the table a mutant that begins so?
template <class Table>
void expect_mutants_of_each_rule(std::string_view protocol, const std::string& begin) {
  const std::vector<MutantText> mutants = protocol_named(protocol).generated_mutants();
  std::size_t rules = 0;
  Table::entries([&](std::string_view rule, auto) {
    ++rules;
    const std::string slug = begin + std::string(rule) + "-";
    EXPECT_TRUE(std::ranges::any_of(mutants, [&](const MutantText& mutant) {
      return mutant.slug.starts_with(slug);
    })) << slug;
  });
  EXPECT_GT(rules, 0U);
}

TEST(GeneratedMutants, AreThereForEveryRuleOfEveryProtocol) {
  expect_mutants_of_each_rule<paxos::Rules>("paxos", "paxos.");
  expect_mutants_of_each_rule<two_phase_commit::Rules>("two_phase_commit", "two_phase_commit.");
  expect_mutants_of_each_rule<three_phase_commit::Rules>("three_phase_commit",
                                                         "three_phase_commit.");
  expect_mutants_of_each_rule<paxos_commit::Rules>("paxos_commit", "paxos_commit.");
  expect_mutants_of_each_rule<paxos::Rules>("paxos_commit", "paxos_commit.paxos.");
}

TEST(GeneratedMutants, HaveNamesOfTheirOwnAndAreNoneOfThePlantedBugs) {
  std::set<std::string_view> slugs;
  for (const ProtocolEntry& protocol : protocols()) {
    for (const MutantText& mutant : protocol.mutants()) {
      EXPECT_TRUE(slugs.insert(mutant.slug).second) << mutant.slug;
      EXPECT_NE(mutant.kind, MutantKind::generated) << mutant.slug;
    }
    for (const MutantText& mutant : protocol.generated_mutants()) {
      EXPECT_TRUE(slugs.insert(mutant.slug).second) << mutant.slug;
      EXPECT_EQ(mutant.kind, MutantKind::generated) << mutant.slug;
      EXPECT_EQ(protocol_of_mutant(mutant.slug).text.name, protocol.text.name);
    }
  }
}

}  // namespace
}  // namespace synod
