#!/usr/bin/env bash
# Writes Sources/Linking/first.order: the functions that a start, the help, and a sentence into a file call, so that
# the linker puts them beside each other. Spread over the program they would have nearly all of it brought into
# memory, as the system maps sixteen pages where one is wanted.
#   order.sh BINARY
# A name that is gone is passed over by the linker, and a function that has no name here is only found elsewhere:
# the list may be of an older program.
set -euo pipefail
binary=$(realpath "${1:?usage: order.sh BINARY}")
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# Valgrind does not read all that is told of the source, and needs the names only.
strip --strip-debug -o "$scratch/kugel" "$binary"

# Written now and then, as the process of the engine is killed in the end and could not.
watched() {
  valgrind --quiet --tool=callgrind --demangle=no --trace-children=yes --dump-every-bb=100000 \
    --callgrind-out-file="$scratch/calls.%p" "$scratch/kugel" "$@" >/dev/null 2>&1
}
sentence="The quick brown fox jumps over the lazy dog near the old stone bridge."
watched --version
watched --help
watched say --quiet --engine espeak --output "$scratch/said.wav" "$sentence"
watched say --quiet --engine espeak --output - "$sentence"

# A list begins with the name of each function in full, and later has its number only.
awk -v program="$scratch/kugel" '
  FNR == 1 { split("", object); split("", name); here = "" }
  match($0, /^c?(ob|fn)=\([0-9]+\)/) {
    called = substr($0, 1, 1) == "c"
    kind = substr($0, called + 1, 2)
    number = substr($0, called + 4, RLENGTH - called - 3)
    rest = substr($0, RLENGTH + 2)
    if (kind == "ob") {
      if (rest != "") object[number] = rest
      if (!called) here = object[number]
    } else {
      sub(/\x27[0-9]+$/, "", rest)
      if (rest != "") name[number] = rest
      if (!called && here == program && name[number] !~ /^0x/ && !told[name[number]]++) print name[number]
    }
  }' "$scratch"/calls.* >first.order
wc -l first.order
