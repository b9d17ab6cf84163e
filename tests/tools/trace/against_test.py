#!/usr/bin/env python3
"""`--against PROGRAM`: another build of the program takes the same steps, and the first that it takes
otherwise is shown. The other build here is the same program, which is given each trace without the
bugs that are planted in it: as if the commit that made them had not been made."""

import json
import os
import pathlib
import re
import sys
import unittest

from command_line import HOLDS, PROGRAM, SOURCE_DIR, VIOLATED, CommandLineTest

KEPT = SOURCE_DIR / "scenarios/regressions"

OTHER_BUILD = """#!{python}
import json, os, pathlib, sys
words = sys.argv[1:]
for place, word in enumerate(words):
    if word.endswith(".json"):
        trace = json.loads(pathlib.Path(word).read_text(encoding="utf-8"))
        trace.pop("mutants", None)
        trace.pop("expect", None)
        words[place] = os.path.abspath("as_read_by_the_other.json")
        pathlib.Path(words[place]).write_text(json.dumps(trace), encoding="utf-8")
os.execv({program!r}, ["synod", *words])
"""


def section(text, title):
    """The lines of one part of an explanation, in a row."""
    found = re.search(rf"^{title}\n((?:      .*\n)+)", text, re.MULTILINE)
    return re.sub(r"\s+", " ", found[1]).strip() if found else ""


class AgainstTest(CommandLineTest):
    def program(self, name, text):
        path = pathlib.Path(self.folder) / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
        return str(path)

    def other_build(self):
        return self.program("other", OTHER_BUILD.format(python=sys.executable, program=os.path.abspath(PROGRAM)))

    def kept(self):
        """Those with a bug planted that a rule holds, and judged in a world that is borne."""
        for path in sorted(KEPT.glob("*.json")):
            trace = json.loads(path.read_text(encoding="utf-8"))
            if trace.get("mutants") and trace["expect"]["verdict"] == "violated":
                yield path

    def test_the_first_difference_is_the_wrong_step_where_the_other_build_holds(self):
        """Two ways to the same: rules compared, and builds compared."""
        other = self.other_build()
        wrong = same = 0
        for path in self.kept():
            text = self.run_synod("explain", path, "--against", other).stdout
            by_build = section(text, "The wrong step")
            if "The other build, going on from there, holds." in by_build:
                self.assertNotIn("\nThe first difference", text, path)
                by_rule = section(self.run_synod("explain", path).stdout, "The wrong step")
                # A rule may have answered otherwise at another node before, which led the violator astray.
                at = [re.match(r"At (\d+),", one) for one in (by_rule, by_build)]
                self.assertIsNotNone(at[1], path)
                wrong += 1
                same += bool(at[0]) and at[0][1] == at[1][1]
            else:
                self.assertNotEqual(section(text, "The first difference from the other build"), "", path)
                self.assertNotIn("going on from there, holds.", text, path)
        self.assertGreater(wrong, 30)
        self.assertGreater(same, 20)

    def test_both_sets_of_effects_and_the_state_before_are_shown(self):
        text = self.synod("explain", KEPT / "sd_promise_omits_accepted.json", "--against", self.other_build(), status=VIOLATED)
        wrong = section(text, "The wrong step")
        for says in ("'s disk held ", "In this build ", "In the other build (synod ", "send promise ("):
            self.assertIn(says, wrong)

    def test_the_same_build_does_the_same(self):
        for path in list(self.kept())[:10]:
            text = self.run_synod("explain", path, "--against", os.path.abspath(PROGRAM)).stdout
            self.assertIn("There is none: in all ", section(text, "The first difference from the other build"), path)

    def test_data_and_page_have_it_too(self):
        path = KEPT / "sd_pick_own.json"
        other = self.other_build()
        self.synod("explain", path, "--against", other, "--json", "told.json", status=VIOLATED)
        told = json.loads((self.folder / "told.json").read_text(encoding="utf-8"))
        self.assertIn("holds", told["wrong_step"][-1]["text"])
        self.synod("view", path, "--against", other, "-o", "page.html", status=HOLDS)
        self.assertIn("The other build, going on from there, holds.", (self.folder / "page.html").read_text(encoding="utf-8"))

    def test_who_does_not_answer_is_named_in_one_line(self):
        path = KEPT / "sd_pick_own.json"
        silent = self.program("silent", "#!/bin/sh\nexit 0\n")
        old = self.program("old", "#!/bin/sh\n[ $1 = --version ] && echo synod 0.0.1 && exit\necho 'synod: no verb \"export\"' >&2\nexit 2\n")
        broken = self.program("broken", "#!/bin/sh\n[ $1 = --version ] && echo synod 0.0.1 && exit\necho '{\"steps\": 1}'\n")
        # No more than it may write.
        endless = self.program("endless", "#!/bin/sh\n[ $1 = --version ] && echo synod 0.0.1 && exit\nyes || exit 2\n")
        for program, says in (
                ("nowhere", '--against: "nowhere" cannot be run: No such file or directory'),
                (silent, "does not say which build it is"),
                (old, "cannot say what comes of the steps of this trace (export --to chronicle): it says \"synod: no verb"),
                (broken, "is no chronicle"),
                (endless, "cannot say what comes of the steps of this trace")):
            for verb in (("explain", path), ("view", path, "-o", "page.html")):
                self.assertIn(says, self.complaint(*verb, "--against", program))


if __name__ == "__main__":
    unittest.main()
