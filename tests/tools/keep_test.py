"""From a failure to a test that stays: `keep`, `regress` and `refresh`."""

import json
import re
import xml.etree.ElementTree

from command_line import INCONCLUSIVE, SOURCE_DIR, VIOLATED, CommandLineTest, field, main

FOLDER = "scenarios/regressions"


class KeptTest(CommandLineTest):

    def setUp(self):
        super().setUp()
        report = self.synod("fuzz", "--scenario", "late_client", "--mutant", "sd-pick-own",
                            "--first-seed", 5000, "--seeds", 1, "--no-shrink", status=VIOLATED)
        self.trace = field(report, "trace")

    def keep(self, name="proposes-its-own", *arguments, trace=None):
        self.synod("keep", trace or self.trace, "--name", name, *arguments)
        return f"{FOLDER}/{name}.json"

    def changed(self, file, change, name):
        """A copy of a trace, with `change` made to it."""
        trace = json.loads(self.read(file))
        change(trace)
        return self.write(name, json.dumps(trace))

    def fixed(self):
        """The trace as if its bug had been the user's own, and were mended."""
        return self.changed(self.trace, lambda trace: trace.pop("mutants"), "fixed.json")


def forget_messages(trace):
    """As if every message had another name by now, and the clients other ones as well."""
    for step in trace["steps"]:
        if "message" in step:
            step["message"]["type"] += "_of_old"
        if step["step"] == "request":
            step["number"] += 60000 - step["number"]
            step["to"] = "n1"


