#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "tests/scenarios/format/trace_testing.h"

namespace synod::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(TraceRoundTrip, TheExampleCoversEveryKindOfStepAndEveryMessage) {
  std::set<std::size_t> kinds;
  for (const Step<Paxos>& step : every_step()) {
    kinds.insert(step.action.index());
  }
  std::set<std::size_t> messages;
  for (const paxos::Message& message : every_message()) {
    messages.insert(message.index());
  }
  EXPECT_EQ(kinds.size(), step_kind_count);
  EXPECT_EQ(messages.size(), std::variant_size_v<paxos::Message>);
}

TEST(TraceRoundTrip, WhatFuzzingTheReaderBeginsWithHasAStepOfEveryKind) {
  std::ifstream file(std::string(SYNOD_SOURCE_DIR) + "/tests/fuzz/corpus/every_step.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::set<std::string> kinds;
  for (const TraceStep& step : parse_trace(text, "every_step.json").steps) {
    kinds.insert(step.kind);
  }
  EXPECT_EQ(kinds, std::set<std::string>(step_names.begin(), step_names.end()));
}

TEST(TraceRoundTrip, EveryStepComesBackAsItWas) {
  const std::vector<Step<Paxos>> steps = every_step();
  const Trace read = parse_trace(format_trace(trace_of(steps)), "t.json");
  ASSERT_EQ(read.steps.size(), steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto step = from_trace_step<Paxos>(read.steps[i]);
    ASSERT_TRUE(step) << read.steps[i].kind << read.steps[i].fields.text();
    EXPECT_EQ(*step, steps[i]) << read.steps[i].kind << read.steps[i].fields.text();
  }
}

TEST(TraceRoundTrip, AWholeTraceComesBackAsItWasAndIsWrittenTheSameAgain) {
  Trace trace = trace_of(every_step());
  trace.about = "Quotes \", umlauts ä, an emoji 🙂,\na second line and a \\.";
  trace.build = "synod 0.1.0";
  trace.mutants = {"sd_pick_own", "sd_accept_no_check"};
  trace.seed = UINT64_MAX;
  trace.is_swarm = true;
  trace.settles = true;
  trace.known = {{"prepare", "promise"}, {"attempt"}};
  trace.demand = {Demand::Kind::one_decides, {8}};
  trace.expect = Expectation{Verdict::violated, "agreement", "red, then blue", "0123456789abcdef"};
  const std::string text = format_trace(trace);
  const Trace read = parse_trace(text, "t.json");
  EXPECT_EQ(read, trace);
  EXPECT_EQ(format_trace(read), text);
}

TEST(TraceRoundTrip, ObservationsOfEveryKindOfStepComeBack) {
  Trace trace = trace_of(every_step());
  for (TraceStep& step : trace.steps) {
    step.observations = {"n1 learns red", "* red is chosen, in ballot 1.n3 by {n2, n3}", ""};
  }
  const std::string text = format_trace(trace);
  const Trace read = parse_trace(text, "t.json");
  EXPECT_EQ(read, trace);
  EXPECT_EQ(format_trace(read), text);
  EXPECT_NE(read, trace_of(every_step()));
}

TEST(TraceRoundTrip, ObservationsAreNoPartOfWhatIsReplayed) {
  Trace trace = trace_of(every_step());
  trace.steps[0].observations = {"n1 learns red"};
  const Trace read = parse_trace(format_trace(trace), "t.json");
  EXPECT_EQ(read.steps[0].fields, trace_of(every_step()).steps[0].fields);
  EXPECT_EQ(from_trace_step<Paxos>(read.steps[0]), every_step()[0]);
}

TEST(TraceRoundTrip, EveryVerdictAndEveryDemandComesBack) {
  for (const Verdict verdict : {Verdict::holds, Verdict::violated, Verdict::inconclusive}) {
    for (const auto kind :
         {Demand::Kind::nothing, Demand::Kind::everybody_decides, Demand::Kind::one_decides}) {
      Trace trace;
      hold_options(trace.configuration, declared_options<PaxosOptions>());
      trace.demand.kind = kind;
      trace.expect = Expectation{verdict, verdict == Verdict::violated ? "agreement" : "", "", ""};
      EXPECT_EQ(parse_trace(format_trace(trace), "t.json"), trace);
    }
  }
}

/// It decides nothing that nodes could know: what can be demanded is that clients are answered.
TEST(TraceRoundTrip, ADemandReadsAsTheProtocolWouldSayItAndMeansTheSame) {
  const std::array<std::pair<const char*, const char*>, 3> demands = {
      {{"everybody decides", "everybody answers"},
       {"survivors decide", "survivors answer"},
       {"n2 decides", "n2 answers"}}};
  for (const auto& [of_one_that_decides, of_one_that_does_not] : demands) {
    const auto demand_of = [](std::string_view words) {
      return parse_trace(with_field(fmt::format(R"("demand": "{}")", words)), "t.json").demand;
    };
    const Demand demand = demand_of(of_one_that_decides);
    EXPECT_EQ(demand_of(of_one_that_does_not), demand);
    EXPECT_EQ(to_text(demand, true), of_one_that_decides);
    EXPECT_EQ(to_text(demand, false), of_one_that_does_not);
  }
  for (const char* words : {"n answers", "n2 answer", "everybody answer", "n2", "n2  answers"}) {
    EXPECT_NE(complaint_about(with_field(fmt::format(R"("demand": "{}")", words))), "") << words;
  }
}

TEST(TraceRoundTrip, ARandomFormHasNoStepsAndAnEmptyListIsNotTheSame) {
  Trace trace;
  EXPECT_FALSE(parse_trace(format_trace(trace), "t.json").has_steps);
  trace.has_steps = true;
  EXPECT_TRUE(parse_trace(format_trace(trace), "t.json").has_steps);
}

TEST(TraceRoundTrip, OnlyWhatIsViolatedIsWrittenWithAProperty) {
  Trace trace;
  trace.expect = Expectation{Verdict::inconclusive, "agreement", "nothing was chosen", ""};
  const Trace read = parse_trace(format_trace(trace), "t.json");
  EXPECT_EQ(read.expect->property, "");
  EXPECT_EQ(read.expect->finding, "");
}

TEST(TraceFormat, IsAPrettyHeaderAndOneStepALine) {
  Trace trace;
  trace.about = "Two steps.";
  trace.mutants = {"a", "b"};
  trace.seed = 7;
  apply_fields({{"node_count", 5}, {"cut_shapes", {"two_way", "ring"}}}, trace.configuration);
  trace.configured.json() = {{"cut_shapes", {"two_way", "ring"}}, {"node_count", 5}};
  trace.expect = Expectation{Verdict::holds, "", "", "0123456789abcdef"};
  trace.has_steps = true;
  DeliverStep<Paxos> deliver;
  deliver.packet = {Endpoint{0}, Endpoint{1}, paxos::Message{paxos::Promise{{2, {1}}, {}}}};
  trace.steps = {to_trace_step<Paxos>({{1}, deliver}),
                 to_trace_step<Paxos>({{22}, CrashStep{{1}, 1, 0}})};
  EXPECT_EQ(format_trace(trace), R"({
  "format": "synod run",
  "version": 1,
  "about": "Two steps.",
  "protocol": "paxos",
  "mutants": ["a", "b"],
  "seed": "7",
  "configuration": {
    "node_count": 5,
    "cut_shapes": ["two_way", "ring"]
  },
  "demand": "nothing",
  "expect": {
    "verdict": "holds",
    "fingerprint": "0123456789abcdef"
  },
  "steps": [
    {"at": 1, "step": "deliver", "from": "n1", "to": "n2", "message": {"type": "promise", "ballot": "2.n2", "vote": "none"}},
    {"at": 22, "step": "crash", "node": "n2", "after_effects": 1}
  ]
}
)");
}

