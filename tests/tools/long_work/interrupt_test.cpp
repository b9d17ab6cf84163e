#include "tools/long_work/interrupt.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace synod {
namespace {

using testing::ExitedWithCode;
using testing::KilledBySignal;

/// Far longer than what counts as the same signal.
void wait_a_while() { std::this_thread::sleep_for(std::chrono::milliseconds(500)); }

// Each in a process of its own, for signals are the whole process's.
class InterruptDeathTest : public testing::TestWithParam<int> {
 protected:
  static constexpr int noted = 10;
  static constexpr int not_noted = 11;

  static void end_with(const InterruptWatch& watch) {
    std::_Exit(watch.is_interrupted() ? noted : not_noted);
  }
};

TEST_P(InterruptDeathTest, IsNotedTheFirstTime) {
  EXPECT_EXIT(
      {
        const InterruptWatch watch;
        std::raise(GetParam());
        end_with(watch);
      },
      ExitedWithCode(noted), "");
  EXPECT_EXIT(end_with(InterruptWatch()), ExitedWithCode(not_noted), "");
}

TEST_P(InterruptDeathTest, EndsTheProgramTheSecondTime) {
  for (const int first : {SIGINT, SIGTERM, SIGHUP}) {
    EXPECT_EXIT(
        {
          const InterruptWatch watch;
          std::raise(first);
          wait_a_while();
          std::raise(GetParam());
          end_with(watch);
        },
        KilledBySignal(GetParam()), "");
  }
}

TEST_P(InterruptDeathTest, TwiceAtOnceIsOnce) {
  EXPECT_EXIT(
      {
        const InterruptWatch watch;
        std::raise(GetParam());
        std::raise(GetParam());
        end_with(watch);
      },
      ExitedWithCode(noted), "");
}

TEST_P(InterruptDeathTest, EndsTheProgramWhereNobodyWatches) {
  EXPECT_EXIT(
      {
        {
          const InterruptWatch watch;
        }
        std::raise(GetParam());
        std::_Exit(not_noted);
      },
      KilledBySignal(GetParam()), "");
}

INSTANTIATE_TEST_SUITE_P(Signals, InterruptDeathTest, testing::Values(SIGINT, SIGTERM, SIGHUP));

TEST(NohupDeathTest, LeavesAloneWhatNohupHasSetToBeIgnored) {
  EXPECT_EXIT(
      {
        std::signal(SIGHUP, SIG_IGN);
        const InterruptWatch watch;
        std::raise(SIGHUP);
        std::_Exit(watch.is_interrupted() ? 1 : 0);
      },
      ExitedWithCode(0), "");
}

}  // namespace
}  // namespace synod
