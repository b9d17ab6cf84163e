"""A hunt for planted bugs: what it prints, what it writes, and that both come out the same again."""

import json
import re

from command_line import VIOLATED, CommandLineTest, main

THREE = ["sd-accept-no-check", "sd-pick-own", "sd-volatile-promise"]
FIGURES = ["mutant", "protocol", "kind", "strategy", "trials", "budget", "found", "property",
           "runs_median", "runs_p90", "steps_median", "steps_p90",
           "cpu_seconds_median", "cpu_seconds_p90"]


def without_seconds(figures):
    return [{name: value for name, value in entry.items() if not name.startswith("cpu_seconds")}
            for entry in figures]


class HuntTest(CommandLineTest):

    def hunt(self, *arguments, **options):
        """Returns what was printed, and the figures."""
        printed = self.synod("hunt", *arguments, "--json", "figures.json", **options)
        return printed, json.loads(self.read("figures.json"))

    def test_figures_have_one_entry_for_each_mutant_and_strategy(self):
        _, figures = self.hunt("--mutants", *THREE, "--trials", "10", "--budget", "1000")
        self.assertEqual([(entry["mutant"], entry["strategy"]) for entry in figures],
                         [(mutant, strategy) for mutant in THREE for strategy in ("default", "uniform")])
        for entry in figures:
            self.assertEqual(list(entry), FIGURES)
            self.assertEqual((entry["protocol"], entry["kind"]), ("paxos", "bug"))
            self.assertEqual((entry["trials"], entry["budget"], entry["found"]), (10, 1000, 10))
            self.assertIs(type(entry["property"]), str)
            for figure in ("runs", "steps", "cpu_seconds"):
                self.assertGreater(entry[f"{figure}_median"], 0)
                self.assertGreaterEqual(entry[f"{figure}_p90"], entry[f"{figure}_median"])

    def test_all_that_is_measured_but_time_is_the_same_on_any_number_of_threads(self):
        arguments = ["--mutants", *THREE, "--trials", "25", "--budget", "100"]
        one = without_seconds(self.hunt(*arguments, "--jobs", "1")[1])
        for jobs in (1, 2, 3, 64):
            self.assertEqual(without_seconds(self.hunt(*arguments, "--jobs", jobs)[1]), one)

    def test_a_trial_finds_what_a_campaign_from_its_first_seed_finds(self):
        _, figures = self.hunt("--mutants", "sd-volatile-promise", "--strategy", "default",
                               "--trials", "1", "--budget", "1000")
        self.synod("fuzz", "--mutant", "sd-volatile-promise", "--json", "campaign.json", status=VIOLATED)
        campaign = json.loads(self.read("campaign.json"))
        entry, = figures
        self.assertEqual(entry["runs_median"], campaign["runs"])
        self.assertEqual(entry["steps_median"], campaign["steps"])
        self.assertEqual(entry["property"], campaign["violations"][0]["property"])

    def test_one_strategy_can_be_hunted_with_alone(self):
        for strategy in ("default", "uniform"):
            printed, figures = self.hunt("--mutants", "sd-pick-own", "--strategy", strategy,
                                         "--trials", "5", "--budget", "1000")
            self.assertEqual([entry["strategy"] for entry in figures], [strategy])
            self.assertEqual(len(re.findall("^sd-pick-own ", printed, re.MULTILINE)), 1)

    # One run in a hundred finds this one, so that no drawing of single runs finds it in most of them.
    def test_a_bug_that_escapes_is_told_and_gives_exit_status_one(self):
        printed, figures = self.hunt("--mutants", "sd-accept-no-bump", "--strategy", "default",
                                     "--trials", "20", "--budget", "1", status=VIOLATED)
        entry, = figures
        self.assertLess(entry["found"], 10)  # else its median would not be beyond the budget
        for figure in ("runs", "steps", "cpu_seconds"):
            self.assertIsNone(entry[f"{figure}_median"])
            self.assertIsNone(entry[f"{figure}_p90"])
        self.assertRegex(printed, r"sd-accept-no-bump +default +\d/20 +> 1 +> 1 ")
        self.assertRegex(printed, r"0 of 1: falls short: sd-accept-no-bump \(\d of 20\)")

    def test_only_the_default_strategy_must_find_all_where_both_are_hunted_with(self):
        # Both find it, each in runs of its own; the one that counts is the default.
        for budget in range(1, 12):
            run = self.run_synod("hunt", "--mutants", "sd-pick-own", "--trials", "10", "--budget", budget,
                                 "--json", "figures.json")
            default = json.loads(self.read("figures.json"))[0]
            self.assertEqual(run.returncode, 0 if default["found"] == 10 else 1, run.stdout)

    def test_the_page_tells_how_to_write_it_again(self):
        self.synod("hunt", "--mutants", "sd-pick-own", "--strategy", "default", "--trials", "3",
                   "--budget", "50", "--jobs", "2", "--markdown", "my page.md")
        page = self.read("my page.md")
        command = re.search(r"^```sh\n(.*)\n```$", page, re.MULTILINE).group(1)
        self.assertEqual(command, "synod hunt --mutants sd-pick-own --strategy default --trials 3 "
                                  "--budget 50 --markdown 'my page.md'")
        about = re.search(r"(?m)^sd-pick-own\n    (.*)$", self.synod("list", "mutants")).group(1)
        self.assertIn(f"\n| `sd-pick-own` | {about} | `proposals_safe` | 3/3 |", page)
        self.assertEqual(self.files(), ["my page.md"])

    def test_the_page_lists_what_is_no_bug_whatever_was_hunted(self):
        self.synod("hunt", "--mutants", "sd-pick-own", "--trials", "1", "--budget", "50",
                   "--markdown", "page.md")
        listed = self.synod("list", "mutants")
        for head, kind in (("Controls", "control"), ("Outside the fault model", "outside the fault model")):
            slugs = re.findall(rf"(?m)^(\S+)\n    .*\n    {kind}; ", listed)
            found = re.search(rf"(?ms)^## {head}\n(.*?)(?:\n## |\Z)", self.read("page.md"))
            rows = re.findall(r"(?m)^\| `(\S+)` \|", found.group(1)) if found else []
            self.assertEqual(sorted(rows), sorted(slugs))

    def test_both_files_can_be_written_at_once(self):
        self.synod("hunt", "--mutants", "sd-pick-own", "--trials", "2", "--budget", "50",
                   "--json", "figures.json", "--markdown", "page.md")
        self.assertEqual(self.files(), ["figures.json", "page.md"])


if __name__ == "__main__":
    main()
