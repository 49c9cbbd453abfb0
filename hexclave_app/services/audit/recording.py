"""Recording changes as they happen: listens to every session of the seam, writes the entries just before the commit.

Unit-of-work changes are seen before each flush. Updates and deletes that services send as statements are seen as well:
the rows they hit are read before and after. Entries are appended at the very end of the transaction, so that the end of
a tenancy's chain, which only one transaction can hold, is held for a moment only and always taken last.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import Delete, Table, Update, event, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Result
from sqlalchemy.orm import ORMExecuteState, SessionTransaction, UOWTransaction
from sqlalchemy.sql.elements import Null
from sqlmodel import Session, SQLModel

from hexclave_app.services.audit import chain
from hexclave_app.services.audit.actors import current_actor
from hexclave_app.services.audit.subjects import BY_TABLE, SUBJECTS, Row, Subject, difference
from models import AuditEntry, AuditHead, Project, Tenancy
from models.base import utc_now
from models.projects import DEFAULT_BRANCH_ID, INTERNAL_PROJECT_ID

KEY: Final = "audit_key"
"""Where a session's `info` has the key of the chain; a session without one records nothing."""
_PENDING: Final = "audit_pending"
_ENTRY: Table = AuditEntry.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_HEAD: Table = AuditHead.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_TENANCY: Table = Tenancy.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time


@dataclass(slots=True)
class _Change:
    """One change, before it has its place in the chain."""

    noun: str
    verb: str
    target: str
    row: Row
    before: dict[str, object]
    after: dict[str, object]
    savepoint: SessionTransaction | None
    """The savepoint that it goes down with."""


