"""`synod check`: histories of any system, judged, and the smallest part shown that cannot be ordered."""

import json
import os
import pathlib
import signal
import subprocess
import time

from command_line import (BAD_USAGE, HOLDS, INCONCLUSIVE, PROGRAM, SOURCE_DIR, VIOLATED, CommandLineTest, main)

# Histories of real systems, where somebody has put them beside the tree.
SHARED = pathlib.Path(os.path.realpath(SOURCE_DIR)).parent / "shared" / "histories"


def jepsen(*lines):
    """"0 invoke read nil" as a line of Jepsen's."""
    return "".join("INFO  jepsen.util - {}\t:{}\t:{}\t{}\n".format(*line.split(" ", 3)) for line in lines)


def written(process, value):
    return [f"{process} invoke write {value}", f"{process} ok write {value}"]


def read(process, value):
    return [f"{process} invoke read nil", f"{process} ok read {value}"]


def edn(process, kind, function, key, value):
    return f'{{:process {process}, :type :{kind}, :f :{function}, :key "{key}", :value {value}}}\n'


def operation(client, name, call, end=None, **others):
    return {"client": client, "operation": name, "call": call, **({} if end is None else {"return": end}), **others}


def in_json(*operations, model="register", **others):
    return json.dumps({"format": "synod history", "version": 1, "model": model, "operations": operations, **others})


STALE = jepsen(*written(0, 1), *written(1, 2), *read(2, 1))


