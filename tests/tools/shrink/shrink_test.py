"""A failing trace becomes a short one, by itself when a campaign finds it, and nothing is ever lost."""

import json
import os
import re
import signal
import subprocess
import time

from command_line import HOLDS, PROGRAM, VIOLATED, CommandLineTest, field, main

MUTANT = ("--mutant", "sd-pick-own", "--seeds", 100000)


class ShrinkTest(CommandLineTest):

    def failure(self, *arguments):
        """The name of a trace as it was found."""
        report = self.synod("fuzz", *(arguments or MUTANT), "--no-shrink", "--out", "found", status=VIOLATED)
        return field(report, "trace")

    def steps_in(self, trace):
        return len(json.loads(self.read(trace))["steps"])

    def test_it_writes_a_shorter_trace_that_violates_the_same(self):
        trace = self.failure()
        before = json.loads(self.read(trace))
        output = self.synod("shrink", trace, "-o", "min.json", "--json", "figures.json", status=VIOLATED)
        after = json.loads(self.read("min.json"))
        figures = json.loads(self.read("figures.json"))
        self.assertEqual(after["expect"]["property"], before["expect"]["property"])
        self.assertLess(len(after["steps"]), len(before["steps"]))
        self.assertEqual(figures["property"], before["expect"]["property"])
        self.assertEqual(figures["steps_before"], len(before["steps"]))
        self.assertEqual(figures["steps_after"], len(after["steps"]))
        self.assertGreater(figures["replays"], 100)
        self.assertGreater(figures["seconds"], 0)
        self.assertEqual(field(output, "steps"), f"{len(before['steps'])}, shrunk to {len(after['steps'])}")
        replayed = self.typed(field(output, "replay"), status=VIOLATED)
        self.assertEqual(field(replayed, "expected"), "yes, as the file says, with the same fingerprint")
        self.assertNotIn("skipped", replayed)
        self.assertIn(replayed[:replayed.index("\nviolated")].strip(), output)

    def test_without_a_name_it_writes_beside_the_original(self):
        trace = self.failure()
        output = self.synod("shrink", trace, status=VIOLATED)
        self.assertEqual(field(output, "trace"), trace.replace(".json", ".min.json"))
        self.synod("replay", field(output, "trace"), status=VIOLATED)

    def test_it_overwrites_nothing_unless_it_is_told_to(self):
        trace = self.failure()
        original = self.read(trace)
        self.assertEqual(self.complaint("shrink", trace, "-o", trace),
                         f"{trace}: this file is there already: give another, or --force")
        self.assertEqual(self.read(trace), original)
        self.synod("shrink", trace, "-o", trace, "--force", status=VIOLATED)
        self.assertLess(len(self.read(trace)), len(original))

    def test_a_shrunk_trace_is_as_small_as_it_gets(self):
        self.synod("shrink", self.failure(), "-o", "min.json", status=VIOLATED)
        self.synod("shrink", "min.json", "-o", "again.json", status=VIOLATED)
        self.assertEqual(self.steps_in("again.json"), self.steps_in("min.json"))

    def test_of_what_goes_on_for_ever_one_turn_is_told(self):
        output = self.synod("shrink", self.failure("--mutant", "sd-real-division"), status=VIOLATED)
        self.assertRegex(output, r"(?m)^ +the steps are over; from here on nothing new goes wrong$")
        self.assertRegex(output, r"(?m)^ +… until \d+, \d+ such steps \d+ times more")
        self.assertLess(len(output.splitlines()), 70)

    def test_what_violates_nothing_cannot_be_shrunk(self):
        self.synod("run", "--seed", "1", "--trace", "good.json")
        self.assertEqual(self.complaint("shrink", "good.json"),
                         "good.json: violates nothing: give a trace that does")
        self.write("random.json", '{"format": "synod run", "version": 1}')
        self.assertIn("has no steps", self.complaint("shrink", "random.json"))
        self.assertEqual(self.complaint("shrink"), "shrink: TRACE is missing: give a trace that violates a property")

    def test_ctrl_c_leaves_the_best_so_far(self):
        trace = self.failure()
        for pause in (0, 0.01, 0.05):
            run = subprocess.Popen([PROGRAM, "shrink", trace, "-o", "min.json", "--force"], cwd=self.folder,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            time.sleep(pause)
            run.send_signal(signal.SIGINT)
            output, _ = run.communicate()
            if run.returncode == -signal.SIGINT:  # it had not begun yet, and so has written nothing
                self.assertFalse(os.path.exists(self.folder / "min.json"))
                continue
            self.assertEqual(run.returncode, VIOLATED, output)
            self.synod("replay", "min.json", status=VIOLATED)
            os.remove(self.folder / "min.json")

    def test_what_goes_on_for_ever_by_its_timing_alone_is_found_anew(self):
        report = self.synod("fuzz", "--mutant", "sd-duel", "--out", "duel", status=VIOLATED)
        steps = re.fullmatch(r"([\d,]+), and (\d+) where it was found anew: a small cluster without accidents",
                             field(report, "steps"))
        self.assertEqual(int(steps[1].replace(",", "")), self.steps_in(field(report, "original")))
        trace = field(report, "trace")
        self.assertEqual(int(steps[2]), self.steps_in(trace))
        self.typed(field(report, "replay"), status=VIOLATED)
        self.synod("replay", trace, "--correct", status=HOLDS)
        self.synod("shrink", field(report, "original"), "-o", "min.json", "--json", "figures.json", status=VIOLATED)
        self.assertEqual(json.loads(self.read("min.json"))["steps"], json.loads(self.read(trace))["steps"])
        self.assertTrue(json.loads(self.read("figures.json"))["found_anew"])

    def test_what_cannot_be_shrunk_is_written_as_it_was(self):
        still = {"format": "synod run", "version": 1, "swarm": True,
                 "configuration": {"node_count": 2, "client_count": 2, "delay": "5..5", "disk": "1..1"}}
        scenario = self.write("still.json", json.dumps(still))
        report = self.synod("fuzz", "--mutant", "sd-duel", "--scenario", scenario, "--out", "mine", status=VIOLATED)
        self.assertRegex(field(report, "steps"), r"^[\d,]+, the original: what is demanded comes about as soon as")
        self.assertIsNone(field(report, "original"))

    def test_a_campaign_shrinks_what_it_finds_and_tells_the_story(self):
        report = self.synod("fuzz", *MUTANT, "--json", "report.json", status=VIOLATED)
        trace, original = field(report, "trace"), field(report, "original")
        steps = re.fullmatch(r"(\d+), shrunk to (\d+)", field(report, "steps"))
        self.assertEqual(int(steps[1]), self.steps_in(original))
        self.assertEqual(int(steps[2]), self.steps_in(trace))
        self.assertLess(self.steps_in(trace), self.steps_in(original))
        story = self.typed(field(report, "replay"), status=VIOLATED)
        self.assertIn(story[:story.index("\n\nviolated")], report)
        self.assertIn(json.loads(self.read(trace))["expect"]["finding"], " ".join(report.split()))
        found = json.loads(self.read("report.json"))["violations"][0]
        self.assertEqual((found["steps"], found["steps_shrunk"]), (int(steps[1]), int(steps[2])))
        self.assertEqual((found["trace"], found["original"]), (trace, original))
        self.synod("replay", original, status=VIOLATED)

    def test_a_campaign_leaves_traces_alone_where_it_is_told_to(self):
        report = self.synod("fuzz", *MUTANT, "--no-shrink", status=VIOLATED)
        self.assertIsNone(field(report, "original"))
        self.assertEqual(field(report, "steps"), f"{self.steps_in(field(report, 'trace'))}")

    def test_a_campaign_says_the_same_with_any_number_of_jobs(self):
        reports = []
        for jobs in (1, 2):
            self.synod("fuzz", *MUTANT, "--jobs", jobs, "--out", f"out{jobs}", status=VIOLATED)
            names = sorted((self.folder / f"out{jobs}").iterdir())
            self.assertEqual(len(names), 2)
            reports.append([path.read_text() for path in names])
        self.assertEqual(*reports)


if __name__ == "__main__":
    main()
