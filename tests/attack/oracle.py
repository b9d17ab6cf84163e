"""What must be true of the program whatever was done to it."""

import json
import os
import re
import signal
import xml.etree.ElementTree

DOCUMENTED = (0, 1, 2, 3)
HOLDS, VIOLATED, BAD_USAGE, INCONCLUSIVE = DOCUMENTED
BISECT_SKIP = 125

BROKEN = re.compile(rb"internal error|terminate called|what\(\):|Sanitizer|runtime error:|Assertion .* failed")
# Control characters but the line break, and what would break or turn round a line.
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
# A line of ours, in what mutations.py puts into a file.
FORGED = re.compile("^verdict +forged", re.M)
NAMED_FILE = re.compile(r"^ *(trace|original|page|kept|graph) {2,}([\w./-]+\.(?:json|html|dot|md))$", re.M)


def judge(outcome, program):
    """All that is wrong, each in some words; how it ended first."""
    yield from of_status(outcome)
    yield from of_text(outcome)
    yield from of_files(outcome, program)


# ---- How it ended --------------------------------------------------------------------------------

def of_status(outcome):
    status = outcome.status
    if outcome.is_hung:
        yield f"does not end when told to by {signal.Signals(outcome.sent[-1]).name}"
    elif status < 0:
        expected = set(outcome.sent)
        if "FSIZE" in outcome.conditions.limits:
            expected.add(signal.SIGXFSZ)
        if not outcome.conditions.has_reader:
            expected.add(signal.SIGPIPE)
        if any(word.startswith("--stop-at") for word in outcome.words):  # no debugger is there to take it
            expected.add(signal.SIGTRAP)
        if -status not in expected:
            yield f"dies of {signal.Signals(-status).name}"
    elif status not in DOCUMENTED and not (is_bisecting(outcome) and status >= BISECT_SKIP):
        yield f"ends with status {status}, which means nothing"


def is_bisecting(outcome):
    """Under `--bisect`, however it was mistyped, 125 is what cannot be tested, and more ends the bisection."""
    return any(word.startswith("--bisect") for word in outcome.words)


# ---- What it said --------------------------------------------------------------------------------

def of_text(outcome):
    for name, written in (("standard output", outcome.stdout), ("standard error", outcome.stderr)):
        if broken := BROKEN.search(written):
            yield f"says {broken.group().decode()!r}: {said(outcome.stderr)}"
        try:
            text = written.decode("utf-8")
        except UnicodeDecodeError as error:
            if name == "standard error" or outcome.status >= 0:
                yield f"{name} is not UTF-8: {written[max(0, error.start - 30):error.end]!r}"
            continue
        if control := CONTROL.search(text):
            around = text[max(0, control.start() - 30):control.end()]
            yield f"{name} has a control character: {around!r}"
        if FORGED.search(text):
            yield f"{name} has a line that a file wrote"
    is_printable = not outcome.conditions.stdout and 1 not in outcome.conditions.closed
    if is_printable and outcome.conditions.has_reader and b"output cannot be written" in outcome.stderr:
        yield f"complains of standard output, which is well: {said(outcome.stderr)!r}"
    if b"File name too long" in outcome.stderr and all(len(word) < 200 for word in outcome.words):
        yield f"makes a name that is too long: {said(outcome.stderr)!r}"
    is_heard = not outcome.conditions.stderr and 2 not in outcome.conditions.closed
    if outcome.status == BAD_USAGE and is_heard and not re.fullmatch(rb"synod: [^\n]+\n", outcome.stderr):
        yield f"complains not in one line but in: {said(outcome.stderr)!r}"
    if outcome.status >= BISECT_SKIP and outcome.stderr.count(b"\n") > 1:
        yield f"complains in more than one line: {said(outcome.stderr)!r}"
    if outcome.conditions.stdout == "/dev/full" and outcome.status in (HOLDS, VIOLATED, INCONCLUSIVE):
        yield f"ends with status {outcome.status} though standard output is full"


def said(stderr):
    return stderr.decode("utf-8", "replace").strip()


# ---- What it left --------------------------------------------------------------------------------

def of_devices():
    """What every other program on the machine relies on."""
    found = {path: os.stat(path) for path in ("/dev/null", "/dev/zero", "/dev/full")}
    return {path: (oct(status.st_mode), status.st_rdev) for path, status in found.items()}


