"""Every file of JSON that a verb reads, damaged in every place: one line says where it is wrong. One reader
reads them all, with the same limits."""

import copy
import json
import random

from command_line import BAD_USAGE, SOURCE_DIR, VIOLATED, CommandLineTest, main

HUGE = "1" * 400

# In the place of any value.
WRONG_VALUES = [None, True, -1, 2**63, 2**64, 10**30, 0.5, "", "x", "\n\x1b[31m", [], [1], [[]], {}, {"a": 1},
                "y" * 1000]


def places_in(value, path=()):
    """The path of every value in a document."""
    yield path
    if isinstance(value, dict):
        for name, member in value.items():
            yield from places_in(member, (*path, name))
    elif isinstance(value, list):
        for index, element in enumerate(value[:3]):
            yield from places_in(element, (*path, index))


def changed(document, path, change):
    """A copy in which `change` was done to what holds the last of `path`."""
    document = copy.deepcopy(document)
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    change(inner, path[-1])
    return document


class DamagedJsonTest(CommandLineTest):

    def setUp(self):
        super().setUp()
        self.synod("run", "--scenario", "late_client", "--mutant", "sd-pick-own", "--seed", "5000",
                   "--trace", "trace.json", status=VIOLATED)
        self.synod("explore", "--nodes", "2", "--ballots-max", "1", "--slow-writes", "--requests", "writes",
                   "--timeouts-max", "0", "--refusing", "n2", "--protocol", "two_phase_commit", "--json",
                   "explored.json")
        self.synod("whatif", "trace.json", "--samples", "2", "--json", "figures.json")
        self.readers = {
            "explored.json": ["fuzz", "--seeds", "1", "--coverage-of"],
            "figures.json": ["view", "trace.json", "--out", "/dev/null", "--whatif"],
            "trace.json": ["replay"],
            "compared.json": ["view", "trace.json", "--out", "/dev/null", "--compare"],
        }
        self.write("compared.json", self.read("trace.json"))

    def read_damaged(self, name, contents):
        """Returns whether it was refused, which must be by one line that says where."""
        self.write("damaged.json", contents)
        run = self.run_synod(*self.readers[name], "damaged.json")
        shown = contents if len(contents) < 3000 else contents[:3000]
        told = f"{name}: {shown!r}\n{run.returncode}\n{run.stdout[-500:]}\n{run.stderr}"
        if run.returncode != BAD_USAGE:
            self.assertIn(run.returncode, (0, 1, 3), told)
            self.assertEqual(run.stderr, "", told)
            return False
        self.assertRegex(run.stderr, r"\Asynod: (damaged\.json(:\d+)?|fuzz|explore): [^\n]+\n\Z", told)
        self.assertTrue(run.stderr.removesuffix("\n").isprintable(), told)
        self.assertLess(len(run.stderr), 600, told)
        for internal in ("internal error", "type_error", "parse_error", "nlohmann", "standard output"):
            self.assertNotIn(internal, run.stderr, told)
        return True

    def test_the_readers_take_what_is_whole(self):
        for name in self.readers:
            self.assertFalse(self.read_damaged(name, self.read(name)), name)

    def test_limits_are_the_same_for_all(self):
        deep = 200000
        for name in self.readers:
            for contents, why in (
                    ("[" * deep, "nested more than 16 deep"), ("[" * deep + "]" * deep, "nested more than 16 deep"),
                    ('{"a":' * deep, "nested more than 16 deep"),
                    ('{"steps": ' + "[" * deep, "nested more than 16 deep"),
                    ("{" + ", ".join(f'"a{i}": 1' for i in range(65)) + "}", "more than 64 fields"),
                    ('{"bounds": 1, "bounds": 2}', "twice in one object"), ("", "empty: give "),
                    ("{", "cut off at the beginning: the file ends, and } is missing"), ("{} {}", "nothing may follow"), ('{"a": 1e999}', None),
                    ('{"a": "\0"}', "a zero byte"), ('{"a": "\udcff"}', "no UTF-8"), ("nul", "no JSON"),
                    (f'{{"a": {HUGE}}}', None), ("\ufeff\ufeff{}", "no JSON")):
                with self.subTest(name=name, contents=contents[:40]):
                    self.assertTrue(self.read_damaged(name, contents.encode("utf-8", "surrogateescape")
                                                      if "\udcff" in contents else contents))
                    if why:
                        self.assertIn(why, self.complaint(*self.readers[name], "damaged.json"))

    def test_a_value_of_any_other_kind_in_any_place(self):
        refused = {}
        for name in self.readers:
            document = json.loads(self.read(name))
            if isinstance(document.get("steps"), list):
                document["steps"] = document["steps"][:3]
            luck = random.Random(name)
            for path in places_in(document):
                for value in luck.sample(WRONG_VALUES, 4):
                    damaged = (changed(document, path, lambda inner, last: inner.__setitem__(last, value))
                               if path else value)
                    refused[name] = refused.get(name, 0) + self.read_damaged(name, json.dumps(damaged))
                if path:
                    refused[name] += self.read_damaged(
                        name, json.dumps(changed(document, path, lambda inner, last: inner.pop(last))))
        for name, count in refused.items():
            self.assertGreater(count, 20, name)

    def test_a_file_cut_off_anywhere_or_with_a_byte_changed(self):
        for name in self.readers:
            contents = self.read(name).encode("utf-8")
            luck = random.Random(name)
            for _ in range(40):
                self.assertTrue(self.read_damaged(name, contents[:luck.randrange(len(contents) - 2)]), name)
                other = bytearray(contents)
                other[luck.randrange(len(other))] = luck.choice(b'{}[]",:0-e\x00\x80\xff a')
                self.read_damaged(name, bytes(other))

    def test_what_another_verb_wrote_is_told_from_what_is_wanted(self):
        self.synod("fuzz", "--seeds", "2000", "--json", "campaign.json")
        self.synod("explain", "trace.json", "--json", "explained.json", status=VIOLATED)
        self.synod("hunt", "--mutants", "sd-pick-own", "--trials", "1", "--json", "hunted.json")
        written = ["campaign.json", "explained.json", "hunted.json", "explored.json", "figures.json", "trace.json"]
        for reader, wanted in (("explored.json", 'what "synod explore --json FILE" writes'),
                               ("figures.json", "synod whatif --json writes"), ("trace.json", "synod run")):
            for other in written:
                if other != reader:
                    with self.subTest(reader=reader, other=other):
                        told = self.complaint(*self.readers[reader], other)
                        self.assertRegex(told, rf"^{other}:\d+: ")
                        if (reader, other) != ("figures.json", "trace.json"):  # which has steps, too
                            self.assertIn(wanted, told)

    def test_a_search_that_was_edited_is_told_where(self):
        explored = json.loads(self.read("explored.json"))
        for path, value, why in (
                (("protocol",), "pax", 'protocol: no protocol "pax": did you mean "paxos"?'),
                (("mutants",), ["sd-pick-own"], 'mutants: no mutant "sd-pick-own" of two_phase_commit'),
                (("bounds", "nodes"), 0, "bounds.nodes: 0: give a whole number from 1 to 9"),
                (("bounds", "nodes"), -3, "bounds.nodes: -3: give a whole number from 1 to 9"),
                (("bounds", "nodes"), 2**32 + 2, "bounds.nodes: 4294967298: give a whole number from 1 to 9"),
                (("bounds", "nodes"), 2.5, "bounds.nodes: 2.5: give a whole number from 1 to 9"),
                (("bounds", "clients"), 10**6, "bounds.clients: 1000000: give a whole number from 1 to"),
                (("bounds", "refusing"), ["n7"], "bounds.refusing: {n7}: give nodes that take part"),
                (("bounds", "refusing"), ["n7", "n7"], 'bounds.refusing[1]: "n7" twice: give it once'),
                (("bounds", "refusing"), [3], "bounds.refusing[0]: 3: give a list of nodes"),
                (("bounds", "requests"), "all", 'bounds.requests: "all": give one of "own", "writes", "any"'),
                (("bounds", "slow_writes"), "yes", 'bounds.slow_writes: "yes": give true or false'),
                (("bounds", "crashes_max"), 101, "bounds.crashes_max: 101: give a whole number from 0 to 100"),
                (("bounds", "crash_effects_max"), 33, "bounds.crash_effects_max: 33: give a whole number from 0 to 32"),
                (("bounds", "timeouts_max"), "no", 'bounds.timeouts_max: "no": give a whole number from 0 to 100'),
                (("bounds",), [], 'bounds: a list: give what "synod explore --json FILE" writes')):
            with self.subTest(path=path, value=value):
                damaged = changed(explored, path, lambda inner, last: inner.__setitem__(last, value))
                self.write("edited.json", json.dumps(damaged, indent=2))
                told = self.complaint("fuzz", "--coverage-of", "edited.json")
                self.assertRegex(told, r"^edited\.json:\d+: ")
                self.assertTrue(told.split(": ", 1)[1].startswith(why), told)
        for path in places_in(explored):
            if path and path[0] in ("protocol", "mutants", "bounds") and isinstance(path[-1], str):
                if path[-1] in ("depth_max", "sleep_sets", "text", "refusing",  # which is the protocol's
                                "requests_max", "retries_max", "failed_writes_max"):  # which older files have not
                    continue
                self.write("edited.json", json.dumps(changed(explored, path, lambda inner, last: inner.pop(last))))
                self.assertEqual(self.complaint("fuzz", "--coverage-of", "edited.json"),
                                 f'edited.json:1: {".".join(path)}: missing: give what "synod explore --json FILE" '
                                 "writes")

    def test_figures_that_were_edited_are_told_where(self):
        figures = json.loads(self.read("figures.json"))
        step = {"step": 0, "violated": 1, "samples": 2}
        for changes, why in (
                ({"steps": [{**step, "violated": 3}]}, "steps[0]: 3 violated of 2 samples"),
                ({"steps": [{**step, "violated": 0, "samples": 0}]}, "steps[0]: 0 violated of 0 samples"),
                ({"steps": [step, step]}, "steps[1]: step 0 is not behind step 0 above"),
                ({"steps": [{**step, "step": 10**6}]}, "steps[0]: there is no such step in this trace"),
                ({"steps": [{**step, "step": -1}]}, "steps[0].step: -1: give a whole number"),
                ({"steps": [{**step, "samples": 1.5}]}, "steps[0].samples: 1.5: give a whole number"),
                ({"critical_step": "x"}, 'critical_step: "x": give a whole number'),
                ({"critical_step": 10**6}, "critical_step: there is no such step in this trace")):
            self.write("edited.json", json.dumps({**figures, **changes}))
            told = self.complaint("view", "trace.json", "--whatif", "edited.json")
            self.assertTrue(told.startswith(f"edited.json:1: {why}"), told)

    def test_no_other_reader_is_in_the_sources(self):
        for folder in ("core", "sim", "properties", "scenarios", "tools"):
            for path in (SOURCE_DIR / folder).rglob("*"):
                if path.suffix in (".h", ".cpp") and path.name != "json_document.cpp":
                    self.assertNotRegex(path.read_text(encoding="utf-8"), r"json::(sax_)?(parse|accept)\b|operator\"\"_json",
                                        f"{path}: parse_json is the one reader of JSON")


if __name__ == "__main__":
    main()
