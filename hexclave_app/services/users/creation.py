"""Creating users: by servers, by sign-up, by seed files; and turning anonymous ones into real ones."""

import base64
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.languages.speaking import heard
from hexclave_app.services import contact_channels, permissions, teams, webhooks
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.announcements import announce
from hexclave_app.services.users.records import LinkedAccountSummary, UserRecord
from models import ContactChannel, LinkedAccount, Tenancy, User
from models.base import JsonValue, utc_now


@dataclass(frozen=True, slots=True, kw_only=True)
class UserCreateData:
    """Everything that may be said of a new user; passwords arrive already hashed."""

    display_name: str | None = None
    profile_image_url: str | None = None
    primary_email: str | None = None
    primary_email_verified: bool = False
    primary_email_auth_enabled: bool = False
    client_metadata: JsonValue = None
    client_read_only_metadata: JsonValue = None
    server_metadata: JsonValue = None
    password_hash: str | None = None
    otp_auth_enabled: bool = False
    totp_secret: bytes | None = None
    is_anonymous: bool = False
    restricted_by_admin: bool = False
    restricted_by_admin_reason: str | None = None
    restricted_by_admin_private_details: str | None = None
    country_code: str | None = None
    risk_bot: int = 0
    risk_free_trial_abuse: int = 0
    oauth_accounts: Sequence[LinkedAccountSummary] = ()
    id: uuid.UUID | None = None
    """An id that the user had elsewhere."""
    signed_up_at: datetime | None = None
    last_active_at: datetime | None = None


def create(
    session: Session, *, installation: Installation, tenancy: TenancySnapshot, data: UserCreateData
) -> UserRecord:
    """Create a user with everything that belongs to it; the record predates the personal team (contract 04, 2.1)."""
    _check(tenancy, data)
    if data.primary_email and data.primary_email_auth_enabled:
        contact_channels.require_free_for_auth(session, tenancy_id=tenancy.id, email=data.primary_email)
    user = _new_user(session, installation, tenancy, data)
    _add_methods(session, tenancy, user, data)
    permissions.grant_in_project(
        session,
        tenancy_id=tenancy.id,
        user_id=user.id,
        permission_ids=permissions.default_grants(
            tenancy.config, tenancy.config.rbac.default_permissions.sign_up, permissions.PROJECT_SCOPE
        ),
    )
    record = announce(session, tenancy=tenancy, user_id=user.id, event=webhooks.Event.USER_CREATED)
    if tenancy.config.teams.create_personal_team_on_sign_up:
        teams.create_personal(
            session,
            tenancy=tenancy,
            user_id=user.id,
            display_name=record.display_name,
            email=record.primary_email,
        )
    return record


def check_email_flags(data: UserCreateData) -> None:
    """Flags of an e-mail need an e-mail."""
    if data.primary_email is None and (data.primary_email_verified or data.primary_email_auth_enabled):
        raise StatusError(400, "A user without a primary e-mail cannot have it verified or used for sign-in.")


def next_seq(session: Session, tenancy_id: uuid.UUID) -> int:
    """The next dense number of a user in its tenancy."""
    number: int = session.execute(
        update(Tenancy)
        .where(col(Tenancy.id) == tenancy_id)
        .values(last_user_seq=Tenancy.last_user_seq + 1)
        .returning(col(Tenancy.last_user_seq))
    ).scalar_one()
    return number


def seal_totp(installation: Installation, user_id: uuid.UUID, secret: bytes) -> bytes:
    """A TOTP secret as it is stored."""
    return installation.sealer("totp").seal(secret, context=str(user_id))


def decode_totp(text: str) -> bytes:
    """The secret of its base64 text, whose grammar the schema has checked."""
    return base64.b64decode(text, validate=True)


def _check(tenancy: TenancySnapshot, data: UserCreateData) -> None:
    check_email_flags(data)
    for account in data.oauth_accounts:
        if account.provider_config_id not in tenancy.config.auth.oauth.providers:
            raise StatusError(
                400, f"The OAuth provider {account.provider_config_id} is not configured in this project."
            )
    if data.password_hash is not None and not tenancy.config.auth.password.allow_sign_in:
        raise StatusError(400, "Password sign-in is not enabled in this project.")
    if data.otp_auth_enabled and not tenancy.config.auth.otp.allow_sign_in:
        raise StatusError(400, "Sign-in by e-mailed code is not enabled in this project.")


