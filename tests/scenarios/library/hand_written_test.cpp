// A file written by hand says nothing without a meaning: a name that the protocol does not have, or
// a fault that cannot come, is an error, and a fault that touches nothing is told.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/configuration_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/library/asked_faults.h"
#include "scenarios/library/hand_written.h"
#include "scenarios/library/library.h"
#include "scenarios/run/runner.h"

namespace synod::testing {
namespace {

using nlohmann::ordered_json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// The complaint about a file; empty when there is none.
std::string complaint_about_hand(const std::string& text) {
  try {
    parse_trace(text, "t.json", &expect_sense);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

// ---- Names --------------------------------------------------------------------------------------

/// A run with all that the protocol has to say, as if somebody had written it.
Trace as_written(std::string_view protocol, std::uint64_t seed) {
  RunChoices choices;
  choices.protocol = protocol;
  Trace trace = make_runner(choices)->record(seed);
  ordered_json sizes = {{"node_count", trace.configuration.node_count},
                        {"client_count", trace.configuration.client_count}};
  trace.configured = JsonFields(std::move(sizes));
  trace.seed.reset();
  trace.expect.reset();
  return trace;
}

/// What the tests do to one step.
struct Edit {
  ordered_json fields;   ///< of the step, with something misspelt
  std::string wanted;    ///< is to be in the complaint
  std::string location;  ///< of the field
};

void add_edits_of_message(const ordered_json& fields, std::vector<Edit>& edits) {
  const ordered_json& message = fields.at("message");
  const auto edit = [&](auto change, const std::string& wanted, const std::string& location) {
    ordered_json changed = message;
    change(changed);
    Edit one{fields, wanted, ".message" + location};
    one.fields["message"] = std::move(changed);
    edits.push_back(std::move(one));
  };
  const auto type = message.at("type").get<std::string>();
  edit([&](ordered_json& json) { json["type"] = type + "x"; },
       fmt::format("did you mean \"{}\"?", type), ".type: ");
  edit([](ordered_json& json) { json["blalot"] = 1; }, "unknown field: ", ".blalot: ");
  for (const auto& [name, value] : message.items()) {
    if (name != "type") {
      const std::string field = name;
      edit([&](ordered_json& json) { json[field] = "n1.3?"; }, "", fmt::format(".{}: ", field));
      edit([&](ordered_json& json) { json.erase(field); }, "missing: give ",
           fmt::format(".{}: ", field));
    }
  }
}

std::vector<Edit> edits_of(const TraceStep& step) {
  std::vector<Edit> edits;
  const JsonFields unpacked = step.fields.unpacked();
  const ordered_json& fields = unpacked.json();
  if (fields.contains("message")) {
    add_edits_of_message(fields, edits);
  } else if (fields.contains("timer")) {
    Edit edit{fields, fmt::format("did you mean \"{}\"?", fields.at("timer").get<std::string>()),
              ".timer: "};
    edit.fields["timer"] = fields.at("timer").get<std::string>() + "x";
    edits.push_back(std::move(edit));
  }
  return edits;
}

/// What is misspelt in one step is found; the same in a trace that the program wrote is not judged.
void expect_found(Trace trace, std::size_t index) {
  for (Edit& edit : edits_of(trace.steps[index])) {
    SCOPED_TRACE(edit.fields.dump());
    trace.steps[index].fields = JsonFields(std::move(edit.fields));
    trace.build.clear();
    EXPECT_THAT(complaint_about_hand(format_trace(trace)),
                AllOf(HasSubstr(fmt::format(": steps[{}]{}", index, edit.location)),
                      HasSubstr(edit.wanted)));
    trace.build = "synod, as it was";
    EXPECT_EQ(complaint_about_hand(format_trace(trace)), "");
    trace.build.clear();
    trace.known.messages = {"prepare"};
    EXPECT_EQ(complaint_about_hand(format_trace(trace)), "");
    trace.known = {};
  }
}

TEST(AHandWrittenStep, ThatNamesWhatTheProtocolDoesNotHaveIsAnError) {
  for (const ProtocolEntry& protocol : protocols()) {
    std::set<std::string> seen;  // one step of each kind, with each message or timer
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
      Trace trace = as_written(protocol.text.name, seed);
      ASSERT_EQ(complaint_about_hand(format_trace(trace)), "");
      for (std::size_t i = 0; i < trace.steps.size(); ++i) {
        const JsonFields unpacked = trace.steps[i].fields.unpacked();
        const ordered_json& fields = unpacked.json();
        std::string what = trace.steps[i].kind;
        what += fields.contains("message")
                    ? fields.at("message").at("type").get<std::string>()
                    : (fields.contains("timer") ? fields.at("timer").get<std::string>() : "");
        if (seen.insert(what).second) {
          Trace short_one = trace;
          short_one.steps.resize(i + 1);
          expect_found(short_one, i);
        }
      }
    }
    EXPECT_GT(seen.size(), 12U) << protocol.text.name;
  }
}

std::string about_step(std::string_view step) {
  return complaint_about_hand(fmt::format(
      R"({{"format": "synod run", "version": 1, "configuration": {{"client_count": 2}}, "steps": [
{}]}})",
      step));
}

