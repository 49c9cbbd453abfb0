"""Overrides: what one level stores, how two of them merge, and how keys are taken back.

An override is a JSON object whose top-level keys may be dotted paths. Merging is deliberately shallow: a key of the
later override removes itself and everything below it from the earlier one, and nothing else.
"""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import JsonValue

from hexclave_app.config.migrations import migrate_keys

Override = dict[str, JsonValue]


class Level(StrEnum):
    """Levels that can be written, lowest first; later ones win."""

    PROJECT = "project"
    BRANCH = "branch"
    ENVIRONMENT = "environment"

    @property
    def rank(self) -> int:
        """Position from the bottom."""
        return list(Level).index(self)


def merge(base: Override, patch: Override) -> Override:
    """Apply `patch` on `base`: each key of the patch replaces that whole subtree of flat keys."""
    kept = {key: value for key, value in base.items() if not _is_covered(key, patch)}
    return {**kept, **patch}


def reset_keys(override: Override, keys: Iterable[str]) -> Override:
    """Forget what the override says about the given paths, in flat keys and inside stored objects alike."""
    result = dict(override)
    for key in keys:
        result = _without(result, key)
    return result


def migrate(override: Override, level: Level) -> Override:
    """Rewrite outdated keys to today's schema; idempotent, and total on any JSON object."""
    return migrate_keys(override, is_project_level=level is Level.PROJECT)


def _is_covered(key: str, patch: Override) -> bool:
    """Say whether the key or one of its parents is in the patch."""
    segments = key.split(".")
    return any(".".join(segments[:length]) in patch for length in range(1, len(segments) + 1))


def _without(override: Override, key: str) -> Override:
    result: Override = {}
    for stored, value in override.items():
        if stored == key or stored.startswith(f"{key}."):
            continue
        if not key.startswith(f"{stored}.") or not isinstance(value, dict):
            result[stored] = value
            continue
        remainder = _without_property(value, key[len(stored) + 1 :].split("."))
        if remainder or not value:
            result[stored] = remainder
    return result


def _without_property(value: dict[str, JsonValue], path: list[str]) -> dict[str, JsonValue]:
    name, *rest = path
    if name not in value:
        return value
    others = {key: child for key, child in value.items() if key != name}
    if not rest:
        return others
    child = value[name]
    if not isinstance(child, dict):
        return value
    remainder = _without_property(child, rest)
    if not remainder and child:
        return others
    return {key: remainder if key == name else old for key, old in value.items()}
