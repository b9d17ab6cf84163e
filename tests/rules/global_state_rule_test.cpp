#include "tests/rules/rule_testing.h"

namespace synod::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Findings state_in(const std::string& text) {
  return findings_in(the_engine_has_no_global_state, "core/a.cpp", text);
}

TEST(GlobalState, does_not_occur_in_the_tree) {
  expect_kept_by_the_tree(the_engine_has_no_global_state);
}

TEST(GlobalState, is_found_at_namespace_scope) {
  EXPECT_THAT(state_in("int count;\n"), ElementsAre(finding_on(1, "outside any function")));
  EXPECT_THAT(state_in("namespace synod {\nnamespace {\nstd::vector<int> cache = {1};\n}\n}\n"),
              ElementsAre(finding_on(3, "outside any function")));
  EXPECT_THAT(state_in("inline int count{0};\n"), ElementsAre(finding_on(1, "outside")));
  EXPECT_THAT(state_in("const char* name = nullptr;\n"), ElementsAre(finding_on(1, "outside")));
  EXPECT_THAT(state_in("template <class T = int>\nint count = 0;\n"),
              ElementsAre(finding_on(1, "outside")));
  EXPECT_THAT(state_in("auto hook = [](int a) { return a; };\n"),
              ElementsAre(finding_on(1, "outside")));
}

TEST(GlobalState, is_found_behind_functions_and_types) {
  EXPECT_THAT(state_in("int f() { return 1; }\nint a;\n"), ElementsAre(finding_on(2, "outside")));
  EXPECT_THAT(state_in("struct A { int b; };\nA a;\n"), ElementsAre(finding_on(2, "outside")));
  EXPECT_THAT(state_in("A::A(int b) : b_{b}, c_{1} {}\nA a;\n"),
              ElementsAre(finding_on(2, "outside")));
  EXPECT_THAT(state_in("A::A(int b) : b_(b) {}\nA a;\n"), ElementsAre(finding_on(2, "outside")));
}

TEST(GlobalState, is_found_in_statics_of_functions_and_classes) {
  EXPECT_THAT(state_in("int next() {\n  static int count = 0;\n  return ++count;\n}\n"),
              ElementsAre(finding_on(2, "a static variable")));
  EXPECT_THAT(state_in("struct A {\n  static int count;\n};\n"),
              ElementsAre(finding_on(2, "a static variable")));
  EXPECT_THAT(state_in("int f() {\n  static auto x = make();\n}\n"),
              ElementsAre(finding_on(2, "a static variable")));
}

TEST(GlobalState, constants_are_none) {
  EXPECT_THAT(state_in("constexpr int a = 1;\ninline constexpr B b{1, {2}};\nconst int c = 3;\n"
                       "constexpr const char* d = nullptr;\nconst char* const e = nullptr;\n"
                       "template <class T>\ninline constexpr bool f = true;\n"
                       "struct A { static constexpr int g = 1; constexpr static int h = 2; };\n"
                       "constexpr auto i = [](int x) { return x; };\n"),
              IsEmpty());
}

TEST(GlobalState, functions_types_and_aliases_are_none) {
  EXPECT_THAT(state_in("namespace synod {\n"
                       "int f(int a = 1);\n"
                       "static int g() { int local = 0; return local; }\n"
                       "template <class T = int> T h(T a) { return a; }\n"
                       "struct A { int b = 0; A() = default; static A make(); };\n"
                       "A::A(int b) : b_{b}, c_(1), d_{2} { run(); }\n"
                       "bool operator==(A, A) { return true; }\n"
                       "A& operator=(A&) = delete;\n"
                       "enum class E : int { a, b };\n"
                       "using B = A;\n"
                       "class C;\n"
                       "extern template class D<int>;\n"
                       "template <class T> concept Good = requires(T t) { t.a(); };\n"
                       "template <class T> requires Good<T> void k(T t) { t.a(); }\n"
                       "template <class T> struct F<T, 1> : G { int a; };\n"
                       "auto l() -> int { return 1; }\n"
                       "static_assert(sizeof(A) == 4);\n"
                       "[[nodiscard]] int m() noexcept { return 1; }\n"
                       "}\n"),
              IsEmpty());
}

TEST(GlobalState, of_macros_is_not_looked_for) {
  EXPECT_THAT(state_in("#define COUNT \\\n  int count;\nint f();\n"), IsEmpty());
}

TEST(GlobalState, elsewhere_is_allowed) {
  EXPECT_THAT(findings_in(the_engine_has_no_global_state, "scenarios/a.cpp", "int count;\n"),
              IsEmpty());
}

}  // namespace
}  // namespace synod::rules
