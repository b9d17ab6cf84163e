"""No source takes long to compile: everybody pays for the slowest, every day.

Which one that is, is read off ninja's log of the release build, where what came out of a compiler cache
took no time and is not asked about. That one is compiled again, past the cache; what counts is processor
time, in that of a small source with the libraries that all of ours use, so that neither the machine nor
what else runs on it matters much.
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

from compile_time import baseline_seconds, cpu_seconds

BUILD = pathlib.Path(os.environ["SYNOD_PROGRAM"]).parent
# On the machine on which the baseline takes 3 s, 75 s.
COMPILE_TIME_MAX = 25


def slowest_object(commands):
    """Of those that are still built, and not for one test alone; the last entry of each counts."""
    outputs = {re.search(r" -o (\S+) ", one["command"]).group(1) for one in commands}
    milliseconds = {}
    with open(BUILD / ".ninja_log", encoding="utf-8") as log:
        for line in log:
            entry = line.rstrip("\n").split("\t")
            if len(entry) == 5 and entry[3] in outputs and (BUILD / entry[3]).exists():
                milliseconds[entry[3]] = int(entry[1]) - int(entry[0])
    return max(milliseconds, key=milliseconds.get) if milliseconds else None


def command_for(source, output, like):
    """As in `like`, an entry of compile_commands.json, without a launcher and elsewhere."""
    words = shlex.split(like["command"])
    if pathlib.Path(words[0]).name == "ccache":
        words = words[1:]
    words[words.index("-o") + 1] = output
    words[words.index("-c") + 1] = source
    return words


def run(command):
    subprocess.run(command, cwd=BUILD, env={**os.environ, "CCACHE_DISABLE": "1"},
                   stdin=subprocess.DEVNULL, check=True)


def main():
    commands = json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8"))
    name = slowest_object(commands)
    slowest = next((one for one in commands if name is not None and f" {name} " in one["command"]), None)
    if slowest is None:
        sys.exit(f"{BUILD}: no source is known to have been compiled there")
    plain = next(one for one in commands if one["file"].endswith("/tools/main.cpp"))
    with tempfile.TemporaryDirectory() as folder:
        baseline = baseline_seconds(
            lambda source, output: run(command_for(source, output, plain)), folder)
        seconds = cpu_seconds(lambda: run(command_for(slowest["file"], f"{folder}/out.o", slowest)))
    told = (f"{slowest['file']}: {seconds:.1f} CPU-seconds, {seconds / baseline:.1f} times the baseline "
            f"of {baseline:.1f} s")
    print(told)
    if seconds > COMPILE_TIME_MAX * baseline:
        sys.exit(f"{told}: at most {COMPILE_TIME_MAX} times is allowed")


main()
