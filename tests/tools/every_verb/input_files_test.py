"""Whatever stands where a file should: no verb waits for it for ever, and each says what is wrong."""

import os
import subprocess
import threading

from command_line import PROGRAM, SOURCE_DIR, VIOLATED, CommandLineTest, main

TRACE = SOURCE_DIR / "scenarios" / "regressions" / "sd_pick_own.json"
# Seconds: far more than any of them takes to say no.
LONG_ENOUGH = 60


class InputFilesTest(CommandLineTest):

    def setUp(self):
        super().setUp()
        self.write("t.json", TRACE.read_bytes())

    def readers(self, file):
        """A command for each option and argument that names a file to read."""
        return (["replay", file], ["explain", file], ["shrink", file], ["whatif", file], ["view", file],
                ["view", "t.json", "-o", "page.html", "--compare", file],
                ["view", "t.json", "-o", "page.html", "--whatif", file],
                ["export", file, "--to", "dot"], ["keep", file, "--name", "x"],
                ["run", "--scenario", file], ["fuzz", "--scenario", file],
                ["fuzz", "--coverage-of", file])

    def expect_refused(self, file, why):
        for arguments in self.readers(file):
            with self.subTest(arguments):
                self.assertRegex(self.complaint(*arguments, timeout=LONG_ENOUGH),
                                 rf"^{file}: cannot be read: {why}$")

    def test_a_pipe_that_nobody_writes_to(self):
        os.mkfifo(self.folder / "pipe.json")
        self.expect_refused("pipe.json", "it is a pipe, and nobody writes to it: give a file")

    def test_a_folder(self):
        (self.folder / "folder.json").mkdir()
        self.expect_refused("folder.json", "it is a directory: give a file")

    def test_links_to_nowhere_and_in_a_circle(self):
        (self.folder / "dangling.json").symlink_to("nowhere")
        self.expect_refused("dangling.json", "No such file or directory")
        (self.folder / "circle.json").symlink_to("circle.json")
        self.expect_refused("circle.json", "Too many levels of symbolic links")

    def test_a_file_that_is_far_too_large_is_not_read(self):
        with open(self.folder / "huge.json", "wb") as huge:
            huge.truncate(1 << 40)
        for arguments in self.readers("huge.json"):
            self.assertEqual(self.complaint(*arguments, timeout=LONG_ENOUGH),
                             "huge.json: larger than 256 MiB: that is no trace")

    def test_a_device_that_never_ends(self):
        self.assertEqual(self.complaint("replay", "/dev/zero", timeout=LONG_ENOUGH),
                         "/dev/zero: larger than 256 MiB: that is no trace")

    def test_a_pipe_with_a_writer_is_read_to_its_end(self):
        for line in (f"{PROGRAM} replay <(cat t.json)", f"cat t.json | {PROGRAM} replay /dev/stdin",
                     f"{PROGRAM} replay <(head -c 100 t.json; sleep 2; tail -c +101 t.json)",
                     f"{PROGRAM} replay <(sleep 2; cat t.json)",
                     f"mkfifo a.json; cat t.json > a.json & {PROGRAM} replay a.json",
                     f"mkfifo b.json; (sleep 0.3; cat t.json > b.json) & {PROGRAM} replay b.json"):
            self.assertIn("violated      proposals_safe", self.typed(line, status=VIOLATED), line)

    def test_a_pipe_whose_writer_writes_nothing_is_empty(self):
        os.mkfifo(self.folder / "pipe.json")
        writer = threading.Thread(target=lambda: open(self.folder / "pipe.json", "w").close())
        writer.start()
        self.assertRegex(self.complaint("replay", "pipe.json", timeout=LONG_ENOUGH),
                         r"^pipe\.json(:1: empty: give .*|: cannot be read: it is a "
                         r"pipe, and nobody writes to it)")
        writer.join()

    def test_a_longer_trace_than_a_pipe_holds(self):
        text = self.read("t.json").replace("\n", "\n" + " " * (1 << 17))
        piped = subprocess.run([PROGRAM, "replay", "/dev/stdin"], input=text, text=True, check=False,
                               cwd=self.folder, capture_output=True)
        self.assertEqual((piped.returncode, piped.stdout),
                         (VIOLATED, self.synod("replay", "t.json", status=VIOLATED)))


if __name__ == "__main__":
    main()
