// scenarios/schema/run.schema.json says the same as the reader, as far as a schema can.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "scenarios/run/runner.h"
#include "scenarios/schema/run_schema.h"
#include "scenarios/words/safe_text.h"
#include "tests/scenarios/format/trace_testing.h"

namespace synod::testing {
namespace {

using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAreArray;

struct Judgement {
  int status = 0;
  std::string text;
};

/// Runs tests/scenarios/schema/validate_json.py on these texts, each in a file of its own.
class Schema : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              fmt::format("synod_schema_{}_{}", ::getpid(),
                          ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] Judgement judge(const std::vector<std::string>& texts) const {
    std::string command = fmt::format("'{}' '{}/tests/scenarios/schema/validate_json.py'",
                                      SYNOD_PYTHON, SYNOD_SOURCE_DIR);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::string path = (folder_ / fmt::format("{:03}.json", i)).string();
      std::ofstream(path, std::ios::binary) << texts[i];
      command += fmt::format(" '{}'", path);
    }
    std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    Judgement judgement;
    std::array<char, 4096> buffer{};
    while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
      judgement.text.append(buffer.data(), size);
    }
    const int status = ::pclose(pipe);
    judgement.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return judgement;
  }

  static nlohmann::ordered_json read() {
    std::ifstream file(std::string(SYNOD_SOURCE_DIR) + "/scenarios/schema/run.schema.json");
    return nlohmann::ordered_json::parse(file);
  }
  static std::vector<std::string> names_in(const nlohmann::ordered_json& object) {
    std::vector<std::string> names;
    for (const auto& [name, member] : object.items()) {
      names.push_back(name);
    }
    return names;
  }

 private:
  std::filesystem::path folder_;
};

std::string with_fault(std::string_view fault) {
  return with_field(fmt::format("\"faults\": [{}]", fault));
}

TEST_F(Schema, AcceptsWhatIsWritten) {
  Trace everything = trace_of(every_step());
  everything.build = "synod 0.1.0";
  everything.mutants = {"sd_pick_own"};
  everything.seed = UINT64_MAX;
  everything.is_swarm = true;
  everything.settles = true;
  everything.known = {{"prepare", "promise"}, {"attempt"}};
  everything.demand = {Demand::Kind::one_decides, {8}};
  everything.expect =
      Expectation{Verdict::violated, "agreement", "red, then blue", "0123456789abcdef"};
  for (TraceStep& step : everything.steps) {
    step.observations = {"n1 learns red", "* red is chosen, in ballot 1.n3 by {n2, n3}"};
  }
  Trace every_value = trace_of({});
  for (const std::uint32_t number :
       {1U,  2U,  3U,  4U,  5U,  6U,  7U,   8U,   9U,     10U,
        11U, 12U, 13U, 19U, 20U, 99U, 100U, 999U, 12345U, UINT32_MAX}) {
    every_value.steps.push_back(to_trace_step<Paxos>(
        {{1}, AskStep{NodeId{}, Request{{{}, 1}, {OperationKind::write, {number}}}}}));
  }
  every_value.demand.kind = Demand::Kind::everybody_decides;
  every_value.expect = Expectation{Verdict::inconclusive, "", "", ""};
  const std::string timed = with_field(R"("faults": [
    {"at": 1, "fault": "crash", "node": "n1", "after_effects": 2, "writes_kept": 1},
    {"at": 3, "fault": "pause", "node": "n2", "until": 7},
    {"at": 3, "fault": "cut", "between": ["n1"], "and": ["n2", "n3"]},
    {"at": 4, "fault": "heal", "from": ["n1"], "to": ["n2", "c1"]},
    {"at": 5, "fault": "skew", "node": "n3", "rate": 2048, "jump_ticks": -3},
    {"at": 6, "fault": "slow", "node": "n3", "delay": "20..40", "until": 90},
    {"at": 7, "fault": "crash", "node": "n3"},
    {"at": 8, "fault": "restart", "node": "n3"}])");
  const std::vector<std::string> texts = {format_trace(everything),
                                          format_trace(every_value),
                                          format_trace(Trace{}),
                                          format_trace(trace_of(every_step())),
                                          timed,
                                          format_trace(parse_trace(timed, "t.json")),
                                          with_field(R"("demand": "connected decide")"),
                                          with_field(R"("demand": "connected answer")")};
  for (const std::string& text : texts) {
    EXPECT_EQ(complaint_about(text), "");
  }
  const Judgement judgement = judge(texts);
  EXPECT_EQ(judgement.text, "");
  EXPECT_EQ(judgement.status, 0);
}

