#!/usr/bin/env python3
"""Attacks the program: mutated files, strange options, signals, refused memory, a full file system.

    tests/attack/attack_test.py                            some minutes, as `tools/dev nightly` does
    tests/attack/attack_test.py --minutes 600 --seed 7     longer, and others
    tests/attack/attack_test.py --seed 7 --attack signals:12    exactly this one again

See README.md beside it.
"""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

import full_disk
import mutated_files
import refusals
import signals
import strange_folders
import strange_options
import strange_outputs
from attack import Attack
from corpus import Corpus
from program import Program
from sandbox import Conditions, least_memory, runs

KINDS = {kind.__name__: kind for kind in (mutated_files, strange_options, strange_outputs, strange_folders,
                                          signals, refusals, full_disk)}
SOURCE_DIR = pathlib.Path(os.environ.get("SYNOD_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
PROGRAM = os.environ.get("SYNOD_PROGRAM", str(SOURCE_DIR / "build/release/synod"))

# Of failures that read alike, more are counted but not shown.
SHOWN_MAX = 3

IN_OWN_MOUNTS = "SYNOD_ATTACK_IN_OWN_MOUNTS"


class Setting:
    """What all attacks share."""

    def __init__(self, folder):
        self.source_dir = SOURCE_DIR
        self.program = Program(PROGRAM)
        self.corpus = Corpus(self.program, SOURCE_DIR, pathlib.Path(folder))
        self.least_memory = least_memory(self.program)
        self.may_mount = IN_OWN_MOUNTS in os.environ
        self.may_refuse_processes = runs(self.program, Conditions(is_another_user=True))

    def not_tried(self):
        if self.least_memory is None:
            yield "refused memory: the program as it was built does not start under a limit"
        if not self.may_mount:
            yield "a full file system: none may be mounted here"
        if not self.may_refuse_processes:
            yield "refused processes: another user cannot run the program, and none are refused to root"


def own_mounts():
    """Becomes a process whose mounts nobody else sees, and which go when it ends; where that is allowed."""
    if IN_OWN_MOUNTS in os.environ:
        return
    line = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "none", folder]
        if not shutil.which("unshare") or subprocess.run([*line, *mount], stderr=subprocess.DEVNULL,
                                                         check=False).returncode != 0:
            return
    os.environ[IN_OWN_MOUNTS] = "1"
    os.execvp(line[0], [*line, sys.executable, *sys.argv])


def carry_out(name, seed, setting):
    """One attack in a sandbox; which stays if something was found."""
    folder = tempfile.mkdtemp(prefix=f"synod-attack-{name.replace(':', '-')}-")
    started = time.monotonic()
    attack = Attack(name, seed, setting, pathlib.Path(folder))
    try:
        KINDS[name.split(":")[0]].attack(attack)
    except Exception:  # else one mistake of ours would end all
        attack.failures.append(("", "the attack itself fails", traceback.format_exc()))
    if not attack.failures:
        shutil.rmtree(folder, ignore_errors=True)
    return name, attack.failures, attack.given, time.monotonic() - started, folder


class Report:
    def __init__(self, seed):
        self.seed = seed
        self.alike = {}
        self.given = collections.Counter()
        self.attacks = collections.Counter()
        self.failed = collections.Counter()
        self.seconds = collections.Counter({kind: 0.0 for kind in KINDS})

    def add(self, name, failures, given, seconds, folder):
        kind = name.split(":")[0]
        self.attacks[kind] += 1
        self.failed[kind] += bool(failures)
        self.seconds[kind] += seconds
        self.given += given
        is_shown = False
        for verb, wrong, line in failures:
            alike = f"{kind}: {re.sub('[0-9]+', '', wrong)[:50]}"
            self.alike.setdefault(alike, collections.Counter())[verb] += 1
            if self.alike[alike].total() <= SHOWN_MAX:
                is_shown = True
                print(f"FAILED {name}: {verb} {wrong[:600]!a}\n       {line[:3000]!a}\n       files in {folder}; "
                      f"again with: tests/attack/attack_test.py --seed {self.seed} --attack {name}",
                      flush=True)
        if failures and not is_shown:
            shutil.rmtree(folder, ignore_errors=True)

    def finish(self, setting):
        """The table, and whether all is well."""
        for kind in KINDS:
            print(f"{kind:<16} {self.attacks[kind]:>7} attacks {self.failed[kind]:>6} failed "
                  f"{self.seconds[kind]:>7.0f} s")
        names = [name for verb in setting.program.verbs
                 for name in (verb.name, *(f"{verb.name} {option.name}" for option in verb.options))]
        never = [name for name in names if not self.given[name]]
        print(f"{len(never)} of {len(names)} verbs and options were never given"
              + (": " + ", ".join(never) if 0 < len(never) < len(names) / 4 else ""))
        for alike, verbs in self.alike.items():
            print(f"{verbs.total():>5} times  {alike!a}…  ({', '.join(map(str, verbs))})")
        return not self.alike


def names(report, most):
    """Names of attacks, so many of each kind: of the one on which the least time was spent, those under way
    included."""
    numbers = collections.Counter()
    while open_kinds := [kind for kind in KINDS if numbers[kind] < most]:
        kind = min(open_kinds, key=lambda kind: report.seconds[kind] + numbers[kind] - report.attacks[kind])
        yield f"{kind}:{numbers[kind]}"
        numbers[kind] += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=os.environ.get("SYNOD_ATTACK_MINUTES"),
                        help="without it, 100 attacks of each kind in three minutes at most")
    parser.add_argument("--seed", default=os.environ.get("SYNOD_ATTACK_SEED", "1"))
    parser.add_argument("--jobs", type=int, default=1, help="how many attacks at a time")
    parser.add_argument("--attack", action="append", metavar="KIND:NUMBER", help="this one only")
    parser.add_argument("--kind", action="append", choices=list(KINDS), help="attacks of this kind only")
    options = parser.parse_args()
    if not os.access(PROGRAM, os.X_OK):
        parser.error(f"{PROGRAM}: there is no such program: build it, or name another in SYNOD_PROGRAM")
    if unknown := [name for name in options.attack or () if not re.fullmatch(f"({'|'.join(KINDS)}):[0-9]+", name)]:
        parser.error(f"--attack {unknown[0]}: give a kind and a number, as in signals:12")
    own_mounts()
    for kind in set(KINDS) - set(options.kind or KINDS):
        del KINDS[kind]

    # The same attacks on a slow machine and a fast one, unless somebody asks for more.
    most = 100 if options.minutes is None else sys.maxsize
    deadline = time.monotonic() + 60 * (3 if options.minutes is None else options.minutes)
    report = Report(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        setting = Setting(folder)
        for one in setting.not_tried():
            print(f"not tried        {one}")
        not_covered = setting.program.not_covered()
        for one in not_covered:
            print(f"NOT COVERED      {one}: give a value that it takes in tests/attack/program.py")
        if options.attack:
            for name in options.attack:
                report.add(*carry_out(name, options.seed, setting))
        else:
            spend(options, deadline, setting, report, names(report, most))
        sys.exit(0 if report.finish(setting) and not not_covered else 1)


def spend(options, deadline, setting, report, upcoming):
    running = set()
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        while running or time.monotonic() < deadline:
            while len(running) < options.jobs and time.monotonic() < deadline:
                name = next(upcoming, None)
                if name is None:
                    deadline = 0
                else:
                    running.add(pool.submit(carry_out, name, options.seed, setting))
            if not running:
                break
            done, running = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
            for one in done:
                report.add(*one.result())


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    main()
