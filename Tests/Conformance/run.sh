#!/usr/bin/env bash
# Tries `kugel serve` with clients of others, kugel's own client with a service at fault, its sound on a
# device that plays in time, and what it shows on terminals.
#   run.sh PART...   faults, narrate, paced, piper, voices, queue, screen, engine, tls, units, balance, delays, figures,
#                    elevenlabs, elevenserver, openai, openai-frameworks, streams, sdk, own, old, multi, livekit, pipecat;
#   or all of them: all
# KUGEL_BINARY names the program; without it the debug build speaks. CONFORMANCE_SECONDS says how long
# the runs of the part `paced` are, CONFORMANCE_ROUNDS how many speakers are killed in the part `queue`; with all
# they are long and many unless told otherwise.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PYTHONDONTWRITEBYTECODE=1
if [ "$*" = all ]; then
  export CONFORMANCE_SECONDS="${CONFORMANCE_SECONDS:-60}" CONFORMANCE_ROUNDS="${CONFORMANCE_ROUNDS:-30}"
fi
exec python3 Tests/Conformance/conformance.py "$@"
