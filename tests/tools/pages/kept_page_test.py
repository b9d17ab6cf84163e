"""The page about kept failures, scenarios/regressions/README.md: its commands do what it says, in something
like a checkout with a history in which a bug came in; and so do those of the workflow beside it."""

import pathlib
import re
import subprocess
import tempfile
import unittest

from readme_test import ROOT, complaints_about, console_blocks, examples_of, make_checkout

FOLDER = pathlib.Path("scenarios/regressions")

# Where the bug of a trace is in the sources, "protocol" says so; elsewhere it is not planted.
DEV = """#!/bin/sh
here="$(cd "$(dirname "$0")/.." && pwd)"
if [ "$1" = replay ] && [ "$(cat "$here/protocol")" = right ]; then set -- "$@" --correct; fi
exec "$here/build/release/synod" "$@"
"""


def git(folder, *arguments):
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments], cwd=folder,
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_history(folder):
    """Eight commits; the bug comes in with the sixth."""
    (folder / "tools" / "dev").write_text(DEV, encoding="utf-8")
    (folder / ".gitignore").write_text("build\ntraces\n", encoding="utf-8")
    git(folder, "init", "--quiet", "-b", "main")
    for number in range(1, 9):
        (folder / "protocol").write_text("right" if number < 6 else "wrong", encoding="utf-8")
        (folder / "other").write_text(str(number), encoding="utf-8")
        git(folder, "add", "protocol", "other", "tools", ".gitignore")
        git(folder, "commit", "--quiet", "-m", f"commit {number}")
        if number == 1:
            git(folder, "tag", "v1.0")


class PageTest(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        make_checkout(self.folder)
        make_history(self.folder)

    def test_every_example_does_what_it_says(self):
        text = (ROOT / FOLDER / "README.md").read_text(encoding="utf-8")
        examples = [example for block in console_blocks(text) for example in examples_of(*block)]
        self.assertGreater(len(examples), 4)
        for example in examples:
            complaints = complaints_about(example, self.folder)
            self.assertFalse(complaints, "\n".join(complaints))

    def test_bisecting_finds_the_commit_with_which_the_bug_came_in(self):
        subprocess.run(["build/release/synod", "fuzz", "--scenario", "late_client", "--mutant", "sd-pick-majority-only",
                        "--first-seed", "5000", "--seeds", "1", "--out", "traces"], cwd=self.folder,
                       check=False, capture_output=True)
        (original,) = (self.folder / "traces").glob("*.original.json")
        trace = original.with_name(original.name.replace(".original", ""))
        git(self.folder, "bisect", "start", "HEAD", "v1.0")
        run = subprocess.run(["git", "bisect", "run", "tools/dev", "replay", "--bisect", trace],
                             cwd=self.folder, capture_output=True, text=True, check=True)
        self.assertRegex(run.stdout, r"(?s)is the first bad commit.*commit 6")

    def test_the_commands_of_the_workflow_run(self):
        text = (ROOT / FOLDER / "workflow.yml").read_text(encoding="utf-8")
        commands = re.findall(r"^ +run: (tools/dev .*)$", text, re.MULTILINE)
        self.assertEqual([command.split()[1] for command in commands], ["regress", "fuzz"])
        (self.folder / FOLDER).mkdir(parents=True)
        for kept in (ROOT / FOLDER).glob("*.json"):
            (self.folder / FOLDER / kept.name).write_bytes(kept.read_bytes())
        for command in commands:
            command = command.replace("${{ github.run_number }}", "7").replace("30m", "300ms")
            self.assertNotIn("${{", command)
            run = subprocess.run(["bash", "-c", command], cwd=self.folder, capture_output=True, text=True,
                                 check=False, timeout=100)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertIn("<testsuites", (self.folder / "regress.xml").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
