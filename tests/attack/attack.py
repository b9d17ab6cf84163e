"""One attack: a sandbox with real files in it, luck of its own, and what it found."""

import collections
import random
import re

import oracle
from mutations import Mutator
from sandbox import READING_SECONDS, Conditions, Sandbox


class Attack:
    def __init__(self, name, seed, setting, folder):
        """`setting` is what all attacks share: the program, the corpus, what the machine permits."""
        self.rng = random.Random(f"{seed} {name}")
        self.number = int(name.split(":")[1])
        self.setting = setting
        self.program = setting.program
        self.box = Sandbox(setting.program, folder)
        self.mutator = Mutator(self.rng, setting.corpus)
        self.failures = []
        self.given = collections.Counter()  # verbs and their options, how often each was given
        setting.corpus.write_samples(folder)

    def run(self, words, cwd=".", **conditions):
        """Runs the program, and judges what came of it."""
        outcome = self.box.run(words, Conditions(**conditions), cwd)
        for wrong in oracle.judge(outcome, self.program):
            self.fail(wrong, outcome)
        if verb := self.program.verb(words[0]) if words else None:
            self.given[verb.name] += 1
            self.given.update(f"{verb.name} {option.name}" for option, _ in verb.parse(words[1:]))
        return outcome

    def read_trace(self, words, **conditions):
        """The same for a verb that only reads a trace: it has to end by itself."""
        outcome = self.run(words, seconds=READING_SECONDS, **conditions)
        self.expect(not outcome.is_stopped, f"takes more than {READING_SECONDS} s", outcome)
        return outcome

    def expect(self, is_so, wrong, outcome):
        if not is_so:
            self.fail(wrong, outcome)

    def fail(self, wrong, outcome):
        self.failures.append((outcome.words[0] if outcome.words else "", wrong, str(outcome)))

    def some_verb(self):
        return self.rng.choice(self.program.verbs)

    def some_command(self, verb, bounds, **given):
        """With flags and outputs drawn, too; how many threads, if it has any."""
        for option in verb.options:
            if option.is_output and option.name not in given and self.rng.random() < 0.6:
                given[option.name] = output_name(verb, option)
            elif option.name in ("--jobs", "--workers") and option.name not in given:
                given[option.name] = self.rng.choice(["1", "2", "7"])
        words = verb.command(bounds, **given)
        for option in verb.options:
            if not option.kind and option.name not in words and self.rng.random() < 0.15:
                words.append(option.name)
        return words


def output_name(verb, option):
    """A new file for it, that ends in what will be in it."""
    ending = {"--junit": "xml", "--markdown": "md", "--dot": "dot"}.get(option.name, "json")
    if option.name == "--out":
        ending = {"view": "html", "shrink": "json"}.get(verb.name, "txt")
    return f"{option.name.strip('-')}_out.{ending}"


def verdict_of(outcome):
    """What a verdict is compared by: its first line (property included) and the fingerprint."""
    verdict = re.search(r"^(holds|violated.*|inconclusive)\b", outcome.text, re.MULTILINE)
    fingerprint = re.search(r"^fingerprint +(\w+)$", outcome.text, re.MULTILINE)
    return (outcome.status, verdict and verdict.group(), fingerprint and fingerprint.group(1))
