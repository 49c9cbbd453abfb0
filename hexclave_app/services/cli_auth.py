"""Signing in a command line through the browser (contract 03, section 11).

The command line keeps the polling code and shows the browser a link with the login code. Every step that hands
something out is one conditional update, so that of parallel requests exactly one gets it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.random_ids import new_id, random_token
from hexclave_app.services import limits, sessions
from hexclave_app.services.sessions import SignInContext
from models import CliAuthAttempt, User, UserSession

_PURPOSE = "cli-auth"


class PollStatus(StrEnum):
    """What the command line learns while it waits."""

    EXPIRED = "expired"
    USED = "used"
    WAITING = "waiting"
    SUCCESS = "success"


@dataclass(frozen=True, slots=True)
class StartedAttempt:
    """A new attempt; its codes are shown only now."""

    polling_code: str
    login_code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PollResult:
    """The state of an attempt; the refresh token comes with success, once."""

    status: PollStatus
    refresh_token: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimedSession:
    """The anonymous session that the command line started with."""

    access_token: str
    refresh_token: str


async def start(context: SignInContext, *, lifetime: timedelta, anonymous_refresh_token: str | None) -> StartedAttempt:
    """Begin a sign-in; the browser may continue the anonymous session of the command line."""
    await limits.ceremony(context)
    return await context.installation.db.run(
        _start, context, lifetime=lifetime, anonymous_refresh_token=anonymous_refresh_token
    )


def _start(
    session: Session, context: SignInContext, *, lifetime: timedelta, anonymous_refresh_token: str | None
) -> StartedAttempt:
    if anonymous_refresh_token is not None and not _is_anonymous(session, context, anonymous_refresh_token):
        raise StatusError(400, "The anonymous refresh token is not valid.", message_key="error-anonymous-session-gone")
    started = StartedAttempt(random_token(), random_token(), context.now + lifetime)
    attempt_id = new_id()
    sealer = context.installation.sealer(_PURPOSE)
    session.add(
        CliAuthAttempt(
            tenancy_id=context.tenancy.id,
            id=attempt_id,
            polling_code_hash=token_hash(started.polling_code),
            login_code_hash=token_hash(started.login_code),
            anonymous_token_sealed=(
                sealer.seal(anonymous_refresh_token.encode(), context=str(attempt_id))
                if anonymous_refresh_token is not None
                else None
            ),
            expires_at=started.expires_at,
            created_at=context.now,
        )
    )
    return started


async def wait(context: SignInContext, *, polling_code: str) -> PollResult:
    """Poll within limits: each code has its own, and who has none guesses."""
    try:
        result = await context.installation.db.run(poll, context, polling_code=polling_code)
    except errors.InvalidPollingCode:
        await limits.guess(context, account=None)
        raise
    if result.status is PollStatus.WAITING:
        await limits.poll(context, code=polling_code)
    return result


def poll(session: Session, context: SignInContext, *, polling_code: str) -> PollResult:
    """Whether the browser has finished; the refresh token is handed out once."""
    attempt = session.exec(
        select(CliAuthAttempt).where(
            col(CliAuthAttempt.tenancy_id) == context.tenancy.id,
            col(CliAuthAttempt.polling_code_hash) == token_hash(polling_code),
        )
    ).first()
    if attempt is None:
        raise errors.InvalidPollingCode
    if attempt.expires_at <= context.now:
        return PollResult(PollStatus.EXPIRED)
    if attempt.used_at is not None:
        return PollResult(PollStatus.USED)
    sealed = attempt.refresh_token_sealed
    if sealed is None:
        return PollResult(PollStatus.WAITING)
    is_mine = _change(
        session, attempt, col(CliAuthAttempt.used_at).is_(None), used_at=context.now, refresh_token_sealed=None
    )
    return PollResult(PollStatus.SUCCESS, _open(context, attempt, sealed)) if is_mine else PollResult(PollStatus.USED)


def has_anonymous_session(session: Session, context: SignInContext, *, login_code: str) -> bool:
    """Whether the browser can continue an anonymous session of the command line."""
    return _require_open(session, context, login_code).anonymous_token_sealed is not None


def claim_anonymous_session(session: Session, context: SignInContext, *, login_code: str) -> ClaimedSession:
    """Hand the anonymous session to the browser, once; signing up there keeps what the user has done."""
    attempt = _require_open(session, context, login_code)
    sealed = attempt.anonymous_token_sealed
    is_mine = sealed is not None and _change(
        session,
        attempt,
        _is_open() & col(CliAuthAttempt.anonymous_token_sealed).is_not(None),
        anonymous_token_sealed=None,
    )
    if sealed is None or not is_mine:
        raise StatusError(400, "There is no anonymous session to claim.", message_key="error-anonymous-session-gone")
    refresh_token = _open(context, attempt, sealed)
    # A login code travels in a link: it must never open an account that has become somebody's meanwhile.
    if not _is_anonymous(session, context, refresh_token):
        raise StatusError(
            400, "The anonymous session is not valid anymore.", message_key="error-anonymous-session-gone"
        )
    return ClaimedSession(sessions.refresh(session, context, refresh_token=refresh_token), refresh_token)


def complete(session: Session, context: SignInContext, *, login_code: str, refresh_token: str | None) -> None:
    """Give the browser's session to the command line."""
    attempt = _require_open(session, context, login_code)
    if refresh_token is None:
        raise StatusError(400, "A refresh token is required to complete the sign-in.")
    if _find_user(session, context, refresh_token) is None:
        raise StatusError(400, "The refresh token is not valid.")
    sealed = context.installation.sealer(_PURPOSE).seal(refresh_token.encode(), context=str(attempt.id))
    is_mine = _change(
        session,
        attempt,
        _is_open(),
        refresh_token_sealed=sealed,
        completed_at=context.now,
        anonymous_token_sealed=None,
    )
    if not is_mine:
        raise _not_open()


