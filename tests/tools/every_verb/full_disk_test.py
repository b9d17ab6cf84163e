"""A disk that fills up, a file that may not grow, a signal while a file is written: a report names what is
there, the shortest trace that fitted is kept, and no file is ever half of one."""

import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import time
import unittest

from command_line import (BAD_USAGE, INCONCLUSIVE, PROGRAM, VIOLATED, CommandLineTest, limit_cpu, main)

FUZZ = ["fuzz", "--scenario", "late_client", "--mutant", "sd-pick-majority-only", "--first-seed", "5000",
        "--out", "out"]
NAME = "paxos-sd-pick-majority-only-proposals_safe-5000"
PAGE = 4096


def can_mount():
    """A file system of our own, seen by nobody else."""
    made = subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return made.returncode == 0


class DiskTest(CommandLineTest):

    def sizes(self):
        """Of the trace as it is found, and shrunk."""
        self.synod(*FUZZ, status=VIOLATED)
        found = (self.folder / "out" / f"{NAME}.original.json").stat().st_size
        shrunk = (self.folder / "out" / f"{NAME}.json").stat().st_size
        shutil.rmtree(self.folder / "out")
        self.assertLess(shrunk, found)
        return found, shrunk

    def expect_named_and_whole(self, run, is_complete=None):
        """All that the report names is there, whole, and nothing else is."""
        told = f"{run.stdout}\n--- {run.stderr}"
        named = set(re.findall(r"^  (?:trace|original) +(\S+\.json)$", run.stdout, re.MULTILINE))
        there = {f"out/{name}" for name in os.listdir(self.folder / "out")}
        self.assertEqual(named | ({"out/summary.json"} & there), there, told)
        for name in there:
            json.loads(self.read(name))
        self.assertIn("\nverdict       violated\n", run.stdout, told)
        self.assertEqual(run.returncode, BAD_USAGE if run.stderr else VIOLATED, told)
        if run.stderr:
            self.assertRegex(run.stderr, r"\Asynod: out/[-\w.]+: cannot be written: [A-Z][^\n]+\n\Z", told)
        return named

    def expect_summary_of(self, named):
        if os.path.exists(self.folder / "out" / "summary.json"):
            summary = json.loads(self.read("out/summary.json"))
            of_it = {violation.get(key) for violation in summary["violations"] for key in ("trace", "original")}
            self.assertEqual(of_it - {None}, named)


class LimitedFileTest(DiskTest):

    def limited(self, size, *arguments):
        def limit():
            limit_cpu()
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return self.run_synod(*arguments, preexec_fn=limit)

    def test_a_trace_that_may_not_be_so_large_is_kept_shrunk(self):
        found, shrunk = self.sizes()
        for size, kept in ((found, {"trace", "original"}), (found - 1, {"trace"}), (shrunk, {"trace"}),
                           (shrunk - 1, set()), (0, set())):
            with self.subTest(size=size):
                run = self.limited(size, *FUZZ)
                named = self.expect_named_and_whole(run)
                self.assertEqual(named, {f"out/{NAME}{'' if one == 'trace' else '.original'}.json" for one in kept})
                if kept:
                    self.assertLess(len(json.loads(self.read(f"out/{NAME}.json"))["steps"]), 58)
                if kept != {"trace", "original"}:
                    self.assertIn("File too large", run.stderr)
                shutil.rmtree(self.folder / "out")

    def test_one_output_that_cannot_be_written_costs_no_other(self):
        self.synod("run", "--scenario", "late_client", "--mutant", "sd-pick-own", "--seed", "5000",
                   "--trace", "trace.json", status=VIOLATED)
        for arguments in (["shrink", "trace.json", "-o", "/dev/full", "--json", "figures.json"],
                          ["shrink", "trace.json", "-o", "figures.json", "--json", "/dev/full", "--force"],
                          ["hunt", "--mutants", "sd-pick-own", "--trials", "1", "--json", "/dev/full",
                           "--markdown", "figures.json"],
                          ["texts", "--seeds", "1", "--json", "/dev/full", "--markdown", "figures.json"],
                          ["compare", "--seeds", "1", "--json", "/dev/full", "--markdown", "figures.json"],
                          ["explore", "--protocol", "two_phase_commit", "--crashes-max", "1", "--restarts-max", "0",
                           "--timeouts", "true", "--trace", "/dev/full", "--json", "figures.json"]):
            with self.subTest(arguments):
                run = self.run_synod(*arguments)
                self.assertEqual(run.returncode, BAD_USAGE)
                self.assertEqual(run.stderr, "synod: /dev/full: cannot be written: No space left on device\n")
                self.assertNotEqual(self.read("figures.json"), "")
                self.assertNotRegex(run.stdout, r"(?m)^ *(trace|replay) +.*/dev/full")
                os.remove(self.folder / "figures.json")


@unittest.skipUnless(can_mount(), "no file system can be mounted here")
class SmallDiskTest(DiskTest):

    def on_disk(self, pages, *arguments):
        """With `out` on a file system on which so many pages are free. What is left there is copied back."""
        script = (f"mount -t tmpfs -o size={(pages + 1) * PAGE} tmpfs out && head -c {PAGE} /dev/zero > out/taken && "
                  '"$@"; status=$?; rm out/taken; cp -a out/. back/; exit $status')
        for name in ("out", "back"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            os.mkdir(self.folder / name)
        run = subprocess.run(["unshare", "-m", "bash", "-c", script, "bash", PROGRAM, *arguments],
                             cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True, check=False, preexec_fn=limit_cpu)
        os.rmdir(self.folder / "out")
        os.rename(self.folder / "back", self.folder / "out")
        return run

    def test_the_report_names_what_is_there_and_the_shortest_that_fitted_is(self):
        found, shrunk = (-(-size // PAGE) for size in self.sizes())
        kinds = set()
        for pages in range(found + shrunk + 6):
            with self.subTest(pages=pages):
                run = self.on_disk(pages, *FUZZ, "--json", "out/summary.json")
                named = self.expect_named_and_whole(run)
                self.expect_summary_of(named)
                self.assertEqual(f"out/{NAME}.json" in named, pages >= shrunk)
                self.assertEqual(f"out/{NAME}.original.json" in named, pages >= found + shrunk)
                if named:
                    self.assertLess(len(json.loads(self.read(f"out/{NAME}.json"))["steps"]), 58)
                kinds.add(len(named))
        self.assertEqual(kinds, {0, 1, 2})


class SignalTest(CommandLineTest):

    def test_whenever_it_is_killed_a_file_is_the_old_one_or_the_new_one(self):
        self.synod("run", "--scenario", "late_client", "--mutant", "sd-pick-own", "--seed", "5000",
                   "--trace", "trace.json", status=VIOLATED)
        luck = random.Random(1)
        started = time.monotonic()
        self.synod("view", "trace.json", "-o", "page.html")
        whole = self.read("page.html")
        took = time.monotonic() - started
        self.write("page.html", "old")
        seen = set()
        for which in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            for _ in range(15):
                run = subprocess.Popen([PROGRAM, "view", "trace.json", "-o", "page.html", "--force"],
                                       cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
                time.sleep(luck.random() * took)
                run.send_signal(which)
                run.wait()
                contents = self.read("page.html")
                self.assertIn(contents, ("old", whole))
                seen.add(contents == whole)
                self.write("page.html", "old")
                if which != signal.SIGKILL:
                    self.assertEqual(self.files(), ["page.html", "trace.json"])
                for left in self.folder.glob(".synod.*.tmp"):
                    left.unlink()
        self.assertIn(False, seen)


if __name__ == "__main__":
    main()
