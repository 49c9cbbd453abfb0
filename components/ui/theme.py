"""Light, dark, or what the system prefers."""

from typing import Final, Literal

import reflex as rx
from reflex.style import set_color_mode

from components.ui import icons
from components.ui.language import say

Mode = Literal["light", "dark", "system"]
_MODES: Final[tuple[tuple[Mode, rx.Var[str], str], ...]] = (
    ("light", say("theme-light"), "sun"),
    ("dark", say("theme-dark"), "moon"),
    ("system", say("theme-system"), "monitor"),
)


def theme_switch() -> rx.Component:
    """Return a menu that chooses the colour mode; the browser remembers the choice."""
    return rx.menu.root(
        rx.menu.trigger(
            rx.icon_button(
                rx.color_mode_cond(icons.icon("sun", size=18), icons.icon("moon", size=18)),
                aria_label=say("theme"),
                variant="ghost",
                color_scheme="gray",
                type="button",
            )
        ),
        rx.menu.content(*[_choice(mode, label, icon) for mode, label, icon in _MODES]),
    )


def _choice(mode: Mode, label: rx.Var[str], icon: str) -> rx.Component:
    return rx.menu.item(icons.icon(icon), label, on_select=set_color_mode(mode))
