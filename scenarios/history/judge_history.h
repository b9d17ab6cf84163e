// Whether a history that was read from a file is linearizable; and if not, the smallest part of it
// that cannot be ordered, in words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/format/verdict.h"
#include "scenarios/history/history_file.h"

namespace synod {

/// What there is to see where a history is not linearizable. Operations go by their index in the
/// file's history.
struct Contradiction {
  std::size_t last = 0;               ///< no order is left at its return
  bool is_last_certain = true;        ///< at no return before that was so; false: perhaps at one
  std::string told;                   ///< what it returned
  std::vector<std::string> possible;  ///< what it could have; empty: not known

  /// What the register, or the key, holds after the return of `after`, in every order.
  struct Start {
    std::size_t after = 0;
    std::string state;
    std::size_t operations_before = 0;  ///< of this key, called by then; `after` is one of them
    std::size_t open_before = 0;        ///< of these, had not returned, and may still change it
  };
  std::optional<Start> start;        ///< none: the part begins with the history
  std::vector<std::size_t> bound;    ///< contradict each other; empty: the part is not known
  std::vector<std::size_t> unbound;  ///< may have happened or not, and belong to the picture
  std::size_t others = 0;            ///< of that time, of which it is all the same what they did

  std::optional<std::string> key;       ///< of a store
  std::vector<std::string> other_keys;  ///< of which there is no order either
};

struct HistoryJudgement {
  Verdict verdict = Verdict::inconclusive;
  std::string why;  ///< it is inconclusive
  std::uint64_t steps = 0;
  std::optional<Contradiction> contradiction;
};

/// Told of the steps taken so far; returns false to end the work, and then why.
using OnHistorySteps = std::function<bool(std::uint64_t steps)>;

/// The bound counts the steps of the search of Wing and Gong. What ends first, the bound or
/// `on_steps`, is said in `why`, for the latter as `why_ended()`.
HistoryJudgement judge_history(const HistoryFile& file, std::uint64_t steps_max,
                               const OnHistorySteps& on_steps,
                               const std::function<std::string()>& why_ended);

/// "write 3"; "get", without the key.
std::string asked_text(const HistoryFile& file, std::size_t operation);
/// What it returned; empty where that is nothing, or not known.
std::string told_text(const HistoryFile& file, std::size_t operation);
bool is_finished(const HistoryFile& file, std::size_t operation);
std::uint64_t called_at(const HistoryFile& file, std::size_t operation);
std::uint64_t returned_at(const HistoryFile& file, std::size_t operation);
/// How many of each.
struct HistoryCounts {
  std::size_t finished = 0;
  std::size_t unfinished = 0;
  std::size_t clients = 0;
  std::size_t keys = 0;  ///< 0: one register
};
HistoryCounts counts_of(const HistoryFile& file);

}  // namespace synod
