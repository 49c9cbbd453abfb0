"""The companion: a strip at the right edge, and the drawer that it opens beside the page."""

from typing import Any, Final

import reflex as rx

from components.dashboard.companion_panels import LazyPanels
from components.ui import tokens, words
from components.ui.icons import icon
from state.dashboard.companion import ASK, DOCUMENTS, NEWS, SUPPORT, CompanionState
from state.dashboard.news import NewsState

_ONLY_WIDE: Final = rx.breakpoints(initial="none", md="flex")
_ONLY_NARROW: Final = rx.breakpoints(initial="flex", md="none")
_STRIP_WIDTH: Final = "3rem"
_STYLE: Final = {
    "&.hx-companion": {
        "display": "flex",
        "flex_shrink": "0",
        "position": "sticky",
        "top": tokens.HEADER_HEIGHT,
        "height": f"calc(100vh - {tokens.HEADER_HEIGHT})",
        "z_index": "1",
    },
    "& .hx-separator": {
        "position": "absolute",
        "inset_block": "0",
        "inset_inline_start": "-3px",
        "width": "6px",
        "z_index": "1",
        "cursor": "col-resize",
        "touch_action": "none",
    },
    "& .hx-separator:hover, & .hx-separator:focus-visible": {"background": tokens.ACCENT, "outline": "none"},
}


class CompanionDrawer(rx.Component):
    """Holds two children: what the drawer shows, and the strip."""

    library = "$/public/companion.js"
    tag = "CompanionDrawer"

    panel: rx.Var[str]
    document: rx.Var[str]
    section: rx.Var[int]
    label: rx.Var[str]
    name: rx.Var[str]
    top: rx.Var[str]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Return what it tells: that it shall be closed, and which section of which document was asked for."""
        own = {"on_close": rx.event.no_args_event_spec, "on_read": rx.event.passthrough_event_spec(str, int)}  # type: ignore[call-arg]  # any number of kinds
        return {**super().get_event_triggers(), **own}


def companion() -> rx.Component:
    """Return the companion of every page."""
    return CompanionDrawer.create(
        rx.cond(CompanionState.panel != "", LazyPanels.create()),
        _strip(),
        panel=CompanionState.panel,
        document=CompanionState.document,
        section=CompanionState.section,
        label=words("companion-resize"),
        name=words("companion-title"),
        top=tokens.HEADER_HEIGHT,
        on_close=CompanionState.close,
        on_read=CompanionState.read,
        on_mount=CompanionState.load,
        style=_STYLE,
    )


def companion_items() -> tuple[rx.Component, ...]:
    """Return what a menu of narrow screens has in the place of the strip."""

    def item(sign: str, label: str | rx.Var[str], panel: str) -> rx.Component:
        return rx.menu.item(icon(sign), label, on_select=CompanionState.show(panel), display=_ONLY_NARROW)

    requests = rx.menu.item(
        icon("lightbulb"),
        words("companion-requests"),
        on_select=rx.redirect(CompanionState.feature_requests_url, is_external=True),
        display=_ONLY_NARROW,
    )
    return (
        rx.cond(CompanionState.has_assistant, item("sparkles", words("companion-ask-title"), ASK)),
        item("book_open", words("companion-documents"), DOCUMENTS),
        rx.cond(CompanionState.feature_requests_url != "", requests),
        item("megaphone", _news_label(), NEWS),
        rx.cond(CompanionState.has_support, item("life_buoy", words("companion-support"), SUPPORT)),
    )


def _strip() -> rx.Component:
    requests = rx.link(
        icon("lightbulb", size=18),
        href=CompanionState.feature_requests_url,
        is_external=True,
        aria_label=words("companion-requests-out"),
        title=words("companion-requests-out"),
        color=tokens.TEXT_MUTED,
        display="flex",
        padding="var(--space-2)",
    )
    return rx.flex(
        rx.cond(CompanionState.has_assistant, _opener("sparkles", words("companion-ask-title"), ASK)),
        _opener("book_open", words("companion-documents"), DOCUMENTS),
        rx.cond(CompanionState.feature_requests_url != "", requests),
        rx.box(_opener("megaphone", _news_label(), NEWS), rx.cond(NewsState.is_unseen, _dot()), position="relative"),
        rx.cond(CompanionState.has_support, _opener("life_buoy", words("companion-support"), SUPPORT)),
        direction="column",
        align="center",
        spacing="2",
        display=_ONLY_WIDE,
        width=_STRIP_WIDTH,
        flex_shrink="0",
        padding_y="var(--space-4)",
        border_inline_start=f"1px solid {tokens.BORDER}",
        background=tokens.SURFACE,
    )


def _opener(sign: str, label: str | rx.Var[str], panel: str) -> rx.Component:
    is_open = CompanionState.panel == panel
    return rx.icon_button(
        icon(sign, size=18),
        aria_label=label,
        title=label,
        type="button",
        variant=rx.cond(is_open, "soft", "ghost"),
        color_scheme=rx.cond(is_open, "indigo", "gray"),
        margin="0",
        custom_attrs={"data-panel": panel, "aria-expanded": rx.cond(is_open, "true", "false")},
        on_click=CompanionState.show(panel),
    )


def _news_label() -> rx.Var[str]:
    return rx.cond(NewsState.is_unseen, words("shell-news-unseen"), words("shell-news"))


def _dot() -> rx.Component:
    return rx.box(
        position="absolute",
        top="0",
        inset_inline_end="0",
        width="var(--space-2)",
        height="var(--space-2)",
        border_radius="var(--radius-thumb)",
        background=tokens.ACCENT,
        aria_hidden=True,
    )