def note(
    session: Session,
    *,
    tenancy_id: uuid.UUID,
    action: str,
    target: str,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Record what no watched table shows, such as the end of a whole project."""
    noun, _, verb = action.rpartition(".")
    _collect(
        session, _Change(noun, verb, target, {"tenancy_id": tenancy_id}, dict(before or {}), dict(after or {}), None)
    )


def inserted(session: Session, model: type[SQLModel], *, before: Row | None, after: Row) -> None:
    """Record a row that was written by an insert statement; `before` is the row it took the place of."""
    subject = SUBJECTS.get(model)
    if subject is not None:
        _collect_difference(session, subject, "updated" if before else "created", before, after)


def is_watched(model: type[SQLModel]) -> bool:
    """Whether changes of a table are recorded."""
    return model in SUBJECTS


@event.listens_for(Session, "before_flush")
def _watch_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    if KEY not in session.info:
        return
    for instance in session.new:
        _collect_instance(session, instance, "created")
    for instance in session.dirty:
        if session.is_modified(instance):
            _collect_instance(session, instance, "updated")
    for instance in session.deleted:
        _collect_instance(session, instance, "deleted")


def _collect_instance(session: Session, instance: object, verb: str) -> None:
    subject = SUBJECTS.get(type(instance))  # type: ignore[arg-type]  # rows of other tables have none
    if subject is None:
        return
    state = inspect(instance)
    now = {column.key: _plain(state.dict.get(column.key)) for column in state.mapper.column_attrs}
    was = dict(now)
    if verb == "updated":
        for name in subject.columns:
            deleted = state.attrs[name].history.deleted
            if deleted:
                was[name] = deleted[0]
    before, after = (None if verb == "created" else was), (None if verb == "deleted" else now)
    _collect_difference(session, subject, verb, before, after)


def _plain(value: object) -> object:
    """The value that an attribute will have; an explicit SQL NULL is one that cannot be compared."""
    return None if isinstance(value, Null) else value


@event.listens_for(Session, "do_orm_execute")
def _watch_statement(state: ORMExecuteState) -> Result[Any] | None:
    statement, session = state.statement, cast("Session", state.session)
    if not isinstance(statement, Update | Delete) or KEY not in session.info:
        return None
    known = BY_TABLE.get(cast("Table", statement.table).name)
    if known is None:
        return None
    table, subject = cast("Table", statement.table), known[1]
    hit = select(table).where(*([] if statement.whereclause is None else [statement.whereclause]))
    session.flush()
    rows = [dict(row) for row in session.connection().execute(hit, state.parameters or {}).mappings()]
    result = state.invoke_statement()
    for row in rows:
        if isinstance(statement, Delete):
            _collect_difference(session, subject, "deleted", row, None)
            continue
        key = [column == row[column.name] for column in table.primary_key.columns]
        found = session.connection().execute(select(table).where(*key)).mappings().one_or_none()
        _collect_difference(session, subject, "updated", row, dict(found) if found is not None else None)
    return result


def _collect_difference(session: Session, subject: Subject, verb: str, before: Row | None, after: Row | None) -> None:
    row = after if after is not None else before
    if row is None:
        return
    old, new = difference(subject, before, after)
    if (verb == "updated" and not (old or new)) or not subject.is_recorded(verb, row):
        return
    change = _Change(subject.noun, verb, subject.target(row), row, old, new, session.get_nested_transaction())
    _collect(session, change)


def _collect(session: Session, change: _Change) -> None:
    if KEY in session.info:
        session.info.setdefault(_PENDING, []).append(change)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, previous: SessionTransaction) -> None:
    pending: list[_Change] = session.info.get(_PENDING, [])
    session.info[_PENDING] = [change for change in pending if previous.nested and change.savepoint is not previous]


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    if session.in_nested_transaction() or KEY not in session.info:
        return
    session.flush()
    pending: list[_Change] = session.info.pop(_PENDING, [])
    if not pending:
        return
    by_tenancy: dict[uuid.UUID, list[_Change]] = {}
    known: dict[tuple[object, ...], uuid.UUID | None] = {}
    for change in pending:
        key = _tenancy_key(change.row)
        if key not in known:
            known[key] = _tenancy_of(session, change.row)
        tenancy_id = known[key]
        if tenancy_id is not None:  # a project that this very transaction has deleted has no log any more
            by_tenancy.setdefault(tenancy_id, []).append(change)
    for tenancy_id in sorted(by_tenancy):  # the same order everywhere: no two transactions wait for each other
        _append(session, tenancy_id, by_tenancy[tenancy_id])


def _append(session: Session, tenancy_id: uuid.UUID, changes: list[_Change]) -> None:
    connection, actor, now = session.connection(), current_actor(), utc_now()
    mine = _HEAD.c.tenancy_id == tenancy_id
    head = connection.execute(select(_HEAD.c.seq, _HEAD.c.mac).where(mine).with_for_update()).one_or_none()
    if head is None:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        first = insert(_HEAD).values(tenancy_id=tenancy_id, seq=0, mac=chain.GENESIS)
        connection.execute(first.on_conflict_do_nothing())
        head = connection.execute(select(_HEAD.c.seq, _HEAD.c.mac).where(mine).with_for_update()).one()
    seq, mac = head
    rows = []
    for change in changes:
        seq += 1
        entry = AuditEntry(
            tenancy_id=tenancy_id,
            seq=seq,
            at=now,
            action=f"{change.noun}.{change.verb}",
            actor_type=actor.type.value,
            actor_id=actor.id,
            address=actor.address,
            target_id=change.target,
            user_id=_text(change.row.get("user_id") or (change.target if change.noun == "user" else None)),
            team_id=_text(change.row.get("team_id") or (change.target if change.noun == "team" else None)),
            before=cast("Any", change.before or None),
            after=cast("Any", change.after or None),
            mac="",
        )
        entry.mac = mac = chain.mac(cast("bytes", session.info[KEY]), entry, mac)
        rows.append(entry.model_dump())
    connection.execute(_ENTRY.insert(), rows)
    connection.execute(_HEAD.update().where(mine).values(seq=seq, mac=mac))


def _tenancy_key(row: Mapping[str, Any]) -> tuple[object, ...]:
    """What names the tenancy of a row: its own id, or project and branch, the main one where the row names none."""
    if "tenancy_id" in row:
        return (row["tenancy_id"],)
    return row["project_id"] if "project_id" in row else row["id"], row.get("branch_id") or DEFAULT_BRANCH_ID


def _tenancy_of(session: Session, row: Mapping[str, Any]) -> uuid.UUID | None:
    """The tenancy whose log a row belongs to, if it still exists."""
    if "tenancy_id" in row:
        where = _TENANCY.c.id == row["tenancy_id"]
    else:
        project_id, branch_id = _tenancy_key(row)
        where = (_TENANCY.c.project_id == project_id) & (_TENANCY.c.branch_id == branch_id)
    return session.connection().execute(select(_TENANCY.c.id).where(where)).scalar_one_or_none()


def _text(value: object) -> str | None:
    return str(value) if value is not None else None


def project_deleted(session: Session, project: Project) -> None:
    """Record in the log of project `internal` that a project, with its own log, is gone."""
    tenancy_id = _tenancy_of(session, {"project_id": INTERNAL_PROJECT_ID})
    if tenancy_id is not None:
        before = {"display_name": project.display_name, "owner_team_id": _text(project.owner_team_id)}
        note(session, tenancy_id=tenancy_id, action="project.deleted", target=project.id, before=before)
