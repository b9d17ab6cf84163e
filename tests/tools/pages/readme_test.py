"""The examples of README.md and scenarios/README.md do what they say they do.

Every block marked ```console is run, in order, in one temporary folder that stands for a checkout:
build/release/synod, and synod, is the program, and `tools/dev VERB` runs it as the real one would. A
block marked ```json is a file first, where the paragraph before it ends with its name. A line that
starts with "$ " is a command, and a backslash at its end continues it; the lines after it are what it
must write. There, "…" alone on a line stands for any number of lines, and inside a line for anything.
A line "(exit status N)" at the end says how the command must exit; without it, with 0.
"""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["SYNOD_SOURCE_DIR"])
PROGRAM = pathlib.Path(os.environ["SYNOD_PROGRAM"])
DOCUMENTS = ("README.md", "scenarios/README.md")
ANYTHING = "…"

DEV = f"""#!/bin/sh
case "$1" in
  '' | test | format) echo "tools/dev $1 is not for an example that a test runs" >&2; exit 99 ;;
  *) exec "$(cd "$(dirname "$0")/.." && pwd)/build/release/synod" "$@" ;;
esac
"""


class Example:
    """One command, with what it must write and how it must exit."""

    def __init__(self, line, command):
        self.line = line  # of the README
        self.command = command
        self.output = []
        self.status = 0


def marked_blocks(text, marks):
    """The blocks marked so: for each, its mark, the number of its first line and its lines."""
    blocks, fence, lines = [], None, []
    for number, line in enumerate(text.splitlines(), 1):
        if fence is None:
            found = re.match(r"( *)(`{3,}|~{3,}) *(\w*)", line)
            if found:
                indent, fence, language = found.groups()
                lines = []
                if language in marks:
                    blocks.append((language, number + 1, lines))
        elif line.strip() == fence:
            fence = None
        else:
            lines.append(line.removeprefix(indent))
    if fence is not None:
        raise ValueError(f"the block after line {number - len(lines)} has no end")
    return blocks


def console_blocks(text):
    return [(first_line, lines) for _, first_line, lines in marked_blocks(text, ["console"])]


def file_of_block(text, first_line):
    """The name at the end of the paragraph before the block, as in "`chain.json`:"; None without."""
    before = [line for line in text.splitlines()[:first_line - 1] if line]
    found = re.search(r"`([\w-]+\.json)`:$", before[-2]) if len(before) > 1 else None
    return found.group(1) if found else None


def examples_of(first_line, lines):
    examples = []
    is_continued = False
    for number, line in enumerate(lines, first_line):
        if is_continued:
            examples[-1].command += "\n" + line
        elif line.startswith("$ "):
            examples.append(Example(number, line.removeprefix("$ ")))
        elif not examples:
            raise ValueError(f"line {number}: output without a command: a command starts with '$ '")
        else:
            examples[-1].output.append(line.rstrip())
            continue
        is_continued = examples[-1].command.endswith("\\")
    for example in examples:
        strip_blank_end(example.output)
        found = re.fullmatch(r"\(exit status (\d+)\)", example.output[-1]) if example.output else None
        if found:
            example.status = int(found.group(1))
            example.output.pop()
            strip_blank_end(example.output)
    return examples


def strip_blank_end(lines):
    while lines and not lines[-1]:
        lines.pop()


def is_like(expected, actual):
    return re.fullmatch(".*".join(map(re.escape, expected.split(ANYTHING))), actual) is not None


def differences(expected, actual):
    """The shortest way to tell how the lines differ, as lines that start with "-" (expected, and not
    there), "+" (there, and not expected) or " ". None when they do not differ."""
    width, height = len(actual), len(expected)
    # cost[i][j]: the fewest marked lines from expected[i:] and actual[j:] on.
    cost = [[0] * (width + 1) for _ in range(height + 1)]

    def ways(i, j):
        if i < height and expected[i] == ANYTHING:
            yield 0, i + 1, j, None
            if j < width:
                yield 0, i, j + 1, " " + actual[j]
        elif i < height:
            if j < width and is_like(expected[i], actual[j]):
                yield 0, i + 1, j + 1, " " + actual[j]
            yield 1, i + 1, j, "-" + expected[i]
        if j < width:
            yield 1, i, j + 1, "+" + actual[j]

    def best(i, j):
        return min(ways(i, j), key=lambda way: way[0] + cost[way[1]][way[2]])

    for i in range(height, -1, -1):
        for j in range(width, -1, -1):
            if (i, j) != (height, width):
                price, next_i, next_j, _ = best(i, j)
                cost[i][j] = price + cost[next_i][next_j]
    if cost[0][0] == 0:
        return None
    lines, i, j = [], 0, 0
    while (i, j) != (height, width):
        _, i, j, line = best(i, j)
        lines += [] if line is None else [line]
    return lines


