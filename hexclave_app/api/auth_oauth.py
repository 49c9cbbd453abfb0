"""OAuth: authorize, callback, token endpoint, hand-over between domains (contract 03, section 10)."""

from typing import Final

from sqlmodel import Session

from hexclave_app.api.auth_otp import signed_in_view
from hexclave_app.api.auth_passwords import sign_in_context
from hexclave_app.api.oauth_schemas import (
    AppleSignIn,
    AuthorizeQuery,
    CallbackAnswer,
    CrossDomainAuthorize,
    ProviderPath,
    TokenRequest,
)
from hexclave_app.api.protocol.answers import Answer, error_answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import ANYONE, PUBLIC, Endpoints
from hexclave_app.errors import ApiError
from hexclave_app.services import sessions
from hexclave_app.services.oauth import apple, clients, cross_domain, exchange, flows
from hexclave_app.services.oauth import authorize as authorizing
from hexclave_app.services.oauth import callback as calling_back
from hexclave_app.services.oauth.authorize import AuthorizeRequest
from hexclave_app.services.oauth.callback import ProviderAnswer
from hexclave_app.services.oauth.cross_domain import HandOver
from hexclave_app.services.oauth.flows import FlowType
from hexclave_app.services.sessions import SignInContext

routes = Endpoints("auth")

_NO_STORE = {"cache-control": "no-store", "pragma": "no-cache"}
_TOKEN_LIFETIME_TOLD_S = 3600  # what OAuth libraries say by default; the SDK reads `exp` of the token itself
_COOKIE: Final = "stack-oauth-inner-"


@routes.endpoint("GET", "/auth/oauth/authorize/{provider_id}", access=PUBLIC, params=ProviderPath, query=AuthorizeQuery)
async def authorize(call: Call) -> Answer:
    """Start an OAuth sign-in or link; redirect or JSON location."""
    query: AuthorizeQuery = call.query
    provider_id: str = call.path.provider_id
    authorized = await authorizing.authorize(
        call.installation,
        AuthorizeRequest(
            client_id=query.client_id,
            client_secret=query.client_secret,
            provider_id=provider_id,
            redirect_uri=query.redirect_uri,
            scope=query.scope,
            state=query.state,
            code_challenge=query.code_challenge,
            type=FlowType(query.type),
            token=query.token or None,
            provider_scope=query.provider_scope or "",
            error_redirect_url=query.error_redirect_uri or query.error_redirect_url,
            after_callback_redirect_url=query.after_callback_redirect_url,
            needs_cookie=not query.wants_json,
            challenge=query.bot_challenge(),
            ip=call.end_user.ip if call.end_user else None,
        ),
    )
    if query.wants_json:
        return Answer({"location": authorized.location})
    cookie = _cookie(
        call,
        authorized.inner_state,
        "true",
        age_s=int(flows.LIFETIME.total_seconds()),
        is_posted_back=authorized.is_posted_back,
    )
    return Answer(None, 307, {"location": authorized.location, "set-cookie": cookie})


@routes.endpoint("GET", "/auth/oauth/callback/{provider_id}", access=PUBLIC, params=ProviderPath, query=CallbackAnswer)
async def callback(call: Call) -> Answer:
    """Provider callback; issues the outer authorization code."""
    return await _finish(call, call.query)


@routes.endpoint("POST", "/auth/oauth/callback/{provider_id}", access=PUBLIC, params=ProviderPath, body=CallbackAnswer)
async def callback_by_form(call: Call) -> Answer:
    """Provider callback by form post (Apple)."""
    return await _finish(call, call.body)


@routes.endpoint("POST", "/auth/oauth/callback/apple/native", access=ANYONE, body=AppleSignIn)
async def sign_in_with_apple(call: Call) -> dict[str, object]:
    """Native Apple sign-in with an identity token."""
    return signed_in_view(await apple.sign_in(sign_in_context(call), identity_token=call.body.id_token))


@routes.endpoint("POST", "/auth/oauth/token", access=PUBLIC, body=TokenRequest, keeps_status=True, is_keyed=True)
def token(call: Call) -> Answer:
    """OAuth token endpoint: authorization_code and refresh_token grants."""
    body: TokenRequest = call.body
    if body.grant_type == "authorization_code":
        return _exchange(call, body)
    if body.grant_type != "refresh_token":
        return _oauth_error("unsupported_grant_type", "The grant type must be authorization_code or refresh_token.")
    if not body.client_id or not body.refresh_token:
        return _oauth_error("invalid_request", "client_id and refresh_token are required.")
    return Answer(
        _token_view(_refresh(call, body.client_id, body.client_secret, body.refresh_token), None), headers=_NO_STORE
    )


