#!/usr/bin/env bash
# write_man_page.sh PROGRAM PAGE: writes synod(1), compressed. Its text is that of --help, of the
# program and then of each verb, so that it cannot say anything else; help2man sets it.
set -euo pipefail

if (($# != 2)); then
  printf 'usage: %s PROGRAM PAGE\n' "$0" >&2
  exit 2
fi
if ! command -v help2man >/dev/null; then
  printf '%s: help2man is missing: on Debian and Ubuntu, "apt-get install -y help2man"\n' "$0" >&2
  exit 2
fi
program="$(realpath "$1")"
page="$2"
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin"
ln -s "$program" "$folder/bin/synod"
export PATH="$folder/bin:$PATH"

# The help as help2man expects it: "-o, --out", and an option with all that belongs to it on one line.
# How to get help, and what the exit status means, is said once.
help_of() {
  synod "$@" --help |
    sed -e 's/^  \(-.\),--/  \1, --/' -e '/^  -h, --help /d' -e '/^Exit status: /d'
}

{
  synod --help |
    sed -e 's/^  \(-.\),--/  \1, --/' -e '/^Exit status: /d' -e '/^Usage: /s/SUBCOMMAND/VERB .../' \
      -e 's/^Subcommands:/Verbs:/'
  while read -r verb; do
    # The first line says what it does, the second how it is called: "Usage: synod fuzz [OPTIONS]".
    printf '\n*synod %s*\n\n' "$verb"
    help_of "$verb" | sed -e '2s/^Usage: \(.*\)$/\n  \1\n/' -e 's/^Options:$/Its options:/'
  done < <(synod --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
} >"$folder/text"

cat >"$folder/said" <<END
#!/bin/sh
case \$1 in --version) echo "synod $(synod --version | cut -d ' ' -f 2)" ;; *) cat "$folder/text" ;; esac
END
chmod +x "$folder/said"

help2man --no-info --name 'find out whether a consensus protocol is safe' \
  --include "$here/man_page.txt" --output "$folder/synod.1" "$folder/said"
gzip -9n <"$folder/synod.1" >"$page"
