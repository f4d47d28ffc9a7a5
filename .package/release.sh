# shellcheck shell=bash disable=SC2034
# What packages need to know of a release, read where the program has it. To be sourced; `root` is the repository.
binary=${KUGEL_BINARY:-$root/.build/release/kugel}
release=$root/Sources/KugelJobs/Host/Release.swift
functions=$root/Sources/CLazyLibraries/functions.def
made=$root/.build/package

version=$(sed -n 's/.* version = "\(.*\)"$/\1/p' "$release")
SOURCE_DATE_EPOCH=$(date -u -d "$(sed -n 's/.* date = "\(.*\)"$/\1/p' "$release")" +%s)
export SOURCE_DATE_EPOCH

[ -x "$binary" ] || { echo "$binary is missing; build it first: make build" >&2; exit 1; }
said=$("$binary" --version)
[ "${said%%$'\n'*}" = "kugel $version" ] || {
  echo "$binary is ${said%%$'\n'*}, and $release says $version; build it anew: make build" >&2
  exit 1
}
commit=$(sed -n 's/^commit //p' <<<"$said")

# The libraries that are opened late, in lines of file and Debian's package.
named_libraries() {
  sed -n 's/^LIBRARY("\(.*\)", "\(.*\)")$/\1 \2/p' "$functions"
}