TEST(AHandWrittenStep, IsToldTheNearestRightNameWhereItIsNear) {
  EXPECT_EQ(about_step(R"({"at": 1, "step": "fire", "node": "n1", "timer": "atempt"})"),
            "t.json:2: steps[0].timer: paxos has no timer \"atempt\": did you mean \"attempt\"?");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "drop", "from": "n1", "to": "n2",
                           "message": {"type": "acept", "ballot": "1.n1", "value": "red"}})"),
            "t.json:3: steps[0].message.type: paxos has no message \"acept\": did you mean "
            "\"accept\"?");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "deliver", "from": "n1", "to": "n2",
                           "message": {"type": "accept", "balot": "1.n1", "value": "red"}})"),
            "t.json:3: steps[0].message.balot: unknown field: did you mean \"ballot\"?");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "deliver", "from": "n1", "to": "n2",
                           "message": {"type": "accept", "ballot": "n1.1", "value": "red"}})"),
            "t.json:3: steps[0].message.ballot: \"n1.1\": give a ballot like \"1.n1\", or "
            "\"none\"");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "deliver", "from": "c1", "to": "n2", "message":
            {"type": "request", "request": "c1#1", "operation": "wirte", "value": "red"}})"),
            "t.json:3: steps[0].message.operation: \"wirte\": give \"write\", \"read\" or "
            "\"quorum_read\"");
  EXPECT_EQ(
      about_step(R"({"at": 1, "step": "fire", "node": "n1", "timer": "lunch"})").substr(0, 65),
      "t.json:2: steps[0].timer: paxos has no timer \"lunch\": there are \"");
}

TEST(AHandWrittenStep, NamesNodesAndClientsOfItsCluster) {
  EXPECT_EQ(about_step(R"({"at": 1, "step": "deliver", "from": "n1", "to": "n2",
                           "message": {"type": "accept", "ballot": "1.n4", "value": "red"}})"),
            "t.json:3: steps[0].message.ballot: no node \"n4\" in a cluster of 3: n1 to n3");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "deliver", "from": "n1", "to": "n2", "message":
                           {"type": "promise", "ballot": "2.n1", "vote": "red@1.n9"}})"),
            "t.json:3: steps[0].message.vote: no node \"n9\" in a cluster of 3: n1 to n3");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "deliver", "from": "c1", "to": "n2", "message":
            {"type": "request", "request": "c3#1", "operation": "write", "value": "red"}})"),
            "t.json:3: steps[0].message.request: no client \"c3\" among 2: c1 to c2");
}

