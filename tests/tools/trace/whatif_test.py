"""The rest of a failing run is drawn anew after each of its steps, and the one that mattered is named."""

import json
import re

from command_line import HOLDS, VIOLATED, CommandLineTest, field, main

MUTANT = ("--mutant", "sd-pick-own", "--seeds", 100000)


class WhatIfTest(CommandLineTest):

    def failure(self):
        return field(self.synod("fuzz", *MUTANT, status=VIOLATED), "trace")

    def test_it_gives_a_curve_and_names_the_critical_step(self):
        trace = self.failure()
        output = self.synod("whatif", trace, "--samples", "40", "--json", "curve.json")
        curve = json.loads(self.read("curve.json"))
        steps = json.loads(self.read(trace))["steps"]
        self.assertEqual([step["step"] for step in curve["steps"]], list(range(len(steps))))
        for step, told in zip(curve["steps"], steps):
            self.assertEqual(step["at"], told["at"])
            self.assertEqual(step["samples"], 40)
            self.assertLessEqual(step["violated"], 40)
            self.assertIn(step["text"], output)
        self.assertEqual(curve["steps"][-1]["violated"], 40)
        self.assertEqual(curve["property"], field(output, "property"))
        critical = curve["critical_step"]
        shares = [step["violated"] / step["samples"] for step in curve["steps"]]
        self.assertTrue(all(share >= 0.95 for share in shares[critical:]), shares)
        self.assertTrue(critical == 0 or shares[critical - 1] < 0.95, shares)
        self.assertIn(f"steps[{critical}]", field(output, "critical"))
        self.assertEqual(len(re.findall(r" > ", output)), 1)

    def test_it_draws_the_same_every_time(self):
        trace = self.failure()
        first = self.synod("whatif", trace, "--samples", "10")
        self.assertEqual(self.synod("whatif", trace, "--samples", "10"), first)

    def test_a_step_can_be_left_out(self):
        trace = self.failure()
        last = len(json.loads(self.read(trace))["steps"]) - 1
        self.synod("whatif", trace, "--samples", "10", "--without", last, "--json", "curve.json")
        curve = json.loads(self.read("curve.json"))
        self.assertEqual(curve["without"], last)
        self.assertNotIn(last, [step["step"] for step in curve["steps"]])
        self.assertEqual(self.complaint("whatif", trace, "--without", last + 1),
                         f"whatif: --without {last + 1}: the steps of {trace} are 0 to {last}")

    def test_bad_input_is_answered_in_one_line(self):
        self.synod("run", "--seed", "1", "--trace", "good.json")
        self.assertEqual(self.complaint("whatif", "good.json"),
                         "good.json: violates nothing: give a trace that does")
        self.assertIn("give a whole number from 1 to", self.complaint("whatif", "good.json", "--samples", "0"))
        self.write("random.json", '{"format": "synod run", "version": 1}')
        self.assertIn("has no steps", self.complaint("whatif", "random.json"))


if __name__ == "__main__":
    main()
