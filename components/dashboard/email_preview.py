"""The preview of a mail beside the editor of its source."""

from typing import Any, Final

import reflex as rx

from components import ui
from components.ui import tokens

PHONE_WIDTH: Final = "23.4375rem"  # 375 px, a small phone
_FRAME: Final = {"height": "36rem", "border": f"1px solid {tokens.BORDER}", "borderRadius": "var(--radius-3)"}
_LIGHT: Final = {"background": "white", "colorScheme": "light"}
_DARK: Final = {"background": "black", "colorScheme": "dark"}


def preview_frames(
    html: str | rx.Var[str], dark_html: str | rx.Var[str], *, subject: str | rx.Var[str], title: str
) -> rx.Component:
    """Return subject and message as readers see them: light, dark, on a phone; nothing runs in the frames."""
    views = (
        ("light", "Light", html, _LIGHT, "100%"),
        ("dark", "Dark", dark_html, _DARK, "100%"),
        ("phone", "Phone", html, _LIGHT, PHONE_WIDTH),
    )
    return ui.card(
        rx.vstack(
            rx.text(ui.text_of("Subject: ", subject), size="2", weight="medium", overflow_wrap="anywhere"),
            rx.tabs.root(
                rx.tabs.list(*[rx.tabs.trigger(label, value=value) for value, label, *_ in views]),
                *[_view(value, shown, look, width, title=title) for value, _, shown, look, width in views],
                default_value="light",
                width="100%",
            ),
            spacing="3",
            width="100%",
        ),
        min_width="0",
    )


def _view(value: str, html: str | rx.Var[str], look: dict[str, Any], width: str, *, title: str) -> rx.Component:
    frame = rx.el.iframe(title=title, src_doc=html, sandbox="", width="100%", max_width=width, style={**_FRAME, **look})
    return rx.tabs.content(rx.center(frame, width="100%"), value=value, padding_top="var(--space-3)")
