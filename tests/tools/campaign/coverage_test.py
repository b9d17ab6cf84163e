#!/usr/bin/env python3
"""What share of a search's states random runs come to: and that they come to no other."""

import json

from command_line import CommandLineTest, field, main

SMALL = {
    "one write": ["--ballots-max", "1", "--slow-writes", "--requests", "writes"],
    "a crash": ["--nodes", "2", "--crashes-max", "1", "--requests", "any", "--losses-max", "1"],
    "two clients": ["--nodes", "2", "--clients", "2", "--ballots-max", "1", "--slow-writes",
                    "--requests", "writes", "--timeouts-max", "1"],
    "two clients who may read": ["--nodes", "2", "--clients", "2", "--ballots-max", "1", "--slow-writes",
                                 "--requests", "any"],
    "two requests each": ["--nodes", "1", "--clients", "2", "--ballots-max", "1", "--slow-writes",
                          "--requests", "any", "--requests-max", "2"],
    "2PC": ["--protocol", "two_phase_commit", "--timeouts-max", "1", "--slow-writes", "--requests",
            "writes", "--duplicates-max", "1"],
    "Paxos Commit": ["--protocol", "paxos_commit", "--nodes", "2", "--timeouts-max", "1",
                     "--slow-writes", "--requests", "writes"],
    "a planted bug": ["--mutant", "sd-value-change", "--nodes", "2", "--slow-writes", "--requests",
                      "writes", "--losses-max", "1"],
}


class CoverageTest(CommandLineTest):

    def cover(self, *arguments, **options):
        printed = self.synod("fuzz", "--coverage-of", "explored.json", *arguments, "--json",
                             "coverage.json", **options)
        return printed, json.loads(self.read("coverage.json"))

    def test_every_state_that_a_run_comes_to_is_one_that_the_search_has_found(self):
        for name, bounds in SMALL.items():
            with self.subTest(name):
                self.synod("explore", *bounds, "--json", "explored.json")
                explored = json.loads(self.read("explored.json"))
                printed, coverage = self.cover("--seeds", "2000")
                self.assertEqual(field(printed, "verdict"),
                                 "holds: the search has every state that a run came to")
                self.assertEqual(coverage["states"], explored["distinct"])
                self.assertEqual(coverage["bounds"], explored["bounds"])
                self.assertEqual(coverage["unknown"], 0)
                self.assertGreater(coverage["visited"], 50)
                self.assertLess(coverage["visited"], coverage["states"])
                self.assertGreater(coverage["runs_within"], 20)

    def test_more_runs_come_to_more_states(self):
        self.synod("explore", *SMALL["one write"], "--json", "explored.json")
        few = self.cover("--seeds", "100")[1]
        many = self.cover("--seeds", "1000")[1]
        self.assertEqual((few["runs"], many["runs"]), (100, 1000))
        self.assertLess(few["visited"], many["visited"])
        self.assertEqual(self.cover("--seeds", "1000")[1], many)

    def test_bad_input_is_one_line(self):
        self.synod("explore", "--ballots-max", "1", "--json", "explored.json")
        self.assertIn("--slow-writes", self.complaint("fuzz", "--coverage-of", "explored.json"))
        self.assertIn("nowhere.json", self.complaint("fuzz", "--coverage-of", "nowhere.json"))
        for damaged in ("", "[]", "{}", '{"protocol": 1, "mutants": [], "bounds": {}}',
                        '{"protocol": "paxos", "mutants": 3, "bounds": {}}',
                        '{"protocol": "paxos", "mutants": [], "bounds": {"nodes": "3"}}'):
            self.write("damaged.json", damaged)
            self.assertRegex(self.complaint("fuzz", "--coverage-of", "damaged.json"), r"^damaged\.json:1: ")


if __name__ == "__main__":
    main()
