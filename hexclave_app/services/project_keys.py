"""Project key sets: created once in full, kept as hashes (contract 02, section 6)."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from hexclave_app.errors import ApiKeyNotFound, StatusError
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.random_ids import random_token
from hexclave_app.services import tenancies
from hexclave_app.services.project_configs import lock_project
from hexclave_app.services.tenancies import KeyKind
from models import ProjectKeySet
from models.base import millis

View = dict[str, object]

_PREFIXES = {KeyKind.CLIENT: "pck_", KeyKind.SERVER: "ssk_", KeyKind.ADMIN: "sak_"}


@dataclass(frozen=True, slots=True)
class NewKeySet:
    """A key set together with its keys: the only time that they are known."""

    row: ProjectKeySet
    keys: Mapping[KeyKind, str]


def create(
    session: Session, *, project_id: str, description: str, expires_at: datetime, kinds: Collection[KeyKind]
) -> NewKeySet:
    """Create a set with fresh keys of the given kinds; no kind and a past expiry are allowed."""
    keys = {kind: random_token(prefix) for kind, prefix in _PREFIXES.items() if kind in kinds}
    return add(session, project_id=project_id, description=description, expires_at=expires_at, keys=keys)


def add(
    session: Session, *, project_id: str, description: str, expires_at: datetime, keys: Mapping[KeyKind, str]
) -> NewKeySet:
    """Store a set of given keys, as hashes."""
    lock_project(session, project_id)
    row = ProjectKeySet(project_id=project_id, description=description, expires_at=expires_at)
    for kind, key in keys.items():
        setattr(row, f"{kind.value}_hash", token_hash(key))
        setattr(row, f"{kind.value}_last_four", key[-4:])
    session.add(row)
    session.flush()
    tenancies.touch(session, project_id)
    return NewKeySet(row, keys)


def list_all(session: Session, *, project_id: str) -> list[ProjectKeySet]:
    """Every set of a project, expired and revoked ones too, newest first."""
    return list(
        session.exec(
            select(ProjectKeySet)
            .where(col(ProjectKeySet.project_id) == project_id)
            .order_by(col(ProjectKeySet.created_at).desc(), col(ProjectKeySet.id))
        ).all()
    )


def get(session: Session, *, project_id: str, key_set_id: uuid.UUID) -> ProjectKeySet:
    """A set of this project; raises API_KEY_NOT_FOUND."""
    row = session.get(ProjectKeySet, {"project_id": project_id, "id": key_set_id})
    if row is None:
        raise ApiKeyNotFound
    return row


def update(
    session: Session,
    *,
    project_id: str,
    key_set_id: uuid.UUID,
    description: str | None = None,
    is_revoked: bool = False,
    now: datetime,
) -> ProjectKeySet:
    """Rename a set (None: keep the name), or revoke it from the next request on; the first revocation time stays."""
    lock_project(session, project_id)
    row = get(session, project_id=project_id, key_set_id=key_set_id)
    session.refresh(row)
    if description is not None:
        row.description = description
    if is_revoked and row.manually_revoked_at is None:
        row.manually_revoked_at = now
    session.flush()
    tenancies.touch(session, project_id)
    return row


def rotate(session: Session, *, project_id: str, key_set_id: uuid.UUID, overlap: timedelta, now: datetime) -> NewKeySet:
    """Make a set like this one in its place; the old one works on for the overlap. A plain 409 for one that is over."""
    lock_project(session, project_id)
    old = get(session, project_id=project_id, key_set_id=key_set_id)
    session.refresh(old)
    if not old.is_valid(now):
        raise StatusError(409, "These keys do not work any more, so there is nothing to replace. Create new ones.")
    kinds = [kind for kind in KeyKind if getattr(old, f"{kind.value}_hash") is not None]
    lifetime = old.expires_at - old.created_at
    created = create(
        session, project_id=project_id, description=old.description, expires_at=now + lifetime, kinds=kinds
    )
    old.expires_at = min(old.expires_at, now + overlap)
    session.flush()
    tenancies.touch(session, project_id)
    return created


def revoke(session: Session, *, project_id: str, key_set_id: uuid.UUID, now: datetime) -> ProjectKeySet:
    """Revoke a set from the next request on."""
    return update(session, project_id=project_id, key_set_id=key_set_id, is_revoked=True, now=now)


def view(row: ProjectKeySet) -> View:
    """A set as administrators see it later: of each key the last four characters."""
    tails = {kind.value: getattr(row, f"{kind.value}_last_four") for kind in KeyKind}
    shown = {name: {"last_four": tail} for name, tail in tails.items() if tail is not None}
    return {**_described(row), **shown}


def first_view(created: NewKeySet) -> View:
    """A new set with its keys in full."""
    return {**_described(created.row), **{kind.value: key for kind, key in created.keys.items()}}


def _described(row: ProjectKeySet) -> View:
    result: View = {
        "id": str(row.id),
        "description": row.description,
        "created_at_millis": millis(row.created_at),
        "expires_at_millis": millis(row.expires_at),
    }
    if row.manually_revoked_at is not None:
        result["manually_revoked_at_millis"] = millis(row.manually_revoked_at)
    return result
