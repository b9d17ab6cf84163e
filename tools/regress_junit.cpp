#include <algorithm>
#include <filesystem>
#include <pugixml.hpp>
#include <string>

#include "tools/regress_report.h"

namespace synod {
namespace {

/// XML has no way to write control characters, and a file's text may hold some.
std::string without_control(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text;
}

void set(pugi::xml_node node, const char* name, const std::string& text) {
  node.append_attribute(name) = without_control(text).c_str();
}

struct Text final : pugi::xml_writer {
  std::string text;
  void write(const void* data, std::size_t size) override {
    text.append(static_cast<const char*>(data), size);
  }
};

void append_case(pugi::xml_node suite, const Regression& regression, const Trace& trace,
                 const std::string& command) {
  pugi::xml_node test = suite.append_child("testcase");
  set(test, "classname", "synod." + trace.protocol);
  set(test, "name", std::filesystem::path(regression.file).stem().string());
  set(test, "file", regression.file);
  if (regression.verdict == Verdict::holds) {
    return;
  }
  const bool is_violated = regression.verdict == Verdict::violated;
  pugi::xml_node problem = test.append_child(is_violated ? "failure" : "error");
  set(problem, "type", std::string(to_text(regression.verdict)));
  set(problem, "message", regression.why);
  problem.text().set(without_control(trace.about + " " + command).c_str());
}

}  // namespace

std::string regress_junit(const RegressSummary& summary) {
  const auto count = [&](Verdict verdict) {
    return std::count_if(summary.regressions.begin(), summary.regressions.end(),
                         [&](const Regression& one) { return one.verdict == verdict; });
  };
  pugi::xml_document document;
  pugi::xml_node suites = document.append_child("testsuites");
  pugi::xml_node suite = suites.append_child("testsuite");
  for (pugi::xml_node node : {suites, suite}) {
    set(node, "name", "synod regress");
    set(node, "tests", std::to_string(summary.regressions.size()));
    set(node, "failures", std::to_string(count(Verdict::violated)));
    set(node, "errors", std::to_string(count(Verdict::inconclusive)));
  }
  for (std::size_t i = 0; i < summary.regressions.size(); ++i) {
    const Regression& regression = summary.regressions[i];
    append_case(suite, regression, summary.kept[i].trace, command_to_show(summary, regression));
  }
  Text text;
  document.save(text, "  ");
  return text.text;
}

}  // namespace synod
