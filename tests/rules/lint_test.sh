#!/usr/bin/env bash
# clang-tidy finds nothing in our sources. Only what changed since the last time is checked again.
set -euo pipefail
build="$SYNOD_SOURCE_DIR/build/clang"
if [[ ! -e "$build/build.ninja" ]]; then
  echo "build/clang is not configured: run 'tools/dev nightly', or 'cmake --preset clang' first" >&2
  exit 1
fi
cmake --build "$build" --target lint -- -k 0
