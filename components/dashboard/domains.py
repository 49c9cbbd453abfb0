"""Trusted domains."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.ui import tokens, words
from components.ui.icons import icon
from state.dashboard.domains import DEFAULT_HANDLER_PATH, AddDomainState, DomainRow, DomainsState

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
            ui.switch_row(
                words("domains-localhost"),
                words("domains-localhost-text"),
                name="allow-localhost",
                checked=DomainsState.allows_localhost,
                on_change=DomainsState.switch_localhost,
            ),
        ),
        _embedding(),
        _add_dialog(),
        _remove_question(),
        here="domains",
        title=words("domains-title"),
        text=words("domains-text"),
        action=ui.button(words("domains-add"), icon="plus", on_click=AddDomainState.toggle(True)),
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
    remove = rx.icon_button(
        icon("trash_2", size=16),
        aria_label=words("domains-remove", domain=row.base_url),
        variant="ghost",
        color_scheme="gray",
        type="button",
        on_click=DomainsState.ask_to_remove(row.id),
    )
    return lists.table_row(
        row.id,
        lists.strong(row.base_url),
        rx.table.cell(rx.text(row.handler_path, size="2", font_family=tokens.CODE_FONT)),
        rx.table.cell(remove, text_align="right"),
    )


def _empty() -> rx.Component:
    return ui.empty_state(
        words("domains-none"),
        words("domains-none-text"),
        icon="globe",
        action=ui.button(words("domains-add"), on_click=AddDomainState.toggle(True)),
    )


def _add_dialog() -> rx.Component:
    return ui.form_dialog(
        words("domains-add-title"),
        ui.text_field(
            words("domains-domain"),
            name="domain",
            error=AddDomainState.domain_error,
            hint=words("domains-domain-hint"),
            auto_complete="off",
            required=True,
        ),
        ui.text_field(
            words("domains-path"),
            name="handler_path",
            error=AddDomainState.path_error,
            default_value=DEFAULT_HANDLER_PATH,
            hint=words("domains-path-hint"),
            auto_complete="off",
        ),
        ui.checkbox(words("domains-with-http"), name="with_http"),
        submit_label=words("domains-add"),
        is_open=AddDomainState.is_open,
        error=AddDomainState.error,
        on_submit=AddDomainState.submit,
        on_open_change=AddDomainState.toggle,
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
