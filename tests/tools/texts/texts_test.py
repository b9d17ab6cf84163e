"""The two texts taken at their word: the page beside the scenarios is what the command writes, and the
commands on it show what it says."""

import json
import re
import shlex

from command_line import HOLDS, INCONCLUSIVE, SOURCE_DIR, VIOLATED, CommandLineTest, field, main

PAGE = SOURCE_DIR / "scenarios" / "texts" / "texts.md"
HARMLESS = ["promises_kept", "truthful_promise", "durable_before_visible", "one_value_per_ballot",
            "ballots_rise", "proposals_safe"]


class TextsTest(CommandLineTest):

    def test_the_page_is_what_the_command_writes(self):
        command = re.search("^Written by `(.*)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE).group(1)
        program, *arguments, file = shlex.split(command)
        self.assertEqual((program, file), ("synod", "scenarios/texts/texts.md"))
        (self.folder / "scenarios" / "texts").mkdir(parents=True)
        self.synod(*arguments, file)
        self.assertEqual(self.read(file), PAGE.read_text(encoding="utf-8"),
                         f"write it again: {command}")

    def test_page_terminal_and_json_tell_the_same(self):
        printed = self.synod("texts", "--seeds", 3, status=VIOLATED)
        self.synod("texts", "--seeds", 3, "--json", "texts.json", "--markdown", "texts.md", status=VIOLATED)
        self.assertEqual(self.files(), ["texts.json", "texts.md"])
        page = self.read("texts.md")
        self.assertIn("`synod texts --seeds 3 --markdown texts.md`", page)
        sentences = json.loads(self.read("texts.json"))
        self.assertEqual([sentence["number"] for sentence in sentences], [f"A{i}" for i in range(1, 25)])
        for sentence in sentences:
            self.assertIn(f"“{sentence['quote']}”", printed)
            self.assertIn(f"\n## {sentence['number']}\n", page)
            for experiment in sentence["experiments"]:
                self.assertIn(f"  {experiment['command']}\n", printed)
                _, _, rest = experiment["command"].partition(" ")
                self.assertIn(f"\nsynod {rest}\n", page)
        self.assertFalse(all(sentence["is_as_said"] for sentence in sentences), "so few runs find little")

    def test_each_command_shows_what_is_said(self):
        self.synod("texts", "--json", "texts.json")
        for sentence in json.loads(self.read("texts.json")):
            self.assertTrue(sentence["is_as_said"], sentence)
            for experiment in sentence["experiments"]:
                with self.subTest(sentence["number"], command=experiment["command"]):
                    self.expect_shown(experiment)

    def expect_shown(self, experiment):
        self.assertEqual(experiment["verdict"], experiment["said"])
        self.assertNotIn(experiment["property"], HARMLESS)
        if experiment["verdict"] == "SAFE":
            if not experiment["mutant"]:
                self.typed(experiment["command"], status=HOLDS)
            return  # the others took as many runs to find nothing as the command takes
        told = self.typed(experiment["command"], status=VIOLATED)
        self.assertEqual(field(told, "violated"), experiment["property"])
        self.assertIn(experiment["finding"], told)

    def test_a_property_that_does_not_exist(self):
        self.assertEqual(self.complaint("run", "--seed", 1, "--property", "agrement"),
                         'no property "agrement" of paxos: did you mean "agreement"?')

    def test_judged_by_one_property_a_run_goes_on_past_the_others(self):
        arguments = ["run", "--mutant", "sd-pick-own", "--seed", 1]
        for seed in range(1, 200):
            arguments[-1] = seed
            run = self.run_synod(*arguments)
            if field(run.stdout, "violated") == "proposals_safe":
                break
        both = ["--property", "agreement", "--property", "proposals_safe"]
        self.assertEqual(self.synod(*arguments, *both, status=VIOLATED), run.stdout)
        alone = self.run_synod(*arguments, "--property", "agreement")
        self.assertIn(alone.returncode, (HOLDS, VIOLATED, INCONCLUSIVE))
        self.assertGreater(int(field(alone.stdout, "steps")), int(field(run.stdout, "steps")))
        self.run_synod(*arguments, "--property", "agreement", "--trace", "trace.json")
        replayed = self.run_synod("replay", "trace.json")
        self.assertEqual(replayed.returncode, alone.returncode)
        self.assertEqual(field(replayed.stdout, "steps"), f"{field(alone.stdout, 'steps')} applied")


if __name__ == "__main__":
    main()
