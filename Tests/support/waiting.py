"""Waiting for something to become true, with a deadline; no fixed sleeps."""

import time


class TooLate(AssertionError):
    """What was waited for didn't happen in time."""


def at_rest(look, seconds=10.0):
    """Looks until twice the same is seen, a moment apart, and gives that: what scrolls goes on after its event."""
    seen = []

    def is_same():
        seen.append(look())
        return len(seen) > 1 and seen[-1] == seen[-2]

    until(is_same, seconds, "something at rest", every=0.15)
    return seen[-1]


def until(condition, seconds=10.0, what="the condition", every=0.02):
    """Calls `condition` until it gives something true and returns that; raises TooLate after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TooLate(f"{what}: not within {seconds:g} s; last seen {value!r}")
        time.sleep(every)
