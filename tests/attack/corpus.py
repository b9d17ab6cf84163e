"""The real files that are made wrong: those of the tree, and those that the program writes."""

import json
import os
import re
import shutil
import subprocess

import document

# What writes a file of each kind; a kept trace that violates stands for {kept}.
RECORDED = {
    "run.json": "run --seed 3 --trace run.json",
    "observed.json": "run --seed 5 --observations --trace observed.json",
    "whatif.json": "whatif {kept} --samples 2 --json whatif.json",
    "explained.json": "explain {kept} --json explained.json",
    "explored.json": "explore --ballots-max 1 --requests writes --workers 1 --json explored.json",
    "blocked.json": "explore --protocol two_phase_commit --crashes-max 1 --restarts-max 0 --workers 1 "
                    "--trace blocked.json",
    "chronicle.json": "export {kept} --to chronicle -o chronicle.json",
    "campaign.json": "fuzz --seeds 20 --json campaign.json",
}

KEPT = "sd_accept_no_check.json"

HISTORY = {"format": "synod history", "version": 1, "model": "register", "operations": [
    {"client": "c1", "operation": "write", "value": 3, "call": 1, "return": 4},
    {"client": "c2", "operation": "read", "result": None, "call": 2, "return": 3},
    {"client": "c2", "operation": "cas", "from": 3, "to": "x", "result": True, "call": 5, "return": 6},
    {"client": "c3", "operation": "write", "value": 5, "call": 6, "outcome": "unknown"}]}


class Corpus:
    def __init__(self, program, source_dir, folder):
        """Records in that folder what the program has to write."""
        kept = source_dir / "scenarios" / "regressions" / KEPT
        for line in RECORDED.values():
            subprocess.run([program.path, *line.format(kept=kept).split()], cwd=folder, check=False,
                           stdout=subprocess.DEVNULL)
        for path in folder.glob("*.json"):  # an attack is to be the same again, and how long it took is not
            path.write_text(re.sub('"seconds": [-0-9.e+]+', '"seconds": 0.5', path.read_text("utf-8")), "utf-8")
        shutil.copy(kept, folder / "violated.json")
        shutil.copy(source_dir / "scenarios" / "stories" / "paxos_rising_numbers.json", folder / "holds.json")
        (folder / "history.json").write_text(json.dumps(HISTORY), "utf-8")
        self.folder = folder
        groups = [source_dir.glob("scenarios/stories/*.json"), source_dir.glob("scenarios/regressions/*.json"),
                  folder.glob("*.json")]
        self.groups = [[path.read_text("utf-8") for path in sorted(group)] for group in groups]
        self.words = self._words()

    def _words(self):
        """What stands under each name anywhere: what is likely to be understood elsewhere, too."""
        words = {}
        for group in self.groups:
            for text in group:
                for place in document.spots(document.read(text)):
                    name, (container, i) = document.name_of(place), place
                    if name is not None and not isinstance(container[i], list):
                        words.setdefault(name, {})[json.dumps(container[i])] = container[i]
        return {name: list(values.values()) for name, values in words.items()}

    def some_text(self, rng):
        return rng.choice(*rng.choices(self.groups, weights=(2, 3, 1)))

    def some_steps(self, rng):
        steps = document.member(document.read(rng.choice(self.groups[1])), "steps") or []
        i = rng.randrange(len(steps) + 1)
        return steps[i:i + rng.choice([1, 5, 50])]

    def write_samples(self, folder):
        """The files that program.SAMPLES names."""
        for name in ("violated.json", "holds.json", "whatif.json", "explored.json", "history.json"):
            shutil.copy(self.folder / name, folder)
        os.mkdir(folder / "kept")
        for name in ("violated.json", "holds.json"):
            shutil.copy(self.folder / name, folder / "kept")
