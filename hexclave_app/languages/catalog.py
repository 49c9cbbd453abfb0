"""The messages of every language, read once per process when a language is first spoken."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from hexclave_app.languages.patterns import MessageError, Pattern, Value, arguments_of, read, text_of
from hexclave_app.languages.supported import ENGLISH, Language

Subject = Literal["pages", "answers", "errors", "mails"]
PAGES: Final = "pages"
"""What components say: these messages go to the browser."""
_SUBJECTS: Final[tuple[Subject, ...]] = (PAGES, "answers", "errors", "mails")
TEXTS: Final = Path(__file__).with_name("texts")
_DASHBOARD: Final = "dashboard"  # a folder with a file for each room; only English has one


@lru_cache
def messages(language: Language, subject: Subject) -> Mapping[str, Pattern]:
    """The messages of one file."""
    return _read(TEXTS / language.code / f"{subject}.ftl")


@lru_cache
def dashboard_messages() -> Mapping[str, Pattern]:
    """What the dashboard says; MessageError for a key that two of its files have."""
    found: dict[str, Pattern] = {}
    for file in sorted((TEXTS / ENGLISH.code / _DASHBOARD).glob("*.ftl")):
        more = _read(file)
        twice = found.keys() & more.keys()
        if twice:
            raise MessageError(f"{file.name}: {', '.join(sorted(twice))} are in another file, too")
        found |= more
    return found


@lru_cache
def all_messages(language: Language) -> Mapping[str, Pattern]:
    """Every message of a language."""
    found: dict[str, Pattern] = {}
    for subject in _SUBJECTS:
        found |= messages(language, subject)
    if language == ENGLISH:
        found |= dashboard_messages()
    return found


def format_message(language: Language, key: str, arguments: Mapping[str, Value]) -> str:
    """The text of a message; KeyError for an unknown key or a missing argument."""
    return text_of(all_messages(language)[key], arguments, language)


def arguments_for(key: str) -> frozenset[str] | None:
    """The arguments of a message; None where there is no such message."""
    pattern = all_messages(ENGLISH).get(key)
    return None if pattern is None else arguments_of(pattern)


def check_use(key: str, names: set[str]) -> None:
    """Raise ValueError unless pages have a message of that key with exactly these arguments."""
    _fitting(messages(ENGLISH, PAGES), "pages.ftl", key, names)


def dashboard_pattern(key: str, names: set[str]) -> Pattern:
    """The dashboard's message of that key; ValueError unless it takes exactly these arguments."""
    return _fitting(dashboard_messages(), _DASHBOARD, key, names)


def _fitting(known: Mapping[str, Pattern], place: str, key: str, names: set[str]) -> Pattern:
    pattern = known.get(key)
    if pattern is None:
        raise ValueError(f"There is no message {key!r} in texts/en/{place}.")
    if arguments_of(pattern) != names:
        raise ValueError(f"The message {key!r} takes {sorted(arguments_of(pattern))}, not {sorted(names)}.")
    return pattern


def _read(file: Path) -> dict[str, Pattern]:
    return read(file.read_text(encoding="utf-8"), where=str(file.relative_to(TEXTS)))
