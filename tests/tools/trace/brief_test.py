"""However long a run waits, its story is short: every verb that shows steps tells what comes again and
again once, and says how often; and --all tells everything."""

import re

from command_line import HOLDS, SOURCE_DIR, VIOLATED, CommandLineTest, main

LINES_MAX = 60
WRONG_STEP_MAX = 24
KEPT = SOURCE_DIR / "scenarios" / "regressions"
# Planted bugs of progress; a few thousand steps, and a livelock.
ENDLESS = [KEPT / f"{name}.json" for name in (
    "sd_accept_first_only", "sd_accept_same_value_only", "sd_accept_strictly_greater", "sd_all_must_vote",
    "sd_duel", "sd_fast_clock", "sd_majority_of_others", "sd_real_division", "sd_vacuous_quorum")]
PROTOCOLS = ("paxos", "two_phase_commit", "three_phase_commit", "paxos_commit")


def story_of(log):
    """The lines of a log, in front of the verdict."""
    return log.split("\n\n", 1)[0].split("\n")


class BriefTest(CommandLineTest):

    def endless_traces(self):
        yield from ENDLESS
        self.synod("run", "--scenario", "accident_crash", "--protocol", "two_phase_commit", "--seed", 2,
                   "--trace", "blocks.json", status=VIOLATED)
        yield "blocks.json"

    def test_no_log_is_longer_than_its_reader_reads(self):
        for trace in self.endless_traces():
            self.assertLessEqual(len(story_of(self.synod("replay", "--log", trace, status=VIOLATED))), LINES_MAX, trace)
        for protocol in PROTOCOLS:
            for scenario in ("calm", "accident_crash", "accident_cut", "accident_duelling"):
                for seed in range(1, 6):
                    log = self.run_synod("run", "--scenario", scenario, "--protocol", protocol, "--seed", seed, "--log").stdout
                    self.assertLessEqual(len(story_of(log)), LINES_MAX, (protocol, scenario, seed))

    def test_nor_is_what_fuzz_and_shrink_tell(self):
        for mutant in ("ct-plain-english", "sd-all-must-vote", "sd-real-division", "sd-vacuous-quorum"):
            report = self.synod("fuzz", "--mutant", mutant, status=VIOLATED)
            story = re.search(r"\n  repeat  .*\n\n((?:.+\n)+)\n", report)
            self.assertIsNotNone(story, report)
            self.assertLessEqual(story[1].count("\n"), LINES_MAX, mutant)
        for trace in ENDLESS[:3]:
            told = self.synod("shrink", trace, "-o", "min.json", "--force", status=VIOLATED)
            self.assertLessEqual(len(story_of(told)), LINES_MAX, trace)

    def test_an_explanation_has_the_wrong_step_on_the_first_screen_and_ends(self):
        traces = [*self.endless_traces(), *sorted(KEPT.glob("*.json"))]
        for trace in traces:
            run = self.run_synod("explain", trace)
            lines = run.stdout.split("\n")
            if "\nThe wrong step\n" in run.stdout:
                begin = lines.index("The wrong step")
                self.assertLess(lines.index("", begin), WRONG_STEP_MAX, trace)
            for part in run.stdout.split("\nThe steps that led to it"):
                self.assertLessEqual(part.count("\n"), LINES_MAX + 1, trace)
            if re.search(r"^ +… ", run.stdout, re.MULTILINE):  # what is told briefly leaves room for the rest
                self.assertLessEqual(len(lines), LINES_MAX + 20, trace)

    def test_what_is_left_out_is_counted(self):
        """The steps that are told and those that are counted are all there are."""
        for trace in self.endless_traces():
            told = story_of(self.synod("replay", "--log", trace, status=VIOLATED))
            whole = story_of(self.synod("replay", "--log", "--all", trace, status=VIOLATED))
            is_step = re.compile(r" *\d+  \S")
            count = sum(1 for line in told if is_step.match(line))
            notes = re.sub(r"\n {11,}(?!…)", " ", "\n".join(told))
            for period, times, rest in re.findall(r"(?:such a step|(\d+) such steps) (\d+ times|once) more(?:, and the first(?: (\d+))? of them)?", notes):
                turns = 1 if times == "once" else int(times.split()[0])
                count += int(period or 1) * turns
                self.assertEqual(rest, rest.strip())
                count += int(rest or 0)
            count += len(re.findall(r"and the first of them again", notes))
            count += sum(map(int, re.findall(r"(\d+) steps more", notes)))
            self.assertEqual(count, sum(1 for line in whole if is_step.match(line)), trace)

    def test_all_of_it_is_there_for_who_asks(self):
        trace = ENDLESS[0]
        told = self.synod("replay", "--log", trace, status=VIOLATED)
        whole = self.synod("replay", "--log", "--all", trace, status=VIOLATED)
        count = len(story_of(whole))
        self.assertGreater(count, 5000)
        self.assertIn(f"\ntold          in {len(story_of(told))} lines; --all tells all {count:,}\n", told)
        self.assertNotIn("--all", whole)
        self.assertNotIn("…", whole)

    def test_a_diagram_is_short_too_and_says_what_it_leaves_out(self):
        for trace in self.endless_traces():
            diagram = self.synod("export", "--to", "mermaid", trace)
            self.assertLessEqual(diagram.count("\n"), LINES_MAX + 20, trace)
            self.assertIn("more", diagram)
            whole = self.synod("export", "--to", "mermaid", "--all", trace)
            self.assertGreater(whole.count("\n"), 200, trace)

    def test_the_page_knows_what_to_leave_out(self):
        self.synod("view", ENDLESS[0], "-o", "page.html", status=HOLDS)
        page = self.read("page.html")
        self.assertRegex(page, r'"repeats":\s*\[\s*\{\s*"first":')

    def test_a_short_story_is_told_as_it_is(self):
        trace = KEPT / "sd_pick_own.json"
        told = self.synod("replay", "--log", trace, status=VIOLATED)
        self.assertEqual(told, self.synod("replay", "--log", "--all", trace, status=VIOLATED))


if __name__ == "__main__":
    main()
