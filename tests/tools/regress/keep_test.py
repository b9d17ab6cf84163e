"""From a failure to a test that stays: `keep`, `regress` and `refresh`."""

import json
import os
import re
import resource
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

    def test_a_trace_is_not_kept_for_what_came_without_some_of_its_steps(self):
        def rename_one(kind):
            def change(trace):
                step = next(step for step in trace["steps"]
                            if step["step"] == "deliver" and step["message"]["type"] == kind)
                step["message"]["type"] = "of_old"
            return change
        refused = 0
        for name, trace, arguments in (("mended", self.fixed(), ["--expect", "holds"]),
                                       ("broken", self.trace, [])):
            for kind in ("prepare", "promise", "accept", "accepted"):
                stale = self.changed(trace, rename_one(kind), f"{name}_{kind}.json")
                run = self.run_synod("keep", stale, "--name", "x", *arguments)
                if run.returncode == 0:  # what it meant was found again: all of its steps apply
                    self.assertRegex(self.synod("regress"), r"\b(\d+) of \1 steps apply")
                    (self.folder / FOLDER / "x.json").unlink()
                    continue
                why = self.complaint("keep", stale, "--name", "x", *arguments)
                if "does not come to" in why:
                    continue
                refused += 1
                self.assertRegex(why, rf"^{stale}: comes to (holds|violated) without some of its steps, and is "
                                      r"not kept: \d+ of 58 steps apply, the first that does not is "
                                      r"steps\[\d+\] \(deliver at \d+, line \d+\): "
                                      r'"synod replay TRACE --settle --trace NEW" writes those that do$')
                self.run_synod("replay", stale, "--settle", "--trace", "new.json")
                self.keep("x", "--force", trace="new.json")
                self.assertRegex(self.synod("regress"), r"\b(\d+) of \1 steps apply")
                (self.folder / FOLDER / "x.json").unlink()
        self.assertGreater(refused, 1)

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
            reports.append((told, self.read("r.json"), re.sub(r' time="[0-9.]+"', "", self.read("r.xml"))))
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
        self.assertEqual(cases["hostile"].find("error").text.split("\n")[:2],
                         ["with the planted bug: holds; 0 of 0 steps apply",
                          "without the planted bug: holds; 0 of 0 steps apply"])
        failure = cases["mended"].find("failure")
        self.assertIn("proposals_safe", failure.get("message"))
        self.assertRegex(failure.text, r"^with the planted bug: violated proposals_safe: n1 proposed purple")
        self.assertRegex(failure.text, rf"replay {re.escape(bad)} --log$")

    def test_bad_input(self):
        self.assertEqual(self.complaint("regress"),
                         f"{FOLDER}: this folder cannot be read: No such file or directory")
        kept = self.keep()
        self.assertEqual(self.complaint("regress", kept),
                         f"{kept}: this folder cannot be read: Not a directory")
        self.assertRegex(self.complaint("regress", "--junit", "no/such/file.xml"),
                         r"^no/such/file\.xml: cannot be written: No such file or directory$")


