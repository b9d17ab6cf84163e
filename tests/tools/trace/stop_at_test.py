"""replay --stop-at raises a trap before the step that it names; --numbers shows how steps are counted."""

import json
import re
import signal

from command_line import CommandLineTest, main


class StopAtTest(CommandLineTest):

    def setUp(self):
        super().setUp()
        self.synod("run", "--scenario", "calm", "--seed", "1", "--trace", "t.json")
        self.steps = json.loads(self.read("t.json"))["steps"]

    def test_the_trap_comes_just_before_the_step(self):
        for index in (0, 3):
            run = self.run_synod("replay", "t.json", "--log", "--stop-at", index)
            self.assertEqual(run.returncode, -signal.SIGTRAP, run.stderr)
            step = self.steps[index]
            self.assertRegex(run.stderr, rf'^synod: stops before steps\[{index}\], "{step["step"]}" at {step["at"]}\. '
                             rf'.*: gdb --args \S+ replay t\.json --stop-at {index}\n$')
            self.assertEqual(len(re.findall(r"^ *\d+  \S", run.stdout, re.MULTILINE)), index)

    def test_there_must_be_such_a_step(self):
        count = len(self.steps)
        self.assertEqual(self.complaint("replay", "t.json", "--stop-at", count),
                         f"replay: --stop-at {count}: the steps of t.json are 0 to {count - 1}")

    def test_steps_are_numbered_by_their_place_in_the_trace(self):
        output = self.synod("replay", "t.json", "--log", "--numbers")
        found = re.findall(r"^ *\[(\d+)\] +(\d+)  \S", output, re.MULTILINE)
        self.assertEqual(found, [(str(i), str(step["at"])) for i, step in enumerate(self.steps)])

    def test_numbers_are_of_a_log(self):
        self.assertIn("--log", self.complaint("replay", "t.json", "--numbers"))


if __name__ == "__main__":
    main()
