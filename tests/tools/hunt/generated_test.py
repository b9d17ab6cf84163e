"""Mutants that follow from the types of rules: where they are listed, what is said of them on the page that a
command writes, and that they are mutants like any other."""

import json
import re

from command_line import SOURCE_DIR, VIOLATED, CommandLineTest, field, main

PAGE = SOURCE_DIR / "scenarios/mutants/generated.md"
ROW = re.compile(r"^\| `([^`]+)` \| [^|]+ \| (bug|control|equivalent|unknown) \| (?:`(\w+)`|-) \| (\d+)/(\d+) "
                 r"\| ([\d,.> ]+) \|", re.MULTILINE)


class GeneratedMutantsTest(CommandLineTest):

    def setUp(self):
        super().setUp()
        self.page = PAGE.read_text(encoding="utf-8")
        self.rows = ROW.findall(self.page)
        self.command = re.search("^synod (hunt --mutants generated .*)$", self.page, re.MULTILINE).group(1)

    def listed(self):
        return [line.split("  ")[0].strip()
                for line in self.synod("list", "mutants", "--generated").splitlines()]

    def test_the_page_has_every_one_that_the_program_has_in_its_order(self):
        listed = self.listed()
        self.assertGreater(len(listed), 150)
        self.assertEqual([row[0] for row in self.rows], listed)

    def test_none_is_among_the_planted_bugs_unless_asked_for(self):
        planted = self.synod("list", "mutants")
        for slug in self.listed():
            self.assertNotIn(f"\n{slug}\n", planted)

    def test_the_counts_on_the_page_are_those_of_its_rows(self):
        counts = re.search(r"^\| all \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", self.page, re.MULTILINE)
        classes = [row[1] for row in self.rows]
        self.assertEqual([int(count) for count in counts.groups()],
                         [classes.count(name) for name in ("bug", "control", "equivalent", "unknown")]
                         + [len(classes)])

    def test_a_few_of_its_rows_are_measured_again(self):
        def runs(row):
            return float("inf") if ">" in row[5] else float(row[5].replace(",", ""))
        slugs = []
        for protocol in ("paxos", "two_phase_commit", "three_phase_commit", "paxos_commit"):
            cheap = [row[0] for row in self.rows if row[0].startswith(protocol + ".") and runs(row) < 200]
            slugs += cheap[:: max(1, len(cheap) // 3)][:3]
        arguments = self.command.replace("--mutants generated ", "").split(" --markdown")[0].split()
        self.synod(*arguments, "--mutants", *slugs, "--json", "classes.json")
        again = json.loads(self.read("classes.json"))
        self.assertEqual(sorted(entry["mutant"] for entry in again), sorted(slugs))
        of_page = {row[0]: row for row in self.rows}
        for entry in again:
            row = of_page[entry["mutant"]]
            self.assertEqual((entry["class"], entry["property"], entry["found"], entry["trials"],
                              entry["runs_median"]),
                             (row[1], row[2], int(row[3]), int(row[4]), runs(row)))

    def test_a_campaign_finds_one_and_its_trace_names_the_rule(self):
        slug = "paxos.may_promise-always-yes"
        report = self.synod("fuzz", "--mutant", slug, status=VIOLATED)
        trace = field(report, "trace")
        self.assertEqual(json.loads(self.read(trace))["mutants"], [slug])
        self.synod("replay", trace, status=VIOLATED)
        self.synod("replay", trace, "--correct")
        self.synod("explain", trace, "--json", "explanation.json", status=VIOLATED)
        self.assertEqual(json.loads(self.read("explanation.json"))["rule"]["code"], "may_promise")

    def test_what_does_not_go_together_is_refused(self):
        for arguments, complaint in (
                (["hunt", "--mutants", "generated", "sd-duel"], "planted bugs are hunted apart"),
                (["hunt", "--mutants", "generated", "--strategy", "uniform"], "default campaign"),
                (["hunt", "--mutants", "paxos.may_promise-always-yse"], "paxos.may_promise-always-yes"),
                (["fuzz", "--mutant", "paxos.may_promise-always-yse"], "paxos.may_promise-always-yes"),
                (["list", "protocols", "--generated"], "mutants alone")):
            self.assertIn(complaint, self.complaint(*arguments))


if __name__ == "__main__":
    main()
