"""A default campaign reaches every probe: what is never reached is never tested."""

import json
import re

from command_line import HOLDS, CommandLineTest, main

SEEDS = {"paxos": 100000, "two_phase_commit": 100000, "three_phase_commit": 100000, "paxos_commit": 10000}


class ProbesTest(CommandLineTest):

    def test_there_are_probes_to_reach_in_every_protocol(self):
        listed = re.findall(r"^(\w+)  ", self.synod("list", "protocols"), re.MULTILINE)
        self.assertEqual(sorted(SEEDS), sorted(listed))

    def test_a_default_campaign_reaches_each(self):
        for protocol, seeds in SEEDS.items():
            with self.subTest(protocol):
                self.synod("fuzz", "--protocol", protocol, "--seeds", seeds, "--json", "summary.json",
                           status=HOLDS)
                probes = json.loads(self.read("summary.json"))["probes"]
                self.assertGreaterEqual(len(probes), 9)
                self.assertEqual([name for name, runs in probes.items() if runs == 0], [])


if __name__ == "__main__":
    main()