TEST(AHandWrittenStep, SendsMessagesBetweenNodesAndRequestsFromClients) {
  EXPECT_EQ(about_step(R"({"at": 1, "step": "deliver", "from": "c1", "to": "n2", "message":
                           {"type": "accept", "ballot": "1.n1", "value": "red"}})"),
            "t.json:2: steps[0].from: \"c1\": a \"accept\" comes from a node");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "deliver", "from": "n1", "to": "n2", "message":
            {"type": "request", "request": "c1#1", "operation": "write", "value": "red"}})"),
            "t.json:2: steps[0].from: \"n1\": a \"request\" comes from a client");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "deliver", "from": "n1", "to": "n2", "message":
            {"type": "answer", "request": "c1#1", "outcome": "chosen", "value": "red"}})"),
            "t.json:2: steps[0].to: \"n2\": an \"answer\" goes to a client");
}

// ---- Faults that cannot come --------------------------------------------------------------------

std::string with_configuration(std::string_view fields, std::string_view protocol = "paxos",
                               bool is_swarm = false) {
  return fmt::format(
      R"({{"format": "synod run", "version": 1, "protocol": "{}", "swarm": {}, "configuration": {{{}}}}})",
      protocol, is_swarm, fields);
}

struct Impossible {
  std::string asks;     ///< the field that does
  std::string because;  ///< another
  std::string fields;   ///< that do not go together
  std::string mended;   ///< that do
  std::string protocol = "paxos";
};

const std::vector<Impossible>& impossible() {
  static const std::vector<Impossible> all = {
      {"crash_interval", "crashed_max", R"("crash_interval": "20..60", "crashed_max": 0)",
       R"("crash_interval": "20..60", "crashed_max": 1)"},
      {"crash_at_write", "crashed_max", R"("crash_at_write": "1/9", "crashed_max": 0)",
       R"("crash_at_write": "1/9")"},
      {"crash_forever", "crash_interval", R"("crash_forever": "1/2")",
       R"("crash_forever": "1/2", "crash_at_write": "1/9")"},
      {"crash_mid_effects", "crash_at_write", R"("crash_mid_effects": "1/2")",
       R"("crash_mid_effects": "1/2", "crash_interval": "20..60")"},
      {"crash_keeps_writes", "crash_interval", R"("crash_keeps_writes": "1/2")",
       R"("crash_keeps_writes": "1/2", "crash_interval": "20..60")"},
      {"cut_interval", "node_count", R"("cut_interval": "20..60", "node_count": 1)",
       R"("cut_interval": "20..60", "node_count": 2)"},
      {"cut_shapes", "node_count",
       R"("cut_interval": "20..60", "cut_shapes": ["ring"], "node_count": 3)",
       R"("cut_interval": "20..60", "cut_shapes": ["ring"], "node_count": 4)"},
      {"cut_shapes", "node_count", R"("cut_interval": "20..60", "cut_shapes": ["alone", "ring"])",
       R"("cut_interval": "20..60", "cut_shapes": ["alone", "halves"])"},
      {"cut_forever", "cut_interval", R"("cut_forever": "1/2")",
       R"("cut_forever": "1/2", "cut_interval": "20..60")"},
      {"hold_interval", "node_count", R"("hold_interval": "20..60", "node_count": 1)",
       R"("hold_interval": "20..60", "node_count": 2)"},
      {"duplicate", "node_count", R"("duplicate": "1/9", "node_count": 1)",
       R"("duplicate": "1/9", "node_count": 2)"},
      {"slow_kinds", "node_count", R"("slow_kinds": "1/9", "node_count": 1)",
       R"("slow_kinds": "1/9", "node_count": 2)"},
      {"pause_shuffles", "pause_interval", R"("pause_shuffles": "1/2")",
       R"("pause_shuffles": "1/2", "pause_interval": "20..60")"},
      {"skew_interval", "skew_rate_max", R"("skew_interval": "20..60")",
       R"("skew_interval": "20..60", "skew_rate_max": 1025)"},
      {"skew_interval", "skew_jump_max", R"("skew_interval": "20..60")",
       R"("skew_interval": "20..60", "skew_jump_max": 1)"},
      {"tail", "tail_delay", R"("tail": "1/9", "tail_delay": "1..10")",
       R"("tail": "1/9", "tail_delay": "1..11")"},
      {"slow_links", "delay", R"("slow_links": "1/9", "delay": "1..200")",
       R"("slow_links": "1/9", "delay": "1..199")"},
      {"slow_kinds", "tail_delay", R"("slow_kinds": "1/9", "tail_delay": "2..3")",
       R"("slow_kinds": "1/9", "tail_delay": "20..30")"},
      {"slow_write", "slow_disk", R"("slow_write": "1/9", "slow_disk": "1..2")",
       R"("slow_write": "1/9", "slow_disk": "1..3")"},
      {"fail_write", "paxos are not told of their writes", R"("fail_write": "1/9")",
       R"("fail_write": "0/1")"},
      {"drop", "operations", R"("drop": "1/9", "operations": 0)", R"("drop": "1/9")"},
      {"pause_interval", "operations", R"("pause_interval": "20..60", "operations": 0)",
       R"("pause_interval": "20..60", "operations": 1)"},
      {"refusing", "paxos has no option", R"("refusing": ["n2"])", ""},
      {"acceptor_count", "two_phase_commit", R"("acceptor_count": 1)", "", "two_phase_commit"},
      {"reads", "paxos_commit", R"("reads": "1/2")", R"("acceptor_count": 1)", "paxos_commit"},
      {"quorum_reads", "three_phase_commit", R"("quorum_reads": "1/2")", R"("refusing": ["n2"])",
       "three_phase_commit"},
      {"phase1_quorum", "two_phase_commit", R"("phase1_quorum": 3)", R"("refusing": ["n2"])",
       "two_phase_commit"},
  };
  return all;
}

