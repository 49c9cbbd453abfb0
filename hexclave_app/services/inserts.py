"""Inserting rows that may already be there, decided by the database itself: parallel writers all succeed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from hexclave_app.services.audit import recording


def insert_if_absent(session: Session, model: type[SQLModel], values: Mapping[str, object]) -> bool:
    """Insert a row unless its key is taken; returns whether this transaction is the one that inserted it."""
    table, insert = _insert(session, model)
    statement = insert.values(**values).on_conflict_do_nothing().returning(*table.primary_key.columns)
    is_new = session.execute(statement).first() is not None
    if is_new:
        recording.inserted(session, model, before=None, after=values)
    return is_new


def upsert(session: Session, model: type[SQLModel], values: Mapping[str, object]) -> None:
    """Insert a row, or overwrite the columns of the one with the same primary key."""
    table, insert = _insert(session, model)
    key = [column.name for column in table.primary_key.columns]
    changed = {name: value for name, value in values.items() if name not in key}
    before = None
    if recording.is_watched(model):
        where = [column == values[column.name] for column in table.primary_key.columns]
        found = session.connection().execute(select(table).where(*where)).mappings().one_or_none()
        before = dict(found) if found is not None else None
    session.execute(insert.values(**values).on_conflict_do_update(index_elements=key, set_=changed))
    recording.inserted(session, model, before=before, after={**(before or {}), **values})


def _insert(session: Session, model: type[SQLModel]) -> tuple[Any, Any]:
    session.flush()  # rows that the new one refers to
    table: Any = model.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return table, dialect.insert(table)
