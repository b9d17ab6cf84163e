"""A run that comes to a bound of what is counted never holds, and is the same whichever way it is played."""

import json

from command_line import INCONCLUSIVE, SOURCE_DIR, VIOLATED, CommandLineTest, field, main

MORE_THAN_SIXTEEN_BITS_COUNT = 70_000


def kept(name):
    return json.loads((SOURCE_DIR / "scenarios/regressions" / name).read_text(encoding="utf-8"))


class LimitsTest(CommandLineTest):

    def test_many_messages_in_flight_hide_no_violation(self):
        trace = kept("sd_pick_own.json")
        place, step = next((i, step) for i, step in enumerate(trace["steps"])
                           if step["step"] == "deliver" and step["from"].startswith("n")
                           and step["to"].startswith("n"))
        copy = step | {"step": "duplicate"}
        for settles in (True, False):
            trace["settles"] = settles
            plain = self.synod("replay", self.write_trace(trace), status=VIOLATED)
            flooded = dict(trace)
            flooded["steps"] = (trace["steps"][:place] + [copy] * MORE_THAN_SIXTEEN_BITS_COUNT +
                                trace["steps"][place:])
            told = self.synod("replay", self.write_trace(flooded), status=VIOLATED)
            self.assertEqual(field(told, "violated"), field(plain, "violated"))
            steps = len(trace["steps"]) + MORE_THAN_SIXTEEN_BITS_COUNT
            self.assertEqual(field(told, "steps"), f"{steps} applied")

    def test_a_flood_is_replayed_as_it_ran(self):
        flood = {"node_count": 3, "client_count": 1, "operations": 3, "duplicate": "9999/10000",
                 "delay": "1000..2000", "chaos": 20000, "progress": 100000, "steps_max": 200000}
        self.write_scenario("flood.json", flood)
        ran = self.synod("run", "--scenario", "flood.json", "--seed", "1", "--trace", "t.json",
                         status=INCONCLUSIVE)
        again = self.synod("replay", "t.json", status=INCONCLUSIVE)
        self.assertEqual(field(ran, "inconclusive"), field(again, "inconclusive"))
        self.assertEqual(field(ran, "fingerprint"), field(again, "fingerprint"))
        self.assertEqual(field(again, "expected"), "yes, as the file says, with the same fingerprint")
        self.assertIsNone(field(again, "skipped"))

    def test_a_run_that_the_limit_of_steps_ends_does_not_hold(self):
        self.write_scenario("short.json", {"operations": 20, "steps_max": 60})
        reason = "the limit of steps came before the end"
        ran = self.synod("run", "--scenario", "short.json", "--seed", "1", "--trace", "t.json",
                         status=INCONCLUSIVE)
        self.assertEqual(field(ran, "inconclusive"), reason)
        self.assertEqual(field(self.synod("replay", "t.json", status=INCONCLUSIVE), "inconclusive"), reason)
        told = self.synod("fuzz", "--scenario", "short.json", "--seeds", "5", status=INCONCLUSIVE)
        self.assertEqual(field(told, "verdict"), "inconclusive: no run that chose something came to its end: "
                                                 "the limit of steps came first")

    def test_a_client_that_makes_all_the_requests_there_are(self):
        self.write_scenario("impatient.json", {
            "node_count": 1, "client_timeout": "5..5", "attempts_max": 1, "delay": "1..1",
            "disk": "1..1", "progress": 1000000, "steps_max": 10000000})
        never_decides = ["--scenario", "impatient.json", "--mutant", "sd-majority-of-others"]
        reason = "a client makes its 65,535th request: the limit of a run"
        told = self.synod("run", *never_decides, "--seed", "1", status=INCONCLUSIVE)
        self.assertEqual(field(told, "inconclusive"), reason)
        told = self.synod("fuzz", *never_decides, "--seeds", "2", "--json", "f.json",
                          status=INCONCLUSIVE)
        self.assertEqual(field(told, "verdict"),
                         f"inconclusive: a limit of the simulator ended 2 of 2 runs: {reason}")
        self.assertEqual(json.loads(self.read("f.json"))["limited"], 2)

    def test_a_client_that_asks_for_the_same_for_ever(self):
        ask = {"at": 0, "step": "request", "client": "c1", "number": 1, "to": "n1", "operation": "write",
               "value": "red"}
        trace = {"format": "synod run", "version": 1, "steps": [ask] * MORE_THAN_SIXTEEN_BITS_COUNT}
        told = self.synod("replay", self.write_trace(trace), status=INCONCLUSIVE)
        self.assertEqual(field(told, "inconclusive"),
                         "a client asks for the same the 65,535th time: the limit of a run")

    def write_trace(self, trace):
        return self.write("trace.json", json.dumps(trace))

    def write_scenario(self, name, configuration):
        return self.write(name, json.dumps({"format": "synod run", "version": 1, "protocol": "paxos",
                                            "configuration": configuration}))


if __name__ == "__main__":
    main()
