"""How much a tenancy may send, from what became of its mails (contract 06, section 2.3).

The reference draws a random quota at each step and keeps nothing of it. Here credit grows at the same rate, up to an
hour's worth, so that a single mail never waits for luck; a part of it is kept for mails of high priority, so that a
large mailing does not hold up a sign-in.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlmodel import Session, col
from sqlmodel import select as sqlmodel_select

from hexclave_app import errors
from hexclave_app.services.inserts import insert_if_absent
from models import EmailAllowance, EmailOutbox, EmailOutcome

BOOST: Final = 4
BOOST_LIFETIME: Final = timedelta(hours=4)
RESERVED_SHARE: Final = 0.25  # of an hour's worth, for mails of high priority only
_HOURS_PER_MONTH: Final = 720
_SPAM_WEIGHT: Final = 50
_WENT_OUT: Final = (EmailOutcome.SENT, EmailOutcome.BOUNCED, EmailOutcome.SPAM)
_WINDOWS: Final = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}

View = dict[str, object]


@dataclass(frozen=True, slots=True)
class WindowStats:
    """What became of the mails of a time."""

    sent: int
    bounced: int
    marked_as_spam: int

    @property
    def penalty(self) -> float:
        """1 for a clean record, down to 0.1."""
        if self.sent == 0:
            return 1.0
        return min(1.0, max(0.1, 1 - (self.bounced + _SPAM_WEIGHT * self.marked_as_spam) / self.sent))


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a tenancy may send."""

    stats: dict[str, WindowStats]
    penalty: float
    per_hour: float
    """Without a boost."""


def measure(session: Session, *, tenancy_id: uuid.UUID, default_per_hour: float, now: datetime) -> Capacity:
    """The capacity of a tenancy; one aggregation over a month of its mails, of which it reads an index only."""
    starts = {name: now - length for name, length in _WINDOWS.items()} | {"month": _month_before(now)}
    row = session.execute(counting(tenancy_id, starts)).one()
    stats = {name: WindowStats(*row[3 * number : 3 * number + 3]) for number, name in enumerate(starts)}
    penalty = min(stats[name].penalty for name in ("hour", "day", "week"))
    earned = default_per_hour + 4 * stats["month"].sent / _HOURS_PER_MONTH
    return Capacity(stats, penalty, max(earned * penalty, default_per_hour / 4))


def counting(tenancy_id: uuid.UUID, starts: Mapping[str, datetime]) -> Select[*tuple[Any, ...]]:
    """Sent, bounced and spam since each of the moments."""
    sums = [
        func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
        for start in starts.values()
        for condition in _counted(col(EmailOutbox.finished_sending_at) >= start)
    ]
    in_reach = col(EmailOutbox.finished_sending_at) >= min(starts.values())
    return select(*sums).where(col(EmailOutbox.tenancy_id) == tenancy_id, in_reach)


def _counted(in_window: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    """Sent, bounced, spam."""
    return (
        and_(in_window, col(EmailOutbox.outcome).in_(_WENT_OUT)),
        and_(in_window, col(EmailOutbox.outcome) == EmailOutcome.BOUNCED),
        and_(in_window, col(EmailOutbox.marked_as_spam_at).is_not(None)),
    )


def describe(session: Session, *, tenancy_id: uuid.UUID, default_per_hour: float, now: datetime) -> View:
    """Statistics and capacity as the wire has them."""
    found = measure(session, tenancy_id=tenancy_id, default_per_hour=default_per_hour, now=now)
    allowance = session.get(EmailAllowance, tenancy_id)
    expires_at = allowance.boost_expires_at if allowance else None
    boost = _boost(allowance, now)
    return {
        "stats": {
            name: {"sent": window.sent, "bounced": window.bounced, "marked_as_spam": window.marked_as_spam}
            for name, window in found.stats.items()
        },
        "capacity": {
            "rate_per_second": found.per_hour / 3600 * boost,
            "boost_multiplier": boost,
            "penalty_factor": found.penalty,
            "is_boost_active": boost != 1,
            "boost_expires_at": _iso(expires_at) if expires_at else None,
        },
    }


def activate_boost(session: Session, *, tenancy_id: uuid.UUID, per_hour: float, now: datetime) -> str:
    """Quadruple the capacity for four hours; raises EMAIL_CAPACITY_BOOST_ALREADY_ACTIVE."""
    allowance = _allowance(session, tenancy_id, per_hour, now)
    if allowance.boost_expires_at is not None and allowance.boost_expires_at > now:
        raise errors.EmailCapacityBoostAlreadyActive(expires_at=_iso(allowance.boost_expires_at))
    allowance.boost_expires_at = now + BOOST_LIFETIME
    return _iso(allowance.boost_expires_at)


@dataclass(frozen=True, slots=True)
class Reputation:
    """How a tenancy stands with those who receive its mails: the last hour, and what it may send in one."""

    hour: WindowStats
    per_hour: float
    """With the boost."""
    boosted_until: datetime | None


def reputation(session: Session, *, tenancy_id: uuid.UUID, default_per_hour: float, now: datetime) -> Reputation:
    """The last hour of a tenancy beside its capacity."""
    found = measure(session, tenancy_id=tenancy_id, default_per_hour=default_per_hour, now=now)
    allowance = session.get(EmailAllowance, tenancy_id)
    boost = _boost(allowance, now)
    until = allowance.boost_expires_at if allowance is not None and boost != 1 else None
    return Reputation(found.stats["hour"], found.per_hour * boost, until)


@dataclass(slots=True)
class Credit:
    """What may be sent in this transaction; `spend` what was."""

    allowance: EmailAllowance
    rate: float
    """Mails per second."""
    reserved: float

    @property
    def for_urgent(self) -> int:
        """Mails of high priority that may go now."""
        return int(self.allowance.credit)

    @property
    def for_all(self) -> int:
        """Other mails that may go now."""
        return max(0, int(self.allowance.credit - self.reserved))

    def spend(self, count: int) -> None:
        """Take what was sent off the credit."""
        self.allowance.credit -= count


def credit(session: Session, *, tenancy_id: uuid.UUID, per_hour: float, now: datetime) -> Credit:
    """The tenancy's credit, grown until now and reserved for this transaction."""
    allowance = _allowance(session, tenancy_id, per_hour, now)
    boosted = per_hour * _boost(allowance, now)
    rate = boosted / 3600
    elapsed_s = max(0.0, (now - allowance.credited_at).total_seconds())
    allowance.credit = min(max(1.0, boosted), allowance.credit + rate * elapsed_s)
    allowance.credited_at = max(now, allowance.credited_at)
    return Credit(allowance, rate, boosted * RESERVED_SHARE)


def _allowance(session: Session, tenancy_id: uuid.UUID, per_hour: float, now: datetime) -> EmailAllowance:
    values = {"tenancy_id": tenancy_id, "credit": max(1.0, per_hour), "credited_at": now}
    insert_if_absent(session, EmailAllowance, values)
    return session.exec(
        sqlmodel_select(EmailAllowance)
        .where(col(EmailAllowance.tenancy_id) == tenancy_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _boost(allowance: EmailAllowance | None, now: datetime) -> int:
    expires_at = allowance.boost_expires_at if allowance else None
    return BOOST if expires_at is not None and expires_at > now else 1


def _month_before(now: datetime) -> datetime:
    month, year = (now.month - 1, now.year) if now.month > 1 else (12, now.year - 1)
    for day in range(now.day, 27, -1):  # the 31st of a month whose predecessor has fewer days
        try:
            return now.replace(year=year, month=month, day=day)
        except ValueError:
            continue
    return now.replace(year=year, month=month)


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
