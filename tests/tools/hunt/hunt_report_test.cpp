#include "tools/hunt/hunt_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tools/hunt/hunt_aims.h"

namespace synod {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr std::optional<double> none;

HuntFigures figures_with(std::uint64_t found, Spread runs, double cpu_seconds) {
  HuntFigures figures;
  figures.trials = 100;
  figures.found = found;
  figures.property = found > 0 ? "agreement" : "";
  figures.runs = runs;
  if (runs.median) {
    figures.steps.median = *runs.median * 100;
    figures.cpu_seconds.median = cpu_seconds;
  }
  if (runs.p90) {
    figures.steps.p90 = *runs.p90 * 100;
    figures.cpu_seconds.p90 = 2 * cpu_seconds;
  }
  return figures;
}

MutantText text_of(std::string_view slug, MutantKind kind = MutantKind::bug) {
  return {.slug = slug,
          .about = "takes a|b for n_1",
          .source = "a paper, 2.2",
          .faults = "none",
          .property = "validity",
          .cluster = "3 nodes",
          .kind = kind};
}

/// Bugs that can be told apart, in two protocols, all found by the default.
HuntSummary good_summary() {
  HuntSummary summary;
  summary.trials = 100;
  summary.budget = 100000;
  summary.targets = 3;
  summary.command = "synod hunt --markdown README.md";
  summary.rows = {{{"paxos", text_of("easy")},
                   figures_with(100, {1.5, 4}, 0.00002),
                   figures_with(100, {1, 3}, 0.00002)},
                  {{"paxos", text_of("hard")},
                   figures_with(100, {120, 412.5}, 0.25),
                   figures_with(80, {30000, none}, 2)},
                  {{"two_phase_commit", text_of("hidden")},
                   figures_with(100, {40, 90}, 0.0125),
                   figures_with(0, {none, none}, 0)}};
  return summary;
}

HuntAim aim_of(const HuntSummary& summary, std::string_view what) {
  for (const HuntAim& aim : aims_of(summary)) {
    if (aim.what.starts_with(what)) {
      return aim;
    }
  }
  return {};
}
std::string text_of(const HuntAim& aim) { return aim.reached + ": " + aim.verdict; }

constexpr std::string_view every_trial = "every bug found in every trial";
constexpr std::string_view cpu = "median under 1 CPU-second each";
constexpr std::string_view mean = "10 times fewer runs";
constexpr std::string_view worse = "never more than twice";

// ---- Aims
// ----------------------------------------------------------------------------------------

TEST(HuntAims, SayWhatWasReached) {
  const HuntSummary summary = good_summary();
  EXPECT_EQ(text_of(aim_of(summary, every_trial)), "3 of 3: met");
  EXPECT_EQ(text_of(aim_of(summary, cpu)), "at most 0.2500 s: met");
  EXPECT_EQ(
      text_of(aim_of(summary, mean)),
      "at least 790.6 times: met (over 2 mutants; the baseline found 1 of them in half of its "
      "trials at most, where its budget counts as its cost)");
  EXPECT_EQ(text_of(aim_of(summary, worse)), "never: met");
}

TEST(HuntAims, NameWhatFallsShort) {
  HuntSummary summary = good_summary();
  summary.rows[0].by_default = figures_with(100, {2.5, 7}, 1);
  summary.rows[1].by_default = figures_with(97, {30000, 99000}, 3.5);
  EXPECT_EQ(text_of(aim_of(summary, every_trial)), "2 of 3: falls short: hard (97 of 100)");
  EXPECT_EQ(text_of(aim_of(summary, cpu)),
            "at most 3.5000 s: falls short: easy (1.00 s), hard (3.50 s)");
  EXPECT_EQ(text_of(aim_of(summary, worse)), "on 1: falls short: easy");
}

TEST(HuntAims, TakeAMedianBeyondTheBudgetForNoSmallOne) {
  HuntSummary summary = good_summary();
  summary.rows[1].by_default = figures_with(10, {none, none}, 0);
  EXPECT_EQ(text_of(aim_of(summary, cpu)),
            "at most 0.0125 s: falls short: hard (not found by half of the trials)");
  EXPECT_EQ(text_of(aim_of(summary, mean)),
            "no ratio: inconclusive: the default found these in half of the trials at most: hard");
}

TEST(HuntAims, CallALowerBoundBelowTheAimInconclusiveAndAFigureBelowItShort) {
  HuntSummary summary = good_summary();
  summary.rows[1].by_default = figures_with(100, {30000, 40000}, 0.5);
  summary.rows[2].by_default = figures_with(100, {50000, 60000}, 0.5);
  EXPECT_THAT(text_of(aim_of(summary, mean)),
              HasSubstr("at least 1.4 times: inconclusive (over 2 "));
  summary.rows[2].by_uniform = figures_with(100, {50000, 60000}, 0.5);
  EXPECT_EQ(text_of(aim_of(summary, mean)), "1.0 times: falls short (over 2 mutants)");
}

TEST(HuntAims, AreNotMetByWhatWasNotMeasured) {
  HuntSummary summary = good_summary();
  summary.rows.resize(1);
  EXPECT_EQ(text_of(aim_of(summary, mean)), "not measured: no mutant is known to cost it so much");
  summary.rows[0].by_default.reset();
  EXPECT_EQ(aim_of(summary, cpu).reached, "not measured");
  EXPECT_EQ(aim_of(summary, mean).what, "");
  EXPECT_EQ(aim_of(summary, worse).what, "");
}

TEST(HuntAims, AreNeverMetByAHuntThatWasInterrupted) {
  HuntSummary summary = good_summary();
  summary.is_interrupted = true;
  for (const HuntAim& aim : aims_of(summary)) {
    EXPECT_THAT(aim.verdict, testing::StartsWith("inconclusive")) << aim.what;
  }
}

TEST(HuntAims, TellOfControlsAndOfTheFaultModelOnlyWhereSuchWereHunted) {
  HuntSummary summary = good_summary();
  EXPECT_EQ(aims_of(summary).size(), 4);
  HuntFigures alarmed = figures_with(3, {none, none}, 0);
  alarmed.has_alarm = true;
  summary.rows = {
      {{"paxos", text_of("safe", MutantKind::control)}, figures_with(0, {none, none}, 0), {}},
      {{"paxos", text_of("loud", MutantKind::control)}, alarmed, {}},
      {{"paxos", text_of("lost-disk", MutantKind::outside_fault_model)},
       figures_with(100, {3, 4}, 0.1),
       {}}};
  EXPECT_EQ(aims_of(summary).size(), 2);
  EXPECT_EQ(text_of(aim_of(summary, "controls raise no alarm")),
            "1 of 2: falls short: loud (3 of 100)");
  EXPECT_EQ(text_of(aim_of(summary, "what is outside the fault model")), "1 of 1: met");
}

// ---- Terminal
// ------------------------------------------------------------------------------------

TEST(HuntText, HasATableForEachProtocolAndTheAimsBelow) {
  EXPECT_THAT(
      hunt_text(good_summary()),
      testing::StartsWith(
          "3 mutants: 100 trials each of at most 100,000 runs; medians and 90th percentiles\n"
          "\n"
          "paxos\n"
          "mutant  strategy    found    runs        p90      steps     p90     CPU s       p90  "
          "ratio  property\n"
          "easy    default   100/100     1.5          4        150     400  < 0.0001  < 0.0001"
          "         agreement\n"
          "easy    uniform   100/100       1          3        100     300  < 0.0001  < 0.0001"
          "    0.7  agreement\n"
          "hard    default   100/100     120      412.5     12,000  41,250    0.2500    0.5000"
          "         agreement\n"
          "hard    uniform    80/100  30,000  > 100,000  3,000,000       -      2.00         -"
          "    250  agreement\n"
          "\n"
          "two_phase_commit\n"
          "mutant  strategy    found       runs        p90  steps    p90   CPU s     p90    ratio  "
          "property\n"
          "hidden  default   100/100         40         90  4,000  9,000  0.0125  0.0250           "
          "agreement\n"
          "hidden  uniform     0/100  > 100,000  > 100,000      -      -       -       -  > 2,500  "
          "-\n"
          "\n"
          "aims\n"
          "  every bug found in every trial\n"
          "    3 of 3: met\n"));
}

TEST(HuntText, SaysWhereItWasInterrupted) {
  HuntSummary summary = good_summary();
  EXPECT_THAT(hunt_text(summary), Not(HasSubstr("interrupted")));
  summary.is_interrupted = true;
  EXPECT_THAT(hunt_text(summary),
              EndsWith("interrupted   only what was hunted to the end until then is told; no file "
                       "is written\n"));
}

TEST(HuntText, SaysOfWhatIsNoBugWhatItIs) {
  HuntSummary summary = good_summary();
  summary.rows[0].target.mutant.kind = MutantKind::control;
  EXPECT_THAT(hunt_text(summary), HasSubstr("\neasy (control)  default "));
}

// ---- Machines
// ------------------------------------------------------------------------------------

TEST(HuntJson, HasNullForWhatIsBeyondTheBudgetAndFoundTellsWhy) {
  const json list = json::parse(hunt_json(good_summary()));
  ASSERT_EQ(list.size(), 6);
  EXPECT_EQ(list[0].at("runs_median"), 1.5);
  EXPECT_EQ(list[2].at("mutant"), "hard");
  EXPECT_EQ(list[2].at("strategy"), "default");
  EXPECT_EQ(list[2].at("runs_median"), 120);
  EXPECT_TRUE(list[2].at("runs_median").is_number_integer());
  EXPECT_EQ(list[3].at("strategy"), "uniform");
  EXPECT_EQ(list[3].at("found"), 80);
  EXPECT_EQ(list[3].at("runs_median"), 30000);
  EXPECT_EQ(list[3].at("runs_p90"), nullptr);
  EXPECT_EQ(list[5].at("protocol"), "two_phase_commit");
  EXPECT_EQ(list[5].at("found"), 0);
  EXPECT_EQ(list[5].at("trials"), 100);
  for (const char* figure : {"property", "runs_median", "runs_p90", "steps_median", "steps_p90",
                             "cpu_seconds_median", "cpu_seconds_p90"}) {
    EXPECT_TRUE(list[5].at(figure).is_null()) << figure;
  }
}

// ---- Markdown
// ------------------------------------------------------------------------------------

TEST(HuntMarkdown, HasTheCommandAboveATableForEachProtocolAndTheAimsBelow) {
  const std::string page = hunt_markdown(good_summary(), {});
  std::vector<std::string> heads;
  std::size_t at = 0;
  while ((at = page.find("\n## ", at)) != std::string::npos) {
    heads.push_back(page.substr(at + 4, page.find('\n', at + 4) - at - 4));
    at += 4;
  }
  EXPECT_THAT(heads, ElementsAre("paxos", "two_phase_commit", "Aims"));
  EXPECT_LT(page.find("```sh\nsynod hunt --markdown README.md\n```\n"), page.find("## paxos"));
  EXPECT_THAT(page, HasSubstr("| `hard` | takes a\\|b for n\\_1 | `agreement` | 100/100 | 80/100 | "
                              "120 | 30,000 | 250 | 0.2500 |\n"));
  EXPECT_THAT(page,
              HasSubstr("| `hidden` | takes a\\|b for n\\_1 | `agreement` | 100/100 | 0/100 | "
                        "40 | > 100,000 | > 2,500 | 0.0125 |\n"));
  EXPECT_THAT(page, HasSubstr("| every bug found in every trial | 3 of 3 | met |\n"));
}

TEST(HuntMarkdown, HasNoColumnsForAStrategyThatWasNotAskedFor) {
  HuntSummary summary = good_summary();
  for (HuntRow& row : summary.rows) {
    row.by_uniform.reset();
  }
  EXPECT_THAT(hunt_markdown(summary, {}),
              HasSubstr("| mutant | what is wrong | breaks | found, default | runs, default | "
                        "CPU-seconds, default |\n"));
}

TEST(HuntMarkdown, NamesThePropertyThatShouldHaveBeenBrokenWhereNoneWas) {
  HuntSummary summary = good_summary();
  summary.rows.resize(1);
  summary.rows[0].by_default = figures_with(0, {none, none}, 0);
  summary.rows[0].by_uniform.reset();
  EXPECT_THAT(hunt_markdown(summary, {}), HasSubstr("| `validity` | 0/100 | > 100,000 | - |\n"));
}

TEST(HuntMarkdown, ListsControlsAndWhatIsOutsideTheFaultModelApart) {
  HuntTarget safe{"paxos", text_of("safe", MutantKind::control)};
  safe.mutant.property = "none";
  HuntTarget pinned{"paxos", text_of("pinned", MutantKind::control)};
  pinned.mutant.property = "progress";
  const std::vector<HuntTarget> others = {
      safe, {"paxos", text_of("lost-disk", MutantKind::outside_fault_model)}, pinned};
  const std::string page = hunt_markdown(good_summary(), others);
  const std::size_t controls = page.find("\n## Controls\n");
  const std::size_t outside = page.find("\n## Outside the fault model\n");
  ASSERT_NE(controls, std::string::npos);
  ASSERT_NE(outside, std::string::npos);
  EXPECT_THAT(
      page.substr(controls, outside - controls),
      EndsWith("| `safe` | paxos | takes a\\|b for n\\_1 | nothing | a paper, 2.2 |\n"
               "| `pinned` | paxos | takes a\\|b for n\\_1 | `progress` | a paper, 2.2 |\n"));
  EXPECT_THAT(page.substr(outside), EndsWith("| `lost-disk` | paxos | takes a\\|b for n\\_1 | "
                                             "`validity` | a paper, 2.2 |\n"));
}

}  // namespace
}  // namespace synod
