"""Authorization codes toward the app: issued once, exchanged once (contract 03, section 10.5)."""

import base64
import hashlib
import hmac
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import ApiError, StatusError
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.random_ids import new_id, random_token
from hexclave_app.services import sessions
from hexclave_app.services.oauth import accounts
from hexclave_app.services.oauth.accounts import Identity
from hexclave_app.services.sessions import LIFETIME, SessionTokens, SignInContext
from hexclave_app.services.sign_in import SignedIn, start_session
from models import OAuthCode, User, UserSession

CODE_LIFETIME: Final = timedelta(minutes=5)
CONFLICT: Final = 409
_PURPOSE: Final = "oauth-code"
_IDENTITY: Final = TypeAdapter(Identity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a code stands for."""

    user_id: uuid.UUID | None
    """Whom it signs in, if that is settled: the code goes with the user."""
    redirect_uri: str
    code_challenge: str
    after_callback_redirect_url: str | None = None
    identity: Identity | None = None
    """Who signs in, proved by a provider; the exchange settles whose account that is."""
    refresh_token: str | None = None
    """The session that the exchange hands on; without one it opens a new session."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A session for a code."""

    tokens: SessionTokens
    is_new_user: bool
    after_callback_redirect_url: str | None


def issue(session: Session, context: SignInContext, grant: Grant, *, lifetime: timedelta = CODE_LIFETIME) -> str:
    """A new code for the grant; it exists only here and in the redirect that carries it."""
    code, code_id = random_token(), new_id()
    sealer, token = context.installation.sealer(_PURPOSE), grant.refresh_token
    identity = _IDENTITY.dump_json(grant.identity) if grant.identity is not None else None
    session.add(
        OAuthCode(
            tenancy_id=context.tenancy.id,
            id=code_id,
            code_hash=token_hash(code),
            user_id=grant.user_id,
            redirect_uri=grant.redirect_uri,
            code_challenge=grant.code_challenge,
            identity_sealed=sealer.seal(identity, context=_about_identity(code_id)) if identity else None,
            after_callback_redirect_url=grant.after_callback_redirect_url,
            granted_token_sealed=sealer.seal(token.encode(), context=str(code_id)) if token else None,
            expires_at=context.now + lifetime,
            created_at=context.now,
        )
    )
    session.flush()
    return code


def exchange(
    session: Session, context: SignInContext, *, code: str, redirect_uri: str, code_verifier: str | None
) -> Exchanged | ApiError:
    """The session of a code: for its own client, redirect URI and verifier only, and only once.

    What is refused after the code was used is returned, so that it stays used; also the demand for a second factor, so
    that the attempt code it tells of is committed.
    """
    row = _use_up(session, context, code=code, redirect_uri=redirect_uri, code_verifier=code_verifier)
    if row.identity_sealed is None:
        return _sign_in(session, context, row, user_id=row.user_id, is_new_user=False)
    opened = context.installation.sealer(_PURPOSE).open(row.identity_sealed, context=_about_identity(row.id))
    resolved = _settle(session, context, row, _IDENTITY.validate_json(opened))
    if isinstance(resolved, ApiError):
        return resolved
    return _sign_in(session, context, row, user_id=resolved.user_id, is_new_user=resolved.is_new_user)


def take_over(
    session: Session, context: SignInContext, *, code: str, redirect_uri: str, code_verifier: str | None
) -> SessionTokens | None:
    """The very session that a code was granted for, whose sign-in answered for the second factor, too.

    None when the session has ended meanwhile: then the code is used up all the same.
    """
    row = _use_up(session, context, code=code, redirect_uri=redirect_uri, code_verifier=code_verifier)
    return _hand_on(session, context, row)


def _use_up(
    session: Session, context: SignInContext, *, code: str, redirect_uri: str, code_verifier: str | None
) -> OAuthCode:
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
    if used is None:
        raise errors.InvalidAuthorizationCode
    return row


def _settle(
    session: Session, context: SignInContext, row: OAuthCode, identity: Identity
) -> accounts.Resolved | ApiError:
    """Whose account it is, now; who loses against a parallel sign-in of the same person finds the account then."""
    for is_last in (False, True):
        try:
            with session.begin_nested():
                resolved = accounts.settle(session, context, identity)
                if isinstance(resolved, accounts.Resolved) and row.user_id not in (None, resolved.user_id):
                    raise errors.InvalidAuthorizationCode
                return resolved
        except ApiError as error:
            if is_last or error.status != CONFLICT:
                return error
    raise AssertionError("unreachable: the last try returns")


def _sign_in(
    session: Session, context: SignInContext, row: OAuthCode, *, user_id: uuid.UUID | None, is_new_user: bool
) -> Exchanged | ApiError:
    user = session.get(User, {"tenancy_id": context.tenancy.id, "id": user_id}) if user_id is not None else None
    if user is None:
        return errors.InvalidAuthorizationCode()
    granted = None if user.requires_totp_mfa else _hand_on(session, context, row)
    if granted is not None:
        return Exchanged(granted, is_new_user, row.after_callback_redirect_url)
    # Of a second factor the contract lets the app forget that the user is new.
    result = start_session(session, context, user_id=user.id, is_new_user=False)
    if not isinstance(result, SignedIn):
        return result
    return Exchanged(result.tokens, is_new_user, row.after_callback_redirect_url)


def _about_identity(code_id: uuid.UUID) -> str:
    return f"{code_id}:identity"


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
