"""Whatever a trace holds, replaying it ends in a verdict or in one line of complaint."""

import json
import os
import re
import stat

from command_line import (BAD_USAGE, HOLDS, INCONCLUSIVE, PROGRAM, SOURCE_DIR, VIOLATED, CommandLineTest,
                          field, main)

BISECT_SKIP = 125

SCENARIO = """{
  "format": "synod run", "version": 1, "mutants": ["sd-pick-own"], "configuration": {"client_count": 2}
}
"""


class TracesTest(CommandLineTest):

    def setUp(self):
        super().setUp()
        # Hardly anything in it but messages.
        self.write("two_clients.json", SCENARIO)
        report = self.synod("fuzz", "--scenario", "two_clients.json", "--no-shrink", status=VIOLATED)
        self.text = self.read(field(report, "trace"))

    def complaint_about(self, contents):
        self.write("bad.json", contents)
        line = self.complaint("replay", "bad.json")
        self.assertRegex(line, r"^bad\.json(:\d+)?: ")
        return line

    # ---- Files that are no trace

    def test_a_file_that_is_not_there(self):
        self.assertEqual(self.complaint("replay", "no.json"),
                         "no.json: cannot be read: No such file or directory")

    def test_a_folder(self):
        os.mkdir(self.folder / "folder")
        self.assertEqual(self.complaint("replay", "folder"),
                         "folder: cannot be read: it is a directory: give a file")

    def test_a_file_that_cannot_be_read(self):
        if os.geteuid() != 0:  # who may read everything cannot be kept out
            self.write("secret.json", self.text)
            os.chmod(self.folder / "secret.json", 0)
            self.assertEqual(self.complaint("replay", "secret.json"),
                             "secret.json: cannot be read: Permission denied")
        self.assertEqual(self.complaint("replay", "/proc/self/mem"),
                         "/proc/self/mem: cannot be read: Input/output error")

    def test_a_file_that_is_cut_off_anywhere(self):
        size = len(self.text) - len("}\n")
        for length in [0, 1, 2, *range(10, size, size // 25), size]:
            self.complaint_about(self.text[:length])

    def test_a_file_that_is_something_else(self):
        with open(PROGRAM, "rb") as program:
            self.complaint_about(program.read(100000))
        for text in ("", "\n", "null", "[]", "17", "{}", '{"format": "synod runs"}', "<html>",
                     '{"format": "synod run"}', "\xff\xfe", "[" * 100000, '{"a":' * 100000,
                     '"' + "a" * 1000000, "1" * 1000000, self.text + self.text):
            self.complaint_about(text)
        self.complaint_about(self.text.encode("utf-16"))
        self.complaint_about(b"\0" * 10000)

    def test_a_file_of_a_newer_program(self):
        line = self.complaint_about(self.text.replace('"version": 1', '"version": 2', 1))
        self.assertIn("written by a newer synod: version 2, this one reads 1", line)
        self.assertTrue(line.startswith("bad.json:3: "), line)

    def test_values_that_make_no_sense(self):
        for old, new in (('"at": ', '"at": -'), ('"step": "', '"step": "re'), ('"from": "n', '"from": "x'),
                         ('"node_count": ', '"node_count": 9'), ('"drop": "', '"drop": "x'),
                         ('"version": 1', '"version": 1.5'), ('"at": ', '"at": 1e'),
                         ('"delay": "', '"delay": "9999..'),
                         ('"configuration"', '"configuratoin"'), ('"at"', '"at": 1, "at"')):
            self.assertIn(old, self.text)
            self.complaint_about(self.text.replace(old, new, 1))

    def test_names_that_do_not_exist_come_with_the_file(self):
        self.assertEqual(self.complaint_about(self.text.replace("sd-pick-own", "sd-pick-ow")),
                         'bad.json: no mutant "sd-pick-ow" of paxos: did you mean "sd-pick-own"?')
        self.assertEqual(self.complaint_about(self.text.replace('"paxos"', '"paxoz"')),
                         'bad.json: no protocol "paxoz": did you mean "paxos"?')

    def test_what_fuzzing_the_reader_has_collected(self):
        for path in sorted((SOURCE_DIR / "tests" / "fuzz" / "corpus").iterdir()):
            with self.subTest(path.name):
                run = self.run_synod("replay", path)
                self.assertIn(run.returncode, (HOLDS, VIOLATED, BAD_USAGE, INCONCLUSIVE), run.stderr)
                if run.returncode == BAD_USAGE:
                    self.complaint("replay", path)

    # ---- Traces of a protocol that has been edited since

    def with_steps_renamed(self, is_renamed):
        """Gives the messages of some steps a type that no protocol has. Returns those steps' places
        and lines in the file."""
        lines = self.text.split("\n")
        begin = next(i for i, line in enumerate(lines) if line.startswith('  "steps"')) + 1
        renamed = []
        for index, line in enumerate(range(begin, len(lines))):
            if '"type": "' in lines[line] and is_renamed(len(renamed), index):
                lines[line] = lines[line].replace('"type": "', '"type": "old_', 1)
                renamed.append((index, line + 1))
        self.write("edited.json", "\n".join(lines))
        return renamed

    def test_steps_with_unknown_messages_are_skipped_counted_and_the_first_is_named(self):
        last = len(json.loads(self.text)["steps"]) // 2
        renamed = self.with_steps_renamed(lambda count, index: index > last and count < 1)
        index, line = renamed[0]
        step = json.loads(self.text)["steps"][index]
        output = self.run_synod("replay", "edited.json").stdout
        skipped = field(output, "skipped")
        self.assertRegex(skipped, r"^\d+ of \d+ steps no longer appl(y|ies); the first is ")
        self.assertTrue(skipped.endswith(
            f"the first is steps[{index}] ({step['step']} at {step['at']}, line {line})"), skipped)
        applied = int(field(output, "steps").split()[0])
        self.assertGreaterEqual(applied, index)

        log = self.run_synod("replay", "edited.json", "--log").stdout
        self.assertIn(skipped, log)

    def test_a_trace_that_hardly_applies_any_more_is_inconclusive(self):
        renamed = self.with_steps_renamed(lambda count, index: True)
        output = self.synod("replay", "edited.json", status=INCONCLUSIVE)
        self.assertRegex(field(output, "inconclusive"), r"^of \d+ steps only \d+ still apply$")
        self.assertGreaterEqual(int(field(output, "skipped").split()[0]), len(renamed))
        self.assertRegex(field(output, "expected"), "^no: the file says violated ")
        self.synod("replay", "edited.json", "--bisect", status=BISECT_SKIP)

    def test_a_demand_is_not_held_against_a_trace_that_hardly_applies_any_more(self):
        self.text = re.sub(r' *"demand": .*\n', "", self.text)
        self.text = self.text.replace('  "steps"', '  "demand": "everybody decides",\n  "steps"')
        self.with_steps_renamed(lambda count, index: True)
        self.synod("replay", "edited.json", status=INCONCLUSIVE)

    def test_a_demand_is_not_held_against_a_trace_with_steps_that_no_longer_apply(self):
        """They may be why it is not met: here, one node is never told."""
        text = (SOURCE_DIR / "scenarios" / "stories" / "paxos_duel_before_accept.json").read_text(encoding="utf-8")
        self.assertIn('"demand": "everybody decides"', text)
        before, told, after = text.rpartition('"type": "decide"')
        text = before + told.replace("decide", "old_decide") + after
        self.write("edited.json", text.replace('"protocol"', '"build": "an older one",\n  "protocol"', 1))
        output = self.synod("replay", "edited.json", status=INCONCLUSIVE)
        self.assertRegex(field(output, "inconclusive"),
                         r'^"everybody decides" is not met, but 1 of \d+ steps no longer apply, and may be why$')

    def test_bisecting_knows_good_from_bad(self):
        self.write("whole.json", self.text)
        self.synod("replay", "whole.json", "--bisect", status=VIOLATED)
        self.synod("run", "--scenario", "calm", "--seed", "1", "--trace", "good.json")
        self.synod("replay", "good.json", "--bisect")

    def test_a_run_of_a_fixed_scenario_tells_of_skipped_steps_too(self):
        self.with_steps_renamed(lambda count, index: True)
        output = self.synod("run", "--scenario", "edited.json", status=INCONCLUSIVE)
        self.assertIn("no longer apply", field(output, "skipped"))

    def test_replaying_leaves_the_trace_as_it_was(self):
        self.write("whole.json", self.text)
        path = self.folder / "whole.json"
        path.chmod(stat.S_IRUSR)
        self.synod("replay", "whole.json", "--log", status=VIOLATED)
        self.assertEqual(self.read("whole.json"), self.text)


if __name__ == "__main__":
    main()
