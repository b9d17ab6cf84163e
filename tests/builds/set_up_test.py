"""tools/dev sets up what is missing, and is silent when nothing is.

It runs in a made-up project on a made-up machine: a folder of stand-ins for dpkg-query, apt-get, sudo,
cmake and ninja, and nothing else in the path but the few commands that every system has.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["SYNOD_SOURCE_DIR"])
COMMANDS = ("bash", "cat", "dirname", "env", "find", "flock", "mkdir", "printf", "rm", "sleep", "touch", "xargs")
NOBODY = 65534

# Every package is installed, but those named in $MISSING.
DPKG_QUERY = """
for package in "${@:4}"; do
  if [[ " $MISSING " == *" $package "* ]]; then continue; fi
  echo "installed $package"
done
"""
RECORD = 'echo "${0##*/} $*" >> "$RECORD"\n'
NINJA = RECORD + 'echo "ninja: no work to do."\n'
# One commit is there, and its own tools/dev makes its program.
GIT = RECORD + """
case "$*" in
  *' rev-parse '*' old^{commit}') echo c0ffee ;;
  *' rev-parse '*) exit 1 ;;
  clone*)
    folder="${@: -1}"
    mkdir -p "$folder/tools" "$folder/build/release"
    printf '#!/usr/bin/env bash\\n: > "%s"\\nchmod +x "%s"\\n' "$folder/build/release/synod" "$folder/build/release/synod" > "$folder/tools/dev"
    chmod +x "$folder/tools/dev"
    ;;
