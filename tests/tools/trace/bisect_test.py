"""`replay --bisect` answers `git bisect run`, which takes every exit status below 128 but 0 and 125 for
a bad commit: so only a violation may be one."""

import json
import os
import subprocess

from command_line import HOLDS, INCONCLUSIVE, PROGRAM, VIOLATED, CommandLineTest, field, main

SKIP, STOP = 125, 128


class BisectTest(CommandLineTest):

    def setUp(self):
        super().setUp()
        report = self.synod("fuzz", "--scenario", "late_client", "--mutant", "sd-pick-own",
                            "--first-seed", 5000, "--seeds", 1, "--no-shrink", status=VIOLATED)
        self.trace = field(report, "trace")

    def changed(self, name, change):
        trace = json.loads(self.read(self.trace))
        change(trace)
        return self.write(name, json.dumps(trace))

    def answer(self, *arguments, **options):
        """The exit status, and the one line on standard error where it is not a verdict."""
        run = self.run_synod(*arguments, **options)
        if run.returncode in (SKIP, STOP) and run.stderr:
            self.assertRegex(run.stderr, r"\Asynod: [^\n]+\n\Z")
            self.assertTrue(run.stderr.removesuffix("\n").isprintable(), run.stderr)
        return run.returncode

    def test_a_verdict_is_a_verdict(self):
        self.assertEqual(self.answer("replay", "--bisect", self.trace), VIOLATED)
        self.assertEqual(self.answer("replay", self.trace, "--correct", "--bisect"), HOLDS)
        vague = self.changed("vague.json", lambda trace: trace["steps"].clear())
        self.assertEqual(self.answer("replay", vague), INCONCLUSIVE)
        self.assertEqual(self.answer("replay", vague, "--bisect"), SKIP)

    def test_what_this_commit_cannot_replay_is_skipped(self):
        self.write("cut.json", self.read(self.trace)[:500])
        self.write("binary.json", b"\x7fELF\0\xff")
        os.mkfifo(self.folder / "pipe.json")
        (self.folder / "folder.json").mkdir()
        files = ["missing.json", "cut.json", "binary.json", "pipe.json", "folder.json", "/dev/null",
                 self.changed("mutant.json", lambda trace: trace.update(mutants=["sd-of-the-future"])),
                 self.changed("protocol.json", lambda trace: trace.update(protocol="raft")),
                 self.changed("newer.json", lambda trace: trace.update(version=99)),
                 self.changed("field.json", lambda trace: trace.update(weather="fine")),
                 self.changed("kind.json", lambda trace: trace["steps"][0].update(step="melt")),
                 self.changed("form.json", lambda trace: trace.pop("steps"))]
        for file in files:
            with self.subTest(file):
                self.assertEqual(self.answer("replay", "--bisect", file), SKIP)
                self.assertEqual(self.answer("replay", file, "--settle", "--bisect"), SKIP)
                self.complaint("replay", file)  # without it, bad input is what it was

    def test_what_was_mistyped_stops_the_bisection(self):
        for arguments in (["replay", "--bisect"], ["replay", "--bisect", self.trace, "--corect"],
                          ["replay", "--lgo", "--bisect", self.trace], ["replay", "--bisect", ""],
                          ["replay", "--bisect", self.trace, self.trace],
                          ["replay", "--bisect", self.trace, "--trace"],
                          ["replay", "--bisect", self.trace, "--observations"],
                          ["replay", "--bisect=yes", self.trace], ["replay", "--bisct", self.trace],
                          ["replay", "-bisect", self.trace], ["repaly", "--bisect", self.trace],
                          ["fuzz", "--bisect"], ["--bisect", "replay", self.trace],
                          ["replay", "--bisect", self.trace, "--trace", "no/folder/x.json"]):
            with self.subTest(arguments):
                self.assertEqual(self.answer(*arguments), STOP)
        for arguments in (["replay"], ["replay", self.trace, "--corect"], ["replay", "--", "--bisect"]):
            self.complaint(*arguments)

    def test_what_cannot_be_told_stops_the_bisection(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            self.assertEqual(self.answer("replay", "--bisect", self.trace, stdout=full), STOP)

    def git(self, *arguments):
        run = subprocess.run(["git", "-c", "user.name=n", "-c", "user.email=e", *arguments],
                             **self._options({"env": {**os.environ, "HOME": str(self.folder)}}))
        return run.returncode, run.stdout + run.stderr

    def commits(self, *texts):
        """A history in which the file `tested` says each of these in turn; what is asked for is left
        uncommitted, so that it stays."""
        self.git("init", "-q")
        for number, text in enumerate(texts, 1):
            self.write("tested", text)
            self.git("add", "tested")
            self.assertEqual(self.git("commit", "-q", "--allow-empty", "-m", f"number {number}")[0], 0)
            self.git("tag", f"number-{number}")

    def bisect(self, good, *command):
        self.git("bisect", "start", "HEAD", good)
        return self.git("bisect", "run", *command)

    def test_git_names_the_commit_that_broke_it_and_none_that_could_not_be_tested(self):
        trace = self.read(self.trace)
        good = json.loads(trace)
        del good["mutants"]
        damaged, newer = trace[:500], trace.replace('"version": 1', '"version": 2')
        future = trace.replace("sd-pick-own", "sd-pick-won")
        self.commits(json.dumps(good), damaged, json.dumps(good), newer, json.dumps(good), trace, future,
                     trace, trace)
        status, told = self.bisect("number-1", PROGRAM, "replay", "--bisect", "tested")
        self.assertEqual(status, 0, told)
        self.assertRegex(told, r"(?s)is the first bad commit\n.*number 6")

    def test_git_stops_where_the_command_makes_no_sense(self):
        self.commits(*map(str, range(8)))
        status, told = self.bisect("number-1", PROGRAM, "replay", "--bisect", self.trace, "--corect")
        self.assertNotEqual(status, 0)
        self.assertNotIn("is the first bad commit", told)
        self.assertIn("128", told)


if __name__ == "__main__":
    main()
