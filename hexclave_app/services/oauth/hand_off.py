"""What apps on other domains ask hosted pages for: to come back with the session (contract 08, 1.3 and 1.4)."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

RETURN_PARAMETER: Final = "after_auth_return_to"
PREFIXES: Final = ("hexclave_cross_domain_", "stack_cross_domain_")
STATE, CHALLENGE, AFTER_CALLBACK = "state", "code_challenge", "after_callback_redirect_url"


def wanted_of(query: Mapping[str, str]) -> str:
    """Where the address of a page says to go afterwards.

    Parameters of a hand-off that stand beside the target become a part of it, so that they are carried on together;
    a path becomes one of the app that has asked. Nothing is checked yet.
    """
    wanted = query.get(RETURN_PARAMETER, "")
    told = {name: asked(query, name) for name in (STATE, CHALLENGE, AFTER_CALLBACK)}
    if not wanted or not told[STATE] or not told[CHALLENGE]:
        return wanted
    parts = urlsplit(wanted)
    if not parts.netloc and told[AFTER_CALLBACK] and wanted.startswith("/"):
        app = urlsplit(told[AFTER_CALLBACK])
        parts = parts._replace(scheme=app.scheme, netloc=app.netloc)
    if not parts.netloc:
        return wanted
    own = parse_qsl(parts.query, keep_blank_values=True)
    if asked(dict(own), STATE) and asked(dict(own), CHALLENGE):
        return wanted
    added = {PREFIXES[0] + name: value for name, value in told.items() if value}
    return urlunsplit(parts._replace(query=_as_browsers_write(own + list(added.items()))))


def lender_of(query: Mapping[str, str]) -> str:
    """The address of an app that lends its session to this page; empty where no app offers it. Not checked yet."""
    offered = (query.get(f"{prefix}_nested_cross_domain_auth_callback_url", "") for prefix in ("hexclave", "stack"))
    return next((url for url in offered if url), "")


def asked(query: Mapping[str, str], name: str) -> str:
    """A parameter of a hand-off, in either spelling."""
    return next((query[prefix + name] for prefix in PREFIXES if query.get(prefix + name)), "")


def _as_browsers_write(pairs: list[tuple[str, str]]) -> str:
    """The app compares the address that it comes back to with this one, after its browser has taken a parameter out."""
    return urlencode(pairs).replace("~", "%7E").replace("%2A", "*")
