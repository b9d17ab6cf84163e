"""The comparison of the protocols: its table, its files, and that the commands in it show what it says."""

import json
import re

from command_line import VIOLATED, CommandLineTest, main

PROTOCOLS = ["paxos", "two_phase_commit", "three_phase_commit", "paxos_commit"]
ACCIDENTS = ["none", "crash", "crash_recover", "cut", "loss", "duelling", "slow_node"]
WORDS = ["splits", "blocks", "loses"]
FIGURES = ["protocol", "accident", "runs", "decided", "messages_median", "ticks_median"]
PROPERTIES = {"splits": ["atomicity", "agreement", "learners_agree"], "blocks": ["termination", "progress"]}


class CompareTest(CommandLineTest):

    def compare(self, *arguments):
        """Returns what was printed, and the figures."""
        printed = self.synod("compare", "--json", "figures.json", *arguments)
        return printed, json.loads(self.read("figures.json"))

    def test_table_figures_and_page_tell_the_same(self):
        printed, figures = self.compare("--seeds", "100", "--markdown", "page.md")
        self.assertEqual([(cell["protocol"], cell["accident"]) for cell in figures],
                         [(protocol, accident) for protocol in PROTOCOLS for accident in ACCIDENTS])
        lines = printed.splitlines()
        self.assertEqual(lines[0].split(), ACCIDENTS)
        page = self.read("page.md")
        self.assertIn("Written by `synod compare --seeds 100`, 100 runs a cell.", page)
        for line, protocol in zip(lines[1:5], PROTOCOLS):
            cells = re.split(" {2,}", line)
            row = [cell for cell in figures if cell["protocol"] == protocol]
            self.assertEqual(cells, [protocol, *map(self.verdict, row)])
            self.assertIn("| " + " | ".join(cells) + " |\n", page)
            costs = [f"{cell['messages_median']} / {cell['ticks_median']}" for cell in row]
            self.assertIn("| " + " | ".join([protocol, *costs]) + " |\n", page)
        for cell in figures:
            self.assertEqual([name for name in cell if name not in WORDS], FIGURES)
            self.assertEqual(cell["runs"], 100)
            self.assertGreater(cell["decided"], 50)
        self.assertEqual(self.files(), ["figures.json", "page.md"])

    @staticmethod
    def verdict(cell):
        parts = [f"{word}{'*' if cell[word]['outside_fault_model'] else ''} "
                 f"{100 * cell[word]['runs'] / cell['runs']:.1f} %" for word in WORDS if word in cell]
        return ", ".join(parts) or "holds"

    def test_the_commands_show_the_failures(self):
        printed, figures = self.compare("--seeds", "500")
        commands = re.findall(r"(?m)^  (\S+) (\S+) under (\S+)\n {6}(.*)$", printed)
        self.assertEqual(commands, [(cell["protocol"], word, cell["accident"], cell[word]["repeat"])
                                    for cell in figures for word in WORDS if word in cell])
        self.assertEqual([command[:3] for command in commands],
                         [("two_phase_commit", "blocks", "crash"),
                          ("three_phase_commit", "splits", "crash_recover"),
                          ("three_phase_commit", "splits", "cut"),
                          ("three_phase_commit", "splits", "slow_node")])
        for _, word, _, command in commands:
            told = self.typed(command, status=VIOLATED)
            self.assertRegex(told, rf"(?m)^violated +({'|'.join(PROPERTIES[word])})$")
            self.assertIn("outside the fault model: ", told)
            self.assertRegex(told, r"\A +\d+  ", "step by step")

    def test_the_commands_of_the_page_are_those_of_the_table(self):
        printed, _ = self.compare("--seeds", "300", "--markdown", "page.md")
        in_page = re.findall(r"(?m)^# (.* under .*)\nsynod (run .*)$", self.read("page.md"))
        in_table = re.findall(r"(?m)^  (.* under .*)\n {6}\S*synod (run .*)$", printed)
        self.assertEqual(in_page, in_table)
        self.assertGreaterEqual(len(in_page), 2)

    def test_it_comes_out_the_same_again(self):
        first = self.compare("--seeds", "60", "--markdown", "first.md")
        self.assertEqual(self.compare("--seeds", "60", "--markdown", "second.md"), first)
        self.assertEqual(self.read("first.md"), self.read("second.md"))

    def test_a_single_run_a_cell_is_enough_for_a_table(self):
        _, figures = self.compare("--seeds", "1")
        self.assertEqual({cell["runs"] for cell in figures}, {1})

    def test_a_number_of_seeds_that_is_none(self):
        for text in ("0", "-1", "1e3", "many", "1000001"):
            self.assertEqual(self.complaint("compare", "--seeds", text),
                             f'compare: --seeds "{text}": give a whole number from 1 to 1000000')

    def test_options_that_do_not_exist_or_lack_their_value(self):
        self.assertEqual(self.complaint("compare", "--sedes", "3"),
                         'compare: no option "--sedes": did you mean --seeds?')
        self.assertEqual(self.complaint("compare", "--json"),
                         "compare: --json lacks its value: give --json FILE")
        self.assertEqual(self.complaint("compare", "--markdown", ""),
                         "compare: --markdown is empty: give FILE")

    def test_a_file_in_a_folder_that_is_not_there(self):
        for option in ("--json", "--markdown"):
            self.assertEqual(self.complaint("compare", "--seeds", "1000000", option, "no/page"),
                             "no/page: cannot be written: No such file or directory")


if __name__ == "__main__":
    main()
