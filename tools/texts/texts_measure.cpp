#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "scenarios/library/library.h"
#include "scenarios/run/runner.h"
#include "tools/long_work/workers.h"
#include "tools/texts/texts.h"

namespace synod {
namespace {

/// What the proofs of Paxos rest on. Who breaks one of these need not do harm by it, as the
/// controls show, and the harm is what is looked for here.
constexpr std::array<std::string_view, 6> means = {"promises_kept",          "truthful_promise",
                                                   "durable_before_visible", "one_value_per_ballot",
                                                   "ballots_rise",           "proposals_safe"};

TextVerdict verdict_on(std::string_view property) {
  return property == "progress" || property == "termination" ? TextVerdict::not_live
                                                             : TextVerdict::unsafe;
}

ExperimentResult replay_scenario(const Experiment& experiment) {
  const Trace trace = load_scenario(std::string(experiment.scenario));
  RunChoices choices;
  choices.protocol = trace.protocol;
  choices.mutants = trace.mutants;
  const ReplayReport report = make_runner(choices)->replay(trace, nullptr);
  ExperimentResult result;
  result.is_as_expected = trace.expect && report.verdict == trace.expect->verdict &&
                          report.finding.property == trace.expect->property;
  if (report.verdict == Verdict::violated) {
    result.verdict = verdict_on(report.finding.property);
    result.property = report.finding.property;
    result.finding = report.finding.text;
  }
  return result;
}

}  // namespace

ExperimentResult measure(const Experiment& experiment, std::uint64_t runs_max, SharedRuns& runs) {
  if (experiment.mutant.empty()) {
    return replay_scenario(experiment);
  }
  RunChoices choices;
  if (!experiment.scenario.empty()) {
    choices.scenario = std::make_shared<Trace>(load_scenario(std::string(experiment.scenario)));
  }
  choices.protocol = protocol_of_mutant(experiment.mutant).text.name;
  choices.mutants = {std::string(experiment.mutant)};
  choices.overlooked.assign(means.begin(), means.end());
  if (!experiment.is_progress_judged) {
    choices.overlooked.emplace_back("progress");
  }
  const auto runner = make_runner(choices);
  runs.attend(*runner);
  ExperimentResult result;
  while (result.runs < runs_max) {
    const RunReport run = runner->run(++result.runs);
    runs.count();
    if (run.verdict == Verdict::violated) {
      result.verdict = verdict_on(run.finding.property);
      result.property = run.finding.property;
      result.finding = run.finding.text;
      result.is_outside_fault_model = run.is_outside_fault_model;
      break;
    }
  }
  return result;
}

bool is_as_said(const SentenceResult& result) {
  return std::equal(result.experiments.begin(), result.experiments.end(),
                    result.sentence->experiments.begin(), result.sentence->experiments.end(),
                    [](const ExperimentResult& came, const Experiment& said) {
                      return came.verdict == said.verdict && came.is_as_expected;
                    });
}

std::vector<SentenceResult> measure_texts(std::uint64_t runs_max, unsigned jobs,
                                          const OnRuns& on_runs) {
  std::vector<SentenceResult> results;
  std::vector<std::pair<const Experiment*, ExperimentResult*>> work;
  results.reserve(text_sentences().size());
  for (const TextSentence& sentence : text_sentences()) {
    SentenceResult& result = results.emplace_back();
    result.sentence = &sentence;
    result.experiments.resize(sentence.experiments.size());
    for (std::size_t i = 0; i < sentence.experiments.size(); ++i) {
      work.emplace_back(&sentence.experiments[i], &result.experiments[i]);
    }
  }
  SharedRuns runs(on_runs);
  share_work(
      work.size(), jobs,
      [&](std::size_t i) { *work[i].second = measure(*work[i].first, runs_max, runs); },
      [&] { runs.tell(); });
  return results;
}

}  // namespace synod
