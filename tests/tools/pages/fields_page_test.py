"""The table of fields: what the schema says of each, and every one of them."""

import json
import re
import unittest

from command_line import SOURCE_DIR, CommandLineTest

PAGE = SOURCE_DIR / "scenarios" / "fields.md"
COMMAND = "synod list fields --markdown scenarios/fields.md"


class FieldsPageTest(CommandLineTest):

    def test_the_page_is_what_the_command_writes(self):
        (self.folder / "scenarios").mkdir()
        self.synod("list", "fields", "--markdown", "scenarios/fields.md")
        self.assertEqual(self.read("scenarios/fields.md"), PAGE.read_text(encoding="utf-8"),
                         f"write it again: {COMMAND}")

    def test_it_has_every_field_of_the_schema_and_says_how_it_is_written(self):
        sections = {}
        for line in PAGE.read_text(encoding="utf-8").splitlines():
            if line.startswith("## "):
                title = line.removeprefix("## ")
            elif row := re.fullmatch(r"\| `(.+?)` \| (.+) \| (.*) \|", line):
                sections.setdefault(title, {})[row.group(1)] = row.group(2)
        schema = json.loads(self.synod("list", "schema"))
        definitions = schema["$defs"]
        objects = {"the file": schema, "configuration": definitions["configuration"],
                   "expect": definitions["expectation"]}
        for prefix, name in (("fault_", "faults: "), ("step_", "steps: ")):
            objects.update({name + one.removeprefix(prefix): definitions[one]
                            for one in definitions if one.startswith(prefix)})
        self.assertEqual({title: set(fields) for title, fields in sections.items()},
                         {title: set(one["properties"]) for title, one in objects.items()})
        for fields in sections.values():
            for name, written in fields.items():
                self.assertTrue(written.strip("`"), name)


if __name__ == "__main__":
    unittest.main()
