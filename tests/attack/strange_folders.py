"""Folders of traces in which there is what is no trace: each gets its error, and the others their verdict."""

import os
import xml.etree.ElementTree

import document
from mutations import in_strange_words
from oracle import BAD_USAGE, HOLDS, malformed


def a_pipe(path):
    os.mkfifo(path)


def a_dangling_link(path):
    os.symlink("nowhere.json", path)


def a_loop(path):
    os.symlink(os.path.basename(path), path)


def a_folder(path):
    os.mkdir(path)


def an_unreadable_file(path):
    open(path, "wb").close()
    os.chmod(path, 0)


def an_unreadable_folder(path):
    os.mkdir(path, 0)


def a_huge_file(path):
    with open(path, "wb") as file:
        file.truncate(3 << 30)


def a_device(path):
    os.symlink("/dev/zero", path)


def a_nest(path):
    with open(path, "w", encoding="ascii") as file:
        file.write("[" * 200_000)


def an_empty_file(path):
    open(path, "wb").close()


ODD = [a_pipe, a_dangling_link, a_loop, a_folder, an_unreadable_file, an_unreadable_folder, a_huge_file,
       a_device, a_nest, an_empty_file]
NAMES = ["x", "\udcff", "a\nb", "\x1b[31m", "\x9b", "\u202e", "\uffff", "a b", "-x", "'\"<&>", "x" * 250]


def attack(self):
    odd = self.rng.sample(ODD, self.rng.choice([0, 1, 1, 2]))
    names = self.rng.sample(NAMES, len(odd))
    for make, name in zip(odd, names):
        make(os.path.join(os.fsencode(self.box.path("kept")), os.fsencode(name) + b".json"))
    for name in self.rng.sample([name for name in NAMES if name not in names], self.rng.choice([0, 1, 2])):
        retell(self, name)
    self.box.write("report.xml", "old")
    verb = self.rng.choice([verb for verb in self.program.verbs
                            if any(option.is_input_folder for option in verb.options)])
    if verb.name != "regress" or self.rng.random() < 0.3:
        self.run(self.some_command(verb, {}, DIR="kept"))
    if verb.name == "regress":
        report(self, len(odd))


def retell(self, name):
    """A good trace of that name, which is told in strange words."""
    trace = document.read(self.box.read("violated.json"))
    in_strange_words(self.rng, trace)
    self.box.write(f"kept/{name}.json", document.write(trace))


def report(self, odd_count):
    good_count = len([name for name in os.listdir(self.box.path("kept")) if name.endswith(".json")]) - odd_count
    outcome = self.run(["regress", "kept", "--junit", "report.xml", "--json", "report.json", "--jobs",
                        self.rng.choice(["1", "2", "5"])], seconds=10)
    self.expect(not outcome.is_stopped, "waits for what is no trace", outcome)
    self.expect(outcome.status == (BAD_USAGE if odd_count else HOLDS) or outcome.is_stopped,
                f"ends with status {outcome.status} for {odd_count} that are no traces", outcome)
    if malformed(self.box.path("report.xml")):
        self.fail(f"report.xml is {malformed(self.box.path('report.xml'))}", outcome)
        return
    cases = xml.etree.ElementTree.parse(self.box.path("report.xml")).findall(".//testcase")
    errors = [case for case in cases if case.find("error") is not None]
    self.expect(len(cases) == good_count + odd_count and len(errors) == odd_count,
                f"reports {len(cases)} traces and {len(errors)} errors, where there are {good_count} traces "
                f"and {odd_count} that are none", outcome)
