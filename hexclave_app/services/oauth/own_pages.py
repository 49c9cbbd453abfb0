"""Sign-in by providers on the hosted pages, which are an app like any other but keep their verifier in a cookie.

The cookie is HttpOnly, belongs to the pages' host and is sealed; without it an authorization code opens nothing, so who
lures somebody to the callback with a code of their own does not get them signed in as somebody else.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from sqlmodel import Session

from hexclave_app.errors import ApiError
from hexclave_app.security.random_ids import random_token
from hexclave_app.services import sessions
from hexclave_app.services.bot_challenges import NO_CHALLENGE, BotChallenge
from hexclave_app.services.browser_sessions import pages_origin
from hexclave_app.services.oauth import clients, exchange
from hexclave_app.services.oauth.authorize import AuthorizeRequest, authorize
from hexclave_app.services.oauth.exchange import Exchanged
from hexclave_app.services.oauth.flows import FlowType
from hexclave_app.services.sessions import SignInContext

CALLBACK_PATH: Final = "/handler/oauth-callback"
_PURPOSE: Final = "hosted-oauth"
_VERIFIER_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes now, and what it has to bring back."""

    location: str
    cookie: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the cookie of a flow says."""

    state: str
    verifier: str
    target: str
    """Where the person wanted to go, as asked for: to be checked again before going there."""
    is_link: bool


def cookie_name(project_id: str, *, is_secure: bool) -> str:
    """Per project, like the login."""
    return f"{'__Host-' if is_secure else ''}hexclave-oauth-{project_id}"


def clicked_cookie_name(project_id: str, *, is_secure: bool) -> str:
    """Says that a provider's link was clicked in this browser: a foreign page cannot lead past the bot challenge."""
    return f"{'__Host-' if is_secure else ''}hexclave-provider-{project_id}"


async def begin(
    context: SignInContext,
    *,
    provider_id: str,
    target: str,
    access_token: str | None = None,
    challenge: BotChallenge = NO_CHALLENGE,
) -> Begun:
    """Start a sign-in, or with an access token the linking of one more account to its user."""
    verifier, state = _encoded(secrets.token_bytes(_VERIFIER_BYTES)), random_token()
    authorized = await authorize(
        context.installation,
        AuthorizeRequest(
            client_id=_client_id(context),
            client_secret="",
            provider_id=provider_id,
            redirect_uri=_callback_url(context),
            scope=clients.SCOPE,
            state=state,
            code_challenge=_encoded(hashlib.sha256(verifier.encode()).digest()),
            type=FlowType.LINK if access_token is not None else FlowType.AUTHENTICATE,
            token=access_token,
            provider_scope="",
            error_redirect_url=None,
            after_callback_redirect_url=None,
            needs_cookie=False,  # the code is worthless without the verifier of our own cookie
            ip=context.end_user.ip if context.end_user else None,
            is_own_page=True,
            challenge=challenge,
        ),
    )
    flow = Remembered(state, verifier, target, access_token is not None)
    return Begun(authorized.location, _sealed(context, flow))


def borrow(context: SignInContext, *, lender: str, target: str) -> Begun:
    """Ask an app on a trusted domain for its session (contract 03, section 11): it comes back with a code for it."""
    clients.require_target(lender, tenancy=context.tenancy, settings=context.installation.settings)
    verifier, state = _encoded(secrets.token_bytes(_VERIFIER_BYTES)), random_token()
    asked = {
        "redirect_uri": _callback_url(context),
        "state": state,
        "code_challenge": _encoded(hashlib.sha256(verifier.encode()).digest()),
        "code_challenge_method": "S256",
        "after_callback_redirect_url": _origin(context) + target,
    }
    return Begun(clients.with_query(lender, asked), _sealed(context, Remembered(state, verifier, target, False)))


def remembered(context: SignInContext, cookie: str | None) -> Remembered | None:
    """What a cookie says; None when it is not ours or missing."""
    try:
        padded = (cookie or "") + "=" * (-len(cookie or "") % 4)
        sealed = base64.urlsafe_b64decode(padded)
        opened = context.installation.sealer(_PURPOSE).open(sealed, context=context.tenancy.project_id)
    except (ValueError, InvalidTag):
        return None
    told: Mapping[str, object] = json.loads(opened)
    return Remembered(str(told["state"]), str(told["verifier"]), str(told["target"]), told["is_link"] is True)


def finish(session: Session, context: SignInContext, *, code: str, flow: Remembered) -> Exchanged | ApiError:
    """Exchange the code; a link only adds an account, the session that it would open ends at once."""
    result = exchange.exchange(
        session, context, code=code, redirect_uri=_callback_url(context), code_verifier=flow.verifier
    )
    if flow.is_link and isinstance(result, Exchanged):
        sessions.end_current(session, tenancy_id=context.tenancy.id, session_id=result.tokens.session_id)
    return result


def _sealed(context: SignInContext, flow: Remembered) -> str:
    told = json.dumps(asdict(flow)).encode()
    return _encoded(context.installation.sealer(_PURPOSE).seal(told, context=context.tenancy.project_id))


def _origin(context: SignInContext) -> str:
    return pages_origin(context.tenancy.project_id, context.installation.settings)


def _callback_url(context: SignInContext) -> str:
    return _origin(context) + CALLBACK_PATH


def _client_id(context: SignInContext) -> str:
    return f"{context.tenancy.project_id}#{context.tenancy.branch_id}"


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
