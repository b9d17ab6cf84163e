"""Runs the program in a folder of its own, under limits and signals, and notes what came of it."""

import ctypes
import dataclasses
import hashlib
import os
import resource
import shlex
import signal
import stat
import subprocess

# Of a campaign without end no more is wanted than that Ctrl-C ends it. Who only reads a file is not
# told to stop before this would be a fault of its own.
CAMPAIGN_SECONDS = 1.0
READING_SECONDS = 120
# From a signal to the end, also on a machine that is busy.
PATIENCE_SECONDS = 60

# So that what takes all memory does not take the machine's.
DATA_BYTES_MAX = 8 << 30

DROP_FROM_BOUNDING_SET, DAC_OVERRIDE, DAC_READ_SEARCH = 24, 1, 2
ANOTHER_USER = 65_533

libc = ctypes.CDLL(None)


@dataclasses.dataclass
class Conditions:
    """What the program is run under; as by default, nothing out of the ordinary."""

    limits: dict = dataclasses.field(default_factory=dict)  # "AS": bytes, as in RLIMIT_AS
    ignored: tuple = ()  # signals
    closed: tuple = ()  # of 0, 1 and 2
    stdout: str = ""  # a file or device instead of a pipe
    stderr: str = ""
    has_reader: bool = True  # of the pipe that is standard output
    is_another_user: bool = False  # for limits that do not bind root
    signals: tuple = ()  # pairs of seconds since the last and a signal
    seconds: float = CAMPAIGN_SECONDS  # until it is told to stop

    def __str__(self):
        parts = [f"ulimit {name} {value}" for name, value in self.limits.items()]
        parts += [f"{signal.Signals(one).name} ignored" for one in self.ignored]
        parts += [f"descriptor {one} closed" for one in self.closed]
        parts += [f"{name} to {where}" for name, where in (("stdout", self.stdout),
                                                            ("stderr", self.stderr)) if where]
        parts += [] if self.has_reader else ["nobody reads standard output"]
        parts += ["as another user"] if self.is_another_user else []
        parts += [f"{signal.Signals(one).name} after {after:.2f} s" for after, one in self.signals]
        return ", ".join(parts)

    def prepare(self):
        """In the child, before it becomes the program."""
        for one in self.ignored:
            signal.signal(one, signal.SIG_IGN)
        for one in self.closed:
            os.close(one)
        if os.geteuid() == 0:  # else no file would be unreadable
            for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
                libc.prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)
        for name, value in {"CORE": 0, "DATA": DATA_BYTES_MAX, **self.limits}.items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))
        if self.is_another_user and os.geteuid() == 0:
            os.setuid(ANOTHER_USER)


@dataclasses.dataclass
class Outcome:
    words: list
    conditions: Conditions
    box: str  # the folder of the sandbox
    folder: str  # in it, where the program ran
    before: dict  # what was in the sandbox
    status: int = 0
    stdout: bytes = b""
    stderr: bytes = b""
    sent: list = dataclasses.field(default_factory=list)  # signals that found it running
    is_stopped: bool = False  # it went on and on, and was told to stop
    is_hung: bool = False  # it did not end when it was told to
    after: dict = dataclasses.field(default_factory=dict)

    @property
    def text(self):
        return self.stdout.decode("utf-8", "replace")

    def __str__(self):
        under = str(self.conditions)
        words = shlex.join(["synod", *(os.fsencode(word).decode("utf-8", "backslashreplace")
                                       for word in self.words)])
        return (words if len(words) < 2000 else words[:2000] + "…") + (f"  ({under})" if under else "")


def entry(path):
    """What a path holds, to be compared."""
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        return ("link", os.readlink(path))
    if not stat.S_ISREG(status.st_mode):
        return ("folder" if stat.S_ISDIR(status.st_mode) else "special", "")
    if status.st_size > 50 << 20:
        return ("file", status.st_size)
    with open(path, "rb") as file:
        return ("file", hashlib.sha256(file.read()).hexdigest())


def everything_in(folder):
    found = {}
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(place, name)
            found[os.path.relpath(path, folder)] = entry(path)
    return found


class Sandbox:
    def __init__(self, program, folder):
        self.program = program
        self.folder = os.path.realpath(folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, contents):
        with open(self.path(name), "wb") as file:
            file.write(contents if isinstance(contents, bytes) else contents.encode())
        return name

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def run(self, words, conditions, cwd="."):
        """Runs it until it ends, or is told to, or must be killed."""
        outcome = Outcome(words, conditions, self.folder, self.path(cwd), everything_in(self.folder))
        files = {name: open(self.path(os.path.join(cwd, where)), "wb") if where else subprocess.PIPE
                 for name, where in (("stdout", conditions.stdout), ("stderr", conditions.stderr))}
        child = subprocess.Popen([self.program.path, *map(os.fsencode, words)], cwd=self.path(cwd),
                                 stdin=subprocess.DEVNULL, preexec_fn=conditions.prepare, **files)
        if not conditions.has_reader:
            child.stdout.close()
            child.stdout = None
        try:
            self._send(child, conditions, outcome)
            outcome.status = child.returncode
        finally:
            child.kill()
            child.wait()
            for file in (*files.values(), child.stdout, child.stderr):
                if hasattr(file, "close"):
                    file.close()
        outcome.after = everything_in(self.folder)
        return outcome

    @staticmethod
    def _send(child, conditions, outcome):
        """Sends the signals that are to be sent, then waits, then tells it to stop."""
        sends = list(conditions.signals)
        seconds = PATIENCE_SECONDS if sends else conditions.seconds
        while True:
            try:
                outcome.stdout, outcome.stderr = (
                    text or b"" for text in child.communicate(timeout=sends[0][0] if sends else seconds))
                return
            except subprocess.TimeoutExpired:
                if not sends and (outcome.is_stopped or outcome.sent):
                    outcome.is_hung = True
                    child.kill()
                    continue
                outcome.is_stopped = not sends
                outcome.sent.append(sends.pop(0)[1] if sends else signal.SIGINT)
                seconds = PATIENCE_SECONDS
                child.send_signal(outcome.sent[-1])


def runs(program, conditions):
    """Whether the program runs at all under such conditions."""
    try:
        run = subprocess.run([program.path, "--version"], stdout=subprocess.DEVNULL, check=False,
                             stderr=subprocess.DEVNULL, preexec_fn=conditions.prepare)
    except subprocess.SubprocessError:  # they cannot be brought about
        return False
    return run.returncode == 0


def least_memory(program):
    """Of the least RLIMIT_AS with which it runs; None where it takes more than a sanitizer leaves."""
    low, high = 0, 1 << 30
    if not runs(program, Conditions(limits={"AS": high})):
        return None
    while high - low > 1 << 16:
        middle = (low + high) // 2
        low, high = (low, middle) if runs(program, Conditions(limits={"AS": middle})) else (middle, high)
    return high
