"""Every option of every verb, with values that are too large, too small, or no values at all."""

import re

from program import SHORT

NUMBERS = [str(2**n + d) for n in (0, 8, 16, 31, 32, 40, 53, 63, 64) for d in (-1, 0, 1)]
VALUES = [*NUMBERS, "-1", "+1", "1e400", "nan", "inf", "0x10", "010", "1/0", "0/1", "1/3",
          "4294967296/1", "9" * 400, "", " ", "-", "--", "a" * 5000, "1s", "0.000001ms", "99999999h",
          "1K", "17179869184G", "-1G", "\x1b[31m", "\x9b31m", "é", "\u202eexe", "\uffff", "\udcff\udcfe",
          "a\nverdict       forged", "%s%n",
          "../../x", ".", "/", "/dev/null", "/dev/full", "/proc/self/mem", "no/such/x.json", "holds.json/",
          "violated.json", "kept", "all", "sd-pick-own", "n1", "n10", "holds", "violated:agreement", "ordered",
          "x" * 252 + ".json", "x" * 300 + ".json", "\udcff.json", "paxos_commit", "c2-majority"]


def attack(self):
    """The options in turn, so that some hundred attacks have had each; the values by luck."""
    places = [(verb, option) for verb in self.program.verbs for option in verb.options]
    verb, option = places[self.number % len(places)]
    draw = self.rng.random()
    if self.rng.random() < 0.02:
        self.run(["fuzz", "--seeds", "200", "--json", "summary.json", *many_mutants(self)])
        return
    if option.kind and draw < 0.7:
        value = bound(self, verb, option) if draw < 0.2 else self.rng.choice(VALUES)
        words = self.some_command(verb, SHORT, **{option.name: value})
        if not option.is_positional and self.rng.random() < 0.2:
            words[words.index(option.name):][:2] = [f"{option.name}={value}"]
    else:
        words = self.some_command(verb, SHORT)
        words += twisted(self, verb, option)
    self.run(words)


def bound(self, verb, option):
    """The least or the greatest number that it says it takes, or one beside it."""
    said = self.run(verb.command(SHORT, **{option.name: "none"})).stderr.decode("utf-8", "replace")
    if found := re.search(r"from (\d+) to (\d+)", said):
        return str(int(self.rng.choice(found.groups())) + self.rng.choice([-1, 0, 0, 1]))
    return self.rng.choice(VALUES)


def twisted(self, verb, option):
    """Words at the end that should not be there, or that are there too often."""
    value = option.sample() or self.rng.choice(VALUES)
    repeated = [option.name, value] if option.kind else [option.name]
    return self.rng.choice([
        [option.name],
        repeated * 2,
        [f"{option.name}x"],
        [f"{option.name}={value}"],
        ["--", value],
        [self.rng.choice(VALUES)],
        ["--" + self.rng.choice(VALUES)],
        [self.some_verb().name],
        many_mutants(self) if verb.find("--mutant") else repeated * 300,
    ])


def many_mutants(self):
    """Up to all: what they make together may be too long for a name."""
    names = re.findall(r"^((?:sd|rd)-\S+)", self.program.told("list", "mutants"), re.MULTILINE)
    return [word for name in self.rng.sample(names, min(len(names), self.rng.choice([2, 40, 200])))
            for word in ("--mutant", name)]
