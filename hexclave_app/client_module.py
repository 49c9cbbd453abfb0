"""Changes of the module with which Reflex's pages speak to the server."""

from typing import Final

PATH: Final = "utils/state.js"


def changed(source: str, changes: tuple[tuple[str, str], ...], *, by: str) -> str:
    """Return the module with every old text replaced by its new one; refuses one in which an old text is not once."""
    for old, new in changes:
        if source.count(old) != 1:
            msg = f"Reflex's {PATH} has changed: adapt {by} to it."
            raise ValueError(msg)
        source = source.replace(old, new)
    return source
