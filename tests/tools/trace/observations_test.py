"""What --observations writes into a trace is what --log tells, and changes no replay."""

import json
import re
import subprocess
import sys

from command_line import HOLDS, SOURCE_DIR, VIOLATED, CommandLineTest, field, main

MUTANT = ["--scenario", "late_client", "--mutant", "sd-pick-own"]
LINE_OF_A_STEP = re.compile(r" *\d+  \S")
AT_NO_STEP = re.compile(r" {9}[A-Z]")
OBSERVATION = re.compile(r" {11}(\S.*)| {9}(\* .+)")


def told_by(log):
    """For each step that a log tells, what came of it."""
    told = []
    for line in log.split("\n\n", 1)[0].split("\n"):
        found = OBSERVATION.fullmatch(line)
        if found:
            told[-1].append(found.group(1) or found.group(2))
        elif not AT_NO_STEP.match(line):
            assert LINE_OF_A_STEP.match(line), line
            told.append([])
    return told


class ObservationsTest(CommandLineTest):

    def observed_in(self, name):
        return [step.get("observations", []) for step in json.loads(self.read(name))["steps"]]

    def without_observations(self, name):
        trace = json.loads(self.read(name))
        for step in trace["steps"]:
            step.pop("observations", None)
        return trace

    def expect_same_replay(self, name, output, status):
        again = self.synod("replay", name, status=status)
        self.assertEqual(field(again, "expected"), "yes, as the file says, with the same fingerprint")
        self.assertEqual(field(again, "fingerprint"), field(output, "fingerprint"))

    def test_a_log_is_read_by_this_test_as_it_is_meant(self):
        log = "      1  a\n           b\n           c\n         * d\n      2  e\n\nholds\n"
        self.assertEqual(told_by(log), [["b", "c", "* d"], []])

    def test_what_a_run_writes_is_what_it_tells(self):
        output = self.synod("run", "--seed", "1", "--log", "--all", "--trace", "t.json", "--observations")
        told = told_by(output)
        self.assertEqual(self.observed_in("t.json"), told)
        lines = [line for observations in told for line in observations]
        for pattern in (r"on n\d's disk: ", r"n\d learns ", r"c\d has its answer: ", r"\* .* is chosen, in "):
            self.assertTrue(any(re.match(pattern, line) for line in lines), pattern)
        self.assertTrue([] in told, "every step has observations")
        self.expect_same_replay("t.json", output, HOLDS)

    def test_they_add_to_a_trace_and_change_nothing_else(self):
        self.synod("run", "--seed", "1", "--trace", "plain.json")
        self.synod("run", "--seed", "1", "--trace", "t.json", "--observations")
        self.assertNotIn('"observations"', self.read("plain.json"))
        self.assertEqual(self.without_observations("t.json"), json.loads(self.read("plain.json")))

    def test_what_a_campaign_writes_is_what_a_replay_tells(self):
        report = self.synod("fuzz", *MUTANT, "--observations", status=VIOLATED)
        trace = field(report, "trace")
        output = self.synod("replay", trace, "--log", "--all", status=VIOLATED)
        told = told_by(output)
        self.assertEqual(self.observed_in(trace), told)
        self.assertTrue(any(told))
        self.expect_same_replay(trace, output, VIOLATED)

    def test_a_replay_writes_what_it_observes_and_not_what_the_file_said(self):
        report = self.synod("fuzz", *MUTANT, status=VIOLATED)
        plain = field(report, "trace")
        self.synod("replay", plain, "--trace", "t.json", "--observations", status=VIOLATED)
        observed = self.observed_in("t.json")
        self.assertTrue(any(observed))

        trace = self.without_observations("t.json")
        for step in trace["steps"]:
            step["observations"] = ["pigs fly"]
        self.write("lies.json", json.dumps(trace))
        output = self.synod("replay", "lies.json", "--log", "--all", "--trace", "plain.json", status=VIOLATED)
        self.assertEqual(field(output, "expected"), "yes, as the file says, with the same fingerprint")
        self.assertNotIn("pigs", output)
        self.assertNotIn('"observations"', self.read("plain.json"))
        self.synod("replay", "lies.json", "--trace", "t.json", "--observations", status=VIOLATED)
        self.assertEqual(self.observed_in("t.json"), observed)

        # A run of a scenario that has steps is a replay, too.
        self.synod("run", "--scenario", "lies.json", "--trace", "plain.json", status=VIOLATED)
        self.assertNotIn('"observations"', self.read("plain.json"))
        self.synod("run", "--scenario", "lies.json", "--trace", "t.json", "--observations", status=VIOLATED)
        self.assertEqual(self.observed_in("t.json"), observed)

    def test_steps_that_do_not_apply_and_steps_after_the_end_have_none(self):
        self.synod("run", "--scenario", "calm", "--seed", "1", "--trace", "t.json", "--observations")
        observed = self.observed_in("t.json")
        trace = json.loads(self.read("t.json"))
        trace["steps"].insert(0, {"at": 0, "step": "restart", "node": "n1", "observations": ["pigs fly"]})
        self.write("more.json", json.dumps(trace))
        output = self.synod("run", "--scenario", "more.json", "--trace", "t.json", "--observations")
        self.assertRegex(field(output, "skipped"), r"^1 of \d+ steps")
        self.assertEqual(self.observed_in("t.json"), [[], *observed])

        report = self.synod("fuzz", *MUTANT, status=VIOLATED)
        trace = json.loads(self.read(field(report, "trace")))
        count = len(trace["steps"])
        trace["steps"].append({**trace["steps"][-1], "observations": ["pigs fly"]})
        self.write("more.json", json.dumps(trace))
        self.synod("run", "--scenario", "more.json", "--trace", "t.json", "--observations", status=VIOLATED)
        observed = self.observed_in("t.json")
        self.assertEqual(len(observed), count + 1)
        self.assertEqual(observed[-1], [])

    def test_a_trace_with_them_follows_the_schema(self):
        self.synod("run", "--seed", "1", "--trace", "t.json", "--observations")
        script = SOURCE_DIR / "tests" / "scenarios" / "schema" / "validate_json.py"
        check = subprocess.run([sys.executable, script, self.folder / "t.json"], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, check=False)
        self.assertEqual((check.returncode, check.stdout), (HOLDS, ""))


if __name__ == "__main__":
    main()
