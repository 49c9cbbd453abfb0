"""The error page, whose address says what happened; and paths below `/handler` that are no page."""

import json
from typing import TYPE_CHECKING

import reflex as rx

from hexclave_app.pages import routes
from state.base import Access, Updates, Viewer, guarded

_MAX_SHOWN = 500  # characters of a message that anybody can have written

# What a known error means to the person: title, text, and whether trying again makes sense.
_KNOWN = {
    "OAUTH_CONNECTION_ALREADY_CONNECTED_TO_ANOTHER_USER": (
        "This account belongs to somebody else here",
        "It is already connected to another user. Sign in as that user, or choose another account at the provider.",
    ),
    "USER_ALREADY_CONNECTED_TO_ANOTHER_OAUTH_CONNECTION": (
        "You are connected already",
        "Your user has another account of this provider. Disconnect that one in your account settings first.",
    ),
    "OAUTH_PROVIDER_ACCESS_DENIED": (
        "You did not allow the sign-in",
        "The provider says that access was denied. You can try again, or sign in another way.",
    ),
    "OAUTH_PROVIDER_TEMPORARILY_UNAVAILABLE": (
        "The provider is not available right now",
        "This is usually over soon. Try again in a moment, or sign in another way.",
    ),
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
            self.title, self.code = "Something went wrong", ""
            self.text = "We do not know what happened. Going back and trying again often helps."
            return
        self.title, self.text = _KNOWN.get(code, ("That did not work", message[:_MAX_SHOWN]))
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
