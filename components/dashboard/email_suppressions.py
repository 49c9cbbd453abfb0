"""The addresses that a project sends no mails to."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.ui import tokens, words
from state.dashboard.email_suppressions import AddSuppressionState, SuppressionRow, SuppressionsState

_COLUMNS: Final = (
    words("emails-suppressed-column-address"),
    words("emails-suppressed-column-why"),
    words("emails-suppressed-column-since"),
    "",
)
_ONLY_WIDE: Final = _COLUMNS[1:3]
_ONLY_NARROW: Final = rx.breakpoints(initial="block", md="none")


def page() -> rx.Component:
    """Return the suppressed addresses of the open project."""
    table = lists.page_table(
        _COLUMNS,
        SuppressionsState.rows,
        _row,
        caption=words("emails-suppressed-title"),
        empty=_empty(),
        only_wide=_ONLY_WIDE,
    )
    return project_page(
        _search(),
        lists.loaded(
            rx.vstack(
                table,
                lists.paging(SuppressionsState, back=words("emails-newer"), forth=words("emails-older")),
                spacing="4",
                width="100%",
            ),
            error=SuppressionsState.error,
            is_loading=SuppressionsState.is_loading,
            on_retry=SuppressionsState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption=words("emails-suppressed-loading")),
        ),
        _add_dialog(),
        ui.question(
            words("emails-suppressed-remove-title"),
            words("emails-suppressed-remove-text", address=rx.Var.create(SuppressionsState.removing)),
            confirm_label=words("emails-suppressed-remove"),
            is_open=SuppressionsState.removing != "",
            on_confirm=SuppressionsState.remove,
            on_cancel=SuppressionsState.stop_asking,
        ),
        here="email-suppressions",
        title=words("emails-suppressed-title"),
        text=words("emails-suppressed-text"),
        action=ui.button(words("emails-suppressed-add"), icon="plus", on_click=AddSuppressionState.toggle(True)),
    )


def _search() -> rx.Component:
    return lists.search(
        words("emails-suppressed-search"),
        words("emails-suppressed-search-hint"),
        opened=SuppressionsState.opened,
        on_change=SuppressionsState.change_search.debounce(250),
        max_length=254,
        width="100%",
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
                aria_label=words("emails-suppressed-remove-named", address=row.address),
                variant="ghost",
                color_scheme="gray",
                type="button",
                on_click=SuppressionsState.ask_to_remove(row.address),
            )
        ),
    )


def _empty() -> rx.Component:
    return rx.cond(
        SuppressionsState.search,
        ui.empty_state(
            words("emails-suppressed-none-found"), words("emails-suppressed-none-found-text"), icon="search_x"
        ),
        ui.empty_state(
            words("emails-suppressed-none"),
            words("emails-suppressed-none-text"),
            icon="mail_x",
        ),
    )


def _add_dialog() -> rx.Component:
    return ui.form_dialog(
        words("emails-suppressed-add-title"),
        ui.text_field(
            words("emails-suppressed-address"), name="email", type="email", auto_complete="off", required=True
        ),
        submit_label=words("emails-suppressed-add"),
        is_open=AddSuppressionState.is_open,
        error=AddSuppressionState.error,
        on_submit=AddSuppressionState.submit,
        on_open_change=AddSuppressionState.toggle,
    )
