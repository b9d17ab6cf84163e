"""What is written where: to a pipe, to a terminal, after Ctrl-C, and for machines."""

import fcntl
import json
import os
import pty
import re
import select
import struct
import termios
import time

from command_line import (HOLDS, INCONCLUSIVE, PROGRAM, SOURCE_DIR, VIOLATED, CommandLineTest, field,
                          main)

STATUSES = {"holds": HOLDS, "violated": VIOLATED, "inconclusive": INCONCLUSIVE}

# Seconds, for a machine that is busy.
LONG_ENOUGH = 300

CTRL_C = b"\x03"
CLEAR_LINE = "\r\x1b[K"


class TerminalTest(CommandLineTest):

    def in_terminal(self, *arguments, columns=80, interrupt_after=None):
        """Runs the program in a terminal; types Ctrl-C once it has written something that matches.
        Returns its exit status and all that it wrote."""
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
            os.environ["NO_COLOR"] = "1"  # which is not what these are about
            os.execv(PROGRAM, [PROGRAM, *arguments])
        written = b""
        deadline = time.monotonic() + LONG_ENOUGH
        while time.monotonic() < deadline:
            if select.select([terminal], [], [], 1)[0]:
                try:
                    chunk = os.read(terminal, 65536)
                except OSError:  # the other end is closed
                    break
                if not chunk:
                    break
                written += chunk
                if interrupt_after and re.search(interrupt_after, written):
                    os.write(terminal, CTRL_C)
                    interrupt_after = None
        else:
            os.kill(child, 9)
        os.close(terminal)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return status, written.decode("utf-8").replace("\r\n", "\n")

    def test_a_terminal_shows_progress_that_is_gone_before_the_summary(self):
        status, written = self.in_terminal("fuzz", "--scenario", "calm", "--time", "500ms")
        self.assertEqual(status, HOLDS, written)
        progress, summary = written.rsplit(CLEAR_LINE, 1)
        shown = progress.split(CLEAR_LINE)[1:]
        self.assertGreaterEqual(len(shown), 1, written)
        for line in shown:
            self.assertRegex(line, r"^[\d,]+ runs?  \d+/s  [\d.]+ M steps/s  [\d.]+ % chosen  "
                                   r"0 violations(  \d+ (s|min|h) left)?$")
        self.assertTrue(summary.startswith("paxos: "), summary)
        self.assertNotIn("\x1b", summary)
        self.assertNotIn("\r", summary)

    def test_a_hunt_shows_progress_that_is_gone_before_its_table(self):
        status, written = self.in_terminal("hunt", "--mutants", "sd-volatile-promise", "--trials", "5000",
                                           "--budget", "10000", columns=120)
        self.assertEqual(status, HOLDS, written)
        progress, table = written.rsplit(CLEAR_LINE, 1)
        shown = progress.split(CLEAR_LINE)[1:]
        self.assertGreaterEqual(len(shown), 1, written)
        for line in shown:
            self.assertRegex(line, r"^[\d,]+ of 10,000 trials  [\d,]+ runs?  \d+/s  sd-volatile-promise "
                                   r"(default|uniform)$")
        self.assertTrue(table.startswith("1 mutant: "), table)
        self.assertNotIn("\x1b", table)

    def test_ctrl_c_ends_a_hunt_that_then_writes_no_file(self):
        self.write("figures.json", "old")
        status, written = self.in_terminal("hunt", "--mutants", "sd-volatile-promise", "--trials", "10000",
                                           "--jobs", "1", "--json", "figures.json",
                                           interrupt_after=rb"[1-9][\d,]* of 20,000 trials")
        self.assertEqual(status, INCONCLUSIVE, written)
        table = written.rsplit(CLEAR_LINE, 1)[1]
        self.assertIn("interrupted   ", table)
        self.assertNotIn(": met", table)
        self.assertEqual(self.read("figures.json"), "old")
        self.assertEqual(self.files(), ["figures.json"])

    def test_progress_never_fills_a_narrow_terminal(self):
        _, written = self.in_terminal("fuzz", "--scenario", "calm", "--time", "300ms", columns=30)
        shown = written.rsplit(CLEAR_LINE, 1)[0].split(CLEAR_LINE)[1:]
        self.assertGreaterEqual(len(shown), 1, written)
        for line in shown:
            self.assertLess(len(line), 30)

    def test_a_terminal_shows_no_progress_where_there_is_no_campaign(self):
        for arguments in (["list", "mutants"], ["run", "--scenario", "calm", "--seed", "1"], ["--help"]):
            status, written = self.in_terminal(*arguments)
            self.assertEqual(status, HOLDS)
            self.assertNotIn("\x1b", written)

    def test_ctrl_c_ends_a_campaign_with_a_true_summary_that_says_so(self):
        status, written = self.in_terminal("fuzz", "--scenario", "calm", "--jobs", "1", "--seeds",
                                           "1000000000000", "--json", "summary.json",
                                           interrupt_after=rb"[1-9][\d,]* runs ")
        self.assertEqual(status, INCONCLUSIVE, written)
        summary = written.rsplit(CLEAR_LINE, 1)[1]
        self.assertEqual(field(summary, "interrupted"), "this is what was done until then")
        self.assertIn("inconclusive", field(summary, "verdict"))

        stopped = json.loads(self.read("summary.json"))
        self.assertIs(stopped["interrupted"], True)
        self.assertGreater(stopped["runs"], 0)
        self.assertIn(f"{stopped['runs']:,} runs, {stopped['steps']:,} steps", summary)
        # As many seeds, this time to the end, come to the same.
        self.synod("fuzz", "--scenario", "calm", "--seeds", stopped["runs"], "--json", "whole.json")
        whole = json.loads(self.read("whole.json"))
        self.assertIs(whole["interrupted"], False)
        for different in ("interrupted", "inconclusive", "verdict", "seconds"):
            stopped.pop(different, None)
            whole.pop(different, None)
        self.assertEqual(stopped, whole)

    def test_ctrl_c_does_not_hide_what_was_found(self):
        status, written = self.in_terminal("fuzz", "--seeds", "1000000000000", "--keep-going", "--mutant",
                                           "sd-pick-own", interrupt_after=rb"[1-9][\d,]* violations")
        self.assertEqual(status, VIOLATED, written)
        summary = written.rsplit(CLEAR_LINE, 1)[1]
        self.assertIsNotNone(field(summary, "interrupted"))
        self.synod("replay", field(summary, "trace"), status=VIOLATED)


