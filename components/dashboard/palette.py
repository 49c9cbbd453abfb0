"""The command palette."""

from typing import Any, Final

import reflex as rx
from reflex.style import set_color_mode

from components import ui
from components.ui import tokens, words
from components.ui.theme import Mode
from state.dashboard.palette import PaletteState
from state.dashboard.palette_places import ACCOUNT, DARK, LIGHT, SIGN_OUT, SYSTEM, TOUR, Hit

_TRIGGER_ID: Final = "open-palette"
_QUERY_ID: Final = "palette-query"
_LIST_ID: Final = "palette-hits"
# The keys are handled in the browser: a round trip for every key would be felt. Installed once per page load.
_KEYS: Final = f"""
if (!window.hexclavePalette) {{
  window.hexclavePalette = true;
  document.addEventListener("keydown", (event) => {{
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {{
      event.preventDefault();
      document.getElementById("{_TRIGGER_ID}")?.click();
      return;
    }}
    const query = document.getElementById("{_QUERY_ID}");
    const places = [...document.querySelectorAll("#{_LIST_ID} :is(a, button)")];
    if (!query || places.length === 0) return;
    const here = places.indexOf(document.activeElement);
    if (event.key === "ArrowDown") {{
      event.preventDefault();
      places[Math.min(here + 1, places.length - 1)].focus();
    }} else if (event.key === "ArrowUp") {{
      event.preventDefault();
      (here > 0 ? places[here - 1] : query).focus();
    }} else if (event.key === "Home" && here >= 0) {{
      event.preventDefault();
      places[0].focus();
    }} else if (event.key === "End" && here >= 0) {{
      event.preventDefault();
      places[places.length - 1].focus();
    }} else if (event.key === "Enter" && document.activeElement === query) {{
      event.preventDefault();
      places[0].click();
    }} else if (here >= 0 && !event.ctrlKey && !event.metaKey && event.key.length === 1) {{
      query.focus(); // whoever types on goes on searching
    }}
  }});
}}
"""
_MODES: Final[tuple[Mode, ...]] = (LIGHT, DARK, SYSTEM)
_HIT: Final = {
    "display": "block",
    "color": tokens.TEXT,
    "padding": "var(--space-2) var(--space-3)",
    "border_radius": "var(--radius-3)",
    "_hover": {"background": rx.color("gray", 3)},
    "_focus": {"background": rx.color("accent", 3), "outline": "none"},
}


def palette(hint: str) -> rx.Component:
    """Return the button that opens the palette, and the palette; Ctrl-K or Cmd-K opens it everywhere."""
    trigger = rx.button(
        ui.icon("search", size=16),
        rx.text(words("palette-title"), display=rx.breakpoints(initial="none", md="block"), size="2"),
        rx.el.kbd(
            words("palette-shortcut"),
            aria_hidden=True,
            font_size="var(--font-size-1)",
            display=rx.breakpoints(initial="none", md="inline"),
        ),
        id=_TRIGGER_ID,
        variant="surface",
        color_scheme="gray",
        type="button",
        title=words("palette-title"),  # also its name where the words do not fit
        on_click=PaletteState.toggle(True),
        on_mount=rx.call_script(_KEYS),
    )
    return rx.fragment(trigger, _dialog(hint))


def _dialog(hint: str) -> rx.Component:
    query = rx.input(
        rx.input.slot(ui.icon("search")),
        id=_QUERY_ID,
        placeholder=hint,
        aria_label=words("palette-title"),
        auto_complete="off",
        auto_focus=True,
        size="3",
        max_length=100,
        on_change=PaletteState.change_query.debounce(120),
        width="100%",
    )
    nothing = rx.text(words("palette-none"), size="2", color=tokens.TEXT_MUTED, padding="var(--space-3)")
    hits = rx.el.ul(
        rx.foreach(PaletteState.hits, _hit),
        id=_LIST_ID,
        aria_label=words("palette-results"),
        list_style="none",
        margin="0",
        padding="0",
        max_height="60vh",
        overflow_y="auto",
    )
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(words("palette-title"), style=tokens.HIDDEN_FROM_SIGHT),
            query,
            rx.box(
                rx.cond(ui.has_items(PaletteState.hits), hits, nothing), margin_top="var(--space-3)", aria_live="polite"
            ),
            aria_describedby=None,
            max_width="36rem",
            padding="var(--space-3)",
        ),
        open=PaletteState.is_open,
        on_open_change=PaletteState.toggle,
    )


def _hit(hit: rx.vars.ObjectVar[Hit]) -> rx.Component:
    sign = rx.match(
        hit.kind,
        ("user", ui.icon("user", size=16)),
        ("team", ui.icon("users_round", size=16)),
        ("project", ui.icon("folder", size=16)),
        ("mail", ui.icon("mail", size=16)),
        ("action", ui.icon("plus", size=16)),
        ("app", ui.icon("layout_grid", size=16)),
        (LIGHT, ui.icon("sun", size=16)),
        (DARK, ui.icon("moon", size=16)),
        (SYSTEM, ui.icon("monitor", size=16)),
        (ACCOUNT, ui.icon("user_cog", size=16)),
        (SIGN_OUT, ui.icon("log_out", size=16)),
        (TOUR, ui.icon("compass", size=16)),
        ui.icon("arrow_right", size=16),
    )
    face = rx.hstack(
        sign,
        rx.text(hit.label, size="2", **tokens.ONE_LINE),
        rx.spacer(),
        rx.text(hit.hint, size="1", color=tokens.TEXT_MUTED, **tokens.ONE_LINE),
        align="center",
        spacing="3",
    )
    place = rx.link(face, href=hit.address, on_click=PaletteState.choose(hit.key), underline="none", style=_HIT)
    do: Any = rx.match(
        hit.kind,
        *((mode, _deed(face, set_color_mode(mode), PaletteState.choose(hit.key))) for mode in _MODES),
        _deed(face, PaletteState.choose(hit.key)),
    )
    return rx.el.li(rx.cond(hit.address, place, do), key=hit.key)


def _deed(face: rx.Component, *done: Any) -> rx.Component:
    return rx.el.button(
        face,
        type="button",
        on_click=list(done),
        style={
            **_HIT,
            "width": "100%",
            "background": "none",
            "border": "none",
            "font": "inherit",
            "text_align": "start",
        },
    )