def _refresh(call: Call, client_id: str, client_secret: str | None, refresh_token: str) -> str:
    known = clients.known_client(call.installation, client_id=client_id, client_secret=client_secret, now=call.now)
    if known is not None:
        context = SignInContext(call.installation, known, call.end_user, call.now)
        access_token = sessions.refresh_if_current(call.session, context, refresh_token=refresh_token)
        if access_token is not None:
            return access_token
    context = _client_context(call.session, call, client_id, client_secret)
    return sessions.refresh(call.session, context, refresh_token=refresh_token)


@routes.endpoint("POST", "/auth/oauth/cross-domain/authorize", access=ANYONE, body=CrossDomainAuthorize)
def authorize_across_domains(call: Call) -> dict[str, object]:
    """Hand the current session to another trusted domain."""
    body: CrossDomainAuthorize = call.body
    location = cross_domain.hand_over(
        call.session,
        sign_in_context(call),
        user_id=call.current_user().id,
        session_id=call.authenticated.session_id,
        refresh_token=call.authenticated.refresh_token,
        to=HandOver(
            redirect_uri=body.redirect_uri,
            state=body.state,
            code_challenge=body.code_challenge,
            after_callback_redirect_url=body.after_callback_redirect_url,
        ),
    )
    return {"redirect_url": location}


async def _finish(call: Call, told: CallbackAnswer) -> Answer:
    state = told.state or ""
    has_cookie = f"{_COOKIE}{state}=true" in [part.strip() for part in call.headers.get("cookie", "").split(";")]
    result = await calling_back.finish(
        call.installation,
        ProviderAnswer(
            provider_type=call.path.provider_id,
            state=state,
            code=told.code,
            error=told.error,
            issuer=told.iss,
            has_cookie=has_cookie,
        ),
        end_user=call.end_user,
        now=call.now,
    )
    answer = error_answer(result) if isinstance(result, ApiError) else Answer(None, 303, {"location": result})
    if has_cookie:
        answer.headers = {**answer.headers, "set-cookie": _cookie(call, state, "", age_s=0, is_posted_back=False)}
    return answer


def _exchange(call: Call, body: TokenRequest) -> Answer:
    if not body.client_id or not body.code or not body.redirect_uri:
        return _oauth_error("invalid_request", "client_id, code and redirect_uri are required.")
    context = _client_context(call.session, call, body.client_id, body.client_secret)
    result = exchange.exchange(
        call.session, context, code=body.code, redirect_uri=body.redirect_uri, code_verifier=body.code_verifier
    )
    if isinstance(result, ApiError):
        return error_answer(result)
    view = {
        **_token_view(result.tokens.access_token, result.after_callback_redirect_url),
        "refresh_token": result.tokens.refresh_token,
        "is_new_user": result.is_new_user,
        "newUser": result.is_new_user,
    }
    return Answer(view, headers=_NO_STORE)


def _token_view(access_token: str, after_callback_redirect_url: str | None) -> dict[str, object]:
    return {
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": _TOKEN_LIFETIME_TOLD_S,
        "scope": clients.SCOPE,
        "after_callback_redirect_url": after_callback_redirect_url,
        "afterCallbackRedirectUrl": after_callback_redirect_url,
    }


def _client_context(session: Session, call: Call, client_id: str, client_secret: str | None) -> SignInContext:
    tenancy = clients.require_client(
        session, call.installation, client_id=client_id, client_secret=client_secret, now=call.now
    )
    return SignInContext(call.installation, tenancy, call.end_user, call.now)


def _oauth_error(code: str, description: str) -> Answer:
    return Answer({"error": code, "error_description": description}, 400, _NO_STORE)


def _cookie(call: Call, state: str, value: str, *, age_s: int, is_posted_back: bool) -> str:
    """Binds a flow to a browser; only `SameSite=None` comes back with a form that another site posts."""
    is_secure = call.installation.settings.is_secure
    same_site = "None" if is_posted_back and is_secure else "Lax"
    secure = "; Secure" if is_secure else ""
    return f"{_COOKIE}{state}={value}; Path=/; Max-Age={age_s}; HttpOnly; SameSite={same_site}{secure}"
