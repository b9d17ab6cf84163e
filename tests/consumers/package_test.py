"""The two Debian packages: installed by dpkg into a root of their own, used from there, and uninstalled.

This machine's own packages, and what dpkg keeps of them, are not touched. So the libraries that ours
need are the machine's, and what they are is only compared with what the packages ask for. Anybody may
run this: it takes no rights but those to a folder.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from shell import Shell

ROOT = pathlib.Path(os.environ["SYNOD_SOURCE_DIR"])
BUILD = pathlib.Path(os.environ["SYNOD_PROGRAM"]).parent
PACKAGES = ("synod", "synod-dev")

# Says, where it is there, what else Debian thinks is wrong with a package.
LINTIAN = shutil.which("lintian")


def run(*command, status=0, **options):
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          check=False, **options)
    if done.returncode != status:
        raise AssertionError(f"{' '.join(map(str, command))}\nexit status {done.returncode}\n"
                             f"{done.stdout[-8000:]}")
    return done.stdout


def setUpModule():
    for command in ("dpkg", "dpkg-shlibdeps", "help2man", "man"):
        if shutil.which(command) is None:
            raise unittest.SkipTest(f"{command} is not installed: \"tools/dev test\" installs it on Debian")


class Root:
    """A system with nothing in it, into which packages are installed."""

    def __init__(self, folder):
        self.path = folder / "root"
        self.files = folder / "dpkg"  # what dpkg keeps, outside of what is to be empty in the end
        self.path.mkdir()
        (self.files / "updates").mkdir(parents=True)
        (self.files / "info").mkdir()
        (self.files / "status").touch()
        self.log = folder / "dpkg.log"

    def dpkg(self, *arguments):
        # A machine may leave out the manuals of all packages, as containers do: not here.
        return run("dpkg", f"--instdir={self.path}", f"--admindir={self.files}", f"--log={self.log}",
                   "--force-not-root", "--force-depends", "--force-bad-path", "--no-triggers",
                   "--path-include=/usr/*", *arguments)

    def __truediv__(self, path):
        return self.path / path

    def left(self):
        return sorted(str(path.relative_to(self.path)) for path in self.path.rglob("*"))


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        run("cmake", "--build", BUILD, "--target", "debian_packages")
        version = run(BUILD / "synod", "--version").split()[1]
        machine = run("dpkg", "--print-architecture").strip()
        cls.version, cls.machine = version, machine
        cls.files = {name: BUILD / f"{name}_{version}_{machine}.deb" for name in PACKAGES}
        cls.root = Root(cls.folder)
        cls.root.dpkg("--install", *cls.files.values())

    def field(self, package, name):
        return run("dpkg-deb", "--field", self.files[package], name).strip()

    # ---- What they say of themselves -------------------------------------------------------------

    def test_they_say_what_they_are(self):
        for package, section in (("synod", "devel"), ("synod-dev", "libdevel")):
            self.assertEqual(self.field(package, "Package"), package)
            self.assertEqual(self.field(package, "Version"), self.version)
            self.assertEqual(self.field(package, "Architecture"), self.machine)
            self.assertEqual(self.field(package, "Section"), section)
            self.assertRegex(self.field(package, "Maintainer"), r"^[^<>]+ <\S+@\S+>$")
            description = self.field(package, "Description").splitlines()
            self.assertLess(len(description[0]), 80)
            self.assertGreater(len(description), 3)

    def test_the_changelog_begins_with_this_version(self):
        changelog = (ROOT / "tools" / "package" / "changelog").read_text(encoding="utf-8")
        self.assertTrue(changelog.startswith(f"synod ({self.version}) "), changelog)

    def test_the_program_depends_on_the_libraries_that_it_loads(self):
        depends = self.field("synod", "Depends")
        for library in ("libc6 (>= ", "libfmt", "libstdc++6 (>= "):
            self.assertIn(library, depends)

    def test_the_library_depends_on_every_package_that_cmake_looks_for(self):
        configuration = (self.root / "usr/lib/cmake/synod/synod-config.cmake").read_text(encoding="utf-8")
        libraries = re.search(r'set\(synod_libraries "(.*)"\)', configuration).group(1).split(";")
        self.assertGreater(len(libraries), 3)
        depends = re.findall(r"(?:^|, )([^ ,]+)", self.field("synod-dev", "Depends"))
        self.assertEqual({library.split()[1] for library in libraries}, set(depends))

    def test_lintian_has_nothing_to_say(self):
        if LINTIAN is None:
            self.skipTest("lintian is not installed")
        identity = ["--allow-root"] if os.geteuid() == 0 else []
        self.assertEqual(run(LINTIAN, "--profile", "debian", *identity, *self.files.values()), "")

    def test_nothing_in_them_knows_where_it_was_made(self):
        for path in self.root.path.rglob("*"):
            if path.is_file():
                self.assertNotIn(os.fsencode(ROOT), path.read_bytes(), path)

    # ---- The program -----------------------------------------------------------------------------

    def test_the_program_finds_replays_and_explains_a_bug(self):
        synod = self.root / "usr/bin/synod"
        work = self.folder / "work"
        work.mkdir()
        mutant = "sd-pick-majority-only"
        self.assertIn(mutant, run(synod, "list", "mutants"))
        found = run(synod, "fuzz", "--scenario", "late_client", "--mutant", mutant, "--first-seed", "5000",
                    status=1, cwd=work)
        trace = re.search("^  trace +(.*)$", found, re.MULTILINE).group(1)
        self.assertIn("as the file says, with the same fingerprint",
                      run(synod, "replay", trace, status=1, cwd=work))
        self.assertIn("The wrong step", run(synod, "explain", trace, status=1, cwd=work))
        self.assertIn("holds", run(synod, "replay", trace, "--correct", cwd=work))
        self.assertIn("<html", (work / run(synod, "view", trace, cwd=work).split()[-1]).read_text("utf-8"))

    def test_the_man_page_renders_without_a_warning_and_has_every_option_of_every_verb(self):
        page = self.root / "usr/share/man/man1/synod.1.gz"
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "200"}
        shown = subprocess.run(["man", "--warnings=w", "--local-file", page], env=environment,
                               capture_output=True, text=True, check=True)
        self.assertEqual(shown.stderr, "")
        synod = self.root / "usr/bin/synod"
        general, *verbs = re.split(r"^SYNOD ([A-Z]+)$", shown.stdout, flags=re.MULTILINE)
        self.assertIn("EXIT STATUS", general)
        about = dict(zip((verb.lower() for verb in verbs[::2]), verbs[1::2]))
        told = re.findall("^  ([a-z]+) ", run(synod, "--help").split("Subcommands:")[1], re.MULTILINE)
        self.assertEqual(list(about), told)
        for verb in told:
            self.assertRegex(general, rf"(?m)^ +{verb}( |$)")
            for option in re.findall("^  (?:-.,)?(--[a-z0-9-]+)", run(synod, verb, "--help"), re.MULTILINE):
                if option != "--help":
                    self.assertRegex(about[verb], rf"(?m)^ +(-., )?{option}( |$)")

    def test_the_shells_complete_the_program_by_the_files_in_their_usual_places(self):
        share = self.root / "usr/share"
        # Bash's own package, which loads a file when its command is completed first; and zsh's folders.
        # Then as the guide says, for the program of another protocol.
        ways = {"bash": f"XDG_DATA_DIRS={share}\nsource /usr/share/bash-completion/bash_completion\n"
                        f"source {share}/bash-completion/completions/synod; complete -F _synod my_testbed\n"
                        "complete -r synod\n",
                "zsh": f"fpath=({share}/zsh/vendor-completions $fpath)\n"
                       "autoload -Uz compinit && compinit -u -D\ncompdef _synod my_testbed\n"}
        needs = {"bash": pathlib.Path("/usr/share/bash-completion/bash_completion"),
                 "zsh": pathlib.Path("/bin/zsh")}
        for name, lines in ways.items():
            with self.subTest(name):
                if not needs[name].exists():
                    self.skipTest(f"there is no {needs[name]}")
                home = self.folder / f"home of {name}"
                home.mkdir()
                (home / "my_testbed").symlink_to(self.root / "usr/bin/synod")
                path = f"{self.root / 'usr/bin'}:{home}:{os.environ['PATH']}"
                shell = Shell(name, home, {**os.environ, "PATH": path}, lines)
                self.addCleanup(shell.close)
                self.assertEqual(shell.pressed_tab("my_testbed fu")[0], "my_testbed fuzz ")
                self.assertEqual(shell.pressed_tab("synod fu")[0], "synod fuzz ")
                self.assertEqual(shell.pressed_tab("synod fuzz --mutant sd-pick-maj")[0],
                                 "synod fuzz --mutant sd-pick-majority-only ")
                self.assertEqual(shell.pressed_tab("synod fuzz --protocol=two")[0],
                                 "synod fuzz --protocol=two_phase_commit ")

    # ---- The library -----------------------------------------------------------------------------

    def test_the_template_builds_finds_its_bug_and_passes_its_tests(self):
        project = self.folder / "my_testbed"
        shutil.copytree(self.root / "usr/share/synod/template", project)
        build = project / "build"
        run("cmake", "-S", project, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
            f"-DCMAKE_PREFIX_PATH={self.root.path / 'usr'}")
        self.assertIn(f"{self.root.path}/usr/lib/cmake/synod", (build / "CMakeCache.txt").read_text("utf-8"))
        run("cmake", "--build", build)
        run(build / "my_testbed", "fuzz", "--seeds", "1000")
        run(build / "my_testbed", "fuzz", "--mutant", "takes-the-last", status=1, cwd=project)
        run("ctest", "--test-dir", build, "--output-on-failure", "--no-tests=error", "-j2")

    # ---- The end ---------------------------------------------------------------------------------

    def test_uninstalled_they_leave_nothing(self):
        folder = self.folder / "uninstalled"
        folder.mkdir()
        root = Root(folder)
        self.assertEqual(root.left(), [])
        root.dpkg("--install", *self.files.values())
        both = root.left()
        # Either without the other.
        root.dpkg("--purge", "synod-dev")
        program = root.left()
        self.assertIn("usr/bin/synod", program)
        self.assertNotIn("usr/include", program)
        root.dpkg("--install", self.files["synod-dev"])
        root.dpkg("--purge", "synod")
        library = root.left()
        self.assertIn("usr/include/synod/testbed.h", library)
        self.assertNotIn("usr/bin", library)
        self.assertEqual(sorted({*program, *library}), both)
        root.dpkg("--purge", "synod-dev")
        self.assertEqual(root.left(), [])


if __name__ == "__main__":
    unittest.main()
