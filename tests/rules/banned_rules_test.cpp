#include "tests/rules/rule_testing.h"

namespace synod::rules {
namespace {

using testing::Contains;
using testing::IsEmpty;

Findings banned(const std::string& path, const std::string& text) {
  return findings_in(the_engine_uses_nothing_banned, path, text);
}

TEST(BannedCalls, do_not_occur_in_the_tree) {
  expect_kept_by_the_tree(the_engine_uses_nothing_banned);
}

TEST(BannedCalls, are_found_in_core_and_sim_and_properties_alone) {
  const std::string text = "int f() { throw 1; }\n";
  EXPECT_THAT(banned("core/a.cpp", text), Contains(finding_on(1, "throw")));
  EXPECT_THAT(banned("sim/a.h", text), Contains(finding_on(1, "throw")));
  EXPECT_THAT(banned("properties/a.h", text), Contains(finding_on(1, "throw")));
  EXPECT_THAT(banned("tools/a.cpp", text), IsEmpty());
  EXPECT_THAT(banned("tests/core/a.cpp", text), IsEmpty());
}

TEST(BannedCalls, in_comments_and_literals_count_for_nothing) {
  EXPECT_THAT(banned("core/a.h", "// try to catch a double\nauto s = \"throw 1.5\";\n"), IsEmpty());
}

TEST(BannedCalls, are_whole_words) {
  EXPECT_THAT(banned("core/a.h", "bool try_promise(); int doubled; int catchup; int trand;\n"),
              IsEmpty());
}

struct Planted {
  std::string code;
  std::string found;

  friend void PrintTo(const Planted& planted, std::ostream* out) { *out << planted.code; }
};

class BannedCall : public testing::TestWithParam<Planted> {};

TEST_P(BannedCall, is_found_on_its_line) {
  EXPECT_THAT(banned("sim/a.cpp", "int x;\n" + GetParam().code + "\n"),
              Contains(finding_on(2, GetParam().found)));
}

INSTANTIATE_TEST_SUITE_P(
    OfEachKind, BannedCall,
    testing::Values(
        Planted{"std::random_device d;", "random_device"},
        Planted{"std::mt19937 g(seed);", "mt19937"},
        Planted{"std::mt19937_64 g(seed);", "mt19937_64"}, Planted{"#include <random>", "<random>"},
        Planted{"std::shuffle(a, b, g);", "std::shuffle"},
        Planted{"std::ranges::shuffle(a, g);", "ranges::shuffle"},
        Planted{"int r = rand();", "rand("},
        Planted{"auto t = std::chrono::steady_clock::now();", "steady_clock"},
        Planted{"std::chrono::milliseconds m;", "chrono"},
        Planted{"auto t = std::time(nullptr);", "std::time("},
        Planted{"std::thread t;", "std::thread"}, Planted{"std :: mutex m;", "std::mutex"},
        Planted{"thread_local int x;", "thread_local"},
        Planted{"std::atomic<int> a;", "std::atomic"}, Planted{"#include <thread>", "<thread>"},
        Planted{"std::unordered_map<int, int> m;", "unordered_map"},
        Planted{"std::unordered_set<int> s;", "unordered_set"},
        Planted{"auto h = std::hash<int>{}(1);", "std::hash"}, Planted{"float f;", "float"},
        Planted{"double d;", "double"}, Planted{"auto d = 1.5;", "1.5"},
        Planted{"auto d = .5;", ".5"}, Planted{"auto d = 1e9;", "1e9"},
        Planted{"auto d = 0x1p3;", "0x1p3"}, Planted{"#include <cmath>", "<cmath>"},
        Planted{"throw error;", "throw"}, Planted{"try { f(); }", "try"},
        Planted{"catch (...) {}", "catch"}, Planted{"#include <stdexcept>", "<stdexcept>"},
        Planted{"#include <fstream>", "<fstream>"},
        Planted{"#include <filesystem>", "<filesystem>"},
        Planted{"auto* f = fopen(name, mode);", "fopen"}, Planted{"std::cout << x;", "std::cout"},
        Planted{"fmt::print(format);", "fmt::print"},
        Planted{"auto* e = getenv(name);", "getenv"}));

TEST(Threads, have_one_place_in_the_tree) { expect_kept_by_the_tree(threads_have_one_place); }

TEST(Threads, are_found_wherever_else_they_are_started) {
  const auto found = [](const std::string& path, const std::string& text) {
    return findings_in(threads_have_one_place, path, text);
  };
  for (const std::string text : {"std::thread t(f);\n", "std::vector<std::jthread> t;\n",
                                 "auto a = std::async(f);\n", "std::thread{f}.join();\n"}) {
    EXPECT_THAT(found("tools/a.cpp", text), Contains(finding_on(1, "a thread"))) << text;
    EXPECT_THAT(found("tools/explore/a.h", text), Contains(finding_on(1, "a thread"))) << text;
    EXPECT_THAT(found("tools/long_work/workers.cpp", text), IsEmpty());
  }
  EXPECT_THAT(found("tools/a.cpp", "unsigned n = std::thread::hardware_concurrency();\n"),
              IsEmpty());
}

TEST(Exceptions, of_scenarios_have_one_place_in_the_tree) {
  expect_kept_by_the_tree(exceptions_have_one_place);
}

TEST(Exceptions, are_found_wherever_else_they_are_used) {
  const auto found = [](const std::string& path, const std::string& text) {
    return findings_in(exceptions_have_one_place, path, text);
  };
  const std::string thrown = "int x;\nint f() { throw InputError(\"no\"); }\n";
  EXPECT_THAT(found("scenarios/a.cpp", thrown), Contains(finding_on(2, "throw")));
  EXPECT_THAT(found("scenarios/explore/a.h", thrown), Contains(finding_on(2, "throw")));
  const std::string caught = "int x;\nint f() { try { g(); } catch (...) {} }\n";
  EXPECT_THAT(found("scenarios/a.h", caught),
              testing::ElementsAre(finding_on(2, "try"), finding_on(2, "catch")));
  EXPECT_THAT(found("scenarios/words/input_error.cpp", thrown), IsEmpty());
  EXPECT_THAT(found("tools/a.cpp", thrown), IsEmpty());
  EXPECT_THAT(found("scenarios/a.h", "// to throw\nbool try_read(); auto s = \"throw\";\n"),
              IsEmpty());
}

TEST(JsonWriting, has_one_place_in_the_tree) {
  expect_kept_by_the_tree(json_is_written_in_one_place);
}

TEST(JsonWriting, elsewhere_is_found) {
  const std::string text = "int x;\nauto a = json . dump(2);\nauto b = place->dump();\n";
  for (const std::string path : {"tools/a.cpp", "scenarios/explain/a.cpp", "scenarios/a.h"}) {
    EXPECT_THAT(findings_in(json_is_written_in_one_place, path, text),
                testing::ElementsAre(finding_on(2, "format_json"), finding_on(3, "format_json")));
  }
  EXPECT_THAT(findings_in(json_is_written_in_one_place, "scenarios/words/safe_text.cpp", text),
              IsEmpty());
  EXPECT_THAT(
      findings_in(json_is_written_in_one_place, "tools/a.cpp", "void dump(int);\n// a.dump()\n"),
      IsEmpty());
}

TEST(BannedCalls, numbers_that_are_whole_are_welcome) {
  EXPECT_THAT(banned("sim/a.h", "auto a = 1'000; auto b = 0x1e; auto c = 0b1; auto d = a1e;\n"),
              IsEmpty());
}

}  // namespace
}  // namespace synod::rules
