#!/usr/bin/env bash
# Runs the test targets that `swift build --build-tests` made, several at once.
#   run.sh [TARGET...]    without one all of them
# Each is a process of its own: tests that block a thread of the pool starve nobody but their own target.
# TEST_JOBS says how many run at once; without it as many as there are processors. The log of each target is kept
# in .build/tests, and shown where it failed.
set -euo pipefail
cd "$(dirname "$0")/.."
logs=.build/tests
mkdir -p "$logs"

one() {
  local target=$1 log=.build/tests/$1.log begin=$SECONDS
  if timeout 600 "${SWIFT:-swift}" test --skip-build --ignore-lock --filter "^$target\." >"$log" 2>&1 \
    && ! grep -q 'Test run with 0 tests' "$log"; then
    echo "ok      $target ($((SECONDS - begin)) s): $(grep -o 'Test run with .*' "$log" | tail -n 1)"
  else
    echo "FAIL    $target ($((SECONDS - begin)) s)"
    # What failed, or the end of what hung or fell.
    grep -E '^✘|^↳|error:|Fatal error|Sanitizer' "$log" || tail -n 40 "$log"
    return 1
  fi
}
export -f one

# Those that take longest go first, so that none of them is alone at the end.
all=(EndToEndTests KugelClientTests KugelTextTests KugelScreenplayTests KugelSessionTests KugelAudioTests)
for folder in Tests/*Tests; do
  target=$(basename "$folder")
  [[ " ${all[*]} " == *" $target "* ]] || all+=("$target")
done
[ $# -gt 0 ] && all=("$@")
printf '%s\n' "${all[@]}" | xargs -P "${TEST_JOBS:-$(nproc)}" -I TARGET bash -c 'one TARGET'
