#include "tools/bench/allocation_count.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <thread>
#include <vector>

namespace synod {
namespace {

std::uint64_t allocations_in(const auto& action) {
  const std::uint64_t before = *allocations_of_this_thread();
  action();
  return *allocations_of_this_thread() - before;
}

class AllocationCount : public testing::Test {
 protected:
  void SetUp() override {
    if (!allocations_of_this_thread()) {
      GTEST_SKIP() << "a sanitizer's own allocator is in place";
    }
  }
};

TEST_F(AllocationCount, CountsEachRequestAndNoRelease) {
  EXPECT_EQ(allocations_in([] { ::operator delete(::operator new(8)); }), 1);
  EXPECT_EQ(allocations_in([] { ::operator delete[](::operator new[](0)); }), 1);
  EXPECT_EQ(allocations_in([] { ::operator delete(::operator new(8, std::nothrow)); }), 1);
  EXPECT_EQ(allocations_in([] {
              constexpr std::align_val_t alignment{64};
              ::operator delete(::operator new(8, alignment), alignment);
            }),
            1);
}

TEST_F(AllocationCount, IsZeroForAVectorThatHasRoom) {
  std::vector<int> numbers;
  numbers.reserve(8);
  EXPECT_EQ(allocations_in([&] { numbers.assign(8, 1); }), 0);
  EXPECT_EQ(allocations_in([&] { numbers.assign(9, 1); }), 1);
}

TEST_F(AllocationCount, LeavesOutOtherThreads) {
  const std::uint64_t counted = allocations_in([&] {
    std::jthread other([&] {
      for (int i = 0; i < 1000; ++i) {
        ::operator delete(::operator new(8));
      }
    });
  });
  EXPECT_LT(counted, 1000);
}

TEST_F(AllocationCount, KeepsAlignment) {
  for (const std::size_t alignment : {32U, 64U, 4096U}) {
    void* const memory = ::operator new(1, std::align_val_t{alignment});
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory) % alignment, 0U);
    ::operator delete(memory, std::align_val_t{alignment});
  }
}

}  // namespace
}  // namespace synod