TEST(AFaultThatCannotCome, IsAnErrorThatNamesBothFields) {
  for (const Impossible& one : impossible()) {
    SCOPED_TRACE(one.fields);
    const std::string complaint =
        complaint_about_hand(with_configuration(one.fields, one.protocol));
    EXPECT_THAT(complaint, AllOf(HasSubstr("t.json:1: configuration." + one.asks),
                                 HasSubstr(one.because), HasSubstr(": ")));
    EXPECT_EQ(complaint_about_hand(with_configuration(one.mended, one.protocol)), "");
  }
}

TEST(AFaultThatCannotCome, IsOneThatComesAfterChaos) {
  for (const std::string_view kind : {"cut", "crash", "hold", "pause", "skew"}) {
    const auto fields = [&](int interval) {
      return with_configuration(fmt::format(
          R"("chaos": 500, "skew_jump_max": 9, "{}_interval": "{}..900")", kind, interval));
    };
    EXPECT_THAT(complaint_about_hand(fields(501)),
                AllOf(HasSubstr(fmt::format("configuration.{}_interval: ", kind)),
                      HasSubstr("chaos is 500")));
    EXPECT_EQ(complaint_about_hand(fields(500)), "");
  }
}

TEST(AFaultThatCannotCome, IsNoneWhereTheSwarmMayDrawTheOtherField) {
  EXPECT_EQ(complaint_about_hand(with_configuration(R"("crash_forever": "1/2")", "paxos", true)),
            "");
  EXPECT_THAT(complaint_about_hand(with_configuration(
                  R"("crash_interval": "20..60", "crashed_max": 0)", "paxos", true)),
              HasSubstr("crashed_max is 0"));
}

TEST(AFaultThatCannotCome, IsTakenAsItIsInWhatTheProgramWrote) {
  for (const Impossible& one : impossible()) {
    const std::string text = fmt::format(
        R"({{"format": "synod run", "version": 1, "build": "synod", "protocol": "{}", "configuration": {{{}}}}})",
        one.protocol, one.fields);
    EXPECT_EQ(complaint_about_hand(text), "") << one.fields;
  }
}

