#!/usr/bin/env bash
# Every source is formatted as .clang-format says. `tools/dev format` mends what this finds.
set -euo pipefail
cd "$SYNOD_SOURCE_DIR"
find core sim properties scenarios tools tests \( -name '*.h' -o -name '*.cpp' \) -print0 |
  xargs -0 -P2 -n20 clang-format-19 --dry-run --Werror
