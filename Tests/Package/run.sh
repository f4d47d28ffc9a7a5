#!/usr/bin/env bash
# Tries what `make deb` and `make tarball` left in .build/package on a Debian 12 that debootstrap makes, with nothing on
# it but what every Debian has: installs, speaks, removes, and looks what is left. Needs root and a mirror of Debian;
# says so where it cannot be tried. MIRROR names another than deb.debian.org.
# The Debian is made once and kept in .build/package/bare.tar.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$PWD/Tests/Conformance"
status=0
for trial in deb tarball; do python3 "Tests/Package/$trial.py" || status=1; done
exit $status
