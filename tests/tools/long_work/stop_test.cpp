#include "tools/long_work/stop.h"

#include <gtest/gtest.h>

#include <atomic>

namespace synod {
namespace {

/// By a clock that stands where it is put.
class StopByClock : public testing::Test {
 protected:
  [[nodiscard]] Stop stop_in(std::optional<double> seconds) const {
    return Stop(interrupt_, seconds, [this] { return now_; });
  }

  std::atomic<bool> interrupt_ = false;
  double now_ = 1000;
};

TEST_F(StopByClock, IsAskedForWhenItsTimeIsUp) {
  const Stop stop = stop_in(10);
  EXPECT_FALSE(stop.is_asked());
  now_ = 1009;
  EXPECT_FALSE(stop.is_asked());
  EXPECT_FALSE(stop.is_asked(0.5));
  EXPECT_TRUE(stop.is_asked(1)) << "a second from now";
  now_ = 1010;
  EXPECT_TRUE(stop.is_asked());
  EXPECT_FALSE(stop.is_interrupted());
  EXPECT_EQ(stop.why(), "the time was up");
}

TEST_F(StopByClock, IsAskedForWhenItIsInterrupted) {
  const Stop stop = stop_in(10);
  interrupt_ = true;
  EXPECT_TRUE(stop.is_asked());
  EXPECT_TRUE(stop.is_interrupted());
  EXPECT_EQ(stop.why(), "it was interrupted");
}

TEST_F(StopByClock, WithoutTimeIsOnlyInterrupted) {
  const Stop stop = stop_in({});
  now_ = 1e9;
  EXPECT_FALSE(stop.is_asked(1e9));
  interrupt_ = true;
  EXPECT_TRUE(stop.is_asked());
}

TEST_F(StopByClock, SharesTheTimeThatIsLeft) {
  const Stop whole = stop_in(10);
  now_ = 1004;
  const Stop third = whole.for_one_of(3);
  now_ = 1005.5;
  EXPECT_FALSE(third.is_asked());
  now_ = 1006;
  EXPECT_TRUE(third.is_asked());
  EXPECT_FALSE(whole.is_asked());
  const Stop last = whole.for_one_of(1);
  now_ = 1009;
  EXPECT_FALSE(last.is_asked());
  now_ = 1010;
  EXPECT_TRUE(last.is_asked());
  now_ = 2000;
  EXPECT_TRUE(whole.for_one_of(1).is_asked()) << "nothing is left to share";
}

TEST_F(StopByClock, InterruptedEndsEveryShareOfIt) {
  const Stop share = stop_in({}).for_one_of(7);
  EXPECT_FALSE(share.is_asked());
  interrupt_ = true;
  EXPECT_TRUE(share.is_asked());
}

}  // namespace
}  // namespace synod
