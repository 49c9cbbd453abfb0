"""Which kinds of mail a user wants (contract 04, section 8). Disabling what cannot be disabled has no effect."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.services import locks
from hexclave_app.services.inserts import upsert
from models import NotificationPreference, User

View = dict[str, object]


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of mail; every kind is wanted by default."""

    id: uuid.UUID
    name: str
    can_disable: bool


TRANSACTIONAL = Category(uuid.UUID("7bb82d33-2f54-4a3d-9d23-82739e0d66ef"), "Transactional", can_disable=False)
MARKETING = Category(uuid.UUID("4f6f8873-3d04-46bd-8bef-18338b1a1b4c"), "Marketing", can_disable=True)
CATEGORIES = (TRANSACTIONAL, MARKETING)


def category(category_id: uuid.UUID) -> Category:
    """The category of an id; plain 404 for an unknown one."""
    for known in CATEGORIES:
        if known.id == category_id:
            return known
    raise StatusError(404, "There is no such notification category.")


def named(name: str) -> Category | None:
    """The category of exactly this name."""
    return next((known for known in CATEGORIES if known.name == name), None)


def list_all(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> Sequence[View]:
    """Every category with what the user chose; raises USER_NOT_FOUND."""
    if session.get(User, {"tenancy_id": tenancy_id, "id": user_id}) is None:
        raise errors.UserNotFound
    chosen = {
        row.category_id: row.is_enabled
        for row in session.exec(
            select(NotificationPreference).where(
                col(NotificationPreference.tenancy_id) == tenancy_id, col(NotificationPreference.user_id) == user_id
            )
        )
    }
    return [_view(known, is_enabled=chosen.get(known.id, True)) for known in CATEGORIES]


def choose(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, chosen: Category, is_enabled: bool) -> View:
    """Remember what a user wants; raises USER_NOT_FOUND."""
    locks.keep_user(session, tenancy_id=tenancy_id, user_id=user_id)
    values = {"tenancy_id": tenancy_id, "user_id": user_id, "category_id": chosen.id, "is_enabled": is_enabled}
    upsert(session, NotificationPreference, values)
    return _view(chosen, is_enabled=is_enabled)


def wants(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, kind: Category) -> bool:
    """Whether a user gets mails of a category; asked when a mail is sent, not when it is queued."""
    if not kind.can_disable:
        return True
    key = {"tenancy_id": tenancy_id, "user_id": user_id, "category_id": kind.id}
    row = session.get(NotificationPreference, key)
    return row is None or row.is_enabled


def _view(known: Category, *, is_enabled: bool) -> View:
    return {
        "notification_category_id": str(known.id),
        "notification_category_name": known.name,
        "enabled": is_enabled,
        "can_disable": known.can_disable,
    }