TEST(TraceFormat, PutsObservationsAtTheEndOfTheirStep) {
  Trace trace = trace_of({{{5}, CrashStep{{1}, 1, 0}}, {{6}, RestartStep{{{1}}}}});
  trace.steps[0].observations = {"n2 is down, 2 unfinished writes lost", "* so \"it\" goes"};
  EXPECT_THAT(format_trace(trace), HasSubstr(R"(
    {"at": 5, "step": "crash", "node": "n2", "after_effects": 1, "observations": ["n2 is down, 2 unfinished writes lost", "* so \"it\" goes"]},
    {"at": 6, "step": "restart", "node": "n2"}
)"));
}

TEST(TraceFormat, NeverFailsOnTextThatIsNotUtf8) {
  Trace trace;
  trace.about = "caf\xe9";
  EXPECT_THAT(parse_trace(format_trace(trace), "t.json").about, HasSubstr("caf"));
  trace = trace_of({{{5}, CrashStep{{1}, 1, 0}}});
  trace.steps[0].observations = {"caf\xe9"};
  EXPECT_THAT(parse_trace(format_trace(trace), "t.json").steps[0].observations,
              ElementsAre(HasSubstr("caf")));
}

TEST(TraceReading, TakesFieldsInAnyOrderAndWritesThemInOne) {
  const std::string text = R"({"steps": [
      {"node": "n5",
       "step": "crash", "at": 3},
      {"to": ["n3", "n1"], "step": "cut", "from": ["c1", "n2"], "at": 3}],
    "demand": "n5 decides", "configuration": {"drop": "1/20", "node_count": 5},
    "version": 1, "format": "synod run"})";
  EXPECT_EQ(format_trace(parse_trace(text, "t.json")), R"({
  "format": "synod run",
  "version": 1,
  "about": "",
  "protocol": "paxos",
  "configuration": {
    "node_count": 5,
    "drop": "1/20"
  },
  "demand": "n5 decides",
  "steps": [
    {"at": 3, "step": "crash", "node": "n5"},
    {"at": 3, "step": "cut", "from": ["n2", "c1"], "to": ["n1", "n3"]}
  ]
}
)");
}

