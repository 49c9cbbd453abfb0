"""What became of a project's mails day by day, for its overview page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlmodel import Session

from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.statistics import Days, day_of
from models import EmailOutbox, EmailOutcome

_MAIL = EmailOutbox.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
SENT: Final = EmailOutcome.SENT
REFUSED: Final = (EmailOutcome.BOUNCED, EmailOutcome.SPAM)
_GONE_WRONG: Final = (*REFUSED, EmailOutcome.FAILED)


@dataclass(frozen=True, slots=True)
class MailDay:
    """Mails that were asked for on one day; skipped ones do not count."""

    day: date
    delivered: int
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class MailFigures:
    """Mails of a span of days, and how many of the days before it."""

    days: tuple[MailDay, ...]
    counts: Mapping[EmailOutcome, int]
    clicked: int
    before: int

    @property
    def total(self) -> int:
        """All mails, skipped ones included."""
        return sum(self.counts.values())


def figures(session: Session, *, tenancy: TenancySnapshot, days: Days) -> MailFigures:
    """Count the mails that were asked for within the days."""
    mine, created = _MAIL.c.tenancy_id == tenancy.id, _MAIL.c.created_at
    within = (mine, created >= days.start(), created < days.end())
    day = day_of(session, created)
    per_day: dict[date, dict[EmailOutcome, int]] = {}
    counts = dict.fromkeys(EmailOutcome, 0)
    rows = session.execute(select(day, _MAIL.c.outcome, func.count()).where(*within).group_by(day, _MAIL.c.outcome))
    for value, outcome, number in rows:
        per_day.setdefault(date.fromisoformat(str(value)), {})[EmailOutcome(outcome)] = number
        counts[EmailOutcome(outcome)] += number
    clicked = session.execute(select(func.count()).where(*within, _MAIL.c.clicked_at.is_not(None))).scalar_one()
    earlier = (mine, created >= days.before.start(), created < days.start())
    before = session.execute(select(func.count()).where(*earlier)).scalar_one()
    return MailFigures(tuple(_mail_day(one, per_day.get(one, {})) for one in days.each()), counts, clicked, before)


def _mail_day(day: date, counts: Mapping[EmailOutcome, int]) -> MailDay:
    failed = sum(counts.get(outcome, 0) for outcome in _GONE_WRONG)
    return MailDay(day, counts.get(EmailOutcome.SENT, 0), counts.get(EmailOutcome.PENDING, 0), failed)
