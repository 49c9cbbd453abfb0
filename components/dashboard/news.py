"""The button and the panel that tell what is new."""

import reflex as rx

from components import ui
from components.ui import tokens, words
from state.dashboard.news import NewsState, Release


def news_button() -> rx.Component:
    """Return the button with a dot while something is unseen, and the panel; only where there is room for it."""
    label = rx.cond(NewsState.is_unseen, words("shell-news-unseen"), words("shell-news"))
    dot = rx.box(
        position="absolute",
        top="0",
        inset_inline_end="0",
        width="var(--space-2)",
        height="var(--space-2)",
        border_radius="var(--radius-thumb)",
        background=tokens.ACCENT,
        aria_hidden=True,
    )
    return rx.box(
        ui.icon_button("megaphone", label, on_click=NewsState.toggle(True)),
        rx.cond(NewsState.is_unseen, dot),
        _panel(),
        position="relative",
        display=rx.breakpoints(initial="none", md="block"),
        on_mount=NewsState.load,
    )


def _panel() -> rx.Component:
    return rx.dialog.root(
        rx.dialog.content(
            rx.hstack(
                rx.dialog.title(words("shell-news"), size="4", margin="0"),
                rx.spacer(),
                rx.dialog.close(ui.icon_button("x", words("common-close"))),
                align="center",
                margin_bottom="var(--space-4)",
            ),
            rx.vstack(rx.foreach(NewsState.releases, _release), spacing="5", width="100%"),
            aria_describedby=None,
            max_width="36rem",
        ),
        open=NewsState.is_open,
        on_open_change=NewsState.toggle,
    )


def _release(release: rx.vars.ObjectVar[Release]) -> rx.Component:
    notes = rx.foreach(release.notes, lambda note: rx.el.li(rx.text(note, size="2"), margin_bottom="var(--space-2)"))
    return rx.box(
        rx.heading(release.title, as_="h2", size="3", margin_bottom="var(--space-2)"),
        rx.el.ul(notes, margin="0", padding_inline_start="var(--space-5)"),
        key=release.title,
    )
