#!/usr/bin/env bash
# Tries `kugel serve` with clients of others, and kugel's own client with a service at fault.
#   run.sh PART...   faults, tls, delays, figures, sdk, old, multi, livekit, pipecat; or all: all
# KUGEL_BINARY names the program; without it the debug build speaks.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PYTHONDONTWRITEBYTECODE=1
exec python3 Tests/Conformance/conformance.py "$@"
