"""Every verb, with every file it can be given: what is read is never overwritten, no output takes the
place of another, and what cannot be written is said before the work."""

import os
import re
import subprocess

from command_line import SOURCE_DIR, VIOLATED, CommandLineTest, main

# An option that takes a file and is in neither list fails a test below.
INPUTS = {"TRACE", "HISTORY", "--scenario", "--coverage-of", "--compare", "--whatif"}
OUTPUTS = {"--out", "--trace", "--json", "--markdown", "--junit", "--dot"}

# What each verb takes to begin, but for its files.
VERBS = {
    "fuzz": [], "run": ["--seed", "1"], "replay": [], "shrink": ["--force"], "whatif": [],
    "view": ["--force"], "explain": [], "export": ["--to", "dot", "--force"], "list": ["properties"],
    "compare": [], "hunt": [], "shortest": [], "texts": [], "explore": [],
    "keep": ["--name", "kept"], "regress": [], "refresh": [], "check": [], "bench": [],
}

TOO_LONG = "x" * 300


class NamedFilesTest(CommandLineTest):

    def setUp(self):
        super().setUp()
        self.synod("run", "--scenario", "late_client", "--mutant", "sd-pick-own", "--seed", "5000",
                   "--trace", "trace.json", status=VIOLATED)
        self.synod("explore", "--ballots-max", "1", "--slow-writes", "--requests", "writes",
                   "--json", "explored.json")
        self.synod("whatif", "trace.json", "--samples", "1", "--json", "figures.json")
        self.write("calm.json", (SOURCE_DIR / "scenarios" / "stories" / "calm.json").read_text(encoding="utf-8"))
        self.write("other.json", self.read("trace.json"))
        self.write("history.json", '{"format": "synod history", "version": 1, "model": "register", "operations": []}')
        self.given = {"TRACE": "trace.json", "HISTORY": "history.json", "--scenario": "calm.json", "--coverage-of": "explored.json",
                      "--compare": "other.json", "--whatif": "figures.json"}

    def files_of(self, verb):
        """The options of a verb that take a file, as its help has them."""
        names = re.findall(r"^  (?:-\w,)?(--\w[-\w]*|[A-Z]+) (?:NAME\|)?FILE\b", self.synod(verb, "--help"),
                           re.MULTILINE)
        self.assertLessEqual(set(names), INPUTS | OUTPUTS, verb)
        return [name for name in names if name in INPUTS], [name for name in names if name in OUTPUTS]

    def command(self, verb, files):
        """With what it needs, and these files."""
        inputs, _ = self.files_of(verb)
        files = {**{name: self.given[name] for name in inputs if name.isupper()}, **files}
        words = [verb, *VERBS[verb]]
        for name, file in files.items():
            words += [file] if name.isupper() else [name, file]
        return words

    def other_names_of(self, name):
        """Of the same file, which is there."""
        (self.folder / "folder").mkdir(exist_ok=True)
        for link in ("soft.link", "hard.link", "folder/soft.link", "up"):
            if os.path.lexists(self.folder / link):
                os.remove(self.folder / link)
        os.symlink(name, self.folder / "soft.link")
        os.symlink(os.path.join("..", "soft.link"), self.folder / "folder" / "soft.link")
        os.symlink(".", self.folder / "up")
        os.link(self.folder / name, self.folder / "hard.link")
        return [name, f"./{name}", f"folder/../{name}", str(self.folder / name), "soft.link", "hard.link",
                "folder/soft.link", f"up/{name}"]

    def test_every_verb_is_known_here(self):
        listed = re.findall(r"^  (\w+) ", self.synod("--help").split("Subcommands:")[1], re.MULTILINE)
        self.assertEqual(sorted(VERBS), sorted(listed))

    def test_an_output_that_is_an_input_is_refused_before_the_work(self):
        pairs = 0
        for verb in VERBS:
            inputs, outputs = self.files_of(verb)
            for output in outputs:
                for read in inputs:
                    if (verb, output) == ("shrink", "--out"):
                        continue  # with --force, it may be shrunk where it is
                    name = self.given[read]
                    before = self.read(name)
                    for other in self.other_names_of(name):
                        with self.subTest(verb=verb, output=output, read=read, name=other):
                            told = self.complaint(*self.command(verb, {read: name, output: other}))
                            self.assertRegex(told, rf"^{verb}: {output} .* is the same file as {read} ")
                            self.assertEqual(self.read(name), before)
                            pairs += 1
        self.assertGreater(pairs, 100)

    def test_an_output_that_is_another_output_is_refused_before_the_work(self):
        pairs = 0
        for verb in VERBS:
            _, outputs = self.files_of(verb)
            for first in outputs:
                for second in outputs:
                    if first >= second:
                        continue
                    self.write("there.json", "old")
                    os.makedirs(self.folder / "folder", exist_ok=True)
                    fresh = ["new.json", "./new.json", str(self.folder / "new.json"), "folder/../new.json"]
                    for name, others in (("new.json", fresh),
                                         ("there.json", self.other_names_of("there.json"))):
                        for other in others:
                            with self.subTest(verb=verb, first=first, second=second, name=other):
                                told = self.complaint(*self.command(verb, {first: name, second: other}))
                                self.assertIn(f"{first} ", told)
                                self.assertIn(f"{second} ", told)
                                self.assertIn(" is the same file as ", told)
                                pairs += 1
                    self.assertEqual(self.read("there.json"), "old")
        self.assertGreater(pairs, 50)

    def test_a_link_that_leads_to_where_another_output_is_to_be(self):
        os.symlink("new.json", self.folder / "link.json")
        self.assertEqual(self.complaint("hunt", "--json", "link.json", "--markdown", "new.json"),
                         'hunt: --json "link.json" is the same file as --markdown "new.json": give another')

    def test_an_output_that_cannot_be_written_is_said_before_the_work(self):
        (self.folder / "folder").mkdir()
        os.symlink("round.json", self.folder / "round.json")
        for verb in VERBS:
            for output in self.files_of(verb)[1]:
                for name, why in (("no/file", "No such file or directory"), ("folder", "it is a folder"),
                                  ("trace.json/file", "Not a directory"), (TOO_LONG, "File name too long"),
                                  ("/".join(["deep"] * 1000), "File name too long"),
                                  ("round.json", "Too many levels of symbolic links")):
                    with self.subTest(verb=verb, output=output, name=name[:20]):
                        told = self.complaint(*self.command(verb, {output: name}))
                        self.assertRegex(told, rf"^{name[:20]}.*: cannot be written: {why}")

    def test_the_default_place_of_an_output_is_looked_at_as_well(self):
        os.rename(self.folder / "trace.json", self.folder / "trace.html")
        self.assertRegex(self.complaint("view", "trace.html", "--force"),
                         r'^view: --out "trace.html" is the same file as TRACE "trace.html": give another$')
        self.assertRegex(self.complaint("shrink", "trace.html", "--json", "trace.min.json"),
                         r'^shrink: --json "trace.min.json" is the same file as --out "trace.min.json"|'
                         r'^shrink: --out "trace.min.json" is the same file as --json "trace.min.json"')

    def test_a_trace_may_be_shrunk_where_it_is_but_nowhere_else_in_its_place(self):
        self.assertEqual(self.complaint("shrink", "trace.json", "-o", "./trace.json"),
                         "./trace.json: this file is there already: give another, or --force")
        self.assertRegex(self.complaint("shrink", "trace.json", "-o", "trace.json", "--force", "--json", "trace.json"),
                         "is the same file as")
        before = self.read("trace.json")
        self.synod("shrink", "trace.json", "-o", "./trace.json", "--force", status=VIOLATED)
        self.assertLess(len(self.read("trace.json")), len(before))

    def test_what_is_printed_goes_into_no_file_that_is_named(self):
        before = self.read("trace.json")
        for arguments in (["explain", "trace.json"], ["run", "--seed", "1", "--trace", "trace.json"]):
            with open(self.folder / "trace.json", "a", encoding="utf-8") as file:
                self.assertRegex(self.complaint(*arguments, stdout=file),
                                 r"^\w+: standard output is the same file as (TRACE|--trace) ")
        self.assertEqual(self.read("trace.json"), before)

    def test_a_report_is_not_one_of_the_traces_that_are_judged(self):
        self.synod("keep", "trace.json", "--name", "kept", "--into", "kept")
        before = self.read("kept/kept.json")
        os.symlink("kept", self.folder / "other")
        for name in ("kept/kept.json", "kept/new.json", "other/new.json"):
            for option in ("--json", "--junit"):
                self.assertRegex(self.complaint("regress", "kept", option, name),
                                 rf'^regress: {option} "{name}" would be read as one of those in DIR "kept"')
        self.assertEqual(self.read("kept/kept.json"), before)
        self.synod("regress", "kept", "--junit", "kept/report.xml")

    # ---- The folder of a campaign's traces

    def test_a_summary_where_the_folder_of_the_traces_is_to_be(self):
        for json, out in (("new", "new"), ("new", "./new"), ("new", "new/deep"), ("new", "new/")):
            self.assertRegex(self.complaint("fuzz", "--json", json, "--out", out),
                             rf'^fuzz: --json "new" is where the folder --out "{out}" is to be made')

    def test_a_summary_that_a_trace_could_overwrite(self):
        (self.folder / "traces").mkdir()
        for name in ("paxos-agreement-17.json", "paxos-agreement-17.original.json"):
            self.assertRegex(self.complaint("fuzz", "--json", f"traces/{name}", "--out", "traces"),
                             rf'^fuzz: --json "traces/{name}": a trace in --out could have this name')
        self.synod("fuzz", "--seeds", "2000", "--json", "traces/paxos-summary-1.json", "--out", "traces")

    def test_a_folder_whose_name_is_too_long(self):
        for out in (TOO_LONG, f"good/{TOO_LONG}", "/".join(["deep"] * 1000)):
            self.assertRegex(self.complaint("fuzz", "--mutant", "sd-pick-own", "--out", out),
                             r": this folder cannot be made: File name too long$")
            self.assertRegex(self.complaint("keep", "trace.json", "--name", "kept", "--into", out),
                             r": this folder cannot be made: File name too long$")
        # There is room for the folder, and not for the names in it.
        almost = "d" + "/d" * 2025
        self.assertRegex(self.complaint("fuzz", "--mutant", "sd-pick-own", "--out", almost),
                         r": this folder cannot hold the traces: ")
        self.assertRegex(self.complaint("keep", "trace.json", "--name", "k" * 80, "--into", almost),
                         r": cannot be written: File name too long$")

    def test_many_planted_bugs_have_traces_with_names_that_fit(self):
        listed = self.synod("list", "mutants")
        slugs = re.findall(r"^(\w+-[-\w]+)\n    .*\n    \w[ \w]*; breaks", listed, re.MULTILINE)
        paxos = [slug for slug in slugs if slug.startswith(("sd-", "rd-"))][:40]
        self.assertGreaterEqual(len(paxos), 20)
        words = [word for slug in paxos for word in ("--mutant", slug)]
        names = set()
        for extra in ([], ["--mutant", "sd-pick-own"]):
            told = self.synod("fuzz", *words, *extra, "--seeds", "300", "--no-shrink", status=VIOLATED)
            first = told.splitlines()[0]
            self.assertRegex(first, r"^names +.*traces are synod-traces/paxos-.*-and-\d+-more-[0-9a-f]{8}-"
                                    r"PROPERTY-SEED\.json$")
            trace = re.search(r"^  trace +(\S+)$", told, re.MULTILINE).group(1)
            self.assertTrue((self.folder / trace).is_file())
            self.assertLessEqual(len(os.path.basename(trace)), 255)
            self.assertTrue(trace.startswith(first.split()[-1].split("PROPERTY")[0]), trace)
            self.synod("replay", trace, status=VIOLATED)
            names.add(trace)
        self.assertEqual(len(names), 2, "other bugs, another name")


