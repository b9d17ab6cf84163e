#!/usr/bin/env python3
"""When a command is to end before it is done: at Ctrl-C, SIGTERM or SIGHUP, and when its time is up."""

import json
import os
import pty
import resource
import signal
import subprocess
import time

from command_line import HOLDS, INCONCLUSIVE, PROGRAM, VIOLATED, CommandLineTest, field, main

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# Seconds. What is ended here would go on for many minutes; a machine that is busy may take some time.
LONG_ENOUGH = 120

ENDLESS = 10**8

# What of a campaign depends on nothing but its seeds.
COUNTED = ("runs", "steps", "decided", "healed", "survivors", "cut_short", "compared", "fingerprint", "faults",
           "faults_enabled", "probes")


def counted(summary):
    return ({name: summary[name] for name in COUNTED},
            [(one["property"], one["finding"], one["seed"], one["count"]) for one in summary["violations"]])


class StopTest(CommandLineTest):
    def ended(self, number, *arguments):
        """Runs the program, and sends it a signal when it has begun. Returns its exit status and what it
        printed. It has begun when it no longer dies of the signal."""
        for pause in (0.3, 1, 5, 20):
            run = subprocess.Popen([PROGRAM, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            time.sleep(pause)
            run.send_signal(number)
            printed, complaint = run.communicate(timeout=LONG_ENOUGH)
            if run.returncode != -number:
                break
        self.assertEqual(complaint, "")
        return run.returncode, printed

    def failure(self):
        found = self.synod("fuzz", "--mutant", "sd-pick-own", "--no-shrink", status=VIOLATED)
        return field(found, "trace")


class Signals(StopTest):
    def test_every_verb_that_takes_long_ends_at_each_and_says_so(self):
        verbs = (("fuzz", "--scenario", "calm", "--seeds", ENDLESS),
                 ("hunt", "--mutants", "sd-accept-no-check", "--trials", "10000", "--budget", ENDLESS),
                 ("compare", "--seeds", "1000000"),
                 ("texts", "--seeds", "10000000"),
                 ("whatif", self.failure(), "--samples", "1000000"),
                 ("explore", "--clients", "3", "--ballots-max", "3"),
                 ("bench",),
                 ("bench", "explore"))
        for verb in verbs:
            for number in SIGNALS:
                with self.subTest(verb=verb, signal=number):
                    status, printed = self.ended(number, *verb)
                    self.assertEqual(status, INCONCLUSIVE, printed)
                    self.assertIn("interrupted", printed)

    def test_a_refresh_says_of_what_it_was_interrupted_and_keeps_nothing_by_halves(self):
        for number in SIGNALS:
            with self.subTest(signal=number):
                status, printed = self.ended(number, "refresh", "kept", "--mutants", "all", "--budget", ENDLESS)
                self.assertEqual(status, INCONCLUSIVE, printed)
                self.assertRegex(printed, r"(?m)^inconclusive +kept/\S+\.json  interrupted$")
        if list((self.folder / "kept").iterdir()):
            self.synod("regress", "kept")

    def test_a_shrink_leaves_the_best_so_far(self):
        trace = self.failure()
        for number in SIGNALS:
            with self.subTest(signal=number):
                status, printed = self.ended(number, "shrink", trace, "-o", "min.json", "--force")
                self.assertEqual(status, VIOLATED, printed)
                self.synod("replay", "min.json", status=VIOLATED)

    def test_a_campaign_writes_what_it_has_found(self):
        for number in SIGNALS:
            with self.subTest(signal=number):
                status, printed = self.ended(number, "fuzz", "--mutant", "sd-pick-own", "--keep-going", "--seeds",
                                             ENDLESS, "--json", "summary.json")
                self.assertEqual(status, VIOLATED, printed)
                self.assertEqual(field(printed, "interrupted"), "this is what was done until then")
                summary = json.loads(self.read("summary.json"))
                self.assertTrue(summary["interrupted"])
                for violation in summary["violations"]:
                    self.synod("replay", violation["trace"], status=VIOLATED)
                whole = self.campaign("--mutant", "sd-pick-own", "--keep-going", "--no-shrink", "--seeds",
                                      summary["runs"], status=VIOLATED)
                self.assertEqual(counted(summary), counted(whole))

    def campaign(self, *arguments, status=HOLDS):
        self.synod("fuzz", *arguments, "--json", "campaign.json", "--out", "other", status=status)
        return json.loads(self.read("campaign.json"))

    def test_timeout_gets_a_summary_and_the_traces(self):
        """It signals the program, and then the whole group that the program is in."""
        run = self.typed(f"timeout 3 {PROGRAM} fuzz --mutant sd-pick-own --keep-going --seeds {ENDLESS}", status=124)
        self.assertEqual(field(run, "verdict"), "violated")
        self.synod("replay", field(run, "trace"), status=VIOLATED)

    def test_a_terminal_that_is_closed_costs_no_trace_and_no_summary(self):
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            os.execv(PROGRAM, [PROGRAM, "fuzz", "--mutant", "sd-pick-own", "--keep-going", "--seeds", str(ENDLESS),
                               "--json", "summary.json", "--out", "traces"])
        shown = b""
        while b" violations" not in shown or b" 0 violations" in shown[-200:]:
            shown += os.read(terminal, 65536)
        os.close(terminal)
        os.waitpid(child, 0)
        summary = json.loads(self.read("summary.json"))
        self.assertGreater(len(summary["violations"]), 0)
        for violation in summary["violations"]:
            self.synod("replay", violation["trace"], status=VIOLATED)


class Time(StopTest):
    def cpu_seconds(self, *arguments, status):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        printed = self.synod(*arguments, status=status)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime, printed

    def test_bounds_what_follows_the_runs_as_well(self):
        """Of each of some dozen kinds of endless run that are found, the shrinking takes seconds."""
        used, printed = self.cpu_seconds("fuzz", "--mutant", "sd-duel", "--keep-going", "--time", "4s", "--jobs", "1",
                                         "--json", "summary.json", status=VIOLATED)
        self.assertLess(used, 20, printed)
        for violation in json.loads(self.read("summary.json"))["violations"]:
            self.assertTrue((self.folder / violation["trace"]).is_file(), violation)

    def test_counts_the_first_so_many_seeds_with_any_jobs(self):
        for jobs in (1, 2, 5):
            for choice in (("--scenario", "calm"), ("--mutant", "sd-pick-own", "--keep-going", "--no-shrink")):
                with self.subTest(jobs=jobs, choice=choice):
                    common = (*choice, "--first-seed", 77, "--check-determinism", "0.1", "--json", "summary.json")
                    status = HOLDS if "calm" in choice else VIOLATED
                    self.synod("fuzz", *common, "--time", "1s", "--jobs", jobs, status=status)
                    timed = json.loads(self.read("summary.json"))
                    self.assertGreater(timed["runs"], 0)
                    self.synod("fuzz", *common, "--seeds", timed["runs"], status=status)
                    self.assertEqual(counted(timed), counted(json.loads(self.read("summary.json"))))

    def test_ends_at_the_last_seed_that_there_is(self):
        last = 2**64 - 1
        printed = self.synod("fuzz", "--scenario", "calm", "--first-seed", last - 9, "--time", f"{LONG_ENOUGH}s",
                             "--json", "timed.json")
        self.assertEqual(field(printed, "ended"), f"at the last seed that there is, {last}")
        timed = json.loads(self.read("timed.json"))
        self.assertEqual(timed["runs"], 10)
        self.synod("fuzz", "--scenario", "calm", "--first-seed", last - 9, "--seeds", "10", "--json", "counted.json")
        self.assertEqual(counted(timed), counted(json.loads(self.read("counted.json"))))

    def test_no_verb_goes_round_to_the_first_seed(self):
        last = 2**64 - 1
        self.assertEqual(self.complaint("fuzz", "--first-seed", last, "--seeds", "2"),
                         f"fuzz: --first-seed {last}: --seeds 2 would go beyond the last seed, {last}")
        self.assertEqual(self.complaint("refresh", ".", "--first-seed", last, "--budget", "2"),
                         f"refresh: --first-seed {last}: --budget 2 would go beyond the last seed, {last}")
        self.assertIn("--trials", self.complaint("hunt", "--trials", "10001"))
        self.assertIn("--budget", self.complaint("hunt", "--budget", 10**15 + 1))

    def test_bounds_coverage(self):
        self.synod("explore", "--ballots-max", "1", "--slow-writes", "--json", "explored.json")
        printed = self.synod("fuzz", "--coverage-of", "explored.json", "--time", "3s")
        self.assertEqual(field(printed, "verdict"), "holds: the search has every state that a run came to")
        printed = self.synod("fuzz", "--coverage-of", "explored.json", "--time", "0.001ms", status=INCONCLUSIVE)
        self.assertEqual(field(printed, "verdict"),
                         "inconclusive: the time was up before the search had every state")


if __name__ == "__main__":
    main()
