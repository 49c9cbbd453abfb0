"""Parts of a menu that open and close without a script."""

from typing import Final

import reflex as rx

from components.ui import tokens
from components.ui.icons import icon

_STYLE: Final = {
    "& > summary::-webkit-details-marker": {"display": "none"},
    "& > summary svg": {"transform": "rotate(-90deg)"},
    "&[open] > summary svg": {"transform": "none"},
}


def disclosure(title: str | rx.Var[str], *children: rx.Component, is_open: bool = False) -> rx.Component:
    """Return a small title that shows or hides what is below it."""
    summary = rx.el.summary(
        rx.text(title, size="1", weight="medium", as_="span"),
        rx.spacer(),
        icon("chevron_down", size=14),
        display="flex",
        align_items="center",
        cursor="pointer",
        list_style="none",
        color=tokens.TEXT_MUTED,
        padding="var(--space-2) var(--space-3)",
        border_radius="var(--radius-3)",
        _hover={"background": rx.color("gray", 3)},
    )
    content = rx.vstack(*children, spacing="1", width="100%")
    return rx.el.details(summary, content, open=is_open, width="100%", style=_STYLE)
