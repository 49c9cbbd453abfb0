"""E-mail addresses of users: normal form, sign-in, uniqueness (contract 03, sections 1.3 and 4)."""

import uuid

from sqlmodel import Session, col, select

from hexclave_app import errors
from models import ContactChannel
from models.contact_channels import EMAIL


def normalise_email(text: str) -> str:
    """Trimmed and lower-cased; plus-tags and dots are kept, for they may be different mailboxes."""
    return text.strip().lower()


def find_for_auth(session: Session, *, tenancy_id: uuid.UUID, email: str) -> ContactChannel | None:
    """The channel that somebody signs in with: the exact address first, then its normal form."""
    for value in dict.fromkeys((email, normalise_email(email))):
        found = session.exec(
            select(ContactChannel).where(
                col(ContactChannel.tenancy_id) == tenancy_id,
                col(ContactChannel.type) == EMAIL,
                col(ContactChannel.value) == value,
                col(ContactChannel.used_for_auth).is_(True),
            )
        ).first()
        if found is not None:
            return found
    return None


def require_free_for_auth(
    session: Session, *, tenancy_id: uuid.UUID, email: str, except_user_id: uuid.UUID | None = None
) -> None:
    """Raise USER_EMAIL_ALREADY_EXISTS when another user signs in with the address."""
    found = find_for_auth(session, tenancy_id=tenancy_id, email=email)
    if found is not None and found.user_id != except_user_id:
        raise errors.UserEmailAlreadyExists(email=email)


def primary_of(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> ContactChannel | None:
    """The primary e-mail channel of a user."""
    return session.exec(
        select(ContactChannel).where(
            col(ContactChannel.tenancy_id) == tenancy_id,
            col(ContactChannel.user_id) == user_id,
            col(ContactChannel.type) == EMAIL,
            col(ContactChannel.is_primary).is_(True),
        )
    ).first()


def find(
    session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, channel_id: uuid.UUID
) -> ContactChannel | None:
    """One channel of a user, by its id."""
    channel = session.get(ContactChannel, {"tenancy_id": tenancy_id, "id": channel_id})
    return channel if channel is not None and channel.user_id == user_id else None


def find_value(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, value: str) -> ContactChannel | None:
    """The user's channel with exactly this address."""
    return session.exec(
        select(ContactChannel).where(
            col(ContactChannel.tenancy_id) == tenancy_id,
            col(ContactChannel.user_id) == user_id,
            col(ContactChannel.type) == EMAIL,
            col(ContactChannel.value) == value,
        )
    ).first()