TEST(AFaultThatCannotCome, IsNotAskedForByWhatComesWithTheProgram) {
  for (const LibraryScenario& scenario : library_scenarios()) {
    const Trace trace = load_scenario(std::string(scenario.name));
    EXPECT_THAT(warnings_about(trace), IsEmpty()) << scenario.name;
  }
}

TEST(AFieldWithoutEffect, IsToldWithTheOneThatMakesItSo) {
  const auto warnings = [](std::string_view fields) {
    return warnings_about(parse_trace(with_configuration(fields), "t.json"));
  };
  EXPECT_THAT(warnings(R"("crash_duration": "5..6")"),
              ::testing::ElementsAre(
                  "configuration.crash_duration has no effect: crash_interval is 0..0 by default "
                  "and crash_at_write is 0/1 by default, so no node crashes"));
  for (const std::string_view field :
       {R"("tail_delay": "5..600")", R"("hold_duration": "5..6")", R"("slow_disk": "5..6")",
        R"("cut_duration": "5..6")", R"("cut_shapes": ["alone"])", R"("pause_duration": "5..6")",
        R"("skew_rate_max": 2048)", R"("skew_jump_max": 5)",
        R"("tail": "1/2", "delay": "900..1000")", R"("slow_write": "1/2", "disk": "300..400")"}) {
    EXPECT_THAT(warnings(field), SizeIs(1)) << field;
  }
  EXPECT_THAT(warnings(R"("crash_interval": "20..60", "crash_duration": "5..6")"), IsEmpty());
  EXPECT_THAT(warnings(R"("cut_duration": "20..200")"), IsEmpty()) << "as it would be anyway";
}

// ---- Faults that touch nothing ------------------------------------------------------------------

/// A run without accidents in which timers fire, as if somebody had written it. It has steps to
/// insert, and what comes of them is replayed.
class AList {
 public:
  AList() {
    auto calm = std::make_shared<Trace>(parse_trace(
        with_configuration(R"("think": "1000..1000", "progress": 9000, "disk": "1..1")"), "t"));
    choices_.scenario = calm;
    trace_ = make_runner(choices_)->record(1);
    trace_.demand = {};
    trace_.seed.reset();
    for (const TraceStep& step : trace_.steps) {
      const JsonFields unpacked = step.fields.unpacked();
      const ordered_json& fields = unpacked.json();
      const bool is_prepare =
          fields.contains("message") && fields.at("message").at("type") == "prepare";
      if (is_prepare && fields.at("from") != fields.at("to")) {
        prepare_ = fields;
        break;
      }
    }
  }

  /// The first Prepare to another node, as a step of this kind.
  [[nodiscard]] ordered_json prepare(std::string_view kind) const {
    ordered_json step = prepare_;
    step["step"] = kind;
    return step;
  }
  /// Its delivery, for `insert` and the like.
  [[nodiscard]] std::string prepare_arrives() const { return "deliver " + prepare_.dump(); }
  /// Its link, as a step of this kind.
  [[nodiscard]] ordered_json link(std::string_view kind) const {
    return {{"step", kind},
            {"from", ordered_json::array({prepare_.at("from")})},
            {"to", ordered_json::array({prepare_.at("to")})}};
  }

