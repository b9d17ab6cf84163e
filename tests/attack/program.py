"""What the program can be told, read from its own --help: so a new verb or option is attacked at once.

All that is written by hand here is one value that each required argument takes, and what makes a command
short or long. A verb whose required argument has none is a mistake that the test reports.
"""

import dataclasses
import re
import subprocess

# Valid values, by name of the argument or, for all others, by what the help calls its kind. The files
# are those that corpus.write_samples writes.
SAMPLES = {"TRACE": "violated.json", "HISTORY": "history.json", "DIR": "kept", "--compare": "holds.json", "--whatif": "whatif.json",
           "--coverage-of": "explored.json", "--name": "what_broke", "--to": "mermaid", "WHAT": "mutants"}

# What keeps a command short, or makes it long, wherever a verb has such an option.
SHORT = {"--seed": "1", "--seeds": "20", "--budget": "20", "--trials": "1", "--samples": "2",
         "--ballots-max": "1", "--mutants": "sd-volatile-promise"}
LONG = {"--seed": "1", "--seeds": "1000000", "--budget": "1000000", "--trials": "1000",
        "--samples": "100000", "--ballots-max": "3", "--clients": "3", "--losses-max": "2"}


@dataclasses.dataclass
class Option:
    names: list
    kind: str = ""  # "" for a flag
    default: str = ""
    is_required: bool = False
    about: str = ""

    @property
    def name(self):
        return self.names[-1]

    @property
    def is_positional(self):
        return not self.name.startswith("-")

    @property
    def is_input(self):
        return "FILE" in self.kind and not self.is_output

    @property
    def is_output(self):
        return self.kind == "FILE" and re.match(r"(where to )?write\b", self.about, re.I) is not None

    @property
    def is_input_folder(self):
        return self.kind == "DIR" and self.is_positional

    @property
    def is_output_folder(self):
        return self.kind == "DIR" and not self.is_positional

    def sample(self):
        return SAMPLES.get(self.name, SAMPLES.get(self.kind))


@dataclasses.dataclass
class Verb:
    name: str
    options: list

    def find(self, name):
        return next((option for option in self.options if name in option.names), None)

    def command(self, bounds, **given):
        """Words for it: what it requires, what bounds it, and what is given (out="x" for --out x)."""
        values = {option.name: option.sample() for option in self.options if option.is_required}
        values |= {name: value for name, value in bounds.items() if self.find(name)}
        values |= {name: value for name, value in given.items() if self.find(name)}
        words = [self.name]
        for name, value in values.items():
            words += [value] if self.find(name).is_positional else [name, value]
        return words

    def parse(self, words):
        """Pairs of an option and its value ("" for a flag), of the words behind the verb."""
        positionals = [option for option in self.options if option.is_positional]
        pairs, words = [], list(words)
        while words:
            name, has_value, value = words.pop(0).partition("=")
            option = self.find(name) if name.startswith("-") else None
            if option is None:
                if positionals:
                    pairs.append((positionals.pop(0), name + has_value + value))
            else:
                pairs.append((option, value if has_value or not option.kind or not words else words.pop(0)))
        return pairs


def read_option(line, about):
    names, *words = line.split()
    option = Option(names.split(","), about=about)
    while words:
        word = words.pop(0)
        if word == "REQUIRED":
            option.is_required = True
        elif word in ("Needs:", "Excludes:"):
            while words and words[0].startswith("-"):
                words.pop(0)
        elif not word.startswith("...") and not option.kind:
            option.kind, _, option.default = word.partition("=")
    return option


def read_options(text):
    options, is_section, lines = [], False, text.splitlines()
    for i, line in enumerate(lines):
        if not line.startswith(" "):
            is_section = line in ("Positionals:", "Options:")
        elif is_section and re.match(r"  \S", line):
            left, _, about = line[2:].partition("  ")
            is_below = not about and i + 1 < len(lines) and lines[i + 1].startswith("     ")
            options.append(read_option(left, (lines[i + 1] if is_below else about).strip()))
    return [option for option in options if "--help" not in option.names]


class Program:
    def __init__(self, path):
        self.path = path
        listed = self.told("--help").split("Subcommands:\n")[1].split("\n\n")[0]
        self.verbs = [Verb(name, read_options(self.told(name, "--help")))
                      for name in re.findall(r"^  (\S+)", listed, re.MULTILINE)]

    def told(self, *words):
        return subprocess.run([self.path, *words], check=True, capture_output=True, text=True,
                              encoding="utf-8").stdout

    def verb(self, name):
        return next((verb for verb in self.verbs if verb.name == name), None)

    def not_covered(self):
        """Required arguments of which no value is known here."""
        return [f"{verb.name} {option.name} {option.kind}" for verb in self.verbs
                for option in verb.options if option.is_required and option.sample() is None]

    def readers(self):
        """Each place where a file can be given to be read, as a verb and an option."""
        return [(verb, option) for verb in self.verbs for option in verb.options
                if option.is_input or option.is_input_folder]

    def writers(self):
        return [(verb, option) for verb in self.verbs for option in verb.options if option.is_output]
