"""A thousand seeds leave one fingerprint, whatever built the program.

The same campaign runs in three builds: g++ optimised, g++ -O0 with sanitizers, clang++. All must end
alike and print the same fingerprint, or a failing seed found in one could not be repeated in another.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

SEEDS = 1000


def campaign(program, folder):
    """Exit code and fingerprint of the campaign run by `program`."""
    report = folder / f"{program.parent.name}.json"
    run = subprocess.run(
        [program, "fuzz", "--seeds", str(SEEDS), "--keep-going", "--json", report],
        cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", check=False)
    try:
        fingerprint = json.loads(report.read_text())["fingerprint"]
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"{program} left no fingerprint ({error!r}), exit code {run.returncode}:\n"
                 f"{run.stdout[-4000:]}")
    if not isinstance(fingerprint, str) or not fingerprint:
        sys.exit(f"{program}: the fingerprint is {fingerprint!r}, not some text")
    return run.returncode, fingerprint


def main():
    root = pathlib.Path(os.environ["SYNOD_SOURCE_DIR"])
    programs = [root / "build" / build / "synod" for build in ("release", "asan", "clang")]
    missing = [str(program) for program in programs if not program.exists()]
    if missing:
        sys.exit(f"not built: {', '.join(missing)}. Run 'tools/dev test', which builds all three")
    with tempfile.TemporaryDirectory() as folder:
        ends = {program: campaign(program, pathlib.Path(folder)) for program in programs}
    for program, (exit_code, fingerprint) in ends.items():
        print(f"{fingerprint}  exit code {exit_code}  {program}")
    if len(set(ends.values())) != 1:
        sys.exit(f"the builds disagree about the same {SEEDS} seeds")


main()
