"""Planted bugs are found by a default campaign, and what was found can be seen again; controls, which
look wrong and are safe, raise no alarm."""

import collections
import functools
import json
import re
import subprocess
import sys

from command_line import HOLDS, INCONCLUSIVE, SOURCE_DIR, VIOLATED, CommandLineTest, field, main

# As many as a campaign runs unless told otherwise.
SEEDS = 100000
CONTROL_SEEDS = 5000
VALIDATED_BYTES_MAX = 20000

Mutant = collections.namedtuple("Mutant", "slug kind property")


class MutantsTest(CommandLineTest):

    @functools.cached_property
    def corpus(self):
        entry = re.compile(r"^(\S+)\n    .*\n    (.*); breaks (\w+); needs .*; shows with .*\n    source: ",
                           re.MULTILINE)
        listed = self.synod("list", "mutants")
        mutants = [Mutant(*fields) for fields in entry.findall(listed)]
        self.assertEqual([mutant.slug for mutant in mutants], re.findall(r"^\S+$", listed, re.MULTILINE))
        return mutants

    def mutants(self, *kinds):
        return [mutant for mutant in self.corpus if mutant.kind in kinds]

    def expect_replays(self, trace, output):
        """Of a replay's output: the same property and the same fingerprint as the file says."""
        expect = json.loads(self.read(trace))["expect"]
        self.assertEqual(field(output, "violated"), expect["property"])
        self.assertIn(expect["finding"], output)
        self.assertEqual(field(output, "fingerprint"), expect["fingerprint"])

    def expect_valid(self, *traces):
        """Against the schema; but for very long ones, which have nothing that short ones have not."""
        traces = [trace for trace in traces if (self.folder / trace).stat().st_size < VALIDATED_BYTES_MAX]
        self.assertTrue(traces)
        script = SOURCE_DIR / "tests" / "scenarios" / "schema" / "validate_json.py"
        run = subprocess.run([sys.executable, script, *traces], cwd=self.folder, text=True, check=False,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(run.returncode, 0, run.stdout)

    def expect_not_violated_by_the_correct_protocol(self, trace):
        """It takes the same steps but for those that are none of its own, and all are accounted for. Where
        they say nothing it goes on in a world that settles, decides there, and breaks nothing. But to break
        nothing says little when more than half of the steps were skipped."""
        steps = len(json.loads(self.read(trace))["steps"])
        run = self.run_synod("replay", "--correct", trace)
        applied, skipped = (int((field(run.stdout, name) or "0").split()[0]) for name in ("steps", "skipped"))
        self.assertEqual(applied + skipped, steps, run.stdout + run.stderr)
        few = f"of {steps} steps only {applied} still apply" if applied * 2 < steps else None
        self.assertEqual((run.returncode, field(run.stdout, "inconclusive")),
                         (INCONCLUSIVE if few else HOLDS, few))

    def expect_explained_by_the_rule_that_is_planted(self, mutant, trace):
        (file,) = SOURCE_DIR.glob(f"scenarios/mutants/*/{mutant.slug.replace('-', '_')}.cpp")
        source = self.read(file)
        planted = set(re.findall(r"config\.(?:paxos_)?rules\.(\w+) =", source))
        if "config.quorums" in source:
            planted |= {"is_phase1_quorum", "is_chosen"}
        self.synod("explain", trace, "--json", "explanation.json", status=VIOLATED)
        explanation = json.loads(self.read("explanation.json"))
        self.assertIn("wrong_step", explanation)
        if planted:  # else it is a duration, which no rule decides about
            self.assertIn(explanation["rule"]["code"], planted)
            self.assertEqual(len(explanation["wrong_step"][1]["text"].split("?")), 2)

    def expect_found_and_seen_again(self, mutant):
        """Returns the report and the trace that it names."""
        report = self.synod("fuzz", "--mutant", mutant.slug, "--seeds", SEEDS, status=VIOLATED)
        trace = field(report, "trace")
        self.assertEqual(json.loads(self.read(trace))["mutants"], [mutant.slug])
        self.assertEqual(field(report, "violated").startswith("progress "), mutant.property == "progress",
                         "what breaks progress only is safe, and what is not safe is seen sooner")

        replayed = self.synod("replay", trace, "--trace", "again.json", status=VIOLATED)
        self.expect_replays(trace, replayed)
        self.assertEqual(field(replayed, "expected"), "yes, as the file says, with the same fingerprint")
        self.assertNotIn("skipped", replayed)
        self.assertEqual(self.read("again.json"), self.read(trace))

        # The seed's own run is kept beside it, if it could be shrunk.
        original = field(report, "original") or trace
        self.expect_replays(original, self.synod("replay", original, status=VIOLATED))
        self.expect_replays(original, self.typed(field(report, "repeat"), status=VIOLATED))
        self.expect_replays(trace, self.typed(field(report, "replay"), status=VIOLATED))
        return report, trace

    def test_there_are_bugs_controls_and_faults_outside_the_model(self):
        self.assertGreaterEqual(len(self.mutants("bug")), 45)
        self.assertGreaterEqual(len(self.mutants("control")), 6)
        self.assertGreaterEqual(len(self.mutants("outside the fault model")), 2)
        self.assertEqual(len(self.corpus), len({mutant.slug for mutant in self.corpus}))
        kinds = {mutant.kind for mutant in self.corpus}
        self.assertEqual(kinds, {"bug", "control", "outside the fault model"})
        for mutant in self.mutants("control"):
            self.assertIn(mutant.property, ("none", "progress"), mutant.slug)

    def test_a_default_campaign_finds_every_bug_and_its_trace_replays_and_holds_without_it(self):
        traces = []
        for mutant in self.mutants("bug"):
            with self.subTest(mutant.slug):
                report, trace = self.expect_found_and_seen_again(mutant)
                self.assertNotIn("outside the fault model", " ".join(report.split()))
                self.synod("replay", trace, "--correct", status=HOLDS)
                self.expect_explained_by_the_rule_that_is_planted(mutant, trace)
                traces.append(trace)
        self.expect_valid(*traces)

    def test_what_no_protocol_promises_to_bear_is_found_and_said_to_be_so(self):
        traces = []
        for mutant in self.mutants("outside the fault model"):
            with self.subTest(mutant.slug):
                report, trace = self.expect_found_and_seen_again(mutant)
                self.assertIn("outside the fault model", " ".join(report.split()))
                traces.append(trace)
        self.expect_valid(*traces)

    def test_controls_raise_no_alarm_but_where_they_are_not_live(self):
        for mutant in self.mutants("control"):
            with self.subTest(mutant.slug):
                is_live = mutant.property == "none"
                report = self.synod("fuzz", "--mutant", mutant.slug, "--seeds", CONTROL_SEEDS,
                                    "--keep-going", status=HOLDS if is_live else VIOLATED)
                found = re.findall(r"^violated +(\S+)", report, re.MULTILINE)
                self.assertEqual(set(found), set() if is_live else {"progress"}, report)

    def test_every_kind_of_violation_leaves_a_trace_that_replays(self):
        traces = []
        for mutant in self.mutants("bug"):
            report = self.run_synod("fuzz", "--mutant", mutant.slug, "--seeds", 300, "--keep-going",
                                "--no-shrink", "--out", mutant.slug).stdout
            found = self.folder / mutant.slug
            names = [str(path.relative_to(self.folder)) for path in found.iterdir()] if found.exists() else []
            self.assertEqual(len(names), len(re.findall(r"^violated ", report, re.MULTILINE)))
            traces += names
            for trace in names:
                with self.subTest(trace):
                    self.expect_replays(trace, self.synod("replay", trace, status=VIOLATED))
                    self.expect_not_violated_by_the_correct_protocol(trace)
        self.assertGreater(len(traces), len(self.mutants("bug")))
        self.expect_valid(*traces)

    def test_printed_commands_work_where_names_need_quotes(self):
        self.write("it's mine.json",
                   '{"format": "synod run", "version": 1, "swarm": true, "mutants": ["sd-pick-own"]}')
        report = self.synod("fuzz", "--scenario", "it's mine.json", "--out", "my traces; $HOME",
                            "--seeds", SEEDS, status=VIOLATED)
        self.expect_replays(field(report, "original"), self.typed(field(report, "repeat"), status=VIOLATED))
        self.expect_replays(field(report, "trace"), self.typed(field(report, "replay"), status=VIOLATED))

    def test_several_bugs_can_be_planted_at_once(self):
        report = self.synod("fuzz", "--mutant", "sd-pick-own", "--mutant", "sd-volatile-promise",
                            "--seeds", SEEDS, status=VIOLATED)
        trace = field(report, "trace")
        self.assertEqual(json.loads(self.read(trace))["mutants"],
                         ["sd-pick-own", "sd-volatile-promise"])
        self.expect_replays(field(report, "original"), self.typed(field(report, "repeat"), status=VIOLATED))

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
