"""How a session gets from an embedded part to the page around it, and back as a short-lived token.

The part hands out a one-time code, never tokens. The page's script exchanges it; the code is worth nothing without the
verifier that this script made for this very load of the part, and nowhere but at the part's own page.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.installation import Installation
from hexclave_app.security.tokens import UnparsableToken
from hexclave_app.services.browser_sessions import Login
from hexclave_app.services.embedding.framing import is_embedding_origin
from hexclave_app.services.oauth import exchange
from hexclave_app.services.oauth.exchange import Grant
from hexclave_app.services.sessions import SessionTokens, SignInContext
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.records import find
from models import UserSession

CODE_LIFETIME: Final = timedelta(minutes=2)  # the window of a sign-in has to load the page first
_SCHEME: Final = "hexclave-embed:"  # no app has such a redirect URI, and no authorization ends at one


@dataclass(frozen=True, slots=True)
class Parent:
    """The page around an embedded part, and the load of the part that it started."""

    origin: str
    nonce: str


def issue_code(
    session: Session, context: SignInContext, *, user_id: uuid.UUID, refresh_token: str, parent: Parent
) -> str:
    """A one-time code for the session of a refresh token."""
    _require_trusted(context, parent.origin)
    grant = Grant(
        user_id=user_id,
        redirect_uri=_SCHEME + parent.origin,
        code_challenge=parent.nonce,
        refresh_token=refresh_token,
    )
    return exchange.issue(session, context, grant, lifetime=CODE_LIFETIME)


def redeem_code(
    session: Session, context: SignInContext, *, code: str, verifier: str, origin: str
) -> SessionTokens | None:
    """The session of a code, once; None, with the code used up, when the session has ended meanwhile."""
    _require_trusted(context, origin)
    return exchange.take_over(session, context, code=code, redirect_uri=_SCHEME + origin, code_verifier=verifier)


def find_token_login(
    session: Session, *, installation: Installation, tenancy: TenancySnapshot, access_token: str, now: datetime
) -> Login | None:
    """Who is signed in by an access token: only while its session exists, which tokens alone do not say."""
    try:
        claims = installation.tokens.verify(access_token, now_s=now.timestamp())
        session_id, user_id = uuid.UUID(claims.refresh_token_id or ""), uuid.UUID(claims.user_id)
    except (UnparsableToken, errors.AccessTokenExpired, ValueError):
        return None
    if (claims.project_id, claims.branch_id) != (tenancy.project_id, tenancy.branch_id):
        return None
    row = session.exec(
        select(UserSession).where(
            col(UserSession.tenancy_id) == tenancy.id,
            col(UserSession.id) == session_id,
            col(UserSession.user_id) == user_id,
        )
    ).first()
    if row is None or row.is_expired(now):
        return None
    user = find(session, tenancy_id=tenancy.id, user_id=user_id)
    return Login(tenancy, user, row.id) if user is not None else None


def _require_trusted(context: SignInContext, origin: str) -> None:
    if not is_embedding_origin(origin, context.tenancy, context.installation.settings):
        raise StatusError(403, "This page is not on a trusted domain of the project.")
