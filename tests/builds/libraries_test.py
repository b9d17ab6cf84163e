"""A library that is missing costs one line, or, with FETCH_DEPS, nothing: then it is downloaded, and
only it. Nothing is built here, and the download is from a made-up repository on this machine."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["SYNOD_SOURCE_DIR"])

FMT_PROJECT = """
cmake_minimum_required(VERSION 3.5)
project(FMT)
add_library(fmt INTERFACE)
target_include_directories(fmt INTERFACE include)
add_library(fmt::fmt ALIAS fmt)
message(NOTICE "warnings are errors: ${CMAKE_COMPILE_WARNING_AS_ERROR}")
"""


class Libraries(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def configure(self, *options, missing, environment=None):
        """Configures on a machine without the packages named in `missing`."""
        hidden = [f"-DCMAKE_DISABLE_FIND_PACKAGE_{package}=ON" for package in missing]
        return subprocess.run(
            ["cmake", "-S", ROOT, "-B", self.folder / "build", "-G", "Ninja",
             "-DCMAKE_CXX_COMPILER=g++", "-DCMAKE_COMPILE_WARNING_AS_ERROR=ON", *hidden, *options],
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)

    def repository_of_fmt(self):
        """Makes one, and returns the environment in which git finds it under its real address."""
        address, tag = re.search(r"synod_need\(fmt \S+ (\S+) (\S+)",
                                 (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")).groups()
        repository = self.folder / "repository"
        repository.mkdir()
        (repository / "CMakeLists.txt").write_text(FMT_PROJECT)
        for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "fmt"],
                        ["tag", tag]):
            subprocess.run(["git", "-c", "user.name=synod", "-c", "user.email=synod@localhost",
                            "-c", "commit.gpgSign=false", *command], cwd=repository, check=True)
        return {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.file://{repository}.insteadOf",
                "GIT_CONFIG_VALUE_0": address}

    def test_one_line_installs_all_that_is_missing(self):
        run = self.configure(missing=["fmt", "GTest"])
        self.assertNotEqual(run.returncode, 0)
        self.assertEqual(re.findall("apt-get .*", run.stderr),
                         ["apt-get install -y libfmt-dev libgtest-dev libgmock-dev"])

    def test_what_is_missing_is_downloaded_on_request_and_nothing_else_is(self):
        run = self.configure("-DFETCH_DEPS=ON", "-DBUILD_TESTING=OFF", missing=["fmt"],
                             environment=self.repository_of_fmt())
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertIn("warnings are errors: OFF", run.stderr)
        sources = self.folder / "build" / "_deps"
        self.assertEqual([path.name for path in sources.glob("*-src")], ["fmt-src"])
        commands = (self.folder / "build" / "compile_commands.json").read_text(encoding="utf-8")
        self.assertTrue(f" -isystem {sources}/fmt-src/include " in commands,
                        "the headers of a downloaded library would be judged as our own")


if __name__ == "__main__":
    unittest.main()
