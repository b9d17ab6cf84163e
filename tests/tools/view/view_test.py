"""`synod view`: a trace becomes one page that any browser opens, with the run in it."""

import json
import re

from command_line import BAD_USAGE, VIOLATED, CommandLineTest, main

TRACE = ("run", "--scenario", "late_client", "--mutant", "sd-pick-own", "--seed", "5000",
         "--trace", "failure.json")
HOSTILE = "</script><script>alert(1)</script> \"'` <!-- \u2028\u2029 &lt;"


def data_in(page):
    """What the page shows, as its script reads it."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    return json.loads(found.group(1))


class ViewTest(CommandLineTest):

    def test_it_writes_one_page_beside_the_trace_and_says_where(self):
        self.synod(*TRACE, status=VIOLATED)
        self.assertEqual(self.synod("view", "failure.json"), "page          failure.html\n")
        self.assertEqual(self.files(), ["failure.html", "failure.json"])
        page = self.read("failure.html")
        self.assertTrue(page.startswith("<!doctype html>"))
        [run] = data_in(page)["runs"]
        self.assertEqual(run["chronicle"]["verdict"], "violated")
        self.assertEqual(run["chronicle"]["finding"]["property"], "proposals_safe")
        self.assertIn("proposals_safe is violated", run["explanation"]["headline"])
        self.assertEqual(len(run["chronicle"]["steps"]), len(json.loads(self.read("failure.json"))["steps"]))

    def test_the_page_knows_what_a_protocol_calls_its_attempts(self):
        self.synod(*TRACE, status=VIOLATED)
        self.synod("view", "failure.json")
        [run] = data_in(self.read("failure.html"))["runs"]
        self.assertEqual(run["round_name"], "ballot")
        self.assertIn("ballot", {name for message in run["chronicle"]["messages"] for name in message["fields"]})
        self.synod("run", "--scenario", "calm", "--seed", "1", "--protocol", "two_phase_commit", "--trace", "calm.json")
        self.synod("view", "calm.json")
        self.assertNotIn("round_name", data_in(self.read("calm.html"))["runs"][0])

    def test_a_page_holds_the_chronicle_that_is_exported(self):
        self.synod(*TRACE, status=VIOLATED)
        self.synod("view", "failure.json")
        exported = json.loads(self.synod("export", "failure.json", "--to", "chronicle"))
        self.assertEqual(data_in(self.read("failure.html"))["runs"][0]["chronicle"], exported)

    def test_the_page_goes_where_it_is_wanted_and_is_the_same_every_time(self):
        self.synod(*TRACE, status=VIOLATED)
        self.synod("view", "failure.json", "-o", "one.html")
        self.synod("view", "failure.json", "--out", "two.html")
        self.assertEqual(self.read("one.html"), self.read("two.html"))

    def test_a_run_that_holds_can_be_looked_at_too(self):
        self.synod("run", "--scenario", "calm", "--seed", "1", "--trace", "calm.json")
        self.synod("view", "calm.json")
        self.assertEqual(data_in(self.read("calm.html"))["runs"][0]["chronicle"]["verdict"], "holds")

    def test_the_original_and_the_shrunk_trace_side_by_side(self):
        self.synod(*TRACE, status=VIOLATED)
        self.synod("view", "failure.json", "--compare", "failure.json")
        self.assertEqual([run["title"] for run in data_in(self.read("failure.html"))["runs"]],
                         ["original", "shrunk"])

    def test_hostile_texts_of_a_trace_stay_inside_of_the_data(self):
        self.synod(*TRACE, status=VIOLATED)
        self.synod("view", "failure.json", "-o", "plain.html")
        trace = json.loads(self.read("failure.json"))
        trace["about"] = HOSTILE
        self.write("hostile.json", json.dumps(trace))
        self.synod("view", "hostile.json")
        page = self.read("hostile.html")
        self.assertEqual(data_in(page)["runs"][0]["chronicle"]["about"], HOSTILE)
        self.assertEqual(page.count("<script"), self.read("plain.html").count("<script"))
        self.assertNotIn("alert(1)</script>", page)
        self.assertNotIn("\u2028", page)

    def test_the_figures_of_whatif_become_a_curve(self):
        self.synod(*TRACE, status=VIOLATED)
        figures = [{"step": step, "at": 0, "text": "", "violated": step, "samples": 100} for step in range(58)]
        self.write("figures.json", json.dumps({"property": "proposals_safe", "steps": figures,
                                               "critical_step": 50}))
        self.synod("view", "failure.json", "--whatif", "figures.json")
        curve = data_in(self.read("failure.html"))["runs"][0]["what_if"]
        self.assertEqual(curve["critical_step"], 50)
        self.assertEqual(curve["curve"][7], {"step": 7, "violated": 7, "samples": 100})

    def test_the_same_trace_again_overwrites_its_own_page(self):
        self.synod(*TRACE, status=VIOLATED)
        self.synod("view", "failure.json")
        first = self.read("failure.html")
        self.synod("view", "failure.json")
        self.assertEqual(self.read("failure.html"), first)
        trace = json.loads(self.read("failure.json"))  # though the trace was edited meanwhile
        self.write("failure.json", json.dumps({**trace, "about": "Another sentence."}))
        self.synod("view", "./failure.json")
        self.assertEqual(data_in(self.read("failure.html"))["runs"][0]["chronicle"]["about"], "Another sentence.")
        self.synod("view", "failure.json", "--compare", "failure.json")
        self.assertEqual(len(data_in(self.read("failure.html"))["runs"]), 2)
        for out in ("page.html", self.folder / "page.html"):
            self.synod("view", self.folder / "failure.json", "-o", out)

    def test_the_page_and_its_trace_may_move_together(self):
        self.synod(*TRACE, status=VIOLATED)
        self.synod("view", "failure.json")
        (self.folder / "elsewhere").mkdir()
        for name in ("failure.json", "failure.html"):
            (self.folder / name).rename(self.folder / "elsewhere" / name)
        self.synod("view", "elsewhere/failure.json")

    def test_the_page_of_another_trace_is_not_its_own(self):
        self.synod(*TRACE, status=VIOLATED)
        (self.folder / "other").mkdir()
        for name in ("second.json", "other/failure.json"):
            self.write(name, self.read("failure.json"))
        self.synod("view", "failure.json", "-o", "page.html")
        page = self.read("page.html")
        for trace in ("second.json", "other/failure.json"):
            self.assertEqual(self.complaint("view", trace, "-o", "page.html"),
                             "page.html: this file is there already: give another, or --force")
        self.assertEqual(self.read("page.html"), page)
        self.write("failure.html", page.replace("synod view of", "a page about"))
        self.complaint("view", "failure.json")

    # ---- Bad input

    def test_figures_that_are_none_or_of_another_trace(self):
        self.synod(*TRACE, status=VIOLATED)
        for figures, complaint in (
                ('{"step": 1}', "steps"), ('[]', "figures"), ('{"steps": [{"step": 1}]}', "violated"),
                ('{"steps": [{"step": 58, "violated": 1, "samples": 2}]}', "of the same trace"),
                ('{"steps": [{"step": "1", "violated": 1, "samples": 2}]}', "a whole number")):
            self.write("figures.json", figures)
            told = self.complaint("view", "failure.json", "--whatif", "figures.json")
            self.assertRegex(told, rf"^figures\.json:1: .*{complaint}")

    def test_it_never_overwrites_unless_it_is_told_to(self):
        self.synod(*TRACE, status=VIOLATED)
        self.write("failure.html", "mine")
        self.assertEqual(self.complaint("view", "failure.json"),
                         "failure.html: this file is there already: give another, or --force")
        self.assertEqual(self.read("failure.html"), "mine")
        self.synod("view", "failure.json", "--force")
        self.assertNotEqual(self.read("failure.html"), "mine")

    def test_what_cannot_be_shown(self):
        self.write("broken.json", "{")
        self.assertRegex(self.complaint("view", "broken.json"), r"^broken\.json:1: ")
        self.assertRegex(self.complaint("view", "nowhere.json"), r"^nowhere\.json: ")
        self.write("random.json", '{"format": "synod run", "version": 1, "protocol": "paxos"}')
        self.assertRegex(self.complaint("view", "random.json"), r"^random\.json: has no steps")
        self.assertEqual(self.complaint("view"), "view: TRACE is missing: give a trace or scenario with steps")

    def test_a_broken_trace_to_compare_with_leaves_no_page(self):
        self.synod(*TRACE, status=VIOLATED)
        self.write("broken.json", "{")
        self.assertRegex(self.complaint("view", "failure.json", "--compare", "broken.json"),
                         r"^broken\.json:1: ")

    def test_a_page_that_cannot_be_written(self):
        self.synod(*TRACE, status=VIOLATED)
        self.assertRegex(self.complaint("view", "failure.json", "-o", "no/folder.html"),
                         r"^no/folder\.html: cannot be written: ")


if __name__ == "__main__":
    main()
