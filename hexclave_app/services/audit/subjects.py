"""What the audit log watches: tables, the columns it shows, and those of which it only says that they changed."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from sqlmodel import SQLModel

from hexclave_app.config.hiding import HIDDEN
from hexclave_app.services.audit.secrets import masked
from models import (
    ApiKey,
    ConfigOverride,
    ContactChannel,
    EmailSuppression,
    LinkedAccount,
    Passkey,
    Project,
    ProjectKeySet,
    ProjectPermissionGrant,
    RecoveryCode,
    SuppressionReason,
    Team,
    TeamMembership,
    TeamPermissionGrant,
    User,
    UserSession,
    VerificationCode,
    VerificationCodeType,
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """How changes of one table are recorded."""

    noun: str
    shown: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    """Secrets and long texts: set, unset or changed is all that is recorded."""
    target: Callable[[Row], str] = lambda row: str(row["id"])
    is_recorded: Callable[[str, Row], bool] = lambda _verb, _row: True
    """Whether a verb (`created`, `updated`, `deleted`) on a row is worth an entry."""

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns whose change makes an entry."""
        return (*self.shown, *self.hidden)


def printable(value: object) -> object:
    """A column's value as JSON."""
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value


def difference(subject: Subject, before: Row | None, after: Row | None) -> tuple[dict[str, object], dict[str, object]]:
    """The changed columns as they were and as they are; both empty when nothing that counts has changed."""
    old: dict[str, object] = {}
    new: dict[str, object] = {}
    for name in subject.columns:
        was = before.get(name) if before is not None else None
        now = after.get(name) if after is not None else None
        if was == now:
            continue
        if name in subject.hidden:
            old[name], new[name] = (HIDDEN if was is not None else None), (HIDDEN if now is not None else None)
        elif isinstance(was, dict) or isinstance(now, dict):
            old[name], new[name] = masked(was, now)
        else:
            old[name], new[name] = printable(was), printable(now)
    return old, new


SUBJECTS: Final[dict[type[SQLModel], Subject]] = {
    User: Subject(
        noun="user",
        shown=(
            "display_name", "has_otp", "has_passkey", "requires_totp_mfa", "is_anonymous", "restricted_by_admin",
            "restricted_by_admin_reason", "country_code",
        ),
        hidden=(
            "password_hash", "totp_secret_sealed", "restricted_by_admin_private_details", "client_metadata",
            "client_read_only_metadata", "server_metadata", "profile_image_url",
        ),
        # Anonymous visitors come and go by the thousand; they matter from the moment they become somebody.
        is_recorded=lambda verb, row: verb == "updated" or not row["is_anonymous"],
    ),
    ContactChannel: Subject(noun="contact_channel", shown=("value", "is_primary", "is_verified", "used_for_auth")),
    LinkedAccount: Subject(
        noun="oauth_account",
        shown=("provider_config_id", "account_id", "email", "allow_sign_in", "allow_connected_accounts"),
    ),
    Passkey: Subject(noun="passkey", shown=("credential_id", "rp_id", "device_type"), hidden=("public_key",)),
    RecoveryCode: Subject(
        noun="recovery_code", shown=("used_at",), is_recorded=lambda verb, _row: verb == "updated"
    ),
    UserSession: Subject(
        noun="session",
        shown=("is_impersonation", "expires_at"),
        # Ordinary sign-ins are analytics; who acts in somebody else's name, and who ends a session, belongs here.
        is_recorded=lambda verb, row: verb == "deleted" or (verb == "created" and bool(row["is_impersonation"])),
    ),
    ApiKey: Subject(noun="api_key", shown=("description", "is_public", "last_four", "expires_at", "revoked_at")),
    Team: Subject(
        noun="team",
        shown=("display_name",),
        hidden=("profile_image_url", "client_metadata", "client_read_only_metadata", "server_metadata"),
    ),
    TeamMembership: Subject(noun="team_membership", shown=("display_name",), target=lambda row: str(row["user_id"])),
    # Of all codes only invitations give somebody something; accepting one shows as a new membership as well.
    VerificationCode: Subject(
        noun="team_invitation",
        shown=("method", "data", "used_at"),
        is_recorded=lambda _verb, row: row["type"] == VerificationCodeType.TEAM_INVITATION,
    ),
    TeamPermissionGrant: Subject(
        noun="team_permission", shown=("permission_id",), target=lambda row: str(row["permission_id"])
    ),
    ProjectPermissionGrant: Subject(
        noun="project_permission", shown=("permission_id",), target=lambda row: str(row["permission_id"])
    ),
    Project: Subject(
        noun="project",
        shown=(
            "display_name", "description", "is_production_mode", "owner_team_id", "logo_url", "logo_full_url",
            "logo_dark_mode_url", "logo_full_dark_mode_url",
        ),
    ),
    ProjectKeySet: Subject(
        noun="project_key_set",
        shown=(
            "description", "publishable_client_key_last_four", "secret_server_key_last_four",
            "super_secret_admin_key_last_four", "expires_at", "manually_revoked_at",
        ),
    ),
    # What bounces comes by itself; what somebody puts on the list or takes off it is a decision.
    EmailSuppression: Subject(
        noun="email_suppression",
        shown=("address", "reason"),
        target=lambda row: str(row["address"]),
        is_recorded=lambda verb, row: verb == "deleted" or row["reason"] == SuppressionReason.MANUAL,
    ),
    ConfigOverride: Subject(noun="config", shown=("config",), target=lambda row: str(row["level"])),
}  # fmt: skip
BY_TABLE: Final = {model.__tablename__: (model, subject) for model, subject in SUBJECTS.items()}
