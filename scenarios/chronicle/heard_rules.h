// What a node asks the rules of its protocol while it takes one input, and what they answer. Two
// nodes in one state that take one input part where one rule answers the same question otherwise:
// there the planted bug is at work.
//
// Rules are plain functions, which know nothing of who listens: each entry of the table is replaced
// by one that hands the question on to the listener of this thread.
#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/atomic_commit.h"
#include "core/quorum.h"
#include "core/rule_tables.h"
#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/words/field_texts.h"

namespace synod {

namespace detail {

/// How deep in rules this thread is. What a rule asks others is its own business.
inline thread_local int rule_depth = 0;

}  // namespace detail

template <NamedRules Rules>
struct Hearing {
  const Rules& rules;
  std::vector<HeardRule>& heard;
};

template <NamedRules Rules>
class RuleListener {
  static_assert(are_all_named<Rules>(),
                "a rule that was added to a table belongs among its entries, too");

 public:
  /// What it is given must outlive it. One at a time in a thread.
  explicit RuleListener(Hearing<Rules> hearing) : rules_(hearing.rules), heard_(hearing.heard) {
    listening = this;
  }
  RuleListener(const RuleListener&) = delete;
  RuleListener& operator=(const RuleListener&) = delete;
  ~RuleListener() { listening = nullptr; }

  /// A table that asks the rules, and has the listener hear of it.
  static Rules table() {
    Rules table;
    Rules::entries([&](std::string_view, auto entry) {
      using Entry = decltype(entry);
      table.*Entry::member =
          &Asked<Entry, std::remove_cvref_t<decltype(table.*Entry::member)>>::ask;
    });
    return table;
  }

 private:
  template <class T>
  static FieldTexts texts_of(const T& value) {
    if constexpr (std::is_same_v<T, Transaction>) {
      return {{"participants", to_text(value.participants)}};
    } else if constexpr (std::is_same_v<T, Decision>) {
      return {{"", value == Decision::none ? "no decision" : std::string(to_text(value))}};
    } else if constexpr (std::is_same_v<T, QuorumSystem> || NamedRules<T>) {
      return {};  // what is planted may be here: the question is the same for both
    } else {
      return field_texts(value);
    }
  }

  template <class Entry, class Function>
  struct Asked;
  template <class Entry, class Answer, class... Given>
  struct Asked<Entry, Answer (*)(Given...)> {
    static Answer ask(Given... given) {
      HeardRule heard{Rules::protocol, name(), {texts_of(given)...}, {}};
      const auto rule = listening->rules_.*Entry::member;
      ++detail::rule_depth;
      if constexpr (std::is_void_v<Answer>) {  // it changes the first that it is given
        rule(given...);
        note(std::move(heard), texts_of_first(given...));
      } else {
        const Answer answer = rule(given...);
        note(std::move(heard), texts_of(answer));
        return answer;
      }
    }
    static void note(HeardRule heard, FieldTexts answer) {
      if (--detail::rule_depth == 0) {
        heard.answer = std::move(answer);
        listening->heard_.push_back(std::move(heard));
      }
    }
    template <class First, class... Rest>
    static FieldTexts texts_of_first(const First& first, const Rest&... /*rest*/) {
      return texts_of(first);
    }
    static std::string_view name() {
      std::string_view found;
      Rules::entries([&](std::string_view name, auto entry) {
        if (std::is_same_v<decltype(entry), Entry>) {
          found = name;
        }
      });
      return found;
    }
  };

  static inline thread_local RuleListener* listening = nullptr;

  const Rules& rules_;
  std::vector<HeardRule>& heard_;
};

/// What is asked of the rules of `config` while `run` uses a configuration like it.
template <class Config, class Run>
std::vector<HeardRule> heard(const Config& config, Run run) {
  std::vector<HeardRule> all;
  Config asking = config;
  with_rules_of(asking, []<class... Tables>(Tables&... tables) {
    ((tables = RuleListener<Tables>::table()), ...);
  });
  with_rules_of(config, [&]<class... Tables>(const Tables&... tables) {
    [[maybe_unused]] const std::tuple<RuleListener<Tables>...> listeners(
        Hearing<Tables>{tables, all}...);
    run(asking);
  });
  return all;
}

}  // namespace synod
