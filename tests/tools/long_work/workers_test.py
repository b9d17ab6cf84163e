#!/usr/bin/env python3
"""A system that refuses threads or memory: every verb that works on several threads ends, and says why."""

import resource
import shutil
import subprocess

from command_line import BAD_USAGE, PROGRAM, SOURCE_DIR, CommandLineTest, limit_cpu, main

# In bytes: room for a handful of threads.
ADDRESSES = 400_000 * 1024
STACK = 60_000 * 1024
MANY = 20


def limit_addresses():
    limit_cpu()
    resource.setrlimit(resource.RLIMIT_STACK, (STACK, STACK))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))


class Workers(CommandLineTest):
    def setUp(self):
        super().setUp()
        if subprocess.run([PROGRAM, "--version"], preexec_fn=limit_addresses, check=False,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode != 0:
            self.skipTest("this build needs more addresses by itself: it has sanitizers")

    def test_who_is_refused_a_thread_ends_with_the_reason(self):
        kept = self.folder / "kept"
        kept.mkdir()
        for i in range(MANY):
            shutil.copy(SOURCE_DIR / "scenarios/regressions/sd_pick_own.json", kept / f"{i}.json")
        for verb in (["explore", "--memory", "50M", "--workers", MANY],
                     ["explore", "--memory", "50M", "--workers", 1000],
                     ["fuzz", "--seeds", "1000000", "--jobs", MANY],
                     ["hunt", "--jobs", MANY],
                     ["shortest", "--jobs", MANY],
                     ["regress", "kept", "--jobs", MANY]):
            complaint = self.complaint(*verb, preexec_fn=limit_addresses)
            self.assertRegex(complaint, r"the system (refuses thread \d+ of \d+|gives no more memory)", verb)

    def test_who_is_refused_memory_ends_with_the_reason(self):
        self.assertIn("--memory", self.complaint("explore", preexec_fn=limit_addresses))
        run = self.run_synod("explore", "--memory", "300M", "--clients", "2", "--workers", "4", "--exact",
                             preexec_fn=limit_addresses)
        self.assertEqual(run.returncode, BAD_USAGE, run.stderr)
        self.assertEqual(run.stderr, "synod: the system gives no more memory: give it more, or ask for less\n")


if __name__ == "__main__":
    main()
