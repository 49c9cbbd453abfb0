"""Whom sign-up rules matched of late: what administrators look through to see whether a rule does what it should.

Rejected sign-ups write here, too, so the table is bounded whatever strangers do: sign-ups are limited before their
rules are tried (`limits.sign_up`), of each rule only so many matches of an hour are kept, and none longer than a month.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, tuple_, update
from sqlmodel import Session, col, select

from models import SignUpRuleTrigger

KEPT: Final = timedelta(days=30)
MOST_PER_HOUR: Final = 200  # 144,000 rows of a rule at the most, some 30 MB


@dataclass(frozen=True, slots=True)
class Page:
    """Matches of one rule, newest first; `has_more` when older ones follow."""

    triggers: Sequence[SignUpRuleTrigger]
    has_more: bool


def keep(session: Session, trigger: SignUpRuleTrigger, *, count: int) -> list[uuid.UUID]:
    """Keep a match, the count-th of its rule in this hour, unless there are too many; returns the ids of kept ones."""
    if count > MOST_PER_HOUR:
        return []
    session.add(trigger)
    return [trigger.id]


def attribute(session: Session, *, tenancy_id: uuid.UUID, ids: Sequence[uuid.UUID], user_id: uuid.UUID) -> None:
    """Say who got an account in spite of the matches, so that they are forgotten together."""
    if not ids:
        return
    mine = (col(SignUpRuleTrigger.tenancy_id) == tenancy_id, col(SignUpRuleTrigger.id).in_(ids))
    session.flush()
    session.execute(update(SignUpRuleTrigger).where(*mine).values(user_id=user_id))


def history(
    session: Session, *, tenancy_id: uuid.UUID, rule_id: str, limit: int, after: tuple[datetime, uuid.UUID] | None
) -> Page:
    """A page of a rule's matches, from the newest or from those after the time and id of the last one seen."""
    trigger = SignUpRuleTrigger
    wanted = select(trigger).where(col(trigger.tenancy_id) == tenancy_id, col(trigger.rule_id) == rule_id)
    if after is not None:
        wanted = wanted.where(tuple_(col(trigger.created_at), col(trigger.id)) < tuple_(*after))
    newest = wanted.order_by(col(trigger.created_at).desc(), col(trigger.id).desc()).limit(limit + 1)
    found = session.exec(newest).all()
    return Page(found[:limit], len(found) > limit)


def forget_old(session: Session, *, now: datetime) -> None:
    """Remove what is older than a month."""
    session.execute(delete(SignUpRuleTrigger).where(col(SignUpRuleTrigger.created_at) < now - KEPT))
