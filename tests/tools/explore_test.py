#!/usr/bin/env python3
"""synod explore, as it is typed: exit statuses, the trace and the summary it writes, bad usage."""

import json

from command_line import INCONCLUSIVE, VIOLATED, CommandLineTest, field, main


class Explore(CommandLineTest):
    def test_a_correct_protocol_holds_within_the_bounds_that_it_names(self):
        output = self.synod("explore", "--ballots-max", "1", "--json", "explored.json")
        self.assertEqual(field(output, "verdict"), "holds, within these bounds")
        self.assertIn("3 nodes, 1 client", field(output, "bounds"))
        summary = json.loads(self.read("explored.json"))
        for name in ("verdict", "property", "distinct", "generated", "depth", "steps", "seconds",
                     "bytes_per_state", "bounds"):
            self.assertIn(name, summary)
        self.assertEqual(summary["verdict"], "holds")
        self.assertIsNone(summary["steps"])
        self.assertEqual(summary["bounds"]["ballots_max"], 1)

    def test_a_violation_is_a_trace_that_replays(self):
        self.synod("explore", "--mutant", "sd-q1-too-small", "--trace", "found.json",
                   "--json", "explored.json", status=VIOLATED)
        summary = json.loads(self.read("explored.json"))
        self.assertEqual(summary["steps"], len(json.loads(self.read("found.json"))["steps"]))
        replayed = self.synod("replay", "found.json", status=VIOLATED)
        self.assertIn("yes", field(replayed, "expected"))

    def test_a_search_that_ends_early_is_inconclusive(self):
        output = self.synod("explore", "--depth-max", "5", status=INCONCLUSIVE)
        self.assertIn("inconclusive", field(output, "verdict"))

    def test_bad_usage_is_one_line(self):
        for arguments, complaint in (
            (["--network", "orderd"], 'did you mean "ordered"?'),
            (["--timeouts", "sometimes"], "did you mean"),
            (["--memory", "3x"], "as in 4G or 500M"),
            (["--nodes", "10"], "from 1 to 9"),
            (["--symmetry", "--mutant", "sd-pick-own"], "correct protocols only"),
        ):
            self.assertIn(complaint, self.complaint("explore", *arguments))


if __name__ == "__main__":
    main()
