"""What a change does to a text."""

from typing import Any, Final

import reflex as rx

from components.ui import tokens

_COLOURS: Final = (("+", "green"), ("-", "red"))
_HEIGHT: Final = "20rem"


def differences(lines: Any, *, label: str, max_height: str = _HEIGHT) -> rx.Component:
    """Return the lines of a change; they are a list (or a var of one) with `sign` and `text`."""
    return rx.box(
        rx.foreach(lines, _line),
        role="region",
        aria_label=label,
        tab_index=0,  # it scrolls, so the keyboard must reach it
        width="100%",
        max_height=max_height,
        overflow="auto",
        border=f"1px solid {tokens.BORDER}",
        border_radius="var(--radius-3)",
        padding="var(--space-2)",
    )


def _line(line: Any) -> rx.Component:
    colours = [(sign, rx.color(colour, 3)) for sign, colour in _COLOURS]
    return rx.box(
        line.sign,
        " ",
        line.text,
        background=rx.match(line.sign, *colours, "transparent"),
        color=tokens.TEXT,
        font_family=tokens.CODE_FONT,
        font_size="var(--font-size-1)",
        white_space="pre-wrap",
        overflow_wrap="anywhere",
    )
