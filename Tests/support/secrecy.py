"""What must never be in a log: message texts, whole phone numbers, passwords, cookies and tokens."""

import re

from .installation import MARK
from .server import PASSWORD

_WHOLE_NUMBER = re.compile(r"(?<![\d.:-])\+?1(619|858)555\d{4}(?!\d)")


def slips(log, secrets=()):
    """The lines of a log that say too much, each with why."""
    found = []
    for line in log.splitlines():
        if MARK in line:
            found.append(f"a message text: {line}")
        if _WHOLE_NUMBER.search(line):
            found.append(f"a whole phone number: {line}")
        if PASSWORD in line or any(secret in line for secret in secrets):
            found.append(f"a secret: {line}")
    return found
