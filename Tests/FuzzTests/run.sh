#!/usr/bin/env bash
# Looks for inputs that bring a decoder or parser down, or that it reads in two ways.
#   run.sh SECONDS [TARGET...]    SECONDS for all together; without TARGET every one gets its share
# The program is built with libFuzzer and the address sanitizer into .build/fuzz. What it learns is kept in
# .build/fuzz/corpus and begun with next time; what it finds is left in .build/fuzz/found, and belongs under
# Inputs/TARGET, where `make test` reads it for ever, once the cause is mended.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:?usage: run.sh SECONDS [TARGET...]}
shift
scratch=.build/fuzz
inputs=Tests/FuzzTests/Inputs
# The backtracer of Swift would hang on a program that the sanitizer holds.
export SWIFT_BACKTRACE=enable=no KUGEL_FUZZ=1

swift build -c release --scratch-path "$scratch" --product kugel-fuzz \
  -Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing -Xcc -fsanitize=address,fuzzer-no-link
program=$scratch/release/kugel-fuzz
[ $# -gt 0 ] || mapfile -t targets < <(KUGEL_FUZZ_TARGET=list "$program")
[ $# -eq 0 ] || targets=("$@")
each=$((seconds / ${#targets[@]}))
[ "$each" -gt 0 ] || each=1
mkdir -p "$scratch/found"

passed=0
failed=0
total=0
for target in "${targets[@]}"; do
  corpus=$scratch/corpus/$target
  mkdir -p "$corpus"
  log=$scratch/$target.log
  # Leaks are a matter of `make sanitize`; here they would be told of what libFuzzer itself holds.
  status=0
  KUGEL_FUZZ_TARGET=$target "$program" -max_total_time="$each" -timeout=60 -rss_limit_mb=2048 \
    -max_len=2048 -detect_leaks=0 -print_final_stats=1 -print_funcs=0 -artifact_prefix="$scratch/found/$target-" \
    "$corpus" "$inputs/$target" >"$log" 2>&1 || status=$?
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  covered=$(grep -o 'cov: [0-9]*' "$log" | tail -n 1 || true)
  total=$((total + ${runs:-0}))
  if [ "$status" = 0 ]; then
    passed=$((passed + 1))
    echo "ok      $target: ${runs:-0} inputs in $each s, ${covered:-cov: ?}"
  else
    failed=$((failed + 1))
    echo "FAIL    $target: after ${runs:-?} inputs; see $log"
    grep -E 'Fatal error|ERROR:|Test unit written' "$log" || tail -n 3 "$log"
  fi
done
echo "$total inputs"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
