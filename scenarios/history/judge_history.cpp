#include "scenarios/history/judge_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "properties/any/linearizability.h"
#include "properties/any/object_watch.h"
#include "properties/any/smallest_part.h"

namespace synod {
namespace {

/// Some milliseconds' work.
constexpr std::uint64_t steps_at_once = 20'000;
/// What the search may remember.
constexpr std::size_t bytes_max = std::size_t{1} << 30U;
/// For each part of which it is asked whether it has an order.
constexpr std::uint64_t halving_steps_max = 5'000'000;
/// On line, of one event, before another way is taken.
constexpr std::uint64_t event_work_max = 100'000;

/// One key's operations, by their indices in the file.
template <SequentialSpecification S>
struct KeyHistory {
  KeyOf<S> key;
  std::vector<std::size_t> operations;
  History<S> history;
};

template <SequentialSpecification S>
class HistoryJudge {
 public:
  HistoryJudge(const History<S>& history, std::uint64_t steps_max, const OnHistorySteps& on_steps)
      : steps_max_(steps_max), on_steps_(on_steps) {
    for (auto& [key, operations] : by_key<S>(history)) {
      History<S> part = part_of<S>(history, operations);
      keys_.push_back({key, std::move(operations), std::move(part)});
    }
  }

  /// Returns false where `on_steps` ends it; what is known by then is in `judgement`.
  [[nodiscard]] bool try_judge(HistoryJudgement& judgement) {
    std::vector<const KeyHistory<S>*> violated;
    std::size_t undecided = 0;
    for (const KeyHistory<S>& key : keys_) {
      const Linearizability verdict = judge_key(key, judgement);
      if (is_ended_) {
        return false;
      }
      if (verdict == Linearizability::not_linearizable) {
        violated.push_back(&key);
        judgement.verdict = Verdict::violated;
      } else if (verdict == Linearizability::inconclusive) {
        ++undecided;
      }
    }
    if (!violated.empty()) {
      explain(violated, judgement);
    } else if (undecided == 0) {
      judgement.verdict = Verdict::holds;
    }
    return !is_ended_;
  }

 private:
  /// Returns false where the work is to end: once so, always.
  bool may_go_on(const HistoryJudgement& judgement) {
    is_ended_ = is_ended_ || !on_steps_(judgement.steps);
    return !is_ended_;
  }

  /// Each of the two algorithms is quick where the other is not. Means nothing where it is ended.
  Linearizability judge_key(const KeyHistory<S>& key, HistoryJudgement& judgement) {
    LinearizationSearch<S> search(key.history);
    const std::size_t bytes_each = key.history.size() / 8 + 64;
    bool is_over = false;
    while (!is_over && judgement.steps < steps_max_ &&
           search.remembered() * bytes_each < bytes_max) {
      const std::uint64_t before = search.steps();
      is_over = search.go_on(std::min(steps_at_once, steps_max_ - judgement.steps));
      judgement.steps += search.steps() - before;
      if (!may_go_on(judgement)) {
        return Linearizability::inconclusive;
      }
    }
    if (is_over) {
      return search.verdict();
    }
    if (judgement.why.empty()) {
      judgement.why = judgement.steps >= steps_max_
                          ? fmt::format("the budget of {} steps was used up", steps_max_)
                          : fmt::format("the search came to {} MiB of memory", bytes_max >> 20U);
    }
    ObjectWatch<S, std::size_t> watch;
    for (const HistoryEvent& event : events_of<S>(key.history)) {
      take_event(watch, key.history, event);
      if (!may_go_on(judgement)) {
        break;
      }
    }
    return watch.verdict();
  }
  static void take_event(ObjectWatch<S, std::size_t>& watch, const History<S>& history,
                         const HistoryEvent& event) {
    const ClientOperation<S>& operation = history[event.operation];
    if (event.is_return) {
      watch.returned(event.operation, *operation.result, event_work_max);
      return;
    }
    watch.call(event.operation, operation.operation);
    if (!operation.is_finished()) {
      watch.gave_up(event.operation, event_work_max);
    }
  }

