"""Where to go after signing in: only to places that belong to the project (contract 08, section 1.4)."""

import json
import re
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from hexclave_app.config.trusted_domains import is_trusted_url
from hexclave_app.languages.negotiation import is_translated
from hexclave_app.languages.speaking import say
from hexclave_app.services.oauth.hand_off import RETURN_PARAMETER, wanted_of
from state.base import Viewer

_OWN_PATH = re.compile(
    r"/(?![/\\])[^\x00-\x20\\]*"
)  # browsers read a backslash as a slash: `/\evil.example` is not ours


def wanted(state: rx.State) -> str:
    """Where the address of the tab says to go afterwards; to be checked before anybody goes there."""
    return wanted_of(state.router.url.query_parameters)


def safe_target(value: str, *, viewer: Viewer, default: str) -> str:
    """The wanted target if it is a path of this host or a trusted URL of the project; else the default."""
    if _OWN_PATH.fullmatch(value):
        return value
    tenancy, settings = viewer.host_tenancy, viewer.installation.settings
    is_trusted = is_trusted_url(value, config=tenancy.config, hosted_origin=settings.hosted_origin(tenancy.project_id))
    return value if is_trusted else default


def with_return(path: str, target: str) -> str:
    """A page that keeps in mind where to go afterwards."""
    return f"{path}?{urlencode({RETURN_PARAMETER: target})}" if target else path


def lead_on(state: rx.State, target: str) -> EventSpec:
    """Go to another path of this host; a page of another language than this one has to be loaded anew."""
    if is_translated(target.partition("?")[0]) == is_translated(state.router.url.path):
        return rx.redirect(target, replace=True)
    return rx.call_script(f"window.location.replace({javascript(target)})")


def claim_script(claim: str, target: str) -> str:
    """JavaScript that fetches the login cookie and loads the target anew, so that its socket sees the cookie."""
    return _post("/auth/session/claim", {"claim": claim}, target, say("sign-in-not-kept"))


def sign_out_script(target: str) -> str:
    """JavaScript that ends the browser's session and opens the target."""
    return _post("/auth/session/sign-out", {}, target, say("not-signed-out"))


def _post(path: str, body: dict[str, str], target: str, refused: str) -> str:
    unreachable = javascript(say("server-not-reached"))
    options = {"method": "POST", "credentials": "same-origin", "headers": {"content-type": "application/json"}}
    return (
        f"fetch({javascript(path)}, {{...{javascript(options)}, body: {javascript(json.dumps(body))}}})"
        f".then((answer) => {{ if (!answer.ok) return {javascript(refused)};"
        f" window.location.replace({javascript(target)}); return ''; }})"
        f".catch(() => {unreachable})"
    )


def javascript(value: object) -> str:
    """A JavaScript literal; JSON is one, once `<` cannot end a script element."""
    return json.dumps(value).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
