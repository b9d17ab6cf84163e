#!/usr/bin/env python3
"""The shortest counterexamples: measured, the same again, and each found by the command that stands for it."""

import json
import os
import pathlib
import re

from command_line import VIOLATED, CommandLineTest, main

PAGE = pathlib.Path(os.environ["SYNOD_SOURCE_DIR"]) / "scenarios" / "mutants" / "shortest.md"
QUICK = ["sd-promise-unkept", "sd-skip-phase1", "c2-timeout-is-yes"]


def cells(page, mutant):
    row, = re.findall(rf"^\| `{mutant}` \|(.*)\|$", page, re.MULTILINE)
    return [cell.strip() for cell in row.split("|")]


class ShortestTest(CommandLineTest):

    def shortest(self, *arguments):
        """Returns what was printed, and the figures."""
        printed = self.synod("shortest", *arguments, "--json", "figures.json")
        return printed, json.loads(self.read("figures.json"))

    def test_each_is_found_by_the_command_that_stands_for_it(self):
        _, figures = self.shortest("--mutants", *QUICK, "--jobs", "1")
        self.assertEqual([entry["mutant"] for entry in figures], QUICK)
        for entry in figures:
            self.assertTrue(entry["is_surely_shortest"])
            self.assertLessEqual(entry["steps_shortest"], entry["steps_shrunk"])
            self.synod("explore", "--mutant", entry["mutant"], "--property", entry["property"],
                       *entry["within"].split(), "--trace", "found.json", status=VIOLATED)
            trace = json.loads(self.read("found.json"))
            self.assertEqual(len(trace["steps"]), entry["steps_shortest"])
            self.assertEqual(trace["expect"]["property"], entry["property"])
            self.synod("replay", "found.json", status=VIOLATED)

    def test_the_figures_are_the_same_on_any_number_of_threads(self):
        one = self.shortest("--mutants", *QUICK, "--jobs", "1")[1]
        self.assertEqual(self.shortest("--mutants", *QUICK, "--jobs", "3")[1], one)

    def test_a_shrunk_trace_is_what_a_campaign_makes_of_it(self):
        _, (entry,) = self.shortest("--mutants", "sd-promise-unkept")
        self.synod("fuzz", "--mutant", "sd-promise-unkept", "--out", "out", status=VIOLATED)
        shrunk, = (path for path in (self.folder / "out").iterdir() if "original" not in path.name)
        self.assertEqual(len(json.loads(shrunk.read_text(encoding="utf-8"))["steps"]), entry["steps_shrunk"])

    def test_what_is_no_matter_of_a_state_is_told_and_not_looked_for(self):
        printed, (entry,) = self.shortest("--mutants", "sd-real-division")
        self.assertIsNone(entry["steps_shortest"])
        self.assertEqual(entry["searched"], [])
        self.assertIn("nothing that a state shows", printed)

    def test_a_search_that_may_take_no_memory_says_what_it_covered(self):
        printed, (entry,) = self.shortest("--mutants", "sd-pick-any", "--memory", "1M")
        self.assertFalse(entry["is_surely_shortest"])
        self.assertIn("memory", [one["end"] for one in entry["searched"]])
        self.assertRegex(printed, r"sd-pick-any .*(≤ \d|nothing of up to \d+ steps)")

    def test_the_page_has_every_bug_and_its_lengths_are_those_of_now(self):
        page = PAGE.read_text(encoding="utf-8")
        listed = self.synod("list", "mutants")
        for mutant in re.findall(r"^(\S+)\n    .*\n    bug; ", listed, re.MULTILINE):
            cells(page, mutant)  # once
        _, figures = self.shortest("--mutants", *QUICK)
        for entry in figures:
            self.assertEqual(cells(page, entry["mutant"])[:2],
                             [f"`{entry['property']}`", str(entry["steps_shortest"])])

    def test_bad_usage_is_one_line(self):
        self.assertIn("did you mean", self.complaint("shortest", "--mutants", "sd-pick-owm"))
        self.assertIn("as in 4G or 500M", self.complaint("shortest", "--memory", "3x"))


if __name__ == "__main__":
    main()