  // ---- What there is to see ---------------------------------------------------------------------

  /// One violated key, and where it first became impossible.
  struct Violated {
    const KeyHistory<S>* key = nullptr;
    std::size_t last = 0;  ///< in the key's history
    std::uint64_t at = 0;  ///< the instant
    bool is_certain = true;
  };

  void explain(const std::vector<const KeyHistory<S>*>& violated, HistoryJudgement& judgement) {
    std::vector<Violated> found;
    found.reserve(violated.size());
    for (const KeyHistory<S>* key : violated) {
      found.push_back(find_last(*key, judgement));
      if (is_ended_) {
        return;
      }
    }
    const Violated& first = *std::ranges::min_element(found, {}, &Violated::at);
    Contradiction& shown = judgement.contradiction.emplace();
    show(first, shown);
    for (const Violated& other : found) {
      if (other.key != first.key) {
        if constexpr (HasKeys<S>) {
          shown.other_keys.push_back(other.key->key);
        }
      }
    }
    if (may_go_on(judgement)) {
      show_part(first, shown, judgement);
    }
  }

  /// On line, if that can be; else by halving: a part up to some event has an order if every longer
  /// one has.
  Violated find_last(const KeyHistory<S>& key, HistoryJudgement& judgement) {
    Violated found{&key};
    const auto last = search_part(key, judgement).find_last();
    found.last = last ? *last : find_last_by_halving(key, judgement, found.is_certain);
    found.at = key.history[found.last].returned_at;
    return found;
  }
  [[nodiscard]] SmallestPartSearch<S> search_part(const KeyHistory<S>& key,
                                                  const HistoryJudgement& judgement,
                                                  std::uint64_t bound = event_work_max) {
    return SmallestPartSearch<S>(key.history, bound, [&] { return may_go_on(judgement); });
  }
  std::size_t find_last_by_halving(const KeyHistory<S>& key, HistoryJudgement& judgement,
                                   bool& is_certain) {
    std::vector<HistoryEvent> returns = events_of<S>(key.history);
    std::erase_if(returns, [](const HistoryEvent& event) { return !event.is_return; });
    std::size_t possible = 0;  // so many returns have an order
    std::size_t impossible = returns.size();
    while (impossible - possible > 1 && !is_ended_) {
      const std::size_t middle = possible + (impossible - possible) / 2;
      const Linearizability verdict = judge_until(key.history, returns[middle - 1], judgement);
      (verdict == Linearizability::not_linearizable ? impossible : possible) = middle;
      is_certain = is_certain && verdict != Linearizability::inconclusive;
    }
    return returns[impossible - 1].operation;
  }
  Linearizability judge_until(const History<S>& history, const HistoryEvent& last,
                              HistoryJudgement& judgement) {
    History<S> part;
    for (ClientOperation<S> operation : history) {
      const bool is_before_last = operation.called_at <= last.at;
      if (operation.is_finished() &&
          HistoryEvent{operation.returned_at, true, static_cast<std::size_t>(part.size())} > last) {
        operation.result.reset();
        operation.returned_at = never;
      }
      if (is_before_last) {
        part.push_back(std::move(operation));
      }
    }
    LinearizationSearch<S> search(part);
    while (search.steps() < halving_steps_max && !search.go_on(steps_at_once) &&
           may_go_on(judgement)) {
    }
    judgement.steps += search.steps();
    return search.verdict();
  }

