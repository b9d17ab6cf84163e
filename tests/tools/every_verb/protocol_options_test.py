"""What only one protocol has to choose is an option of the verbs that draw, as it is a field of scenarios."""

import json

from command_line import VIOLATED, CommandLineTest, field, main


class ProtocolOptionsTest(CommandLineTest):

    def test_an_option_is_fixed_in_every_run_and_the_rest_is_drawn(self):
        for seed in range(1, 6):
            self.synod("run", "--seed", seed, "--reads", "1/3", "--quorum-reads", "0", "--trace", "trace.json")
            drawn = json.loads(self.read("trace.json"))["configuration"]
            self.assertEqual((drawn["reads"], drawn["quorum_reads"]), ("1/3", "0/1"))
        self.synod("run", "--seed", 1, "--protocol", "paxos_commit", "--refusing", "n2", "--refusing", "n3", "--trace",
                   "trace.json")
        self.assertEqual(json.loads(self.read("trace.json"))["configuration"]["refusing"], ["n2", "n3"])

    def test_it_goes_before_what_a_scenario_says(self):
        self.write("scenario.json", '{"format": "synod run", "version": 1, "swarm": true, '
                                    '"configuration": {"node_count": 3, "reads": "1/2"}}')
        self.synod("run", "--scenario", "scenario.json", "--seed", 1, "--reads", "1/3", "--trace", "trace.json")
        drawn = json.loads(self.read("trace.json"))["configuration"]
        self.assertEqual((drawn["reads"], drawn["node_count"]), ("1/3", 3))

    def test_a_trace_has_no_options_of_other_protocols(self):
        self.synod("run", "--seed", 1, "--protocol", "two_phase_commit", "--trace", "trace.json")
        fields = json.loads(self.read("trace.json"))["configuration"]
        self.assertIn("refusing", fields)
        for name in ("phase1_quorum", "quorums_may_miss", "acceptor_count", "reads", "quorum_reads"):
            self.assertNotIn(name, fields)

    def test_the_same_run_is_repeated_with_it(self):
        found = self.synod("fuzz", "--mutant", "sd-pick-own", "--reads", "1/3", "--no-shrink", status=VIOLATED)
        repeat = field(found, "repeat")
        self.assertTrue(repeat.endswith(" --mutant sd-pick-own --reads 1/3"), repeat)
        self.typed(repeat, status=VIOLATED)

    def test_what_is_wrong_is_told_with_what_would_be_right(self):
        for arguments, why in (
                (["fuzz", "--refusing", "n2"], "fuzz: --refusing is no option of paxos: leave it away"),
                (["run", "--seed", 1, "--phase1-quorum", "0"],
                 'run: --phase1-quorum "0": give a whole number from 1 to 9'),
                (["run", "--seed", 1, "--reads", "1/2", "--reads", "1/3"],
                 "run: --reads is there 2 times: give it once"),
                (["explore", "--protocol", "two_phase_commit", "--refusing", "2"],
                 'explore: --refusing "2": a node is expected, as in n2'),
                (["explore", "--nodes", 2, "--phase2-quorum", 3],
                 "explore: phase1_quorum, phase2_quorum: a quorum of 2 nodes has 1 to 2 of them, not 3"),
                (["explore", "--reads", "1/2"], 'explore: no option "--reads"')):
            with self.subTest(arguments):
                self.assertTrue(self.complaint(*arguments).startswith(why), self.complaint(*arguments))

    def test_help_and_list_name_them(self):
        text = self.synod("explore", "--help")
        self.assertRegex(text, r"--phase1-quorum N .*Nodes in a quorum that promises \(paxos\)")
        self.assertRegex(text, r"--acceptor-count N .*\(paxos_commit\)")
        self.assertNotIn("--quorum-reads", text)
        self.assertIn("--quorum-reads", self.synod("fuzz", "--help"))
        listed = self.synod("list", "options")
        self.assertIn("refusing\n    The participants (all nodes but n1) that vote no\n"
                      "    of two_phase_commit, three_phase_commit, paxos_commit\n", listed)


if __name__ == "__main__":
    main()
