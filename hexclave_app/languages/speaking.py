"""Saying something in the language of whoever the present event or request is for."""

from contextvars import ContextVar
from typing import Final

from hexclave_app.languages.catalog import format_message
from hexclave_app.languages.patterns import Value
from hexclave_app.languages.supported import ENGLISH, Language

spoken: Final[ContextVar[Language]] = ContextVar("spoken_language", default=ENGLISH)
"""Set at the beginning of every event of a page and every request of the API."""


def say(key: str, **arguments: Value) -> str:
    """The text of a message in the language that is spoken now."""
    return format_message(spoken.get(), key, arguments)
