"""How far a long count of like things is, now and then."""

from __future__ import annotations

import math
import time


def silent(line: str) -> None:
    """Says nothing."""


class Count:
    """Says at most every few seconds how many of `total` are done, how fast it goes, and when it will be over."""

    def __init__(self, what: str, total: int, say=silent, every_seconds: float = 15.0):
        self._what, self._total, self._say, self._every = what, total, say, every_seconds
        self._done, self._started = 0, time.monotonic()
        self._last = self._started

    def one(self) -> None:
        self._done += 1
        now = time.monotonic()
        if now - self._last < self._every:
            return
        self._last = now
        pace = self._done / (now - self._started)
        left = (self._total - self._done) / pace
        self._say(
            f"{self._what}: {self._done} of {self._total}, {pace:.1f} a second, about {math.ceil(left / 60)} min left"
        )
