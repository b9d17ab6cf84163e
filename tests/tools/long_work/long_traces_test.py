#!/usr/bin/env python3
"""Whoever writes or reads a long trace takes less than ten times the memory that its file has bytes."""

import json
import os
import pathlib
import subprocess

from command_line import INCONCLUSIVE, PROGRAM, CommandLineTest, limit_cpu, main

FEW, MANY = 1_000, 20_000
RATIO_MAX = 10
# What one run of the program takes more than the next, by where its pages happen to lie.
SLACK = 2 << 20


class LongTracesTest(CommandLineTest):
    def setUp(self):
        super().setUp()
        program = pathlib.Path(PROGRAM).read_bytes()
        if b"__asan_init" in program or b"__tsan_init" in program:
            self.skipTest("this build takes more memory by itself: it has sanitizers")
        for steps in (FEW, MANY):
            # Every message that leaves is doubled again and again, until the limit of steps.
            flood = {"node_count": 3, "client_count": 1, "operations": 3, "duplicate": "9999/10000",
                     "delay": "1000..2000", "chaos": 20000, "progress": 100000, "steps_max": steps}
            self.write(f"flood_{steps}.json", json.dumps({
                "format": "synod run", "version": 1, "protocol": "paxos", "configuration": flood}))
            self.synod("run", "--scenario", f"flood_{steps}.json", "--seed", "1", "--trace", f"{steps}.json",
                       status=INCONCLUSIVE)
        self.growth_max = RATIO_MAX * (self.size(f"{MANY}.json") - self.size(f"{FEW}.json")) + SLACK

    def size(self, name):
        return (self.folder / name).stat().st_size

    def peak(self, *arguments):
        """Of the memory of one run of the program, in bytes."""
        run = subprocess.Popen([PROGRAM, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limit_cpu)
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        self.assertIn(run.returncode, (0, INCONCLUSIVE), arguments)
        return usage.ru_maxrss * 1024

    def expect_little(self, *arguments):
        """STEPS in the arguments is a number of them: few, then many. What the program takes whatever it
        does is in both."""
        few, many = (self.peak(*[argument.replace("STEPS", str(steps)) for argument in arguments])
                     for steps in (FEW, MANY))
        self.assertLess(many - few, self.growth_max, arguments)

    def test_who_draws_a_run_and_writes_it(self):
        self.expect_little("run", "--scenario", "flood_STEPS.json", "--seed", "1", "--trace", "new.json")

    def test_who_replays_a_trace(self):
        self.expect_little("replay", "STEPS.json")
        self.expect_little("replay", "STEPS.json", "--trace", "new.json", "--observations")

    def test_who_shows_a_trace(self):
        self.expect_little("view", "STEPS.json", "--force")

    def test_who_explains_a_trace(self):
        self.expect_little("explain", "STEPS.json")

    def test_who_exports_a_trace(self):
        for form in ("chronicle", "mermaid", "shiviz", "perfetto", "dot"):
            self.expect_little("export", "STEPS.json", "--to", form)

    def test_who_keeps_a_trace_and_replays_what_is_kept(self):
        self.expect_little("keep", "STEPS.json", "--expect", "holds", "--name", "long", "--into", "kept_STEPS")
        self.expect_little("regress", "kept_STEPS")


if __name__ == "__main__":
    main()