  /// Before the first step that fits, or at the end.
  AList& insert(std::string_view before, const ordered_json& step) {
    std::size_t place = 0;
    while (place < trace_.steps.size() &&
           text_of(trace_.steps[place]).find(before) == std::string::npos) {
      ++place;
    }
    TraceStep added;
    added.at = place < trace_.steps.size() ? trace_.steps[place].at : trace_.steps.back().at;
    added.kind = step.at("step").get<std::string>();
    ordered_json fields = step;
    fields.erase("step");
    added.fields = JsonFields(std::move(fields));
    trace_.steps.insert(trace_.steps.begin() + static_cast<std::ptrdiff_t>(place), added);
    return *this;
  }
  AList& insert_at_end(const ordered_json& step) { return insert("nothing like it", step); }
  AList& settle() {
    trace_.settles = true;
    return *this;
  }
  /// The same once more.
  AList& repeat(std::string_view like) {
    for (std::size_t i = 0; i < trace_.steps.size(); ++i) {
      if (text_of(trace_.steps[i]).find(like) != std::string::npos) {
        const TraceStep again = trace_.steps[i];
        trace_.steps.insert(trace_.steps.begin() + static_cast<std::ptrdiff_t>(i), again);
        return *this;
      }
    }
    ADD_FAILURE() << "no step like " << like;
    return *this;
  }
  /// Those that fit are taken out.
  AList& without(std::string_view like) {
    std::erase_if(trace_.steps, [&](const TraceStep& step) {
      return text_of(step).find(like) != std::string::npos;
    });
    return *this;
  }

  [[nodiscard]] std::vector<std::string> inert() const {
    std::vector<std::string> told;
    for (const InertFault& one : make_runner({})->replay(trace_, nullptr).inert) {
      told.push_back(fmt::format("{}: {}", trace_.steps[one.step].kind, one.why));
    }
    return told;
  }
  [[nodiscard]] Trace& trace() { return trace_; }

 private:
  static std::string text_of(const TraceStep& step) { return step.kind + " " + step.fields.text(); }
  RunChoices choices_;
  Trace trace_;
  ordered_json prepare_;
};

constexpr std::string_view first = "";
ordered_json at_node(std::string_view kind, std::string_view node) {
  return {{"step", kind}, {"node", node}};
}

TEST(AFaultThatTouchesNothing, IsNoneInARunWithoutFaults) {
  EXPECT_THAT(AList().inert(), IsEmpty());
}

TEST(AFaultThatTouchesNothing, IsACutThatHealsBeforeTheFirstMessage) {
  AList list;
  list.insert(first, list.link("heal")).insert(first, list.link("cut"));
  EXPECT_THAT(list.inert(),
              ::testing::ElementsAre(
                  "cut: the cut touched nothing: no message was lost or late because of it"));
}

TEST(AFaultThatTouchesNothing, IsACutBeforeTheFirstMessageThatHealsWhenAllIsOver) {
  AList list;  // the message is there, but nothing comes of it with the cut or without
  const auto both_ways = [](const ordered_json& link) {
    ordered_json back = link;
    back["from"] = link.at("to");
    back["to"] = link.at("from");
    return back;
  };
  list.without(R"("from":"n1","to":"n2")").without(R"("from":"n2","to":"n1")");
  const ordered_json cut = {
      {"step", "cut"}, {"from", ordered_json::array({"n1"})}, {"to", ordered_json::array({"n2"})}};
  ordered_json heal = cut;
  heal["step"] = "heal";
  list.insert(first, cut).insert(first, both_ways(cut));
  list.insert_at_end(heal).insert_at_end(both_ways(heal));
  EXPECT_THAT(list.inert(), SizeIs(2));
}

TEST(AFaultThatTouchesNothing, IsNoCutOnWhichAMessageIsRefusedLostOrLate) {
  AList refused;
  EXPECT_THAT(refused.insert(first, refused.link("cut")).inert(), IsEmpty());
  AList lost;
  lost.insert(lost.prepare_arrives(), lost.link("cut"))
      .insert(lost.prepare_arrives(), lost.prepare("drop"))
      .without(lost.prepare_arrives());
  EXPECT_THAT(lost.inert(), IsEmpty());
  AList late;
  late.insert(first, late.link("cut")).insert(late.prepare_arrives(), late.link("heal"));
  EXPECT_THAT(late.inert(), IsEmpty());
}

