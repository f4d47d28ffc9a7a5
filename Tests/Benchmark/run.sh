#!/usr/bin/env bash
# Measures the release binary; see benchmark.py for the options.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# The sound server is the one of the tests.
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$here/../Conformance"
exec python3 "$here/benchmark.py" --kugel "${KUGEL_BINARY:-$here/../../.build/release/kugel}" "$@"
