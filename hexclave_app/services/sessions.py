"""Sessions: creating, refreshing, listing, ending (contract 01, section 10; 03, section 2)."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col
from sqlmodel import select as sqlmodel_select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.keyed_statements import KeyedStatement
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.random_ids import new_id, random_token
from hexclave_app.services.end_users import EndUser
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.records import UserRecord, epoch_seconds, find, from_row, select_records
from models import AnalyticsEvent, Tenancy, User, UserSession

LIFETIME = timedelta(days=365)
TOKEN_REFRESH = "$token-refresh"  # noqa: S105 - an event type


@dataclass(frozen=True, slots=True)
class SessionTokens:
    """What a sign-in hands out; the refresh token is shown only now."""

    session_id: uuid.UUID
    user_id: uuid.UUID
    refresh_token: str
    access_token: str


@dataclass(frozen=True, slots=True)
class SignInContext:
    """Where and when somebody signs in or refreshes."""

    installation: Installation
    tenancy: TenancySnapshot
    end_user: EndUser | None
    now: datetime
    address: str = ""
    """The network address that tries are counted on; empty when unknown."""
    is_server: bool = False
    """Whether a project's own server speaks, which may act for many people from one address."""
    set_up_code: str = ""
    """What shows that the operator is there (`internal_project.before_sign_up`)."""


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A session as lists show it."""

    id: uuid.UUID
    user_id: uuid.UUID
    created_at: datetime
    last_active_at: datetime
    is_impersonation: bool
    ip_info: dict[str, object] | None


_SESSION = UserSession.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_USER = User.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_EVENT = AnalyticsEvent.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time
_TENANCY = Tenancy.__table__  # type: ignore[attr-defined]  # SQLModel makes it at run time

_SELECT_BY_TOKEN = (
    select_records()
    .add_columns(
        select(_TENANCY.c.version).where(_TENANCY.c.id == _USER.c.tenancy_id).correlate(_USER).scalar_subquery(),
        _SESSION.c.id,
        _SESSION.c.expires_at,
    )
    .join(_SESSION, (_SESSION.c.tenancy_id == _USER.c.tenancy_id) & (_SESSION.c.user_id == _USER.c.id))
    .where(_SESSION.c.refresh_token_hash == bindparam("token_hash"), _SESSION.c.tenancy_id == bindparam("tenancy"))
)
_FIND_BY_TOKEN = KeyedStatement(_SELECT_BY_TOKEN)
_TOUCH_SESSION = KeyedStatement(
    update(_SESSION)
    .where(_SESSION.c.tenancy_id == bindparam("tenancy"), _SESSION.c.id == bindparam("session"))
    .values(last_active_at=bindparam("now"), last_active_ip_info=bindparam("ip_info"))
)
_TOUCH_USER = KeyedStatement(
    update(_USER)
    .where(_USER.c.tenancy_id == bindparam("tenancy"), _USER.c.id == bindparam("user"))
    .values(last_active_at=bindparam("now"))
)
_ADD_SESSION = KeyedStatement(insert(_SESSION).inline())
_ADD_EVENT = KeyedStatement(insert(_EVENT).inline())


def create(
    session: Session,
    context: SignInContext,
    *,
    user_id: uuid.UUID,
    expires_at: datetime | None = None,
    is_impersonation: bool = False,
) -> SessionTokens:
    """A new session of an existing user, with its first access token."""
    refresh_token, session_id = random_token(), new_id()
    session.flush()
    values: dict[str, Any] = {
        "tenancy_id": context.tenancy.id,
        "id": session_id,
        "user_id": user_id,
        "refresh_token_hash": token_hash(refresh_token),
        "expires_at": expires_at or context.now + LIFETIME,
        "is_impersonation": is_impersonation,
        "created_at": context.now,
        "last_active_at": context.now,
        "last_active_ip_info": context.end_user.stored() if context.end_user else None,
    }
    try:
        if is_impersonation:
            session.add(UserSession(**values))  # the audit log listens to what passes through the session
            session.flush()
        else:
            _ADD_SESSION.change(session, values)
    except IntegrityError:
        raise errors.RefreshTokenNotFoundOrExpired from None  # the user was deleted at this very moment
    user = find(session, tenancy_id=context.tenancy.id, user_id=user_id)
    if user is None:
        raise errors.RefreshTokenNotFoundOrExpired
    _record_user_activity(session, context, session_id=session_id, user=user)
    access_token = sign_access_token(
        context.installation, context.tenancy, user, session_id=session_id, now=context.now
    )
    return SessionTokens(session_id, user_id, refresh_token, access_token)


def refresh(session: Session, context: SignInContext, *, refresh_token: str) -> str:
    """A new access token; neither rotates nor prolongs the session. Any number may run in parallel."""
    row = _find_by_token(session, context, refresh_token)
    if row is None:
        raise errors.RefreshTokenNotFoundOrExpired
    return _refreshed(session, context, row)


def refresh_if_current(session: Session, context: SignInContext, *, refresh_token: str) -> str | None:
    """Like `refresh`, for a context whose tenancy may be outdated.

    None when it is, or when there is no such session: then the tenancy has to be read before anything is decided.
    """
    row = _find_by_token(session, context, refresh_token)
    if row is None or row[-3] != context.tenancy.version:
        return None
    return _refreshed(session, context, row)


def _find_by_token(session: Session, context: SignInContext, refresh_token: str) -> tuple[Any, ...] | None:
    return _FIND_BY_TOKEN.one_or_none(session, {"token_hash": token_hash(refresh_token), "tenancy": context.tenancy.id})


def _refreshed(session: Session, context: SignInContext, row: tuple[Any, ...]) -> str:
    session_id, expires_at = row[-2:]
    if expires_at is not None and expires_at <= context.now:
        raise errors.RefreshTokenNotFoundOrExpired
    user = from_row(row)
    _record_activity(session, context, session_id=session_id, user=user)
    return sign_access_token(context.installation, context.tenancy, user, session_id=session_id, now=context.now)


def list_for_user(
    session: Session, *, tenancy_id: uuid.UUID, user_id: uuid.UUID, with_impersonations: bool
) -> list[SessionInfo]:
    """Sessions of a user, newest first; expired ones are included."""
    statement = sqlmodel_select(UserSession).where(
        col(UserSession.tenancy_id) == tenancy_id, col(UserSession.user_id) == user_id
    )
    if not with_impersonations:
        statement = statement.where(col(UserSession.is_impersonation).is_(False))
    rows = session.exec(statement.order_by(col(UserSession.created_at).desc(), col(UserSession.id).desc())).all()
    return [
        SessionInfo(
            id=row.id,
            user_id=row.user_id,
            created_at=row.created_at,
            last_active_at=row.last_active_at,
            is_impersonation=row.is_impersonation,
            ip_info=row.last_active_ip_info,
        )
        for row in rows
    ]


def end_current(session: Session, *, tenancy_id: uuid.UUID, session_id: uuid.UUID) -> None:
    """Sign out; a session that is already gone is REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED."""
    if not _delete(session, tenancy_id, session_id):
        raise errors.RefreshTokenNotFoundOrExpired


def revoke(
    session: Session,
    *,
    tenancy_id: uuid.UUID,
    session_id: uuid.UUID,
    current_session_id: uuid.UUID | None,
    owner_id: uuid.UUID | None,
) -> None:
    """End another session; `owner_id` restricts a client to its own ones."""
    row = session.get(UserSession, {"tenancy_id": tenancy_id, "id": session_id})
    gone = StatusError(404, "Session not found.", message_key="error-session-gone")
    if row is None or (owner_id is not None and row.user_id != owner_id):
        raise gone
    if session_id == current_session_id:
        raise errors.CannotDeleteCurrentSession
    if not _delete(session, tenancy_id, session_id):
        raise gone


def _delete(session: Session, tenancy_id: uuid.UUID, session_id: uuid.UUID) -> bool:
    result = session.execute(
        delete(UserSession)
        .where(col(UserSession.tenancy_id) == tenancy_id, col(UserSession.id) == session_id)
        .returning(col(UserSession.id))
    )
    return result.first() is not None


def _record_activity(session: Session, context: SignInContext, *, session_id: uuid.UUID, user: UserRecord) -> None:
    """What precedes every access token (contract 03, section 2.2): activity of session and user, then the event.

    A session or user that a parallel request deleted meanwhile is not there to be touched: then there is no token.
    """
    ip_info = context.end_user.stored() if context.end_user else None
    touch = {"tenancy": user.tenancy_id, "session": session_id, "now": context.now, "ip_info": ip_info}
    if _TOUCH_SESSION.change(session, touch) == 0:
        raise errors.RefreshTokenNotFoundOrExpired
    _record_user_activity(session, context, session_id=session_id, user=user)


def _record_user_activity(session: Session, context: SignInContext, *, session_id: uuid.UUID, user: UserRecord) -> None:
    """The part that is not about the session's row, which is new at a sign-in."""
    connection, end_user, now = session.connection(), context.end_user, context.now
    if _TOUCH_USER.change(connection, {"tenancy": user.tenancy_id, "now": now, "user": user.id}) == 0:
        raise errors.RefreshTokenNotFoundOrExpired
    _ADD_EVENT.change(
        connection,
        {
            "tenancy_id": user.tenancy_id,
            "event_type": TOKEN_REFRESH,
            "event_at": now,
            "user_id": user.id,
            "user_seq": user.seq,
            "refresh_token_id": session_id,
            "data": {
                "refresh_token_id": str(session_id),
                "is_anonymous": user.is_anonymous,
                "ip_info": end_user.event_data() if end_user else None,
            },
        },
    )


def sign_access_token(
    installation: Installation, tenancy: TenancySnapshot, user: UserRecord, *, session_id: uuid.UUID, now: datetime
) -> str:
    """An access token that states what the user is now."""
    reason = user.restricted_reason(tenancy.config)
    return installation.tokens.sign(
        tenancy.project_id,
        user.kind(tenancy.config),
        {
            "sub": str(user.id),
            "project_id": tenancy.project_id,
            "branch_id": tenancy.branch_id,
            "refresh_token_id": str(session_id),
            "role": "authenticated",
            "name": user.display_name,
            "email": user.primary_email,
            "email_verified": user.primary_email_verified,
            "selected_team_id": str(user.selected_team.id) if user.selected_team else None,
            "signed_up_at": epoch_seconds(user.signed_up_at),
            "is_anonymous": user.is_anonymous,
            "is_restricted": reason is not None,
            "restricted_reason": {"type": reason} if reason else None,
            "requires_totp_mfa": user.requires_totp_mfa,
        },
        now_s=int(now.timestamp()),
    )
