"""Lists of mails with their filters, and what became of many mails in one bar."""

from typing import Any, Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.email_edit import mail_editor
from components.dashboard.email_viewer import mail_status, mail_viewer
from components.ui import tokens, words
from state.dashboard.email_edit import MailEditState
from state.dashboard.email_lists import (
    EVERY_CATEGORY,
    EVERY_MAIL,
    PAGE_LENGTHS,
    MailList,
    MailRow,
    Part,
)
from state.dashboard.email_sending import CATEGORIES

COLUMNS: Final = (
    words("emails-column-subject"),
    words("emails-column-recipient"),
    words("emails-column-status"),
    words("emails-column-time"),
)
_ONLY_WIDE: Final = (words("emails-column-time"),)
_FILTERS: Final = (
    (EVERY_MAIL, words("emails-filter-all")),
    ("waiting", words("emails-filter-waiting")),
    ("scheduled", words("emails-filter-scheduled")),
    ("paused", words("emails-filter-paused")),
    ("failed", words("emails-filter-failed")),
    ("skipped", words("emails-filter-skipped")),
)
_COLOURS: Final = (
    ("sent", "green"),
    ("bounced", "orange"),
    ("spam", "crimson"),
    ("failed", "red"),
    ("skipped", "gray"),
    ("pending", "indigo"),
)


def mail_list(state: type[MailList], *, place: str, caption: str) -> rx.Component:
    """Return the table of mails with filters and pages."""
    table = lists.page_table(
        COLUMNS, state.rows, lambda row: _row(state, row), caption=caption, empty=_empty(state), only_wide=_ONLY_WIDE
    )
    return rx.vstack(
        _filters(state, place),
        table,
        lists.paging(state, back=words("emails-newer"), forth=words("emails-older")),
        mail_viewer(state, place),
        spacing="4",
        width="100%",
    )


def or_editor(content: rx.Component) -> rx.Component:
    """Return the content of a page, or the editor of a mail in its place."""
    return rx.cond(MailEditState.opened_id, mail_editor(), content)


def outcome_bar(parts: Any) -> rx.Component:  # the type checker sees the value of a var
    """Return how many mails were sent, bounced and so on: as a bar, and in words with the colours of the bar."""
    return rx.vstack(
        rx.hstack(
            rx.foreach(parts, _segment),
            aria_hidden=True,  # the words below say the same
            spacing="0",
            width="100%",
            height="var(--space-2)",
            border_radius="var(--radius-2)",
            overflow="hidden",
            background=rx.color("gray", 4),
        ),
        rx.cond(
            ui.has_items(parts),
            rx.hstack(rx.foreach(parts, _words_of), wrap="wrap", spacing="3", row_gap="var(--space-1)"),
            rx.text(words("emails-outcome-none"), size="1", color=tokens.TEXT_MUTED),
        ),
        spacing="2",
        width="100%",
    )


def outcome_card(parts: Any, *extra: rx.Component) -> rx.Component:  # the type checker sees the value of a var
    """Return the bar of one source in a card."""
    return ui.card(
        rx.vstack(
            rx.heading(words("emails-outcomes"), as_="h2", size="3"),
            outcome_bar(parts),
            *extra,
            spacing="3",
            width="100%",
        ),
        padding="var(--space-4) var(--space-5)",
    )


def _segment(part: rx.vars.ObjectVar[Part]) -> rx.Component:
    return rx.box(width=part.share, min_width="2px", height="100%", background=_colour(part.outcome), key=part.outcome)


def _words_of(part: rx.vars.ObjectVar[Part]) -> rx.Component:
    sign = rx.box(
        width="var(--space-2)",
        height="var(--space-2)",
        border_radius="var(--radius-1)",
        background=_colour(part.outcome),
        flex_shrink="0",
    )
    return rx.hstack(
        sign, rx.text(part.text, size="1", color=tokens.TEXT_MUTED, white_space="nowrap"), align="center", spacing="1",
        key=part.outcome,
    )  # fmt: skip


def _colour(outcome: str | rx.Var[str]) -> rx.Var[str]:
    colours: Any = [(name, f"var(--{scale}-9)") for name, scale in _COLOURS]
    return rx.match(outcome, *colours, "transparent")


def _filters(state: type[MailList], place: str) -> rx.Component:
    lengths = [(length, words("emails-page-length-value", number=length)) for length in PAGE_LENGTHS]
    categories = [(EVERY_CATEGORY, words("emails-every-category")), *((name, name) for name in CATEGORIES)]
    return rx.hstack(
        lists.search(
            words("emails-search"),
            words("emails-search-hint"),
            opened=state.opened_times,
            on_change=state.change_search.debounce(250),
            max_length=254,
            width=rx.breakpoints(initial="100%", sm="16rem"),
        ),
        ui.select_box(
            words("emails-filter"),
            _FILTERS,
            name=f"{place}-emails-shown",
            value=state.shown,
            on_change=state.change_filter,
        ),
        ui.select_box(
            words("emails-category-filter"),
            categories,
            name=f"{place}-emails-category",
            value=state.category,
            on_change=state.change_category,
        ),
        rx.spacer(),
        ui.select_box(
            words("emails-page-length"),
            lengths,
            name=f"{place}-emails-length",
            value=state.page_length,
            on_change=state.change_page_length,
        ),
        align="center",
        wrap="wrap",
        spacing="3",
        width="100%",
    )


def _row(state: type[MailList], row: rx.vars.ObjectVar[MailRow]) -> rx.Component:
    # Opened above the list, whose filters stay.
    opening = lists.row_button(row.subject, on_click=state.open_mail(row.id), custom_attrs={"aria-haspopup": "dialog"})
    return lists.linked_row(
        row.id,
        rx.table.row_header_cell(
            rx.vstack(
                opening,
                rx.cond(row.problem, rx.text(row.problem, size="1", color=tokens.TEXT_MUTED, style=lists.TWO_LINES)),
                spacing="1",
            )
        ),
        rx.table.cell(rx.text(row.recipient, size="2", overflow_wrap="anywhere")),
        rx.table.cell(mail_status(row.status)),
        ui.wide_cell(rx.text(row.when, title=row.when_exactly, size="2", white_space="nowrap")),
    )


def _empty(state: type[MailList]) -> rx.Component:
    is_narrowed = ui.any_of(state.shown != EVERY_MAIL, state.category != EVERY_CATEGORY, state.search)
    return rx.cond(
        is_narrowed,
        ui.empty_state(words("emails-none-found"), words("emails-none-found-text"), icon="search_x"),
        ui.empty_state(words("emails-none"), words("emails-none-text"), icon="mail"),
    )
