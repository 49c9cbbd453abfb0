"""Counting tries exactly, in the database, so that any number of processes count together.

The rate is the generic cell rate algorithm (ITU-T I.371): one instant per key, moved while its row is locked, so that
of a thousand concurrent tries exactly the allowed number passes. A try is taken before the password is compared and
given back when it was right: only failures count, and none of them can hide in a race.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from hexclave_app.errors import TooManyAttempts
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.rate_limits import Rate, RateLimits
from models import AttemptCounter

_COUNTER = AttemptCounter.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try that was let through, and the counters it was taken from (account first)."""

    counters: Sequence[tuple[str, Rate]]


def take(
    session: Session, limits: RateLimits, *, tenancy_id: object, account: str, address: str, now: datetime
) -> Attempt:
    """Take a try from account, address and project before it is made; raises TooManyAttempts when one has none left.

    Runs in a transaction of its own: a refused try takes nothing, a failed one stays taken.
    """
    counters = [(f"account:{tenancy_id}:{token_hash(account)}", limits.account)]
    if address:
        counters.append((f"ip:{tenancy_id}:{address}", limits.ip))
    counters.append((f"project:{tenancy_id}", limits.project))
    for key, rate in counters:
        row = _locked_row(session, key, now)
        _refuse_while_locked(row, now)
        start = max(row.free_at, now)
        wait = start + rate.step - (now + rate.per)
        if wait.total_seconds() > 0:
            raise TooManyAttempts(retry_after=wait)
        row.free_at = start + rate.step
    _count_failure(session, counters[0][0], limits.lock, now)
    return Attempt(counters)


def give_back(session: Session, attempt: Attempt) -> None:
    """The try was right: forget the account's failures, return it to address and project."""
    (account_key, _), *others = attempt.counters
    session.execute(delete(AttemptCounter).where(col(AttemptCounter.key) == account_key))
    for key, rate in others:
        row = session.get(AttemptCounter, key, with_for_update=True, populate_existing=True)
        if row is not None:
            row.free_at -= rate.step


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


def _refuse_while_locked(row: AttemptCounter, now: datetime) -> None:
    if row.is_locked and row.failures_until > now:
        raise TooManyAttempts(retry_after=row.failures_until - now)


def _count_failure(session: Session, key: str, lock: Rate, now: datetime) -> None:
    """Every try counts as a failure until it turns out right; enough of them lock the account."""
    row = session.get_one(AttemptCounter, key)
    row.failures = row.failures + 1 if row.failures_until > now else 1
    row.failures_until = now + lock.per
    row.is_locked = row.failures >= lock.count
