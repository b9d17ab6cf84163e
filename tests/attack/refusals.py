"""What the system refuses: memory, threads, descriptors, room in a file, standard streams."""

import os
import signal

from oracle import BAD_USAGE
from program import SHORT


def attack(self):
    refusals = [memory, threads, descriptors, room, streams]
    refusal = refusals[self.number % len(refusals)]
    verb = self.program.verbs[self.number // len(refusals) % len(self.program.verbs)]
    refusal(self, verb)


def command(self, verb):
    given = {}
    if self.rng.random() < 0.4:
        given["--mutant"] = "sd-pick-own"  # something is found, shrunk and written
    return self.some_command(verb, SHORT, **given)


def memory(self, verb):
    """From what the program just starts with, to what is plenty."""
    least = self.setting.least_memory
    if least is not None:
        self.run(command(self, verb), limits={"AS": least + int(10 ** self.rng.uniform(3, 9))})


def threads(self, _verb):
    """By the memory of their stacks, and by their number."""
    verb = self.rng.choice([verb for verb in self.program.verbs
                            if verb.find("--jobs") or verb.find("--workers")])
    limits = [] if self.setting.least_memory is None else [{"AS": self.rng.choice([200, 400, 1000]) << 20}]
    limits += [{"NPROC": self.rng.choice([1, 2, 5])}] if self.setting.may_refuse_processes else []
    if not limits:
        return
    many = self.rng.choice(["2", "60", "1000"])
    words = self.some_command(verb, SHORT, **{"--jobs": many, "--workers": many})
    limit = self.rng.choice(limits)
    os.chmod(self.box.folder, 0o777)  # another user is to write there
    self.run(words, limits=limit, is_another_user="NPROC" in limit)


def descriptors(self, verb):
    self.run(command(self, verb), limits={"NOFILE": self.rng.choice([4, 5, 6, 8])})


def room(self, verb):
    limit = self.rng.choice([0, 1, 100, 4096, 10_000])
    ignored = (signal.SIGXFSZ,) if self.rng.random() < 0.7 else ()
    self.run(command(self, verb), limits={"FSIZE": limit}, ignored=ignored)


def streams(self, verb):
    """Closed, full, or with nobody who reads."""
    words = self.rng.choice([command(self, verb), command(self, verb), [verb.name, "--help"], ["--version"],
                             ["--help"], [verb.name, "--no-such-option"], [verb.name, "\x1b[31m"], []])
    conditions = self.rng.choice([
        {"closed": (1,)}, {"closed": (2,)}, {"closed": (0, 1, 2)}, {"closed": (0,)}, {"closed": (1, 2)},
        {"stdout": "/dev/full"}, {"stderr": "/dev/full"}, {"stdout": "/dev/full", "stderr": "/dev/full"},
        {"has_reader": False}])
    control = self.run(words)
    outcome = self.run(words, **conditions)
    if 1 in conditions.get("closed", ()) and control.stdout:
        self.expect(outcome.status == BAD_USAGE or outcome.sent,
                    f"ends with status {outcome.status} though standard output is closed", outcome)
    elif control.status == BAD_USAGE and conditions.get("has_reader", True):
        self.expect(outcome.status == BAD_USAGE, f"ends with status {outcome.status} where it is to complain",
                    outcome)
