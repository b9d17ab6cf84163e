"""Completion, as people use it: in a bash and a zsh of their own, in a terminal, by pressing Tab.

A shell that is not installed is left out.
"""

import os
import re
import shutil
import unittest

from command_line import PROGRAM, SOURCE_DIR, CommandLineTest
from shell import Shell

COMPLETION = SOURCE_DIR / "tools" / "completion"


class Completion:
    """The same in every shell."""

    shell = None
    lines = None  # that it reads first

    def setUp(self):
        super().setUp()
        if shutil.which(self.shell) is None:
            self.skipTest(f"{self.shell} is not installed")
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / "synod").symlink_to(PROGRAM)
        (self.folder / "bin" / "my_testbed").symlink_to(PROGRAM)
        (self.folder / "work").mkdir()
        (self.folder / "work" / "kept trace.json").touch()
        (self.folder / "work" / "folder").mkdir()
        (self.folder / "work" / "folder" / "inside.json").touch()
        environment = {**os.environ, "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}"}
        self.at_work = Shell(self.shell, self.folder / "work", environment, self.lines)
        self.addCleanup(self.at_work.close)

    def becomes(self, line):
        return self.at_work.pressed_tab(line)[0]

    def offers(self, line):
        return self.at_work.pressed_tab(line)[1].split()

    def names_of(self, what):
        listed = self.run_synod("list", what).stdout
        names = re.findall(r"^(\S+)$" if what == "mutants" else r"^(\S+)  ", listed, re.MULTILINE)
        return [name for name in names if name != "name"]

    def test_a_verb(self):
        self.assertEqual(self.becomes("synod fu"), "synod fuzz ")
        told = re.findall("^  ([a-z]+) ", self.run_synod("--help").stdout.split("Subcommands:")[1],
                          re.MULTILINE)
        self.assertGreater(len(told), 15)
        self.assertLessEqual(set(told), set(self.offers("synod ")))

    def test_an_option_of_the_verb(self):
        self.assertEqual(self.becomes("synod fuzz --keep"), "synod fuzz --keep-going ")
        self.assertEqual(self.becomes("synod fuzz --keep-going --kee"), "synod fuzz --keep-going --kee")
        told = re.findall("^  (?:-.,)?(--[a-z0-9-]+)", self.run_synod("fuzz", "--help").stdout,
                          re.MULTILINE)
        self.assertLessEqual(set(told), set(self.offers("synod fuzz --")))

    def test_every_scenario_and_every_planted_bug(self):
        scenarios = self.names_of("scenarios")
        self.assertGreater(len(scenarios), 10)
        self.assertLessEqual(set(scenarios), set(self.offers("synod run --scenario ")))
        mutants = self.names_of("mutants")
        self.assertGreater(len(mutants), 20)
        self.assertLessEqual(set(mutants), set(self.offers("synod fuzz --mutant ")))
        self.assertLessEqual({"all", *mutants}, set(self.offers("synod hunt --mutants ")))

    def test_the_value_of_an_option(self):
        self.assertEqual(self.becomes("synod fuzz --protocol two"), "synod fuzz --protocol two_phase_commit ")
        self.assertEqual(self.becomes("synod export --to mer"), "synod export --to mermaid ")
        self.assertEqual(self.becomes("synod list mut"), "synod list mutants ")
        self.assertEqual(self.becomes("synod bench exp"), "synod bench explore ")

    def test_the_value_behind_an_equals_sign(self):
        self.assertEqual(self.becomes("synod fuzz --protocol=two"), "synod fuzz --protocol=two_phase_commit ")
        self.assertEqual(self.becomes("synod view --compare=ke").replace("\\", ""),
                         "synod view --compare=kept trace.json ")

    def test_a_value_with_a_colon(self):
        self.assertEqual(self.becomes("synod keep --expect violated:progr"),
                         "synod keep --expect violated:progress ")

    def test_a_file_and_a_folder(self):
        self.assertEqual(self.becomes("synod replay ke").replace("\\", ""), "synod replay kept trace.json ")
        self.assertEqual(self.becomes("synod replay folder/in"), "synod replay folder/inside.json ")
        self.assertEqual(self.becomes("synod run --scenario ./folder/in"),
                         "synod run --scenario ./folder/inside.json ")
        self.assertEqual(self.becomes("synod fuzz --out ").rstrip("/ "), "synod fuzz --out folder")
        self.assertEqual(self.becomes("synod check folder/inside.json ke").replace("\\", ""),
                         "synod check folder/inside.json kept trace.json ")

    def test_what_makes_no_sense_stays_as_it_is(self):
        for line in ("synod fuzzz --se", "synod fuzz --nonsense=r", "synod fuzz --seeds 1"):
            self.assertEqual(self.becomes(line), line)

    def test_the_program_of_another_protocol(self):
        self.assertEqual(self.becomes("my_testbed fu"), "my_testbed fuzz ")

    def test_the_program_by_its_place_in_the_home(self):
        (self.folder / "work" / "bin").symlink_to(self.folder / "bin")
        self.assertEqual(self.becomes("~/bin/synod fu"), "~/bin/synod fuzz ")


class InBash(Completion, CommandLineTest):
    shell = "bash"
    lines = f"source {COMPLETION / 'synod.bash'}\ncomplete -F _synod my_testbed\n"


class InZsh(Completion, CommandLineTest):
    shell = "zsh"
    lines = (f"autoload -Uz compinit && compinit -u -D\nsource {COMPLETION / 'synod.zsh'}\n"
             "compdef _synod my_testbed\n")


class Answers(CommandLineTest):
    def test_an_answer_takes_no_time_worth_mentioning(self):
        """Of a processor's: 50 ms of start-up in an optimized build, of which this takes 5."""
        for words in (["fuzz", "--mutant", ""], ["run", "--scenario", ""], [""]):
            before = os.times()
            for _ in range(20):
                self.assertGreater(len(self.run_synod("complete", *words).stdout.splitlines()), 5)
            after = os.times()
            seconds = (after.children_user - before.children_user
                       + after.children_system - before.children_system) / 20
            print(f"complete {words}: {1000 * seconds:.1f} ms")
            self.assertLess(seconds, 1.0)

    def test_complete_itself_never_fails(self):
        for words in ([], ["complete"], ["--"], ["fuzz", "--", "--"], ["\x80", "fuzz", "=", "--=", "-"]):
            done = self.run_synod("complete", *words)
            self.assertEqual((done.returncode, done.stderr), (0, ""), words)
            self.assertIn(done.stdout.splitlines()[0], ("words", "files", "folders"))


if __name__ == "__main__":
    unittest.main()
