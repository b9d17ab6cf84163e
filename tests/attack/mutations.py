"""Real files made wrong: by what they mean, and byte by byte."""

import copy
import re

import document
from document import Member, Members, Raw

NUMBERS = [0, 1, -1, *(2**n + d for n in (8, 16, 31, 32, 40, 53, 63, 64) for d in (-1, 0, 1)),
           10**30, -2**63, -2**31, 0.5, 1e300, Raw("1e400"), Raw("-0"), Raw("1E2"), Raw("01"),
           Raw("NaN"), Raw("9" * 5000)]

STRANGE = ["", " ", "\0", "\x1b[31m", "\x1b]0;x\x07", "\x7f", "\x85", "\x9b31m", "\ud800", "\udfff",
           "\ufffe", "\uffff", "\U0010ffff", "\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\ufeff",
           "e\u0301" * 50, "]]>", "<!--", "</script><b id=attack>", "&lt;\"'", "\r\nverdict       forged",
           "\nverdict       forged\n", "\r", "\t", "%s%n", "$(id)", "`id`", "../../etc/x", "a" * 100_000,
           "n0", "n10", "c9", "c1#0", "c1#65536", "0.n1", "4294967296.n1", "1.n9", "red@1.n9"]

DEPTH = 200_000


def near(rng, old):
    """The same with one of its numbers a little or much larger or smaller."""
    def number(text):
        n = int(text)
        return str(max(0, rng.choice([n + 1, n - 1, 0, n * 2, n * 10, n * 1000, n // 2])))

    if isinstance(old, int) and not isinstance(old, bool):
        return int(number(old))
    found = list(re.finditer(r"\d+", old)) if isinstance(old, str) else []
    if not found:
        return old
    one = rng.choice(found)
    return old[:one.start()] + number(one.group()) + old[one.end():]


def of_numbers(rng, old):
    """Of numbers, and of what is written with them: "n/m" and "n..m"."""
    if isinstance(old, str):
        for between in ("/", "..", ".", "#"):
            left, found, right = old.partition(between)
            if found:
                number = str(rng.choice(NUMBERS))
                return rng.choice([left + between + number, number + between + right,
                                   right + between + left, left + between + "0"])
    if isinstance(old, (int, float)) and rng.random() < 0.6:
        return rng.choice([-old, old * 2**20, old + 0.5, str(old)])
    return rng.choice(NUMBERS)


def in_order(steps):
    """No step is before the one above it."""
    latest = 0
    for step in steps if isinstance(steps, list) else ():
        for member in step if isinstance(step, Members) else ():
            if member[0] == "at" and isinstance(member[1], int):
                latest = member[1] = max(latest, member[1])


def of_another_type(rng, old):
    return rng.choice([None, True, False, [], Members(), [old], Members([Member(["a", old])]), str(old), 7, "x"])


def nested(rng, _old):
    opening = rng.choice(["[", '{"a":', '[{"a":'])
    return document.nest(opening, rng.choice([50, 1000, DEPTH]), is_closed=rng.random() < 0.7)


def of_strings(rng, old):
    strange = rng.choice(STRANGE)
    if isinstance(old, str) and rng.random() < 0.5:
        return rng.choice([old + strange, strange + old, old[:-1], old * 2])
    return strange


# Without what is no text, and so no trace.
TELLING = [text for text in STRANGE if len(text) < 1000 and not "\ud800" <= text <= "\udfff"]


def in_strange_words(rng, file):
    """Changes what is free text in it, and so leaves it a trace, or what else it is."""
    for container, i in document.spots(file):
        if isinstance(container[i], str) and document.name_of((container, i)) in ("about", "text", "finding"):
            container[i] = "".join(rng.sample(TELLING, 5)) + container[i]


class Mutator:
    """Draws with `rng`; what files say elsewhere in `corpus` it may say here."""

    def __init__(self, rng, corpus):
        self.rng = rng
        self.corpus = corpus

    # ---- What it means

    def structure(self, text):
        """The file with one to four things changed, as bytes; half of them such that it can still be read."""
        file = document.read(text)
        is_gentle = self.rng.random() < 0.5
        for _ in range(self.rng.choice([1, 1, 1, 2, 2, 4])):
            steps = document.member(file, "steps")
            if steps and isinstance(steps, list) and self.rng.random() < 0.35:
                self.steps(steps)
            elif isinstance(file, list) and file:
                self.spot(file, is_gentle)
        if is_gentle:
            in_order(document.member(file, "steps"))
        written = document.write(file, escapes=self.rng.random() < 0.7)
        return written.encode("utf-8", "surrogatepass")

    def spot(self, file, is_gentle):
        """Changes one place: as often in what is short as in what is long."""
        inner = self.rng.choice(file)
        inner = inner[1] if isinstance(file, Members) else inner
        places = document.spots(inner) if isinstance(inner, list) and self.rng.random() < 0.7 else []
        container, i = place = self.rng.choice(places or document.spots(file))
        old = container[i]
        draw = self.rng.random()
        if is_gentle:
            words = self.corpus.words.get(document.name_of(place), [old])
            container[i] = near(self.rng, old) if draw < 0.5 else copy.deepcopy(self.rng.choice(words))
        elif draw < 0.30:
            container[i] = of_numbers(self.rng, old)
        elif draw < 0.55:
            container[i] = of_strings(self.rng, old)
        elif draw < 0.65:
            container[i] = of_another_type(self.rng, old)
        elif draw < 0.67:
            container[i] = nested(self.rng, old)
        else:
            self.order(old if isinstance(old, list) and old else file)

    def order(self, container):
        """Deletes, doubles, swaps or renames what is in it."""
        i, k = self.rng.randrange(len(container)), self.rng.randrange(len(container))
        draw = self.rng.random()
        if draw < 0.3:
            del container[i]
        elif draw < 0.5:
            container.insert(k, copy.deepcopy(container[i]))
        elif draw < 0.6:
            container[i], container[k] = container[k], container[i]
        elif draw < 0.65:
            container[i] = document.repeated(container[i], self.rng.choice([100, 70_000]))
        elif isinstance(container, Members):
            container[i] = copy.copy(container[i])
            container[i][0] = self.rng.choice([*self.corpus.words, *STRANGE, container[i][0] + "x"])
        else:
            container[i] = copy.deepcopy(container[k])

    def steps(self, steps):
        """Still a list of steps, and perhaps one that applies."""
        i, k = sorted((self.rng.randrange(len(steps)), self.rng.randrange(len(steps))))
        draw = self.rng.random()
        if draw < 0.2:
            del steps[i:k + 1]
        elif draw < 0.35:
            steps[i], steps[k] = steps[k], steps[i]
        elif draw < 0.5:
            steps[k:k] = copy.deepcopy(steps[i:k + 1])
        elif draw < 0.6:
            steps[i] = document.repeated(steps[i], self.rng.choice([2, 300, 5_000, 66_000]))
        elif draw < 0.7:
            steps[i:i] = copy.deepcopy(self.corpus.some_steps(self.rng))
        elif draw < 0.8 and isinstance(steps[i], Members):
            duplicate = copy.deepcopy(steps[i])
            for member in duplicate:
                if member[0] == "step":
                    member[1] = self.rng.choice(["duplicate", "drop", "deliver"])
            steps.insert(i, document.repeated(duplicate, self.rng.choice([1, 20, 66_000])))
        elif draw < 0.9:
            shift = self.rng.choice([1, 1000, 2**31, 2**39, 2**40, -1])
            for step in steps[i:]:
                for member in step if isinstance(step, Members) else ():
                    if member[0] == "at" and isinstance(member[1], int):
                        member[1] += shift
        else:
            steps.reverse()

    # ---- What it is made of

    def bytes(self, text):
        """The file with bytes changed that need not mean anything."""
        data = bytearray(text.encode())
        i = self.rng.randrange(len(data) + 1)
        k = min(len(data), i + self.rng.choice([1, 1, 10, 1000]))
        draw = self.rng.randrange(9)
        if draw == 0:
            data = data[:i]
        elif draw == 1:
            data[i:k] = b""
        elif draw == 2:
            data[k:k] = data[i:k] * self.rng.choice([1, 100])
        elif draw == 3:
            data[i:k] = self.rng.randbytes(k - i)
        elif draw == 4:
            data[i:i] = self.rng.choice([b"\0", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
                                         b"\x80", b"\x1b", b"\xc2\x9b", b'"', b"{", b"}", b"[", b"]"])
        elif draw == 5:
            data[i:i] = b"[" * self.rng.choice([60, DEPTH])
        elif draw == 6:
            data = self.rng.choice([b"", b"\0" * 100, b"\xef\xbb\xbf" + data, text.encode("utf-16"), data * 2,
                                    data.replace(b"\n", b"\r\n"), b"null", b'"x"', b"[]"])
        elif draw == 7:
            other = self.corpus.some_text(self.rng).encode()
            data[i:] = other[self.rng.randrange(len(other)):]
        else:
            for _ in range(self.rng.choice([1, 3, 30])):
                data[self.rng.randrange(len(data))] ^= 1 << self.rng.randrange(8)
        return bytes(data)

    def file(self, text):
        return self.structure(text) if self.rng.random() < 0.75 else self.bytes(text)
