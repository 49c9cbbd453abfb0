"""What a password reset leaves of the ways into an account (docs/authentication.md)."""

import uuid
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from hexclave_app.services import passkeys
from models import ApiKey, ContactChannel, LinkedAccount


def may_reset_by(session: Session, channel: ContactChannel) -> bool:
    """Whether who reads the mailbox of an address may reset the password of the account that signs in with it.

    Not by an unproved address of an account that has a proved one: its owner and the owner of the mailbox may be two
    people. If the address was mistyped, its mailbox would take the account over; if it was claimed on purpose, its
    owner would be led into the account of a stranger who keeps a key.
    """
    return channel.is_verified or not _has_owner(session, tenancy_id=channel.tenancy_id, user_id=channel.user_id)


def close_unproved_ways_in(session: Session, *, proved: ContactChannel, now: datetime) -> None:
    """Close all other ways into an account that nobody had proved an address of before this one was.

    Whoever registers a stranger's address can add a passkey, a provider or a further address, and wait for the owner of
    the address to come: the reset must not leave them inside. An account with a verified address has an owner already;
    nothing of theirs is touched. Second factors stay: they open nothing.
    """
    tenancy_id, user_id = proved.tenancy_id, proved.user_id
    if _has_owner(session, tenancy_id=tenancy_id, user_id=user_id):
        return
    passkeys.remove(session, tenancy_id=tenancy_id, user_id=user_id)
    session.execute(
        update(LinkedAccount)
        .where(col(LinkedAccount.tenancy_id) == tenancy_id, col(LinkedAccount.user_id) == user_id)
        .values(allow_sign_in=None)
    )
    session.execute(
        update(ContactChannel)
        .where(
            col(ContactChannel.tenancy_id) == tenancy_id,
            col(ContactChannel.user_id) == user_id,
            col(ContactChannel.id) != proved.id,
        )
        .values(used_for_auth=None)
    )
    session.execute(
        update(ApiKey)
        .where(col(ApiKey.tenancy_id) == tenancy_id, col(ApiKey.user_id) == user_id, col(ApiKey.revoked_at).is_(None))
        .values(revoked_at=now)
    )


def _has_owner(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    verified = select(ContactChannel.id).where(
        col(ContactChannel.tenancy_id) == tenancy_id,
        col(ContactChannel.user_id) == user_id,
        col(ContactChannel.used_for_auth).is_(True),
        col(ContactChannel.is_verified).is_(True),
    )
    return session.exec(verified).first() is not None
