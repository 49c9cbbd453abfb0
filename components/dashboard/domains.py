"""Trusted domains."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.saving import staged_bar, staged_switch
from components.dashboard.shell import project_page
from components.ui import tokens, words
from state.dashboard.domains import DomainDialogState, DomainRow, DomainsState

_COLUMNS: Final = (words("domains-column-domain"), words("domains-column-path"), "")


def page() -> rx.Component:
    """Return the trusted domains of the open project."""
    return project_page(
        lists.loaded(
            lists.page_table(_COLUMNS, DomainsState.rows, _row, caption=words("domains-title"), empty=_empty()),
            error=DomainsState.error,
            is_loading=DomainsState.is_loading,
            on_retry=DomainsState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption=words("domains-loading")),
        ),
        ui.section(
            words("domains-development"),
            staged_switch(
                DomainsState,
                "localhost",
                words("domains-localhost"),
                words("domains-localhost-text"),
                element="allow-localhost",
            ),
        ),
        _embedding(),
        _dialog(),
        _remove_question(),
        staged_bar(DomainsState),
        here="domains",
        title=words("domains-title"),
        text=words("domains-text"),
        action=ui.button(words("domains-add"), icon="plus", on_click=DomainDialogState.open_for("")),
    )


def _embedding() -> rx.Component:
    return ui.section(
        words("domains-embedding"),
        ui.code_snippet(DomainsState.snippet, label=words("domains-copied-snippet")),
        rx.cond(
            DomainsState.demo_href,
            ui.link_button(words("domains-demo"), DomainsState.demo_href, kind="secondary", opens_new_tab=True),
        ),
        text=words("domains-embedding-text"),
    )


def _row(row: rx.vars.ObjectVar[DomainRow]) -> rx.Component:
    menu = lists.row_menu(
        words("common-actions-for", name=row.base_url),
        rx.menu.item(ui.icon("pencil"), words("domains-edit"), on_select=DomainDialogState.open_for(row.id)),
        rx.menu.separator(),
        rx.menu.item(
            ui.icon("trash_2"),
            words("domains-remove"),
            color_scheme="red",
            on_select=DomainsState.ask_to_remove(row.id),
        ),
    )
    name = rx.hstack(
        lists.strong(row.base_url),
        rx.cond(row.is_http, ui.badge(words("domains-unsafe"), tone="warning"), rx.fragment()),
        align="center",
        wrap="wrap",
        spacing="2",
    )
    return lists.table_row(
        row.id,
        name,
        rx.table.cell(rx.text(row.handler_path, size="2", font_family=tokens.CODE_FONT)),
        lists.actions_cell(menu),
    )


def _empty() -> rx.Component:
    return ui.empty_state(
        words("domains-none"),
        words("domains-none-text"),
        icon="globe",
        action=ui.button(words("domains-add"), on_click=DomainDialogState.open_for("")),
    )


def _dialog() -> rx.Component:
    is_new = DomainDialogState.id == ""
    scheme = rx.cond(DomainDialogState.is_http, "http://", "https://")
    advanced = rx.el.details(
        rx.el.summary(words("domains-advanced"), font_size="var(--font-size-2)", cursor="pointer"),
        rx.vstack(
            ui.text_field(
                words("domains-path"),
                name="handler_path",
                error=DomainDialogState.path_error,
                default_value=DomainDialogState.handler_path,
                hint=words("domains-path-hint"),
                auto_complete="off",
            ),
            ui.checkbox(
                words("domains-with-http"),
                name="with_http",
                checked=DomainDialogState.is_http,
                on_change=DomainDialogState.choose_http,
            ),
            rx.cond(DomainDialogState.is_http, ui.callout(words("domains-http-warning"), tone="danger")),
            spacing="4",
            width="100%",
            padding_top="var(--space-3)",
        ),
        open=ui.any_of(DomainDialogState.path_error, DomainDialogState.is_http),
    )
    return ui.form_dialog(
        rx.cond(is_new, words("domains-add-title"), words("domains-edit-title")),
        ui.text_field(
            words("domains-domain"),
            name="domain",
            prefix=scheme,
            default_value=DomainDialogState.host,
            error=DomainDialogState.domain_error,
            hint=words("domains-domain-hint"),
            auto_complete="off",
            required=True,
        ),
        rx.cond(is_new, ui.checkbox(words("domains-with-www"), name="with_www")),
        advanced,
        submit_label=rx.cond(is_new, words("domains-add"), words("common-save")),
        is_open=DomainDialogState.is_open,
        error=DomainDialogState.error,
        on_submit=DomainDialogState.submit,
        on_open_change=DomainDialogState.toggle,
    )


def _remove_question() -> rx.Component:
    return ui.question(
        words("domains-removal"),
        words("domains-removal-text", domain=DomainsState.removing_url),
        confirm_label=words("domains-removal-confirm"),
        is_open=DomainsState.removing_id != "",
        on_confirm=DomainsState.remove,
        on_cancel=DomainsState.stop_asking,
    )
