#!/usr/bin/env python3
"""One cause is one finding, however many runs show it and whoever waits in them; two causes are two."""

import json
import re

from command_line import HOLDS, VIOLATED, CommandLineTest, field, main


class CausesTest(CommandLineTest):

    def fuzz(self, *arguments):
        """The report, and its summary for machines."""
        run = self.run_synod("fuzz", "--keep-going", "--json", "summary.json", *arguments)
        self.assertIn(run.returncode, (HOLDS, VIOLATED), run.stderr)
        return run.stdout, json.loads(self.read("summary.json"))

    def mutants(self, kind):
        entry = re.compile(rf"^(\S+)\n    .*\n    {kind}; breaks ", re.MULTILINE)
        return entry.findall(self.synod("list", "mutants"))

    def test_one_planted_bug_is_one_finding_for_each_property_that_it_breaks(self):
        for mutant in self.mutants("bug"):
            with self.subTest(mutant):
                _, summary = self.fuzz("--mutant", mutant, "--seeds", 300)
                properties = [found["property"] for found in summary["violations"]]
                self.assertEqual(len(properties), len(set(properties)))
                # Unshrunk, a run may have gone wrong by each of several rules that are planted as one.
                _, summary = self.fuzz("--mutant", mutant, "--seeds", 300, "--no-shrink")
                causes = [(found["property"], found.get("blamed")) for found in summary["violations"]]
                self.assertEqual(len(causes), len(set(causes)))

    def test_a_finding_counts_all_runs_that_its_cause_has_spoilt(self):
        _, whole = self.fuzz("--mutant", "sd-accept-first-only", "--seeds", 1500)
        _, found = self.fuzz("--mutant", "sd-accept-first-only", "--seeds", 1500, "--no-shrink")
        self.assertEqual(len(whole["violations"]), 1)
        self.assertEqual(whole["violations"][0]["count"], found["violations"][0]["count"])
        self.assertGreater(whole["violations"][0]["count"], 300)
        self.assertEqual(whole["violations"][0]["seed"], found["violations"][0]["seed"])

    def test_two_planted_bugs_of_one_property_are_two_findings(self):
        for pair in (("sd-volatile-promise", "sd-prepare-no-check"), ("sd-accept-first-only", "sd-all-must-vote"),
                     ("c2-majority", "c2-presumed-commit-wrong"),
                     ("pc-abort-without-asking", "pc-vote-not-durable")):
            for shrinking in ([], ["--no-shrink"]):
                with self.subTest((pair, shrinking)):
                    planted = [word for mutant in pair for word in ("--mutant", mutant)]
                    _, summary = self.fuzz(*planted, "--seeds", 3000, *shrinking)
                    blamed = {}
                    for found in summary["violations"]:
                        blamed.setdefault(found["property"], set()).add(found["blamed"])
                    self.assertGreaterEqual(max(len(rules) for rules in blamed.values()), 2, blamed)

    def test_a_finding_leaves_one_trace_and_the_one_it_was_shrunk_from(self):
        _, summary = self.fuzz("--mutant", "sd-accept-first-only", "--seeds", 1000, "--out", "traces")
        left = sorted(str(path.relative_to(self.folder)) for path in (self.folder / "traces").iterdir())
        named = sorted(file for found in summary["violations"] for file in (found["trace"], found["original"]))
        self.assertEqual(left, named)

    def test_a_report_tells_why_and_what_to_type_next(self):
        report, summary = self.fuzz("--mutant", "sd-pick-own", "--seeds", 500, "--property", "agreement")
        (found,) = summary["violations"]
        self.assertEqual(found["blamed"], "paxos.value_to_propose")
        trace = json.loads(self.read(field(report, "trace")))
        self.assertIn(trace["expect"]["finding"], re.sub(r"\s+", " ", report))
        explained = self.typed(field(report, "explain"), status=VIOLATED)
        wrong = re.search(r"The wrong step\n +(At \d+)", explained).group(1)
        self.assertTrue(field(report, "wrong step").startswith(wrong))
        self.assertIsNotNone(field(report, "rule"))
        self.typed(field(report, "view"))
        self.typed(field(report, "replay"), status=VIOLATED)
        # What is found comes before what is counted.
        self.assertLess(report.index("\nviolated "), report.index("runs in which"))


class PropertyTest(CommandLineTest):

    def test_a_campaign_can_judge_by_one_property_and_so_do_its_commands_and_its_trace(self):
        report = self.synod("fuzz", "--mutant", "sd-pick-own", "--property", "agreement", status=VIOLATED)
        self.assertTrue(field(report, "violated").startswith("agreement "))
        for verb in ("replay", "repeat", "explain"):
            self.assertIn("agreement", self.typed(field(report, verb), status=VIOLATED))
        trace = field(report, "trace")
        self.assertEqual(json.loads(self.read(trace))["judged_by"], ["agreement"])
        self.synod("shrink", trace, "-o", "small.json", status=VIOLATED)
        self.assertEqual(json.loads(self.read("small.json"))["judged_by"], ["agreement"])
        self.assertIn("agreement", self.synod("replay", "small.json", status=VIOLATED))
        self.synod("keep", trace, "--name", "by_agreement", "--into", "kept")
        self.synod("regress", "kept")

    def test_a_property_that_does_not_exist_is_one_line(self):
        self.assertIn("agreement", self.complaint("fuzz", "--property", "agrement"))
        self.synod("run", "--seed", 1, "--trace", "t.json")
        text = self.read("t.json").replace('"protocol"', '"judged_by": ["agrement"], "protocol"', 1)
        self.write("bad.json", text)
        self.assertIn("agreement", self.complaint("replay", "bad.json"))


if __name__ == "__main__":
    main()