class KeepTest(KeptTest):

    def test_a_kept_trace_says_what_broke_and_replays(self):
        told = self.synod("keep", self.trace, "--name", "proposes-its-own")
        kept = field(told, "kept")
        self.assertEqual(kept, f"{FOLDER}/proposes-its-own.json")
        trace = json.loads(self.read(kept))
        self.assertIn("n1 proposed purple in ballot 3.n1", trace["about"])
        self.assertEqual(trace["mutants"], ["sd-pick-own"])
        self.assertEqual(trace["expect"]["verdict"], "violated")
        self.assertEqual(trace["expect"]["property"], "proposals_safe")
        self.assertTrue(trace["settles"])
        replayed = self.synod("replay", kept, status=VIOLATED)
        self.assertEqual(field(replayed, "expected"),
                         "yes, as the file says, with the same fingerprint")
        self.synod("replay", kept, "--correct")
        self.typed(field(told, "replay all"))

    def test_a_bug_that_was_mended_is_kept_to_hold(self):
        kept = self.keep("mended", "--expect", "holds", trace=self.fixed())
        trace = json.loads(self.read(kept))
        self.assertEqual(trace["expect"]["verdict"], "holds")
        self.assertNotIn("mutants", trace)
        self.assertIn("n1 proposed purple in ballot 3.n1", trace["about"])
        self.synod("regress")

    def test_observations_are_not_kept_for_they_are_those_of_the_protocol_as_it_was(self):
        self.synod("replay", self.trace, "--trace", "told.json", "--observations", status=VIOLATED)
        self.assertIn('"observations"', self.read("told.json"))
        self.assertNotIn('"observations"', self.read(self.keep(trace="told.json")))

    def test_into_another_folder(self):
        self.synod("keep", self.trace, "--name", "x", "--into", "a/b")
        self.assertIn("a/b/x.json", self.files())

    def test_a_trace_that_does_not_come_to_what_is_expected_is_refused(self):
        self.assertRegex(self.complaint("keep", self.fixed(), "--name", "x"),
                         r"^fixed\.json: does not come to violated proposals_safe, and is not kept: "
                         r"proposals_safe is not violated any more; every step applies$")
        self.assertRegex(self.complaint("keep", self.trace, "--name", "x", "--expect", "holds"),
                         r"does not come to holds, and is not kept: proposals_safe: n1 proposed purple")
        self.assertRegex(
            self.complaint("keep", self.trace, "--name", "x", "--expect", "violated:agreement"),
            r"does not come to violated agreement, and is not kept: "
            r"proposals_safe is violated with sd-pick-own instead of agreement")

    def test_nothing_is_overwritten_unless_asked(self):
        kept = self.keep()
        before = self.read(kept)
        self.assertEqual(self.complaint("keep", self.trace, "--name", "proposes-its-own"),
                         f"{kept}: is there already: give another --name, or --force to replace it")
        self.assertEqual(self.read(kept), before)
        self.write(kept, "something else")
        self.keep("proposes-its-own", "--force")
        self.assertEqual(self.read(kept), before)

    def test_a_name_is_a_files_everywhere(self):
        for name in ("", "x.json", "a/b", "../x", "A", "9", "-x", "_x", "ä", "a b", "a\nb", "a" * 101):
            self.assertRegex(self.complaint("keep", self.trace, f"--name={name}"),
                             r"^keep: --name")

    def test_bad_expectations(self):
        for expect in ("hold", "violated", "agreement", "inconclusive", "violated agreement"):
            self.assertEqual(
                self.complaint("keep", self.trace, "--name", "x", "--expect", expect),
                f'keep: --expect "{expect}": give holds, or violated:PROPERTY as in violated:agreement')
        self.assertEqual(
            self.complaint("keep", self.trace, "--name", "x", "--expect", "violated:agrement"),
            'keep: --expect "violated:agrement": paxos has no such property: did you mean "agreement"?')

    def test_what_is_no_trace(self):
        self.assertEqual(self.complaint("keep", "no.json", "--name", "x"),
                         "no.json: cannot be read: No such file or directory")
        self.write("form.json", '{"format": "synod run", "version": 1, "swarm": true}')
        self.assertEqual(self.complaint("keep", "form.json", "--name", "x"),
                         'form.json: has no steps to keep: record a run with "synod run --trace FILE"')
        self.changed(self.trace, lambda trace: trace.pop("expect"), "silent.json")
        self.assertEqual(self.complaint("keep", "silent.json", "--name", "x"),
                         "silent.json: says nothing of what it must come to: give --expect holds or "
                         "--expect violated:PROPERTY")
        self.changed(self.trace, lambda trace: trace.update(mutants=["sd-pick-won"]), "odd.json")
        self.assertEqual(self.complaint("keep", "odd.json", "--name", "x"),
                         'odd.json: no mutant "sd-pick-won" of paxos: did you mean "sd-pick-own"?')
        self.changed(self.trace, lambda trace: trace.update(expect={"verdict": "inconclusive"}), "vague.json")
        self.assertEqual(self.complaint("keep", "vague.json", "--name", "x"),
                         'vague.json: expect: "inconclusive" is nothing to keep: give "holds" or "violated"')
        self.assertRegex(self.complaint("keep", self.trace, "--name", "x", "--into", self.trace),
                         r"this folder cannot be made: .* is a file$")


