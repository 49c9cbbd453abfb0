"""What hosted pages need besides their state: their look, and sign-in by providers (same origin, no script needed)."""

import json
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import ConfigDict
from sqlmodel import Session

from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import PUBLIC, Endpoints
from hexclave_app.api.protocol.fields import OptionalText, Schema, Text
from hexclave_app.errors import ApiError, KnownError
from hexclave_app.errors.auth import MultiFactorAuthenticationRequired
from hexclave_app.services import hosted_look, sessions
from hexclave_app.services.bot_challenges import NO_CHALLENGE, BotChallenge
from hexclave_app.services.browser_sessions import (
    find_cookie,
    hosted_project,
    is_same_origin,
    mfa_cookie_header,
    read_cookie,
    set_cookie_header,
)
from hexclave_app.services.oauth import flows, own_pages
from hexclave_app.services.oauth.hand_off import RETURN_PARAMETER, wanted_of
from hexclave_app.services.oauth.own_pages import Remembered
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.tenancies import TenancySnapshot
from hexclave_app.services.users import locales

routes = Endpoints("hosted pages")

START_PATH: Final = "/auth/session/oauth/start"
BORROW_PATH: Final = "/auth/session/oauth/borrow"
_SIGN_IN: Final = "/handler/sign-in"
_MFA: Final = "/handler/mfa"
_ERROR: Final = "/handler/error"
_CHALLENGE: Final = "/handler/provider-check"
_CHALLENGE_S: Final = 600  # as long as somebody may take for the challenge
_SETTINGS: Final = "/handler/account-settings"


class StartQuery(Schema):
    """Which provider, and whether its account is added to the signed-in one."""

    provider: Text
    link: OptionalText = None
    bot_challenge_token: OptionalText = None
    """What the page of the operator's bot challenge brings; empty when its widget could not be shown."""
    after_auth_return_to: OptionalText = None
    """Where to go afterwards, if not where the page before wanted to; checked again before going there."""


class BorrowQuery(Schema):
    """The app that lends its session, and the page that it is for."""

    lender: Text
    target: Text


