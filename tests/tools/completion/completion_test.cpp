#include "tools/completion/completion.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "tools/completion/registered_words.h"

namespace synod {
namespace {

TypedOption option(std::vector<std::string> names) {
  TypedOption one;
  one.names = std::move(names);
  one.about = "about it";
  return one;
}

/// fuzz [--keep-going] [-o,--out DIR] [--mutant NAME]... [--all NAME...] [TRACE FILE], and export.
TypedVerb program() {
  static constexpr std::string_view names[] = {"red", "blue"};
  TypedOption out = option({"-o", "--out"});
  out.has_value = true;
  out.value.is_folder = true;
  TypedOption mutant = option({"--mutant"});
  mutant.has_value = mutant.may_be_repeated = true;
  mutant.value.words = words_of(names);
  TypedOption all = mutant;
  all.names = {"--all"};
  all.has_many_values = true;
  TypedValue trace;
  trace.is_file = true;

  TypedVerb fuzz;
  fuzz.name = {"fuzz", "Run many seeds"};
  fuzz.options = {option({"--keep-going"}), out, mutant, all};
  fuzz.positionals = {trace};
  TypedVerb help;
  help.name = {"list", ""};
  TypedVerb program;
  program.options = {option({"--version"})};
  program.verbs = {fuzz, help};
  return program;
}

std::string completed(std::initializer_list<std::string_view> words) {
  return completion_text(program(), std::vector<std::string_view>(words));
}

constexpr std::string_view names = "words\nred\t\nblue\t\n";
constexpr std::string_view all_options =
    "words\n--keep-going\tabout it\n--out\tabout it\n--mutant\tabout it\n--all\tabout it\n";

TEST(Completion, FirstComesAVerbOrAnOptionOfTheProgram) {
  EXPECT_EQ(completed({""}), "words\nfuzz\tRun many seeds\nlist\t\n");
  EXPECT_EQ(completed({"fu"}), completed({""}));
  EXPECT_EQ(completed({}), completed({""}));
  EXPECT_EQ(completed({"--"}), "words\n--version\tabout it\n");
  EXPECT_EQ(completed({"--version", "l"}), completed({""}));
}

TEST(Completion, OptionsAreThoseOfTheVerbByTheirLongNames) {
  EXPECT_EQ(completed({"fuzz", "-"}), all_options);
  EXPECT_EQ(completed({"list", "--"}), "words\n");
}

TEST(Completion, AnOptionThatIsGivenOnceIsNotOfferedAgain) {
  EXPECT_EQ(completed({"fuzz", "--keep-going", "-o", "there", "--mutant", "red", "-"}),
            "words\n--mutant\tabout it\n--all\tabout it\n");
}

TEST(Completion, AValueIsOneOfThoseThatItCanBe) {
  EXPECT_EQ(completed({"fuzz", "--mutant", ""}), names);
  EXPECT_EQ(completed({"fuzz", "--mutant=", ""}), "files\n");
  EXPECT_EQ(completed({"fuzz", "--mutant=r"}), names);
  EXPECT_EQ(completed({"fuzz", "--out", "t"}), "folders\n");
  EXPECT_EQ(completed({"fuzz", "-o", ""}), "folders\n");
  EXPECT_EQ(completed({"fuzz", "--out="}), "folders\n");
}

TEST(Completion, OnlyAnOptionOfManyValuesGoesOn) {
  EXPECT_EQ(completed({"fuzz", "--mutant", "red", ""}), "files\n");
  EXPECT_EQ(completed({"fuzz", "--all", "red", ""}), names);
  EXPECT_EQ(completed({"fuzz", "--all", "red", "--"}), all_options);
}

TEST(Completion, WhatStandsAloneComesOnceAndThenOptions) {
  EXPECT_EQ(completed({"fuzz", ""}), "files\n");
  EXPECT_EQ(completed({"fuzz", "trace.json", ""}), all_options);
  EXPECT_EQ(completed({"fuzz", "--", "--"}), "files\n");
  EXPECT_EQ(completed({"fuzz", "--", "trace.json", ""}), "words\n");
}

TEST(Completion, WhatMakesNoSenseIsNotCompleted) {
  EXPECT_EQ(completed({"fuzzz", ""}), "words\n");
  EXPECT_EQ(completed({"fuzz", "--nonsense=", ""}), "files\n");
  EXPECT_EQ(completed({"fuzz", "--nonsense="}), "words\n");
}

TEST(Completion, AWordTakesOneLine) {
  TypedVerb program;
  program.verbs.resize(1);
  program.verbs.front().name = {"fuzz", "two\nlines\tand a tab"};
  const std::vector<std::string_view> words = {""};
  EXPECT_EQ(completion_text(program, words), "words\nfuzz\ttwo?lines?and a tab\n");
}

}  // namespace
}  // namespace synod
