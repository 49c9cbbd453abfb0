"""The second step: the provider sends the person back (contract 03, sections 10.3 and 10.4)."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from hexclave_app import errors
from hexclave_app.errors import ApiError, KnownError, StatusError
from hexclave_app.gateways.oauth import client as gateway
from hexclave_app.gateways.oauth.client import Application, Tokens
from hexclave_app.gateways.oauth.profiles import Profile
from hexclave_app.installation import Installation
from hexclave_app.services.callers import check_client_key
from hexclave_app.services.end_users import EndUser
from hexclave_app.services.oauth import accounts, clients, demo, exchange, flows
from hexclave_app.services.oauth.accounts import Identity
from hexclave_app.services.oauth.exchange import CONFLICT, Grant
from hexclave_app.services.oauth.flows import Flow, FlowRequest
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.sign_in import unwrap
from models.base import utc_now


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAnswer:
    """What the provider's redirect carries."""

    provider_type: str
    state: str
    code: str | None
    error: str | None
    issuer: str | None
    has_cookie: bool


async def finish(
    installation: Installation, answer: ProviderAnswer, *, end_user: EndUser | None, now: datetime
) -> str | ApiError:
    """Where the person goes now: to the app with a code, or with an error if there is a trusted place for it."""
    try:
        flow = await installation.db.run(
            flows.take, installation, state=answer.state, has_cookie=answer.has_cookie, now=now
        )
        return await _with_error_redirect(installation, answer, flow, end_user)
    except ApiError as error:
        return error


async def _with_error_redirect(
    installation: Installation, answer: ProviderAnswer, flow: Flow, end_user: EndUser | None
) -> str:
    try:
        return await _complete(installation, answer, flow, end_user)
    except KnownError as error:
        request = flow.request
        for url in (request.redirect_uri, request.error_redirect_url):
            if url and clients.is_allowed_target(url, tenancy=flow.tenancy, settings=installation.settings):
                return clients.with_query(url, _described(error))
        raise


async def _complete(installation: Installation, answer: ProviderAnswer, flow: Flow, end_user: EndUser | None) -> str:
    settings, request, tenancy = installation.settings, flow.request, flow.tenancy
    if flow.is_expired:
        raise errors.OuterOAuthTimeout
    config = clients.require_provider(tenancy, request.provider_id)
    if config.type != answer.provider_type:
        raise StatusError(400, "Another OAuth provider than the one that was asked has answered.")
    if not request.is_own_page:
        check_client_key(tenancy, request.client_secret or None, utc_now())
    clients.require_target(request.redirect_uri, tenancy=tenancy, settings=settings)
    application = clients.require_application(tenancy, settings, request.provider_id)
    if application.is_demo:
        tokens, profile = None, _ask_demo(installation, answer)
    else:
        tokens, profile = await _ask(application, answer, flow, clients.callback_url(settings, answer.provider_type))
    context = SignInContext(installation, tenancy, end_user, utc_now())
    identity = Identity(
        provider_id=request.provider_id,
        profile=profile,
        type=request.type,
        user_id=request.user_id,
        bot_assessment=request.bot_assessment,
        tokens=tokens,
        scopes=request.scopes,
    )
    try:
        result = await installation.db.run(_record, context, request, identity)
    except ApiError as error:
        if error.status != CONFLICT:
            raise
        # Who lost against a parallel sign-in of the same person finds the account now.
        result = await installation.db.run(_record, context, request, identity)
    return clients.with_query(request.redirect_uri, {"code": unwrap(result), "state": request.state})


def _ask_demo(installation: Installation, answer: ProviderAnswer) -> Profile:
    if answer.error is not None:
        raise gateway.refusal(answer.error)
    return demo.open_code(installation, state=answer.state, code=answer.code or "")


async def _ask(
    application: Application, answer: ProviderAnswer, flow: Flow, callback_url: str
) -> tuple[Tokens, Profile]:
    """The provider's tokens and profile; an answer of another issuer is a mix-up (RFC 9207)."""
    application = await gateway.with_endpoints(application)
    issuers = application.provider.issuers
    if answer.issuer is not None and issuers and answer.issuer not in issuers:
        raise StatusError(400, "Another OAuth provider than the one that was asked has answered.")
    if answer.error is not None:
        raise gateway.refusal(answer.error)
    if not answer.code:
        raise StatusError(400, "The OAuth provider sent no code.")
    return await gateway.exchange(
        application, callback_url=callback_url, code=answer.code, verifier=flow.request.verifier
    )


def _record(
    session: Session, context: SignInContext, request: FlowRequest, identity: Identity
) -> str | errors.SignUpRejected:
    """A code for the identity; what its exchange would refuse is refused already now, where the app expects it."""
    resolved = accounts.rehearse(session, context, identity)
    if not isinstance(resolved, accounts.Resolved):
        return resolved
    grant = Grant(
        user_id=None if resolved.is_new_user else resolved.user_id,
        redirect_uri=request.redirect_uri,
        code_challenge=request.code_challenge,
        after_callback_redirect_url=request.after_callback_redirect_url,
        identity=identity,
    )
    return exchange.issue(session, context, grant)


def _described(error: KnownError) -> dict[str, str]:
    return {
        "error": "server_error",
        "error_description": error.message,
        "errorCode": error.code,
        "message": error.message,
        "details": json.dumps(error.body().get("details") or {}),
    }
