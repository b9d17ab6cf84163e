"""What reads, plays and tells a trace does without exceptions: built with -fno-exceptions, as for a
target that has none, it says the same of good files and of bad ones as the program does.

Only this test needs that build, so it builds it: one protocol, with one planted bug, not optimised.
"""

import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["SYNOD_SOURCE_DIR"])
PROGRAM = pathlib.Path(os.environ["SYNOD_PROGRAM"])
WITHOUT = PROGRAM.parent / "without_exceptions"
KEPT = ROOT / "scenarios" / "regressions" / "sd_pick_own.json"
MISTYPED = ('{"format": "synod run", "version": 1, "protocol": "paxos", "steps":\n'
            ' [{"at": 100, "step": "fire", "node": "n1", "timer": "atempt"}]}')
VIOLATED, BAD_USAGE = 1, 2


def run(*words):
    return subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, check=False)


class WithoutExceptions(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        built = run("cmake", "--build", PROGRAM.parent, "--target", WITHOUT.name)
        assert built.returncode == 0, built.stdout + built.stderr

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def told(self, *words):
        told = run(WITHOUT, *words)
        self.assertEqual((told.returncode, told.stderr), (0, ""))
        return told.stdout

    def test_a_kept_trace_is_played_and_logged_as_by_the_program(self):
        program = run(PROGRAM, "replay", KEPT, "--log")
        self.assertEqual(program.returncode, VIOLATED)
        log, fingerprint = self.told("log", KEPT).rsplit("\n\n", 1)
        self.assertEqual(log, program.stdout[:len(log)])
        self.assertTrue(program.stdout[len(log):].startswith("\n\nviolated"), program.stdout)
        self.assertEqual(fingerprint, program.stdout.splitlines(True)[-1])

    def test_a_kept_trace_is_explained_as_by_the_program(self):
        program = run(PROGRAM, "explain", KEPT)
        self.assertEqual(program.returncode, VIOLATED)
        self.assertEqual(self.told("explain", KEPT), program.stdout)

    def test_bad_input_gets_the_programs_one_line(self):
        kept = KEPT.read_text(encoding="utf-8")
        bad = {"damaged": kept[:len(kept) // 2], "no_utf_8": "\udcff" + kept, "no_trace": "[]",
               "mistyped": MISTYPED, "unknown": kept.replace('"node_count": ', '"node_cuont": '),
               "missing": None}
        for name, text in bad.items():
            with self.subTest(name):
                self.assertNotEqual(text, kept)
                file = self.folder / name
                if text is not None:
                    file.write_text(text, encoding="utf-8", errors="surrogateescape")
                told, program = run(WITHOUT, "log", file), run(PROGRAM, "replay", file)
                self.assertEqual((told.returncode, told.stdout), (BAD_USAGE, ""))
                self.assertRegex(told.stderr, r"\Asynod: .*\n\Z")
                self.assertEqual((program.returncode, program.stderr), (BAD_USAGE, told.stderr))


if __name__ == "__main__":
    unittest.main()
