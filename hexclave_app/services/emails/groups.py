"""What became of the mails of each draft and template; one look at an index that has all the numbers in it."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from hexclave_app.services.emails import mailings
from hexclave_app.services.emails.sources import Source
from hexclave_app.services.tenancies import TenancySnapshot
from models import EmailDraft, EmailMailing, EmailMailingPart, EmailOutbox, EmailOutcome

MAX_GROUPS: Final = 200

Counts = Mapping[EmailOutcome, int]


@dataclass(frozen=True, slots=True)
class Group:
    """The mails of one source."""

    source: Source
    name: str | None
    """None where there is no source, or where it was deleted."""
    counts: Counts
    newest_at: datetime

    @property
    def total(self) -> int:
        """How many mails there are, those of mailings that are not made yet included."""
        return sum(self.counts.values())


def list_groups(session: Session, *, tenancy: TenancySnapshot) -> list[Group]:
    """The sources of a tenancy's mails, those with the newest mails first."""
    found: dict[Source, tuple[dict[EmailOutcome, int], datetime]] = {}
    for draft_id, template_id, newest_at, *numbers in session.execute(by_source(tenancy.id)):
        found[Source(draft_id, template_id)] = (dict(zip(EmailOutcome, numbers, strict=True)), newest_at)
    for source, waiting, asked_at in _waiting_by_source(session, tenancy.id):
        counts, newest_at = found.get(source, (dict.fromkeys(EmailOutcome, 0), asked_at))
        counts[EmailOutcome.PENDING] += waiting
        found[source] = (counts, max(newest_at, asked_at))
    newest = sorted(found.items(), key=lambda item: item[1][1], reverse=True)[:MAX_GROUPS]
    drafts = _draft_names(session, tenancy.id, [source.draft_id for source, _ in newest if source.draft_id])
    return [Group(source, _name(tenancy, drafts, source), counts, newest_at) for source, (counts, newest_at) in newest]


def count(session: Session, *, tenancy_id: uuid.UUID, source: Source) -> Counts:
    """What became of the mails of one source."""
    sums = core_select(*_sums()).where(col(EmailOutbox.tenancy_id) == tenancy_id, *source.conditions())
    counts = dict(zip(EmailOutcome, session.execute(sums).one(), strict=True))
    counts[EmailOutcome.PENDING] += mailings.count_waiting(session, tenancy_id=tenancy_id, source=source)
    return counts


def count_opened(session: Session, *, tenancy_id: uuid.UUID, source: Source) -> int:
    """How many mails of a source were opened, as far as that is known."""
    opened = select(func.count()).where(
        col(EmailOutbox.tenancy_id) == tenancy_id, *source.conditions(), col(EmailOutbox.opened_at).is_not(None)
    )
    return session.exec(opened).one()


def name_of(session: Session, *, tenancy: TenancySnapshot, source: Source) -> str | None:
    """What the source is called; None where there is none, or where it was deleted."""
    drafts = _draft_names(session, tenancy.id, [source.draft_id] if source.draft_id else [])
    return _name(tenancy, drafts, source)


def _sums() -> list[ColumnElement[int]]:
    outcome = col(EmailOutbox.outcome)
    return [func.coalesce(func.sum(case((outcome == one, 1), else_=0)), 0) for one in EmailOutcome]


def by_source(tenancy_id: uuid.UUID) -> Select[*tuple[Any, ...]]:
    """Newest mail and numbers of outcomes for each source."""
    source = (col(EmailOutbox.draft_id), col(EmailOutbox.template_id))
    newest = func.max(col(EmailOutbox.created_at))
    return core_select(*source, newest, *_sums()).where(col(EmailOutbox.tenancy_id) == tenancy_id).group_by(*source)


def _waiting_by_source(session: Session, tenancy_id: uuid.UUID) -> list[tuple[Source, int, datetime]]:
    waiting = (
        core_select(EmailMailing.draft_id, EmailMailing.template_id, EmailMailing.created_at, mailings.users_in_parts())  # type: ignore[call-overload]  # no overload for four columns and a sum
        .join(
            EmailMailingPart,
            (col(EmailMailingPart.tenancy_id) == col(EmailMailing.tenancy_id))
            & (col(EmailMailingPart.mailing_id) == col(EmailMailing.id)),
        )
        .where(col(EmailMailing.tenancy_id) == tenancy_id)
        .group_by(EmailMailing.id, EmailMailing.draft_id, EmailMailing.template_id, EmailMailing.created_at)
    )
    return [
        (Source(draft_id, template_id), int(users), asked_at)
        for draft_id, template_id, asked_at, users in session.execute(waiting)
    ]


def _draft_names(session: Session, tenancy_id: uuid.UUID, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    named = select(EmailDraft.id, EmailDraft.display_name).where(
        col(EmailDraft.tenancy_id) == tenancy_id, col(EmailDraft.id).in_(list(ids))
    )
    return {draft_id: name for draft_id, name in session.exec(named)}  # noqa: C416 - rows are no pairs to a checker


def _name(tenancy: TenancySnapshot, drafts: Mapping[uuid.UUID, str], source: Source) -> str | None:
    if source.draft_id is not None:
        return drafts.get(source.draft_id)
    template = tenancy.config.emails.templates.get(source.template_id or "")
    return template.display_name if template is not None else None
