"""Users as files that people open: chosen columns, CSV or JSON, of a list as it is shown."""

import csv
import io
import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlmodel import Session

from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import listing, records
from hexclave_app.services.users.listing import Order, UserQuery
from hexclave_app.services.users.records import UserRecord
from models.base import JsonValue

_BATCH_USERS: Final = 500
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")  # tables would run what people have called themselves
FIELDS: Final[dict[str, Callable[[UserRecord], JsonValue]]] = {
    "id": lambda user: str(user.id),
    "display_name": lambda user: user.display_name,
    "primary_email": lambda user: user.primary_email,
    "primary_email_verified": lambda user: user.primary_email_verified,
    "signed_up_at": lambda user: user.signed_up_at.isoformat(),
    "last_active_at": lambda user: user.last_active_at.isoformat(),
    "is_anonymous": lambda user: user.is_anonymous,
    "has_password": lambda user: user.has_password,
    "otp_auth_enabled": lambda user: user.has_otp,
    "passkey_auth_enabled": lambda user: user.has_passkey,
    "requires_totp_mfa": lambda user: user.requires_totp_mfa,
    "oauth_providers": lambda user: [one.provider_config_id for one in user.oauth_accounts] or None,
    "profile_image_url": lambda user: user.profile_image_url,
    "client_metadata": lambda user: user.client_metadata,
    "client_read_only_metadata": lambda user: user.client_read_only_metadata,
    "server_metadata": lambda user: user.server_metadata,
}
"""What a file can have of each user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """What is asked for: the users of a list, or these ones; fields keep the order of `FIELDS`."""

    query: UserQuery
    user_ids: Sequence[uuid.UUID] = ()
    fields: Sequence[str]
    is_json: bool


def opening(asked: TableFile) -> bytes:
    """How the file begins."""
    return b"[" if asked.is_json else _csv([_names(asked)])


def closing(asked: TableFile) -> bytes:
    """How the file ends."""
    return b"\n]\n" if asked.is_json else b""


def piece(
    session: Session, *, tenancy: TenancySnapshot, asked: TableFile, after: UserRecord | None
) -> tuple[bytes, UserRecord | None]:
    """What follows in the file after a user, or at its beginning, and the last user of that; nobody at its end.

    By the time of sign-up whatever the list is sorted by: who is active meanwhile must not slip through.
    """
    users = _read(session, tenancy, asked, after)
    return _lines(asked, users, has_begun=after is not None), users[-1] if users else None


def _read(
    session: Session, tenancy: TenancySnapshot, asked: TableFile, after: UserRecord | None
) -> Sequence[UserRecord]:
    if asked.user_ids:
        found = (records.find(session, tenancy_id=tenancy.id, user_id=one) for one in asked.user_ids)
        return [user for user in found if user is not None] if after is None else []
    query = replace(asked.query, order=Order.SIGNED_UP_AT, cursor=None, after=after, limit=_BATCH_USERS)
    return listing.list_page(session, tenancy=tenancy, query=query).items


def _lines(asked: TableFile, users: Sequence[UserRecord], *, has_begun: bool) -> bytes:
    names = _names(asked)
    rows = [{name: FIELDS[name](user) for name in names} for user in users]
    if not asked.is_json:
        return _csv([_cell(row[name]) for name in names] for row in rows)
    texts = (f"\n{json.dumps(row, ensure_ascii=False)}" for row in rows)
    return ("," * (has_begun and bool(rows)) + ",".join(texts)).encode()


def _names(asked: TableFile) -> list[str]:
    return [name for name in FIELDS if name in asked.fields]


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cell(value: JsonValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return ", ".join(str(one) for one in value)
    return json.dumps(value, ensure_ascii=False)