class CheckTest(CommandLineTest):

    def checked(self, text, status):
        return self.synod("check", self.write("history", text), status=status)

    # ---- Verdicts

    def test_the_histories_of_real_systems_are_judged_as_their_table_says(self):
        if not SHARED.is_dir():
            self.skipTest(f"no {SHARED}")
        judged = 0
        for line in (SHARED / "README.md").read_text(encoding="utf-8").splitlines():
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) == 4 and cells[2] in ("yes", "no"):
                told = self.synod("check", SHARED / cells[1], status=HOLDS if cells[2] == "yes" else VIOLATED)
                self.assertTrue(all(len(row) <= 80 for row in told.splitlines()), told)
                judged += 1
        self.assertGreaterEqual(judged, 24)

    def test_a_stale_read_is_shown_with_the_writes_that_made_it_stale(self):
        self.assertEqual(self.checked(STALE, VIOLATED), """\
violated      not linearizable
              line 6: client 2's read returned 1, where only 2 was possible
history       3 operations by 3 clients on one register

The smallest part that cannot be ordered
  At first, the register is nil.

  client  operation  result  lines  from call to return
  0       write 1    done    1-2    [--]
  1       write 2    done    3-4        [--]
  2       read       1       5-6            [--]

  The results of these 3 contradict each other; without any one of them, there
  would be an order.
""")

    def test_what_may_have_happened_stands_in_brackets(self):
        told = self.checked(jepsen("0 invoke write 1", *read(1, 1), *read(2, "nil"), "0 info write :timed-out"), VIOLATED)
        self.assertRegex(told, r"  0 +write 1 +\(\?\) +1 +\[-+>\n  1 +read +1 +2-3 +")
        self.assertIn("it is all the same whether the operation happened.", told.replace("\n  ", " "))

    def test_a_timed_out_write_may_come_late_but_once(self):
        lost = ["0 invoke write 1", "0 info write :timed-out", *written(1, 2), *read(1, 2), *read(1, 1)]
        self.checked(jepsen(*lost), HOLDS)
        self.checked(jepsen(*lost, *written(1, 2), *read(1, 1)), VIOLATED)
        self.checked(jepsen("0 invoke write 1", *read(1, 1)), HOLDS)  # the log ends first

    def test_what_failed_did_not_happen(self):
        failed = ["0 invoke write 1", "0 fail write 1", "0 invoke read nil", "0 fail read :timed-out"]
        self.assertIn("2 more failed", self.checked(jepsen(*failed, *read(0, "nil")), HOLDS))
        self.checked(jepsen(*failed, *read(0, 1)), VIOLATED)

    def test_a_compare_and_set_finds_its_value(self):
        swap = ["0 invoke cas [1 2]", "0 ok cas [1 2]"]
        self.checked(jepsen(*written(0, 1), *swap, *read(0, 2)), HOLDS)
        self.checked(jepsen(*written(0, 3), *swap), VIOLATED)
        self.checked(jepsen("0 invoke cas [nil 2]", "0 ok cas [nil 2]", *read(0, 2)), HOLDS)

    def test_keys_are_apart_and_texts_may_hold_anything(self):
        text = r'"a \"b\" \\ \u00fc, }] ;"'
        good = edn(0, "invoke", "put", "x", text) + edn(0, "ok", "put", "x", text)
        good += edn(1, "invoke", "append", "x", '"!"') + edn(1, "ok", "append", "x", '"!"')
        good += edn(0, "invoke", "get", "y", "nil") + edn(0, "ok", "get", "y", '""')
        good += edn(0, "invoke", "get", "x", "nil")
        self.checked(good + edn(0, "ok", "get", "x", text[:-1] + '!"'), HOLDS)
        told = self.checked(good + edn(0, "ok", "get", "x", text), VIOLATED)
        self.assertIn('client 0\'s get of key "x" returned', told)

    def test_maps_may_tell_of_a_register_and_of_more_than_is_asked_for(self):
        line = '{:index 4, :time 12, :process 0, :type :%s, :f :%s, :value %s, :error ["x" {:a 1}]}\n'
        nemesis = '{:process :nemesis, :type :info, :f :start, :value nil}\n'
        self.checked(nemesis + line % ("invoke", "write", "3") + line % ("ok", "write", "3")
                     + line % ("invoke", "read", "nil") + line % ("ok", "read", "3"), HOLDS)

    def test_lines_end_as_they_like(self):
        for text in (STALE.replace("\n", "\r\n"), STALE[:-1], "\ufeff" + STALE, "\n\n" + STALE + "\n  \n",
                     STALE.replace("\t", "   "), "12:00:00 " + STALE):
            self.checked(text, VIOLATED)

    # ---- JSON

    def test_json_has_intervals_that_are_closed(self):
        write = operation("a", "write", 1, 4, value=3)
        self.checked(in_json(write, operation("b", "read", 4, 5, result=None)), HOLDS)
        self.checked(in_json(write, operation("b", "read", 5, 5, result=None)), VIOLATED)

    def test_json_has_outcomes(self):
        write = {"a": 1, **operation("a", "write", 1, value=3)}
        del write["a"]
        reads = [operation(1, "read", 3, 4, result=3), operation(1, "read", 5, 6, result=3)]
        for outcome, status in ((None, HOLDS), ("unknown", HOLDS), ("failed", VIOLATED)):
            one = {**write, **({} if outcome is None else {"outcome": outcome})}
            self.checked(in_json(one, *reads), status)
        self.checked(in_json({**write, "return": 2, "outcome": "unknown"}, *reads), HOLDS)

    def test_json_tells_texts_from_numbers(self):
        write = operation(1, "write", 1, 2, value=3)
        self.checked(in_json(write, operation(1, "read", 3, 4, result="3")), VIOLATED)
        self.checked(in_json(write, operation(1, "cas", 3, 4, **{"from": 3, "to": "x"}),
                             operation(1, "cas", 5, 6, **{"from": 3, "to": 4}, result=False),
                             operation(1, "read", 7, 8, result="x")), HOLDS)

    def test_json_has_stores(self):
        put = operation("a", "put", 1, 2, key="x", value="v")
        self.checked(in_json(put, operation("a", "append", 3, 4, key="x", value="w"),
                             operation("b", "get", 5, 6, key="x", result="vw"), model="key_value"), HOLDS)
        told = self.checked(in_json(put, operation("b", "get", 5, 6, key="x", result=""),
                                    operation("b", "get", 7, 8, key="z", result="?"), model="key_value"), VIOLATED)
        self.assertIn('also          there is no order for key "z" either', told)

    # ---- Inconclusive

    def endless(self):
        """Whose reads and writes can be ordered in very many ways, and in none."""
        names = [f"{i} invoke {'write' if i % 2 else 'read'} {i if i % 2 else 'nil'}" for i in range(40)]
        ends = [f"{i} ok {'write' if i % 2 else 'read'} {i if i % 2 else i + 1}" for i in range(38)]
        return jepsen(*names, *ends, "38 ok read 99", "39 ok write 39")

    def test_a_budget_that_is_used_up_is_inconclusive(self):
        told = self.synod("check", self.write("h", self.endless()), "--budget", "1000", status=INCONCLUSIVE)
        self.assertIn("inconclusive  the budget of 1000 steps was used up", told)

    def test_time_that_is_up_is_inconclusive(self):
        told = self.synod("check", self.write("h", self.endless()), "--time", "1s", status=INCONCLUSIVE)
        self.assertIn("inconclusive  the time was up", told)

    def test_a_signal_ends_it_and_it_says_so(self):
        self.write("h", self.endless())
        for pause in (0.5, 2, 8):
            run = subprocess.Popen([PROGRAM, "check", "h"], cwd=self.folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            time.sleep(pause)
            run.send_signal(signal.SIGTERM)
            told, complaint = run.communicate(timeout=60)
            if run.returncode != -signal.SIGTERM:
                break
        self.assertEqual((run.returncode, complaint), (INCONCLUSIVE, ""))
        self.assertIn("inconclusive  it was interrupted", told)

    def test_nothing_that_returned_is_nothing_to_judge(self):
        self.assertIn("nothing to judge", self.checked(jepsen("0 invoke read nil"), INCONCLUSIVE))
        self.assertIn("nothing to judge", self.checked(in_json(), INCONCLUSIVE))

    # ---- Several files, and data

    def test_several_files_are_a_line_each(self):
        good = self.write("good", jepsen(*written(0, 1)))
        bad = self.write("bad", STALE)
        told = self.synod("check", good, bad, status=VIOLATED)
        self.assertEqual(told, """\
holds         good  linearizable
violated      bad   line 6: client 2's read returned 1, where only 2 was possible

2 histories: 1 linearizable, 1 not, 0 inconclusive
verdict       violated
""")
        self.synod("check", good, good, status=HOLDS)
        odd = self.write("odd", "?")
        self.synod("check", good, bad, odd, status=VIOLATED)
        run = self.run_synod("check", good, odd)
        self.assertEqual(run.returncode, BAD_USAGE)
        self.assertIn("error         odd:1: ", run.stdout)
        self.assertRegex(run.stderr, r"^synod: odd:1: [^\n]+\n$")

    def test_all_that_is_said_is_written_as_data(self):
        self.synod("check", self.write("h", STALE), "--json", "told.json", status=VIOLATED)
        told = json.loads(self.read("told.json"))
        self.assertEqual(told["verdict"], "violated")
        found = told["histories"][0]["contradiction"]
        self.assertEqual((found["last"]["return_line"], found["last"]["result"], found["possible"]), (6, "1", ["2"]))
        self.assertEqual([one["call_line"] for one in found["bound"]], [1, 3, 5])

    def test_names_and_values_of_odd_bytes_are_shown_safely(self):
        name = b"\xff\x1b[31m\n"
        path = os.fsencode(self.folder) + b"/" + name
        with open(path, "wb") as file:
            file.write(edn(0, "invoke", "get", "\x1b[2J\u202e", "nil").encode()
                       + edn(0, "ok", "get", "\x1b[2J\u202e", '"\x1b]0;x\x07"').encode())
        run = subprocess.run([PROGRAM, "check", path, path], capture_output=True, check=False)
        self.assertEqual(run.returncode, VIOLATED)
        for told in (run.stdout, subprocess.run([PROGRAM, "check", path], capture_output=True, check=False).stdout):
            self.assertTrue(told.decode("utf-8").replace("\n", "").isprintable(), told)

    # ---- Bad input

    def test_what_is_wrong_is_said_with_its_line(self):
        invoked = jepsen("0 invoke read nil")
        for text, told in (
                ("", "history: no history: it is empty: give a log of Jepsen, maps of EDN, or JSON with \"operations\""),
                (" \n\t\r\n", "history: no history: it is empty: give a log of Jepsen, maps of EDN, or JSON with \"operations\""),
                ("hello\n", "history:1: \"hello\": give a line like \"INFO  jepsen.util - 0 :invoke :read nil\" or "
                            "{:process 0, :type :invoke, :f :read, :value nil}"),
                (invoked * 2, "history:2: process 0 invokes again before what it invoked at line 1 is complete: give "
                              "its :ok, :fail or :info first"),
                (jepsen("0 ok read 1"), "history:1: :ok of process 0, which has invoked nothing: give its :invoke first"),
                (jepsen("0 invoke write 1", "0 info write :timed-out", *read(0, 1)),
                 "history:3: process 0 invokes again after its :info at line 2: from then on it asks no more: give a "
                 "new process"),
                (jepsen("0 invoke read nil", "0 ok write 1"),
                 "history:2: :ok of :write, but at line 1 process 0 invoked :read"),
                (jepsen("0 invoke write 1", "0 ok write 2"),
                 "history:2: :ok of a :write with other values than it was invoked with at line 1: give the same"),
                (jepsen("0 invoke cas 3"), "history:1: :cas of \"3\": give [FROM TO], as in [3 4]"),
                (jepsen("0 invoke write nil"), "history:1: :write of nil: give a value"),
                (jepsen("0 invoke swap 3"), "history:1: operation \":swap\": there are read, write and cas of a register, "
                                            "or get, put and append of a store"),
                (jepsen("0 begin read nil"), "history:1: \":begin\": give :invoke, :ok, :fail or :info"),
                (invoked + "INFO  jepsen.util - 0\t:ok\n",
                 "history:2: 2 fields: give four, PROCESS :TYPE :OPERATION VALUE, as in 0 :invoke :write 3"),
                (invoked + jepsen("0 ok read [1"), "history:2: cut off: a ']' is missing at the end of the line"),
                (invoked + edn(1, "invoke", "get", "x", "nil"),
                 "history:2: :get of a store, but line 1 asks a register: give a history of one of them"),
                (edn(0, "invoke", "get", "x", "nil") + edn(0, "ok", "get", "y", "nil"),
                 "history:2: :ok of :get of key \"y\", but at line 1 process 0 invoked :get of key \"x\""),
                ('{:process 0, :type :invoke, :f :get, :key "x", :value "a}\n',
                 "history:1: cut off: a string without its closing '\"'"),
                ('{:process 0, :type :invoke, :f :get, :value nil}\n', "history:1: :get without :key: give one"),
                ('{:process 0, :f :get}\n', "history:1: :type is missing: give it, as in {:process 0, :type :invoke, "
                                            ":f :read, :value nil}"),
                ('{:process 0, :type :invoke, :f :append, :key "x", :value "\\q"}\n',
                 "history:1: the escape \"\\\\q\" in a string: give one of \\n \\t \\r \\b \\f \\\\ \\\" or \\u and four "
                 "digits"),
                ("{: " + "[" * 100 + "\n", "history:1: nested more than 16 deep")):
            with self.subTest(text=text):
                self.write("history", text)
                self.assertEqual(self.complaint("check", "history"), told)

    def test_what_is_wrong_in_json_is_said_with_its_line_and_field(self):
        one = operation("a", "write", 1, 2, value=3)
        for text, told in (
                ("{", "cut off at the beginning: the file ends, and } is missing"),
                ("[]", "give a history, like {\"format\": \"synod history\""),
                ("{\"steps\": []}", "no history: give \"format\": \"synod history\""),
                (in_json(one, model="queue"), "model: \"queue\": give \"register\" or \"key_value\""),
                (in_json(one, extra=1), "extra"),
                (in_json({**one, "valeu": 1}), "operations[0].valeu: "),
                (in_json({**one, "return": 0}), "operations[0].return: 0 is before its call at 1: give a later one"),
                (in_json({**one, "call": -1}), "operations[0].call: -1: give an instant"),
                (in_json({**one, "value": None}), "operations[0].value: null: give a whole number or a text"),
                (in_json({**one, "operation": "get"}), "operations[0].operation: \"get\" in a history of a register: give \"read\", "
                                                       "\"write\" or \"cas\""),
                (in_json({**one, "result": 3}), "operations[0].result: a write has none: leave it away"),
                (in_json(operation("a", "read", 1, 2)), "operations[0]"),
                (in_json(one, {**one, "call": 2, "return": 3}),
                 "operations[1]: client \"a\" asks this at 2, before what it asked before has returned, at 2: give a "
                 "client one operation at a time"),
                (in_json({**one, "outcome": "maybe"}), "operations[0].outcome: \"maybe\": give \"ok\", \"unknown\" or \"failed\"")):
            with self.subTest(text=text):
                self.write("history", text)
                self.assertIn(told, self.complaint("check", "history"))

    def test_what_is_no_file_is_said(self):
        self.assertEqual(self.complaint("check", "none"), "none: cannot be read: No such file or directory")
        self.assertIn("HISTORY is missing", self.complaint("check"))
        with open(self.folder / "huge", "wb") as huge:
            huge.truncate(1 << 40)
        self.assertEqual(self.complaint("check", "huge"), "huge: larger than 256 MiB: that is no history")
        self.write("h", STALE)
        self.assertRegex(self.complaint("check", "h", "h", "--json", "./h"), "is the same file as HISTORY")
        self.assertEqual(self.read("h"), STALE)


if __name__ == "__main__":
    main()
