"""A file system of some kilobytes: what is written is whole, and what is said to be there is there."""

import os
import subprocess

from oracle import VIOLATED
from program import SHORT

DISK = "disk"
PAGE = 4096


def attack(self):
    if not self.setting.may_mount:
        return
    os.mkdir(self.box.path(DISK))
    pages = self.rng.choice([1, 2, 3, 4, 5, 6, 8, 12, 20, 50])
    inodes = self.rng.choice([0, 0, 0, 2, 3, 4])  # 0: as many as are wanted
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={pages * PAGE},nr_inodes={inodes}", "none",
                    self.box.path(DISK)], check=True)
    try:
        if self.number % 3 == 0 and inodes == 0:
            keeps_the_shortest(self, pages)
        else:
            any_command(self, has_inodes=inodes == 0)
    finally:
        subprocess.run(["umount", "--lazy", self.box.path(DISK)], check=True)


def any_command(self, has_inodes):
    verb = self.rng.choice([verb for verb in self.program.verbs
                            if any(one.is_output or one.is_output_folder for one in verb.options)])
    given = {option.name: os.path.join("..", option.sample()) for option in verb.options
             if option.sample() and (option.is_required and option.is_input or option.is_input_folder)}
    if self.rng.random() < 0.5:
        given["--mutant"] = "sd-pick-own"
    conditions = {}
    if has_inodes and self.rng.random() < 0.3:
        conditions["stdout"] = "said.txt"
        self.box.write(f"{DISK}/said.txt", b"x" * self.rng.choice([0, PAGE]))
    self.run(self.some_command(verb, SHORT, **given), cwd=DISK, **conditions)


def keeps_the_shortest(self, pages):
    """Of a violation that was found, a trace that fits is there in the end."""
    words = ["fuzz", "--mutant", self.rng.choice(["sd-pick-own", "sd-volatile-promise"]), "--seeds", "100000"]
    control = self.run(words, cwd=".")
    shrunk = [name for name in control.after if name.startswith("synod-traces/")
              and name.endswith(".json") and not name.endswith(".original.json")]
    outcome = self.run(words, cwd=DISK)
    if control.status != VIOLATED or len(shrunk) != 1 or control.is_stopped or outcome.is_stopped:
        return
    size = -(-os.path.getsize(self.box.path(shrunk[0])) // PAGE)
    kept = [name for name in outcome.after if name.startswith(f"{DISK}/synod-traces/")
            and name.endswith(".json")]
    self.expect(kept or pages < size + 1, f"keeps no trace on a disk of {pages} pages, where the shortest "
                f"has {size}", outcome)
    for name in kept:
        self.expect(self.run(["replay", name]).status == VIOLATED, f"{name} is no trace of it", outcome)