TEST(TraceReading, KnowsTheLineOfEachStep) {
  const Trace trace = parse_trace(with_step(R"({"at": 1, "step": "crash", "node": "n1"},

    {"at": 2,
     "step": "restart", "node": "n1"},
    {"at": 3, "step": "pause", "node": "n1"})"),
                                  "t.json");
  std::vector<std::size_t> lines;
  for (const TraceStep& step : trace.steps) {
    lines.push_back(step.line);
  }
  EXPECT_THAT(lines, ElementsAre(5, 7, 9));
}

TEST(TraceReading, GivesWhatIsLeftOutItsDefault) {
  const Trace trace = parse_trace(with_step(R"({"at": 1, "step": "crash", "node": "n1"},
    {"at": 1, "step": "skew", "node": "n1"},
    {"at": 1, "step": "request", "client": "c1", "number": 1, "to": "n1", "operation": "read"})"),
                                  "t.json");
  EXPECT_EQ(std::get<CrashStep>(from_trace_step<Paxos>(trace.steps[0])->action), CrashStep{});
  EXPECT_EQ(std::get<SkewStep>(from_trace_step<Paxos>(trace.steps[1])->action), SkewStep{});
  EXPECT_TRUE(std::get<AskStep<Request>>(from_trace_step<Paxos>(trace.steps[2])->action)
                  .request.operation.value.is_none());
}

TEST(TraceReading, TakesAnEmptyListOfObservationsForNone) {
  const std::string text =
      with_step(R"({"observations": [], "at": 1, "step": "crash", "node": "n1"})");
  const Trace trace = parse_trace(text, "t.json");
  EXPECT_THAT(trace.steps[0].observations, IsEmpty());
  EXPECT_THAT(format_trace(trace), Not(HasSubstr("observations")));
}

TEST(TraceReading, GivesAConfigurationMajoritiesUnlessItSaysOtherwise) {
  const auto configuration_of = [](const char* fields) {
    return parse_trace(with_field(fmt::format(R"("configuration": {{{}}})", fields)), "t.json")
        .configuration;
  };
  const auto options_in_file = [&](const char* fields) {
    return options_of<PaxosOptions>(configuration_of(fields));
  };
  Configuration defaults;
  hold_options(defaults, declared_options<PaxosOptions>());
  EXPECT_EQ(configuration_of(""), defaults);
  EXPECT_EQ(options_in_file(R"("node_count": 5)").phase1_quorum, 3);
  EXPECT_EQ(options_in_file(R"("node_count": 5)").phase2_quorum, 3);
  EXPECT_EQ(options_in_file(R"("node_count": 5, "phase1_quorum": 4)").phase1_quorum, 4);
  EXPECT_EQ(options_in_file(R"("node_count": 5, "phase1_quorum": 4)").phase2_quorum, 3);
}

TEST(TraceReading, TakesABigTrace) {
  Trace trace = trace_of(every_step());
  const TraceStep step = trace.steps[5];
  trace.steps.assign(20'000, step);
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    trace.steps[i].at = {i};
  }
  EXPECT_EQ(parse_trace(format_trace(trace), "t.json"), trace);
}

