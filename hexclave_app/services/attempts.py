"""Counting tries exactly, so that any number of processes count together.

The rate is the generic cell rate algorithm (ITU-T I.371): one instant per key, moved while its row is locked, so that
of a thousand concurrent tries exactly the allowed number passes. A try is taken before the password is compared and
given back when it was right: only failures count, and none of them can hide in a race.

The counters are rows of the database, or of Redis when the operator has one (`gateways/redis_counters.py`). What is
counted for which step is `services/limits.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from hexclave_app.db import Database
from hexclave_app.errors import TooManyAttempts
from hexclave_app.security.rate_limits import Rate
from models import AttemptCounter

_COUNTER = AttemptCounter.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time


@dataclass(frozen=True, slots=True)
class Counter:
    """One thing that tries are counted on."""

    key: str
    rate: Rate
    lock: Rate | None = None
    """Whether failures in a row lock it, and for how long."""


class CounterStore(Protocol):
    """Where counters live."""

    async def take(self, counters: Sequence[Counter], *, now: datetime) -> timedelta | None:
        """Take a try from all counters, or from none and say how long to wait."""
        ...

    async def give_back(self, counters: Sequence[Counter]) -> None:
        """Return the try; a counter with a lock forgets its failures."""
        ...


class DatabaseCounters:
    """Counters as rows of the SQL database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def take(self, counters: Sequence[Counter], *, now: datetime) -> timedelta | None:
        """Take a try from all counters, or from none and say how long to wait."""
        try:
            await self._db.run(take, counters, now=now)
        except TooManyAttempts as refusal:  # raised, so that nothing that was taken is committed
            return refusal.retry_after
        return None

    async def give_back(self, counters: Sequence[Counter]) -> None:
        """Return the try; a counter with a lock forgets its failures."""
        await self._db.run(give_back, counters)


def take(session: Session, counters: Sequence[Counter], *, now: datetime) -> None:
    """Take a try from every counter before it is made; raises TooManyAttempts when one has none left.

    Runs in a transaction of its own: a refused try takes nothing, a failed one stays taken.
    """
    for counter in counters:
        row = _locked_row(session, counter.key, now)
        if row.is_locked and row.failures_until > now:
            raise TooManyAttempts(retry_after=row.failures_until - now)
        start = max(row.free_at, now)
        wait = start + counter.rate.step - (now + counter.rate.per)
        if wait.total_seconds() > 0:
            raise TooManyAttempts(retry_after=wait)
        row.free_at = start + counter.rate.step
        if counter.lock is not None:
            _count_failure(row, counter.lock, now)


def give_back(session: Session, counters: Sequence[Counter]) -> None:
    """The try was right: forget the failures of what can be locked, return the try to the others."""
    for counter in counters:
        if counter.lock is not None:
            session.execute(delete(AttemptCounter).where(col(AttemptCounter.key) == counter.key))
            continue
        row = session.get(AttemptCounter, counter.key, with_for_update=True, populate_existing=True)
        if row is not None:
            row.free_at -= counter.rate.step


def forget_old(session: Session, *, now: datetime) -> None:
    """Remove counters that hold nobody back and hold no failures that still count."""
    session.execute(
        delete(AttemptCounter).where(col(AttemptCounter.free_at) < now, col(AttemptCounter.failures_until) < now)
    )


def _locked_row(session: Session, key: str, now: datetime) -> AttemptCounter:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    values = {"key": key, "free_at": now, "failures": 0, "failures_until": now, "is_locked": False}
    session.execute(dialect.insert(_COUNTER).values(values).on_conflict_do_nothing(index_elements=["key"]))
    return session.get_one(AttemptCounter, key, with_for_update=True, populate_existing=True)


def _count_failure(row: AttemptCounter, lock: Rate, now: datetime) -> None:
    """Every try counts as a failure until it turns out right; enough of them lock the counter."""
    row.failures = row.failures + 1 if row.failures_until > now else 1
    row.failures_until = now + lock.per
    row.is_locked = row.failures >= lock.count
