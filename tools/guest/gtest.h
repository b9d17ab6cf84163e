// Campaigns and kept traces as tests of GoogleTest: for guests, synod/gtest.h of synod::gtest.
//
//   TEST(Register, Holds) { SYNOD_EXPECT_HOLDS(synod::fuzz()); }
//   TEST(Register, LosesAWrite) {
//     SYNOD_EXPECT_VIOLATED(synod::fuzz({.mutants = {"write-lost"}}));
//   }
//   TEST(Register, AsKept) { SYNOD_EXPECT_AS_KEPT(synod::regress("traces")); }
//
// A failure prints what was found, its story, the file that has its steps, and a line that repeats
// it. Tests may run beside each other, in one process or in many: each has names of its own for
// what it writes. tools/guest/testing.h says what the environment may change.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "scenarios/format/verdict.h"
#include "tools/guest/testing.h"

namespace synod {

namespace detail {

inline TestPlace place_of_this_test() {
  const ::testing::TestInfo* const test = ::testing::UnitTest::GetInstance()->current_test_info();
  if (test == nullptr) {
    return {"test", test_program()};
  }
  std::string name = std::string(test->test_suite_name()) + "." + test->name();
  std::string repeat = test_program() + " --gtest_filter=" + name;
  return {std::move(name), std::move(repeat)};
}

inline ::testing::AssertionResult comes_to(Verdict expected, const Tested& tested) {
  return tested.verdict == expected ? ::testing::AssertionSuccess()
                                    : ::testing::AssertionFailure() << tested.tell();
}
inline ::testing::AssertionResult holds(const char* /*expression*/, const Tested& tested) {
  return comes_to(Verdict::holds, tested);
}
inline ::testing::AssertionResult is_violated(const char* /*expression*/, const Tested& tested) {
  return comes_to(Verdict::violated, tested);
}

}  // namespace detail

/// See tools/guest/testing.h. To be called in a test's own thread.
inline Tested fuzz(const FuzzTest& test = {}) {
  return fuzz_test(test, detail::place_of_this_test());
}
/// Of the protocol that `P` is, or `P::Protocol`.
template <class P>
Tested fuzz(FuzzTest test = {}) {
  if constexpr (requires { typename P::Protocol; }) {
    test.protocol = P::Protocol::name;
  } else {
    test.protocol = P::name;
  }
  return fuzz(test);
}
inline Tested regress(const std::string& folder) {
  return regress_test(folder, detail::place_of_this_test());
}

}  // namespace synod

/// A campaign breaks nothing.
#define SYNOD_EXPECT_HOLDS(...) EXPECT_PRED_FORMAT1(::synod::detail::holds, (__VA_ARGS__))
/// A campaign breaks something: a planted bug is found.
#define SYNOD_EXPECT_VIOLATED(...) EXPECT_PRED_FORMAT1(::synod::detail::is_violated, (__VA_ARGS__))
/// All kept traces come to what they came to when they were kept.
#define SYNOD_EXPECT_AS_KEPT(...) EXPECT_PRED_FORMAT1(::synod::detail::holds, (__VA_ARGS__))
