"""How often sign-up rules matched (contract 03, section 8.3)."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from models import SignUpRuleCount

HOURS: Final = 48
ACTIONS: Final = ("allow", "reject", "restrict", "log")
_TABLE = SignUpRuleCount.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time


@dataclass(frozen=True, slots=True)
class RuleTriggers:
    """The matches of one rule."""

    rule_id: str
    all_time: int
    hourly: Sequence[int]
    """One number per hour of the window, oldest first."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The matches of all rules; `hours` are the full hours of the window, the current one last."""

    hours: Sequence[datetime]
    rules: Sequence[RuleTriggers]
    by_action: dict[str, int]


def count(session: Session, *, tenancy_id: uuid.UUID, rule_id: str, action: str, now: datetime) -> int:
    """Count one match; returns how many the rule has in this hour."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    values = {"tenancy_id": tenancy_id, "rule_id": rule_id, "hour": _full_hour(now), "action": action, "count": 1}
    statement = dialect.insert(_TABLE).values(values)
    keys = ["tenancy_id", "rule_id", "hour", "action"]
    counted = statement.on_conflict_do_update(index_elements=keys, set_={"count": _TABLE.c.count + 1})
    return int(session.execute(counted.returning(_TABLE.c.count)).scalar_one())


def statistics(session: Session, *, tenancy_id: uuid.UUID, now: datetime) -> Statistics:
    """Matches of all time, and of the last 48 hours one by one; rules sorted by id."""
    last = _full_hour(now)
    hours = [last - timedelta(hours=back) for back in reversed(range(HOURS))]
    mine = col(SignUpRuleCount.tenancy_id) == tenancy_id
    all_time = session.exec(
        select(SignUpRuleCount.rule_id, func.sum(SignUpRuleCount.count)).where(mine).group_by(SignUpRuleCount.rule_id)
    ).all()
    recent = session.exec(select(SignUpRuleCount).where(mine, col(SignUpRuleCount.hour) >= hours[0])).all()
    hourly: Counter[tuple[str, datetime]] = Counter()
    by_action = dict.fromkeys(ACTIONS, 0)
    for row in recent:
        hourly[row.rule_id, row.hour] += row.count
        by_action[row.action] = by_action.get(row.action, 0) + row.count
    rules = [
        RuleTriggers(rule_id, int(total), [hourly[rule_id, hour] for hour in hours])
        for rule_id, total in sorted(all_time)
    ]
    return Statistics(hours, rules, by_action)


def _full_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