esac
"""


class SetUp(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.record = self.folder / "record"
        self.record.touch()
        self.path = self.folder / "bin"
        self.path.mkdir()
        for command in COMMANDS:
            (self.path / command).symlink_to(shutil.which(command))
        self.stand_in("dpkg-query", DPKG_QUERY)
        self.stand_in("apt-get", RECORD)
        self.stand_in("cmake", RECORD)
        self.stand_in("ninja", NINJA)

        self.project = self.folder / "project"
        (self.project / "tools").mkdir(parents=True)
        shutil.copy(ROOT / "tools" / "dev", self.project / "tools" / "dev")
        shutil.copy(ROOT / "CMakePresets.json", self.project)
        self.executable(self.project / "build" / "release" / "synod", 'echo "$PWD: $*"\n')
        self.configured = self.project / "build" / "release" / ".configured"
        for path in [self.folder, *self.folder.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o777)

    def executable(self, path, script):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/usr/bin/env bash\n" + script)
        path.chmod(0o777)

    def stand_in(self, command, script):
        self.executable(self.path / command, script)

    def dev(self, *arguments, missing="", root=False, cwd=None, **options):
        """Runs tools/dev as an ordinary user, or as root (only root can do the latter)."""
        identity = {}
        if os.geteuid() == 0 and not root:
            if os.stat(os.devnull).st_mode & 0o006 != 0o006:
                self.skipTest(f"here nobody but root may use {os.devnull}, and so no ordinary user can work")
            identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        elif os.geteuid() != 0 and root:
            self.skipTest("only root can see what tools/dev does for root")
        return subprocess.run(
            [self.project / "tools" / "dev", *arguments], cwd=cwd or self.folder,
            env={"PATH": str(self.path), "MISSING": missing, "RECORD": str(self.record)},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, **identity,
            **options)

    def recorded(self):
        return self.record.read_text().splitlines()

    def test_without_arguments_it_explains_itself_and_fails(self):
        run = self.dev()
        self.assertEqual((run.returncode, run.stdout), (2, ""))
        self.assertIn("usage: tools/dev VERB", run.stderr)

    def test_when_nothing_is_missing_only_the_program_speaks(self):
        self.dev("fuzz")
        run = self.dev("fuzz", "--seeds", "a b")
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertEqual(run.stdout, f"{self.folder}: fuzz --seeds a b\n")

    def test_against_builds_the_other_commit_once_and_names_its_program(self):
        (self.path / "chmod").symlink_to(shutil.which("chmod"))
        self.stand_in("git", GIT)
        self.dev("fuzz")
        other = self.project / "build" / "against" / "c0ffee" / "build" / "release" / "synod"
        for time in ("first", "again"):
            run = self.dev("against", "old", "explain", "a b.json")
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertEqual(run.stdout, f"{self.folder}: explain a b.json --against {other}\n", time)
        self.assertEqual(len([line for line in self.recorded() if line.startswith("git clone")]), 1)

    def test_against_says_what_is_wrong_in_one_line(self):
        self.stand_in("git", GIT)
        for arguments, why in ((["new", "explain", "t.json"], "there is no commit new here"),
                               (["old"], "against takes a commit and a verb, as in: tools/dev against HEAD~1 explain TRACE")):
            run = self.dev("against", *arguments)
            self.assertEqual((run.returncode, run.stdout, run.stderr), (2, "", f"tools/dev: {why}\n"))

    def test_it_configures_once_and_again_when_the_presets_changed(self):
        self.dev("fuzz")
        self.dev("fuzz")
        configured = [line for line in self.recorded() if line.startswith("cmake")]
        self.assertEqual(configured, ["cmake --preset release --log-level=WARNING"])
        presets = self.project / "CMakePresets.json"
        later = presets.stat().st_mtime + 60
        os.utime(presets, (later, later))
        self.dev("fuzz")
        configured = [line for line in self.recorded() if line.startswith("cmake")]
        self.assertEqual(len(configured), 2)

    def test_the_program_runs_where_the_user_is_and_its_exit_code_is_kept(self):
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        self.executable(self.project / "build" / "release" / "synod", "pwd; exit 7\n")
        run = self.dev("replay", "trace.json", cwd=elsewhere)
        self.assertEqual((run.returncode, run.stdout), (7, f"{elsewhere}\n"))

    def test_a_build_that_fails_runs_nothing(self):
        self.stand_in("ninja", 'echo "error: no such thing"; exit 1\n')
        run = self.dev("fuzz")
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        self.assertIn("error: no such thing", run.stderr)

    BISECTS = (("replay", "--bisect", "t.json"), ("replay", "t.json", "--log", "--bisect"),
               ("replay", "t.json", "--bisct"), ("repaly", "t.json", "--bisect"))

    def test_for_git_bisect_a_commit_that_does_not_build_cannot_be_tested(self):
        for fails in ("cmake", "ninja"):
            with self.subTest(fails):
                self.stand_in(fails, 'echo "error: no such thing"; exit 1\n')
                for arguments in self.BISECTS:
                    run = self.dev(*arguments)
                    self.assertEqual((run.returncode, run.stdout), (125, ""), run.stderr)
                    self.assertIn("this commit does not build", run.stderr)
                self.assertEqual(self.configured.exists(), fails != "cmake")
                for arguments in (("replay", "t.json"), ("replay", "--", "--bisect"), ("bench",)):
                    self.assertEqual(self.dev(*arguments).returncode, 1)
                self.stand_in("cmake", RECORD)

    def test_for_git_bisect_what_does_not_start_cannot_be_tested(self):
        synod = self.project / "build" / "release" / "synod"
        for script in ("exit 127\n", "kill -SEGV $$\n"):
            self.executable(synod, script)
            self.assertEqual(self.dev("replay", "--bisect", "t.json").returncode, 125)
        synod.unlink()
        self.assertEqual(self.dev("replay", "--bisect", "t.json").returncode, 125)

    def test_for_git_bisect_the_verdict_is_the_programs(self):
        for status in (0, 1, 3, 125, 128):
            self.executable(self.project / "build" / "release" / "synod",
                            f'if [[ $1 == --version ]]; then exit 0; fi; echo "$*"; exit {status}\n')
            run = self.dev("replay", "--bisect", "t.json")
            self.assertEqual((run.returncode, run.stdout), (status, "replay --bisect t.json\n"))

    def test_for_git_bisect_a_signal_stops_the_bisection(self):
        # Sent to the compiler's master alone, which tells only by its status, …
        for script in ("exit 2\n", "kill -TERM $$\n", "kill -KILL $$\n"):
            self.stand_in("ninja", script)
            run = self.dev("replay", "--bisect", "t.json")
            self.assertGreaterEqual(run.returncode, 128, script)
        # … or to everybody in front of the terminal, where what is built may merely fail.
        for signal in ("INT", "TERM", "HUP"):
            for fails in ("cmake", "ninja"):
                self.configured.unlink(missing_ok=True)
                self.stand_in(fails, f"trap 'exit 1' INT TERM HUP; kill -{signal} 0; sleep 5; exit 1\n")
                run = self.dev("replay", "--bisect", "t.json", start_new_session=True)
                self.assertTrue(run.returncode >= 128 or run.returncode < 0, (signal, fails, run))
                self.stand_in(fails, RECORD)

    def test_for_git_bisect_a_machine_that_lacks_packages_stops_the_bisection(self):
        run = self.dev("replay", "--bisect", "t.json", missing="cmake")
        self.assertEqual((run.returncode, run.stdout), (128, ""))
        self.assertIn("apt-get install -y cmake", run.stderr)

    def test_as_root_it_installs_what_is_missing_and_only_that(self):
        run = self.dev("fuzz", missing="cmake libfmt-dev", root=True)
        self.assertEqual(run.returncode, 0)
        update, install = self.recorded()[:2]
        self.assertTrue(update.startswith("apt-get") and update.endswith("update"), update)
        self.assertTrue(install.startswith("apt-get"), install)
        self.assertTrue(install.endswith(" cmake libfmt-dev"), install)

    def test_as_a_user_it_installs_through_sudo(self):
        self.stand_in("sudo", RECORD + '"$@"\n')
        run = self.dev("fuzz", missing="ninja-build")
        self.assertEqual(run.returncode, 0)
        installs = [line for line in self.recorded() if " install " in line]
        self.assertEqual(len(installs), 2, installs)
        self.assertTrue(installs[0].startswith("sudo "), installs)
        self.assertTrue(installs[1].endswith(" ninja-build"), installs)

    def test_without_sudo_it_prints_the_line_to_run(self):
        run = self.dev("fuzz", missing="cmake libfmt-dev")
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        self.assertIn("\napt-get update && apt-get install -y cmake libfmt-dev\n", run.stderr)
        self.assertEqual(self.recorded(), [])

    def test_when_the_installation_fails_it_prints_the_line_to_run(self):
        self.stand_in("sudo", "exit 1\n")
        run = self.dev("fuzz", missing="cmake")
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        self.assertIn("\nsudo apt-get update && sudo apt-get install -y cmake\n", run.stderr)

    def test_only_the_tests_need_the_second_compiler(self):
        self.assertEqual(self.dev("fuzz", missing="clang-19 clang-tidy-19").returncode, 0)
        run = self.dev("test", missing="clang-19 clang-tidy-19")
        self.assertEqual(run.returncode, 1)
        self.assertIn("apt-get install -y clang-19 clang-tidy-19\n", run.stderr)

    def test_for_the_packages_it_installs_what_makes_them_and_prints_where_they_are(self):
        release = self.project / "build" / "release"
        names = ("synod_0.1.0_amd64.deb", "synod-dev_0.1.0_amd64.deb")
        self.stand_in("ninja", RECORD + f"cd {release}; echo > {names[0]}; echo > {names[1]}\n")
        (release / "synod_0.0.9_amd64.deb").touch()
        run = self.dev("package")
        self.assertEqual((run.returncode, run.stdout),
                         (0, "".join(f"{release / name}\n" for name in names)), run.stderr)
        self.assertEqual(self.recorded()[-1], f"ninja -C {release} debian_packages")
        self.assertEqual(self.dev("package", "twice").returncode, 2)
        self.assertEqual(self.dev("fuzz", missing="help2man").returncode, 0)
        run = self.dev("package", missing="help2man")
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        self.assertIn("apt-get install -y help2man\n", run.stderr)


if __name__ == "__main__":
    unittest.main()
