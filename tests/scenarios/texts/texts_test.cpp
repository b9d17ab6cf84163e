// The page of the two texts: what it says is there, is quoted where it is planted, and comes true.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include "scenarios/library/library.h"
#include "scenarios/run/runner.h"
#include "scenarios/texts/texts.h"

namespace synod::testing {
namespace {

using ::testing::AnyOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

/// Without what a typesetter adds.
std::string plain(std::string text) {
  for (const char* mark : {"‘", "’", "$", "'"}) {
    for (auto place = text.find(mark); place != std::string::npos; place = text.find(mark)) {
      text.erase(place, std::string(mark).size());
    }
  }
  return text;
}

/// What the sentence and the bug's own words both quote, or one quotes of the other.
bool quotes(const std::string& about, const std::string& quote) {
  const std::regex in_quotes("\"([^\"]+)\"");
  const std::string between = " … ";
  std::vector<std::string> parts;
  for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + between.size()) {
    end = quote.find(between, begin);
    parts.push_back(quote.substr(begin, end == std::string::npos ? end : end - begin));
  }
  for (std::sregex_iterator found(about.begin(), about.end(), in_quotes), end; found != end;
       ++found) {
    const std::string words = (*found)[1];
    if (std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
          return words.find(part) != std::string::npos || part.find(words) != std::string::npos;
        })) {
      return true;
    }
  }
  return false;
}

MutantText mutant_named(std::string_view slug) {
  const std::vector<MutantText> all = protocol_of_mutant(slug).mutants();
  return *std::find_if(all.begin(), all.end(),
                       [&](const MutantText& mutant) { return mutant.slug == slug; });
}

TEST(Texts, HaveOneEntryForEachSentence) {
  std::vector<std::string> numbers;
  for (const TextSentence& sentence : text_sentences()) {
    numbers.emplace_back(sentence.number);
  }
  ASSERT_EQ(numbers.size(), 24U);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    EXPECT_EQ(numbers[i], fmt::format("A{}", i + 1));
  }
}

TEST(Texts, SayTheSentenceWhatComesOfItAndWhatIsRight) {
  for (const TextSentence& sentence : text_sentences()) {
    SCOPED_TRACE(sentence.number);
    EXPECT_THAT(sentence.text, AnyOf("PE", "HB"));
    EXPECT_THAT(std::string(sentence.quote), Not(HasSubstr("\n")));
    EXPECT_LT(sentence.quote.size(), 120U) << "one line";
    EXPECT_THAT(std::string(sentence.why), EndsWith("."));
    EXPECT_THAT(std::string(sentence.rule), EndsWith("."));
    EXPECT_FALSE(sentence.source.empty());
    EXPECT_FALSE(sentence.experiments.empty());
    for (const Experiment& experiment : sentence.experiments) {
      EXPECT_FALSE(experiment.mutant.empty() && experiment.scenario.empty()) << experiment.what;
    }
  }
}

TEST(Texts, ClaimOfASentenceWhatOneOfItsExperimentsShows) {
  for (const TextSentence& sentence : text_sentences()) {
    if (sentence.verdict != TextVerdict::misleading && sentence.verdict != TextVerdict::right) {
      EXPECT_TRUE(std::any_of(
          sentence.experiments.begin(), sentence.experiments.end(),
          [&](const Experiment& experiment) { return experiment.verdict == sentence.verdict; }))
          << sentence.number;
    }
  }
}

TEST(Texts, AreQuotedByTheBugsThatTakeThemAtTheirWord) {
  for (const TextSentence& sentence : text_sentences()) {
    for (const Experiment& experiment : sentence.experiments) {
      if (!experiment.mutant.empty()) {
        const std::string about(mutant_named(experiment.mutant).about);
        EXPECT_TRUE(quotes(plain(about), plain(std::string(sentence.quote))))
            << sentence.number << ", " << experiment.mutant << ": " << about;
      }
    }
  }
}

TEST(Texts, PointAtScenariosWithStepsExceptWhereABugIsPlantedInARandomForm) {
  for (const TextSentence& sentence : text_sentences()) {
    for (const Experiment& experiment : sentence.experiments) {
      if (!experiment.scenario.empty()) {
        EXPECT_EQ(load_scenario(std::string(experiment.scenario)).has_steps,
                  experiment.mutant.empty())
            << experiment.scenario;
      }
    }
  }
}

}  // namespace
}  // namespace synod::testing
