#!/usr/bin/env bash
# Lets kugel work for long, and looks whether memory, descriptors and threads stay.
#   run.sh MINUTES
# At once for so many minutes: a service under 100 sessions, with faults and connections that break; a
# client through restarts of its service; `stream` at full speed. Before that a day passes for the pure machines
# in simulated time. Figures are printed at intervals; it ends by itself. Loopback only.
# KUGEL_BINARY names the program; without it the debug build works.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$PWD/Tests/Conformance"
exec python3 Tests/Soak/soak.py "${1:?usage: run.sh MINUTES}"
