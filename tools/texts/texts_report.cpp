#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scenarios/run/runner.h"
#include "scenarios/words/safe_text.h"
#include "tools/support/print.h"
#include "tools/support/table.h"
#include "tools/texts/texts.h"

namespace synod {
namespace {

std::string_view title_of(std::string_view text) {
  return text == "PE" ? "Paxos in Plain English" : "Neat Algorithms: Paxos";
}

std::string_view name_of(const Experiment& experiment) {
  return experiment.mutant.empty() ? experiment.scenario : experiment.mutant;
}

/// "UNSAFE, outside the fault model", "SAFE"
std::string verdict_text(const ExperimentResult& result) {
  return fmt::format("{}{}{}", to_text(result.verdict),
                     result.is_outside_fault_model ? ", outside the fault model" : "",
                     result.is_as_expected ? "" : ", which is not what the scenario expects");
}

/// "agreement, run 17", "nothing in 20,000 runs", "as the scenario says"
std::string evidence_text(const Experiment& experiment, const ExperimentResult& result) {
  if (experiment.mutant.empty()) {
    return result.property.empty() ? "the scenario holds" : result.property;
  }
  return result.property.empty() ? fmt::format("nothing in {}", counted(result.runs, "run"))
                                 : fmt::format("{}, run {}", result.property, grouped(result.runs));
}

/// What shows it, step by step; where there is nothing to show, what looks for it in vain.
std::string command_for(const Experiment& experiment, const ExperimentResult& result,
                        const std::string& program) {
  std::string what = experiment.scenario.empty()
                         ? std::string()
                         : fmt::format(" --scenario {}", experiment.scenario);
  if (experiment.mutant.empty()) {
    return fmt::format("{} run{} --log", program, what);
  }
  if (!experiment.is_progress_judged) {
    return fmt::format("{} texts --seeds {}", program, result.runs);
  }
  what += fmt::format(" --mutant {}", experiment.mutant);
  return result.property.empty() ? fmt::format("{} fuzz{} --seeds {}", program, what, result.runs)
                                 : fmt::format("{} run{} --property {} --seed {} --log", program,
                                               what, result.property, result.runs);
}

/// An experiment and what came of it, for all of a sentence.
template <class Visit>
void for_each_experiment(const SentenceResult& result, Visit visit) {
  for (std::size_t i = 0; i < result.experiments.size(); ++i) {
    visit(result.sentence->experiments[i], result.experiments[i]);
  }
}

std::string overview_markdown(const std::vector<SentenceResult>& results) {
  Table table{.columns = {{""}, {"text"}, {"sentence"}, {"is"}, {"built as written"}, {"comes to"}},
              .rows = {}};
  for (const SentenceResult& result : results) {
    const TextSentence& sentence = *result.sentence;
    bool is_first = true;
    for_each_experiment(result, [&](const Experiment& experiment, const ExperimentResult& came) {
      table.rows.push_back(
          {is_first ? fmt::format("[{0}](#{1})", sentence.number,
                                  static_cast<char>(sentence.number.front() - 'A' + 'a') +
                                      std::string(sentence.number.substr(1)))
                    : "",
           is_first ? std::string(sentence.text) : "",
           is_first ? fmt::format("“{}”", markdown_escaped(sentence.quote)) : "",
           is_first ? std::string(to_text(sentence.verdict)) : "",
           fmt::format("`{}`", name_of(experiment)), verdict_text(came)});
      is_first = false;
    });
  }
  return markdown_text(table);
}

std::string sentence_markdown(const SentenceResult& result) {
  const TextSentence& sentence = *result.sentence;
  std::string text = fmt::format("\n## {}\n\n> {}\n>\n> *{}*\n\n**{}.** {}\n\n", sentence.number,
                                 markdown_escaped(sentence.quote), title_of(sentence.text),
                                 to_text(sentence.verdict), markdown_escaped(sentence.why));
  Table table{.columns = {{"built"}, {"by"}, {"comes to"}, {"by which evidence"}}, .rows = {}};
  std::string commands;
  for_each_experiment(result, [&](const Experiment& experiment, const ExperimentResult& came) {
    const std::string finding =
        came.finding.empty() ? "" : fmt::format(": {}", markdown_escaped(came.finding));
    table.rows.push_back({std::string(experiment.what), fmt::format("`{}`", name_of(experiment)),
                          verdict_text(came),
                          markdown_escaped(evidence_text(experiment, came)) + finding});
    commands += command_for(experiment, came, "synod") + "\n";
  });
  return text + markdown_text(table) +
         fmt::format("\n```sh\n{}```\n\nRight is: {} *({})*\n", commands,
                     markdown_escaped(sentence.rule), markdown_escaped(sentence.source));
}

}  // namespace

std::string texts_text(const std::vector<SentenceResult>& results, const std::string& program) {
  std::string text;
  for (const SentenceResult& result : results) {
    const TextSentence& sentence = *result.sentence;
    text += fmt::format("{:<4} {:<11} {}: “{}”\n", sentence.number, to_text(sentence.verdict),
                        title_of(sentence.text), sentence.quote);
    for_each_experiment(result, [&](const Experiment& experiment, const ExperimentResult& came) {
      text += fmt::format("     {:<28} {}: {}\n", name_of(experiment), verdict_text(came),
                          evidence_text(experiment, came));
      text += fmt::format("       {}\n", command_for(experiment, came, program));
    });
    text += fmt::format("     right is: {} ({})\n", sentence.rule, sentence.source);
    text += is_as_said(result) ? "" : "     but that is not what is said to come of it\n";
  }
  return text;
}

std::string texts_markdown(const std::vector<SentenceResult>& results, const std::string& command) {
  std::string text = fmt::format(
      "# The two texts, run to the letter\n\n"
      "Written by {}.\n\n"
      "PE is *Paxos in Plain English*, HB is H. Brundage, *Neat Algorithms: Paxos*. Both are good\n"
      "introductions. Here are the sentences in which they differ from the algorithms, each built\n"
      "as it stands, and what came of it. Where no scenario is named, everything is drawn from "
      "the\n"
      "seed; the number of a run is its seed, for the first is 1.\n\n"
      "- UNSAFE: two values are chosen or decided, or a client is told what is not so.\n"
      "- NON-LIVE: nothing wrong is ever said, but somebody waits for ever in a healed world.\n"
      "- SAFE: it differs from the rule, and no run came to harm.\n"
      "- MISLEADING: it can be built only as something else, or not at all; correct runs refute "
      "it.\n"
      "- RIGHT: it is so.\n\n"
      "Only harm counts, not the breach of a rule that others rest on: the commands look for one\n"
      "property. `synod run` without `--property` stops at the first rule that is broken, which "
      "is\n"
      "earlier. What happens outside the fault model of a protocol is called that.\n\n",
      code_for_markdown(command));
  text += overview_markdown(results);
  for (const SentenceResult& result : results) {
    text += sentence_markdown(result);
  }
  return text;
}

std::string texts_json(const std::vector<SentenceResult>& results, const std::string& program) {
  auto list = nlohmann::ordered_json::array();
  for (const SentenceResult& result : results) {
    const TextSentence& sentence = *result.sentence;
    auto experiments = nlohmann::ordered_json::array();
    for_each_experiment(result, [&](const Experiment& experiment, const ExperimentResult& came) {
      experiments.push_back({{"what", experiment.what},
                             {"mutant", experiment.mutant},
                             {"scenario", experiment.scenario},
                             {"said", to_text(experiment.verdict)},
                             {"verdict", to_text(came.verdict)},
                             {"outside_fault_model", came.is_outside_fault_model},
                             {"runs", came.runs},
                             {"property", came.property},
                             {"finding", came.finding},
                             {"command", command_for(experiment, came, program)}});
    });
    list.push_back({{"number", sentence.number},
                    {"text", title_of(sentence.text)},
                    {"quote", sentence.quote},
                    {"verdict", to_text(sentence.verdict)},
                    {"is_as_said", is_as_said(result)},
                    {"why", sentence.why},
                    {"rule", sentence.rule},
                    {"source", sentence.source},
                    {"experiments", experiments}});
  }
  return format_json(list) + "\n";
}

}  // namespace synod
