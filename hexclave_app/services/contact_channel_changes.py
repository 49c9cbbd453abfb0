"""Listing, adding, changing and deleting the e-mail addresses of users (contract 03, section 12)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.services import contact_channels
from hexclave_app.services.contact_channels import normalise_email
from hexclave_app.services.users.creation import flush_unique
from models import ContactChannel, User

ChannelChanges = Mapping[str, Any]
"""Only the given fields of a PATCH body, by their wire names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChannel:
    """What is said of a new address."""

    value: str
    used_for_auth: bool
    is_primary: bool = False
    is_verified: bool = False


def list_channels(
    session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID | None, channel_id: uuid.UUID | None
) -> Sequence[ContactChannel]:
    """Channels of a user, or of the whole project, oldest first."""
    statement = select(ContactChannel).where(col(ContactChannel.tenancy_id) == tenancy_id)
    if user_id is not None:
        statement = statement.where(col(ContactChannel.user_id) == user_id)
    if channel_id is not None:
        statement = statement.where(col(ContactChannel.id) == channel_id)
    return session.exec(statement.order_by(col(ContactChannel.created_at), col(ContactChannel.id))).all()


def create(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, new: NewChannel) -> ContactChannel:
    """Add an address to a user."""
    if not _lock_user(session, tenancy_id, user_id):
        raise errors.UserIdDoesNotExist(user_id=str(user_id))
    value = normalise_email(new.value)
    _require_new_value(session, tenancy_id, user_id, value)
    if new.used_for_auth:
        _require_free(session, tenancy_id, user_id, value)
    if new.is_primary:
        _demote_primary(session, tenancy_id, user_id)
    channel = ContactChannel(
        tenancy_id=tenancy_id,
        user_id=user_id,
        value=value,
        is_primary=new.is_primary or None,
        is_verified=new.is_verified,
        used_for_auth=new.used_for_auth or None,
    )
    session.add(channel)
    flush_unique(session, _taken(value))
    return channel


def update(
    session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, channel_id: uuid.UUID, changes: ChannelChanges
) -> ContactChannel:
    """Change an address; a new value is unverified unless the caller may say otherwise."""
    _lock_user(session, tenancy_id, user_id)
    channel = contact_channels.find(session, tenancy_id=tenancy_id, user_id=user_id, channel_id=channel_id)
    if channel is None:
        raise StatusError(400, "The user has no such contact channel.", message_key="error-channel-gone")
    value = normalise_email(changes["value"]) if "value" in changes else channel.value
    if value != channel.value:
        _require_new_value(session, tenancy_id, user_id, value)
    if changes.get("used_for_auth", channel.used_for_auth):
        _require_free(session, tenancy_id, user_id, value)
    if changes.get("is_primary") and not channel.is_primary:
        _demote_primary(session, tenancy_id, user_id)
    if value != channel.value:
        channel.value, channel.is_verified = value, False
    if "is_verified" in changes:
        channel.is_verified = changes["is_verified"]
    for name in ("is_primary", "used_for_auth"):
        if name in changes:
            setattr(channel, name, changes[name] or None)
    flush_unique(session, _taken(value))
    return channel


def delete(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, channel_id: uuid.UUID) -> None:
    """Delete an address, even the last one that the user could sign in with."""
    _lock_user(session, tenancy_id, user_id)
    channel = contact_channels.find(session, tenancy_id=tenancy_id, user_id=user_id, channel_id=channel_id)
    if channel is None:
        raise StatusError(404, "Contact channel not found.", message_key="error-channel-gone")
    session.delete(channel)
    session.flush()


def _lock_user(session: Session, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    """Let changes of one user's channels follow one another; whether the user exists."""
    statement = select(User.id).where(col(User.tenancy_id) == tenancy_id, col(User.id) == user_id)
    return session.exec(statement.with_for_update(key_share=True)).first() is not None


def _require_new_value(session: Session, tenancy_id: uuid.UUID, user_id: uuid.UUID, value: str) -> None:
    if contact_channels.find_value(session, tenancy_id=tenancy_id, user_id=user_id, value=value) is not None:
        raise StatusError(
            400, "The user already has a contact channel with this value.", message_key="error-channel-there-already"
        )


def _require_free(session: Session, tenancy_id: uuid.UUID, user_id: uuid.UUID, value: str) -> None:
    found = contact_channels.find_for_auth(session, tenancy_id=tenancy_id, email=value)
    if found is not None and found.user_id != user_id:
        raise _taken(value)


def _taken(value: str) -> errors.ContactChannelAlreadyUsedForAuthBySomeoneElse:
    return errors.ContactChannelAlreadyUsedForAuthBySomeoneElse(contact_channel_value=value)


def _demote_primary(session: Session, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> None:
    primary = contact_channels.primary_of(session, tenancy_id=tenancy_id, user_id=user_id)
    if primary is not None:
        primary.is_primary = None
        session.flush()
