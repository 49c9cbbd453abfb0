"""One user with everything that an answer about it needs, read in one statement."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Select, Text, bindparam, func, literal_column, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlmodel import Session

from hexclave_app.config.schema import CompleteConfig
from hexclave_app.keyed_statements import HasConnection, KeyedStatement
from hexclave_app.security.tokens import UserKind
from models import ContactChannel, LinkedAccount, Team, TeamMembership, Tenancy, User
from models.base import JsonValue


@dataclass(frozen=True, slots=True)
class LinkedAccountSummary:
    """A provider account as user answers show it."""

    provider_config_id: str
    account_id: str
    email: str | None


@dataclass(frozen=True, slots=True)
class SelectedTeam:
    """The team that a user works in at the moment."""

    id: uuid.UUID
    display_name: str
    profile_image_url: str | None
    client_metadata: JsonValue
    client_read_only_metadata: JsonValue
    server_metadata: JsonValue
    created_at: datetime


@dataclass(frozen=True, slots=True)
class UserRecord:
    """A user, the primary e-mail, the selected team and the linked accounts."""

    tenancy_id: uuid.UUID
    id: uuid.UUID
    seq: int
    display_name: str | None
    profile_image_url: str | None
    client_metadata: JsonValue
    client_read_only_metadata: JsonValue
    server_metadata: JsonValue
    has_password: bool
    has_otp: bool
    has_passkey: bool
    requires_totp_mfa: bool
    is_anonymous: bool
    restricted_by_admin: bool
    restricted_by_admin_reason: str | None
    restricted_by_admin_private_details: str | None
    country_code: str | None
    risk_bot: int
    risk_free_trial_abuse: int
    signed_up_at: datetime
    last_active_at: datetime
    primary_email: str | None
    primary_email_verified: bool
    primary_email_auth_enabled: bool
    selected_team: SelectedTeam | None
    oauth_accounts: Sequence[LinkedAccountSummary]

    def restricted_reason(self, config: CompleteConfig) -> str | None:
        """Why the user may not do everything yet; computed on every read, first match wins (contract 04, 1.1.3)."""
        if self.is_anonymous:
            return "anonymous"
        if config.onboarding.require_email_verification and not self.primary_email_verified:
            return "email_not_verified"
        if self.restricted_by_admin:
            return "restricted_by_administrator"
        return None

    def kind(self, config: CompleteConfig) -> UserKind:
        """The kind of access token that the user gets."""
        if self.is_anonymous:
            return UserKind.ANONYMOUS
        return UserKind.RESTRICTED if self.restricted_reason(config) else UserKind.NORMAL


class _JsonRows(GenericFunction[str]):
    """JSON array of arrays over the rows of a sub-select, as text on both databases."""

    name = "json_rows"
    inherit_cache = True
    type = Text()


@compiles(_JsonRows, "sqlite")
def _json_rows_sqlite(element: _JsonRows, compiler: object, **options: object) -> str:
    arguments = compiler.process(element.clauses, **options)  # type: ignore[attr-defined]  # a compiler
    return f"json_group_array(json_array({arguments}))"


@compiles(_JsonRows, "postgresql")
def _json_rows_postgresql(element: _JsonRows, compiler: object, **options: object) -> str:
    arguments = compiler.process(element.clauses, **options)  # type: ignore[attr-defined]  # a compiler
    return f"CAST(coalesce(json_agg(json_build_array({arguments})), '[]') AS TEXT)"


_USER = User.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_CHANNEL = ContactChannel.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_MEMBERSHIP = TeamMembership.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_TEAM = Team.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_ACCOUNT = LinkedAccount.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_TENANCY = Tenancy.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time

_ACCOUNTS = (
    select(func.json_rows(_ACCOUNT.c.provider_config_id, _ACCOUNT.c.account_id, _ACCOUNT.c.email))
    .where(_ACCOUNT.c.tenancy_id == _USER.c.tenancy_id, _ACCOUNT.c.user_id == _USER.c.id)
    .correlate(_USER)
    .scalar_subquery()
)

_COLUMNS: tuple[ColumnElement[Any], ...] = (
    _USER.c.tenancy_id,
    _USER.c.id,
    _USER.c.seq,
    _USER.c.display_name,
    _USER.c.profile_image_url,
    _USER.c.client_metadata,
    _USER.c.client_read_only_metadata,
    _USER.c.server_metadata,
    _USER.c.password_hash.is_not(None),
    _USER.c.has_otp,
    _USER.c.has_passkey,
    _USER.c.requires_totp_mfa,
    _USER.c.is_anonymous,
    _USER.c.restricted_by_admin,
    _USER.c.restricted_by_admin_reason,
    _USER.c.restricted_by_admin_private_details,
    _USER.c.country_code,
    _USER.c.risk_bot,
    _USER.c.risk_free_trial_abuse,
    _USER.c.signed_up_at,
    _USER.c.last_active_at,
    _CHANNEL.c.value,
    _CHANNEL.c.is_verified,
    _CHANNEL.c.used_for_auth,
    _ACCOUNTS,
    _TEAM.c.id,
    _TEAM.c.display_name,
    _TEAM.c.profile_image_url,
    _TEAM.c.client_metadata,
    _TEAM.c.client_read_only_metadata,
    _TEAM.c.server_metadata,
    _TEAM.c.created_at,
)
_FIRST_TEAM_COLUMN = 25


def select_records() -> Select[Any]:
    """The statement over all users; callers add their tenancy, filters and order."""
    return cast("Select[Any]", select(*_COLUMNS)).select_from(
        _USER.outerjoin(
            _CHANNEL,
            (_CHANNEL.c.tenancy_id == _USER.c.tenancy_id)
            & (_CHANNEL.c.user_id == _USER.c.id)
            & (_CHANNEL.c.type == literal_column("'email'"))
            & (_CHANNEL.c.is_primary == true()),
        )
        .outerjoin(
            _MEMBERSHIP,
            (_MEMBERSHIP.c.tenancy_id == _USER.c.tenancy_id)
            & (_MEMBERSHIP.c.user_id == _USER.c.id)
            & (_MEMBERSHIP.c.is_selected == true()),
        )
        .outerjoin(_TEAM, (_TEAM.c.tenancy_id == _MEMBERSHIP.c.tenancy_id) & (_TEAM.c.id == _MEMBERSHIP.c.team_id))
    )


def from_row(row: Sequence[Any]) -> UserRecord:
    """The record of a row of `select_records`."""
    values = tuple(row)
    team = values[_FIRST_TEAM_COLUMN : _FIRST_TEAM_COLUMN + 7]
    accounts = json.loads(values[24]) if values[24] != "[]" else ()
    shared: tuple[Any, ...] = (
        *values[:22],
        bool(values[22]),
        bool(values[23]),
        SelectedTeam(*team) if team[0] is not None else None,
        tuple(LinkedAccountSummary(*account) for account in accounts),
    )
    return UserRecord(*shared)


_SELECT_BY_ID = select_records().where(
    _USER.c.tenancy_id == bindparam("tenancy_id"), _USER.c.id == bindparam("user_id")
)
_BY_ID = KeyedStatement(_SELECT_BY_ID)
_BY_ID_WITH_VERSION = KeyedStatement(
    _SELECT_BY_ID.add_columns(
        select(_TENANCY.c.version).where(_TENANCY.c.id == _USER.c.tenancy_id).correlate(_USER).scalar_subquery()
    )
)


def find(session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID) -> UserRecord | None:
    """The user of this tenancy, or None."""
    session.flush()
    row = _BY_ID.one_or_none(session, {"tenancy_id": tenancy_id, "user_id": user_id})
    return from_row(row) if row is not None else None


def find_with_version(
    where: Connection | HasConnection, *, tenancy_id: uuid.UUID, user_id: uuid.UUID
) -> tuple[UserRecord, int] | None:
    """The user and, from the same statement, its tenancy's version: the hot path of signed-in requests."""
    row = _BY_ID_WITH_VERSION.one_or_none(where, {"tenancy_id": tenancy_id, "user_id": user_id})
    return (from_row(row), int(row[-1])) if row is not None else None


def epoch_seconds(moment: datetime) -> int:
    """Whole seconds, rounded down (JWT claims)."""
    return int(moment.astimezone(UTC).timestamp())
