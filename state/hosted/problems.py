"""The error page, whose address says what happened; and paths below `/handler` that are no page."""

import json
from typing import TYPE_CHECKING

import reflex as rx

from hexclave_app.languages.speaking import say
from hexclave_app.pages import routes
from state.base import Access, Updates, Viewer, guarded
from state.explanations import explained_code

_MAX_SHOWN = 500  # characters of a message that anybody can have written

# What a known error means to the person: the keys of its title and, with `-text`, of what to do.
_KNOWN = {
    "OAUTH_CONNECTION_ALREADY_CONNECTED_TO_ANOTHER_USER": "account-of-another",
    "USER_ALREADY_CONNECTED_TO_ANOTHER_OAUTH_CONNECTION": "connected-already",
    "OAUTH_PROVIDER_ACCESS_DENIED": "not-allowed",
    "OAUTH_PROVIDER_TEMPORARILY_UNAVAILABLE": "provider-not-available",
}


class ErrorPageState(rx.State):
    """A known error from the address; all of it is untrusted text."""

    title: str = ""
    text: str = ""
    code: str = ""

    @guarded(Access.VISITOR)
    async def load(self, _viewer: Viewer) -> None:
        """Read the address."""
        query = self.router.url.query_parameters
        code, message = query.get("errorCode", ""), query.get("message", "")
        if not code or not message or not _is_json(query.get("details", "{}")):
            self.title, self.text, self.code = say("something-wrong"), say("something-wrong-text"), ""
            return
        known = _KNOWN.get(code)
        if known is not None:
            self.title, self.text = say(known), say(f"{known}-text")
        else:
            self.title, self.text = say("did-not-work"), explained_code(code) or message[:_MAX_SHOWN]
        self.code = code[:_MAX_SHOWN]


class AliasState(rx.State):
    """Paths below `/handler`: other spellings lead to the page, everything else is not found."""

    is_missing: bool = False

    if TYPE_CHECKING:
        splat: list[str]

    @guarded(Access.VISITOR)
    async def resolve(self, _viewer: Viewer) -> Updates:
        """Lead on to the page that was meant, with its query."""
        self.is_missing = False
        target = canonical_path("/".join(self.splat or []))
        if target is None:
            self.is_missing = True
            return
        query = self.router.url.query
        yield rx.redirect(f"{target}?{query}" if query else target, replace=True)


def canonical_path(spelled: str) -> str | None:
    """The hosted page that a path below `/handler` means: case and dashes do not matter."""
    return _PAGES.get(_plain(spelled))


def _plain(name: str) -> str:
    return name.replace("-", "").strip("/").lower()


def _is_json(text: str) -> bool:
    try:
        json.loads(text or "{}")
    except ValueError:
        return False
    return True


_PAGES = {
    _plain(path.removeprefix("/handler/")): path
    for path in (
        routes.SIGN_IN,
        routes.SIGN_UP,
        routes.SIGN_OUT,
        routes.FORGOT_PASSWORD,
        routes.PASSWORD_RESET,
        routes.MAGIC_LINK,
        routes.EMAIL_VERIFICATION,
        routes.MFA,
        routes.ERROR,
        routes.ONBOARDING,
        routes.TEAM_INVITATION,
        routes.TEAM_CREATION,
        routes.CLI_AUTH,
        routes.ACCOUNT_SETTINGS,
        routes.OAUTH_CALLBACK,
    )
} | {"login": routes.SIGN_IN, "register": routes.SIGN_UP}
