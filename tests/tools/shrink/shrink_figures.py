#!/usr/bin/env python3
"""How short every planted bug gets: found by a campaign from each of some seeds on, and shrunk.

    SYNOD_PROGRAM=build/release/synod tests/tools/shrink/shrink_figures.py [FIRST_SEED…]

For each first seed: steps before and after, and replays; for the bug, the most seconds that one took.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAM = pathlib.Path(os.environ["SYNOD_PROGRAM"]).resolve()


def synod(*arguments, folder):
    return subprocess.run([PROGRAM, *map(str, arguments)], cwd=folder, text=True, check=False,
                          stdout=subprocess.PIPE).stdout


def figures_of(mutant, first_seed, folder):
    report = synod("fuzz", "--mutant", mutant, "--first-seed", first_seed, "--no-shrink", folder=folder)
    trace = re.search(r"^  trace +(.*)$", report, re.MULTILINE)
    if trace is None:
        return None
    synod("shrink", trace.group(1), "-o", "min.json", "--force", "--json", "figures.json", folder=folder)
    return json.loads((pathlib.Path(folder) / "figures.json").read_text(encoding="utf-8"))


def text_of(figures):
    if figures is None:
        return "not found"
    why = " (the original)" if "original" in figures else ""
    return f"{figures['property']} {figures['steps_before']} → {figures['steps_after']}{why}, {figures['replays']}"


def main():
    first_seeds = sys.argv[1:] or [1]
    with tempfile.TemporaryDirectory() as folder:
        listed = synod("list", "mutants", folder=folder)
        print("| Bug |", " | ".join(f"from seed {seed}" for seed in first_seeds), "| s |")
        print("|---|" + "---|" * (len(first_seeds) + 1))
        for mutant in re.findall(r"^(\S+)\n    .*\n    bug; ", listed, re.MULTILINE):
            rows = [figures_of(mutant, seed, folder) for seed in first_seeds]
            seconds = max((row["seconds"] for row in rows if row), default=0)
            print(f"| {mutant} |", " | ".join(map(text_of, rows)), f"| {seconds:.2f} |", flush=True)


if __name__ == "__main__":
    main()
