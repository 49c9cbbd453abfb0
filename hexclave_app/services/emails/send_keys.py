"""Idempotency keys of requests to send: who does not know whether a request arrived may repeat it without harm."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col

from hexclave_app.errors import StatusError
from hexclave_app.services.emails.mailings import packed, unpacked
from hexclave_app.services.inserts import insert_if_absent
from models import EmailSendKey

KEPT_FOR: Final = timedelta(hours=24)
MAX_LENGTH: Final = 255


@dataclass(frozen=True, slots=True)
class SendKey:
    """A key of the caller's choice, and what it stands for."""

    key_hash: str
    request_hash: str

    @classmethod
    def of(cls, key: str, request: bytes) -> "SendKey":
        """The key of a request; plain 400 for one that is too long or not printable."""
        if not 0 < len(key) <= MAX_LENGTH or not key.isascii() or not key.isprintable():
            raise StatusError(400, f"An idempotency key has 1 to {MAX_LENGTH} printable ASCII characters.")
        return cls(hashlib.sha256(key.encode()).hexdigest(), hashlib.sha256(request).hexdigest())


def claim(
    session: Session, *, tenancy_id: uuid.UUID, key: SendKey, user_ids: Sequence[uuid.UUID], now: datetime
) -> bool:
    """Take the key in the transaction that sends; False when the same request was carried out already."""
    session.execute(delete(EmailSendKey).where(*_is(tenancy_id, key), col(EmailSendKey.created_at) <= now - KEPT_FOR))
    values = {
        "tenancy_id": tenancy_id,
        "key_hash": key.key_hash,
        "request_hash": key.request_hash,
        "user_ids": packed(user_ids),
        "created_at": now,
    }
    return insert_if_absent(session, EmailSendKey, values)


def earlier(session: Session, *, tenancy_id: uuid.UUID, key: SendKey, now: datetime) -> list[uuid.UUID] | None:
    """Whom the same request reached before; None when it is new, plain 409 when the key stands for another one."""
    row = session.get(EmailSendKey, {"tenancy_id": tenancy_id, "key_hash": key.key_hash})
    if row is None or row.created_at <= now - KEPT_FOR:
        return None
    if row.request_hash != key.request_hash:
        raise StatusError(409, "This idempotency key belongs to another request.")
    return unpacked(row.user_ids)


def forget_old(session: Session, *, now: datetime) -> None:
    """Remove keys that count no longer."""
    session.execute(delete(EmailSendKey).where(col(EmailSendKey.created_at) <= now - KEPT_FOR))


def _is(tenancy_id: uuid.UUID, key: SendKey) -> tuple[ColumnElement[bool], ...]:
    return (col(EmailSendKey.tenancy_id) == tenancy_id, col(EmailSendKey.key_hash) == key.key_hash)
