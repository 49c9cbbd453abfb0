"""Icons by name; Reflex would quietly show a question mark for a name it does not know."""

from typing import Any

import reflex as rx
from reflex_components_lucide.icon import LUCIDE_ICON_LIST  # type: ignore[import-untyped]  # Reflex ships it without types

_NAMES = frozenset(LUCIDE_ICON_LIST)
_POINTING = {"arrow_left", "arrow_right", "chevron_left", "chevron_right", "log_in", "log_out"}
_TURNED_ROUND = {"[dir=rtl] &": {"transform": "scaleX(-1)"}}


def icon(name: str, *, size: int = 16, **props: Any) -> rx.Component:
    """Return a decorative icon, hidden from assistive technology; refuses unknown names."""
    if name not in _NAMES:
        msg = f"Unknown icon {name!r}; the names are those of lucide in snake_case."
        raise ValueError(msg)
    if name in _POINTING:  # along the line, which right-to-left languages write the other way
        props["style"] = {**props.get("style", {}), **_TURNED_ROUND}
    return rx.icon(name, size=size, aria_hidden=True, **props)
