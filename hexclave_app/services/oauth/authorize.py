"""The first step: from the app to the provider (contract 03, section 10.2)."""

import base64
import secrets
import uuid
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.errors import StatusError
from hexclave_app.gateways.oauth import client as gateway
from hexclave_app.gateways.oauth.client import Application, Started
from hexclave_app.installation import Installation
from hexclave_app.security.tokens import UnparsableToken
from hexclave_app.services import bot_challenges
from hexclave_app.services.bot_challenges import NO_CHALLENGE, BotAssessment, BotChallenge
from hexclave_app.services.callers import check_client_key
from hexclave_app.services.oauth import clients, demo, flows
from hexclave_app.services.oauth.flows import FlowRequest, FlowType
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.settings import Settings
from models.base import utc_now

_VERIFIER_BYTES: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizeRequest:
    """What the app asks for; the grammar has been checked."""

    client_id: str
    client_secret: str
    provider_id: str
    redirect_uri: str
    scope: str
    state: str
    code_challenge: str
    type: FlowType
    token: str | None
    provider_scope: str
    error_redirect_url: str | None
    after_callback_redirect_url: str | None
    needs_cookie: bool
    challenge: BotChallenge = NO_CHALLENGE
    ip: str | None = None
    is_own_page: bool = False
    """Whether the project's hosted pages ask, which need no key."""


@dataclass(frozen=True, slots=True)
class Authorized:
    """Where the person goes now, and the inner state that names the cookie of the browser."""

    location: str
    inner_state: str
    is_posted_back: bool
    """Whether the provider answers with a form that the browser posts to us."""


@dataclass(frozen=True, slots=True)
class _Checked:
    tenancy: TenancySnapshot
    application: Application
    provider_type: str
    user_id: uuid.UUID | None


async def authorize(installation: Installation, request: AuthorizeRequest) -> Authorized:
    """Check the request in the contract's order, remember it, and say where the provider's page is."""
    request_uri = urldefrag(request.redirect_uri).url
    checked = await installation.db.read(_check, installation, request=request, redirect_uri=request_uri)
    # After the checks that need no network, two of which the contract has later.
    assessment = await _assess(installation, checked.tenancy, request)
    state, verifier = flows.new_state(), _new_verifier()
    started = await _start(installation.settings, checked, request, state=state, verifier=verifier)
    flow = FlowRequest(
        client_id=request.client_id,
        client_secret=request.client_secret,
        provider_id=request.provider_id,
        type=request.type,
        redirect_uri=request_uri,
        state=request.state,
        code_challenge=request.code_challenge,
        verifier=verifier,
        scopes=started.scopes,
        user_id=checked.user_id,
        error_redirect_url=request.error_redirect_url,
        after_callback_redirect_url=request.after_callback_redirect_url,
        bot_assessment=assessment,
        is_own_page=request.is_own_page,
    )
    await installation.db.run(
        flows.save,
        installation,
        tenancy_id=checked.tenancy.id,
        state=state,
        request=flow,
        needs_cookie=request.needs_cookie,
        now=utc_now(),
    )
    is_posted_back = checked.application.provider.extra.get("response_mode") == "form_post"
    return Authorized(started.url, state, is_posted_back)


async def _start(
    settings: Settings, checked: _Checked, request: AuthorizeRequest, *, state: str, verifier: str
) -> Started:
    if checked.application.is_demo:
        return demo.start(settings, checked.provider_type, state=state)
    return await gateway.start(
        checked.application,
        callback_url=clients.callback_url(settings, checked.provider_type),
        state=state,
        verifier=verifier,
        scopes=request.provider_scope.split(),
    )


async def _assess(installation: Installation, tenancy: TenancySnapshot, request: AuthorizeRequest) -> BotAssessment:
    """Challenge those who may be about to get an account; linking makes none."""
    if request.type is FlowType.LINK:
        return BotAssessment()
    assessment = await bot_challenges.assess(
        tenancy, installation.settings, request.challenge, action=bot_challenges.Action.OAUTH, ip=request.ip
    )
    bot_challenges.require_passed(assessment, installation.settings)
    return assessment


def _check(session: Session, installation: Installation, *, request: AuthorizeRequest, redirect_uri: str) -> _Checked:
    settings = installation.settings
    tenancy = clients.require_tenancy(session, installation, client_id=request.client_id)
    if not request.is_own_page:
        check_client_key(tenancy, request.client_secret or None, utc_now())
    provider = clients.require_provider(tenancy, request.provider_id)
    application = clients.require_application(tenancy, settings, request.provider_id)
    if request.type is FlowType.LINK and not request.token:
        raise StatusError(400, "Linking an account needs the access token of the user.")
    if request.scope != clients.SCOPE:
        raise errors.InvalidScope(scope=request.scope or "<empty string>")
    # The reference looks at the redirect URI only when the provider has answered; nobody needs to go there for nothing.
    for url in (redirect_uri, request.after_callback_redirect_url):
        if url is not None:
            clients.require_target(url, tenancy=tenancy, settings=settings)
    if request.provider_scope.split() and provider.is_shared:
        raise errors.OAuthExtraScopeNotAvailableWithSharedOAuthKeys
    user_id = _user_of(installation, tenancy, request.token) if request.token else None
    return _Checked(tenancy, application, str(provider.type), user_id)


def _user_of(installation: Installation, tenancy: TenancySnapshot, token: str) -> uuid.UUID:
    try:
        claims = installation.tokens.verify(token)
        user_id = uuid.UUID(claims.user_id)
    except (UnparsableToken, ValueError):
        raise errors.UnparsableAccessToken from None
    if claims.project_id != tenancy.project_id or claims.branch_id != tenancy.branch_id:
        raise StatusError(403, "The access token belongs to another project or branch.")
    return user_id


def _new_verifier() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(_VERIFIER_BYTES)).rstrip(b"=").decode()
