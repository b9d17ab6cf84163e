"""`synod export`: each format is read by a strict reader, for runs with every kind of step, and for
texts that would break out of a format if they could."""

import json
import subprocess

from command_line import SOURCE_DIR, CommandLineTest, main
from export_checkers import check_dot, check_mermaid, check_perfetto, check_shiviz

SCENARIOS = SOURCE_DIR / "scenarios" / "stories"
HOSTILE = 'end; "quoted" \\ #35; %% <script>alert(1)</script>\n} -> { é →\ta -x b'


class ExportTest(CommandLineTest):

    def exported(self, trace, form):
        return self.synod("export", trace, "--to", form, "--all")

    def chronicle(self, trace):
        return json.loads(self.exported(trace, "chronicle"))

    def traces(self):
        """Of every protocol, with every kind of step among them."""
        for name in ("paxos_partition_and_merge", "two_phase_commit_participant_dies_with_its_vote",
                     "three_phase_commit_comes_back", "paxos_commit_partition"):
            yield SCENARIOS / f"{name}.json"
        for seed in (3, 7, 11):
            self.run_synod("run", "--seed", seed, "--trace", f"{seed}.json")
            yield f"{seed}.json"
        yield self.hostile_trace()

    def hostile_trace(self):
        trace = json.loads((SCENARIOS / "paxos_partition_and_merge.json").read_text(encoding="utf-8"))
        trace["about"] = HOSTILE
        return self.write("hostile.json", json.dumps(trace))

    def test_a_chronicle_is_consistent(self):
        kinds = set()
        for trace in self.traces():
            told = self.chronicle(trace)
            steps, messages = told["steps"], told["messages"]
            kinds |= {step["kind"] for step in steps}
            for i, step in enumerate(steps):
                causes = step.get("causes", [])
                self.assertTrue(all(cause < i for cause in causes), step)
                if step["kind"] == "deliver":
                    message = messages[step["packet"]]
                    self.assertEqual(message["delivered_in"], i)
                    self.assertEqual(message["to"], step["actor"])
                    self.assertIn(message["sent_in"], causes)
                for index in step.get("sent", []):
                    self.assertEqual(messages[index]["sent_in"], i)
            for message in messages:
                self.assertLessEqual(message.get("said_in", 0), message.get("sent_in", len(steps)))
                self.assertFalse("delivered_in" in message and "dropped_in" in message, message)
        self.assertTrue({"request", "deliver", "drop", "duplicate", "fire", "finish_write", "crash",
                         "restart", "cut", "heal"} <= kinds, kinds)

    def test_the_changes_of_a_chronicle_lead_from_each_state_to_the_next(self):
        for trace in self.traces():
            told = self.chronicle(trace)
            state = {(f["node"], f["part"], f["name"]): f["value"] for f in told["start"]}
            changed = 0
            for step in told["steps"]:
                for change in step.get("changes", []):
                    key = (change["node"], change["part"], change["name"])
                    self.assertEqual(state.get(key, ""), change.get("before", ""), (step["text"], change))
                    self.assertEqual(change["node"], step["actor"])
                    state[key] = change.get("after", "")
                    changed += 1
            self.assertGreater(changed, 10)

    def test_messages_that_wait_for_the_disk_leave_when_the_write_is_durable(self):
        told = self.chronicle(SCENARIOS / "paxos_partition_and_merge.json")
        promises = [m for m in told["messages"] if m["type"] == "promise"]
        self.assertTrue(promises)
        for promise in promises:
            self.assertEqual(told["steps"][promise["said_in"]]["input"], "prepare")
            self.assertEqual(told["steps"][promise["sent_in"]]["kind"], "finish_write")

    def test_mermaid(self):
        for trace in self.traces():
            diagram = check_mermaid(self.exported(trace, "mermaid"))
            told = self.chronicle(trace)
            arrived = [m for m in told["messages"] if "delivered_in" in m or "dropped_in" in m]
            self.assertEqual(len(diagram["arrows"]), len(arrived))
            self.assertEqual(diagram["declared"], told["nodes"] + told["clients"])
            check_mermaid(self.synod("export", trace, "--to", "mermaid"))

    def test_shiviz(self):
        for trace in self.traces():
            log = check_shiviz(self.exported(trace, "shiviz"))
            told = self.chronicle(trace)
            self.assertEqual(len(log["events"]), sum("actor" in step for step in told["steps"]))

    def test_shiviz_is_told_the_parser_expression_that_it_needs(self):
        expression = r"(?<host>\S*) (?<clock>{.*})\n(?<event>.*)"
        for trace in self.traces():
            self.assertTrue(self.exported(trace, "shiviz").startswith(expression + "\n\n"))
        self.assertIn("\n" + expression + "\n", (SOURCE_DIR / "README.md").read_text(encoding="utf-8"))
        self.assertRegex(" ".join(self.synod("export", "--help").split()), "shiviz .*parser expression.* perfetto")

    def test_a_restart_keeps_its_counter_in_shiviz(self):
        log = check_shiviz(self.exported(SCENARIOS / "three_phase_commit_comes_back.json", "shiviz"))
        restarted = [(host, clock) for host, clock, event in log["events"] if "restarts" in event]
        self.assertTrue(restarted)
        for host, clock in restarted:
            self.assertGreater(clock[host], 1)

    def test_perfetto(self):
        for trace in self.traces():
            shown = check_perfetto(self.exported(trace, "perfetto"))
            told = self.chronicle(trace)
            self.assertEqual(shown["slices"], len(told["steps"]))
            self.assertEqual(shown["threads"], told["nodes"] + told["clients"] + ["network"])
            self.assertEqual(shown["flows"], sum("delivered_in" in m or "dropped_in" in m
                                                 for m in told["messages"]))

    def test_dot(self):
        for trace in self.traces():
            text = self.exported(trace, "dot")
            graph = check_dot(text)
            told = self.chronicle(trace)
            self.assertEqual(len(graph["nodes"]), len(told["steps"]))
            self.assertEqual(len(graph["edges"]), sum(len(step.get("causes", [])) for step in told["steps"]))
            subprocess.run(["dot", "-Tcanon"], input=text, text=True, check=True, capture_output=True)

    def test_the_same_trace_gives_the_same_bytes(self):
        trace = SCENARIOS / "paxos_partition_and_merge.json"
        for form in ("mermaid", "shiviz", "perfetto", "dot", "chronicle"):
            self.assertEqual(self.exported(trace, form), self.exported(trace, form))

    def test_hostile_texts_stay_texts(self):
        trace = self.hostile_trace()
        self.assertNotIn("<script>", self.exported(trace, "mermaid"))
        shown = json.loads(self.exported(trace, "perfetto"))
        self.assertEqual(shown["traceEvents"][0]["args"]["name"], HOSTILE)
        self.assertEqual(self.chronicle(trace)["about"], HOSTILE)

    def test_a_file_is_written_and_overwritten_only_when_asked(self):
        trace = SCENARIOS / "paxos_partition_and_merge.json"
        self.assertEqual(self.synod("export", trace, "--to", "dot", "-o", "run.dot"), "")
        self.assertEqual(self.read("run.dot"), self.exported(trace, "dot"))
        self.write("run.dot", "mine")
        self.assertEqual(self.complaint("export", trace, "--to", "dot", "-o", "run.dot"),
                         "run.dot: this file is there already: give another, or --force")
        self.assertEqual(self.read("run.dot"), "mine")
        self.synod("export", trace, "--to", "dot", "-o", "run.dot", "--force")
        self.assertEqual(self.read("run.dot"), self.exported(trace, "dot"))

    def test_bad_input_is_one_clear_line(self):
        trace = SCENARIOS / "paxos_partition_and_merge.json"
        self.assertEqual(self.complaint("export", trace, "--to", "mermade"),
                         'export: no format "mermade": did you mean "mermaid"?')
        self.assertIn("no such file", self.complaint("export", "no.json", "--to", "dot").lower())
        self.assertIn("has no steps", self.complaint("export", SCENARIOS / "calm.json", "--to", "dot"))
        self.assertIn("--to is missing", self.complaint("export", trace))


if __name__ == "__main__":
    main()
