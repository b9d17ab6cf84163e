"""Outputs that are inputs, or each other, or links, folders, devices, pipes, or have no good name."""

import os
import subprocess

from attack import output_name
from oracle import BAD_USAGE, HOLDS, INCONCLUSIVE, VIOLATED
from program import SHORT


def attack(self):
    writers = self.program.writers()
    verb, option = writers[self.number % len(writers)]
    place = self.rng.choice([an_input, a_kept_trace, another_output, a_link, a_dangling_link, a_loop,
                             a_pipe, odd])
    place(self, verb, option)


def command(self, verb, option, value, **given):
    given = {option.name: value, **given}
    if verb.find("--to"):
        given["--to"] = self.rng.choice(["mermaid", "shiviz", "perfetto", "dot", "chronicle"])
    return verb.command(SHORT, **given)


def is_refused(self, words):
    """Before the work: an input that is lost is noticed by the oracle, too."""
    outcome = self.run(words)
    self.expect(outcome.status == BAD_USAGE,
                f"ends with status {outcome.status}: an output that is also an input or another output "
                "is to be refused", outcome)


def same_place(self, name):
    """Another way to say a name."""
    other = self.rng.choice(["plain", "dot", "up", "absolute", "link", "through a link"])
    if other == "link":
        os.symlink(name, self.box.path("link"))
        return "link"
    if other == "through a link":
        os.symlink(".", self.box.path("here"))
        return f"here/{name}"
    return {"plain": name, "dot": f"./{name}", "up": f"kept/../{name}", "absolute": self.box.path(name)}[other]


def an_input(self, verb, option):
    readers = [one for one in verb.options if one.is_input]
    if not readers:
        return another_output(self, verb, option)
    reader = self.rng.choice(readers)
    name = reader.sample() or "calm.json"
    if name == "calm.json":
        self.box.write(name, (self.setting.source_dir / "scenarios" / "stories" / name).read_bytes())
    is_refused(self, command(self, verb, option, same_place(self, name), **{reader.name: name}))
    return None


def a_kept_trace(self, verb, option):
    """A file in the folder that is read."""
    if any(one.is_input_folder for one in verb.options):
        is_refused(self, command(self, verb, option, same_place(self, "kept/violated.json"), DIR="kept"))
    else:
        an_input(self, verb, option)


def another_output(self, verb, option):
    others = [one for one in verb.options if one.is_output and one is not option]
    if not others:
        return a_link(self, verb, option)
    self.box.write("out.txt", "old")
    name = same_place(self, "out.txt")
    if self.rng.random() < 0.3:  # neither is there yet
        os.remove(self.box.path("out.txt"))
    is_refused(self, command(self, verb, option, name, **{self.rng.choice(others).name: "out.txt"}))
    return None


def a_link(self, verb, option):
    """Written through, so that the link stays one."""
    name = output_name(verb, option)
    self.box.write(f"kept/{name}", "old")
    os.symlink(f"kept/{name}", self.box.path(name))
    words = command(self, verb, option, name)
    outcome = self.run(words + (["--force"] if verb.find("--force") else []))
    is_done = outcome.status in (HOLDS, VIOLATED) and not outcome.is_stopped and is_sure(option)
    self.expect(not is_done or self.box.read(f"kept/{name}") != b"old",
                f"does not write through the link {name}", outcome)


def a_dangling_link(self, verb, option):
    name = output_name(verb, option)
    os.symlink(f"kept/{name}", self.box.path(name))
    outcome = self.run(command(self, verb, option, name))
    is_done = outcome.status in (HOLDS, VIOLATED) and not outcome.is_stopped and is_sure(option)
    self.expect(not is_done or os.path.exists(self.box.path(f"kept/{name}")),
                f"does not write through the link {name}", outcome)


def is_sure(option):
    """Whether it is written whatever comes of the command: a trace of what was found may not be."""
    return option.name not in ("--trace", "--dot")


def a_loop(self, verb, option):
    name = output_name(verb, option)
    os.symlink(name, self.box.path(name))
    self.run(command(self, verb, option, name))


def a_pipe(self, verb, option):
    """With a reader at its other end."""
    path = self.box.path("pipe")
    os.mkfifo(path)
    end = os.open(path, os.O_RDWR)  # never blocks, nor does the program's opening
    with subprocess.Popen(["cat"], stdin=end, stdout=subprocess.DEVNULL) as reader:
        self.run(command(self, verb, option, "pipe"))
        reader.kill()
    os.close(end)


def odd(self, verb, option):
    ending = os.path.splitext(output_name(verb, option))[1]
    full = "/dev/full"
    name = self.rng.choice([full, full, "/dev/null", "kept", "kept/", ".", "no/such/folder", "holds.json/x",
                            "x" * (255 - len(ending)) + ending, "x" * 256 + ending, "\udcff\udcfe" + ending,
                            "a\nb" + ending, "a\x1b[31mb" + ending, "\x9b" + ending, "\u202e" + ending,
                            "\uffff" + ending, "a b'c\"d" + ending, "-" + ending, "./-x" + ending,
                            "/proc/self/nothing", "x/" * 2100 + "x"])
    outcome = self.run(command(self, verb, option, name))
    if name == full and is_sure(option):
        self.expect(outcome.status not in (HOLDS, VIOLATED, INCONCLUSIVE) or outcome.is_stopped,
                    f"ends with status {outcome.status} though {option.name} is full", outcome)
