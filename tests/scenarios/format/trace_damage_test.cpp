// Whatever happens to a file, the reader reads it or says in one line why not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/format/trace_testing.h"

namespace synod::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// Small, because each of its bytes is damaged in turn: one step of every kind.
std::string small_trace() {
  std::vector<Step<Paxos>> steps;
  for (const Step<Paxos>& step : every_step()) {
    if (steps.empty() || steps.back().action.index() != step.action.index()) {
      steps.push_back(step);
    }
  }
  Trace trace = trace_of(steps);
  trace.configured.json() = {{"node_count", 9}, {"client_count", 4}, {"cut_shapes", {"ring"}}};
  trace.seed = 12;
  trace.expect = Expectation{Verdict::violated, "agreement", "é", "0123456789abcdef"};
  return format_trace(trace);
}

/// One line with the name of the file and the number of a line in it.
void expect_clear(const std::string& complaint, std::size_t at) {
  EXPECT_THAT(complaint, AllOf(StartsWith("t.json:"), HasSubstr(": "), Not(HasSubstr("\n"))))
      << "byte " << at;
  EXPECT_TRUE(complaint.size() > 7 && complaint[7] >= '1' && complaint[7] <= '9') << complaint;
}

TEST(ADamagedTrace, CutOffAnywhereIsRefused) {
  const std::string text = small_trace();
  ASSERT_EQ(complaint_about(text), "");
  // Without the last newline nothing is lost.
  for (std::size_t size = 0; size + 1 < text.size(); ++size) {
    const std::string complaint = complaint_about(text.substr(0, size));
    ASSERT_NE(complaint, "") << "cut off behind byte " << size;
    expect_clear(complaint, size);
  }
}

TEST(ADamagedTrace, WithAnyBitsFlippedIsReadOrRefused) {
  const std::string text = small_trace();
  std::size_t refused = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const unsigned flip : {0x01U, 0x20U, 0x80U}) {
      std::string damaged = text;
      damaged[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ flip);
      const std::string complaint = complaint_about(damaged);
      if (!complaint.empty()) {
        ++refused;
        expect_clear(complaint, at);
      }
    }
  }
  EXPECT_GT(refused, text.size());
}

TEST(ADamagedTrace, WithAnyByteMissingOrDoubledIsReadOrRefused) {
  const std::string text = small_trace();
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string damaged = text;
    damaged.erase(at, 1);
    if (const std::string complaint = complaint_about(damaged); !complaint.empty()) {
      expect_clear(complaint, at);
    }
    damaged = text;
    damaged.insert(at, 1, text[at]);
    if (const std::string complaint = complaint_about(damaged); !complaint.empty()) {
      expect_clear(complaint, at);
    }
  }
}

}  // namespace
}  // namespace synod::testing