TEST(TraceReading, ReadsAFileAndNamesItWhenItCannot) {
  const std::string path = ::testing::TempDir() + "trace_reading_reads_a_file.json";
  const Trace trace = trace_of(every_step());
  std::ofstream(path, std::ios::binary) << format_trace(trace);
  EXPECT_EQ(read_trace(path), trace);
  EXPECT_EQ(std::remove(path.c_str()), 0);
  const auto complaint = [](const std::string& where) -> std::string {
    try {
      static_cast<void>(read_trace(where));
      return "";
    } catch (const InputError& error) {
      return error.what();
    }
  };
  EXPECT_EQ(complaint(path), path + ": cannot be read: No such file or directory");
  EXPECT_EQ(complaint("/"), "/: cannot be read: it is a directory: give a file");
}

// ---- A protocol that was edited since the trace was written -------------------------------------

TEST(AnEditedProtocol, KeepsStepsThatItDoesNotKnowAndDoesNotApplyThem) {
  const std::vector<std::string> messages = {
      R"({"type": "permit", "ballot": "2.n2"})",                               // another message
      R"({"type": "promise", "ballot": "2.n2"})",                              // a field is new
      R"({"type": "promise", "ballot": "2.n2", "vote": "none", "lease": 3})",  // a field is gone
      R"({"type": "promise", "ballot": 2, "vote": "none"})",                   // another type
      R"({"type": "promise", "ballot": "two", "vote": "none"})",
      R"({"type": "promise", "ballot": "2.n2", "oath": "none"})",  // a field was renamed
      R"({"type": "query", "number": "7"})",
      R"({"type": "query", "number": -7})",
      R"({"type": "query", "number": 4294967296})",
      R"({"type": ""})",
  };
  for (const std::string& message : messages) {
    const std::string text = with_step(fmt::format(
        R"({{"at": 1, "step": "deliver", "from": "n1", "to": "n2", "message": {}}})", message));
    const Trace trace = parse_trace(text, "t.json");
    EXPECT_EQ(from_trace_step<Paxos>(trace.steps.at(0)), std::nullopt) << message;
    EXPECT_THAT(format_trace(trace), HasSubstr(message));
  }
}

TEST(AnEditedProtocol, KeepsATimerThatItDoesNotKnow) {
  const std::string step = R"({"at": 1, "step": "fire", "node": "n1", "timer": "lease"})";
  const Trace trace = parse_trace(with_step(step), "t.json");
  EXPECT_EQ(from_trace_step<Paxos>(trace.steps.at(0)), std::nullopt);
  EXPECT_THAT(format_trace(trace), HasSubstr(step));
}

TEST(AnEditedProtocol, TakesNoStepThatIsNotOne) {
  const auto taken = [](const char* kind, nlohmann::ordered_json fields) {
    return from_trace_step<Paxos>({{1}, kind, JsonFields(std::move(fields)), {}});
  };
  EXPECT_EQ(taken("explode", {{"node", "n1"}}), std::nullopt);
  EXPECT_EQ(taken("crash", {{"node", "x1"}}), std::nullopt);
  EXPECT_EQ(taken("crash", nlohmann::ordered_json::object()), std::nullopt);
  EXPECT_EQ(taken("crash", nullptr), std::nullopt);
  EXPECT_EQ(taken("deliver", {{"from", "n1"}, {"to", "n2"}, {"message", 3}}), std::nullopt);
}

// ---- The fields of a configuration by themselves ------------------------------------------------

TEST(ConfigurationFields, ComeBackAsTheyWere) {
  Configuration configuration;
  configuration.tail = {1, 30};
  configuration.delay = {{3}, {30}};
  configuration.cut_shapes = {0b10001};
  configuration.ending = Ending::broken;
  Configuration read;
  apply_fields(to_json(configuration), read);
  EXPECT_EQ(read, configuration);
}

TEST(ConfigurationFields, ThatAreWrongChangeNothing) {
  Configuration configuration;
  try {
    apply_fields({{"drop", "1/2"}, {"node_count", "five"}}, configuration);
    FAIL() << "no complaint";
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "node_count: \"five\": give a whole number from 1 to 9");
  }
  EXPECT_EQ(configuration, Configuration{});
}

}  // namespace
}  // namespace synod::testing
