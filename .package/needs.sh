#!/usr/bin/env bash
# Makes a library that needs every function which the program looks up late, and nothing else.
#   needs.sh FILE
# Debian's tools find dependencies by what a file is linked with; the program is not linked with these.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
functions=$root/Sources/CLazyLibraries/functions.def
mapfile -t libraries < <(sed -n 's/^LIBRARY("\(.*\)", ".*")$/-l:\1/p' "$functions")
gcc -shared -fPIC -o "${1:?usage: needs.sh FILE}" -xc - -xnone -Wl,--no-undefined "${libraries[@]}" <<C
#define LIBRARY(file, package)
#define FUNCTION(name) void name(void);
#include "$functions"
#undef FUNCTION
#define FUNCTION(name) name,
void (*const needed[])(void) = {
#include "$functions"
};
C
