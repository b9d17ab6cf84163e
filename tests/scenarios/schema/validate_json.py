#!/usr/bin/env python3
"""Validates files against scenarios/schema/run.schema.json, or another that is given: one line a problem, then
exit status 1."""

import json
import pathlib
import sys

import jsonschema

SCHEMA = pathlib.Path(__file__).resolve().parents[3] / "scenarios" / "schema" / "run.schema.json"


def main(paths):
    path_of_schema = SCHEMA
    if paths[:1] == ["--schema"]:
        path_of_schema, paths = pathlib.Path(paths[1]), paths[2:]
    if not paths:
        print("usage: validate_json.py [--schema SCHEMA] FILE...", file=sys.stderr)
        return 2
    schema = json.loads(path_of_schema.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    has_problem = False
    for path in paths:
        try:
            value = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            print(f"{path}: {error}")
            has_problem = True
            continue
        for problem in sorted(validator.iter_errors(value), key=lambda error: error.json_path):
            print(f"{path}: {problem.json_path}: {problem.message}")
            has_problem = True
    return 1 if has_problem else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
