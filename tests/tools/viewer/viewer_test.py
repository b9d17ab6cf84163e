"""The viewer: the page that is committed is the one that its sources make, and it does in a browser
what a reader needs. What the browser showed lies in the build folder, under viewer/screenshots."""

import os
import pathlib
import subprocess
import sys
import unittest

SOURCE_DIR = pathlib.Path(os.environ["SYNOD_SOURCE_DIR"])
VIEWER = SOURCE_DIR / "tools" / "viewer"
FOLDER = pathlib.Path(os.environ["SYNOD_PROGRAM"]).parent / "viewer"


def run(*command):
    return subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False,
                          env={**os.environ, "VIEWER_FOLDER": str(FOLDER)})


class ViewerTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.build = run(VIEWER / "build.sh", FOLDER)

    def test_its_types_are_right_and_it_can_be_built(self):
        self.assertEqual(self.build.returncode, 0, self.build.stdout)

    def test_a_fresh_build_equals_the_committed_page(self):
        fresh = (FOLDER / "built" / "viewer.html").read_bytes()
        committed = (VIEWER / "built" / "viewer.html").read_bytes()
        # Not assertEqual: the difference would be a page of minified script.
        self.assertTrue(fresh == committed,
                        "tools/viewer/built/viewer.html is not what tools/viewer/src makes: "
                        "run tools/dev viewer, and commit what it built")

    def test_its_sources_are_formatted(self):
        check = run("node", FOLDER / "node_modules" / "prettier" / "bin" / "prettier.cjs", "--check",
                    "--config", VIEWER / "package.json", VIEWER / "src", VIEWER / "vite.config.ts",
                    SOURCE_DIR / "tests" / "tools" / "viewer")
        self.assertEqual(check.returncode, 0, check.stdout + "run tools/dev format")

    def test_the_lock_file_names_no_host_to_download_from(self):
        lock = (VIEWER / "package-lock.json").read_text(encoding="utf-8")
        self.assertNotIn('"resolved"', lock)
        self.assertIn('"integrity": "sha512-', lock)

    def test_it_does_in_a_browser_what_a_reader_needs(self):
        for stories in ("browser_stories", "browser_pictures", "browser_long_runs"):
            with self.subTest(stories):
                told = run("node", "--test", "--test-reporter=spec",
                           SOURCE_DIR / "tests" / "tools" / "viewer" / f"{stories}.mjs")
                self.assertEqual(told.returncode, 0, told.stdout)


if __name__ == "__main__":
    sys.exit(unittest.main())
