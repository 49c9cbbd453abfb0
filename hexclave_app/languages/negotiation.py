"""Which language a visitor is spoken to in: the one in the address, the one chosen before, the browser's.

All three are untrusted texts; what comes out is one of our languages.
"""

from collections.abc import Iterator, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Final

from hexclave_app.languages.supported import ENGLISH, Language, find

PARAMETER: Final = "lang"
COOKIE: Final = "hexclave-language"
COOKIE_LIFETIME_S: Final = 365 * 86_400
_LONGEST_HEADER: Final = 500  # characters of Accept-Language that are looked at
_ENGLISH_ONLY: Final = ("/projects", "/new-project", "/design")


def is_translated(path: str) -> bool:
    """Whether the page of this path is spoken in the visitor's language; the dashboard speaks English."""
    return not path.startswith(_ENGLISH_ONLY)


def choose(*, parameter: str | None, cookie_header: str, accept_language: str) -> Language:
    """The `lang` parameter, else the cookie, else the best of Accept-Language, else English."""
    headers = {"cookie": cookie_header, "accept-language": accept_language}
    return find(parameter) or wished(headers) or ENGLISH


def wished(headers: Mapping[str, str]) -> Language | None:
    """The language that a request's cookie or Accept-Language names; None when they name none of ours."""
    return find(_chosen_before(headers.get("cookie", ""))) or best_accepted(headers.get("accept-language", ""))


def best_accepted(accept_language: str) -> Language | None:
    """The language that an Accept-Language header likes best of ours."""
    liked = sorted(_preferences(accept_language[:_LONGEST_HEADER]), key=lambda one: -one[1])
    return next((language for language, quality in liked if quality > 0), None)


def cookie(language: Language, *, is_secure: bool) -> str:
    """The Set-Cookie value that keeps a choice; scripts need not see it."""
    secure = "; Secure" if is_secure else ""
    return f"{COOKIE}={language.code}; Path=/; Max-Age={COOKIE_LIFETIME_S}; HttpOnly; SameSite=Lax{secure}"


def _preferences(header: str) -> Iterator[tuple[Language, float]]:
    for part in header.split(","):
        tag, _, options = part.partition(";")
        language = find(tag.strip())
        if language is not None:
            yield language, _quality(options)


def _quality(options: str) -> float:
    name, _, value = options.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        quality = float(value)
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0


def _chosen_before(cookie_header: str) -> str | None:
    try:
        found = SimpleCookie(cookie_header).get(COOKIE)
    except CookieError:
        return None
    return found.value if found is not None else None
