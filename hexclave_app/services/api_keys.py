"""API keys of users and teams: shown once, kept as hashes (contract 04, section 6)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import ApiError, StatusError
from hexclave_app.security.api_keys import KeyOwner, generate, parse
from hexclave_app.security.hashing import token_hash
from hexclave_app.services import locks, permissions
from hexclave_app.services.callers import Caller
from hexclave_app.services.tenancies import TenancySnapshot
from models import ApiKey
from models.base import millis

View = dict[str, object]

MANAGE = "$manage_api_keys"


@dataclass(frozen=True, slots=True)
class Owner:
    """One user or one team."""

    kind: KeyOwner
    id: uuid.UUID


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key with its text: the only time that it is known."""

    row: ApiKey
    value: str


def require_enabled(tenancy: TenancySnapshot, kind: KeyOwner) -> None:
    """Plain 400 where the project does not use keys of this kind; existing ones do not work then either."""
    switches = tenancy.config.api_keys.enabled
    if not (switches.user if kind is KeyOwner.USER else switches.team):
        raise StatusError(
            400, f"API keys of {kind.value}s are not enabled in this project.", message_key="error-api-keys-off"
        )


def require_manager(session: Session, caller: Caller, owner: Owner) -> None:
    """Only users themselves and members with `$manage_api_keys` handle keys; servers handle all.

    Others get API_KEY_NOT_FOUND for a team, so that they do not learn of it, and a plain 403 for a user.
    """
    if not caller.is_client:
        return
    if caller.user is None:
        raise errors.UserAuthenticationRequired
    if owner.kind is KeyOwner.USER:
        if owner.id != caller.user.id:
            raise StatusError(403, "Clients can manage their own API keys only.")
    elif not permissions.has_team_permission(
        session,
        caller.tenancy.config,
        tenancy_id=caller.tenancy.id,
        team_id=owner.id,
        user_id=caller.user.id,
        permission_id=MANAGE,
    ):
        raise errors.ApiKeyNotFound


def is_manager(session: Session, caller: Caller, owner: Owner) -> bool:
    """Whether the caller handles the keys of an owner."""
    try:
        require_manager(session, caller, owner)
    except ApiError:
        return False
    return True


def create(
    session: Session,
    *,
    tenancy_id: uuid.UUID,
    owner: Owner,
    description: str,
    is_public: bool = False,
    expires_at: datetime | None = None,
) -> NewApiKey:
    """Create a key; raises USER_NOT_FOUND or TEAM_NOT_FOUND. A past expiry is allowed."""
    if owner.kind is KeyOwner.USER:
        locks.keep_user(session, tenancy_id=tenancy_id, user_id=owner.id)
    else:
        locks.keep_team(session, tenancy_id=tenancy_id, team_id=owner.id)
    key_id = uuid.uuid4()
    value = generate(key_id=key_id, owner=owner.kind, is_public=is_public)
    row = ApiKey(
        tenancy_id=tenancy_id,
        id=key_id,
        user_id=owner.id if owner.kind is KeyOwner.USER else None,
        team_id=owner.id if owner.kind is KeyOwner.TEAM else None,
        description=description,
        is_public=is_public,
        key_hash=token_hash(value),
        last_four=value[-4:],
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return NewApiKey(row, value)


def list_all(session: Session, *, tenancy_id: uuid.UUID, owner: Owner) -> Sequence[ApiKey]:
    """Every key of an owner, revoked and expired ones too, newest first."""
    column = ApiKey.user_id if owner.kind is KeyOwner.USER else ApiKey.team_id
    return session.exec(
        select(ApiKey)
        .where(col(ApiKey.tenancy_id) == tenancy_id, col(column) == owner.id)
        .order_by(col(ApiKey.created_at).desc(), col(ApiKey.id).desc())
    ).all()


def get(session: Session, *, tenancy_id: uuid.UUID, key_id: uuid.UUID, kind: KeyOwner) -> ApiKey:
    """A key of that kind of owner; raises API_KEY_NOT_FOUND."""
    row = session.get(ApiKey, {"tenancy_id": tenancy_id, "id": key_id})
    if row is None or owner_of(row).kind is not kind:
        raise errors.ApiKeyNotFound
    return row


def update(
    session: Session, row: ApiKey, *, description: str | None = None, is_revoked: bool = False, now: datetime
) -> ApiKey:
    """Change the description (None: keep it), or revoke; the first revocation time stays."""
    if description is not None:
        row.description = description
        session.flush()
    if is_revoked:
        revoke(session, row, now=now)
    return row


def revoke(session: Session, row: ApiKey, *, now: datetime) -> bool:
    """Revoke a key; False when it was revoked already. Of parallel revocations exactly one is the first."""
    key = {"tenancy_id": row.tenancy_id, "id": row.id}
    locked = session.get(ApiKey, key, with_for_update=True, populate_existing=True)
    if locked is None:
        raise errors.ApiKeyNotFound
    if locked.revoked_at is not None:
        return False
    locked.revoked_at = now
    session.flush()
    return True


def check(session: Session, *, tenancy_id: uuid.UUID, kind: KeyOwner, value: str, now: datetime) -> ApiKey:
    """The key behind a text, if it is valid now; the order of errors is the contract's. Nothing is written."""
    row = find(session, value)
    if row is None or row.tenancy_id != tenancy_id:
        raise errors.ApiKeyNotFound
    actual = owner_of(row).kind
    if actual is not kind:
        raise errors.WrongApiKeyType(expected_type=kind.value, actual_type=actual.value)
    if row.revoked_at is not None:
        raise errors.ApiKeyRevoked
    if is_expired(row, now):
        raise errors.ApiKeyExpired
    return row


def find(session: Session, value: str) -> ApiKey | None:
    """The key behind a text, in whatever project; the text is known by its hash only."""
    if parse(value) is None:
        return None
    return session.exec(select(ApiKey).where(col(ApiKey.key_hash) == token_hash(value))).one_or_none()


def is_expired(row: ApiKey, now: datetime) -> bool:
    """Whether a key has expired."""
    return row.expires_at is not None and row.expires_at <= now


def owner_of(row: ApiKey) -> Owner:
    """Whose key it is."""
    if row.user_id is not None:
        return Owner(KeyOwner.USER, row.user_id)
    if row.team_id is not None:
        return Owner(KeyOwner.TEAM, row.team_id)
    raise ValueError("an API key belongs to a user or to a team")


def view(row: ApiKey, *, value: str | None = None) -> View:
    """A key on the wire: its text right after creation, the last four characters ever after."""
    owner = owner_of(row)
    result: View = {
        "id": str(row.id),
        "description": row.description,
        "is_public": row.is_public,
        "created_at_millis": millis(row.created_at),
    }
    if row.expires_at is not None:
        result["expires_at_millis"] = millis(row.expires_at)
    if row.revoked_at is not None:
        result["manually_revoked_at_millis"] = millis(row.revoked_at)
    result["type"] = owner.kind.value
    result[f"{owner.kind.value}_id"] = str(owner.id)
    result["value"] = value if value is not None else {"last_four": row.last_four}
    return result
