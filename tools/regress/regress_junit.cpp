#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <new>
#include <pugixml.hpp>
#include <string>

#include "scenarios/words/safe_text.h"
#include "tools/regress/regress_report.h"
#include "tools/support/program_name.h"

namespace synod {
namespace {

void set(pugi::xml_node node, const char* name, const std::string& text) {
  node.append_attribute(name) = on_one_line(text).c_str();
}
void set_seconds(pugi::xml_node node, double seconds) {
  set(node, "time", fmt::format("{:.3f}", seconds));
}

struct Text final : pugi::xml_writer {
  std::string text;
  void write(const void* data, std::size_t size) override {
    text.append(static_cast<const char*>(data), size);
  }
};

/// What came of a replay just now.
std::string told(std::string_view what, const Trace& trace, const ReplayReport& report) {
  const std::string& evidence =
      report.verdict == Verdict::violated ? report.finding.text : report.inconclusive;
  return fmt::format("{}: {}{}{}{}{}; {} of {} steps apply", what, to_text(report.verdict),
                     report.finding.property.empty() ? "" : " ", report.finding.property,
                     evidence.empty() ? "" : ": ", evidence, report.steps_applied,
                     trace.steps.size());
}

/// A line for each replay, and the command that shows it.
std::string details(const JudgedFile& one, const std::string& command) {
  const Regression& regression = one.regression;
  const bool has_mutants = regression.correct.has_value();
  std::string text = on_one_line(told(has_mutants ? "with the planted bug" : "replayed",
                                      one.kept.trace, regression.as_kept.report));
  if (has_mutants) {
    text += "\n" + on_one_line(
                       told("without the planted bug", one.kept.trace, regression.correct->report));
  }
  return text + "\n" + command;
}

void append_problem(pugi::xml_node test, const char* kind, std::string_view type,
                    const std::string& message, const std::string& text) {
  pugi::xml_node problem = test.append_child(kind);
  set(problem, "type", std::string(type));
  set(problem, "message", message);
  problem.text().set(text.c_str());
}

void append_case(pugi::xml_node suite, const RegressSummary& summary, const JudgedFile& one) {
  const bool is_judged = one.error.empty();
  pugi::xml_node test = suite.append_child("testcase");
  set(test, "classname", is_judged ? "synod." + one.kept.trace.protocol : "synod");
  set(test, "name", std::filesystem::path(one.file).stem().string());
  set(test, "file", one.file);
  set_seconds(test, one.seconds);
  const Regression& regression = one.regression;
  if (!is_judged) {
    append_problem(test, "error", "bad input", one.error, on_one_line(one.error));
  } else if (regression.verdict != Verdict::holds) {
    append_problem(test, regression.verdict == Verdict::violated ? "failure" : "error",
                   to_text(regression.verdict), regression.why,
                   details(one, command_to_show(summary, regression)));
  }
}

void append_empty_folder(pugi::xml_node suite, const std::string& folder) {
  pugi::xml_node test = suite.append_child("testcase");
  set(test, "classname", "synod");
  set(test, "name", folder);
  const std::string why = "there is no trace to replay";
  append_problem(test, "error", to_text(Verdict::inconclusive), why, why);
}

std::size_t count_failures(const RegressSummary& summary) {
  return static_cast<std::size_t>(
      std::count_if(summary.files.begin(), summary.files.end(), [](const JudgedFile& one) {
        return one.error.empty() && one.regression.verdict == Verdict::violated;
      }));
}
std::size_t count_errors(const RegressSummary& summary) {
  return static_cast<std::size_t>(std::count_if(
             summary.files.begin(), summary.files.end(),
             [](const JudgedFile& one) {
               return !one.error.empty() || one.regression.verdict == Verdict::inconclusive;
             })) +
         (summary.files.empty() ? 1 : 0);
}

}  // namespace

std::string regress_junit(const RegressSummary& summary) {
  double seconds = 0;
  for (const JudgedFile& one : summary.files) {
    seconds += one.seconds;
  }
  // It takes refused memory for nothing to add, and would leave out what it had no room for.
  pugi::set_memory_management_functions([](std::size_t size) { return ::operator new(size); },
                                        [](void* memory) { ::operator delete(memory); });
  pugi::xml_document document;
  pugi::xml_node suites = document.append_child("testsuites");
  pugi::xml_node suite = suites.append_child("testsuite");
  for (pugi::xml_node node : {suites, suite}) {
    set(node, "name", fmt::format("{} regress", program_name()));
    set(node, "tests", std::to_string(std::max<std::size_t>(summary.files.size(), 1)));
    set(node, "failures", std::to_string(count_failures(summary)));
    set(node, "errors", std::to_string(count_errors(summary)));
    set_seconds(node, seconds);
  }
  for (const JudgedFile& one : summary.files) {
    append_case(suite, summary, one);
  }
  if (summary.files.empty()) {
    append_empty_folder(suite, summary.folder);
  }
  Text text;
  document.save(text, "  ");
  return text.text;
}

}  // namespace synod
