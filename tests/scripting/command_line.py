"""What the tests of the command line share: running the program in a folder of its own."""

import os
import pathlib
import re
import resource
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["SYNOD_PROGRAM"]
SOURCE_DIR = pathlib.Path(os.environ["SYNOD_SOURCE_DIR"])

HOLDS, VIOLATED, BAD_USAGE, INCONCLUSIVE = 0, 1, 2, 3

# Far longer than any of them takes: by the processor's clock, because on a busy machine little can take
# long by the wall's. The longest, `synod texts`, takes 8 s when optimized, and many times that in an
# unoptimized build with sanitizers. Who waits for ever is stopped by CTest.
CPU_SECONDS_MAX = 300


def limit_cpu():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS_MAX, CPU_SECONDS_MAX))


def field(output, name):
    """The value that stands behind `name` in a report: "fingerprint   0123" or "  repeat   synod …"."""
    found = re.search(rf"^ *{re.escape(name)} {{2,}}(.*)$", output, re.MULTILINE)
    return found.group(1) if found else None


class CommandLineTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_synod(self, *arguments, **options):
        """Runs the program, however it ends."""
        return subprocess.run([PROGRAM, *map(str, arguments)], **self._options(options))

    def synod(self, *arguments, status=HOLDS, **options):
        """Runs the program, expects its exit status, and returns what it wrote."""
        run = self.run_synod(*arguments, **options)
        self.assertEqual(run.returncode, status, self._told(arguments, run))
        return run.stdout

    def typed(self, line, status=HOLDS):
        """The same for a line as a user would type it."""
        run = subprocess.run(["bash", "-c", line], **self._options({}))
        self.assertEqual(run.returncode, status, self._told([line], run))
        return run.stdout

    def complaint(self, *arguments, **options):
        """Runs the program on bad input: exit status 2, nothing on standard output, one line on
        standard error, and no file left behind. Returns the line without its "synod: "."""
        before = self.files()
        run = self.run_synod(*arguments, **options)
        told = self._told(arguments, run)
        self.assertEqual(run.returncode, BAD_USAGE, told)
        self.assertIn(run.stdout, ("", None), told)  # None: it goes elsewhere
        self.assertRegex(run.stderr, r"\Asynod: [^\n]+\n\Z", told)
        self.assertTrue(run.stderr.removesuffix("\n").isprintable(), told)
        self.assertNotIn("internal error", run.stderr, told)
        self.assertEqual(self.files(), before, told)
        return run.stderr.removeprefix("synod: ").removesuffix("\n")

    def files(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*"))

    def write(self, name, contents):
        path = self.folder / name
        if isinstance(contents, bytes):
            path.write_bytes(contents)
        else:
            path.write_text(contents, encoding="utf-8")
        return name

    def read(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def _options(self, options):
        return {"cwd": self.folder, "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8", "errors": "replace",
                "check": False, "preexec_fn": limit_cpu, **options}

    @staticmethod
    def _told(arguments, run):
        return (f"synod {' '.join(map(repr, map(str, arguments)))[:500]}\nexit status {run.returncode}\n"
                f"--- standard output\n{(run.stdout or '')[-3000:]}\n"
                f"--- standard error\n{(run.stderr or '')[-3000:]}")


def main():
    unittest.main()
