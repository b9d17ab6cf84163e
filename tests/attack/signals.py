"""Signals at any moment: what is there is whole, and who asks it to end is heard."""

import signal

from program import LONG, SHORT

ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
OTHERS = [signal.SIGKILL]


def attack(self):
    verb = self.program.verbs[self.number % len(self.program.verbs)]
    draw = self.rng.random()
    if draw < 0.2:
        are_heard_alike(self, long_verb(self))
    elif draw < 0.25:
        goes_on_without_a_terminal(self, long_verb(self))
    else:
        at_any_moment(self, verb)


def long_verb(self):
    return self.rng.choice([verb for verb in self.program.verbs if any(verb.find(name) for name in LONG)])


def command(self, verb):
    bounds = self.rng.choice([SHORT, LONG, LONG])
    return self.some_command(verb, bounds, **self.rng.choice([{}, {"--mutant": "sd-pick-own"}]))


def moment(self):
    """While it starts, as likely as much later."""
    return 10 ** self.rng.uniform(-3, 0.3)


def at_any_moment(self, verb):
    sends = [(moment(self), self.rng.choice(ENDING * 2 + OTHERS))]
    if self.rng.random() < 0.3:
        sends.append((moment(self), self.rng.choice(ENDING + OTHERS)))
    if self.rng.random() < 0.1:  # of a pipe that nobody reads a write tells, and no signal
        sends.insert(0, (moment(self), signal.SIGPIPE))
    self.run(command(self, verb), signals=tuple(sends))


def are_heard_alike(self, verb):
    """Who is told to end by a time limit, or as the terminal closes, has as much to say as after Ctrl-C."""
    words = self.some_command(verb, LONG)
    after = self.rng.uniform(0.8, 1.2)
    interrupted = self.run(words, signals=((after, signal.SIGINT),))
    if not interrupted.sent or interrupted.status < 0:
        return  # it had ended, or Ctrl-C just ends it
    for other in (signal.SIGTERM, signal.SIGHUP):
        for _ in range(2):  # for a moment at which Ctrl-C would just end it, too
            outcome = self.run(words, signals=((after, other),))
            if not outcome.sent or outcome.status >= 0:
                break
        else:
            self.fail(f"is lost to {other.name}, where SIGINT gets a report", outcome)


def goes_on_without_a_terminal(self, verb):
    """Under nohup, a hangup ends nothing."""
    words = self.some_command(verb, LONG)
    control = self.run(words, signals=((3.0, signal.SIGINT),))
    if not control.sent:
        return  # too short to tell
    outcome = self.run(words, ignored=(signal.SIGHUP,), signals=((0.7, signal.SIGHUP), (0.5, signal.SIGINT)))
    self.expect(outcome.sent != [signal.SIGHUP], "is ended by a hangup that nohup has it ignore", outcome)
