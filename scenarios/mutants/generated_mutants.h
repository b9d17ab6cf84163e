// Generated mutants: of every rule in the tables that a protocol's nodes ask, each wrong answer
// that follows from its type (wrong_answers.h). Nobody chose them, so what a campaign does not find
// of them shows what the campaign lacks. A protocol from outside has them, too, as soon as its
// configuration has a table of rules whose entries are named (core/rule_entry.h).
//
// They are called PROTOCOL.RULE-HOW: `paxos.may_promise-always-yes`. Where nodes ask tables of
// another protocol, those of the Paxos instances in Paxos Commit, whose table it is stands between:
// `paxos_commit.paxos.may_promise-always-yes`.
#pragma once

#include <fmt/format.h>

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/rule_tables.h"
#include "scenarios/mutants/mutant.h"
#include "scenarios/mutants/wrong_answers.h"

namespace synod {

template <class P>
class GeneratedMutants {
 public:
  using Config = typename P::Config;

  GeneratedMutants() {
    using Tables = decltype(with_rules_of(std::declval<Config&>(), [](auto&... tables) {
      return std::type_identity<std::tuple<std::remove_cvref_t<decltype(tables)>...>>{};
    }));
    add_tables(Tables{});
  }
  GeneratedMutants(const GeneratedMutants&) = delete;
  GeneratedMutants& operator=(const GeneratedMutants&) = delete;

  /// In the order of the tables.
  [[nodiscard]] std::span<const Mutant<P>> all() const { return mutants_; }

 private:
  template <class... Tables>
  void add_tables(std::type_identity<std::tuple<Tables...>> /*tables*/) {
    (add_table<Tables>(), ...);
  }
  template <NamedRules Table>
  void add_table() {
    static_assert(are_all_named<Table>(),
                  "a rule that was added to a table belongs among its entries, too");
    Table::entries([this]<class Entry>(std::string_view rule, Entry) {
      WrongAnswers<Table, Entry::member>::each(
          [&]<auto wrong>(std::string_view how, std::string_view about) {
            add<Table, Entry::member, wrong>(rule, how, about);
          });
    });
  }

  template <class Table, auto Member, auto wrong>
  void add(std::string_view rule, std::string_view how, std::string_view about) {
    const std::string_view whose = Table::protocol;
    const std::string table = whose == P::name ? "" : fmt::format("{}.", whose);
    Mutant<P>& mutant = mutants_.emplace_back();
    mutant.text.slug = keep(fmt::format("{}.{}{}-{}", P::name, table, rule, how));
    mutant.text.about = keep(fmt::format("{} {}", rule, about));
    mutant.text.source = "the type of the rule";
    mutant.text.faults = unknown;
    mutant.text.property = unknown;
    mutant.text.cluster = unknown;
    mutant.text.kind = MutantKind::generated;
    mutant.plant = &plant<Table, Member, wrong>;
  }
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  template <class Table, auto Member, auto wrong>
  static void plant(Config& config) {
    with_rules_of(config, []<class... Tables>(Tables&... tables) {
      const auto plant_in = []<class One>(One& table) {
        if constexpr (std::is_same_v<One, Table>) {
          table.*Member = wrong;
        }
      };
      (plant_in(tables), ...);
    });
  }

  static constexpr std::string_view unknown = "unknown";

  std::deque<std::string> texts_;  ///< what is said of them: where each is, it stays
  std::vector<Mutant<P>> mutants_;
};

/// Those of one protocol. Made when they are first asked for.
template <class P>
std::span<const Mutant<P>> generated_mutants_of() {
  static const GeneratedMutants<P> generated;
  return generated.all();
}

}  // namespace synod
