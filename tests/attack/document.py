"""JSON in which order and doubles count and anything may stand: what json.dumps would never write."""

import json


class Members(list):
    """An object, as a list of Member."""


class Member(list):
    """[name, value]"""


class Raw(str):
    """Text that is written as it stands."""


def read(text):
    return json.loads(text, object_pairs_hook=lambda pairs: Members(map(Member, pairs)))


def write(value, escapes=True):
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, Members):
        return "{" + ", ".join(f"{write(name, escapes)}: {write(of, escapes)}"
                               for name, of in value) + "}"
    if isinstance(value, list):
        return "[" + ",\n".join(write(of, escapes) for of in value) + "]"
    return json.dumps(value, ensure_ascii=escapes)


def repeated(element, count):
    """So many of them, as one element of a list or of an object."""
    if isinstance(element, Member):
        name, value = element
        again = f"{write(value)}, {write(name)}: "
        return Member([name, Raw(again * (count - 1) + write(value))])
    return Raw(",\n".join([write(element)] * count))


def nest(opening, depth, is_closed=True):
    """One value in another, so deep."""
    closing = {"[": "]", "{": "}", '"': "", "a": "", ":": ""}
    end = "".join(closing[c] for c in reversed(opening))
    return Raw(opening * depth + "1" + end * (depth if is_closed else 0))


def spots(value):
    """Each place below it, as a list and an index: list[index] is what stands there. Of a member, the
    list is the Member, and the index 1."""
    found, open_lists = [], [value]
    while open_lists:
        container = open_lists.pop()
        for i, inner in enumerate(container):
            place = (inner, 1) if isinstance(container, Members) else (container, i)
            found.append(place)
            if isinstance(place[0][place[1]], list):
                open_lists.append(place[0][place[1]])
    return found


def name_of(place):
    """Under which name it stands; None in a list."""
    container, _ = place
    is_named = isinstance(container, Member) and isinstance(container[0], str)
    return container[0] if is_named else None


def member(value, name):
    """What stands under that name; None where there is no such."""
    return next((of for its, of in value if its == name), None) if isinstance(value, Members) else None
