"""Strict small readers of the formats that `synod export` writes. Each raises AssertionError at the
first thing that the format does not allow, and returns what the tests count."""

import json
import re

ENTITY = re.compile(r"#[0-9]+;")
MERMAID_LINES = (
    re.compile(r"    (participant|actor) ([a-z]\d+)"),
    re.compile(r"    ([a-z]\d+)(->>|-x)([a-z]\d+): (\S.*)"),
    re.compile(r"    Note over ([a-z]\d+(?:,[a-z]\d+)?): (\S.*)"),
)


def check_mermaid(text):
    """Lines of the three kinds that we use; whoever is named has been declared; texts without what
    would end them (a semicolon, a line break) or begin something else (a hash, a comment, a tag)."""
    lines = text.split("\n")
    assert lines[0] == "sequenceDiagram" and lines[-1] == "", text[:200]
    declared, arrows, notes = [], [], []
    for line in lines[1:-1]:
        found = [pattern.fullmatch(line) for pattern in MERMAID_LINES]
        assert any(found), line
        participant, arrow, note = found
        if participant:
            assert not arrows and not notes and participant[2] not in declared, line
            declared.append(participant[2])
            continue
        said = (arrow or note).groups()[-1]
        assert not re.search(r"[#;%<>\"\\\x00-\x1f]", ENTITY.sub("", said)), line
        names = [arrow[1], arrow[3]] if arrow else note[1].split(",")
        assert all(name in declared for name in names), line
        (arrows if arrow else notes).append(line)
    return {"declared": declared, "arrows": arrows, "notes": notes}


def check_shiviz(text):
    """As ShiViz opens a file: the first line is the parser expression, the second separates executions, and of
    the rest every line must be part of an event. Then what its graph demands of vector clocks."""
    expression, executions, text = text.split("\n", 2)
    assert executions == "", executions
    parser = re.compile(expression.replace("(?<", "(?P<") + r"\n")
    assert set(parser.groupindex) == {"host", "clock", "event"}, expression
    assert not parser.search(expression + "\n\n"), "the expression reads itself as an event where all is pasted"
    events, position = [], 0
    while position < len(text):
        found = parser.match(text, position)
        assert found, text[position:position + 200]
        events.append((found["host"], json.loads(found["clock"]), found["event"]))
        position = found.end()
    hosts = {host for host, _, _ in events}
    clocks = {host: {} for host in hosts}
    for host, clock, event in events:
        assert event.strip(), host
        assert set(clock) <= hosts, f"{clock} names a host that logs nothing"
        before = clocks[host]
        assert clock[host] == before.get(host, 0) + 1, f"{host}: {before} then {clock}"
        for other, count in clock.items():
            assert count >= before.get(other, 0), f"{host}: {before} then {clock}"
            assert other == host or count <= clocks[other].get(other, 0), f"{clock} is ahead of {other}"
        assert set(before) <= set(clock), f"{host}: {before} then {clock}"
        clocks[host] = clock
    return {"hosts": hosts, "events": events}


def check_perfetto(text):
    """Slices with a duration that do not overlap on their thread; named threads; flows in pairs of
    one category, name and id, forward in time, each end inside a slice."""
    trace = json.loads(text)
    slices, threads, flows = {}, {}, {}
    for event in trace["traceEvents"]:
        assert isinstance(event["pid"], int) and isinstance(event["tid"], int), event
        if event["ph"] == "M" and event["name"] == "thread_name":
            assert event["tid"] not in threads, f"two threads {event['tid']}"
            threads[event["tid"]] = event["args"]["name"]
        elif event["ph"] == "X":
            assert event["dur"] > 0 and event["name"], event
            slices.setdefault(event["tid"], []).append((event["ts"], event["ts"] + event["dur"]))
        elif event["ph"] in "sf":
            ends = flows.setdefault(event["id"], {})
            assert event["ph"] not in ends, f"two ends of flow {event['id']}"
            ends[event["ph"]] = event
        else:
            assert event["ph"] == "M", event
    assert len(set(threads.values())) == len(threads), threads
    for thread, places in slices.items():
        assert thread in threads, f"thread {thread} has no name"
        places.sort()
        assert all(a[1] <= b[0] for a, b in zip(places, places[1:])), f"slices of {thread} overlap"
    for number, ends in flows.items():
        start, finish = ends["s"], ends["f"]
        assert (start["cat"], start["name"]) == (finish["cat"], finish["name"]), number
        assert start["ts"] < finish["ts"], number
        assert finish["bp"] == "e", number
        for end in (start, finish):
            assert any(a <= end["ts"] <= b for a, b in slices[end["tid"]]), f"flow {number} hangs in the air"
    return {"slices": sum(map(len, slices.values())), "flows": len(flows), "threads": list(threads.values())}


DOT_TOKEN = re.compile(r'\s*(?:("(?:[^"\\\n]|\\.)*")|(->|[{}\[\];=,])|([A-Za-z_][A-Za-z_0-9]*|\d+))')


def check_dot(text):
    """The grammar of Graphviz as far as we use it: attributes, subgraphs, nodes, edges. An edge runs
    between nodes that have been declared."""
    tokens, position = [], 0
    text = text.rstrip()
    while position < len(text):
        found = DOT_TOKEN.match(text, position)
        assert found, text[position:position + 80]
        tokens.append(found[1] or found[2] or found[3])
        position = found.end()
    nodes, edges = [], []

    def expect(*wanted):
        token = tokens.pop(0)
        assert token in wanted, f"{token} where {wanted} should be"

    def word():
        token = tokens.pop(0)
        assert re.fullmatch(r'\w+|".*"', token), token
        return token

    def attributes():
        expect("[")
        while True:
            word()
            expect("=")
            word()
            if tokens[0] == "]":
                tokens.pop(0)
                return
            expect(",")

    def statements():
        expect("{")
        while tokens[0] != "}":
            first = word()
            if first == "subgraph":
                word()
                statements()
                continue
            if tokens[0] == "=":
                tokens.pop(0)
                word()
            elif tokens[0] == "->":
                tokens.pop(0)
                edges.append((first, word()))
                attributes()
            else:
                attributes()
                if first != "node":
                    nodes.append(first)
            expect(";")
        tokens.pop(0)

    expect("digraph")
    word()
    statements()
    assert not tokens, tokens[:10]
    assert len(set(nodes)) == len(nodes), "a node is there twice"
    for a, b in edges:
        assert a in nodes and b in nodes, f"{a} -> {b}"
    return {"nodes": nodes, "edges": edges}
