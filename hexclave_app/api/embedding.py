"""What embedded parts need besides their pages: windows for what is never framed, and the exchange of their codes.

Outside the SDK's contract, on the project's own host only (docs/embedding.md).
"""

from typing import Final
from urllib.parse import urlencode

from hexclave_app.api.embed_demo import demo_page
from hexclave_app.api.hosted_pages import START_PATH, with_origin
from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import PUBLIC, Endpoints
from hexclave_app.api.protocol.fields import OptionalText, Schema, Text
from hexclave_app.errors import StatusError
from hexclave_app.security.random_ids import random_token
from hexclave_app.services.browser_sessions import hosted_project, is_same_origin, mfa_cookie_header
from hexclave_app.services.embedding import framing, sessions, tickets
from hexclave_app.services.sessions import SignInContext
from hexclave_app.services.tenancies import TenancySnapshot

routes = Endpoints("embedded parts")

OPEN_PATH: Final = "/embed/open"
EXCHANGE_PATH: Final = "/embed/session"
DEMO_PATH: Final = "/embed/demo"
_RETURN: Final = urlencode({"after_auth_return_to": "/handler/embed-return"})
_SIGN_IN: Final = "/handler/sign-in"
_MFA: Final = "/handler/mfa"


class OpenQuery(Schema):
    """For which page a window is opened, and what for: a provider, or whatever the ticket says."""

    ticket: Text
    provider: OptionalText = None


class CodeExchange(Schema):
    """A one-time code, and the verifier of the load of the part that it was issued to."""

    code: Text
    verifier: Text


@routes.endpoint("GET", OPEN_PATH, access=PUBLIC, query=OpenQuery)
def open_window(call: Call) -> Answer:
    """Begin in a window what is never framed; only our own embedded parts can open it."""
    tenancy = _require_tenancy(call)
    query: OpenQuery = call.query
    if not is_same_origin(with_origin(call.headers)):
        return _go(_SIGN_IN)
    ticket = tickets.unseal(call.installation, tenancy.project_id, query.ticket, now=call.now)
    if ticket is None or not framing.is_trusted_parent(
        call.installation, tenancy, origin=ticket.origin, return_url=ticket.return_url
    ):
        return _go(_SIGN_IN)
    cookies = [tickets.cookie_header(call.installation, tenancy.project_id, ticket, now=call.now)]
    if ticket.attempt_code:
        is_secure = call.installation.settings.is_secure
        cookies.append(mfa_cookie_header(tenancy.project_id, ticket.attempt_code, is_secure=is_secure))
        return _go(f"{_MFA}?{_RETURN}", *cookies)
    if query.provider:
        return _go(f"{START_PATH}?{urlencode({'provider': query.provider})}&{_RETURN}", *cookies)
    return _go(f"{_SIGN_IN}?{_RETURN}", *cookies)


@routes.endpoint("POST", EXCHANGE_PATH, access=PUBLIC, body=CodeExchange)
def exchange_code(call: Call) -> Answer:
    """The session of a one-time code, for the page around the part that handed it out."""
    tenancy = _require_tenancy(call)
    body: CodeExchange = call.body
    tokens = sessions.redeem_code(
        call.session,
        SignInContext(call.installation, tenancy, call.end_user, call.now, call.address),
        code=body.code,
        verifier=body.verifier,
        origin=call.headers.get("origin", ""),
    )
    if tokens is None:
        return Answer("This session has ended. Please sign in again.", 400)
    return Answer(
        {
            "access_token": tokens.access_token,
            "refresh_token": tokens.refresh_token,
            "user_id": str(tokens.user_id),
        }
    )


@routes.endpoint("GET", DEMO_PATH, access=PUBLIC)
def demo(call: Call) -> Answer:
    """A page that shows every embedded part; on developers' machines and in projects that trust localhost."""
    tenancy = _require_tenancy(call)
    host = call.headers.get("host", "")
    is_embeddable = framing.is_embedding_origin(
        call.installation.settings.hosted_origin(tenancy.project_id), tenancy, call.installation.settings
    )
    if not is_embeddable or not (call.installation.settings.is_local or tenancy.config.domains.allow_localhost):
        raise StatusError(404, f"There is no demo page on {host}.")
    nonce = random_token()
    return Answer(
        demo_page(tenancy.project_id, nonce=nonce),
        headers={
            "content-security-policy": (
                f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'unsafe-inline'; img-src * data:;"
                " frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
            ),
            "x-frame-options": "DENY",
        },
        content_type="text/html; charset=utf-8",
    )


def _require_tenancy(call: Call) -> TenancySnapshot:
    tenancy = hosted_project(call.session, installation=call.installation, host=call.headers.get("host", ""))
    if tenancy is None:
        raise StatusError(404, "There is no project at this address.")
    return tenancy


def _go(location: str, *cookies: str) -> Answer:
    return Answer(None, 303, {"location": location, "cache-control": "no-store"}, cookies=cookies)
