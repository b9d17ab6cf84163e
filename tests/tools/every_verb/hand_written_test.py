"""A file written by hand: what it names that is not there is an error, what it asks for and does not show is told."""

import json

from command_line import INCONCLUSIVE, CommandLineTest, field, main


def warnings(told):
    return [line.removeprefix("warning       ") for line in told.splitlines() if line.startswith("warning ")]


class HandWrittenTest(CommandLineTest):

    def test_a_misspelt_timer_is_an_error(self):
        self.write_file("typo.json", steps=[{"at": 100, "step": "fire", "node": "n1", "timer": "atempt"}])
        complaint = 'typo.json:1: steps[0].timer: paxos has no timer "atempt": did you mean "attempt"?'
        for arguments in (["replay", "typo.json"], ["run", "--scenario", "./typo.json"],
                          ["explain", "typo.json"], ["shrink", "typo.json"], ["view", "typo.json"],
                          ["whatif", "typo.json"], ["keep", "typo.json", "--name", "x", "--expect", "holds"]):
            self.assertIn(complaint, self.complaint(*arguments), arguments)

    def test_what_the_program_wrote_is_read_loosely(self):
        self.synod("run", "--scenario", "calm", "--seed", "1", "--trace", "t.json")
        trace = json.loads(self.read("t.json"))
        step = next(step for step in trace["steps"] if step["step"] == "deliver")
        step["message"]["type"] = "reqest"
        self.write("t.json", json.dumps(trace))
        self.assertIsNotNone(field(self.synod("replay", "t.json", status=INCONCLUSIVE), "skipped"))
        del trace["build"]
        self.write("t.json", json.dumps(trace))
        self.assertIn('did you mean "request"?', self.complaint("replay", "t.json"))

    def test_a_crash_that_cannot_come_is_an_error(self):
        self.write_file("inert.json", configuration={"crash_interval": "20..60", "crashed_max": 0})
        complaint = ('inert.json:1: configuration.crash_interval: "20..60" cannot come about: crashed_max is 0, '
                     "so no node may be down: give 1 or more, or leave it out")
        for arguments in (["run", "--seed", "1"], ["fuzz", "--seeds", "5"]):
            self.assertEqual(self.complaint(*arguments, "--scenario", "inert.json"), complaint)

    def test_a_cut_that_touches_nothing_is_told_wherever_it_is_played(self):
        steps = [self.link(0, "cut"), self.link(1, "heal"),
                 {"at": 2, "step": "request", "client": "c1", "number": 1, "to": "n1", "operation": "write",
                  "value": "red"}]
        self.write_file("cut.json", steps=steps, settles=True, demand="everybody decides")
        expected = ["steps[0] (cut at 0, line 1): the cut touched nothing: no message was lost or late because of it"]
        for arguments in (["replay", "cut.json"], ["run", "--scenario", "./cut.json"]):
            self.assertEqual(warnings(self.synod(*arguments)), expected, arguments)
        steps[1], steps[2] = steps[2] | {"at": 1}, steps[1] | {"at": 2}
        steps.insert(2, {"at": 1, "step": "deliver", "from": "c1", "to": "n1", "message": {
            "type": "request", "request": "c1#1", "operation": "write", "value": "red"}})
        steps.insert(3, {"at": 1, "step": "finish_write", "node": "n1"})
        self.write_file("cut.json", steps=steps, settles=True, demand="everybody decides")
        self.assertEqual(warnings(self.synod("replay", "cut.json")), [])

    def test_a_fault_that_a_run_does_not_show_is_told(self):
        self.write_file("rare.json", configuration={"drop": "1/1000000", "crash_duration": "5..6"})
        without_effect = ("configuration.crash_duration has no effect: crash_interval is 0..0 by default and "
                          "crash_at_write is 0/1 by default, so no node crashes")
        told = self.synod("run", "--scenario", "rare.json", "--seed", "1")
        self.assertEqual(warnings(told), [without_effect, "asked for, and not in this run: drop"])
        told = self.synod("fuzz", "--scenario", "rare.json", "--seeds", "3", "--json", "f.json",
                          status=INCONCLUSIVE)
        self.assertEqual(warnings(told), [without_effect])
        self.assertEqual(field(told, "verdict"),
                         "inconclusive: the fault drop was enabled in 3 runs and never happened")
        self.assertEqual(json.loads(self.read("f.json"))["warnings"], [without_effect])

    def test_each_fault_that_a_campaign_does_not_show_is_told(self):
        self.write_file("rare.json", configuration={"drop": "1/1000000", "tail": "1/1000000"})
        told = self.synod("fuzz", "--scenario", "rare.json", "--seeds", "3", status=INCONCLUSIVE)
        self.assertEqual(field(told, "verdict"), "inconclusive: faults never happened: delay was enabled in 3 runs, "
                                                 "drop was enabled in 3 runs")

    def test_a_fault_that_the_steps_do_not_show_is_told(self):
        self.write_file("steps.json", configuration={"drop": "1/9", "pause_interval": "20..60"}, settles=True, steps=[
            {"at": 2, "step": "request", "client": "c1", "number": 1, "to": "n1", "operation": "write",
             "value": "red"}])
        self.assertEqual(warnings(self.synod("replay", "steps.json")),
                         ["the configuration asks for drop, pause, and no step shows it: steps are taken as they are"])

    def test_nothing_is_told_of_a_scenario_that_comes_with_the_program(self):
        for arguments in (["--scenario", "paxos_partition_and_merge"], ["--scenario", "calm", "--seed", "1"],
                          ["--seed", "1"]):
            self.assertEqual(warnings(self.synod("run", *arguments)), [])

    @staticmethod
    def link(at, kind):
        return {"at": at, "step": kind, "from": ["n1"], "to": ["n2"]}

    def write_file(self, name, **fields):
        return self.write(name, json.dumps({"format": "synod run", "version": 1} | fields))


if __name__ == "__main__":
    main()
