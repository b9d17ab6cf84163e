#!/usr/bin/env python3
"""What a terminal shows: lines that fit it, and colour where it is wanted. Elsewhere neither."""

import fcntl
import os
import pty
import re
import struct
import termios
import unittest

from command_line import PROGRAM, SOURCE_DIR, CommandLineTest

KEPT = SOURCE_DIR / "scenarios/regressions"
ESCAPES = re.compile(r"\x1b\[[0-9;]*[mK]")
VERBS = ("fuzz", "run", "replay", "shrink", "whatif", "view", "explain", "export", "list", "hunt", "shortest", "explore",
         "keep", "regress", "refresh", "check", "compare", "texts", "bench")


class TerminalTest(CommandLineTest):
    def on_terminal(self, *arguments, columns=80, **environment):
        """All that the program writes to a terminal of that width, escapes included."""
        process, terminal = pty.fork()
        if process == 0:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
            os.chdir(self.folder)
            os.environ.pop("NO_COLOR", None)
            os.environ.update(environment)
            os.execv(PROGRAM, [PROGRAM, *map(str, arguments)])
        written = b""
        while True:
            try:
                part = os.read(terminal, 65536)
            except OSError:  # Linux says so when the other side is closed
                break
            if not part:
                break
            written += part
        os.close(terminal)
        os.waitpid(process, 0)
        return written.decode()

    def lines_on(self, columns, *arguments):
        # Of a progress line what was shown last remains.
        return [ESCAPES.sub("", line.split("\r")[-1])
                for line in self.on_terminal(*arguments, columns=columns).replace("\r\n", "\n").split("\n")]

    def test_lines_fit(self):
        trace = KEPT / "sd_pick_own.json"
        searches = ("explore", "--nodes", "2", "--clients", "1", "--ballots-max", "1")
        asked = [[verb, "--help"] for verb in VERBS] + [
            ["--help"], ["fuzz", "--seeds", "300"], ["fuzz", "--mutant", "sd-pick-own", "--out", "traces"],
            ["compare", "--seeds", "20"], ["hunt", "--mutants", "sd-pick-own", "sd-amnesia", "--trials", "2"],
            ["list", "mutants"], ["list", "properties"], ["list", "scenarios"], ["list", "faults"], ["list", "options"],
            ["run", "--seed", "3", "--log"], ["replay", trace, "--log"], ["explain", trace], ["whatif", trace], searches,
            ["regress", KEPT]]
        for columns in (80, 100):
            for arguments in asked:
                lines = self.lines_on(columns, *arguments)
                self.assertGreater(len(lines), 2, arguments)
                for line in lines:
                    if len(line) > columns:
                        # Only what nobody could put together again: a command, or one long word, as a path.
                        text = re.split(r" {2,}", line.strip())[-1]
                        self.assertTrue(text.startswith(PROGRAM) or " " not in text, f"{arguments}, {columns}: {line}")

    def test_what_goes_on_stands_under_its_text(self):
        lines = self.lines_on(60, "fuzz", "--seeds", "300")
        place = next(i for i, line in enumerate(lines) if " healed " in line)
        self.assertRegex(lines[place + 1], r"^ {22,}\S")
        lines = self.lines_on(80, "fuzz", "--help")
        place = next(i for i, line in enumerate(lines) if line.startswith("  --coverage-of"))
        self.assertRegex(lines[place + 1], r"^ {30}\S")

    def test_a_terminal_has_colour(self):
        trace = KEPT / "sd_pick_own.json"
        for arguments in (["explain", trace], ["fuzz", "--mutant", "sd-pick-own", "--out", "traces"], ["replay", trace]):
            self.assertIn("\x1b[1", self.on_terminal(*arguments))
            for shown in (self.on_terminal(*arguments, NO_COLOR="1"), self.on_terminal(*arguments, "--color", "never")):
                self.assertNotRegex(shown, r"\x1b\[[0-9;]*m")
        self.assertIn("\x1b[32mholds", self.on_terminal("fuzz", "--seeds", "50", NO_COLOR=""))

    def test_elsewhere_it_comes_out_as_it_is(self):
        trace = KEPT / "sd_pick_own.json"
        plain = self.run_synod("explain", trace).stdout
        self.assertNotIn("\x1b", plain)
        colored = self.run_synod("explain", trace, "--color", "always").stdout
        self.assertIn("\x1b[1mThe wrong step", colored)
        self.assertEqual(ESCAPES.sub("", colored), plain)
        self.assertEqual(self.run_synod("explain", trace, "--markdown", "--color", "always").stdout,
                         self.run_synod("explain", trace, "--markdown").stdout)

    def test_another_word_is_refused(self):
        self.assertEqual(self.complaint("list", "faults", "--color", "alway"),
                         'list: --color "alway": did you mean "always"?')


if __name__ == "__main__":
    unittest.main()
