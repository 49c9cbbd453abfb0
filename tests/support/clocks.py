"""A clock for tests: what happens later has a later time, however fast the machine is."""

from datetime import UTC, datetime, timedelta
from threading import Lock

_TICK = timedelta(milliseconds=1)


class TickingClock:
    """The real time, except that no two readings fall into the same millisecond.

    Rows of one millisecond have no order, which lists may show as they like and tests could not rely on.
    """

    def __init__(self) -> None:
        self._last = datetime.now(UTC)
        self._lock = Lock()

    def __call__(self) -> datetime:
        """The time."""
        with self._lock:
            self._last = max(datetime.now(UTC), self._last + _TICK)
            return self._last
