"""Other people's projects, built against the installed testbed.

This build is installed into a folder of its own, which is then moved: nothing there may know where it
was made. Every project beside this file is built against it: by g++ and by clang++, optimised, and by
both with sanitizers, whatever built the testbed; warnings are errors, those of our headers among them.
Then its tests are run, and what one of the programs finds all tell in the same words. What the testbed
asks of a guest is counted.

That takes long. Unless SYNOD_EVERY_WAY is set, one of them is built, by g++.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from compile_time import baseline_seconds, cpu_seconds

ROOT = pathlib.Path(os.environ["SYNOD_SOURCE_DIR"])
BUILD = pathlib.Path(os.environ["SYNOD_PROGRAM"]).parent
HERE = ROOT / "tests" / "consumers"
PROJECTS = sorted(path.parent.name for path in HERE.glob("*/CMakeLists.txt"))

WARNINGS = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"
# Imported targets are not the system's here, so that their headers are judged, too.
OPTIONS = ["-G", "Ninja", "-DCMAKE_NO_SYSTEM_FROM_IMPORTED=ON", "-DCMAKE_CXX_COMPILER_LAUNCHER="]
SANITIZED = f"{WARNINGS} -fsanitize=address,undefined -fno-sanitize-recover=all"


def options_of(compiler, flags, build_type, optimised):
    return [f"-DCMAKE_CXX_COMPILER={compiler}", f"-DCMAKE_CXX_FLAGS={flags}",
            f"-DCMAKE_BUILD_TYPE={build_type}", f"-DCMAKE_CXX_FLAGS_{build_type.upper()}={optimised}"]


WAYS = {
    "g++": options_of("g++", WARNINGS, "Release", "-O2"),
    "g++ with sanitizers": options_of("g++", SANITIZED, "Debug", "-O0"),
    "clang++": options_of("clang++-19", WARNINGS, "Release", "-O2"),
    "clang++ with sanitizers": options_of("clang++-19", SANITIZED, "Debug", "-O0"),
}
# Of the others, which look like one of these to a compiler, g++ is enough.
EVERY_WAY = {"own_class", "register"}

BUILDS_ALL = "SYNOD_EVERY_WAY" in os.environ
USUAL_PROJECT = "register"

PUBLIC_HEADERS = [line.split()[0] for line in
                  (ROOT / "tools" / "package" / "public_headers.txt").read_text(encoding="utf-8").splitlines()
                  if not line.startswith("#")]

# At most so many lines, as clang-format leaves them, in the sources that include one of these: besides
# the protocol itself, or the class that was there before.
LINES_MAX = {"register": (100, "<synod/testbed.h>"), "own_class": (60, "<synod/"),
             "lock_service": (100, "<synod/testbed.h>")}
# Processor time of building all of it with g++, in that of the baseline: where that takes 3 s, 40 s.
COMPILE_TIME_MAX = 13

FAILING_TEST = """
TEST(MyProtocol, Fails) { SYNOD_EXPECT_HOLDS(synod::fuzz({.mutants = {"takes-the-last"}, .seeds = 9})); }
"""


def run(*command):
    """What the command prints; it must succeed. Nothing comes out of a compiler cache."""
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL,
                          env={**os.environ, "CCACHE_DISABLE": "1"}, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}\nexit status {done.returncode}\n"
                             f"{done.stdout[-8000:]}")
    return done.stdout


class Consumers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        run("cmake", "--install", BUILD, "--prefix", cls.folder / "made")
        cls.prefix = cls.folder / "moved"
        (cls.folder / "made").rename(cls.prefix)

    def configure(self, project, way, *options):
        build = self.folder / f"{project.name} {way}".replace(" ", "_")
        run("cmake", "-S", project, "-B", build, f"-DCMAKE_PREFIX_PATH={self.prefix}", *OPTIONS,
            *WAYS[way], *options)
        return build

    # ---- What is installed -----------------------------------------------------------------------

    def test_every_header_is_clean_and_includes_what_it_needs(self):
        include = self.prefix / "include"
        headers = sorted(str(path.relative_to(include)) for path in include.rglob("*.h"))
        self.assertGreater(len(headers), 100)
        self.assertEqual({header.split("/")[0] for header in headers}, {"synod"})
        source = self.folder / "headers.cpp"
        public = [header for header in headers if header.count("/") == 1]
        self.assertEqual(public, sorted(PUBLIC_HEADERS))
        # In either order, so that none needs what happens to stand before it.
        for compiler, some in (("g++", headers), ("clang++-19", headers[::-1])):
            source.write_text("".join(f"#include <{header}>\n" for header in some))
            run(compiler, "-std=c++20", "-fsyntax-only", *WARNINGS.split(), "-I", include, source)

    def test_every_public_header_compiles_alone(self):
        source = self.folder / "alone.cpp"
        for header in PUBLIC_HEADERS:
            source.write_text(f"#include <{header}>\n")
            for compiler in ("g++", "clang++-19"):
                with self.subTest(header=header, compiler=compiler):
                    run(compiler, "-std=c++20", "-fsyntax-only", *WARNINGS.split(),
                        "-I", self.prefix / "include", source)

    def test_what_is_promised_of_the_public_headers_is_installed_and_the_guide_names_them_all(self):
        documents = self.prefix / "share" / "doc" / "synod-dev"
        self.assertIn("What may change.", (documents / "public_headers.txt").read_text(encoding="utf-8"))
        guide = (documents / "own_protocol.md").read_text(encoding="utf-8")
        self.assertIn("public_headers.txt", guide)
        for header in PUBLIC_HEADERS:
            self.assertIn(f"`{header}`", guide)

    def test_every_link_of_the_installed_guide_leads_somewhere(self):
        guide = self.prefix / "share" / "doc" / "synod-dev" / "own_protocol.md"
        links = re.findall(r"\]\(([\w./]+)\)", guide.read_text(encoding="utf-8"))
        self.assertGreater(len(links), 5)
        self.assertEqual([link for link in links if not (guide.parent / link).exists()], [])

    def test_nothing_installed_for_guests_knows_one_of_our_protocols(self):
        protocols = [path.name for path in (ROOT / "core").iterdir() if path.is_dir()]
        self.assertIn("paxos", protocols)
        headers = [str(path.relative_to(self.prefix)) for path in self.prefix.rglob("*.h")]
        symbols = run("nm", "--demangle", self.prefix / "lib" / "libsynod_testbed.a")
        for protocol in protocols:
            self.assertEqual([header for header in headers
                              if re.search(rf"/{protocol}(/|_[^/]*$)", header)], [])
            self.assertNotIn(f"synod::{protocol}::", symbols)

    def test_a_library_that_is_missing_costs_one_line(self):
        (self.folder / "missing").mkdir()
        project = self.folder / "missing" / "CMakeLists.txt"
        project.write_text("cmake_minimum_required(VERSION 3.25)\nproject(missing)\n"
                           "find_package(synod REQUIRED)\n")
        with self.assertRaisesRegex(AssertionError, "apt-get install -y libpugixml-dev\n"):
            self.configure(project.parent, "g++", "-DCMAKE_DISABLE_FIND_PACKAGE_pugixml=ON")

    def preprocessed(self, header, *options):
        source = self.folder / "includes.cpp"
        source.write_text(f"#include <{header}>\n")
        return run("g++", "-std=c++20", *options, "-I", self.prefix / "include", source)

    def test_another_standard_library_is_refused_in_one_line(self):
        for header in PUBLIC_HEADERS:
            self.preprocessed(header, "-E", "-o", self.folder / "preprocessed")
            with self.assertRaisesRegex(AssertionError, "synod was built without libc"):
                self.preprocessed(header, "-E", "-o", self.folder / "preprocessed", "-D_LIBCPP_VERSION=190000")

    def test_no_guest_compiles_the_json_library(self):
        # Slow to compile, and laid out in one way by g++ and in another by clang++.
        for header in PUBLIC_HEADERS:
            included = self.preprocessed(header, "-M")
            self.assertIn(f"include/{header}", included)
            self.assertNotIn("nlohmann/json.hpp", included, header)

    # ---- What is built ---------------------------------------------------------------------------

    def test_projects(self):
        baseline = baseline_seconds(lambda source, output: run(
            "g++", "-std=c++20", "-O2", "-c", source, "-o", output), self.folder)
        for name in PROJECTS if BUILDS_ALL else [USUAL_PROJECT]:
            project = HERE / name
            if name == "template":
                project = self.folder / "template"
                shutil.copytree(self.prefix / "share" / "synod" / "template", project)
                with open(project / "my_tests.cpp", "a", encoding="utf-8") as tests:
                    tests.write(FAILING_TEST)
            ways = ["g++"] if not BUILDS_ALL else [
                way for way in WAYS if name in EVERY_WAY or way.startswith("g++")]
            for way in ways:
                with self.subTest(project=name, way=way):
                    build = self.configure(project, way)
                    seconds = cpu_seconds(lambda: run("cmake", "--build", build))
                    print(f"{name}, {way}: {seconds:.1f} CPU-seconds, "
                          f"{seconds / baseline:.1f} times the baseline")
                    run("ctest", "--test-dir", build, "--output-on-failure", "--no-tests=error", "-j2",
                        "--exclude-regex", "Fails")
                    if way == "g++":
                        self.assertLess(seconds / baseline, COMPILE_TIME_MAX,
                                        f"{name} takes long to compile")
            if name == "register":
                self.what_the_guide_says_of(name, self.folder / "register_g++" / "register")
                self.all_say_the_same("no-write-back", [
                    self.folder / f"register {way}".replace(" ", "_") / "register" for way in ways])
            if name == "template":
                self.what_the_guide_says_of(name, self.folder / "template_g++" / "my_testbed")
                self.every_verb(self.folder / "template_g++" / "my_testbed")
                self.a_failure_says_how_to_repeat_it(self.folder / "template_g++")

    def all_say_the_same(self, mutant, programs):
        """Whatever built the program: the runs of a seed, the bug that one finds, and its story."""
        work = self.folder / "same"
        work.mkdir()

        def said_by(program, status, *arguments):
            done = subprocess.run([program, *arguments], cwd=work, stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, check=False, timeout=600)
            self.assertEqual(done.returncode, status,
                             f"{program} {arguments}\n{done.stdout}{done.stderr}")
            return done.stdout.replace(str(program), "PROGRAM")

        found = said_by(programs[0], 1, "fuzz", "--mutant", mutant)
        trace = re.search("^  trace +(.*)$", found, re.MULTILINE).group(1)
        seed = re.search(r"seed (\d+)\)", found).group(1)
        for status, says, *arguments in (
                (1, "as the file says, with the same fingerprint", "replay", trace, "--log"),
                (1, "violated", "explain", trace),
                (0, "fingerprint ", "fuzz", "--seeds", "100"),
                (1, "violated", "fuzz", "--mutant", mutant, "--first-seed", seed, "--seeds", "1",
                 "--no-shrink")):
            # But for how long a campaign took.
            said = [re.sub(r"^.* steps/s\)$", "", said_by(program, status, *arguments), flags=re.MULTILINE)
                    for program in programs]
            self.assertIn(says, said[0])
            for program, one in zip(programs, said):
                self.assertEqual(one, said[0], f"{program} {arguments}")

    def test_sizes(self):
        for name, (lines_max, included) in LINES_MAX.items():
            sources = [path.read_text(encoding="utf-8") for pattern in ("*.h", "*.cpp")
                       for path in sorted((HERE / name).rglob(pattern))]
            lines = sum(len(source.splitlines()) for source in sources if included in source)
            print(f"{name}: {lines} lines")
            self.assertGreater(lines, 0)
            self.assertLessEqual(lines, lines_max, name)

    # ---- The guide -------------------------------------------------------------------------------

    def test_what_the_guide_shows_is_in_what_is_tested(self):
        guide = (ROOT / "tools" / "own_protocol.md").read_text(encoding="utf-8")
        sources = [path.read_text(encoding="utf-8") for pattern in ("*/*.h", "*/*.cpp")
                   for path in sorted(HERE.glob(pattern))]
        sources += [path.read_text(encoding="utf-8")
                    for path in sorted((ROOT / "tests" / "door").glob("*.h"))]
        blocks = re.findall("^```cpp\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
        self.assertGreater(len(blocks), 5)
        for block in blocks:
            self.assertTrue(any(block in source for source in sources), block)

    def what_the_guide_says_of(self, project, program):
        """Its commands on that program, and what it shows of the output of one that finds a bug."""
        guide = (ROOT / "tools" / "own_protocol.md").read_text(encoding="utf-8")
        work = self.folder / f"guide_{project}"
        (work / "build").mkdir(parents=True)
        (work / "build" / program.name).symlink_to(program)
        for command in re.findall(f"^((?:build/{program.name}|echo) [^#\n]*?) *(?:# .*)?$", guide, re.MULTILINE):
            done = subprocess.run(["bash", "-c", command], cwd=work, stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, check=False, timeout=600)
            self.assertEqual(done.returncode, 1 if "--mutant" in command else 0,
                             f"{command}\n{done.stdout}{done.stderr}")
            if project == "register" and "--mutant" in command:
                for line in re.search("^```text\n(.*?)^```$", guide,
                                      re.MULTILINE | re.DOTALL).group(1).splitlines():
                    self.assertTrue(line == "…" or line in done.stdout.splitlines(),
                                    f"{line}\n{done.stdout}")

    def a_failure_says_how_to_repeat_it(self, build):
        failed = subprocess.run(["ctest", "--output-on-failure", "-R", "Fails"], cwd=build,
                                stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        self.assertNotEqual(failed.returncode, 0)
        self.assertIn("agreement is violated by my_protocol + takes-the-last: ", failed.stdout)
        trace = re.search("^trace +(.*)$", failed.stdout, re.MULTILINE).group(1)
        self.assertIn("MyProtocol.Fails", trace)
        shown = subprocess.run([build / "my_testbed", "replay", trace], stdin=subprocess.DEVNULL,
                               capture_output=True, text=True, check=False)
        self.assertEqual(shown.returncode, 1, shown.stdout + shown.stderr)
        command = re.search("^repeat +(.*)$", failed.stdout, re.MULTILINE).group(1)
        again = subprocess.run(command, shell=True, cwd=build, stdin=subprocess.DEVNULL,
                               capture_output=True, text=True, check=False)
        self.assertNotEqual(again.returncode, 0)
        story = re.search("^agreement is violated .*^repeat [^\n]*$", failed.stdout,
                          re.MULTILINE | re.DOTALL).group(0)
        self.assertIn(story, again.stdout)

    # ---- Every verb ------------------------------------------------------------------------------

    def every_verb(self, program):
        """The template's program has them all, for its own protocol."""
        work = self.folder / "verbs"
        work.mkdir()

        def verb(*arguments, status=0):
            done = subprocess.run([program, *arguments], cwd=work, stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, check=False, timeout=600)
            self.assertEqual(done.returncode, status, f"{arguments}\n{done.stdout}{done.stderr}")
            seen.add(arguments[0])
            return done.stdout

        seen = set()
        found = verb("fuzz", "--mutant", "takes-the-last", "--jobs", "1", status=1)
        trace = re.search("^  trace +(.*)$", found, re.MULTILINE).group(1)
        for command in re.findall("^  (?:replay|repeat) +(.*)$", found, re.MULTILINE):
            self.assertTrue(command.startswith(f"{program} "), command)
            verb(*command.split()[1:], status=1)
        verb("fuzz", "--seeds", "2000")
        verb("shrink", trace, "--out", "shrunk.json", status=1)
        verb("whatif", trace, "--samples", "20")
        self.assertIn("agreement is violated", verb("explain", trace, status=1))
        verb("view", trace)
        verb("export", trace, "--to", "dot")
        self.assertEqual(verb("list", "protocols").split()[0], "my_protocol")
        self.assertEqual(len(verb("list", "protocols").splitlines()), 1)
        self.assertEqual(json.loads(verb("list", "schema"))["properties"]["protocol"],
                         {"description": "Default my_protocol.", "enum": ["my_protocol"]})
        verb("hunt", "--trials", "2", "--budget", "100")
        verb("shortest", "--help")
        verb("explore", "--timeouts-max", "1", "--crashes-max", "1", "--restarts-max", "1")
        (work / "kept").mkdir()
        verb("keep", trace, "--name", "takes_the_last", "--into", "kept")
        verb("regress", "kept")
        verb("refresh", "--help")
        verb("bench", "--help")
        verb("check", "--help")
        verbs = re.findall("^  ([a-z]+) ", run(program, "--help").split("Subcommands:")[1],
                           re.MULTILINE)
        self.assertEqual(set(verbs) - seen, set(), "not tried here")
        self.assertRegex(run(program, "--version"), r"^my_testbed, with synod \d")


if __name__ == "__main__":
    unittest.main()
