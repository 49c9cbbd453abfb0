"""One user of a project, as the page about that user shows it: read from the services, nothing but texts."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.languages.speaking import say
from hexclave_app.security.api_keys import KeyOwner
from hexclave_app.services import api_keys, contact_channel_changes, permissions, sessions, team_listing
from hexclave_app.services.oauth import linked_accounts
from hexclave_app.services.permission_grants import GrantQuery, list_in_project
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import records
from hexclave_app.services.users.records import UserRecord
from models import ApiKey
from state.dashboard.forms import json_text
from state.dashboard.wording import ago, exact, expiry, initials

_REASONS = {
    "anonymous": say("user-restricted-anonymous"),
    "email_not_verified": say("user-restricted-unverified"),
    "restricted_by_administrator": say("user-restricted-by-administrator"),
}

_WAYS_OUT = {
    "anonymous": say("user-way-out-anonymous"),
    "email_not_verified": say("user-way-out-unverified"),
    "restricted_by_administrator": say("user-way-out-by-administrator"),
}


@dataclass(frozen=True)
class UserFacts:
    """What stands once on the page."""

    id: str = ""
    name: str = ""
    display_name: str = ""
    initials: str = ""
    image: str = ""
    email: str = ""
    is_email_verified: bool = False
    signed_up: str = ""
    last_active: str = ""
    has_password: bool = False
    has_passkey: bool = False
    has_totp: bool = False
    is_anonymous: bool = False
    restriction: str = ""
    way_out: str = ""
    """What ends the restriction."""
    is_restricted_by_admin: bool = False
    public_reason: str = ""
    private_details: str = ""
    country: str = ""
    risk_bot: str = "0"
    risk_abuse: str = "0"
    client_metadata: str = ""
    client_read_only_metadata: str = ""
    server_metadata: str = ""


@dataclass(frozen=True)
class ChannelRow:
    """An e-mail address of the user."""

    id: str
    value: str
    is_primary: bool
    is_verified: bool
    used_for_auth: bool


@dataclass(frozen=True)
class NamedRow:
    """A team or a permission: an id, a name and when it began."""

    id: str
    name: str
    since: str = ""


@dataclass(frozen=True)
class AccountRow:
    """An account at an OAuth provider."""

    id: str
    provider: str
    account_id: str
    email: str
    allows_sign_in: bool
    allows_connected: bool


@dataclass(frozen=True)
class SessionRow:
    """A place where the user is signed in."""

    id: str
    created: str
    last_active: str
    place: str
    is_impersonation: bool


@dataclass(frozen=True)
class ApiKeyRow:
    """An API key of a user or a team."""

    id: str
    description: str
    last_four: str
    status: str
    expires: str


@dataclass(frozen=True)
class UserPage:
    """Everything about one user."""

    facts: UserFacts
    channels: list[ChannelRow]
    teams: list[NamedRow]
    accounts: list[AccountRow]
    sessions: list[SessionRow]
    keys: list[ApiKeyRow]
    granted: list[NamedRow]
    grantable: list[str]


def read_user(session: Session, *, tenancy: TenancySnapshot, user_id: uuid.UUID, now: datetime) -> UserPage:
    """Everything that the page about a user shows; raises USER_NOT_FOUND."""
    record = records.find(session, tenancy_id=tenancy.id, user_id=user_id)
    if record is None:
        raise errors.UserNotFound
    granted = list_in_project(session, tenancy=tenancy, query=GrantQuery(user_id=user_id))
    ids = [held.permission_id for held in granted]
    described = tenancy.config.rbac.permissions
    return UserPage(
        facts=_facts(record, tenancy, now),
        channels=_channels(session, tenancy, user_id),
        teams=_teams(session, tenancy, user_id, now),
        accounts=_accounts(session, tenancy, user_id),
        sessions=_sessions(session, tenancy, user_id, now),
        keys=read_keys(session, tenancy_id=tenancy.id, owner=api_keys.Owner(KeyOwner.USER, user_id), now=now),
        granted=[NamedRow(one, described[one].description or "") for one in ids if one in described],
        grantable=sorted(permissions.defined_ids(tenancy.config, permissions.PROJECT_SCOPE) - {*ids}),
    )


def read_keys(session: Session, *, tenancy_id: uuid.UUID, owner: api_keys.Owner, now: datetime) -> list[ApiKeyRow]:
    """The API keys of a user or a team, newest first."""
    return [_key(row, now) for row in api_keys.list_all(session, tenancy_id=tenancy_id, owner=owner)]


def _key(row: ApiKey, now: datetime) -> ApiKeyRow:
    is_over = api_keys.is_expired(row, now)
    status = "revoked" if row.revoked_at is not None else "expired" if is_over else "valid"
    expires = expiry(row.expires_at, now) if row.expires_at is not None else "never"
    return ApiKeyRow(str(row.id), row.description, f"…{row.last_four}", status, expires)


def _facts(record: UserRecord, tenancy: TenancySnapshot, now: datetime) -> UserFacts:
    name = record.display_name or ""
    return UserFacts(
        id=str(record.id),
        name=name
        or record.primary_email
        or (say("common-anonymous-visitor") if record.is_anonymous else say("common-no-name")),
        display_name=name,
        initials=initials(name or record.primary_email or ""),
        image=record.profile_image_url or "",
        email=record.primary_email or "",
        is_email_verified=record.primary_email_verified,
        signed_up=exact(record.signed_up_at),
        last_active=say("user-active-at", ago=ago(record.last_active_at, now), at=exact(record.last_active_at)),
        has_password=record.has_password,
        has_passkey=record.has_passkey,
        has_totp=record.requires_totp_mfa,
        is_anonymous=record.is_anonymous,
        restriction=_REASONS.get(record.restricted_reason(tenancy.config) or "", ""),
        way_out=_WAYS_OUT.get(record.restricted_reason(tenancy.config) or "", ""),
        is_restricted_by_admin=record.restricted_by_admin,
        public_reason=record.restricted_by_admin_reason or "",
        private_details=record.restricted_by_admin_private_details or "",
        country=record.country_code or "",
        risk_bot=str(record.risk_bot),
        risk_abuse=str(record.risk_free_trial_abuse),
        client_metadata=json_text(record.client_metadata),
        client_read_only_metadata=json_text(record.client_read_only_metadata),
        server_metadata=json_text(record.server_metadata),
    )


def _channels(session: Session, tenancy: TenancySnapshot, user_id: uuid.UUID) -> list[ChannelRow]:
    found = contact_channel_changes.list_channels(session, tenancy_id=tenancy.id, user_id=user_id, channel_id=None)
    return [
        ChannelRow(str(one.id), one.value, bool(one.is_primary), one.is_verified, bool(one.used_for_auth))
        for one in found
    ]


def _teams(session: Session, tenancy: TenancySnapshot, user_id: uuid.UUID, now: datetime) -> list[NamedRow]:
    page = team_listing.list_page(
        session, tenancy_id=tenancy.id, query=team_listing.TeamQuery(member_id=user_id, limit=100)
    )
    return [NamedRow(str(team.id), team.display_name, ago(team.created_at, now)) for team in page.items]


def _accounts(session: Session, tenancy: TenancySnapshot, user_id: uuid.UUID) -> list[AccountRow]:
    return [
        AccountRow(
            str(one.id),
            one.provider_config_id,
            one.account_id,
            one.email or "",
            bool(one.allow_sign_in),
            one.allow_connected_accounts,
        )
        for one in linked_accounts.list_accounts(session, tenancy=tenancy, user_id=user_id)
    ]


def _sessions(session: Session, tenancy: TenancySnapshot, user_id: uuid.UUID, now: datetime) -> list[SessionRow]:
    found = sessions.list_for_user(session, tenancy_id=tenancy.id, user_id=user_id, with_impersonations=True)
    return [
        SessionRow(
            str(one.id), ago(one.created_at, now), ago(one.last_active_at, now), _place(one), one.is_impersonation
        )
        for one in found
    ]


def _place(one: sessions.SessionInfo) -> str:
    info = one.ip_info or {}
    known = [str(info[name]) for name in ("ip", "cityName", "countryCode") if info.get(name)]
    return ", ".join(known) or say("user-unknown-place")
