#!/usr/bin/env bash
# Builds everything with a sanitizer, runs tests, a service with clients and the commands, and counts what
# it had nothing to say about.
#   run.sh [address] [thread]    both without a word
# `address` looks for leaks too; what is known of C libraries stands in leaks.txt, each with its reason.
# `thread` cannot see the futex inside Synchronization's Mutex, so that build has another one in its place:
# Mutex.swift is laid into every module that has one.
# Each has a folder of its own, .build/sanitize-address and .build/sanitize-thread; reports stay there.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$PWD/Tests/Conformance"
exec python3 Tests/Sanitize/sanitize.py "$@"
