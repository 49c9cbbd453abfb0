"""Reading the audit log, and checking that nobody has changed it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from hexclave_app.services.audit import chain
from hexclave_app.services.audit.chain import Verdict
from models import AuditEntry, AuditHead, Tenancy
from models.base import millis

_BATCH = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """Which entries, newest first."""

    limit: int
    before_seq: int | None = None
    action: str = ""
    """A whole action (`user.updated`) or a noun (`user`)."""
    actor_id: str = ""
    target_id: str = ""
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries and where the next page begins."""

    items: list[AuditEntry]
    next_cursor: int | None


@dataclass(frozen=True, slots=True)
class LogReport:
    """The verdict on one project's log."""

    project_id: str
    verdict: Verdict


def list_page(session: Session, *, tenancy_id: uuid.UUID, query: AuditQuery) -> AuditPage:
    """One page of a tenancy's log."""
    statement = select(AuditEntry).where(col(AuditEntry.tenancy_id) == tenancy_id)
    if query.before_seq is not None:
        statement = statement.where(col(AuditEntry.seq) < query.before_seq)
    if query.action:
        is_whole = "." in query.action
        action = col(AuditEntry.action)
        statement = statement.where(
            action == query.action if is_whole else action.startswith(f"{query.action}.", autoescape=True)
        )
    for column, value in (
        (col(AuditEntry.actor_id), query.actor_id),
        (col(AuditEntry.target_id), query.target_id),
        (col(AuditEntry.user_id), query.user_id),
    ):
        if value:
            statement = statement.where(column == value)
    found = session.exec(statement.order_by(col(AuditEntry.seq).desc()).limit(query.limit + 1)).all()
    items = list(found[: query.limit])
    return AuditPage(items, items[-1].seq if len(found) > query.limit else None)


def entry_view(entry: AuditEntry) -> dict[str, object]:
    """An entry on the wire."""
    return {
        "id": str(entry.seq),
        "at_millis": millis(entry.at),
        "action": entry.action,
        "actor": {"type": entry.actor_type, "id": entry.actor_id, "ip": entry.address},
        "target_id": entry.target_id,
        "user_id": entry.user_id,
        "team_id": entry.team_id,
        "before": entry.before,
        "after": entry.after,
        "hash": entry.mac,
    }


def verify_all(session: Session, *, key: bytes, project_id: str | None = None) -> Iterator[LogReport]:
    """Check the chains of all tenancies, or of one project."""
    statement = select(Tenancy, AuditHead).join(AuditHead, col(AuditHead.tenancy_id) == col(Tenancy.id), isouter=True)
    if project_id is not None:
        statement = statement.where(col(Tenancy.project_id) == project_id)
    for tenancy, head in session.exec(statement.order_by(col(Tenancy.project_id), col(Tenancy.branch_id))).all():
        last_seq, mac = (head.seq, head.mac) if head is not None else (0, chain.GENESIS)
        entries = _all_entries(session, tenancy.id)
        yield LogReport(tenancy.project_id, chain.verify(key, entries, last_seq=last_seq, head=mac))


def has_head(session: Session, *, project_id: str, mac: str) -> bool:
    """Whether a project's log has an entry with this `mac`; one that was noted and is gone: the log was set back."""
    found = session.exec(
        select(AuditEntry.seq)
        .join(Tenancy, col(Tenancy.id) == col(AuditEntry.tenancy_id))
        .where(col(Tenancy.project_id) == project_id, col(AuditEntry.mac) == mac)
    )
    return found.first() is not None


def _all_entries(session: Session, tenancy_id: uuid.UUID) -> Iterator[AuditEntry]:
    last = 0
    while True:
        batch = session.exec(
            select(AuditEntry)
            .where(col(AuditEntry.tenancy_id) == tenancy_id, col(AuditEntry.seq) > last)
            .order_by(col(AuditEntry.seq))
            .limit(_BATCH)
        ).all()
        yield from batch
        if len(batch) < _BATCH:
            return
        last = batch[-1].seq
        session.expunge_all()
