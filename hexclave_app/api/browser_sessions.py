"""Where our own pages turn a sign-in into a cookie and end it (outside the SDK's contract, same origin only)."""

from hexclave_app.api.protocol.answers import Answer
from hexclave_app.api.protocol.calls import Call
from hexclave_app.api.protocol.endpoints import PUBLIC, Endpoints
from hexclave_app.api.protocol.fields import Schema, Text
from hexclave_app.errors import StatusError
from hexclave_app.services import sessions
from hexclave_app.services.browser_sessions import (
    find_login,
    is_same_origin,
    project_id_of_host,
    redeem_claim,
    set_cookie_header,
)

routes = Endpoints("browser sessions")

CLAIM_PATH = "/auth/session/claim"
SIGN_OUT_PATH = "/auth/session/sign-out"


class Claim(Schema):
    """The one-time claim of a sign-in on this host."""

    claim: Text


@routes.endpoint("POST", CLAIM_PATH, access=PUBLIC, body=Claim)
def claim_session(call: Call) -> Answer:
    """Exchange the claim of a sign-in for the login cookie."""
    _require_same_origin(call)
    redeemed = redeem_claim(
        call.session,
        installation=call.installation,
        claim=call.body.claim,
        host=call.headers.get("host", ""),
        now=call.now,
    )
    if redeemed is None:
        return Answer("This sign-in has expired or was already used. Please sign in again.", 400)
    is_secure = call.installation.settings.is_secure
    cookie = set_cookie_header(redeemed.project_id, redeemed.refresh_token, is_secure=is_secure)
    return Answer({"success": True}, headers={"set-cookie": cookie})


@routes.endpoint("POST", SIGN_OUT_PATH, access=PUBLIC)
def sign_out(call: Call) -> Answer:
    """End the browser's session and remove its cookie; also right when there is none."""
    _require_same_origin(call)
    host = call.headers.get("host", "")
    login = find_login(
        call.session,
        installation=call.installation,
        host=host,
        cookie_header=call.headers.get("cookie", ""),
        now=call.now,
    )
    if login is not None:
        sessions.end_current(call.session, tenancy_id=login.tenancy.id, session_id=login.session_id)
    project_id = project_id_of_host(host, call.installation.settings)
    cookie = set_cookie_header(project_id or "internal", "", is_secure=call.installation.settings.is_secure)
    return Answer({"success": True}, headers={"set-cookie": cookie})


def _require_same_origin(call: Call) -> None:
    if not is_same_origin(call.headers):
        raise StatusError(403, "This address can only be used by the pages of this very host.")
