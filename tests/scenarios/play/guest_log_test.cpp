// What the code under test logs or prints, made fit to be shown.
#include "scenarios/play/guest_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace synod {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  add_guest_lines(lines, "n1 logs: ", text);
  return lines;
}

TEST(GuestLog, HasAPrefixOnEachLine) {
  EXPECT_EQ(logged_by(NodeId{0}), "n1 logs: ");
  EXPECT_THAT(lines_of("a\nb\r\n\nc"),
              ElementsAre("n1 logs: a", "n1 logs: b", "n1 logs: ", "n1 logs: c"));
  EXPECT_THAT(lines_of("a\n"), ElementsAre("n1 logs: a"));
  EXPECT_THAT(lines_of(""), IsEmpty());
}

TEST(GuestLog, HoldsNothingThatATerminalObeys) {
  EXPECT_THAT(lines_of("\x1b[2Jgone"), ElementsAre("n1 logs: ?[2Jgone"));
}

TEST(GuestLog, IsCutWhereItIsLong) {
  EXPECT_THAT(lines_of(std::string(499, 'x') + "ü!"),
              ElementsAre("n1 logs: " + std::string(499, 'x') + " … (502 bytes)"));
  const std::vector<std::string> lines = lines_of(std::string(1000, '\n') + "x");
  ASSERT_THAT(lines, SizeIs(201));
  EXPECT_EQ(lines.back(), "n1 logs: … (1001 lines)");
}

}  // namespace
}  // namespace synod
