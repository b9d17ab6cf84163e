#!/usr/bin/env bash
# The trace reader takes any bytes: a short run of the fuzzer, from the committed corpus. What it
# discovers goes to a folder that is thrown away; an input that breaks the reader is kept.
set -euo pipefail
fuzzer="$SYNOD_SOURCE_DIR/build/clang/trace_reader_fuzz"
if [[ ! -x "$fuzzer" ]]; then
  echo "$fuzzer is not built: run 'tools/dev nightly'" >&2
  exit 1
fi
corpus="$(mktemp -d)"
trap 'rm -rf "$corpus"' EXIT
cp -r "$SYNOD_SOURCE_DIR/tests/fuzz/corpus/." "$corpus"
findings="$SYNOD_SOURCE_DIR/build/clang/fuzz_findings/"
mkdir -p "$findings"
"$fuzzer" -seed=20260101 -runs=20000 -max_total_time=20 -artifact_prefix="$findings" "$corpus"
