"""`--json -` writes to standard output, of every verb that has --json: the JSON alone. What is printed for people
goes to standard error then, and the exit status is what it is with a file."""

import json
import os
import re
import subprocess

from command_line import BAD_USAGE, INCONCLUSIVE, PROGRAM, VIOLATED, CommandLineTest, main

# Quick ones, with the verbs that they are of.
COMMANDS = [
    ["fuzz", "--seeds", "200"], ["fuzz", "--mutant", "sd-pick-own", "--no-shrink", "--seeds", "3000"],
    ["shrink", "trace.json", "-o", "min.json", "--force"], ["whatif", "trace.json", "--samples", "1"],
    ["explain", "trace.json"], ["explain", "trace.json", "--markdown"], ["compare", "--seeds", "1"],
    ["hunt", "--mutants", "sd-pick-own", "--trials", "1"],
    ["shortest", "--mutants", "sd-pick-own", "--time", "100ms"], ["texts", "--seeds", "1"],
    ["explore", "--ballots-max", "1"], ["explore", "--ballots-max", "1", "--mutant", "sd-pick-own"],
    ["regress"], ["check", "history.json"], ["fuzz", "--coverage-of", "explored.json", "--seeds", "5"],
]
SLOW = {"bench"}  # to measure takes as long as it takes


def steady(text):
    """Without what another run says otherwise: how long it took."""
    text = re.sub(r'"(distinct|\w*seconds\w*|time|wall|steps_per_second)": [-0-9.e+]+', r'"\1": 0', text)
    text = re.sub(r"\b0\.[0-9]+\b", "_", text)
    return re.sub(r"[0-9][0-9.,]* ?(µs|ms|s|MB|M)\b|[0-9.,]+( M)?( \w+)?/s", "_", text)


class StandardOutputTest(CommandLineTest):

    def setUp(self):
        super().setUp()
        self.synod("run", "--scenario", "late_client", "--mutant", "sd-pick-own", "--seed", "5000",
                   "--trace", "trace.json", status=VIOLATED)
        self.synod("keep", "trace.json", "--name", "kept")
        self.synod("explore", "--ballots-max", "1", "--requests", "writes", "--slow-writes", "--json", "explored.json")
        self.write("history.json", json.dumps({"format": "synod history", "version": 1, "model": "register", "operations": [
            {"client": "c1", "operation": "write", "value": 3, "call": 1, "return": 4},
            {"client": "c2", "operation": "read", "result": 5, "call": 5, "return": 6}]}))

    def test_every_verb_that_writes_json_is_among_these_and_says_so(self):
        verbs = re.findall(r"^  (\w+) +\S", self.synod("--help").split("SUBCOMMANDS:")[-1].split("Subcommands:")[-1],
                           re.MULTILINE)
        self.assertIn("fuzz", verbs)
        with_json = set()
        for verb in verbs:
            told = " ".join(self.synod(verb, "--help").split())
            if "--json FILE" in told:
                with_json.add(verb)
                self.assertRegex(told, r"--json FILE [^-]*; - is standard output", verb)
        self.assertEqual(with_json, {words[0] for words in COMMANDS} | SLOW)

    def test_json_alone_is_on_standard_output_and_the_exit_status_is_the_same(self):
        for words in COMMANDS:
            with self.subTest(words=words):
                with_file = self.run_synod(*words, "--json", "as_file.json")
                before = self.files()
                run = self.run_synod(*words, "--json", "-")
                self.assertEqual(run.returncode, with_file.returncode)
                json.loads(run.stdout)
                if words[0] not in ("shortest", "hunt"):  # which tell how long all of it took
                    self.assertEqual(steady(run.stdout), steady(self.read("as_file.json")))
                    self.assertEqual(steady(run.stderr), steady(with_file.stdout))
                self.assertEqual(self.files(), before)
                os.remove(self.folder / "as_file.json")

    def test_the_other_reports_may_be_standard_output_too(self):
        for words, begin in ((["hunt", "--mutants", "sd-pick-own", "--trials", "1", "--markdown", "-"], "#"),
                             (["regress", "--junit", "-"], "<?xml"),
                             (["explore", "--protocol", "two_phase_commit", "--nodes", "2", "--dot", "-"], "digraph"),
                             (["list", "properties", "--markdown", "-"], "#")):
            with self.subTest(words=words):
                self.assertTrue(self.run_synod(*words).stdout.startswith(begin))
                self.assertNotIn("-", self.files())

    def test_two_of_them_do_not_share_it(self):
        self.assertEqual(self.complaint("regress", "--json", "-", "--junit", "-"),
                         'regress: both --junit "-" and --json "-" are standard output: give one of them a file')

    def test_a_file_of_that_name_is_named_with_its_folder(self):
        self.write("-", "mine")
        self.synod("explain", "trace.json", "--json", "-", status=VIOLATED)
        self.synod("explain", "trace.json", "--json=-", status=VIOLATED)
        self.run_synod("regress", "--json=-")
        self.assertEqual(self.read("-"), "mine")
        self.assertEqual(json.loads(self.run_synod("explore", "--ballots-max", "1", "--mutant", "sd-pick-own", "--json", "-",
                                                   "--trace", "-").stdout)["protocol"], "paxos")
        self.synod("explain", "trace.json", "--json", "./-", status=VIOLATED)
        json.loads(self.read("-"))

    def test_bad_input_leaves_standard_output_empty(self):
        for words in (["explain", "no.json"], ["fuzz", "--mutant", "no-such"], ["hunt", "--mutants", "no-such"],
                      ["shrink", "explored.json"], ["check", "no.json"], ["explore", "--network", "no"]):
            self.complaint(*words, "--json", "-")

    def test_a_folder_that_cannot_be_judged_is_reported_there(self):
        run = self.run_synod("regress", "no/folder", "--json", "-")
        self.assertEqual(run.returncode, BAD_USAGE)
        json.loads(run.stdout)

    def test_what_cannot_be_written_is_called_standard_output(self):
        def with_shell(redirection, *words):
            return subprocess.run(["bash", "-c", f'"$0" "$@" {redirection}', PROGRAM, *words], cwd=self.folder,
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        for redirection, why in ((">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")):
            run = with_shell(redirection, "explain", "trace.json", "--json", "-")
            self.assertEqual(run.returncode, BAD_USAGE)
            self.assertTrue(run.stderr.endswith(f"synod: standard output cannot be written: {why}\n"), run.stderr)
        for redirection in ("2>/dev/null", "2>&-"):
            run = with_shell(redirection, "explain", "trace.json", "--json", "-")
            self.assertEqual(run.returncode, VIOLATED)
            json.loads(run.stdout)
        run = with_shell("| head -c 1", "explain", "trace.json", "--json", "-")
        self.assertEqual(run.stdout, "{")

    def test_an_interrupted_verb_that_has_no_figures_writes_none(self):
        run = subprocess.run(["timeout", "-s", "INT", "3", PROGRAM, "compare", "--seeds", "1000000", "--json", "-"],
                             cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        self.assertIn(run.returncode, (INCONCLUSIVE, 124))
        self.assertEqual(run.stdout, "")
        self.assertIn("interrupted", run.stderr)


if __name__ == "__main__":
    main()
