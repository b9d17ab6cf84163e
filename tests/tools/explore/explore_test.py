#!/usr/bin/env python3
"""synod explore, as it is typed: exit statuses, the trace and the summary it writes, bad usage."""

import json
import signal
import subprocess
import time

from command_line import HOLDS, INCONCLUSIVE, PROGRAM, VIOLATED, CommandLineTest, field, main


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

    def test_who_decides_nothing_is_violated_and_three_counts_say_so(self):
        for mutant, *bounds in (("sd-accept-strictly-greater", "--nodes", "2"),
                                ("sd-real-division", "--crashes-max", "1", "--restarts-max", "0",
                                 "--ballots-max", "1"),
                                ("sd-all-must-vote", "--crashes-max", "1", "--restarts-max", "0",
                                 "--ballots-max", "1")):
            output = self.synod("explore", "--mutant", mutant, *bounds, "--trace", "found.json",
                                "--json", "explored.json", status=VIOLATED)
            self.assertTrue(field(output, "violated").startswith("progress"), output)
            summary = json.loads(self.read("explored.json"))
            self.assertEqual(summary["can_decide"] + summary["cannot_decide"] + summary["unknown"],
                             summary["distinct"])
            self.assertGreater(summary["unknown"], 0)
            for count in ("can_decide", "cannot_decide", "unknown"):
                self.assertIn(f"{summary[count]:,}", field(output, "deciding"))
            replayed = self.synod("replay", "found.json", status=VIOLATED)
            self.assertIn("yes", field(replayed, "expected"))
            self.synod("explore", *bounds)  # the protocol holds within the same bounds

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

    def test_ctrl_c_ends_with_a_summary_of_what_was_seen(self):
        run = subprocess.Popen([PROGRAM, "explore", "--clients", "2", "--json", "explored.json"],
                               cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        output, complaint = run.communicate()
        self.assertEqual((run.returncode, complaint), (INCONCLUSIVE, ""))
        self.assertEqual(field(output, "verdict"), "inconclusive: interrupted")
        summary = json.loads(self.read("explored.json"))
        self.assertEqual((summary["verdict"], summary["end"]), ("inconclusive", "interrupt"))
        self.assertGreater(summary["distinct"], 0)
        self.assertGreater(summary["left"], 0)
        self.assertGreaterEqual(summary["generated"], summary["distinct"])

    def test_ctrl_c_ends_whatever_it_is_at(self):
        for search in (["--ballots-max", "2", "--duplicates-max", "1"],
                       ["--lasso", "--clients", "2", "--ballots-max", "3"]):
            run = subprocess.Popen([PROGRAM, "explore", *search], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            time.sleep(2)
            run.send_signal(signal.SIGINT)
            begun = time.monotonic()
            output, complaint = run.communicate()
            self.assertEqual((run.returncode, complaint), (INCONCLUSIVE, ""), output)
            self.assertIn("interrupted", field(output, "verdict"))
            self.assertLess(time.monotonic() - begun, 20)

    def test_time_bounds_the_whole_command(self):
        """However much is left to be done when it is up: searching, looking at the graph, playing on."""
        searches = (["--ballots-max", "2"],
                    ["--ballots-max", "1", "--crashes-max", "1", "--losses-max", "1"],
                    ["--lasso", "--clients", "2", "--ballots-max", "4"],
                    ["--nodes", "9", "--symmetry", "--requests", "writes"])
        for search in searches:
            for seconds in (0.5, 1.5, 3):
                begun = time.monotonic()
                run = self.run_synod("explore", *search, "--time", f"{seconds}s")
                self.assertLess(time.monotonic() - begun, seconds + 10, search)
                self.assertIn(run.returncode, (HOLDS, INCONCLUSIVE), run.stderr)

    def test_proposers_that_outbid_each_other_for_ever_are_a_trace_that_replays(self):
        output = self.synod("explore", "--lasso", "--nodes", "2", "--clients", "2", "--ballots-max", "3",
                            "--network", "ordered", "--trace", "lasso.json", status=VIOLATED)
        self.assertRegex(field(output, "for ever"), r"^\d+ steps, then \d+ steps again and again")
        self.assertIn("again and again", json.loads(self.read("lasso.json"))["about"])
        replayed = self.synod("replay", "lasso.json", status=VIOLATED)
        self.assertEqual(field(replayed, "violated"), "progress")
        self.assertIn("yes", field(replayed, "expected"))
        explained = self.synod("explain", "lasso.json", status=VIOLATED)
        self.assertIn("lead back to where they began", explained)
        self.assertNotIn("wrong step", explained)
        self.synod("keep", "lasso.json", "--name", "for_ever", "--into", "kept")
        self.assertIn("1 as kept", self.synod("regress", "kept"))
        self.synod("view", "lasso.json", "-o", "page.html")
        self.assertIn('"loop":', self.read("page.html"))
        self.assertIn("it goes round for ever", self.synod("shrink", "lasso.json", "-o", "small.json", status=VIOLATED))

    def test_a_small_graph_is_drawn_and_of_a_large_one_nothing_is_written(self):
        self.synod("explore", "--protocol", "two_phase_commit", "--nodes", "2", "--dot", "states.dot")
        self.assertTrue(self.read("states.dot").startswith("digraph"))
        self.assertIn("at most 1,000 states", self.complaint("explore", "--dot", "large.dot"))
        self.assertFalse((self.folder / "large.dot").exists())

    def test_bad_usage_is_one_line(self):
        for arguments, complaint in (
            (["--network", "orderd"], 'did you mean "ordered"?'),
            (["--timeouts", "sometimes"], 'there are "any" and "true"'),
            (["--memory", "3x"], "as in 4G or 500M"),
            (["--nodes", "10"], "from 1 to 9"),
            (["--requests", "all"], 'there are "own", "writes" and "any"'),
            (["--property", "agrement"], "did you mean"),
            (["--lasso"], "--clients 2 or more"),
            (["--symmetry", "--mutant", "sd-pick-own"], "correct protocols only"),
        ):
            self.assertIn(complaint, self.complaint("explore", *arguments))


if __name__ == "__main__":
    main()
