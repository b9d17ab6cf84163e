"""What people do to a file of JSON by hand, whichever verb reads it: one line in their words says where it is
and what would be right. The range that is said is the one that is meant, a short list of values is said whole,
and a name is only guessed where it is near."""

import json
import re

from command_line import VIOLATED, CommandLineTest, main

# What no reader of a complaint needs to know: how the reader of the file works.
WORDS_OF_MACHINES = ("literal", "unexpected", "token", "last read", "end of input", "syntax", "parse", "4294967295",
                     "18446744073709551615", "2^63", "e+")

# A mistake, how it is made in a text of several lines, and what is said of it.
MISTAKES = [
    ("an empty file", lambda text: "", r"1: empty: give .*"),
    ("only blanks", lambda text: " \n\t\n", r"1: empty: give .*"),
    ("text that is no JSON", lambda text: "hello there\n", r'1: no JSON, it begins with "hello there": give .*'),
    ("YAML", lambda text: "---\nformat: x\n", r'1: no JSON, it begins with "---": give .*'),
    ("a comma behind the last field", lambda text: re.sub(r"\n}\s*$", ",\n}\n", text),
     r"{last}: after .*: a comma before the closing '}': leave it out"),
    ("a comma behind the last element", lambda text: re.sub(r"\n(\s*)\]", r",\n\1]", text, count=1),
     r"\d+: after .*\]?: a comma before the closing '\]': leave it out"),
    ("two commas", lambda text: text.replace(",\n", ",,\n", 1), r"2: after \S+: two commas: leave one out"),
    ("no comma", lambda text: text.replace(",\n", "\n", 1), r"2: after \S+: no comma behind it: give ',' or '}'"),
    ("no colon", lambda text: text.replace('":', '"', 1), r"2: at the beginning: no ':' behind the name: .*"),
    ("no value", lambda text: re.sub(r'": [^\n]*,\n', '": ,\n', text, count=1),
     r"2: at the beginning: a name without its value: give one, .*"),
    ("a // comment", lambda text: text.replace(",\n", ", // why\n", 1), r"2: after \S+: a comment: JSON has none: leave it out"),
    ("a /* */ comment", lambda text: text.replace(",\n", ", /* why */\n", 1),
     r"2: after \S+: a comment: JSON has none: leave it out"),
    ("a comment first", lambda text: "// why\n" + text, r"1: at the beginning: a comment: .*"),
    ("a comment last", lambda text: text + "// why\n", r"\d+: after the end: a comment: .*"),
    ("a # comment", lambda text: text.replace(",\n", ", # why\n", 1), r"2: after \S+: a comment: .*"),
    ("single quotes", lambda text: re.sub(r'"(\w+)":', r"'\1':", text, count=1),
     r"2: at the beginning: single quotes: give double ones, .*"),
    ("typographic quotes", lambda text: re.sub(r'"(\w+)":', r"“\1”:", text, count=1),
     r"2: at the beginning: typographic quotes: give plain ones, .*"),
    ("a name without quotes", lambda text: re.sub(r'"(\w+)":', r"\1:", text, count=1),
     r'2: at the beginning: (\w+) without quotes: give "\1"'),
    ("a text without quotes", lambda text: re.sub(r'": [^\n]*,\n', '": red,\n', text, count=1),
     r'2: at the beginning: red without quotes: give "red"'),
    ("True, as in Python", lambda text: re.sub(r'": [^\n]*,\n', '": True,\n', text, count=1),
     r"2: at the beginning: True: give true"),
    ("None, as in Python", lambda text: re.sub(r'": [^\n]*,\n', '": None,\n', text, count=1),
     r"2: at the beginning: None: give null"),
    ("a number with a zero before it", lambda text: re.sub(r'": [^\n]*,\n', '": 012,\n', text, count=1),
     r"2: after \w+: 012 is no number: .*"),
    ("a number in hexadecimal", lambda text: re.sub(r'": [^\n]*,\n', '": 0x1f,\n', text, count=1),
     r"2: after \w+: 0x1f is no number: .*"),
    ("a number with a plus", lambda text: re.sub(r'": [^\n]*,\n', '": +1,\n', text, count=1),
     r"2: at the beginning: \+1 is no number: .*"),
    ("a number that begins with its point", lambda text: re.sub(r'": [^\n]*,\n', '": .5,\n', text, count=1),
     r"2: at the beginning: \.5 is no number: .*"),
    ("a number that ends with its point", lambda text: re.sub(r'": [^\n]*,\n', '": 5.,\n', text, count=1),
     r"2: at the beginning: 5\. is no number: .*"),
    ("NaN", lambda text: re.sub(r'": [^\n]*,\n', '": NaN,\n', text, count=1),
     r"2: at the beginning: NaN is no number: .*"),
    ("a file cut off in the middle", lambda text: text[:text.index(",\n") + 1],
     r"2: cut off after \S+: the file ends, and } is missing"),
    ("a file cut off in a text", lambda text: text[:text.index('":')],
     r"2: cut off at the beginning: the file ends inside of a text, .*"),
    ("a closing bracket too few", lambda text: text.rstrip()[:-1], r"\d+: cut off after .*: the file ends, and } is missing"),
    ("a closing bracket too many", lambda text: text.rstrip() + "}", r"\d+: after the end: nothing may follow .*"),
    ("the wrong closing bracket", lambda text: text.rstrip()[:-1] + "]", r"\d+: after .*: '\]' where '}' should close: .*"),
    ("a line break in a text", lambda text: re.sub(r'": ', '": "a\nb", "x": ', text, count=1),
     r"2: at the beginning: a text without its closing '\"': .*"),
    ("a backslash as in a path", lambda text: re.sub(r'": ', r'": "C:\\Users", "x": ', text, count=1),
     r"2: at the beginning: a backslash that means nothing in a text: give .*"),
    ("the same field twice", lambda text: re.sub(r'(\n  ("\w+"): [^\n]*,)\n', r"\1\1\n", text, count=1),
     r"3: \w+: twice in one object: give it once"),
]