TEST(AFaultThatTouchesNothing, IsNoHalfOfACutBothWaysWhoseOtherHalfTouchesSomething) {
  AList list;
  ordered_json back = list.link("cut");
  back["from"] = list.link("cut").at("to");
  back["to"] = list.link("cut").at("from");
  ordered_json heal = back;
  heal["step"] = "heal";
  list.insert(first, heal).insert(first, list.link("cut")).insert(first, back);
  EXPECT_THAT(list.inert(), IsEmpty());
}

TEST(AFaultThatTouchesNothing, IsACrashOfANodeThatKnowsNothingAndIsNotMissed) {
  AList list;
  list.insert(first, at_node("restart", "n3")).insert(first, at_node("crash", "n3"));
  EXPECT_THAT(list.inert(), SizeIs(1));
  EXPECT_THAT(AList().insert(first, at_node("crash", "n3")).inert(), IsEmpty()) << "it is missed";
  EXPECT_THAT(AList().insert_at_end(at_node("crash", "n3")).inert(), IsEmpty())
      << "it forgets that it has learned";
}

TEST(AFaultThatTouchesNothing, IsACrashThatDoesNotCome) {
  ordered_json crash = at_node("crash", "n3");
  crash["after_effects"] = 200;
  EXPECT_THAT(AList().insert(first, crash).inert(),
              ::testing::ElementsAre(
                  "crash: the crash did not come about: n3 did not do so much any more"));
  crash["after_effects"] = 1;
  EXPECT_THAT(AList().insert(first, crash).inert(), IsEmpty());
}

TEST(AFaultThatTouchesNothing, IsAPauseForWhichNothingWaits) {
  AList list;
  list.insert(first, at_node("resume", "n3")).insert(first, at_node("pause", "n3"));
  EXPECT_THAT(list.inert(), SizeIs(1));
  EXPECT_THAT(AList().insert(first, at_node("pause", "n3")).inert(), IsEmpty());
}

TEST(AFaultThatTouchesNothing, IsASkewAfterWhichNoTimerFires) {
  ordered_json skew = at_node("skew", "n3");
  skew["rate"] = 2048;
  EXPECT_THAT(AList().insert_at_end(skew).inert(), SizeIs(1));
  EXPECT_THAT(AList().insert(first, skew).inert(), IsEmpty());
}

TEST(AFaultThatTouchesNothing, IsACopyThatNeverArrives) {
  AList list;
  list.insert(list.prepare_arrives(), list.prepare("duplicate"));
  EXPECT_THAT(list.inert(),
              ::testing::ElementsAre("duplicate: the copy touched nothing: it never arrived"));
  EXPECT_THAT(list.repeat(list.prepare_arrives()).inert(), IsEmpty());
}

TEST(AFaultThatTouchesNothing, IsNotToldOfWhatTheProgramRecorded) {
  AList list;
  list.insert(first, list.link("heal")).insert(first, list.link("cut"));
  list.trace().build = "synod";
  EXPECT_THAT(list.inert(), IsEmpty());
}

TEST(AFaultThatTouchesNothing, IsNoneOfTheStoriesThatComeWithTheProgram) {
  for (const LibraryScenario& scenario : library_scenarios()) {
    const Trace trace = load_scenario(std::string(scenario.name));
    if (trace.has_steps) {
      RunChoices choices;
      choices.protocol = trace.protocol;
      choices.mutants = trace.mutants;
      const ReplayReport report = make_runner(choices)->replay(trace, nullptr);
      for (const InertFault& inert : report.inert) {
        ADD_FAILURE() << scenario.name << ": steps[" << inert.step << "]: " << inert.why;
      }
    }
  }
}

TEST(AFaultAskedFor, IsToldWhereTheStepsShowNone) {
  AList list;
  list.trace().configuration.drop = {1, 9};
  EXPECT_THAT(warnings_about(list.trace()), SizeIs(1));
}

}  // namespace
}  // namespace synod::testing