def _require_open(session: Session, context: SignInContext, login_code: str) -> CliAuthAttempt:
    attempt = session.exec(
        select(CliAuthAttempt).where(
            col(CliAuthAttempt.tenancy_id) == context.tenancy.id,
            col(CliAuthAttempt.login_code_hash) == token_hash(login_code),
            col(CliAuthAttempt.expires_at) > context.now,
            _is_open(),
        )
    ).first()
    if attempt is None:
        raise _not_open()
    return attempt


def _not_open() -> StatusError:
    return StatusError(
        400, "The login code is unknown, has expired, or has been used.", message_key="error-login-code-unknown"
    )


def _is_open() -> ColumnElement[bool]:
    return col(CliAuthAttempt.completed_at).is_(None) & col(CliAuthAttempt.used_at).is_(None)


def _change(session: Session, attempt: CliAuthAttempt, condition: ColumnElement[bool], **values: object) -> bool:
    """Change the attempt while the condition holds; whether it did."""
    changed = session.execute(
        update(CliAuthAttempt)
        .where(col(CliAuthAttempt.tenancy_id) == attempt.tenancy_id, col(CliAuthAttempt.id) == attempt.id, condition)
        .values(**values)
        .returning(col(CliAuthAttempt.id))
    ).first()
    return changed is not None


def _open(context: SignInContext, attempt: CliAuthAttempt, sealed: bytes) -> str:
    return context.installation.sealer(_PURPOSE).open(sealed, context=str(attempt.id)).decode()


def _is_anonymous(session: Session, context: SignInContext, refresh_token: str) -> bool:
    user = _find_user(session, context, refresh_token)
    return user is not None and user.is_anonymous


def _find_user(session: Session, context: SignInContext, refresh_token: str) -> User | None:
    """The user of a session that is still valid."""
    found = session.exec(
        select(UserSession).where(
            col(UserSession.tenancy_id) == context.tenancy.id,
            col(UserSession.refresh_token_hash) == token_hash(refresh_token),
        )
    ).first()
    if found is None or found.is_expired(context.now):
        return None
    return session.get(User, {"tenancy_id": context.tenancy.id, "id": found.user_id})