class JsonMistakesTest(CommandLineTest):

    def setUp(self):
        super().setUp()
        self.synod("run", "--scenario", "late_client", "--mutant", "sd-pick-own", "--seed", "5000",
                   "--trace", "recorded.json", status=VIOLATED)
        self.synod("explore", "--nodes", "2", "--ballots-max", "1", "--json", "searched.json")
        self.synod("whatif", "recorded.json", "--samples", "1", "--json", "drawn.json")
        history = {"format": "synod history", "version": 1, "model": "register", "operations": [
            {"client": "c1", "operation": "write", "value": 3, "call": 1, "return": 4}]}
        self.readers = {
            "recorded.json": ["replay"],
            "compared.json": ["view", "recorded.json", "--out", "/dev/null", "--compare"],
            "searched.json": ["fuzz", "--seeds", "1", "--coverage-of"],
            "drawn.json": ["view", "recorded.json", "--out", "/dev/null", "--whatif"],
            "history.json": ["check"],
            "scenario.json": ["run", "--seed", "1", "--scenario"],
        }
        self.write("history.json", json.dumps(history))
        self.write("compared.json", self.read("recorded.json"))
        self.write("scenario.json", json.dumps({"format": "synod run", "version": 1,
                                                "configuration": {"node_count": 3, "cut_shapes": ["ring"]}}))

    def told(self, reader, text):
        self.write("mistake.json", text)
        line = self.complaint(*self.readers[reader], "mistake.json")
        for word in WORDS_OF_MACHINES:
            self.assertNotIn(word, line)
        self.assertLess(len(line), 400)
        self.assertTrue(line.startswith("mistake.json:"), line)
        return line.removeprefix("mistake.json:")

    def test_every_mistake_in_every_file_is_told_in_words_with_its_line(self):
        for reader in self.readers:
            text = json.dumps(json.loads(self.read(reader)), indent=2) + "\n"
            for name, make, wanted in MISTAKES:
                if reader == "history.json" and name in ("an empty file", "only blanks", "text that is no JSON",
                                                         "YAML", "typographic quotes first"):
                    continue  # which could have been a log: see check_test.py
                with self.subTest(reader=reader, mistake=name):
                    bad = make(text)
                    if bad == text:  # a search has no list with anything in it
                        self.assertEqual((reader, name), ("searched.json", "a comma behind the last element"))
                        continue
                    last = str(bad.rstrip().count("\n"))
                    self.assertRegex(self.told(reader, bad), "^" + wanted.replace("{last}", last) + "$")

    # ---- Numbers

    def scenario(self, **configuration):
        return json.dumps({"format": "synod run", "version": 1, "configuration": configuration})

    def test_a_number_outside_of_its_range_brings_the_range_that_is_meant(self):
        for field, wanted in (("node_count", "a whole number from 1 to 9"), ("client_count", "a whole number from 1 to 4"),
                              ("contacts", "a whole number from 1 to 9"), ("operations", "a whole number from 0 to 1000"),
                              ("attempts_max", "a whole number from 1 to 100"),
                              ("steps_max", "a whole number from 1 to 10000000"),
                              ("chaos", "a whole number of ticks from 1 to 1000000000"),
                              ("progress", "a whole number of ticks from 0 to 1000000000"),
                              ("crashed_max", "a whole number from 0 to 9"),
                              ("skew_rate_min", "a whole number from 256 to 4096"),
                              ("skew_jump_max", "a whole number from 0 to 1000000"),
                              ("phase1_quorum", "a whole number from ")):
            for number in ("-1", "10000000001", "5000000000", "3.5", "1e3", "1e400", "-1e400", "123456789012345678901234",
                           '"3"', "true", "null", "[]", "{}"):
                with self.subTest(field=field, number=number):
                    text = self.scenario(**{field: 0}).replace(f'"{field}": 0', f'"{field}": {number}')
                    shown = {"[]": "a list", "{}": "an object"}.get(number, number)
                    self.assertTrue(self.told("scenario.json", text).startswith(
                        f"1: configuration.{field}: {shown}: give {wanted}"))
        for number in (0, 10, 12):
            self.assertEqual(self.told("scenario.json", self.scenario(node_count=number)),
                             f"1: configuration.node_count: {number}: give a whole number from 1 to 9")

    def test_a_number_of_a_search_brings_the_range_that_is_meant(self):
        for number in ("0", "12", "-1", "3.5", "1e400", '"2"'):
            text = re.sub(r'"nodes": 2', f'"nodes": {number}', self.read("searched.json"))
            self.assertRegex(self.told("searched.json", text),
                             rf"^\d+: bounds\.nodes: {number}: give a whole number from 1 to 9$")

    def test_numbers_of_a_step_bring_the_range_that_is_meant(self):
        for step, field, wanted in (
                ({"step": "skew", "node": "n1"}, "rate", "a whole number from 256 to 4096, where 1024 is true"),
                ({"step": "crash", "node": "n1"}, "after_effects", "a whole number from 0 to 255"),
                ({"step": "request", "client": "c1", "to": "n1", "operation": "read"}, "number",
                 "a whole number from 1 to 65535"),
                ({"step": "restart", "node": "n1"}, "at", "a whole number of ticks from 0 to 70368744177663")):
            for number in ("-1", "3.5", "1e400", '"1"', "99999999999999999"):
                with self.subTest(field=field, number=number):
                    text = json.dumps({"format": "synod run", "version": 1, "configuration": {"node_count": 3},
                                       "steps": [{"at": 1, **step, field: 777}]}).replace("777", number)
                    self.assertEqual(self.told("recorded.json", text), f"1: steps[0].{field}: {number}: give {wanted}")

    def test_numbers_of_a_history_bring_the_range_that_is_meant(self):
        for number in ("-1", "1.5", "1e400", '"1"'):
            text = self.read("history.json").replace('"call": 1', f'"call": {number}')
            self.assertEqual(self.told("history.json", text), f"1: operations[0].call: {number}: give an instant, "
                                                              "a whole number from 0 to 2^62")

    def test_ratios_and_ranges_are_told_where_they_stand(self):
        for value, why in (("3/2", "3/2: give a ratio from 0/1 to 1/1"), (0.5, '0.5: give a ratio like "1/30"'),
                           ("5%", '"5%": give a ratio like "1/30"'), ("1/0", "1/0: give a ratio from 0/1 to 1/1")):
            self.assertEqual(self.told("scenario.json", self.scenario(drop=value)), f"1: configuration.drop: {why}")
        for value, why in (("9..1", "9 to 1: give the smaller one first"), (5, '5: give a range of ticks like "1..10"'),
                           ("1-10", '"1-10": give a range of ticks like "1..10"')):
            self.assertEqual(self.told("scenario.json", self.scenario(delay=value)), f"1: configuration.delay: {why}")
        self.assertEqual(self.told("scenario.json", self.scenario(cut_interval="1..9", cut_shapes=[])),
                         "1: configuration.cut_shapes: an empty list: give at least one, or leave it out")

    # ---- Names and values

    def test_a_short_list_of_values_is_told_whole(self):
        endings = 'give "healed", "broken", "survivors" or "partitioned"'
        for value in ("heeled", "peace"):
            self.assertEqual(self.told("scenario.json", self.scenario(ending=value)),
                             f'1: configuration.ending: "{value}": {endings}')
        self.assertEqual(self.told("scenario.json", self.scenario(ending=3)), f"1: configuration.ending: 3: {endings}")
        self.assertRegex(self.told("scenario.json", self.scenario(cut_shapes=["square"])),
                         r'^1: configuration\.cut_shapes\[0\]: "square": give ("\w+"(, | or )?)+$')
        text = self.read("history.json").replace('"write"', '"wipe"')
        self.assertEqual(self.told("history.json", text), '1: operations[0].operation: "wipe" in a history of a register: '
                                                          'give "read", "write" or "cas"')
        text = self.read("history.json").replace('"register"', '"queue"')
        self.assertEqual(self.told("history.json", text), '1: model: "queue": give "register" or "key_value"')
        text = re.sub(r'"network": "\w+"', '"network": "chaotic"', self.read("searched.json"))
        self.assertRegex(self.told("searched.json", text), r'bounds\.network: "chaotic": give one of ("\w+"(, )?)+$')

    def test_a_name_is_guessed_only_where_it_is_near(self):
        for field, wanted in (("node_cuont", 'did you mean "node_count"?'), ("nodecount", 'did you mean "node_count"?'),
                              ("nodes_count", 'did you mean "node_count"?'), ("dorp", 'did you mean "drop"?'),
                              ("color", 'see "synod list schema"'), ("x", 'see "synod list schema"'),
                              ("replicas", 'see "synod list schema"')):
            self.assertEqual(self.told("scenario.json", self.scenario(**{field: 1})),
                             f"1: configuration.{field}: unknown field: {wanted}")
        head = {"format": "synod run", "version": 1}
        for field, wanted in (("sede", 'did you mean "seed"?'), ("author", 'see "synod list schema"')):
            self.assertEqual(self.told("scenario.json", json.dumps({**head, field: 1})), f"1: {field}: unknown field: {wanted}")
        self.assertEqual(self.told("scenario.json", json.dumps({**head, "expect": {"color": 1}})),
                         '1: expect.color: unknown field: there are "verdict", "property", "finding" and "fingerprint"')
        for kind, wanted in (("delvier", 'did you mean "deliver"?'), ("explode", 'see "synod list schema"')):
            self.assertEqual(self.told("recorded.json", json.dumps({**head, "steps": [{"at": 1, "step": kind}]})),
                             f'1: steps[0].step: no step "{kind}": {wanted}')
        text = self.read("history.json").replace('"value"', '"colour"')
        self.assertRegex(self.told("history.json", text), r'^1: operations\[0\]\.colour: unknown field: there are "client", ')

    def test_names_of_what_there_is_are_guessed_only_where_they_are_near(self):
        head = {"format": "synod run", "version": 1}
        for field, value, why in (
                ("protocol", "paxoss", 'no protocol "paxoss": did you mean "paxos"?'),
                ("protocol", "raft", 'no protocol "raft": there are "paxos", "two_phase_commit", "three_phase_commit" and '
                                     '"paxos_commit"'),
                ("mutants", ["sd-pick-ow"], 'no mutant "sd-pick-ow" of paxos: did you mean "sd-pick-own"?'),
                ("mutants", ["wrong"], 'no mutant "wrong" of paxos: see "synod list mutants"')):
            self.write("mistake.json", json.dumps({**head, field: value}))
            self.assertEqual(self.complaint("run", "--seed", "1", "--scenario", "mistake.json"), f"mistake.json: {why}")


if __name__ == "__main__":
    main()
