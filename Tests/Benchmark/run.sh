#!/usr/bin/env bash
# Measures the release binary; see benchmark.py for the options.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec python3 "$here/benchmark.py" --kugel "${KUGEL_BINARY:-$here/../../.build/release/kugel}" "$@"