class PipeTest(CommandLineTest):

    def test_a_pipe_gets_no_progress_and_no_escape_codes(self):
        for arguments, status in ((["fuzz", "--scenario", "calm", "--time", "300ms"], HOLDS),
                                  (["fuzz", "--mutant", "sd-pick-own"], VIOLATED),
                                  (["run", "--scenario", "calm", "--seed", "1", "--log"], HOLDS)):
            run = self.run_synod(*arguments)
            self.assertEqual(run.returncode, status)
            self.assertEqual(run.stderr, "")
            self.assertNotIn("\x1b", run.stdout)
            self.assertNotIn("\r", run.stdout)

    def test_the_last_line_of_a_campaign_is_its_verdict(self):
        for arguments, status, verdict in (
                (["--seeds", "2000"], HOLDS, "holds"),
                (["--mutant", "sd-pick-own"], VIOLATED, "violated"),
                (["--time", "0.000001ms"], INCONCLUSIVE, "inconclusive: not one run was finished")):
            report = self.synod("fuzz", *arguments, status=status)
            self.assertEqual(report.splitlines()[-1], f"verdict       {verdict}")

    def test_one_is_not_many(self):
        report = self.synod("fuzz", "--mutant", "sd-pick-own", "--check-determinism", "1",
                            status=VIOLATED)
        self.assertIn("(in 1 of 1 run, seed ", report)
        self.assertNotRegex(report, r"\b1 (runs|steps|violations)\b")

    def test_a_campaign_writes_no_folder_for_traces_that_it_does_not_have(self):
        self.synod("fuzz", "--seeds", "2000")
        self.assertEqual(self.files(), [])

    def test_a_report_tells_how_many_runs_were_compared(self):
        report = self.synod("fuzz", "--seeds", "2000", "--check-determinism", "1/1")
        self.assertEqual(field(report, "compared"), "2,000 runs, each with a second one of the same seed")
        self.assertIsNone(field(self.synod("fuzz", "--seeds", "2000"), "compared"))


