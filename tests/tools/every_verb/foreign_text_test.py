"""What others wrote (the name of a file, what a trace says, what was typed, even what the program is
called) reaches every output in a form that is safe there: it draws nothing on a terminal, forges no
line, and breaks no document."""

import json
import os
import re
import subprocess
import unicodedata
import xml.etree.ElementTree

from command_line import (BAD_USAGE, HOLDS, INCONCLUSIVE, PROGRAM, SOURCE_DIR, VIOLATED, CommandLineTest,
                          main)
from export_checkers import check_dot, check_mermaid, check_perfetto, check_shiviz

TRACE = SOURCE_DIR / "scenarios" / "regressions" / "sd_pick_own.json"
FORGED = "verdict       holds"
# A line of its own, an escape sequence in its old and in its short form, text that runs backwards,
# what ends a line elsewhere, what has no width, and what some formats cannot hold at all.
NASTY = (f"a\n{FORGED}\r\t\x1b[2J\x1b]0;x\x07 \x9b31m\x85 \x7f \u202e\u2066\u2069\u200f\u061c \u2028\u2029 "
         "\u200b\ufeff\u2060 \ufffe\uffff \U000e0041\U0001fffe \ue000 ")
MARKUP = "]]> <!--&amp;\"'`` <script>alert(1)</script> #35; %% | \\ $(id) ```"
TEXT = NASTY + MARKUP + " Zoë 漢 😀"
# No name of a file holds a slash, and this one is no UTF-8.
NAME = os.fsdecode((NASTY + "]]><&\"'`` $(id) ").replace("/", "").encode() + b"\xff\xc0\x80\xed\xa0\x80")
NOT_PLAIN = {"Cc", "Cf", "Zl", "Zp", "Co", "Cs"}


def foreign(text):
    """The characters of a text that are not safe to show, by Python's own tables."""
    return sorted({c for c in text if c != "\n" and (
        unicodedata.category(c) in NOT_PLAIN or ord(c) & 0xfffe == 0xfffe)})


