"""Tables whose rows people put in order: by dragging a grip, or with the arrow keys on it (`assets/reorder.js`)."""

from typing import Any, Final

import reflex as rx

from components.ui import icons, tokens

_STYLE: Final[dict[str, Any]] = {
    "& tr[data-held]": {
        "position": "relative",
        "z_index": "1",
        "background": tokens.SURFACE,
        "box_shadow": "var(--shadow-4)",
    },
    "@media (prefers-reduced-motion: no-preference)": {
        "& tbody[data-moving] > tr:not([data-held])": {"transition": "transform 120ms ease-out"},
    },
}


def _put(row_id: rx.Var[str], place: rx.Var[int]) -> tuple[rx.Var[str], rx.Var[int]]:
    return row_id, place


def _moved(row_id: rx.Var[str], is_up: rx.Var[bool]) -> tuple[rx.Var[str], rx.Var[bool]]:
    return row_id, is_up


class Reorder(rx.Component):
    """Stands around a table."""

    library = "$/public/reorder.js"
    tag = "Reorder"

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """What it tells: a row's id with its new place, or whether it goes up by one."""
        return {
            **super().get_event_triggers(),
            "on_put": _put,
            "on_move": _moved,
        }


def reorder(table: rx.Component, *, on_put: Any, on_move: Any) -> rx.Component:
    """Return the table, whose rows have a `grip`."""
    return Reorder.create(table, on_put=on_put, on_move=on_move, width="100%", style=_STYLE)


def grip(row_id: str | rx.Var[str], label: str | rx.Var[str]) -> rx.Component:
    """Return what a row is moved by; the label says how, and which row."""
    return rx.icon_button(
        icons.icon("grip_vertical", size=16),
        aria_label=label,
        title=label,
        type="button",
        variant="ghost",
        color_scheme="gray",
        custom_attrs={"data-grip": row_id},
        cursor="grab",
        touch_action="none",  # a finger moves the row, not the page
        flex_shrink="0",
        margin="0",  # or the edge of the table cuts its outline
    )
