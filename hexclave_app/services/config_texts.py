"""Overrides as texts that people edit as a whole: without secrets, checked, and compared with what is stored."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

import orjson
from sqlmodel import Session

from hexclave_app.config.hiding import NoSecretToKeep, hidden, kept
from hexclave_app.config.overrides import Level, Override
from hexclave_app.config.validation import OverrideError, check_override, find_warnings
from hexclave_app.services import project_configs, tenancies
from hexclave_app.services.project_configs import ConfigSource
from models.base import JsonValue
from models.projects import DEFAULT_BRANCH_ID

MAX_TEXT_CHARS: Final = 500_000
"""More than this is not edited by hand; the API takes ten times as much."""
_SORTED: Final = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS


class TextProblem(ValueError):
    """The text cannot be stored."""


@dataclass(eq=False)
class MalformedText(TextProblem):
    """It is not JSON."""

    line: int
    column: int
    reason: str


@dataclass(eq=False)
class RepeatedKey(TextProblem):
    """An object has the same key twice, of which only one would count."""

    key: str


@dataclass(eq=False)
class RefusedOverride(TextProblem):
    """The schema refuses it; the reason names the key."""

    reason: str


@dataclass(eq=False)
class MissingSecret(TextProblem):
    """It keeps a secret that is not there."""

    path: str


class StaleText(TextProblem):
    """Somebody else has changed the override since it was opened."""


@dataclass(frozen=True)
class OpenedOverride:
    """An override as it was when somebody began to edit it."""

    text: str
    mark: str
    """Moves with every change of the override."""
    source: ConfigSource


@dataclass(frozen=True)
class Review:
    """What storing a text would do."""

    before: str
    after: str
    warnings: list[str]
    """What the full schema has against the configuration then."""
    new_warnings: list[str]
    """Those of them that it does not have against the present one."""


def open_override(session: Session, *, project_id: str, level: Level) -> OpenedOverride:
    """The override of a level, ready to be edited."""
    stored = project_configs.get(session, project_id=project_id, level=level)
    source = project_configs.get_source(session, project_id=project_id)
    return OpenedOverride(printed(hidden(stored)), _mark(stored), source)


def merged_text(session: Session, *, project_id: str) -> str:
    """The complete configuration, as it results from all levels, without its secrets."""
    config = tenancies.load(session, project_id, DEFAULT_BRANCH_ID).config
    return printed(hidden(config.model_dump(mode="json", by_alias=True, exclude_none=True)))


def review(session: Session, *, project_id: str, level: Level, text: str) -> Review:
    """Check a text and say what would change; raises a `TextProblem`."""
    edited = _parsed(text)
    stored = project_configs.get(session, project_id=project_id, level=level)
    checked = _checked(edited, stored, level)
    overrides = tenancies.stored_overrides(session, project_id, DEFAULT_BRANCH_ID)
    known = find_warnings(**overrides)
    warnings = find_warnings(**{**overrides, level.value: checked})
    return Review(
        before=printed(hidden(stored)),
        after=printed(hidden(edited, edited=True)),
        warnings=warnings,
        new_warnings=[warning for warning in warnings if warning not in known],
    )


def save(session: Session, *, project_id: str, level: Level, text: str, mark: str) -> None:
    """Replace the override that was opened at that mark; the source stays. Raises a `TextProblem`."""
    edited = _parsed(text)
    project_configs.lock_project(session, project_id)
    stored = project_configs.get(session, project_id=project_id, level=level)
    if _mark(stored) != mark:
        raise StaleText
    source = None
    if level is Level.BRANCH:
        project_configs.require_unlinked(session, project_id=project_id)
        source = project_configs.UNLINKED
    config = _checked(edited, stored, level)
    project_configs.replace(session, project_id=project_id, level=level, config=config, source=source)


def printed(value: JsonValue) -> str:
    """JSON as people read it: indented, keys in order, so that only real changes differ."""
    return orjson.dumps(value, option=_SORTED).decode()


def _parsed(text: str) -> Override:
    if len(text) > MAX_TEXT_CHARS:
        raise RefusedOverride(f"The text is longer than {MAX_TEXT_CHARS} characters.")
    try:
        value: JsonValue = orjson.loads(text)
        json.loads(text, object_pairs_hook=_without_repetition)
    except orjson.JSONDecodeError as problem:
        raise MalformedText(problem.lineno, problem.colno, problem.msg) from None
    except (RecursionError, UnicodeEncodeError):
        raise MalformedText(1, 1, "nested too deeply, or not text") from None
    if not isinstance(value, dict):
        raise RefusedOverride("The config override must be an object.")
    return value


def _without_repetition(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {}
    for key, value in pairs:
        if key in found:
            raise RepeatedKey(key)
        found[key] = value
    return found


def _checked(edited: Override, stored: Override, level: Level) -> Override:
    try:
        return check_override(kept(edited, stored), level)
    except NoSecretToKeep as problem:
        raise MissingSecret(problem.path) from None
    except OverrideError as problem:
        raise RefusedOverride(str(problem)) from None


def _mark(stored: Override) -> str:
    return hashlib.sha256(orjson.dumps(stored, option=orjson.OPT_SORT_KEYS)).hexdigest()