  static void show(const Violated& violated, Contradiction& shown) {
    const ClientOperation<S>& last = violated.key->history[violated.last];
    shown.last = violated.key->operations[violated.last];
    shown.is_last_certain = violated.is_certain;
    shown.told = text_of<S>(last.operation, *last.result);
    if constexpr (HasKeys<S>) {
      shown.key = violated.key->key;
    }
  }
  void show_part(const Violated& violated, Contradiction& shown,
                 const HistoryJudgement& judgement) {
    const KeyHistory<S>& key = *violated.key;
    SmallestPartSearch<S> on_line = search_part(key, judgement);
    SmallestPartSearch<S> looking_ahead = search_part(key, judgement, 4 * event_work_max);
    const bool is_found = on_line.find_last().has_value();
    if (is_ended_ || (!is_found && !looking_ahead.find_last(violated.last))) {
      return;
    }
    SmallestPartSearch<S>& search = is_found ? on_line : looking_ahead;
    const auto found = search.find_part();
    if (!found) {
      return;
    }
    const SmallestPart<S>& part = *found;
    shown.possible.reserve(part.possible.size());
    for (const auto& result : part.possible) {
      shown.possible.push_back(text_of<S>(key.history[part.last].operation, result));
    }
    const auto in_file = [&](const std::vector<std::size_t>& operations) {
      std::vector<std::size_t> indices;
      indices.reserve(operations.size());
      for (const std::size_t operation : operations) {
        indices.push_back(key.operations[operation]);
      }
      return indices;
    };
    shown.bound = in_file(part.bound);
    shown.unbound = in_file(part.unbound);
    shown.others = part.others;
    if (part.start) {
      shown.start = {key.operations[part.start->after], text_of_state<S>(part.start->state),
                     part.start->operations_before, part.start->open_before};
    }
  }

  const std::uint64_t steps_max_;
  const OnHistorySteps& on_steps_;
  bool is_ended_ = false;
  std::vector<KeyHistory<S>> keys_;
};

}  // namespace

HistoryJudgement judge_history(const HistoryFile& file, std::uint64_t steps_max,
                               const OnHistorySteps& on_steps,
                               const std::function<std::string()>& why_ended) {
  HistoryJudgement judgement;
  if (counts_of(file).finished == 0) {
    judgement.why = "no operation returned: there is nothing to judge";
    return judgement;
  }
  const bool is_done = std::visit(
      [&]<class S>(const std::vector<ClientOperation<S>>& history) {
        return HistoryJudge<S>(history, steps_max, on_steps).try_judge(judgement);
      },
      file.history);
  if (!is_done) {
    judgement.why = why_ended();
  }
  if (judgement.verdict != Verdict::inconclusive) {
    judgement.why.clear();
  }
  return judgement;
}

std::string asked_text(const HistoryFile& file, std::size_t operation) {
  return std::visit(
      [&]<class S>(const std::vector<ClientOperation<S>>& history) {
        return text_of<S>(history[operation].operation);
      },
      file.history);
}
std::string told_text(const HistoryFile& file, std::size_t operation) {
  return std::visit(
      [&]<class S>(const std::vector<ClientOperation<S>>& history) {
        const ClientOperation<S>& one = history[operation];
        return one.is_finished() ? text_of<S>(one.operation, *one.result) : std::string();
      },
      file.history);
}
bool is_finished(const HistoryFile& file, std::size_t operation) {
  return std::visit([&](const auto& history) { return history[operation].is_finished(); },
                    file.history);
}
std::uint64_t called_at(const HistoryFile& file, std::size_t operation) {
  return std::visit([&](const auto& history) { return history[operation].called_at; },
                    file.history);
}
std::uint64_t returned_at(const HistoryFile& file, std::size_t operation) {
  return std::visit([&](const auto& history) { return history[operation].returned_at; },
                    file.history);
}

HistoryCounts counts_of(const HistoryFile& file) {
  HistoryCounts counts;
  std::visit(
      [&]<class S>(const std::vector<ClientOperation<S>>& history) {
        std::set<std::uint32_t> clients;
        for (const ClientOperation<S>& operation : history) {
          ++(operation.is_finished() ? counts.finished : counts.unfinished);
          clients.insert(operation.client);
        }
        counts.clients = clients.size();
        counts.keys = HasKeys<S> ? by_key<S>(history).size() : 0;
      },
      file.history);
  return counts;
}

}  // namespace synod
