"""Real files made wrong, given to every verb that reads one; and what is read must be read alike."""

import copy
import json

import document
from attack import verdict_of
from mutations import DEPTH, in_strange_words
from oracle import HOLDS, INCONCLUSIVE, VIOLATED
from program import SHORT
from sandbox import READING_SECONDS

FILE = "mutated.json"


def attack(self):
    if self.rng.random() < 0.07:
        self.rng.choice([flooded, flooded, flooding, *[where_it_belongs] * 4])(self)
        return
    self.box.write(FILE, self.mutator.file(self.setting.corpus.some_text(self.rng)))
    first = self.read_trace(["replay", FILE, "--trace", "again.json"])
    if first.status in (HOLDS, VIOLATED) and not first.is_stopped:
        is_told_alike(self, first)
        if first.status == VIOLATED and self.rng.random() < 0.5:
            is_shrunk_to_the_same(self, first)
        elif first.status == VIOLATED:
            is_told_in_every_way(self)
    elif b"has no steps" in first.stderr:
        is_recorded_as_run(self)
    for verb, option in self.rng.sample(self.program.readers(), 3):
        give(self, verb, option)


def is_told_alike(self, first):
    """The file a second time, as a scenario, and as it was written by the replay."""
    for words in (["replay", FILE], ["run", "--scenario", FILE], ["replay", "again.json"]):
        told = self.read_trace(words)
        self.expect(verdict_of(told) == verdict_of(first),
                    f"{verdict_of(told)}, where replay {FILE} said {verdict_of(first)}", told)


def is_recorded_as_run(self, **conditions):
    seed = str(self.rng.choice([1, 2, 77, 2**64 - 1]))
    run = self.run(["run", "--scenario", FILE, "--seed", seed, "--trace", "run.json"], **conditions)
    if run.status in (HOLDS, VIOLATED, INCONCLUSIVE) and not run.is_stopped:
        told = self.read_trace(["replay", "run.json"])
        self.expect(verdict_of(told) == verdict_of(run),
                    f"{verdict_of(told)}, where the run that wrote it said {verdict_of(run)}", told)
        self.expect("the fingerprint is another" not in told.text,
                    f"has another fingerprint than the run that wrote it ({run})", told)
    self.run(["fuzz", "--scenario", FILE, "--seeds", "20", "--keep-going", "--json", "summary.json"])


def is_shrunk_to_the_same(self, first):
    shrunk = self.run(["shrink", FILE, "-o", "shrunk.json"])
    if shrunk.status == VIOLATED:
        told = self.read_trace(["replay", "shrunk.json"])
        self.expect(verdict_of(told)[:2] == verdict_of(first)[:2],
                    f"{verdict_of(told)}, where what it was shrunk from is {verdict_of(first)}", told)


def is_told_in_every_way(self):
    self.run(["whatif", FILE, "--samples", "2", "--json", "curve.json"])
    self.read_trace(["explain", FILE, "--json", "explained.json"])
    self.read_trace(["view", FILE, "-o", "page.html"])
    form, out = self.rng.choice([("chronicle", "out.json"), ("perfetto", "out.json"), ("mermaid", "out.txt"),
                                 ("dot", "out.dot"), ("shiviz", "out.txt")])
    self.read_trace(["export", FILE, "--to", form, "-o", out])


def give(self, verb, option):
    """The file, or a folder in which it lies, where that verb reads one."""
    name = FILE
    if option.is_input_folder:
        name = "kept"
        self.box.write(f"kept/{FILE}", self.box.read(FILE))
    self.run(self.some_command(verb, SHORT, **{option.name: name}))


def where_it_belongs(self):
    """Each place gets a file of the very kind that it reads, with one value too deep or in strange words."""
    for verb, option in self.program.readers():
        sample = option.sample() if option.is_input and option.sample() else "violated.json"
        file = document.read(self.box.read(self.rng.choice([sample, "holds.json"] if sample == "violated.json"
                                                           else [sample])))
        member = self.rng.choice(file)
        if self.rng.random() < 0.5:
            member[1] = document.nest(self.rng.choice(["[", '{"a":']), DEPTH)
        else:
            in_strange_words(self.rng, file)
        self.box.write(FILE, document.write(file))
        give(self, verb, option)


def flooded(self):
    """A message doubled just before it arrives, however often, leaves it to arrive: what was violated by
    the steps alone still is, or there is said to be too much in flight."""
    violations = [text for text in self.setting.corpus.groups[1] if is_unsafe(document.read(text))]
    trace = document.read(self.rng.choice(violations))
    steps = document.member(trace, "steps")
    i = self.rng.choice([i for i, step in enumerate(steps) if document.member(step, "step") == "deliver"])
    double = copy.deepcopy(steps[i])
    for member in double:
        member[1] = "duplicate" if member[0] == "step" else member[1]
    count = self.rng.choice([1, 100, 60_000, *range(65_520, 65_540), 131_072])
    steps.insert(i, document.repeated(double, count))
    self.box.write(FILE, document.write(trace))
    outcome = self.read_trace(["replay", FILE])
    self.expect(outcome.status != HOLDS, "holds, where the same steps without doubles are violated", outcome)


def flooding(self):
    """A run that brings ever more messages under way."""
    scenario = json.loads((self.setting.source_dir / "scenarios" / "stories" / "calm.json").read_text("utf-8"))
    scenario["configuration"] |= {"operations": 3, "duplicate": self.rng.choice(["9999/10000", "99/100"]),
                                  "delay": "1000..2000", "chaos": 20_000, "steps_max": 80_000}
    del scenario["expect"]
    self.box.write(FILE, json.dumps(scenario))
    is_recorded_as_run(self, seconds=READING_SECONDS)


def is_unsafe(trace):
    """Whether it violates what no later step mends, and has messages."""
    expected = document.member(trace, "expect")
    return (document.member(expected, "verdict") == "violated"
            and document.member(expected, "property") not in ("progress", "termination")
            and any(document.member(step, "step") == "deliver" for step in document.member(trace, "steps")))
