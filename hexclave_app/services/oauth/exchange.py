"""Authorization codes toward the app: issued once, exchanged once (contract 03, section 10.5)."""

import base64
import hashlib
import hmac
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.random_ids import new_id, random_token
from hexclave_app.services import sessions
from hexclave_app.services.sessions import LIFETIME, SessionTokens, SignInContext
from hexclave_app.services.sign_in import SignedIn, start_session
from models import OAuthCode, User, UserSession

CODE_LIFETIME: Final = timedelta(minutes=5)
_PURPOSE: Final = "oauth-code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a code stands for."""

    user_id: uuid.UUID
    redirect_uri: str
    code_challenge: str
    is_new_user: bool = False
    after_callback_redirect_url: str | None = None
    refresh_token: str | None = None
    """The session that the exchange hands on; without one it opens a new session."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A session for a code."""

    tokens: SessionTokens
    is_new_user: bool
    after_callback_redirect_url: str | None


def issue(session: Session, context: SignInContext, grant: Grant) -> str:
    """A new code for the grant; it exists only here and in the redirect that carries it."""
    code, code_id = random_token(), new_id()
    sealed = None
    if grant.refresh_token is not None:
        sealed = context.installation.sealer(_PURPOSE).seal(grant.refresh_token.encode(), context=str(code_id))
    session.add(
        OAuthCode(
            tenancy_id=context.tenancy.id,
            id=code_id,
            code_hash=token_hash(code),
            user_id=grant.user_id,
            redirect_uri=grant.redirect_uri,
            code_challenge=grant.code_challenge,
            is_new_user=grant.is_new_user,
            after_callback_redirect_url=grant.after_callback_redirect_url,
            granted_token_sealed=sealed,
            expires_at=context.now + CODE_LIFETIME,
            created_at=context.now,
        )
    )
    session.flush()
    return code


def exchange(
    session: Session, context: SignInContext, *, code: str, redirect_uri: str, code_verifier: str | None
) -> Exchanged | errors.MultiFactorAuthenticationRequired:
    """The session of a code: for its own client, redirect URI and verifier only, and only once.

    The demand for a second factor is returned, so that the attempt code it tells of is committed.
    """
    row = session.exec(
        select(OAuthCode).where(
            col(OAuthCode.tenancy_id) == context.tenancy.id, col(OAuthCode.code_hash) == token_hash(code)
        )
    ).first()
    if row is None or row.expires_at <= context.now or not _proves(code_verifier, row.code_challenge):
        raise errors.InvalidAuthorizationCode
    if redirect_uri != row.redirect_uri:
        raise StatusError(400, "The redirect_uri is not the one that the authorization code was issued for.")
    used = session.execute(
        delete(OAuthCode)
        .where(col(OAuthCode.tenancy_id) == row.tenancy_id, col(OAuthCode.id) == row.id)
        .returning(col(OAuthCode.id))
        .execution_options(synchronize_session=False)
    ).first()
    user = session.get(User, {"tenancy_id": context.tenancy.id, "id": row.user_id})
    if used is None or user is None:
        raise errors.InvalidAuthorizationCode
    granted = None if user.requires_totp_mfa else _hand_on(session, context, row)
    if granted is not None:
        return Exchanged(granted, row.is_new_user, row.after_callback_redirect_url)
    # Of a second factor the contract lets the app forget that the user is new.
    result = start_session(session, context, user_id=user.id, is_new_user=False)
    if not isinstance(result, SignedIn):
        return result
    return Exchanged(result.tokens, row.is_new_user, row.after_callback_redirect_url)


def _hand_on(session: Session, context: SignInContext, row: OAuthCode) -> SessionTokens | None:
    """The granted session while it is valid; it then lives for another year, unless it is an impersonation."""
    if row.granted_token_sealed is None:
        return None
    token = context.installation.sealer(_PURPOSE).open(row.granted_token_sealed, context=str(row.id)).decode()
    granted = find_session(session, context, refresh_token=token)
    if granted is None or granted.user_id != row.user_id:
        return None
    access_token = sessions.refresh(session, context, refresh_token=token)
    if not granted.is_impersonation:
        session.execute(
            update(UserSession)
            .where(col(UserSession.tenancy_id) == granted.tenancy_id, col(UserSession.id) == granted.id)
            .values(expires_at=context.now + LIFETIME)
        )
    return SessionTokens(granted.id, granted.user_id, token, access_token)


def find_session(session: Session, context: SignInContext, *, refresh_token: str) -> UserSession | None:
    """The valid session of a refresh token."""
    found = session.exec(
        select(UserSession).where(
            col(UserSession.tenancy_id) == context.tenancy.id,
            col(UserSession.refresh_token_hash) == token_hash(refresh_token),
        )
    ).first()
    return found if found is not None and not found.is_expired(context.now) else None


def _proves(verifier: str | None, challenge: str) -> bool:
    """RFC 7636, section 4.6, method S256."""
    if not verifier or not verifier.isascii():
        return False
    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), challenge.rstrip("="))
