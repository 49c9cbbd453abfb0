"""What the drawer of the companion shows: documents, release notes, and whom to ask.

A file of its own in the browser, too, which is fetched when the drawer is opened for the first time (`LazyPanels`).
"""

from typing import Any, Final

import reflex as rx

from components import ui
from components.dashboard.chat import chat_line
from components.ui import tokens, words
from state.dashboard.companion import ASK, DOCUMENTS, NEWS, SUPPORT, CompanionState, DocumentLink
from state.dashboard.companion_questions import QUESTION, QuestionsState
from state.dashboard.news import NewsState, Release
from state.dashboard.shell import ShellState

_TITLE_ID: Final = "companion-title"
_SEARCH_ID: Final = "companion-search"
_BOX: Final = {"border": f"1px solid {tokens.BORDER}", "border_radius": "var(--radius-3)"}
_HEADING: Final = {
    "font_weight": "600",
    "margin": "var(--space-6) 0 var(--space-2)",
    "outline": "none",
    "scroll_margin_top": "5rem",  # the title of the drawer stays above
}
_DOCUMENT: Final = {
    "font_size": "var(--font-size-2)",
    "line_height": "var(--line-height-3)",
    "overflow_wrap": "anywhere",
    "& h2": {"display": "none"},  # stands above, as the title of the drawer
    "& h3": {"font_size": "var(--font-size-4)", **_HEADING},
    "& h4, & h5": {"font_size": "var(--font-size-3)", **_HEADING},
    "& p, & ul, & ol, & pre, & div": {"margin": "0 0 var(--space-3)"},
    "& ul, & ol": {"padding_inline_start": "var(--space-5)"},
    "& li": {"margin_bottom": "var(--space-1)"},
    "& code": {"font_family": tokens.CODE_FONT, "font_size": "0.9em", "background": rx.color("gray", 3)},
    "& pre": {**_BOX, "overflow_x": "auto", "padding": "var(--space-3)", "background": rx.color("gray", 2)},
    "& pre > code": {"background": "none", "overflow_wrap": "normal"},
    "& div": {"overflow_x": "auto"},
    "& table": {"border_collapse": "collapse", "font_size": "var(--font-size-1)"},
    "& th, & td": {
        "border": f"1px solid {tokens.BORDER}",
        "padding": "var(--space-1) var(--space-2)",
        "text_align": "start",
        "vertical_align": "top",
        "min_width": "6rem",
        "overflow_wrap": "normal",
    },
    "& a, & button": {"color": "var(--accent-a11)", "text_decoration": "underline"},
    "& button": {"background": "none", "border": "none", "padding": "0", "font": "inherit", "cursor": "pointer"},
}


@rx.memo
def companion_panels() -> rx.Component:
    """Return the open panel."""
    return rx.match(
        CompanionState.panel,
        (DOCUMENTS, rx.cond(CompanionState.document != "", _document(), _documents())),
        (ASK, _panel(words("companion-ask-title"), _conversation())),
        (NEWS, _panel(words("shell-news"), rx.foreach(NewsState.releases, _release))),
        (SUPPORT, _panel(words("companion-support"), _support())),
        rx.fragment(),
    )


def _panel(title: str | rx.Var[str], *children: rx.Component, back: rx.Component | None = None) -> rx.Component:
    head = rx.hstack(
        back if back is not None else rx.fragment(),
        rx.heading(title, as_="h2", size="4", id=_TITLE_ID, tab_index=-1, outline="none", overflow_wrap="anywhere"),
        rx.spacer(),
        ui.icon_button("x", words("common-close"), on_click=CompanionState.close),
        align="center",
        position="sticky",
        top="0",
        z_index="1",
        background=tokens.SURFACE,
        padding="var(--space-4)",
        border_bottom=f"1px solid {tokens.BORDER}",
    )
    return rx.box(head, rx.vstack(*children, spacing="4", padding="var(--space-4)", width="100%"))


