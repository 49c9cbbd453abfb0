"""The preview of a mail beside the editor of its source."""

from typing import Final

import reflex as rx

from components import ui
from components.ui import tokens

_FRAME: Final = {
    "height": "36rem",
    "border": f"1px solid {tokens.BORDER}",
    "borderRadius": "var(--radius-3)",
    "background": "white",
}


def preview_frame(html: str | rx.Var[str], *, subject: str | rx.Var[str], title: str) -> rx.Component:
    """Return subject and message; nothing runs in the frame."""
    return ui.card(
        rx.vstack(
            rx.text(ui.text_of("Subject: ", subject), size="2", weight="medium", overflow_wrap="anywhere"),
            rx.el.iframe(title=title, src_doc=html, sandbox="", width="100%", style=_FRAME),
            spacing="3",
            width="100%",
        ),
        min_width="0",
    )
