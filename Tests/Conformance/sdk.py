"""The official Python SDK 2.7.0 against the service: every call that touches it."""

import os
import sys

import sdk_oneshot
import sdk_resources
import sdk_restart
import sdk_session
import sdk_session_more
from checks import Checks
from client import Client

checks = Checks(os.environ["CONFORMANCE_TITLE"])
for part in (sdk_oneshot, sdk_session, sdk_session_more, sdk_resources, sdk_restart):
    checks.listed += part.checks.listed

if __name__ == "__main__":
    checks.run(Client(*sys.argv[1:3]))