class RegressTest(KeptTest):

    def test_one_line_a_trace_and_a_verdict(self):
        self.keep("b")
        self.keep("a", "--expect", "holds", trace=self.fixed())
        told = self.synod("regress")
        self.assertEqual(re.sub("  +", "  ", told), f"""\
holds  {FOLDER}/a.json  58 of 58 steps apply; holds
holds  {FOLDER}/b.json  58 of 58 steps apply; violates proposals_safe with the planted bug, holds without it

2 traces: 2 as kept, 0 violated, 0 inconclusive
verdict  holds
""")

    def test_a_violation_is_told_with_the_command_that_shows_it(self):
        kept = self.keep()
        self.keep("another")
        self.changed(kept, lambda trace: trace.update(expect={"verdict": "holds"}), kept)
        told = self.synod("regress", status=VIOLATED)
        self.assertRegex(told, rf"(?m)^violated +{re.escape(kept)} +proposals_safe: n1 proposed purple")
        self.assertEqual(field(told, "verdict"), "violated")
        shown = self.typed(field(told, "replay"), status=VIOLATED)
        self.assertIn("violated      proposals_safe", shown)

    def test_too_few_steps_that_apply_are_no_sign_that_all_is_well(self):
        kept = self.keep("mended", "--expect", "holds", trace=self.fixed())
        self.changed(kept, forget_messages, kept)
        told = self.synod("regress", status=INCONCLUSIVE)
        found = re.search(r"(?m)^inconclusive +\S+ +of 58 steps only (\d+) still apply; (\d+) of 58 steps "
                          r"apply, the first that does not is steps\[(\d+)\] \(\w+ at \d+, line \d+\)$", told)
        self.assertTrue(found, told)
        self.assertLess(int(found.group(1)), 58 / 2)
        self.assertEqual(found.group(1), found.group(2))
        self.typed(field(told, "replay"), status=INCONCLUSIVE)

    def test_a_bug_that_does_not_show_any_more_is_no_sign_either(self):
        kept = self.keep()
        self.changed(kept, lambda trace: trace["steps"].clear(), kept)
        told = self.synod("regress", status=INCONCLUSIVE)
        self.assertRegex(told, r"(?m)^inconclusive +\S+ +proposals_safe is not violated any more with "
                               r"sd-pick-own; every step applies$")

    def test_no_trace_is_no_sign_either(self):
        (self.folder / "empty").mkdir()
        told = self.synod("regress", "empty", status=INCONCLUSIVE)
        self.assertEqual(field(told, "verdict"), "inconclusive: there is no trace to replay")

    def test_reports_do_not_depend_on_the_threads(self):
        for name in ("a", "b", "c", "d"):
            self.keep(name)
        self.changed(f"{FOLDER}/c.json", lambda trace: trace["steps"].clear(), f"{FOLDER}/c.json")
        reports = []
        for jobs in (1, 2, 7):
            told = self.synod("regress", "--jobs", jobs, "--json", "r.json", "--junit", "r.xml",
                              status=INCONCLUSIVE)
            reports.append((told, self.read("r.json"), self.read("r.xml")))
        self.assertEqual(reports[0], reports[1])
        self.assertEqual(reports[0], reports[2])

    def test_json_for_programs(self):
        kept = self.keep()
        self.synod("regress", "--json", "report.json")
        report = json.loads(self.read("report.json"))
        self.assertEqual(report["verdict"], "holds")
        (one,) = report["traces"]
        self.assertEqual((one["file"], one["verdict"], one["mutants"]), (kept, "holds", ["sd-pick-own"]))
        self.assertEqual(one["as_kept"]["verdict"], "violated")
        self.assertEqual(one["as_kept"]["property"], "proposals_safe")
        self.assertEqual((one["as_kept"]["steps"], one["as_kept"]["steps_applied"]), (58, 58))
        self.assertIsNone(one["as_kept"]["first_skipped"])
        self.assertEqual(one["correct"]["verdict"], "holds")

    def test_junit_for_ci_systems(self):
        self.keep("fine")
        hostile = self.keep("hostile")
        self.changed(hostile, lambda trace: trace.update(about="]]> <&\"'\u0001\n ü", steps=[]), hostile)
        bad = self.keep("mended", "--expect", "holds", trace=self.fixed())
        self.changed(bad, lambda trace: trace.update(mutants=["sd-pick-own"]), bad)
        self.synod("regress", "--junit", "report.xml", status=VIOLATED)
        suites = xml.etree.ElementTree.parse(self.folder / "report.xml").getroot()
        self.assertEqual(suites.tag, "testsuites")
        (suite,) = suites
        self.assertEqual({name: suite.get(name) for name in ("tests", "failures", "errors")},
                         {"tests": "3", "failures": "1", "errors": "1"})
        cases = {case.get("name"): case for case in suite}
        self.assertEqual(list(cases), ["fine", "hostile", "mended"])
        self.assertEqual(len(cases["fine"]), 0)
        self.assertEqual(cases["fine"].get("classname"), "synod.paxos")
        self.assertIn("is not violated any more", cases["hostile"].find("error").get("message"))
        self.assertIn("]]> <&\"'   ü", cases["hostile"].find("error").text)
        failure = cases["mended"].find("failure")
        self.assertIn("proposals_safe", failure.get("message"))
        self.assertRegex(failure.text, rf"replay {re.escape(bad)} --log$")

    def test_bad_input(self):
        self.assertEqual(self.complaint("regress"),
                         f"{FOLDER}: this folder cannot be read: No such file or directory")
        kept = self.keep()
        self.assertEqual(self.complaint("regress", kept),
                         f"{kept}: this folder cannot be read: Not a directory")
        self.assertRegex(self.complaint("regress", "--junit", "no/such/file.xml"),
                         r"^no/such/file\.xml: cannot be written: No such file or directory$")
        for name, change, why in (
                ("silent", lambda trace: trace.pop("expect"), "expect: is missing: "),
                ("vague", lambda trace: trace.update(expect={"verdict": "inconclusive"}),
                 'expect: "inconclusive" is nothing to keep: '),
                ("form", lambda trace: trace.pop("steps"), "has no steps to replay: "),
                ("odd", lambda trace: trace.update(mutants=["sd-pick-won"]),
                 'no mutant "sd-pick-won" of paxos: did you mean "sd-pick-own"?')):
            with self.subTest(name):
                file = self.changed(kept, change, f"{FOLDER}/{name}.json")
                self.assertTrue(self.complaint("regress").startswith(f"{file}: {why}"))
                (self.folder / file).unlink()
        self.write(f"{FOLDER}/notes.md", "not looked at")
        self.write(f"{FOLDER}/cut.json", self.read(kept)[:100])
        self.assertRegex(self.complaint("regress"), r"cut\.json:\d+: ")


