"""Configuration in the audit log: only the leaves that changed, and no secret among them."""

from typing import Final

from hexclave_app.config.hiding import HIDDEN, is_secret

_MAX_TEXT_CHARS: Final = 500  # template sources would fill the log


def masked(was: object, now: object) -> tuple[dict[str, object], dict[str, object]]:
    """The changed leaves of two configs, by dotted key."""
    old, new = _leaves(was), _leaves(now)
    changed = sorted(
        key for key in old.keys() | new.keys() if old.get(key) != new.get(key) or (key in old) != (key in new)
    )
    return {key: old[key][1] for key in changed if key in old}, {key: new[key][1] for key in changed if key in new}


def _leaves(value: object, path: str = "") -> dict[str, tuple[object, object]]:
    """By dotted key: the value, and what may be shown of it."""
    if isinstance(value, dict) and value:
        leaves: dict[str, tuple[object, object]] = {}
        for key, child in value.items():
            leaves.update(_leaves(child, f"{path}.{key}" if path else str(key)))
        return leaves
    if value is None and not path:
        return {}
    return {path: (value, _shown(path, value))}


def _shown(path: str, value: object) -> object:
    if is_secret(path, value):
        return HIDDEN
    if isinstance(value, str) and len(value) > _MAX_TEXT_CHARS:
        return f"{value[:_MAX_TEXT_CHARS]}… ({len(value)} characters)"
    return value
