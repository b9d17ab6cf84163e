"""`synod explain`: the exact text for one violation of each property that a planted bug of each
protocol can break. Each lies in `explained` as a trace and its text. What no planted bug breaks is
tested in tests/scenarios/explain/explain_test.cpp.

When a text changes on purpose, `explain_test.py --write` writes them all anew: read what changed."""

import json
import pathlib
import re
import subprocess
import sys

from command_line import HOLDS, INCONCLUSIVE, PROGRAM, SOURCE_DIR, VIOLATED, CommandLineTest, main

EXPLAINED = pathlib.Path(__file__).parent / "explained"
SCENARIOS = SOURCE_DIR / "scenarios" / "stories"
BROKEN = {
    "paxos": {"agreement", "ballots_rise", "client_answers_true", "decided_implies_chosen",
              "durable_before_visible", "one_value_per_ballot", "progress", "promises_kept",
              "proposals_safe", "truthful_promise"},
    "two_phase_commit": {"atomicity", "commit_validity", "irrevocability", "termination"},
    "three_phase_commit": {"atomicity", "commit_validity"},
    "paxos_commit": {"atomicity", "commit_validity", "irrevocability"},
}


def traces():
    return sorted(EXPLAINED.glob("*.json"))


def write_all():
    for trace in traces():
        text = subprocess.run([PROGRAM, "explain", trace], capture_output=True, text=True, check=False).stdout
        trace.with_suffix(".txt").write_text(text, encoding="utf-8")


class ExplainTest(CommandLineTest):

    def explained(self, trace, status=VIOLATED):
        self.synod("explain", trace, "--json", "explanation.json", status=status)
        return json.loads(self.read("explanation.json"))

    def test_each_violation_has_its_exact_text(self):
        for trace in traces():
            self.assertEqual(self.synod("explain", trace, status=VIOLATED),
                             trace.with_suffix(".txt").read_text(encoding="utf-8"), trace.name)

    def test_every_property_that_a_planted_bug_breaks_is_among_them(self):
        broken = {protocol: set() for protocol in BROKEN}
        for path in traces():
            trace = json.loads(path.read_text(encoding="utf-8"))
            broken[trace["protocol"]].add(trace["expect"]["property"])
        self.assertEqual(broken, BROKEN)

    def test_a_text_is_short_and_names_a_rule_that_exists(self):
        for trace in traces():
            text = trace.with_suffix(".txt").read_text(encoding="utf-8")
            told = text.split("\nThe steps that led to it", 1)[0].split("\n")
            self.assertLessEqual(len(told), 60, trace.name)
            self.assertTrue(all(len(line) <= 100 for line in told), trace.name)
            rules = re.search(r"^ +([a-z0-9_, ]+)\s+in\s+core/(\w+)/rules\.h$", text, re.MULTILINE)
            self.assertIsNotNone(rules, trace.name)
            header = "".join((SOURCE_DIR / "core" / folder / "rules.h").read_text(encoding="utf-8")
                             for folder in {rules[2], "paxos"})
            for name in rules[1].split(","):
                self.assertRegex(header, rf"\b{name.strip()}\(", trace.name)

    def test_its_sentences_name_their_steps_and_the_causal_past_holds_them(self):
        for trace in traces():
            told = self.explained(trace)
            self.assertTrue(told["story"] and told["contradiction"] and told["rule"]["source"], trace.name)
            self.assertEqual(told["steps"], sorted(set(told["steps"])))
            sentences = told["story"] + told["contradiction"]
            sentences += told.get("wrong_step", [])
            for sentence in sentences:
                self.assertLessEqual(set(sentence.get("steps", [])), set(told["steps"]), sentence)

    def test_only_the_causal_past_is_told(self):
        """What a node does that nobody hears of has no part in the explanation."""
        path = EXPLAINED / "paxos_truthful_promise.json"
        trace = json.loads(path.read_text(encoding="utf-8"))
        before = self.synod("explain", path, status=VIOLATED)
        trace["steps"].insert(0, {"at": 0, "step": "skew", "node": "n3", "rate": 1100})
        after = self.synod("explain", self.write("more.json", json.dumps(trace)), status=VIOLATED)
        count = re.search(r"led to it \((\d+) of (\d+)\)", before)
        self.assertIn(f"led to it ({count[1]} of {int(count[2]) + 1})", after)
        self.assertNotIn("skew", after)

    def test_the_wrong_step_is_where_the_correct_protocol_would_go_another_way(self):
        for trace in traces():
            told = self.explained(trace)
            if "wrong_step" not in told:
                self.assertEqual(json.loads(trace.read_text(encoding="utf-8")).get("mutants", []), [], trace.name)
                continue
            given, *rest = (sentence["text"] for sentence in told["wrong_step"])
            if not rest:
                is_compared = bool(json.loads(trace.read_text(encoding="utf-8")).get("mutants"))
                self.assertRegex(given, "^There is none: every node kept the rules" if is_compared
                                 else "^Nobody looked for one: no bug is planted", trace.name)
                self.assertIn("outside the fault model", told["contradiction"][0]["text"], trace.name)
                continue
            self.assertRegex(given, r"^At \d+, n\d('s timer)? .*\.$", trace.name)
            self.assertRegex(" ".join(rest), r"^\w+: .*\? It returned .*; in .* it returns .*\.", trace.name)

    def test_a_run_that_goes_on_shows_two_values_chosen(self):
        trace = EXPLAINED / "paxos_agreement.json"
        self.assertRegex(self.synod("explain", trace, status=VIOLATED),
                         r"(\w+) was chosen in ballot \S+ by the votes of n1 and n2; (?!\1)(\w+) was chosen in")

    def test_a_trace_that_holds_is_told_and_nothing_is_broken(self):
        text = self.synod("explain", SCENARIOS / "paxos_late_proposer_adopts.json", status=HOLDS)
        self.assertTrue(text.startswith("Nothing is broken.\n\n3 nodes; a quorum is any 2 of them."), text)
        self.assertNotIn("contradicts", text)

    def test_a_trace_that_is_inconclusive_says_why(self):
        text = self.synod("explain", SCENARIOS / "paxos_outbid_for_ever.json", status=INCONCLUSIVE)
        self.assertTrue(text.startswith("Nothing can be concluded: nothing was chosen.\n"), text)

    def test_markdown_shows_the_same_and_no_text_becomes_markup(self):
        trace = EXPLAINED / "paxos_proposals_safe.json"
        text = self.synod("explain", trace, "--markdown", status=VIOLATED)
        for part in ("**proposals\\_safe is violated", "### The wrong step\n\n", "### What happened, and when [in ticks]\n\n1. ", "### The rule", "<details>"):
            self.assertIn(part, text)
        outside = re.sub(r"````\n.*?````", "", text, flags=re.DOTALL)
        self.assertNotRegex(outside, r"(?<!\\)_")

    def test_bad_input_is_one_clear_line(self):
        self.assertIn("has no steps", self.complaint("explain", SCENARIOS / "calm.json"))
        self.assertIn("no.json", self.complaint("explain", "no.json"))
        self.assertIn("TRACE is missing", self.complaint("explain"))


if __name__ == "__main__":
    if "--write" in sys.argv:
        write_all()
    else:
        main()
