"""Figures about the users of a project, for its overview page."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session

from hexclave_app.services.tenancies import TenancySnapshot
from models import User

_USER = User.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many users signed up on one UTC day."""

    day: date
    count: int


@dataclass(frozen=True, slots=True)
class UserFigures:
    """Totals and the series of the last days, oldest first, days without sign-ups included."""

    total: int
    active_last_day: int
    sign_ups: tuple[DayCount, ...]


def figures(session: Session, *, tenancy: TenancySnapshot, now: datetime, days: int = 30) -> UserFigures:
    """Count non-anonymous users, those active in the last 24 hours, and sign-ups per UTC day."""
    mine = (_USER.c.tenancy_id == tenancy.id) & _USER.c.is_anonymous.is_(False)
    total, active = session.execute(
        select(
            func.count(),
            func.count().filter(_USER.c.last_active_at >= now - timedelta(days=1)),
        ).where(mine)
    ).one()
    first_day = now.astimezone(UTC).date() - timedelta(days=days - 1)
    start = datetime.combine(first_day, datetime.min.time(), tzinfo=UTC)
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    signed_up = _USER.c.signed_up_at if is_sqlite else func.timezone("UTC", _USER.c.signed_up_at)
    day = func.date(signed_up)
    rows = session.execute(select(day, func.count()).where(mine, _USER.c.signed_up_at >= start).group_by(day))
    counted = {date.fromisoformat(str(value)): number for value, number in rows}
    series = tuple(
        DayCount(moment, counted.get(moment, 0)) for moment in (first_day + timedelta(days=n) for n in range(days))
    )
    return UserFigures(total, active, series)