class SummaryTest(CommandLineTest):

    def summary(self, *arguments, status):
        self.synod("fuzz", *arguments, "--json", "summary.json", status=status)
        return json.loads(self.read("summary.json"))

    def test_it_has_the_fields_that_machines_rely_on(self):
        summary = self.summary("--seeds", "2000", status=HOLDS)
        self.assertEqual(summary["verdict"], "holds")
        self.assertEqual(summary["runs"], 2000)
        self.assertEqual(summary["violations"], [])
        self.assertRegex(summary["fingerprint"], r"^[0-9a-f]{16}$")
        for name in ("steps", "decided"):
            self.assertIs(type(summary[name]), int)
            self.assertGreater(summary[name], 0)
        self.assertEqual(summary["probes"]["decided"], summary["decided"])

    def test_it_counts_every_fault_and_every_probe_by_name(self):
        summary = self.summary("--seeds", "2000", status=HOLDS)
        faults = re.findall(r"^(\w+)  ", self.synod("list", "faults"), re.MULTILINE)
        properties, probes = self.synod("list", "properties").split("\nprobes of paxos (")
        probes = probes.split("\nproperties of ")[0]
        self.assertEqual(list(summary["faults"]), faults)
        self.assertEqual(list(summary["probes"]), re.findall(r"^(\w+)  ", probes, re.MULTILINE))
        self.assertIn("agreement", properties)
        for count in [*summary["faults"].values(), *summary["probes"].values()]:
            self.assertIs(type(count), int)
        self.assertGreater(summary["faults"]["drop"], 0)

    def test_it_tells_of_each_violation_where_to_see_it_again(self):
        summary = self.summary("--seeds", "2000", "--keep-going", "--mutant", "sd-pick-own",
                               status=VIOLATED)
        self.assertEqual(summary["verdict"], "violated")
        self.assertEqual(summary["mutants"], ["sd-pick-own"])
        self.assertGreaterEqual(len(summary["violations"]), 1)
        for violation in summary["violations"]:
            self.assertGreaterEqual(violation["count"], 1)
            trace = json.loads(self.read(violation["original"]))
            self.assertEqual(trace["seed"], violation["seed"])
            self.assertEqual(trace["expect"]["property"], violation["property"])
            self.assertEqual(trace["expect"]["finding"], violation["finding"])
            self.assertEqual(len(trace["steps"]), violation["steps"])
            shrunk = json.loads(self.read(violation["trace"]))
            self.assertEqual(shrunk["expect"]["property"], violation["property"])
            self.assertEqual(len(shrunk["steps"]), violation["steps_shrunk"])
            self.typed(violation["repeat"], status=VIOLATED)

    def test_it_says_why_it_is_inconclusive(self):
        summary = self.summary("--time", "0.000001ms", status=INCONCLUSIVE)
        self.assertEqual(summary["verdict"], "inconclusive")
        self.assertEqual(summary["inconclusive"], "not one run was finished")

    def test_it_can_go_to_a_pipe(self):
        reader, writer = os.pipe()
        with os.fdopen(reader, encoding="utf-8") as pipe:
            self.synod("fuzz", "--seeds", "2000", "--json", f"/dev/fd/{writer}", pass_fds=[writer])
            os.close(writer)
            self.assertEqual(json.loads(pipe.read())["runs"], 2000)

    def test_it_replaces_an_older_one_as_a_whole(self):
        self.write("summary.json", "x" * 1000000)
        self.summary("--seeds", "2000", status=HOLDS)
        self.assertEqual(self.files(), ["summary.json"])


class ListsTest(CommandLineTest):

    def test_each_list_names_what_there_is(self):
        for what, name in (("scenarios", "calm"), ("protocols", "paxos"), ("mutants", "sd-pick-own"),
                           ("properties", "agreement"), ("faults", "drop")):
            self.assertRegex(self.synod("list", what), rf"(?m)^{name}\b")

    def scenarios(self, form):
        """Names and expected verdicts of those in the list that have this form."""
        return re.findall(rf"^(\w+) +{form} +(holds|violated|inconclusive)\b",
                          self.synod("list", "scenarios"), re.MULTILINE)

    def test_every_fixed_scenario_in_the_list_can_be_told(self):
        scenarios = self.scenarios("fixed")
        self.assertGreater(len(scenarios), 0)
        for name, verdict in scenarios:
            told = self.synod("run", "--scenario", name, "--log", status=STATUSES[verdict])
            self.assertRegex(told, r"\A( +A quorum is any .*\n)? +\d+  c\d asks n\d  ")
            self.assertRegex(told, rf"(?m)^{verdict}\b")
            self.assertNotIn("does not apply", told)
            self.assertEqual(field(told, "expected"), "yes, as the file says")

    def test_every_random_scenario_in_the_list_can_be_run(self):
        scenarios = self.scenarios("random")
        self.assertGreater(len(scenarios), 0)
        for name, verdict in scenarios:
            self.synod("fuzz", "--scenario", name, "--seeds", "1000", status=STATUSES[verdict])

    def test_the_list_of_scenarios_is_a_table_of_contents(self):
        chapters = self.synod("list", "scenarios").split("\n\n")
        listed = []
        for chapter in chapters:
            heading, titles, *rows = chapter.splitlines()
            self.assertRegex(titles, r"^name +form +expected +about$")
            protocol = heading.removeprefix("scenarios of ")
            for row in rows:
                name = row.split()[0]
                scenario = json.loads((SOURCE_DIR / "scenarios" / "stories" / f"{name}.json").read_text("utf-8"))
                self.assertEqual(scenario.get("protocol", "paxos"), protocol)
                self.assertEqual("fixed" if "steps" in scenario else "random", row.split()[1])
                self.assertTrue(row.endswith("  " + scenario["about"]), row)
                listed.append(name)
        self.assertEqual(sorted(listed),
                         sorted(path.stem for path in (SOURCE_DIR / "scenarios" / "stories").glob("*.json")))

    def test_every_protocol_in_the_list_can_be_run(self):
        for name in re.findall(r"^(\S+)", self.synod("list", "protocols"), re.MULTILINE):
            self.synod("fuzz", "--protocol", name, "--seeds", "2000")

    def test_help_and_version_are_no_mistakes(self):
        for arguments in ([], ["fuzz"], ["run"], ["replay"], ["list"], ["bench"]):
            for option in ("--help", "-h"):
                text = self.synod(*arguments, option)
                self.assertIn("Usage: ", text)
                self.assertIn("Exit status: 0 holds, 1 violated, 2 bad usage or input, 3 inconclusive.",
                              text)
        text = self.synod("hunt", "--help")
        self.assertIn("Exit status: 0 every bug was found in every trial", text)
        self.assertRegex(self.synod("--version"), r"^synod \d+\.\d+\.\d+ \(.*\)\n$")


if __name__ == "__main__":
    main()