TEST_F(Schema, RefusesWhatTheReaderRefuses) {
  const std::vector<std::string> texts = {
      "[]",
      "{\"format\": \"synod run\"}",
      with_field("\"sede\": \"1\""),
      with_field("\"seed\": 12"),
      with_field("\"seed\": \"-1\""),
      with_field("\"demand\": \"peace\""),
      with_field(R"("expect": {"verdict": "violated"})"),
      with_field(R"("expect": {"verdict": "holds", "property": "agreement"})"),
      with_field(R"("expect": {"verdict": "holds", "fingerprint": "12"})"),
      with_field(R"("configuration": {"dorp": "1/20"})"),
      with_field(R"("configuration": {"drop": "5%"})"),
      with_field(R"("configuration": {"delay": 10})"),
      with_field(R"("configuration": {"node_count": 10})"),
      with_step(R"({"step": "crash", "node": "n1"})"),
      with_step(R"({"at": -1, "step": "crash", "node": "n1"})"),
      with_step(R"({"at": 1, "step": "explode", "node": "n1"})"),
      with_step(R"({"at": 1, "step": "crash"})"),
      with_step(R"({"at": 1, "step": "crash", "node": "c1"})"),
      with_step(R"({"at": 1, "step": "crash", "node": "n1", "timer": "attempt"})"),
      with_step(R"({"at": 1, "step": "crash", "node": "n1", "observations": "n1 is down"})"),
      with_step(R"({"at": 1, "step": "crash", "node": "n1", "observations": [1]})"),
      with_step(R"({"at": 1, "step": "skew", "node": "n1", "rate": 0})"),
      with_step(R"({"at": 1, "step": "cut", "from": [], "to": ["n2"]})"),
      with_step(R"({"at": 1, "step": "cut", "from": ["n1", "n1"], "to": ["n2"]})"),
      with_step(R"({"at": 1, "step": "drop", "from": "n1", "to": "n2", "message": {}})"),
      with_step(
          R"({"at": 1, "step": "request", "client": "c1", "number": 0, "to": "n1", "operation": "read"})"),
      with_fault(R"({"fault": "crash", "node": "n1"})"),
      with_fault(R"({"at": 1, "node": "n1"})"),
      with_fault(R"({"at": 1, "fault": "drop", "node": "n1"})"),
      with_fault(R"({"at": 1, "fault": "crash"})"),
      with_fault(R"({"at": 1, "fault": "crash", "node": "c1"})"),
      with_fault(R"({"at": 1, "fault": "restart", "node": "n1", "until": 4})"),
      with_fault(R"({"at": 1, "fault": "slow", "node": "n1"})"),
      with_fault(R"({"at": 1, "fault": "skew", "node": "n1", "rate": 0})"),
      with_fault(R"({"at": 1, "fault": "cut"})"),
      with_fault(R"({"at": 1, "fault": "cut", "from": ["n1"]})"),
      with_fault(
          R"({"at": 1, "fault": "cut", "from": ["n1"], "to": ["n2"], "between": ["n1"], "and": ["n2"]})"),
      with_fault(R"({"at": 1, "fault": "cut", "from": ["n1"], "to": ["n2"], "observations": []})"),
  };
  const Judgement judgement = judge(texts);
  EXPECT_EQ(judgement.status, 1);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_NE(complaint_about(texts[i]), "") << texts[i];
    EXPECT_THAT(judgement.text, HasSubstr(fmt::format("{:03}.json: ", i))) << texts[i];
  }
}

/// After a change: build/dev/synod list schema > scenarios/schema/run.schema.json
TEST_F(Schema, IsWhatTheProgramPrints) {
  EXPECT_EQ(format_json(read()), format_json(run_schema(protocols())));
}

TEST_F(Schema, NamesTheFieldsOfTheConfigurationAndTheOptionsOfEveryProtocol) {
  std::vector<std::string> names = names_in(to_json(Configuration{}));
  for (const ProtocolEntry& protocol : protocols()) {
    for (const OptionText& option : texts_of_options(protocol)) {
      const std::string name(option.name);
      if (std::ranges::find(names, name) == names.end()) {
        names.push_back(name);
      }
    }
  }
  EXPECT_THAT(names_in(read()["$defs"]["configuration"]["properties"]),
              UnorderedElementsAreArray(names));
}

TEST_F(Schema, SaysOfEveryOptionWhatTheProtocolDeclares) {
  const nlohmann::ordered_json schema = read();
  const auto& properties = schema["$defs"]["configuration"]["properties"];
  for (const ProtocolEntry& protocol : protocols()) {
    for (const OptionText& option : texts_of_options(protocol)) {
      SCOPED_TRACE(option.name);
      const auto& property = properties[std::string(option.name)];
      EXPECT_THAT(property["description"].get<std::string>(),
                  StartsWith(std::string(option.about)));
      if (option.kind == OptionKind::number) {
        EXPECT_EQ(property["minimum"], option.min);
        EXPECT_EQ(property["maximum"], option.max);
      } else if (option.kind == OptionKind::ratio) {
        EXPECT_EQ(property["$ref"], "#/$defs/ratio");
      } else {
        EXPECT_EQ(option.kind, OptionKind::nodes);
        EXPECT_EQ(property["items"]["$ref"], "#/$defs/node");
      }
    }
  }
}

TEST_F(Schema, NamesTheStepsAndTheirFields) {
  const nlohmann::ordered_json schema = read();
  const auto& kinds = schema["$defs"]["step"]["properties"]["step"]["enum"];
  EXPECT_THAT(kinds.get<std::vector<std::string>>(), ElementsAreArray(step_names));
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (
        [&]<class A>(const A& action) {
          std::vector<std::string> names = {"at", "step"};
          A::fields(action, [&](std::string_view name, const auto&) { names.emplace_back(name); });
          names.emplace_back("observations");
          const std::string kind = fmt::format("step_{}", A::name);
          EXPECT_THAT(names_in(schema["$defs"][kind]["properties"]), ElementsAreArray(names));
        }(std::variant_alternative_t<I, Action<Paxos>>{}),
        ...);
  }(std::make_index_sequence<step_kind_count>{});
}

TEST_F(Schema, IsCheckedByAScriptThatFailsOnWhatIsNoJson) {
  const Judgement judgement = judge({"{"});
  EXPECT_EQ(judgement.status, 1);
  EXPECT_THAT(judgement.text, HasSubstr("000.json: Expecting"));
}

}  // namespace
}  // namespace synod::testing