class CorpusTest(CommandLineTest):

    def test_what_comes_with_the_program_is_as_it_was_kept(self):
        told = self.synod("regress", SOURCE_DIR / FOLDER)
        self.assertRegex(told, r"(?m)^(\d+) traces: \1 as kept, 0 violated, 0 inconclusive$")


class RefreshTest(KeptTest):

    def test_a_stale_trace_is_found_anew_and_the_others_are_left_alone(self):
        stale, fine = self.keep("stale"), self.keep("fine")
        self.changed(stale, lambda trace: trace["steps"].clear(), stale)
        untouched = self.read(fine)
        told = self.synod("refresh", FOLDER)
        self.assertRegex(told, rf"(?m)^holds +{fine}  is as it was kept$")
        self.assertRegex(told, rf"(?m)^holds +{stale}  stale: found by seed \d+, \d+ steps, "
                               r"proposals_safe$")
        self.assertEqual(self.read(fine), untouched)
        self.assertGreater(len(json.loads(self.read(stale))["steps"]), 0)
        self.synod("regress")
        self.assertEqual(self.synod("refresh", FOLDER).count("is as it was kept"), 2)

    def test_what_is_nobodys_planted_bug_is_left_alone(self):
        kept = self.keep("mended", "--expect", "holds", trace=self.fixed())
        self.changed(kept, forget_messages, kept)
        before = self.read(kept)
        told = self.synod("refresh", FOLDER, status=INCONCLUSIVE)
        self.assertRegex(told, rf"(?m)^inconclusive +{kept}  left alone: of 58 steps only \d+ still apply")
        self.assertEqual(self.read(kept), before)

    def test_a_bug_that_is_not_found_in_time_leaves_its_file_as_it_was(self):
        kept = self.keep("stale")
        self.changed(kept, lambda trace: trace["steps"].clear(), kept)
        before = self.read(kept)
        told = self.synod("refresh", FOLDER, "--budget", 1, "--first-seed", 4, status=INCONCLUSIVE)
        self.assertRegex(told, rf"(?m)^inconclusive +{kept}  stale, and 1 run did not find its bug$")
        self.assertEqual(self.read(kept), before)

    def test_traces_of_planted_bugs_are_added_where_there_is_none(self):
        self.keep("proposes-its-own")
        told = self.synod("refresh", FOLDER, "--mutants", "sd-pick-own", "sd-accept-no-check")
        self.assertRegex(told, rf"(?m)^holds +{FOLDER}/sd_accept_no_check\.json  new: ")
        self.assertNotIn("sd_pick_own.json", told)
        self.synod("regress")

    def test_bad_input(self):
        self.assertEqual(self.complaint("refresh", "no"),
                         "no: this folder cannot be read: No such file or directory")
        self.assertEqual(self.complaint("refresh", "new", "--mutants", "sd-pick-won"),
                         'no mutant "sd-pick-won": did you mean "sd-pick-own"?')


if __name__ == "__main__":
    main()
