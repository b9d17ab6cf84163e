"""A thousand seeds leave one fingerprint, whatever built the program.

The same runs of every protocol, in three builds: g++ optimised, g++ -O0 with sanitizers, clang++. All
must end alike and print the same fingerprints, or a failing seed found in one could not be repeated in
another. The same of small searches: what a search counts is a claim about the protocol, not its build.
"""

import os
import pathlib
import subprocess
import sys

SEEDS = 1000


def fingerprints(program):
    """What `program` prints: a line for each protocol."""
    run = subprocess.run([program, str(SEEDS)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    if run.returncode != 0 or not run.stdout:
        sys.exit(f"{program} failed, exit code {run.returncode}:\n{run.stdout[-4000:]}")
    return run.stdout


def main():
    root = pathlib.Path(os.environ["SYNOD_SOURCE_DIR"])
    programs = [root / "build" / build / "fingerprints" for build in ("release", "asan", "clang")]
    missing = [str(program) for program in programs if not program.exists()]
    if missing:
        sys.exit(f"not built: {', '.join(missing)}. Run 'tools/dev nightly', which builds all three")
    printed = {program: fingerprints(program) for program in programs}
    for program, text in printed.items():
        print(f"{program}\n{text}")
    if any("not as many" in text for text in printed.values()):
        sys.exit("a search does not count what tests/scenarios/explore/counted_spaces.h says")
    if len(set(printed.values())) != 1:
        sys.exit(f"the builds disagree about the same {SEEDS} seeds")


main()
