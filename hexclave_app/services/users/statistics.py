"""Figures about the users of a project, for its overview page; days are those of UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session

from hexclave_app.services.tenancies import TenancySnapshot
from models import LinkedAccount, User

_USER = User.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_ACCOUNT = LinkedAccount.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time


@dataclass(frozen=True, slots=True)
class Days:
    """A span of whole days, the last one included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Days":
        """As many days right before these."""
        return Days(self.first - timedelta(days=self.length), self.first - timedelta(days=1))

    def start(self) -> datetime:
        """The first instant."""
        return _midnight(self.first)

    def end(self) -> datetime:
        """The first instant after them."""
        return _midnight(self.last + timedelta(days=1))

    def each(self) -> list[date]:
        """The days, oldest first."""
        return [self.first + timedelta(days=number) for number in range(self.length)]


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many users signed up on one UTC day."""

    day: date
    count: int


@dataclass(frozen=True, slots=True)
class UserFigures:
    """Numbers of non-anonymous users, and the series of sign-ups, days without any included."""

    total: int
    active_last_day: int
    active_last_month: int
    sign_ups: tuple[DayCount, ...]
    sign_ups_before: int
    """In as many days right before the series."""
    total_at_end: int
    """Those of today's users who had signed up when the series ends."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many users have something in common."""

    id: str
    count: int


def first_day(session: Session, *, tenancy: TenancySnapshot, today: date) -> date:
    """The day of the first sign-up; today where nobody has signed up."""
    first: datetime | None = session.execute(select(func.min(_USER.c.signed_up_at)).where(*_mine(tenancy))).scalar()
    return first.astimezone(UTC).date() if first is not None else today


def figures(session: Session, *, tenancy: TenancySnapshot, days: Days, now: datetime) -> UserFigures:
    """Count the users of a project, those active lately, and sign-ups per day."""
    active, signed_up = _USER.c.last_active_at, _USER.c.signed_up_at
    total, last_day, last_month, after, before = session.execute(
        select(
            func.count(),
            func.count().filter(active >= now - timedelta(days=1)),
            func.count().filter(active >= now - timedelta(days=30)),
            func.count().filter(signed_up >= days.end()),
            func.count().filter(signed_up >= days.before.start(), signed_up < days.start()),
        ).where(*_mine(tenancy))
    ).one()
    within = (signed_up >= days.start(), signed_up < days.end())
    day = day_of(session, signed_up)
    rows = session.execute(select(day, func.count()).where(*_mine(tenancy), *within).group_by(day))
    counted = {date.fromisoformat(str(value)): number for value, number in rows}
    series = tuple(DayCount(one, counted.get(one, 0)) for one in days.each())
    return UserFigures(total, last_day, last_month, series, before, total - after)


def methods(session: Session, *, tenancy: TenancySnapshot) -> list[Share]:
    """By what users can sign in, the commonest first; who has several ways counts for each of them."""
    own = session.execute(
        select(
            func.count().filter(_USER.c.password_hash.is_not(None)),
            func.count().filter(_USER.c.has_otp.is_(True)),
            func.count().filter(_USER.c.has_passkey.is_(True)),
        ).where(*_mine(tenancy))
    ).one()
    linked = session.execute(
        select(_ACCOUNT.c.provider_config_id, func.count(_ACCOUNT.c.user_id.distinct()))
        .where(_ACCOUNT.c.tenancy_id == tenancy.id)
        .group_by(_ACCOUNT.c.provider_config_id)
    )
    found = [*zip(("password", "otp", "passkey"), own, strict=True), *((one, number) for one, number in linked)]
    return _sorted(found)


def countries(session: Session, *, tenancy: TenancySnapshot) -> list[Share]:
    """From where users signed up, as far as that is known, the commonest first."""
    rows = session.execute(
        select(_USER.c.country_code, func.count())
        .where(*_mine(tenancy), _USER.c.country_code.is_not(None))
        .group_by(_USER.c.country_code)
    )
    return _sorted([(code, number) for code, number in rows])


def day_of(session: Session, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The UTC day of an instant, on both databases."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return func.date(column if is_sqlite else func.timezone("UTC", column))


def _sorted(found: Sequence[tuple[str, int]]) -> list[Share]:
    shares = [Share(one, number) for one, number in found if number]
    return sorted(shares, key=lambda share: (-share.count, share.id))


def _mine(tenancy: TenancySnapshot) -> tuple[ColumnElement[bool], ...]:
    return (_USER.c.tenancy_id == tenancy.id, _USER.c.is_anonymous.is_(False))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=UTC)
