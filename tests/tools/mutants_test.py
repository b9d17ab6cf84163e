"""Every planted bug is found by a default campaign, and what was found can be seen again."""

import json
import re
import subprocess
import sys

from command_line import HOLDS, INCONCLUSIVE, SOURCE_DIR, VIOLATED, CommandLineTest, field, main

SEEDS = 20000


class MutantsTest(CommandLineTest):

    def mutants(self):
        slugs = re.findall(r"^\S+$", self.synod("list", "mutants"), re.MULTILINE)
        self.assertGreaterEqual(len(slugs), 3)
        return slugs

    def expect_replays(self, trace, output):
        """Of a replay's output: the same property and the same fingerprint as the file says."""
        expect = json.loads(self.read(trace))["expect"]
        self.assertEqual(field(output, "violated"), expect["property"])
        self.assertIn(expect["finding"], output)
        self.assertEqual(field(output, "fingerprint"), expect["fingerprint"])

    def expect_valid(self, *traces):
        script = SOURCE_DIR / "tests" / "scenarios" / "validate_json.py"
        run = subprocess.run([sys.executable, script, *traces], cwd=self.folder, text=True, check=False,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(run.returncode, 0, run.stdout)

    def expect_not_violated_by_the_correct_protocol(self, trace):
        run = self.run_synod("replay", "--correct", trace)
        self.assertIn(run.returncode, (HOLDS, INCONCLUSIVE), run.stdout + run.stderr)

    def test_a_default_campaign_finds_each_and_its_trace_replays(self):
        for mutant in self.mutants():
            with self.subTest(mutant):
                report = self.synod("fuzz", "--mutant", mutant, "--seeds", SEEDS, status=VIOLATED)
                trace = field(report, "trace")
                self.assertEqual(json.loads(self.read(trace))["mutants"], [mutant])
                self.expect_valid(trace)

                replayed = self.synod("replay", trace, status=VIOLATED)
                self.expect_replays(trace, replayed)
                self.assertEqual(field(replayed, "expected"),
                                 "yes, as the file says, with the same fingerprint")
                self.assertNotIn("skipped", replayed)

                self.expect_replays(trace, self.typed(field(report, "repeat"), status=VIOLATED))
                self.expect_replays(trace, self.typed(field(report, "replay"), status=VIOLATED))

                self.synod("replay", trace, "--trace", "again.json", status=VIOLATED)
                self.assertEqual(self.read("again.json"), self.read(trace))

                self.expect_not_violated_by_the_correct_protocol(trace)

    def test_every_kind_of_violation_leaves_a_trace_that_replays(self):
        for mutant in self.mutants():
            report = self.synod("fuzz", "--mutant", mutant, "--seeds", "2000", "--keep-going",
                                "--out", mutant, status=VIOLATED)
            traces = [str(path.relative_to(self.folder)) for path in (self.folder / mutant).iterdir()]
            self.assertEqual(len(traces), len(re.findall(r"^violated ", report, re.MULTILINE)))
            self.expect_valid(*traces)
            for trace in traces:
                with self.subTest(trace):
                    self.expect_replays(trace, self.synod("replay", trace, status=VIOLATED))
                    self.expect_not_violated_by_the_correct_protocol(trace)

    def test_printed_commands_work_where_names_need_quotes(self):
        self.write("it's mine.json",
                   '{"format": "synod run", "version": 1, "swarm": true, "mutants": ["sd-pick-own"]}')
        report = self.synod("fuzz", "--scenario", "it's mine.json", "--out", "my traces; $HOME",
                            "--seeds", SEEDS, status=VIOLATED)
        trace = field(report, "trace")
        self.expect_replays(trace, self.typed(field(report, "repeat"), status=VIOLATED))
        self.expect_replays(trace, self.typed(field(report, "replay"), status=VIOLATED))

    def test_several_bugs_can_be_planted_at_once(self):
        report = self.synod("fuzz", "--mutant", "sd-pick-own", "--mutant", "sd-volatile-promise",
                            "--seeds", SEEDS, status=VIOLATED)
        trace = field(report, "trace")
        self.assertEqual(json.loads(self.read(trace))["mutants"],
                         ["sd-pick-own", "sd-volatile-promise"])
        self.expect_replays(trace, self.typed(field(report, "repeat"), status=VIOLATED))

    def test_runs_of_the_correct_protocol_replay_to_the_same_end(self):
        traces = []
        for seed in range(1, 41):
            trace = f"{seed}.json"
            ran = self.run_synod("run", "--seed", seed, "--trace", trace).returncode
            self.assertIn(ran, (HOLDS, INCONCLUSIVE))
            replayed = self.synod("replay", trace, "--trace", "again.json", status=ran)
            expect = json.loads(self.read(trace))["expect"]
            self.assertEqual(field(replayed, "fingerprint"), expect["fingerprint"])
            self.assertEqual(field(replayed, "expected"),
                             "yes, as the file says, with the same fingerprint")
            self.assertEqual(self.read("again.json"), self.read(trace))
            traces.append(trace)
        self.expect_valid(*traces)


if __name__ == "__main__":
    main()
