#!/usr/bin/env bash
# Measures the release binary: run.sh [PART...]; see benchmark.py.
# KUGEL_BINARY names another program, BENCHMARK_JSON another file for the figures.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# The sound server is the one of the tests.
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$here/../Conformance"
exec python3 "$here/benchmark.py" --kugel "${KUGEL_BINARY:-$root/.build/release/kugel}" \
  --json "${BENCHMARK_JSON:-$root/.build/benchmark/figures.json}" "$@"
