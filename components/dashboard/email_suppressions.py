"""The addresses that a project sends no mails to."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.ui import tokens
from state.dashboard.email_suppressions import AddSuppressionState, SuppressionRow, SuppressionsState

_COLUMNS: Final = ("Address", "Why", "Since", "")
_ONLY_WIDE: Final = ("Why", "Since")
_ONLY_NARROW: Final = rx.breakpoints(initial="block", md="none")


def page() -> rx.Component:
    """Return the suppressed addresses of the open project."""
    table = lists.page_table(
        _COLUMNS,
        SuppressionsState.rows,
        _row,
        caption="Suppressed addresses",
        empty=_empty(),
        only_wide=_ONLY_WIDE,
    )
    return project_page(
        _search(),
        lists.loaded(
            rx.vstack(table, _pages(), spacing="4", width="100%"),
            error=SuppressionsState.error,
            is_loading=SuppressionsState.is_loading,
            on_retry=SuppressionsState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption="Suppressed addresses, loading"),
        ),
        _add_dialog(),
        ui.question(
            "Send to this address again?",
            ui.text_of(
                SuppressionsState.removing,
                " gets every e-mail again. Mails to mailboxes that do not exist cost your sender its reputation.",
            ),
            confirm_label="Remove",
            is_open=SuppressionsState.removing != "",
            on_confirm=SuppressionsState.remove,
            on_cancel=SuppressionsState.stop_asking,
        ),
        here="email-suppressions",
        title="Suppressed addresses",
        text="They get sign-in codes and other security e-mails only, because e-mails bounced or were unwanted.",
        action=ui.button("Add address", icon="plus", on_click=AddSuppressionState.toggle(True)),
    )


def _search() -> rx.Component:
    return rx.input(
        rx.input.slot(ui.icon("search")),
        key=ui.text_of(SuppressionsState.opened),
        placeholder="Part of an address",
        aria_label="Search addresses",
        type="search",
        max_length=254,
        on_change=SuppressionsState.change_search.debounce(250),
        width="100%",
        max_width="24rem",
    )


def _row(row: rx.vars.ObjectVar[SuppressionRow]) -> rx.Component:
    why = rx.vstack(
        ui.badge(row.reason),
        rx.cond(
            row.detail,
            rx.text(row.detail, size="1", color=tokens.TEXT_MUTED, overflow_wrap="anywhere", max_width="24rem"),
        ),
        spacing="1",
    )
    return lists.table_row(
        row.address,
        rx.vstack(lists.strong(row.address), rx.box(ui.badge(row.reason), display=_ONLY_NARROW), spacing="1"),
        ui.wide_cell(why),
        ui.wide_cell(rx.text(row.since, title=row.since_exactly, size="2", white_space="nowrap")),
        lists.actions_cell(
            rx.icon_button(
                ui.icon("trash_2", size=16),
                aria_label=ui.text_of("Remove ", row.address),
                variant="ghost",
                color_scheme="gray",
                type="button",
                on_click=SuppressionsState.ask_to_remove(row.address),
            )
        ),
    )


def _pages() -> rx.Component:
    newer = ui.button(
        "Newer",
        kind="secondary",
        icon="chevron_left",
        disabled=ui.none_of(SuppressionsState.has_previous),
        on_click=SuppressionsState.show_previous,
    )
    older = ui.button(
        "Older",
        kind="secondary",
        disabled=ui.none_of(SuppressionsState.next_cursor),
        on_click=SuppressionsState.show_next,
    )
    is_paged = ui.any_of(SuppressionsState.has_previous, SuppressionsState.next_cursor)
    return rx.cond(is_paged, rx.hstack(newer, older, justify="end", width="100%"))


def _empty() -> rx.Component:
    return rx.cond(
        SuppressionsState.search,
        ui.empty_state("Nothing found", "No suppressed address contains this text.", icon="search_x"),
        ui.empty_state(
            "No suppressed addresses",
            "Addresses come here by themselves when a mail server says that they do not exist.",
            icon="mail_x",
        ),
    )


def _add_dialog() -> rx.Component:
    return ui.form_dialog(
        "Suppress an address",
        ui.text_field("E-mail address", name="email", type="email", auto_complete="off", required=True),
        submit_label="Add address",
        is_open=AddSuppressionState.is_open,
        error=AddSuppressionState.error,
        on_submit=AddSuppressionState.submit,
        on_open_change=AddSuppressionState.toggle,
    )
