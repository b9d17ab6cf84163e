// The messages of three-phase commit in a trace: each is read as it is written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/three_phase_commit/node.h"
#include "scenarios/format/step_json.h"
#include "sim/protocol.h"

namespace synod::three_phase_commit {
namespace {

static_assert(synod::Protocol<three_phase_commit::Protocol>);

TEST(ThreePhaseCommitJson, EveryMessageIsReadAsItIsWritten) {
  const std::vector<Message> messages = {Begin{},
                                         VoteRequest{},
                                         VoteYes{},
                                         VoteNo{},
                                         PreCommit{},
                                         PreCommitAck{},
                                         Decide{Decision::commit},
                                         Decide{Decision::abort},
                                         StateRequest{},
                                         StateReport{State::pre_committed},
                                         Inquiry{}};
  for (const Message& message : messages) {
    nlohmann::ordered_json json;
    write_message(message, json);
    Message read;
    EXPECT_TRUE(try_read_message(json, read)) << json;
    EXPECT_EQ(read, message) << json;
  }
}

TEST(ThreePhaseCommitJson, AReportNamesTheState) {
  nlohmann::ordered_json json;
  write_message(Message{StateReport{State::waiting}}, json);
  EXPECT_EQ(json.dump(), R"({"type":"state_report","state":"waiting"})");
  Message read;
  EXPECT_FALSE(try_read_message(
      nlohmann::ordered_json::parse(R"({"type":"state_report","state":"prepared"})"), read));
}

}  // namespace
}  // namespace synod::three_phase_commit