class ForeignTextTest(CommandLineTest):

    def setUp(self):
        super().setUp()
        trace = json.loads(TRACE.read_text(encoding="utf-8"))
        trace["about"] = TEXT
        trace["build"] = TEXT
        trace["steps"][0]["observations"] = [TEXT]
        self.trace = self.write(NAME + ".json", json.dumps(trace))
        trace["expect"]["property"] = TEXT
        self.unexpected = self.write("other " + NAME + ".json", json.dumps(trace))

    def expect_safe(self, text, where):
        self.assertEqual(foreign(text), [], where)
        self.assertNotIn(FORGED, text.split("\n"), where)

    def ran(self, *arguments, status=None):
        """What it wrote on standard output, which is as safe as what it wrote on standard error. The
        program goes by a nasty name, too."""
        run = subprocess.run([NAME, *map(str, arguments)], executable=PROGRAM, cwd=self.folder,
                             capture_output=True, stdin=subprocess.DEVNULL, check=False)
        where = f"{arguments}\n{run.stdout[-2000:]}\n{run.stderr[-2000:]}"
        for written in (run.stdout, run.stderr):
            self.expect_safe(written.decode("utf-8", "strict"), where)
        self.assertNotIn(b"internal error", run.stderr)
        if status is not None:
            self.assertEqual(run.returncode, status, where)
        return run.stdout.decode("utf-8")

    def json_in(self, name):
        text = (self.folder / name).read_bytes().decode("utf-8", "strict")
        self.expect_safe(text, name)
        return json.loads(text)

    def out(self, ending):
        return f"out {NAME}{ending}"

    # ---- Each verb, with every file that it reads and writes under a nasty name

    def test_fuzz(self):
        told = self.ran("fuzz", "--mutant", "sd-pick-own", "--scenario", "late_client", "--first-seed", 5000,
                        "--seeds", 1, "--out", self.out(""), "--json", self.out(".json"), status=VIOLATED)
        (violation,) = self.json_in(self.out(".json"))["violations"]
        self.assertIn("trace", violation)
        self.json_in(f"{self.out('')}/paxos-sd-pick-own-proposals_safe-5000.json")
        self.repeats(told, "replay", VIOLATED)

    def repeats(self, told, name, status):
        """A command that was told does what it says, wherever a name needs quoting."""
        line = re.search(rf"(?m)^ *{name} +(.*)$", told).group(1)
        # Called by the name that it was told to have.
        script = f'synod() {{ "$REAL" "$@"; }}; set -- {line}; shift; synod "$@"'
        run = subprocess.run(["bash", "-c", script], cwd=self.folder, capture_output=True, check=False,
                             env={**os.environ, "REAL": PROGRAM})
        self.assertEqual(run.returncode, status, (line, run.stderr))

    def test_run_and_replay(self):
        told = self.ran("run", "--seed", 1, "--trace", self.out(".json"), "--log")
        self.json_in(self.out(".json"))
        self.repeats(told, "replay", HOLDS)
        self.ran("replay", self.trace, "--log", "--trace", self.out(".json"), "--observations",
                 status=VIOLATED)
        self.json_in(self.out(".json"))
        self.assertIn("no: the file says violated", self.ran("replay", self.unexpected, status=VIOLATED))
        self.ran("run", "--scenario", self.unexpected, "--log", status=VIOLATED)

    def test_shrink_whatif_and_explain(self):
        self.ran("shrink", self.trace, "-o", self.out(".min.json"), "--json", self.out(".json"),
                 status=VIOLATED)
        self.json_in(self.out(".json"))
        self.json_in(self.out(".min.json"))
        self.ran("whatif", self.trace, "--samples", 2, "--json", self.out(".json"), status=HOLDS)
        self.json_in(self.out(".json"))
        for option in ([], ["--markdown"]):
            self.ran("explain", self.trace, "--json", self.out(".json"), *option, status=VIOLATED)
        self.json_in(self.out(".json"))

    def test_view(self):
        self.ran("view", self.trace, "--compare", self.unexpected, "-o", self.out(".html"), status=HOLDS)
        page = (self.folder / self.out(".html")).read_bytes().decode("utf-8", "strict")
        self.assertNotIn(TEXT[:20], page)
        self.assertNotIn("<script>alert(1)", page)

    def test_export(self):
        for form, check in (("mermaid", check_mermaid), ("shiviz", check_shiviz), ("dot", check_dot),
                            ("perfetto", check_perfetto), ("chronicle", json.loads)):
            with self.subTest(form):
                told = self.ran("export", self.trace, "--to", form, status=HOLDS)
                check(told)
                self.ran("export", self.trace, "--to", form, "-o", self.out(form), status=HOLDS)
                self.assertEqual((self.folder / self.out(form)).read_text(encoding="utf-8"), told)
        # JSON loses nothing of it.
        self.assertEqual(json.loads(self.ran("export", self.trace, "--to", "chronicle"))["about"], TEXT)

    def test_keep_and_refresh(self):
        trace = json.loads(self.read(self.trace))
        del trace["mutants"]
        trace["expect"] = {"verdict": "holds"}
        mended = self.write("mended.json", json.dumps(trace))
        told = self.ran("keep", mended, "--name", "x", "--into", self.out(""), status=HOLDS)
        self.assertIn("Zoë 漢 😀", told)
        self.assertEqual(self.json_in(f"{self.out('')}/x.json")["about"], TEXT)
        self.repeats(told, "replay all", HOLDS)
        self.write(f"{self.out('')}/{NAME}.json", "{")
        self.ran("refresh", self.out(""), status=BAD_USAGE)
        self.ran("keep", self.unexpected, "--name", "y", status=BAD_USAGE)
        self.ran("keep", self.trace, "--name", "y", "--expect", f"violated:{TEXT}", status=BAD_USAGE)

    def test_regress(self):
        os.mkdir(self.folder / "kept")
        for name, text in (("a", self.read(self.trace)), ("b", self.read(self.unexpected)), ("c", "{"),
                           ("d", self.read(self.trace).replace("sd-pick-own", "sd-" + "\\u009b"))):
            self.write(f"kept/{name} {NAME}.json", text)
        told = self.ran("regress", "kept", "--junit", self.out(".xml"), "--json", self.out(".json"),
                        status=BAD_USAGE)
        self.assertIn("1 as kept, 0 violated, 1 inconclusive, 2 in error", told)
        self.repeats(told, "replay", VIOLATED)
        report = self.json_in(self.out(".json"))
        self.assertEqual([one["verdict"] for one in report["traces"]],
                         ["holds", "inconclusive", "error", "error"])
        written = (self.folder / self.out(".xml")).read_bytes()
        self.expect_safe(written.decode("utf-8", "strict"), "xml")
        (suite,) = xml.etree.ElementTree.fromstring(written)
        self.assertEqual([len(case) for case in suite], [0, 1, 1, 1])
        self.assertNotIn("Zoë", suite[1][0].text)  # what happened now, not what the file told

    def test_explore(self):
        told = self.ran("explore", "--protocol", "two_phase_commit", "--crashes-max", 1, "--restarts-max", 0,
                        "--timeouts", "true", "--trace", self.out(".trace"), "--json", self.out(".json"),
                        status=VIOLATED)
        self.json_in(self.out(".trace"))
        self.json_in(self.out(".json"))
        self.repeats(told, "replay", VIOLATED)

    def test_measurements(self):
        documents = ["--json", self.out(".json"), "--markdown", self.out(".md")]
        for arguments in (["compare", "--seeds", 1], ["texts", "--seeds", 1],
                          ["hunt", "--mutants", "sd-pick-own", "--trials", 1, "--budget", 1],
                          ["shortest", "--mutants", "sd-pick-own", "--time", "1s"]):
            with self.subTest(arguments):
                self.ran(*arguments, *documents)
                self.json_in(self.out(".json"))
                page = (self.folder / self.out(".md")).read_bytes().decode("utf-8", "strict")
                self.expect_safe(page, arguments)

    # ---- What was typed

    def test_complaints(self):
        verbs = re.findall(r"(?m)^  ([a-z]+) ", self.ran("--help", status=HOLDS).split("Subcommands:", 1)[1])
        self.assertIn("regress", verbs)
        words = [NAME, f"--{NAME}", f"-{NAME}", f"--json={NAME}/x", f"--out={NAME}\n/x", f"--jobs={NAME}"]
        for verb in verbs:
            self.ran(verb, "--help", status=HOLDS)
            for word in words:
                with self.subTest(verb=verb, word=word):
                    self.ran(verb, word, word, status=BAD_USAGE)
        for word in words:
            self.ran(word, status=BAD_USAGE)
        for arguments in (["fuzz", "--mutant", NAME], ["fuzz", "--scenario", NAME], ["list", NAME],
                          ["run", "--seed", NAME], ["run", "--protocol", NAME, "--seed", 1],
                          ["run", "--seed", 1, "--property", NAME], ["explore", "--refusing", NAME],
                          ["export", self.trace, "--to", NAME], ["bench", NAME], ["regress", NAME],
                          ["hunt", "--strategy", NAME], ["fuzz", "--time", NAME],
                          ["replay", "--bisect", NAME], ["whatif", self.trace, "--without", 99999]):
            with self.subTest(arguments):
                self.ran(*arguments)

    def test_complaints_about_what_a_file_says(self):
        trace = json.loads(self.read(self.trace))
        for change in ({"version": NASTY}, {"protocol": NASTY}, {"mutants": [NASTY]}, {NASTY: 1},
                       {"demand": NASTY}, {"seed": NASTY}, {"expect": {"verdict": NASTY}},
                       {"expect": {"verdict": "violated", "property": "x", "fingerprint": NASTY}},
                       {"configuration": {NASTY: 1}}, {"configuration": {"delay": NASTY}},
                       {"steps": [{"at": 1, "step": NASTY}]}, {"steps": [{"at": 1, "step": "crash", NASTY: 1}]},
                       {"steps": [{"at": 1, "step": "crash", "node": NASTY}]}):
            with self.subTest(change):
                self.write(self.trace, json.dumps({**trace, **change}, ensure_ascii=False))
                for verb in (["replay"], ["explain"], ["run", "--scenario"], ["keep", "--name", "x"]):
                    self.ran(*verb, self.trace, status=BAD_USAGE)

    def test_a_step_that_does_not_apply_names_nothing_unsafe(self):
        trace = json.loads(self.read(self.trace))
        for step in trace["steps"]:
            if "message" in step:
                step["message"]["type"] = NASTY
        self.write(self.trace, json.dumps(trace))
        self.ran("replay", self.trace, "--log", status=INCONCLUSIVE)
        for form in ("mermaid", "shiviz", "dot", "perfetto", "chronicle"):
            self.ran("export", self.trace, "--to", form)
        self.ran("explain", self.trace, status=INCONCLUSIVE)


if __name__ == "__main__":
    main()