def _new_user(session: Session, installation: Installation, tenancy: TenancySnapshot, data: UserCreateData) -> User:
    now, language = utc_now(), heard()
    user_id = data.id or uuid.uuid4()
    user = User(
        tenancy_id=tenancy.id,
        id=user_id,
        seq=next_seq(session, tenancy.id),
        display_name=data.display_name or None,
        profile_image_url=data.profile_image_url,
        client_metadata=data.client_metadata,
        client_read_only_metadata=data.client_read_only_metadata,
        server_metadata=data.server_metadata,
        password_hash=data.password_hash,
        has_otp=data.otp_auth_enabled,
        totp_secret_sealed=seal_totp(installation, user_id, data.totp_secret) if data.totp_secret else None,
        requires_totp_mfa=data.totp_secret is not None,
        is_anonymous=data.is_anonymous,
        restricted_by_admin=data.restricted_by_admin,
        restricted_by_admin_reason=data.restricted_by_admin_reason or None,
        restricted_by_admin_private_details=data.restricted_by_admin_private_details or None,
        country_code=data.country_code,
        locale=language.code if language is not None else None,
        risk_bot=data.risk_bot,
        risk_free_trial_abuse=data.risk_free_trial_abuse,
        signed_up_at=data.signed_up_at or now,
        last_active_at=data.last_active_at or data.signed_up_at or now,
        created_at=now,
    )
    session.add(user)
    session.flush()
    return user


def _add_methods(session: Session, tenancy: TenancySnapshot, user: User, data: UserCreateData) -> None:
    if data.primary_email is not None:
        email = contact_channels.normalise_email(data.primary_email)
        session.add(
            ContactChannel(
                tenancy_id=tenancy.id,
                user_id=user.id,
                value=email,
                is_primary=True,
                is_verified=data.primary_email_verified,
                used_for_auth=data.primary_email_auth_enabled or None,
            )
        )
        flush_unique(session, errors.UserEmailAlreadyExists(email=email))
    for account in data.oauth_accounts:
        session.add(
            LinkedAccount(
                tenancy_id=tenancy.id,
                user_id=user.id,
                provider_config_id=account.provider_config_id,
                account_id=account.account_id,
                email=account.email,
            )
        )
        flush_unique(session, StatusError(409, f"The {account.provider_config_id} account already belongs to a user."))


def flush_unique(session: Session, error: Exception) -> None:
    """Write pending rows; a taken unique key (a race no check before can see) becomes the given error."""
    try:
        session.flush()
    except IntegrityError:
        raise error from None


def upgrade_anonymous(
    session: Session, *, tenancy: TenancySnapshot, user_id: uuid.UUID, data: UserCreateData, now: datetime
) -> UserRecord:
    """Turn an anonymous user into a real one, in place: same id, new sign-up time (contract 03, section 6)."""
    user = session.get(User, {"tenancy_id": tenancy.id, "id": user_id})
    if user is None or not user.is_anonymous:
        raise errors.UserNotFound
    if data.primary_email is not None:
        contact_channels.require_free_for_auth(
            session, tenancy_id=tenancy.id, email=data.primary_email, except_user_id=user_id
        )
        email = contact_channels.normalise_email(data.primary_email)
        old = contact_channels.primary_of(session, tenancy_id=tenancy.id, user_id=user_id)
        if old is not None and old.value != email:
            old.is_primary = None
            session.flush()
        channel = contact_channels.find_value(session, tenancy_id=tenancy.id, user_id=user_id, value=email)
        if channel is None:
            channel = ContactChannel(tenancy_id=tenancy.id, user_id=user_id, value=email)
            session.add(channel)
        channel.is_primary = True
        channel.used_for_auth = data.primary_email_auth_enabled or None
        channel.is_verified = channel.is_verified or data.primary_email_verified
        flush_unique(session, errors.UserEmailAlreadyExists(email=email))
    user.is_anonymous = False
    user.signed_up_at = now
    user.password_hash = data.password_hash or user.password_hash
    user.has_otp = user.has_otp or data.otp_auth_enabled
    user.display_name = data.display_name or user.display_name
    user.profile_image_url = data.profile_image_url or user.profile_image_url
    user.country_code = user.country_code or data.country_code
    language = heard()
    user.locale = language.code if language is not None else user.locale
    user.risk_bot, user.risk_free_trial_abuse = data.risk_bot, data.risk_free_trial_abuse
    teams.rename_personal(
        session, tenancy_id=tenancy.id, user_id=user_id, display_name=user.display_name, email=data.primary_email
    )
    return announce(session, tenancy=tenancy, user_id=user_id, event=webhooks.Event.USER_UPDATED)
