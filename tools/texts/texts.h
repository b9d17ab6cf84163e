// The two texts, run to the letter: what is in scenarios/texts/texts.h, taken at its word.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/texts/texts.h"
#include "tools/long_work/shared_runs.h"

namespace synod {

/// What came of an experiment.
struct ExperimentResult {
  /// `unsafe` or `not_live` by the first run that breaks something that can be seen from outside;
  /// `safe` when none did. That a rule is broken on which a protocol rests is not enough.
  TextVerdict verdict = TextVerdict::safe;
  std::uint64_t runs = 0;  ///< until then; the seeds are 1, 2, …; 0 for steps
  std::string property;    ///< that is broken, but with `safe`
  std::string finding;     ///< the evidence, but with `safe`
  bool is_outside_fault_model = false;
  /// The steps of a scenario came to what it expects; true of all else.
  bool is_as_expected = true;
};

/// Runs until something is broken, `runs_max` at most. Throws Stopped when `runs` are stopped.
ExperimentResult measure(const Experiment& experiment, std::uint64_t runs_max, SharedRuns& runs);

struct SentenceResult {
  const TextSentence* sentence = nullptr;
  std::vector<ExperimentResult> experiments;  ///< in the sentence's order
};

/// Every experiment came to what is said of it.
bool is_as_said(const SentenceResult& result);

/// All sentences, on so many threads, which change nothing in what comes of it. Throws Stopped when
/// it was stopped.
std::vector<SentenceResult> measure_texts(std::uint64_t runs_max, unsigned jobs,
                                          const OnRuns& on_runs = {});

/// For a terminal; for a page of Markdown; for machines. `program` is as commands call it.
std::string texts_text(const std::vector<SentenceResult>& results, const std::string& program);
std::string texts_markdown(const std::vector<SentenceResult>& results, const std::string& command);
std::string texts_json(const std::vector<SentenceResult>& results, const std::string& program);

}  // namespace synod
