"""Secrets within overrides: never shown, and put back where a shown text is edited and comes back."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from pydantic import JsonValue

from hexclave_app.config.overrides import Override

HIDDEN: Final = "(hidden)"
CHANGED: Final = "(new secret)"
_SECRET: Final = re.compile(r"secret|password|private|token|apikey|api_key|credential", re.IGNORECASE)


class NoSecretToKeep(ValueError):
    """A text says that the secret at a path stays as it is, but none is stored there."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def is_secret(path: str, value: object) -> bool:
    """Whether a value at a dotted path is for nobody to see."""
    if value is None or isinstance(value, bool | dict | list):
        return False
    return _SECRET.search(path.rpartition(".")[2]) is not None


def hidden(override: Mapping[str, JsonValue], *, edited: bool = False) -> Override:
    """The override without its secrets; in one that was edited, secrets that were typed anew say so."""
    return {key: _hidden(key, value, edited=edited) for key, value in override.items()}


def kept(edited: Mapping[str, JsonValue], stored: Mapping[str, JsonValue]) -> Override:
    """An edited override with the stored secrets where it says `(hidden)`, at the same paths only."""
    secrets = {path: value for path, value in leaves(stored) if is_secret(path, value)}
    return {key: _kept(key, value, stored.get(key), secrets) for key, value in edited.items()}


def leaves(value: JsonValue | Mapping[str, JsonValue], path: str = "") -> Iterator[tuple[str, JsonValue]]:
    """Every value that is no object, with its dotted path."""
    if not isinstance(value, Mapping):
        yield path, value
        return
    for key, child in value.items():
        yield from leaves(child, f"{path}.{key}" if path else key)


def _hidden(path: str, value: JsonValue, *, edited: bool) -> JsonValue:
    if isinstance(value, dict):
        return {key: _hidden(f"{path}.{key}", child, edited=edited) for key, child in value.items()}
    if not is_secret(path, value):
        return value
    return CHANGED if edited and value != HIDDEN else HIDDEN


def _kept(path: str, value: JsonValue, there: JsonValue, secrets: Mapping[str, JsonValue]) -> JsonValue:
    """The value with its secrets; `there` is what is stored in the same form, which goes before the same path."""
    if isinstance(value, dict):
        inner = there if isinstance(there, dict) else {}
        return {key: _kept(f"{path}.{key}", child, inner.get(key), secrets) for key, child in value.items()}
    if value != HIDDEN or not is_secret(path, value):
        return value
    if is_secret(path, there):
        return there
    if path not in secrets:
        raise NoSecretToKeep(path)
    return secrets[path]
