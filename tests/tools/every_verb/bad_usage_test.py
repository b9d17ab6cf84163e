"""Whatever is typed wrongly is answered by one line that says what is wrong and what would be right."""

import os

from command_line import SOURCE_DIR, CommandLineTest, main

ANY_NUMBER = "18446744073709551615"


class BadUsageTest(CommandLineTest):

    # ---- Verbs and options

    def test_no_verb(self):
        self.assertRegex(self.complaint(), r"^a verb is missing: there are fuzz, run, replay, shrink, whatif, view, "
                                           r"explain, export, list, compare, hunt, shortest, texts, explore, keep, regress, "
                                           r"refresh, check and bench, as in \".*synod fuzz\"$")

    def test_an_unknown_verb(self):
        self.assertEqual(self.complaint("fzz"), 'no verb "fzz": did you mean "fuzz"? There are fuzz, run, '
                                                "replay, shrink, whatif, view, explain, export, list, "
                                                "compare, hunt, shortest, texts, explore, keep, regress, refresh, check and bench")

    def test_an_unknown_option_of_the_program(self):
        self.assertEqual(self.complaint("--verison"),
                         'no option "--verison": did you mean --version?')

    def test_an_unknown_option_of_a_verb(self):
        for arguments in (["--sedes", "3"], ["--sedes=3"], ["--mutant", "sd-pick-own", "--sedes", "3"]):
            self.assertEqual(self.complaint("fuzz", *arguments),
                             'fuzz: no option "--sedes": did you mean --seeds?')
        self.assertEqual(self.complaint("fuzz", "-mutant", "sd-pick-own"),
                         'fuzz: no option "-mutant": did you mean --mutant?')
        # Even where something else is missing.
        self.assertEqual(self.complaint("replay", "--lgo"),
                         'replay: no option "--lgo": did you mean --log?')

    def test_an_argument_too_many(self):
        for arguments in (["fuzz", "run"], ["fuzz", "--mutant", "sd-pick-own", "run"],
                          ["replay", "trace.json", "run"], ["list", "faults", "run"],
                          ["fuzz", "--", "run"], ["run", "--seed", "1", "run"]):
            self.assertRegex(self.complaint(*arguments),
                             rf'^{arguments[0]}: "run" is one argument too many: '
                             rf'see ".*synod {arguments[0]} --help"$')

    def test_an_option_without_its_value(self):
        self.assertEqual(self.complaint("fuzz", "--seeds"),
                         "fuzz: --seeds lacks its value: give --seeds N")
        self.assertEqual(self.complaint("fuzz", "--mutant", "sd-pick-own", "--mutant"),
                         "fuzz: --mutant lacks its value: give --mutant NAME")

    def test_an_option_given_twice(self):
        self.assertEqual(self.complaint("run", "--seed", "1", "--seed", "2"),
                         "run: --seed is there 2 times: give it once")
        self.assertEqual(self.complaint("run", "--seed", "1", "--trace", "a", "--trace", "b"),
                         "run: --trace is there 2 times: give it once")

    def test_a_value_for_an_option_that_takes_none(self):
        self.assertEqual(self.complaint("fuzz", "--keep-going=maybe"),
                         "fuzz: --keep-going takes no value: leave it away")

    def test_options_that_exclude_each_other(self):
        self.assertEqual(self.complaint("fuzz", "--seeds", "5", "--time", "5s"),
                         "fuzz: both --seeds and --time: give one of them")

    def test_observations_without_a_trace_to_write_them_into(self):
        self.assertEqual(self.complaint("run", "--seed", "1", "--observations"),
                         "run: --observations without --trace: give --trace FILE, too")
        self.write_scenario_with_steps()
        self.assertEqual(self.complaint("replay", "steps.json", "--log", "--observations"),
                         "replay: --observations without --trace: give --trace FILE, too")

    def test_an_empty_value_as_from_a_variable_that_was_never_set(self):
        for verb, option, wanted in (("fuzz", "--scenario", "NAME|FILE"), ("fuzz", "--json", "FILE"),
                                     ("fuzz", "--out", "DIR"), ("fuzz", "--mutant", "NAME"),
                                     ("hunt", "--mutants", "all|generated|SLUG"), ("hunt", "--strategy", "NAME"),
                                     ("run", "--trace", "FILE"), ("run", "--protocol", "NAME")):
            self.assertEqual(self.complaint(verb, option, ""),
                             f"{verb}: {option} is empty: give {wanted}")
        self.assertEqual(self.complaint("replay", ""), "replay: TRACE is empty: give FILE")

    def test_a_generated_mutant_without_the_name_of_its_protocol(self):
        wrong = ("fuzz", "--mutant", "may_promise-always-yes")
        meant = 'did you mean "paxos.may_promise-always-yes"?'
        self.assertEqual(self.complaint(*wrong), f'no mutant "may_promise-always-yes": {meant}')
        self.assertEqual(self.complaint(*wrong, "--protocol", "paxos"),
                         f'no mutant "may_promise-always-yes" of paxos: {meant}')

    def test_a_missing_trace_or_list(self):
        self.assertEqual(self.complaint("replay"),
                         "replay: TRACE is missing: give a trace or scenario with steps")
        self.assertEqual(self.complaint("list"),
                         "list: WHAT is missing: give scenarios, protocols, options, mutants, properties, faults, fields "
                         "or schema")

    # ---- Numbers

    def test_a_number_of_seeds_that_is_none(self):
        for text in ("0", "-1", "abc", "1e9", "99999999999999999999", "3.5", "", " 3", "0x10", "3 ",
                     "1,000", "+5", "18446744073709551616"):
            self.assertEqual(self.complaint("fuzz", "--seeds", text),
                             f'fuzz: --seeds "{text}": give a whole number from 1 to {ANY_NUMBER}')

    def test_a_seed_that_is_none(self):
        for text in ("-1", "abc", "0x10", "18446744073709551616"):
            self.assertEqual(self.complaint("run", "--seed", text),
                             f'run: --seed "{text}": give a whole number from 0 to {ANY_NUMBER}')
        self.assertEqual(self.complaint("fuzz", "--first-seed", "-5"),
                         f'fuzz: --first-seed "-5": give a whole number from 0 to {ANY_NUMBER}')

    def test_seeds_beyond_the_last(self):
        self.assertEqual(self.complaint("fuzz", "--first-seed", ANY_NUMBER, "--seeds", "2"),
                         f"fuzz: --first-seed {ANY_NUMBER}: --seeds 2 would go beyond the last seed, "
                         f"{ANY_NUMBER}")

    def test_the_largest_seed_can_be_run(self):
        self.synod("run", "--scenario", "calm", "--seed", ANY_NUMBER)

    def test_a_missing_seed(self):
        self.assertEqual(self.complaint("run"),
                         "run: --seed is missing: a run is drawn from a seed, as in --seed 1")

    def test_a_time_that_is_none(self):
        for text in ("0", "0s", "-3", "abc", "5x", "s", "", "inf", "nan", "1e999", "1e3", "5 s", "0x5"):
            self.assertEqual(self.complaint("fuzz", "--time", text),
                             f'fuzz: --time "{text}": give a duration above zero, as in 30s, 2m or 500ms')

    def test_a_number_of_jobs_that_is_none(self):
        for text in ("0", "-1", "1025", "2.5", "many"):
            self.assertEqual(self.complaint("fuzz", "--jobs", text),
                             f'fuzz: --jobs "{text}": give a whole number from 1 to 1024')

    def test_a_hunt_of_no_trials_or_of_more_than_there_are_seeds_for(self):
        for text in ("0", "-1", "10001", "many"):
            self.assertEqual(self.complaint("hunt", "--trials", text),
                             f'hunt: --trials "{text}": give a whole number from 1 to 10000')
        for text in ("0", "1e5", "1000000000000001"):
            self.assertEqual(self.complaint("hunt", "--budget", text),
                             f'hunt: --budget "{text}": give a whole number from 1 to 1000000000000000')

    def test_a_share_of_seeds_that_is_none(self):
        for text in ("2", "1.5", "-1", "1e-3", "1/0", "2/1", "half", "1/", "1.", ".5", "429496730.0",
                     "0.1234567", "1/4294967296"):
            self.assertEqual(self.complaint("fuzz", "--check-determinism", text),
                             f'fuzz: --check-determinism "{text}": give a ratio from 0 to 1, as in 0.01 '
                             "or 1/100")

    # ---- Names

    def test_names_that_do_not_exist_bring_the_nearest(self):
        self.assertEqual(self.complaint("fuzz", "--mutant", "sd-pick-ow"),
                         'no mutant "sd-pick-ow": did you mean "sd-pick-own"?')
        self.assertEqual(self.complaint("run", "--seed", "1", "--protocol", "pax"),
                         'no protocol "pax": did you mean "paxos"?')
        self.assertEqual(self.complaint("fuzz", "--scenario", "clam"),
                         'no scenario "clam": did you mean "calm"? A file ends in .json')
        self.assertEqual(self.complaint("hunt", "--mutants", "sd-pick-own", "sd-pick-ow"),
                         'no mutant "sd-pick-ow": did you mean "sd-pick-own"?')
        self.assertEqual(self.complaint("hunt", "--strategy", "unifrom"),
                         'hunt: no strategy "unifrom": did you mean "uniform"?')
        self.assertEqual(self.complaint("list", "mutant"),
                         'list: no list of "mutant": did you mean "mutants"?')

    def test_a_name_with_a_line_break_does_not_break_the_line(self):
        self.assertIn('no mutant "a?b"', self.complaint("fuzz", "--mutant", "a\nb"))
        self.complaint("replay", "no\nsuch\x1b[31mfile")
        self.complaint("fuzz", "--scenario", "a\tb")

    def test_a_scenario_file_that_is_not_there(self):
        self.assertEqual(self.complaint("fuzz", "--scenario", "no/such.json"),
                         "no/such.json: cannot be read: No such file or directory")

    def test_names_in_a_scenario_file_that_do_not_exist_come_with_the_file(self):
        head = '{"format": "synod run", "version": 1, '
        self.write("a.json", head + '"protocol": "pax"}')
        self.write("b.json", head + '"mutants": ["sd-pick-ow"]}')
        for verb in (["fuzz"], ["run", "--seed", "1"]):
            self.assertEqual(self.complaint(*verb, "--scenario", "a.json"),
                             'a.json: no protocol "pax": did you mean "paxos"?')
            self.assertEqual(self.complaint(*verb, "--scenario", "b.json"),
                             'b.json: no mutant "sd-pick-ow" of paxos: did you mean "sd-pick-own"?')

    # ---- What does not fit together

    def write_scenario_with_steps(self):
        self.synod("run", "--scenario", "calm", "--seed", "1", "--trace", "steps.json")

    def test_a_campaign_of_a_scenario_that_has_steps(self):
        self.write_scenario_with_steps()
        self.assertEqual(self.complaint("fuzz", "--scenario", "steps.json"),
                         'fuzz: scenario "steps.json" has steps of its own and draws nothing: use '
                         '"run --scenario steps.json"')

    def test_a_seed_for_a_scenario_that_has_steps(self):
        self.write_scenario_with_steps()
        self.assertEqual(self.complaint("run", "--scenario", "steps.json", "--seed", "1"),
                         'run: scenario "steps.json" has steps of its own and draws nothing: leave '
                         "--seed away")

    def test_a_replay_of_a_scenario_without_steps(self):
        self.write("calm.json", (SOURCE_DIR / "scenarios" / "stories" / "calm.json").read_text(encoding="utf-8"))
        self.assertEqual(self.complaint("replay", "calm.json"),
                         "calm.json: has no steps to replay: run it with seeds, as in "
                         '"synod fuzz --scenario calm.json"')

    def test_a_kind_of_benchmark_that_does_not_exist(self):
        self.assertEqual(self.complaint("bench", "explor"),
                         'bench: nothing to measure called "explor": did you mean "explore"?')

    # ---- Places to write to: found out before anything is run

    def test_a_summary_in_a_folder_that_is_not_there(self):
        self.assertEqual(self.complaint("fuzz", "--seeds", ANY_NUMBER, "--json", "no/summary.json"),
                         "no/summary.json: cannot be written: No such file or directory")

    def test_figures_in_a_folder_that_is_not_there(self):
        for what in ([], ["explore"]):
            self.assertEqual(self.complaint("bench", *what, "--json", "no/figures.json"),
                             "no/figures.json: cannot be written: No such file or directory")

    def test_a_page_in_a_folder_that_is_not_there(self):
        for option in ("--json", "--markdown"):
            self.assertEqual(self.complaint("hunt", "--trials", "10000", option, "no/page"),
                             "no/page: cannot be written: No such file or directory")

    def test_a_summary_in_place_of_a_folder(self):
        os.mkdir(self.folder / "taken")
        self.assertEqual(self.complaint("fuzz", "--seeds", ANY_NUMBER, "--json", "taken"),
                         "taken: cannot be written: it is a folder: give a file")

    def test_a_summary_that_was_there_is_kept_when_something_else_is_wrong(self):
        self.write("summary.json", "old")
        self.write("taken", "")
        self.complaint("fuzz", "--json", "summary.json", "--out", "taken")
        self.assertEqual(self.read("summary.json"), "old")

    def test_traces_in_place_of_a_file(self):
        self.write("taken", "")
        for out in ("taken", "taken/traces"):
            self.assertRegex(self.complaint("fuzz", "--seeds", ANY_NUMBER, "--out", out),
                             rf"^{out}: this folder cannot be made: .*/taken is a file$")

    def test_a_trace_in_a_folder_that_is_not_there(self):
        self.assertEqual(self.complaint("run", "--seed", "1", "--trace", "no/trace.json"),
                         "no/trace.json: cannot be written: No such file or directory")
        self.write_scenario_with_steps()
        self.assertEqual(self.complaint("replay", "steps.json", "--trace", "no/trace.json"),
                         "no/trace.json: cannot be written: No such file or directory")

    def test_standard_output_that_is_full(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            self.assertEqual(
                self.complaint("list", "mutants", stdout=full),
                "standard output cannot be written: No space left on device")


if __name__ == "__main__":
    main()
