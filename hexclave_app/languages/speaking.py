"""Saying something in the language of whoever the present event or request is for."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Final

from hexclave_app.languages import negotiation
from hexclave_app.languages.catalog import format_message
from hexclave_app.languages.patterns import Value
from hexclave_app.languages.supported import ENGLISH, Language

spoken: Final[ContextVar[Language | None]] = ContextVar("spoken_language", default=None)
"""Set at the beginning of every event; None on pages that speak English to everybody."""
asked_with: Final[ContextVar[Mapping[str, str] | None]] = ContextVar("asked_with", default=None)
"""Headers of the present request of the API, which are read only when it matters."""


def speech() -> Language:
    """The language that is spoken now."""
    return spoken.get() or ENGLISH


def say(key: str, **arguments: Value) -> str:
    """The text of a message in the language that is spoken now."""
    return format_message(speech(), key, arguments)


def heard() -> Language | None:
    """The language of whoever asks: of the page, or of the request's cookie and headers; None when nobody says."""
    headers = asked_with.get()
    return spoken.get() or (negotiation.wished(headers) if headers is not None else None)
