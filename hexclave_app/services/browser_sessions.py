"""Signed-in browsers of our own pages: one-time claims become HttpOnly cookies, cookies become viewers.

A page cannot set an HttpOnly cookie over its socket. So a sign-in stores a claim (one minute, one use, one host),
the page posts it to `/auth/session/claim`, and that answer sets the cookie. The cookie holds the refresh token of an
ordinary session, so that it shows up in the session list and ends with it.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from sqlalchemy import delete
from sqlmodel import Session, col, select

from hexclave_app.installation import Installation
from hexclave_app.security.hashing import token_hash
from hexclave_app.security.random_ids import random_token
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users.records import UserRecord, find
from hexclave_app.settings import Settings
from models import LoginClaim, Tenancy, UserSession
from models.projects import DEFAULT_BRANCH_ID, INTERNAL_PROJECT_ID

ATTEMPT_LIFETIME = timedelta(minutes=5)  # that of the attempt code
CLAIM_LIFETIME = timedelta(minutes=1)  # a page fetches its claim at once
COOKIE_LIFETIME = timedelta(days=365)  # as long as the session itself


@dataclass(frozen=True, slots=True)
class Login:
    """A browser's valid session: whose it is, and in which tenancy."""

    tenancy: TenancySnapshot
    user: UserRecord
    session_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class RedeemedClaim:
    """What the cookie is made of."""

    project_id: str
    refresh_token: str


def project_id_of_host(host: str, settings: Settings) -> str | None:
    """The project whose pages live on a host: `internal` on our own, else the label below the hosted suffix."""
    name = host.rsplit("@", 1)[-1].lower()
    hostname = urlsplit(f"//{name}").hostname or ""
    suffix = settings.hosted_domain_suffix
    if hostname.endswith(suffix):
        label = hostname[: -len(suffix)]
        return label if label == INTERNAL_PROJECT_ID or _is_uuid(label) else None
    own = urlsplit(settings.origin).hostname
    is_own = hostname == own or (settings.is_local and hostname in ("localhost", "127.0.0.1", "::1"))
    return INTERNAL_PROJECT_ID if is_own else None


def cookie_name(project_id: str, *, is_secure: bool) -> str:
    """Per project, so that two projects on one host never read each other's login."""
    return f"{'__Host-' if is_secure else ''}hexclave-login-{project_id}"


def set_cookie_header(project_id: str, refresh_token: str, *, is_secure: bool) -> str:
    """The `Set-Cookie` of a sign-in; an empty token removes the cookie."""
    lifetime = int(COOKIE_LIFETIME.total_seconds()) if refresh_token else 0
    parts = [
        f"{cookie_name(project_id, is_secure=is_secure)}={refresh_token}",
        "Path=/",
        f"Max-Age={lifetime}",
        "HttpOnly",
        "SameSite=Lax",
    ]
    return "; ".join([*parts, "Secure"] if is_secure else parts)


def mfa_cookie_name(project_id: str, *, is_secure: bool) -> str:
    """The cookie of a sign-in by a provider that waits for the second factor."""
    return f"{'__Host-' if is_secure else ''}hexclave-mfa-{project_id}"


def mfa_cookie_header(project_id: str, attempt_code: str, *, is_secure: bool) -> str:
    """The `Set-Cookie` that carries an attempt code to the page of the second factor."""
    name = mfa_cookie_name(project_id, is_secure=is_secure)
    lifetime = int(ATTEMPT_LIFETIME.total_seconds())
    parts = [f"{name}={attempt_code}", "Path=/", f"Max-Age={lifetime}", "HttpOnly", "SameSite=Lax"]
    return "; ".join([*parts, "Secure"] if is_secure else parts)


def store_claim(
    session: Session,
    *,
    installation: Installation,
    tenancy: TenancySnapshot,
    refresh_token: str,
    host: str,
    now: datetime,
) -> str:
    """Keep a refresh token for the page that just signed in; returns the claim to post."""
    claim = random_token()
    row_id = uuid.uuid4()
    sealed = installation.sealer("login-claim").seal(refresh_token.encode(), context=str(row_id))
    session.add(
        LoginClaim(
            tenancy_id=tenancy.id,
            id=row_id,
            claim_hash=token_hash(claim),
            host=host.lower(),
            refresh_token_sealed=sealed,
            expires_at=now + CLAIM_LIFETIME,
            created_at=now,
        )
    )
    return claim


def redeem_claim(
    session: Session, *, installation: Installation, claim: str, host: str, now: datetime
) -> RedeemedClaim | None:
    """Use a claim up; None when it is unknown, used, too old or of another host."""
    row = session.execute(
        delete(LoginClaim)
        .where(col(LoginClaim.claim_hash) == token_hash(claim))
        .returning(
            col(LoginClaim.id),
            col(LoginClaim.tenancy_id),
            col(LoginClaim.host),
            col(LoginClaim.expires_at),
            col(LoginClaim.refresh_token_sealed),
        )
    ).one_or_none()
    if row is None or row.expires_at <= now or row.host != host.lower():
        return None
    project_id = session.exec(select(Tenancy.project_id).where(col(Tenancy.id) == row.tenancy_id)).one()
    token = installation.sealer("login-claim").open(row.refresh_token_sealed, context=str(row.id))
    return RedeemedClaim(project_id, token.decode())


def read_cookie(cookie_header: str, project_id: str, *, is_secure: bool) -> str | None:
    """The login cookie of a project in a `Cookie` header."""
    return find_cookie(cookie_header, cookie_name(project_id, is_secure=is_secure))


def find_cookie(cookie_header: str, name: str) -> str | None:
    """The value of a cookie in a `Cookie` header."""
    try:
        morsel = SimpleCookie(cookie_header).get(name)
    except CookieError:
        return None
    return morsel.value if morsel is not None and morsel.value else None


def pages_origin(project_id: str, settings: Settings) -> str:
    """Where a project's hosted pages are: the dashboard's project has them on our own origin."""
    return settings.origin if project_id == INTERNAL_PROJECT_ID else settings.hosted_origin(project_id)


def find_login(
    session: Session, *, installation: Installation, host: str, cookie_header: str, now: datetime
) -> Login | None:
    """Who is signed in at a page of this host; looked up on every event, never remembered."""
    settings = installation.settings
    project_id = project_id_of_host(host, settings)
    if project_id is None:
        return None
    token = read_cookie(cookie_header, project_id, is_secure=settings.is_secure)
    if token is None:
        return None
    tenancy = installation.tenancies.find(session, project_id, DEFAULT_BRANCH_ID)
    if tenancy is None:
        return None
    row = session.exec(
        select(UserSession).where(
            col(UserSession.refresh_token_hash) == token_hash(token), col(UserSession.tenancy_id) == tenancy.id
        )
    ).first()
    if row is None or row.is_expired(now):
        return None
    user = find(session, tenancy_id=tenancy.id, user_id=row.user_id)
    return Login(tenancy, user, row.id) if user is not None else None


def hosted_project(session: Session, *, installation: Installation, host: str) -> TenancySnapshot | None:
    """The project whose hosted pages are shown on a host, if it exists."""
    project_id = project_id_of_host(host, installation.settings)
    return installation.tenancies.find(session, project_id, DEFAULT_BRANCH_ID) if project_id else None


def is_same_origin(headers: Mapping[str, str]) -> bool:
    """Whether a request was made by a page of the very host that it is sent to."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host", "")


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