class OAuthAnswer(Schema):
    """What a flow comes back with; parameters that we do not know are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    code: OptionalText = None
    state: OptionalText = None
    errorCode: OptionalText = None  # noqa: N815 - the contract's name
    message: OptionalText = None
    details: OptionalText = None


@routes.endpoint("GET", "/handler/project.css", access=PUBLIC)
def stylesheet(call: Call) -> Answer:
    """The style sheet of the project whose pages are on this host."""
    tenancy = _tenancy(call)
    text = ""
    if tenancy is not None:
        logo = hosted_look.find_logo(call.session, project_id=tenancy.project_id)
        text = hosted_look.stylesheet(call.installation, tenancy, logo)
    return Answer(text, headers={"cache-control": "no-cache"}, content_type="text/css; charset=utf-8")


@routes.endpoint("GET", START_PATH, access=PUBLIC, query=StartQuery)
async def start(call: Call) -> Answer:
    """Begin a sign-in by a provider for the page that the link stands on."""
    if not is_same_origin(with_origin(call.headers)):
        return _go(_SIGN_IN)
    tenancy = await call.installation.db.read(_read_tenancy, call)
    if tenancy is None:
        return _go(_SIGN_IN)
    context, query = _context(call, tenancy), call.query
    target = query.after_auth_return_to or _wanted(call.headers)
    is_challenged = call.installation.settings.has_own_challenge and not query.link
    if is_challenged and query.bot_challenge_token is None:
        return _challenge(call, tenancy, provider=query.provider, target=target)
    try:
        token = await call.installation.db.run(_own_token, call, context) if query.link else None
        begun = await own_pages.begin(
            context,
            provider_id=query.provider,
            target=target,
            access_token=token,
            challenge=BotChallenge(query.bot_challenge_token, "visible") if is_challenged else NO_CHALLENGE,
        )
    except ApiError as error:
        return _failed(error)
    return _begin(call, tenancy, begun)


@routes.endpoint("GET", BORROW_PATH, access=PUBLIC, query=BorrowQuery)
def borrow(call: Call) -> Answer:
    """Ask the app that somebody comes from for its session; it is ours once the app has come back with a code."""
    tenancy, query = _tenancy(call), call.query
    is_own_path = query.target.startswith("/handler/") or query.target == "/"
    if tenancy is None or not is_own_path or not is_same_origin(with_origin(call.headers)):
        return _go(_SIGN_IN)
    context, is_secure = _context(call, tenancy), call.installation.settings.is_secure
    name = own_pages.cookie_name(tenancy.project_id, is_secure=is_secure)
    before = own_pages.remembered(context, find_cookie(call.headers.get("cookie", ""), name))
    if before is not None and before.target == query.target:  # the app has sent somebody back without its session
        return _go(_with_return(_SIGN_IN, before))
    try:
        return _begin(call, tenancy, own_pages.borrow(context, lender=query.lender, target=query.target))
    except ApiError as error:
        return _failed(error)


@routes.endpoint("GET", own_pages.CALLBACK_PATH, access=PUBLIC, query=OAuthAnswer)
async def callback(call: Call) -> Answer:
    """Where a flow of the hosted pages ends: the code becomes the login cookie, exactly once."""
    told: OAuthAnswer = call.query
    if told.errorCode:
        query = {"errorCode": told.errorCode, "message": told.message or "", "details": told.details or "{}"}
        return _go(f"{_ERROR}?{urlencode(query)}")
    tenancy = await call.installation.db.read(_read_tenancy, call)
    if tenancy is None or not told.code:
        return _go(_SIGN_IN)
    context = _context(call, tenancy)
    is_secure = call.installation.settings.is_secure
    name = own_pages.cookie_name(tenancy.project_id, is_secure=is_secure)
    flow = own_pages.remembered(context, find_cookie(call.headers.get("cookie", ""), name))
    if flow is None or flow.state != told.state:
        return _go(_SIGN_IN)
    try:
        result = await call.installation.db.run(own_pages.finish, context, code=told.code, flow=flow)
    except ApiError as error:
        return _failed(error)
    if isinstance(result, MultiFactorAuthenticationRequired):
        code = str(result.details["attempt_code"])
        return _go(_with_return(_MFA, flow), mfa_cookie_header(tenancy.project_id, code, is_secure=is_secure))
    if isinstance(result, ApiError):
        return _failed(result)
    if flow.is_link:
        return _go(f"{_SETTINGS}#auth")
    await call.installation.db.run(locales.remember, tenancy_id=tenancy.id, user_id=result.tokens.user_id)
    cookie = set_cookie_header(tenancy.project_id, result.tokens.refresh_token, is_secure=is_secure)
    # The sign-in page leads people who are signed in to where they belong: onboarding, or the place they wanted.
    return _go(_with_return(_SIGN_IN, flow), cookie)


def _begin(call: Call, tenancy: TenancySnapshot, begun: own_pages.Begun) -> Answer:
    is_secure = call.installation.settings.is_secure
    lifetime = int(flows.LIFETIME.total_seconds())
    cookie = (
        f"{own_pages.cookie_name(tenancy.project_id, is_secure=is_secure)}={begun.cookie}; Path=/; Max-Age={lifetime};"
        f" HttpOnly; SameSite=Lax{'; Secure' if is_secure else ''}"
    )
    return _go(begun.location, cookie)


def _challenge(call: Call, tenancy: TenancySnapshot, *, provider: str, target: str) -> Answer:
    is_secure = call.installation.settings.is_secure
    cookie = (
        f"{own_pages.clicked_cookie_name(tenancy.project_id, is_secure=is_secure)}=1; Path=/; Max-Age={_CHALLENGE_S};"
        f" HttpOnly; SameSite=Strict{'; Secure' if is_secure else ''}"
    )
    return _go(f"{_CHALLENGE}?{urlencode({'provider': provider, RETURN_PARAMETER: target})}", cookie)


def _read_tenancy(session: Session, call: Call) -> TenancySnapshot | None:
    return hosted_project(session, installation=call.installation, host=call.headers.get("host", ""))


def _tenancy(call: Call) -> TenancySnapshot | None:
    return hosted_project(call.session, installation=call.installation, host=call.headers.get("host", ""))


def _own_token(session: Session, call: Call, context: SignInContext) -> str:
    project_id, is_secure = context.tenancy.project_id, call.installation.settings.is_secure
    token = read_cookie(call.headers.get("cookie", ""), project_id, is_secure=is_secure) or ""
    return sessions.refresh(session, context, refresh_token=token)


def _context(call: Call, tenancy: TenancySnapshot) -> SignInContext:
    return SignInContext(call.installation, tenancy, call.end_user, call.now, call.address)


def with_origin(headers: dict[str, str]) -> dict[str, str]:
    """Links carry no `Origin`; where the browser does not tell its kind of navigation, the page before has to."""
    referer = urlsplit(headers.get("referer", ""))
    return {"origin": f"{referer.scheme}://{referer.netloc}", **headers} if referer.netloc else headers


def _wanted(headers: dict[str, str]) -> str:
    """The return target of the page before, which is ours."""
    return wanted_of(dict(parse_qsl(urlsplit(headers.get("referer", "")).query)))


def _with_return(path: str, flow: Remembered) -> str:
    return f"{path}?{urlencode({RETURN_PARAMETER: flow.target})}" if flow.target else path


def _failed(error: ApiError) -> Answer:
    if not isinstance(error, KnownError):
        return _go(_ERROR)
    details = json.dumps(error.body().get("details") or {})
    return _go(f"{_ERROR}?{urlencode({'errorCode': error.code, 'message': error.message, 'details': details})}")


def _go(location: str, cookie: str | None = None) -> Answer:
    headers = {"location": location, "cache-control": "no-store"}
    return Answer(None, 303, {**headers, "set-cookie": cookie} if cookie else headers)
