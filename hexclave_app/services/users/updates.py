"""Changing users (contract 04, section 2, PATCH)."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.services import contact_channels, passkeys, recovery_codes, teams, webhooks
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.announcements import announce
from hexclave_app.services.users.creation import flush_unique, seal_totp
from hexclave_app.services.users.records import UserRecord
from models import ContactChannel, OAuthCode, User, UserSession

UserChanges = Mapping[str, Any]
"""Only the given fields of a PATCH body, by their wire names; `password` has become `password_hash` (or None).

`totp_secret` holds the decoded secret, `profile_image_url` the stored URL.
"""

_PLAIN = (
    "profile_image_url",
    "client_metadata",
    "client_read_only_metadata",
    "server_metadata",
    "country_code",
)


def update(
    session: Session,
    *,
    installation: Installation,
    tenancy: TenancySnapshot,
    user_id: uuid.UUID,
    changes: UserChanges,
    now: datetime,
) -> UserRecord:
    """Apply a PATCH; the order of checks is the contract's. Returns the user after the change."""
    if "password_hash" in changes:
        # Sessions before their user, the order in which refreshes lock them: no deadlock, which would cost a second.
        revoke_sessions(session, tenancy_id=tenancy.id, user_id=user_id)
    user = _lock(session, tenancy_id=tenancy.id, user_id=user_id)
    if "selected_team_id" in changes:
        teams.select_team(session, tenancy_id=tenancy.id, user_id=user_id, team_id=changes["selected_team_id"])
    _change_email(session, tenancy, user, changes)
    _change_methods(session, installation, tenancy, user, changes)
    _change_restriction(user, changes)
    _change_plain(user, changes)
    if changes.get("is_anonymous") is False and user.is_anonymous:
        user.is_anonymous = False
        user.signed_up_at = now
        teams.rename_personal(
            session,
            tenancy_id=tenancy.id,
            user_id=user_id,
            display_name=changes.get("display_name"),
            email=changes.get("primary_email"),
        )
    user.updated_at = now
    return announce(session, tenancy=tenancy, user_id=user_id, event=webhooks.Event.USER_UPDATED)


def revoke_sessions(
    session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, except_session_id: uuid.UUID | None = None
) -> None:
    """End the sessions of a user, all of them or all but one, and the codes that would open another."""
    session.execute(delete(OAuthCode).where(col(OAuthCode.tenancy_id) == tenancy_id, col(OAuthCode.user_id) == user_id))
    statement = delete(UserSession).where(
        col(UserSession.tenancy_id) == tenancy_id, col(UserSession.user_id) == user_id
    )
    if except_session_id is not None:
        statement = statement.where(col(UserSession.id) != except_session_id)
    session.execute(statement)


def _lock(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> User:
    """The user, whose changes follow one another: two primary addresses chosen at once would collide."""
    session.flush()
    key = {"tenancy_id": tenancy_id, "id": user_id}
    user = session.get(User, key, with_for_update={"key_share": True}, populate_existing=True)
    if user is None:
        raise errors.UserNotFound
    return user


def _change_plain(user: User, changes: UserChanges) -> None:
    if "display_name" in changes:
        user.display_name = changes["display_name"] or None
    for name in _PLAIN:
        if name in changes:
            setattr(user, name, changes[name])
    if "risk_scores" in changes:
        scores = changes["risk_scores"]["sign_up"]
        user.risk_bot, user.risk_free_trial_abuse = scores["bot"], scores["free_trial_abuse"]


def _change_restriction(user: User, changes: UserChanges) -> None:
    if "restricted_by_admin" in changes:
        user.restricted_by_admin = changes["restricted_by_admin"]
    for name in ("restricted_by_admin_reason", "restricted_by_admin_private_details"):
        if name in changes:
            setattr(user, name, changes[name] or None)
    if not user.restricted_by_admin:
        user.restricted_by_admin_reason = None
        user.restricted_by_admin_private_details = None


def _change_methods(
    session: Session, installation: Installation, tenancy: TenancySnapshot, user: User, changes: UserChanges
) -> None:
    if "password_hash" in changes:
        _change_password(session, tenancy, user, changes["password_hash"])
    if "otp_auth_enabled" in changes:
        if changes["otp_auth_enabled"] and not tenancy.config.auth.otp.allow_sign_in:
            raise StatusError(400, "Sign-in by e-mailed code is not enabled in this project.")
        user.has_otp = changes["otp_auth_enabled"]
    if "passkey_auth_enabled" in changes:
        if changes["passkey_auth_enabled"]:
            raise StatusError(400, "A passkey is added by registering it, not by a user update.")
        passkeys.remove(session, tenancy_id=tenancy.id, user_id=user.id)
    if "totp_secret" in changes:
        secret = changes["totp_secret"]
        user.totp_secret_sealed = seal_totp(installation, user.id, secret) if secret is not None else None
        user.requires_totp_mfa = secret is not None
        user.totp_last_step = None  # that of the old secret would refuse the first codes of the new one
        recovery_codes.remove(session, tenancy_id=tenancy.id, user_id=user.id)  # they stood in for the old one


def _change_password(session: Session, tenancy: TenancySnapshot, user: User, encoded: str | None) -> None:
    if encoded is not None and user.password_hash is None:
        if not tenancy.config.auth.password.allow_sign_in:
            raise StatusError(400, "Password sign-in is not enabled in this project.")
        if contact_channels.primary_of(session, tenancy_id=tenancy.id, user_id=user.id) is None:
            raise StatusError(400, "A user without a primary e-mail cannot have a password.")
    user.password_hash = encoded


def _change_email(session: Session, tenancy: TenancySnapshot, user: User, changes: UserChanges) -> None:
    old = contact_channels.primary_of(session, tenancy_id=tenancy.id, user_id=user.id)
    if "primary_email" in changes:
        channel = _replace_primary(session, tenancy, user, old, changes["primary_email"], changes)
    else:
        channel = old
    verified, auth = changes.get("primary_email_verified"), changes.get("primary_email_auth_enabled")
    if channel is None:
        is_removed = "primary_email" in changes
        if (verified or auth) and not is_removed:
            raise StatusError(400, "The user has no primary e-mail that could be verified or used for sign-in.")
        return
    if verified is not None:
        channel.is_verified = verified
    if auth is not None:
        channel.used_for_auth = auth or None
    if channel.used_for_auth:
        with session.no_autoflush:
            contact_channels.require_free_for_auth(
                session, tenancy_id=tenancy.id, email=channel.value, except_user_id=user.id
            )
    flush_unique(session, errors.UserEmailAlreadyExists(email=channel.value))


def _replace_primary(
    session: Session,
    tenancy: TenancySnapshot,
    user: User,
    old: ContactChannel | None,
    email: str | None,
    changes: UserChanges,
) -> ContactChannel | None:
    value = contact_channels.normalise_email(email) if email is not None else None
    if old is not None and old.value == value:
        return old
    inherits_auth = old.used_for_auth if old is not None else None
    if old is not None:
        old.is_primary = None
        session.flush()
    if value is None:
        return None
    channel = contact_channels.find_value(session, tenancy_id=tenancy.id, user_id=user.id, value=value)
    if channel is None:
        channel = ContactChannel(tenancy_id=tenancy.id, user_id=user.id, value=value)
    if changes.get("primary_email_auth_enabled", inherits_auth):
        contact_channels.require_free_for_auth(session, tenancy_id=tenancy.id, email=value, except_user_id=user.id)
        channel.used_for_auth = True
    channel.is_primary = True
    session.add(channel)
    flush_unique(session, errors.UserEmailAlreadyExists(email=value))
    return channel
