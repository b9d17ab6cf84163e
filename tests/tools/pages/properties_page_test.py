"""The table of properties: what the program says of them, and where each is."""

import re
import unittest

from command_line import SOURCE_DIR, CommandLineTest

PAGE = SOURCE_DIR / "properties" / "README.md"
ROW = re.compile(r"^\| `(\w+)` \| (.+) \| (.+) \| (.+) \| (.*) \| \[(.+)\]\(\.\./(.+)\) \|$", re.MULTILINE)


class PropertiesPageTest(CommandLineTest):

    def test_the_page_is_what_the_command_writes(self):
        (self.folder / "properties").mkdir()
        self.synod("list", "properties", "--markdown", "properties/README.md")
        self.assertEqual(self.read("properties/README.md"), PAGE.read_text(encoding="utf-8"),
                         "write it again: synod list properties --markdown properties/README.md")

    def test_it_has_every_property_with_its_source_and_the_file_that_defines_it(self):
        rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
        listed = set(re.findall(r"^(\w+)\n    \S.*\n    source: ", self.synod("list", "properties"), re.MULTILINE))
        for_others = {"one_order", "linearizable", "determinism"}
        self.assertEqual({name for name, *_ in rows}, listed | for_others)
        for name, about, _, source, _, _, file in rows:
            defined = " ".join(re.sub(r'"\s*"', "", (SOURCE_DIR / file).read_text(encoding="utf-8")).split())
            self.assertIn(f'"{name}"', defined)
            self.assertTrue(about and source, name)

    def test_only_properties_have_one(self):
        self.assertEqual(self.complaint("list", "faults", "--markdown", "faults.md"),
                         "list: --markdown goes with properties and fields alone")
        self.assertEqual(self.files(), [])


if __name__ == "__main__":
    unittest.main()