class LinksTest(CommandLineTest):

    def test_an_output_is_written_through_a_link(self):
        (self.folder / "folder").mkdir()
        self.write("folder/there.json", "old")
        os.chmod(self.folder / "folder" / "there.json", 0o640)
        os.symlink("folder/there.json", self.folder / "link.json")
        os.symlink("link.json", self.folder / "second.json")
        os.symlink("folder/fresh.json", self.folder / "dangling.json")
        for link, target in (("link.json", "there"), ("second.json", "there"), ("dangling.json", "fresh")):
            self.write("folder/there.json", "old")
            self.synod("run", "--scenario", "calm", "--seed", "1", "--trace", link)
            self.assertTrue((self.folder / link).is_symlink(), link)
            self.assertIn('"synod run"', self.read(f"folder/{target}.json"))
        self.assertEqual((self.folder / "folder" / "there.json").stat().st_mode & 0o777, 0o640)
        self.assertEqual(sorted(os.listdir(self.folder / "folder")), ["fresh.json", "there.json"])

    def test_a_link_that_leads_nowhere_a_file_can_be(self):
        os.symlink("no/file.json", self.folder / "link.json")
        self.assertEqual(self.complaint("run", "--seed", "1", "--trace", "link.json"),
                         "link.json: cannot be written: No such file or directory")
        self.assertTrue((self.folder / "link.json").is_symlink())

    def test_what_is_no_file_is_written_as_it_is(self):
        os.mkfifo(self.folder / "pipe")
        reader = subprocess.Popen(["cat", "pipe"], cwd=self.folder, stdout=subprocess.PIPE, text=True)
        self.synod("run", "--scenario", "calm", "--seed", "1", "--trace", "pipe")
        self.assertIn('"synod run"', reader.communicate()[0])
        self.assertEqual(self.files(), ["pipe"])
        self.synod("run", "--scenario", "calm", "--seed", "1", "--trace", "/dev/null")
        self.assertTrue(os.path.exists("/dev/null") and not os.path.isfile("/dev/null"))

    def test_standard_output_takes_the_file_among_what_is_printed(self):
        piped = self.synod("run", "--scenario", "calm", "--seed", "1", "--trace", "/dev/stdout")
        with open(self.folder / "all.txt", "w", encoding="utf-8") as file:
            self.synod("run", "--scenario", "calm", "--seed", "1", "--trace", "/dev/stdout", stdout=file)
        self.assertEqual(self.read("all.txt"), piped)
        self.assertIn('"synod run"', piped)
        self.assertIn("\nfingerprint ", piped)
        self.assertTrue(os.path.islink("/dev/stdout"))


if __name__ == "__main__":
    main()
