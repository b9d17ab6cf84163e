// What several threads do together, and what becomes of it when one of them fails.
#include "tools/long_work/workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <new>
#include <stdexcept>
#include <vector>

namespace synod {
namespace {

TEST(Workers, RunOnceEachAndAllAtOnce) {
  for (const unsigned count : {1U, 2U, 7U}) {
    std::vector<int> calls(count, 0);
    std::barrier<> all(count);  // waits for ever where one is missing
    Workers().run(count, [&](unsigned index) {
      all.arrive_and_wait();
      ++calls[index];
    });
    EXPECT_EQ(calls, std::vector<int>(count, 1));
  }
}

TEST(Workers, WhatOneMeetsIsThrownWhenAllHaveReturned) {
  for (const unsigned count : {1U, 3U}) {
    Workers workers;
    std::atomic<unsigned> returned = 0;
    const auto work = [&](unsigned index) {
      if (index == count - 1) throw std::domain_error("met");
      while (!workers.must_end()) {
      }
      ++returned;
    };
    EXPECT_THROW(workers.run(count, work), std::domain_error);
    EXPECT_EQ(returned, count - 1);
  }
}

TEST(Workers, MemoryThatOneIsRefusedIsThrownAsWell) {
  EXPECT_THROW(Workers().run(2, [](unsigned) { throw std::bad_alloc(); }), std::bad_alloc);
}

TEST(Workers, WhatTheCallerMeetsMeanwhileEndsThem) {
  Workers workers;
  const auto work = [&](unsigned) {
    while (!workers.must_end()) {
    }
  };
  const auto on_pause = [] { throw std::domain_error("output is full"); };
  EXPECT_THROW(workers.run(2, work, on_pause), std::domain_error);
}

TEST(Workers, TheCallerIsCalledMeanwhileAndAtLeastOnce) {
  for (const unsigned count : {1U, 2U}) {
    std::atomic<int> pauses = 0;
    Workers().run(count, [](unsigned) {}, [&] { ++pauses; });
    EXPECT_GE(pauses, 1);
    pauses = 0;
    const auto work = [&](unsigned) {
      while (pauses < 3) {
      }
    };
    Workers().run(count, work, [&] { ++pauses; });
    EXPECT_GE(pauses, 3);
  }
}

TEST(Workers, ShareWorkPieceByPiece) {
  for (const unsigned jobs : {0U, 1U, 3U, 100U}) {
    for (const std::size_t count : {0U, 1U, 50U}) {
      std::vector<int> done(count, 0);
      share_work(count, jobs, [&](std::size_t i) { ++done[i]; });
      EXPECT_EQ(done, std::vector<int>(count, 1));
    }
  }
}

TEST(Workers, TakeNoFurtherPieceAfterAFailure) {
  for (const unsigned jobs : {1U, 2U}) {
    std::atomic<std::size_t> begun = 0;
    const auto work = [&](std::size_t i) {
      ++begun;
      if (i == 0) throw std::domain_error("met");
    };
    EXPECT_THROW(share_work(1'000'000'000, jobs, work), std::domain_error);
    EXPECT_LT(begun, 1'000'000'000U);
  }
}

}  // namespace
}  // namespace synod