def _documents() -> rx.Component:
    search = rx.input(
        rx.input.slot(ui.icon("search")),
        id=_SEARCH_ID,
        type="search",
        placeholder=words("companion-search-hint"),
        aria_label=words("companion-search"),
        default_value=CompanionState.query,
        max_length=100,
        on_change=CompanionState.search.debounce(150),
        width="100%",
    )
    links = rx.el.ul(
        rx.foreach(CompanionState.links, _link),
        aria_label=words("companion-documents"),
        list_style="none",
        margin="0",
        padding="0",
        width="100%",
    )
    nothing = rx.text(words("companion-nothing"), size="2", color=tokens.TEXT_MUTED)
    found = rx.box(
        rx.cond(ui.has_items(CompanionState.links), links, nothing), width="100%", custom_attrs={"aria-live": "polite"}
    )
    return _panel(words("companion-documents"), search, found)


def _link(link: rx.vars.ObjectVar[DocumentLink]) -> rx.Component:
    face = rx.vstack(
        rx.hstack(
            rx.text(link.title, size="2", weight="medium", text_align="start"),
            rx.cond(link.is_about_page, ui.badge(words("companion-this-page"), tone="info")),
            align="center",
            wrap="wrap",
        ),
        rx.cond(link.hint != "", rx.text(link.hint, size="1", color=tokens.TEXT_MUTED)),
        rx.cond(link.excerpt != "", rx.text(link.excerpt, size="1", text_align="start")),
        spacing="1",
        align="start",
    )
    button = rx.el.button(
        face,
        type="button",
        on_click=CompanionState.read(link.id, link.section),
        style={
            **_BOX,
            "width": "100%",
            "padding": "var(--space-3)",
            "margin_bottom": "var(--space-2)",
            "background": "none",
            "color": tokens.TEXT,
            "cursor": "pointer",
            "_hover": {"background": rx.color("gray", 3)},
        },
    )
    return rx.el.li(button, key=ui.text_of(link.id, link.section))


def _document() -> rx.Component:
    back = ui.icon_button("arrow_left", words("companion-back"), on_click=CompanionState.go_back)
    text: Any = rx.html(CompanionState.document_html, width="100%", style=_DOCUMENT)
    return _panel(CompanionState.document_title, text, back=back)


def _conversation() -> rx.Component:
    lines = rx.box(
        rx.foreach(QuestionsState.lines, chat_line),
        role="log",
        aria_label=words("companion-conversation"),
        width="100%",
    )
    form = ui.submit_form(
        rx.vstack(
            ui.text_area(
                words("companion-question"),
                name=QUESTION,
                key=ui.text_of(QuestionsState.asked),
                max_length=2000,
                rows="3",
            ),
            ui.button(words("companion-ask"), type="submit", icon="sparkles", pending=QuestionsState.is_thinking),
            spacing="3",
            width="100%",
        ),
        on_submit=QuestionsState.ask,
    )
    return rx.fragment(
        rx.text(words("companion-ask-text"), size="2", color=tokens.TEXT_MUTED),
        lines,
        rx.cond(QuestionsState.problem != "", ui.callout(QuestionsState.problem, tone="danger")),
        form,
    )


def _release(release: rx.vars.ObjectVar[Release]) -> rx.Component:
    notes = rx.foreach(release.notes, lambda note: rx.el.li(rx.text(note, size="2"), margin_bottom="var(--space-2)"))
    return rx.box(
        rx.heading(release.title, as_="h3", size="3", margin_bottom="var(--space-2)"),
        rx.el.ul(notes, margin="0", padding_inline_start="var(--space-5)"),
        key=release.title,
    )


def _support() -> rx.Component:
    email, url = CompanionState.support_email, CompanionState.support_url
    return rx.fragment(
        rx.text(words("companion-support-text"), size="2"),
        rx.cond(email != "", rx.link(email, href=f"mailto:{email}", size="2")),
        rx.cond(url != "", rx.link(words("companion-support-page"), href=url, is_external=True, size="2")),
        rx.heading(words("companion-tell"), as_="h3", size="3"),
        rx.text(words("companion-tell-text"), size="2", color=tokens.TEXT_MUTED),
        _fact(words("companion-version"), CompanionState.version),
        rx.cond(ShellState.project.id != "", _fact(words("companion-project"), ShellState.project.id), rx.fragment()),
    )


def _fact(label: str, value: str | rx.Var[str]) -> rx.Component:
    return rx.box(rx.text(label, size="1", color=tokens.TEXT_MUTED), ui.copy_value(value, label=label), width="100%")


_MODULE: Final = companion_panels()


class LazyPanels(rx.NoSSRComponent):
    """The panels, fetched when they are needed."""

    library = _MODULE.library
    tag = _MODULE.tag