class DamagedFilesTest(KeptTest):
    """Whatever a folder holds, every file in it is judged, and the reports are always those of now."""

    def setUp(self):
        super().setUp()
        self.fine = self.keep("m")
        self.bad = {}  # by the name of the file: what is to be said of it

    def damage(self):
        """Every kind of file that is no kept trace, before and behind the one that is."""
        for name, change, why in (
                ("a_silent", lambda trace: trace.pop("expect"), "expect: is missing: "),
                ("b_vague", lambda trace: trace.update(expect={"verdict": "inconclusive"}),
                 'expect: "inconclusive" is nothing to keep: '),
                ("c_form", lambda trace: trace.pop("steps"), "has no steps to replay: "),
                ("d_newer", lambda trace: trace.update(version=2), "version: written by a newer synod"),
                ("x_odd", lambda trace: trace.update(mutants=["sd-pick-won"]),
                 'no mutant "sd-pick-won" of paxos: did you mean "sd-pick-own"?'),
                ("y_odd", lambda trace: trace.update(protocol="raft"), 'no protocol "raft": ')):
            self.bad[self.changed(self.fine, change, f"{FOLDER}/{name}.json")] = why
        for name, contents, why in (("e_empty", "", "empty: give"), ("f_binary", b"\0\xff", "damaged"),
                                    ("g_page", "<html>", "no JSON"),
                                    ("z_cut", self.read(self.fine)[:100], "cut off")):
            self.bad[self.write(f"{FOLDER}/{name}.json", contents)] = why
        for name, make, why in (("h_pipe", os.mkfifo, "it is a pipe"),
                                ("i_folder", os.mkdir, "it is a folder"),
                                ("j_dangling", lambda path: path.symlink_to("nowhere"), "No such file"),
                                ("k_circle", lambda path: path.symlink_to(path.name), "Too many levels"),
                                ("l_device", lambda path: path.symlink_to("/dev/zero"), "it is a device"),
                                ("n_pipe", lambda path: path.symlink_to("h_pipe.json"), "it is a pipe"),
                                ("o_huge", lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_WRONLY),
                                                                    1 << 40), "larger than 256 MiB")):
            file = f"{FOLDER}/{name}.json"
            make(self.folder / file)
            self.bad[file] = why
        if os.geteuid() != 0:  # who may read everything finds none that is unreadable
            self.bad[self.write(f"{FOLDER}/p_closed.json", self.read(self.fine))] = "Permission denied"
            os.chmod(self.folder / FOLDER / "p_closed.json", 0)
        self.write(f"{FOLDER}/notes.md", "not looked at")

    def report(self, name="r.xml"):
        (suite,) = xml.etree.ElementTree.parse(self.folder / name).getroot()
        return suite, {case.get("name"): case for case in suite}

    def test_each_is_an_error_and_the_others_are_judged(self):
        self.damage()
        run = self.run_synod("regress", "--junit", "r.xml", "--json", "r.json", timeout=60)
        self.assertEqual(run.returncode, 2)
        self.assertRegex(run.stdout, rf"(?m)^holds +{self.fine}  58 of 58 steps apply")
        self.assertRegex(run.stdout, rf"(?m)^{len(self.bad) + 1} traces: 1 as kept, 0 violated, "
                                     rf"0 inconclusive, {len(self.bad)} in error$")
        self.assertEqual(field(run.stdout, "verdict"), f"error: {len(self.bad)} files cannot be judged")
        self.assertRegex(run.stderr, rf"\Asynod: {FOLDER}/a_silent\.json: expect: is missing: .*"
                                     rf"\(and {len(self.bad) - 1} others that cannot be judged\)\n\Z")
        suite, cases = self.report()
        report = json.loads(self.read("r.json"))
        self.assertEqual(report["verdict"], "error")
        told = {one["file"]: one for one in report["traces"]}
        self.assertEqual(set(told), {self.fine, *self.bad})
        self.assertEqual((suite.get("failures"), suite.get("errors")), ("0", str(len(self.bad))))
        for file, why in self.bad.items():
            self.assertRegex(run.stdout, rf"(?m)^error +{file}:.*{re.escape(why)}")
            case = cases[file.removeprefix(f"{FOLDER}/").removesuffix(".json")]
            for said in (case.find("error").get("message"), case.find("error").text, told[file]["error"]):
                self.assertTrue(said.startswith(file) and why in said, said)
            self.assertEqual(told[file]["verdict"], "error")

    def test_one_error_hides_no_violation(self):
        self.damage()
        self.changed(self.fine, lambda trace: trace.update(expect={"verdict": "holds"}), self.fine)
        told = self.synod("regress", "--junit", "r.xml", "--json", "r.json", status=VIOLATED)
        self.assertEqual(field(told, "verdict"), f"violated, and {len(self.bad)} files cannot be judged")
        self.assertEqual(json.loads(self.read("r.json"))["verdict"], "violated")
        self.assertEqual(self.report()[0].get("failures"), "1")

    def test_no_error_is_hidden_by_a_trace_that_says_nothing(self):
        self.changed(self.fine, lambda trace: trace["steps"].clear(), self.fine)
        self.synod("regress", status=INCONCLUSIVE)
        self.write(f"{FOLDER}/cut.json", "{")
        self.assertEqual(self.run_synod("regress").returncode, 2)

    def test_a_single_error_is_told_as_it_is(self):
        self.write(f"{FOLDER}/cut.json", "{")
        run = self.run_synod("regress")
        self.assertEqual(run.stderr, f"synod: {FOLDER}/cut.json:1: cut off at the beginning: the file ends, and "
                                     "} is missing\n")

    def test_refresh_leaves_them_alone_and_sees_to_the_others(self):
        self.damage()
        self.changed(self.fine, lambda trace: trace["steps"].clear(), self.fine)
        run = self.run_synod("refresh", FOLDER, timeout=300)
        self.assertEqual(run.returncode, 2, run.stderr)
        self.assertRegex(run.stdout, rf"(?m)^holds +{self.fine}  stale: found by seed")
        self.assertEqual(len(re.findall(r"(?m)^error  ", run.stdout)), len(self.bad))
        self.assertRegex(run.stderr, r"\Asynod: [^\n]+\n\Z")

    def test_refresh_writes_over_nothing_that_it_cannot_read(self):
        file = self.write(f"{FOLDER}/sd_accept_no_check.json", "{ what is left of it")
        told = self.run_synod("refresh", FOLDER, "--mutants", "sd-accept-no-check")
        self.assertEqual(told.returncode, 2)
        self.assertIn("left alone: something else is there under this name", told.stdout)
        self.assertEqual(self.read(file), "{ what is left of it")

    # ---- Older reports

    def older(self):
        """Reports of yesterday, when all was well."""
        (self.folder / "yesterday").mkdir(exist_ok=True)
        self.write("yesterday/fine.json", self.read(self.fine))
        self.synod("regress", "yesterday", "--junit", "r.xml", "--json", "r.json")
        self.assertEqual(self.report()[0].get("errors"), "0")

    def expect_refused(self, *arguments, status=2):
        self.older()
        run = self.run_synod(*arguments)
        self.assertEqual(run.returncode, status, run.stderr)
        typed = " ".join(map(str, arguments))
        if re.search(r"--junit[ =]r\.xml", typed):
            self.assertGreater(int(self.report()[0].get("errors")), 0, arguments)
        if re.search(r"--json[ =]r\.json", typed):
            self.assertIn(json.loads(self.read("r.json"))["verdict"], ("error", "inconclusive"))

    def test_no_older_report_stays_whatever_is_wrong(self):
        both = ("--junit", "r.xml", "--json=r.json")
        (self.folder / "empty").mkdir()
        (self.folder / "only_bad").mkdir()
        self.write("only_bad/cut.json", "{")
        self.expect_refused("regress", "missing", *both)
        self.expect_refused("regress", self.fine, *both)
        self.expect_refused("regress", "only_bad", *both)
        self.expect_refused("regress", "empty", *both, status=INCONCLUSIVE)
        self.expect_refused("regress", *both, "--jobs", "many")
        self.expect_refused("regress", *both, "--jbos", 3)
        self.expect_refused("regress", FOLDER, "too", "many", *both)
        self.expect_refused("regress", "", *both)
        self.expect_refused("regress", "--jobs", "--junit=r.xml", "--json", "r.json")
        self.expect_refused("regress", "--junit", "r.xml", "--json", "no/such/r.json")
        self.expect_refused("regress", "--junit", "no/such/r.xml", "--json", "r.json")

    def test_no_older_report_stays_where_the_command_dies(self):
        self.older()
        for number in range(500):  # what is told of them no pipe takes that nobody reads
            self.write(f"{FOLDER}/{number}.json", self.read(self.fine))
        reads, writes = os.pipe()
        os.close(reads)
        with os.fdopen(writes, "wb") as closed:
            run = self.run_synod("regress", "--junit", "r.xml", "--json", "r.json", stdout=closed)
        self.assertNotEqual(run.returncode, 0)
        suite, cases = self.report()  # written before it is told
        self.assertEqual((suite.get("tests"), suite.get("errors"), len(cases)), ("501", "0", 501))

    def test_no_older_report_stays_where_there_is_no_room_for_another(self):
        self.older()
        run = self.run_synod("regress", "--junit", "r.xml", "--json", "r.json", restore_signals=False,
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)))
        self.assertEqual(run.returncode, 2)
        self.assertRegex(run.stderr, r"\Asynod: r\.xml: cannot be written: File too large\n\Z")
        self.assertIn("1 as kept", run.stdout)
        self.assertEqual([name for name in self.files() if name.startswith("r.")], [])

    def test_a_report_is_not_written_over_a_trace(self):
        before = self.read(self.fine)
        for option in ("--junit", "--json"):
            self.assertEqual(self.complaint("regress", option, self.fine),
                             f'regress: {option} "{self.fine}" would be read as one of those in DIR '
                             '"scenarios/regressions": give another')
            self.complaint("regress", option, self.fine, "--jbos", 3)
            self.assertEqual(self.read(self.fine), before)

    def test_what_is_no_report_is_not_written_over_for_a_command_that_makes_no_sense(self):
        self.write("notes", "of mine")
        self.complaint("regress", "--junit", "notes", "--jbos", 3)
        self.assertEqual(self.read("notes"), "of mine")
        self.complaint("regress", "missing", "--junit", "notes")
        self.assertEqual(self.read("notes"), "of mine")

    def test_a_report_says_how_long_each_took(self):
        self.older()
        suite, cases = self.report()
        for node in (suite, *cases.values()):
            self.assertRegex(node.get("time"), r"^\d+\.\d{3}$")
        self.assertAlmostEqual(float(suite.get("time")),
                               sum(float(case.get("time")) for case in cases.values()), delta=0.01)


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

    def test_a_trace_that_still_shows_its_bug_says_how_many_of_its_steps_do(self):
        kept = self.keep("stale")
        def rename_last(trace):
            last = [step for step in trace["steps"] if step["step"] == "deliver"][-1]
            last["message"]["type"] = "of_old"
            trace["settles"] = False
        self.changed(kept, rename_last, kept)
        told = self.synod("refresh", FOLDER)
        self.assertRegex(told, rf"(?m)^holds +{kept}  (is as it was kept; 57 of 58 steps apply, the first "
                               r"that does not is steps\[\d+\] \(deliver at \d+, line \d+\)|stale: found by)")

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