def complaints_about(example, folder, document="README.md"):
    """Runs it. Returns what is wrong, in lines; none when all is well."""
    environment = {**os.environ, "PATH": f"{folder / 'build' / 'release'}:{os.environ['PATH']}"}
    run = subprocess.run(["bash", "-c", example.command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
                         errors="replace", check=False, timeout=300)
    actual = [line.rstrip() for line in run.stdout.splitlines()]
    strip_blank_end(actual)
    complaints = []
    if run.returncode != example.status:
        complaints.append(f"exit status {run.returncode} instead of {example.status}")
    different = differences(example.output, actual)
    if different is not None:
        complaints += [f"what {document} says (-) and what was written (+):", *different]
    if complaints:
        complaints.insert(0, f"{document}:{example.line}: $ {example.command}")
    return complaints


def make_checkout(folder):
    (folder / "build" / "release").mkdir(parents=True)
    (folder / "build" / "release" / "synod").symlink_to(PROGRAM)
    (folder / "tools").mkdir()
    dev = folder / "tools" / "dev"
    dev.write_text(DEV, encoding="utf-8")
    dev.chmod(0o755)


class ReadmeTest(unittest.TestCase):

    def test_every_example_does_what_it_says(self):
        for document in DOCUMENTS:
            with self.subTest(document):
                self.check(document)

    def check(self, document):
        text = (ROOT / document).read_text(encoding="utf-8")
        count = 0
        complaints = []
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            make_checkout(folder)
            for mark, first_line, lines in marked_blocks(text, ["console", "json"]):
                if mark == "console":
                    examples = examples_of(first_line, lines)
                    count += len(examples)
                    complaints += [complaints_about(example, folder, document) for example in examples]
                elif file := file_of_block(text, first_line):
                    (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.assertTrue(count, f"{document} has no block marked ```console with a command in it")
        wrong = ["\n".join(lines) for lines in complaints if lines]
        if wrong:
            self.fail(f"{len(wrong)} of {count} examples are wrong\n\n" + "\n\n".join(wrong))


class ReadingTest(unittest.TestCase):
    """That an example is run and judged at all."""

    def test_only_console_blocks_are_read(self):
        text = "```sh\n$ no\n```\n\n```console\n$ yes\n```\n- a list\n  ```console\n  $ too\n  out\n  ```\n"
        self.assertEqual(console_blocks(text), [(6, ["$ yes"]), (10, ["$ too", "out"])])
        self.assertEqual(console_blocks("no block"), [])
        with self.assertRaises(ValueError):
            console_blocks("```console\n$ never ends\n")

    def test_a_block_of_json_is_a_file_where_it_has_a_name(self):
        text = "Save it\nas `a-b.json`:\n\n```json\n{}\n```\n\n`c.json` is none:\n\n```json\n{}\n```\n"
        blocks = marked_blocks(text, ["json"])
        self.assertEqual(blocks, [("json", 5, ["{}"]), ("json", 11, ["{}"])])
        self.assertEqual([file_of_block(text, first) for _, first, _ in blocks], ["a-b.json", None])

    def test_a_block_is_commands_each_with_its_output(self):
        first, second = examples_of(7, ["$ one \\", "  more", "a", "", "b", "", "(exit status 3)", "",
                                        "$ two"])
        self.assertEqual((first.line, first.command, first.output, first.status),
                         (7, "one \\\n  more", ["a", "", "b"], 3))
        self.assertEqual((second.line, second.command, second.output, second.status), (15, "two", [], 0))
        with self.assertRaises(ValueError):
            examples_of(1, ["output", "$ command"])

    def test_the_ellipsis_stands_for_anything(self):
        for expected in (["…"], ["a", "…"], ["…", "c"], ["a", "…", "c"], ["a", "b", "c", "…"],
                         ["…", "b", "…"], ["a", "…b…", "c"]):
            self.assertIsNone(differences(expected, ["a", "b", "c"]), expected)
        self.assertIsNone(differences(["seed …, … steps (…)"], ["seed 5, 17 steps (1 run)"]))
        self.assertIsNone(differences(["…"], []))
        self.assertIsNone(differences([], []))

    def test_differences_are_shown_line_by_line(self):
        self.assertEqual(differences(["a", "x", "c"], ["a", "b", "c"]), [" a", "-x", "+b", " c"])
        self.assertEqual(differences(["…", "x"], ["a", "b"]), [" a", " b", "-x"])
        self.assertEqual(differences([], ["a"]), ["+a"])
        self.assertEqual(differences(["a.c"], ["abc"]), ["-a.c", "+abc"])
        self.assertIsNotNone(differences(["a…d"], ["abc"]))

    def test_examples_run_in_something_like_a_checkout(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            make_checkout(folder)
            for command in ("build/release/synod list faults", "tools/dev list faults",
                            "cd build && ../tools/dev list faults"):
                example = Example(1, command)
                example.output = ["…", "drop …", "…"]
                self.assertEqual(complaints_about(example, folder), [])
            wrong = Example(1, "tools/dev test")
            self.assertIn("exit status 99 instead of 0", complaints_about(wrong, folder))


if __name__ == "__main__":
    unittest.main()