DEVICES = of_devices()


def of_files(outcome, program):
    if of_devices() != DEVICES:
        yield f"changes a device: {of_devices()} was {DEVICES}"
    inputs, outputs, folders = places(outcome, program)
    was_killed = outcome.status < 0
    for path in sorted(outcome.before.keys() | outcome.after.keys()):
        old, new = outcome.before.get(path), outcome.after.get(path)
        if old == new or (new and new[0] == "folder"):
            continue
        where = os.path.join(outcome.box, path)
        identity = same(where)
        if old is not None:
            is_output = (identity in outputs or any(where.startswith(one + os.sep) for one in folders)
                         or "--force" in outcome.words and is_beside(outcome, where))
            if new is None or new[0] != old[0] or identity in inputs or not is_output:
                yield f"changes {path}, which was there"
        elif path.endswith(".tmp") or is_stray(outcome, where, outputs, folders):
            if not was_killed:
                yield f"leaves {path} behind"
            continue
        is_said = os.path.basename(path) == outcome.conditions.stdout
        if new is not None and new[0] == "file" and not is_said and (wrong := malformed(where)):
            yield f"writes {path}, which is {wrong}"
    for name, path in NAMED_FILE.findall(outcome.text if outcome.status >= 0 else ""):
        if not os.path.exists(os.path.join(outcome.folder, path)):
            yield f"names {path} ({name}), which is not there"


def same(path):
    """What tells whether two paths are one file, through links of either kind."""
    try:
        status = os.stat(path)
    except OSError:
        return os.path.realpath(path)  # where it would be
    return (status.st_dev, status.st_ino)


def places(outcome, program):
    """Identities of the files it was to read and of those it was to write, and folders for traces."""
    verb = program.verb(outcome.words[0]) if outcome.words else None
    defaults = [(option, option.default) for option in verb.options if option.default] if verb else []
    inputs, outputs, folders = set(), set(), []
    for option, value in defaults + (verb.parse(outcome.words[1:]) if verb else []):
        path = os.path.join(outcome.folder, value)
        if option.is_input:
            inputs.add(same(path))
        elif option.is_output:
            outputs.add(same(path))
        elif option.is_output_folder or option.is_input_folder and verb.name == "refresh":
            folders.append(os.path.realpath(path))
    if outcome.conditions.stdout:
        outputs.add(same(os.path.join(outcome.folder, outcome.conditions.stdout)))
    return inputs, outputs, folders


def is_stray(outcome, where, outputs, folders):
    """A file at a place that nobody named."""
    return not (same(where) in outputs or is_beside(outcome, where)
                or any(where.startswith(one + os.sep) for one in folders))


def is_beside(outcome, where):
    """Is it called after a file that was named, as the page that is written beside a trace?"""
    return any(where.startswith(os.path.splitext(os.path.realpath(os.path.join(outcome.folder, word)))[0])
               for word in outcome.words[1:] if len(word) > 3)


# ---- Whether a file is whole ---------------------------------------------------------------------

def malformed(path):
    """What is wrong with a file that was written; empty when nothing is."""
    with open(path, "rb") as file:
        contents = file.read()
    if not contents:
        return "empty"
    try:
        if os.path.basename(path).startswith("\udcff"):
            contents.decode("utf-8")  # a name from nowhere, which says nothing of what is in it
        elif path.endswith(".json"):
            read_json(contents)
        elif path.endswith(".xml"):
            xml.etree.ElementTree.fromstring(contents)
        elif path.endswith(".html"):
            text = contents.decode("utf-8")
            if not text.rstrip().endswith("</html>"):
                return "a page without an end"
            if "</script><b id=attack>" in text:
                return "a page in which a trace's text is code"
        else:
            contents.decode("utf-8")
    except (ValueError, xml.etree.ElementTree.ParseError) as error:
        return f"malformed: {error}"
    return ""


def read_json(contents):
    """As strict as any reader is: UTF-8, no name twice, no NaN."""
    def once(pairs):
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a name is there twice")
        return dict(pairs)

    def no_number(name):
        raise ValueError(f"{name} is no number of JSON")

    return json.loads(contents.decode("utf-8"), object_pairs_hook=once, parse_constant=no_number)
