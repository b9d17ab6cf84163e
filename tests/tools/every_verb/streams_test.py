"""Standard output that is full, closed or read by nobody; standard error that is closed: each is said as
what it is, ends with exit status 2, and costs no file."""

import json
import os
import subprocess

from command_line import (BAD_USAGE, HOLDS, PROGRAM, SOURCE_DIR, VIOLATED, CommandLineTest, limit_cpu,
                          main)

FULL = "standard output cannot be written: No space left on device"
CLOSED = "standard output cannot be written: Bad file descriptor"
UNREAD = "standard output cannot be written: Broken pipe"

# One of each verb that is quick, and --help and --version.
COMMANDS = [
    ["--version"], ["--help"], ["fuzz", "--help"], ["fuzz", "--seeds", "2000"],
    ["run", "--scenario", "calm", "--seed", "1"], ["run", "--scenario", "calm", "--seed", "1", "--log"],
    ["replay", "trace.json", "--log"], ["shrink", "trace.json", "-o", "min.json", "--force"],
    ["whatif", "trace.json", "--samples", "1"], ["view", "trace.json", "--force"],
    ["explain", "trace.json"], ["export", "trace.json", "--to", "dot"], ["list", "mutants"],
    ["list", "protocols"], ["compare", "--seeds", "1"],
    ["hunt", "--mutants", "sd-pick-own", "--trials", "1"], ["texts", "--seeds", "1"],
    ["shortest", "--mutants", "sd-pick-own", "--time", "100ms"], ["explore", "--ballots-max", "1"],
    ["keep", "trace.json", "--name", "kept", "--force"], ["regress"], ["refresh"],
    ["check", "history.json"],
]


class StreamsTest(CommandLineTest):

    def setUp(self):
        super().setUp()
        self.synod("run", "--scenario", "late_client", "--mutant", "sd-pick-own", "--seed", "5000",
                   "--trace", "trace.json", status=VIOLATED)
        self.synod("keep", "trace.json", "--name", "kept")
        self.write("history.json", '{"format": "synod history", "version": 1, "model": "register", "operations": []}')

    def with_shell(self, redirection, arguments):
        """Runs the program with streams as a shell would redirect them."""
        return subprocess.run(["bash", "-c", f'"$0" "$@" {redirection}', PROGRAM, *arguments], cwd=self.folder,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, check=False, preexec_fn=limit_cpu)

    def test_every_verb_says_that_standard_output_is_full_or_closed(self):
        verbs = {words[0] for words in COMMANDS} - {"--help", "--version"}
        self.assertEqual(len(verbs), 18)  # all but bench, which takes long
        for arguments in COMMANDS:
            for redirection, why in ((">/dev/full", FULL), (">&-", CLOSED)):
                with self.subTest(arguments=arguments, redirection=redirection):
                    run = self.with_shell(redirection, arguments)
                    self.assertEqual((run.returncode, run.stderr), (BAD_USAGE, f"synod: {why}\n"))

    def test_every_verb_says_that_nobody_reads_what_it_prints(self):
        for arguments in COMMANDS:
            with self.subTest(arguments=arguments):
                reader, writer = os.pipe()
                os.close(reader)
                run = self.run_synod(*arguments, stdout=writer)
                os.close(writer)
                self.assertEqual((run.returncode, run.stderr), (BAD_USAGE, f"synod: {UNREAD}\n"))

    def test_standard_error_that_is_closed_or_full_changes_no_exit_status(self):
        for redirection in ("2>&-", "2>/dev/full"):
            for arguments, status in ((["fzz"], BAD_USAGE), (["replay", "no.json"], BAD_USAGE),
                                      (["fuzz", "--json", "no/file"], BAD_USAGE),
                                      (["list", "faults"], HOLDS), (["explain", "trace.json"], VIOLATED)):
                with self.subTest(arguments=arguments, redirection=redirection):
                    self.assertEqual(self.with_shell(redirection, arguments).returncode, status)
        self.assertEqual(self.with_shell("<&- >&- 2>&-", ["list", "faults"]).returncode, BAD_USAGE)

    def test_a_complaint_is_about_what_was_wrong_and_not_about_standard_output(self):
        for redirection in (">/dev/full", ">&-"):
            run = self.with_shell(redirection, ["replay", "no.json"])
            self.assertEqual((run.returncode, run.stderr),
                             (BAD_USAGE, "synod: no.json: cannot be read: No such file or directory\n"))

    def test_no_file_takes_the_place_of_a_stream_that_is_closed(self):
        for redirection in (">&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-"):
            run = self.with_shell(redirection, ["run", "--scenario", "calm", "--seed", "1", "--trace", "t.json"])
            self.assertEqual(run.returncode, BAD_USAGE)
            self.assertEqual(run.stdout, "")
            # Printing fails before the trace is written, or the trace is whole: never a mixture.
            if os.path.exists(self.folder / "t.json"):
                json.loads(self.read("t.json"))

    def test_a_summary_is_whole_though_nobody_hears_the_report(self):
        for name, arguments in (("fuzz", ["--mutant", "sd-pick-own", "--seeds", "2000"]),
                                ("explain", ["trace.json"]), ("explore", ["--ballots-max", "1"]),
                                ("hunt", ["--mutants", "sd-pick-own", "--trials", "1"]),
                                ("whatif", ["trace.json", "--samples", "1"]), ("regress", []),
                                ("texts", ["--seeds", "1"]), ("compare", ["--seeds", "1"]),
                                ("check", ["history.json"])):
            for redirection in (">/dev/full", ">&-", "| head -c 1"):
                with self.subTest(verb=name, redirection=redirection):
                    self.with_shell(redirection, [name, *arguments, "--json", "summary.json"])
                    json.loads(self.read("summary.json"))
                    os.remove(self.folder / "summary.json")

    def test_a_closed_standard_output_is_no_file_to_write_to(self):
        run = self.with_shell(">&-", ["export", "trace.json", "--to", "dot", "-o", "/dev/stdout"])
        self.assertEqual((run.returncode, run.stderr),
                         (BAD_USAGE, "synod: /dev/stdout: cannot be written: Bad file descriptor\n"))

    def test_a_closed_standard_input_is_no_file_to_read(self):
        run = self.with_shell("<&-", ["replay", "/dev/stdin"])
        self.assertEqual(run.returncode, BAD_USAGE)
        self.assertRegex(run.stderr, r"\Asynod: /dev/stdin: cannot be read: [^\n]+\n\Z")

    def test_an_error_of_the_system_is_not_called_one_of_standard_output(self):
        for arguments in (["keep", "trace.json", "--name", "kept", "--into", "x" * 300],
                          ["fuzz", "--out", "x" * 300], ["regress", "x" * 300], ["refresh", "x" * 300],
                          ["view", "x" * 300], ["fuzz", "--coverage-of", "x" * 300],
                          ["run", "--scenario", "x" * 300 + ".json", "--seed", "1"]):
            told = self.complaint(*arguments)
            self.assertIn("File name too long", told)
            self.assertNotIn("standard output", told)


if __name__ == "__main__":
    main()
