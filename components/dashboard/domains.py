"""Trusted domains."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard.shell import project_page
from components.ui import tokens
from components.ui.icons import icon
from state.dashboard.domains import DEFAULT_HANDLER_PATH, AddDomainState, DomainRow, DomainsState

_COLUMNS: Final = ("Domain", "Handler path", "")


def page() -> rx.Component:
    """Return the trusted domains of the open project."""
    return project_page(
        rx.cond(
            DomainsState.error,
            ui.error_state(DomainsState.error, on_retry=DomainsState.load),
            rx.cond(
                DomainsState.is_loading,
                ui.table_skeleton(_COLUMNS, caption="Trusted domains, loading"),
                rx.cond(ui.has_items(DomainsState.rows), _table(), _empty()),
            ),
        ),
        ui.section(
            "Development",
            ui.switch_row(
                "Trust localhost",
                "Lets sign-ins lead to this very machine. Switch it off before you go live.",
                name="allow-localhost",
                checked=DomainsState.allows_localhost,
                on_change=DomainsState.switch_localhost,
            ),
        ),
        _embedding(),
        _add_dialog(),
        _remove_question(),
        here="domains",
        title="Trusted domains",
        text="Sign-ins lead back to these places only.",
        action=ui.button("Add domain", icon="plus", on_click=AddDomainState.toggle(True)),
    )


def _embedding() -> rx.Component:
    return ui.section(
        "Sign-in inside your pages",
        ui.code_snippet(DomainsState.snippet, label="HTML code"),
        rx.cond(
            DomainsState.demo_href,
            ui.link_button("See it at work", DomainsState.demo_href, kind="secondary", opens_new_tab=True),
        ),
        text="Pages of trusted domains may have these elements inside, and get the session of who signs in there.",
    )


def _table() -> rx.Component:
    return ui.card(
        ui.data_table(_COLUMNS, rx.foreach(DomainsState.rows, _row), caption="Trusted domains"),
        padding="var(--space-2) var(--space-3)",
    )


def _row(row: rx.vars.ObjectVar[DomainRow]) -> rx.Component:
    remove = rx.icon_button(
        icon("trash_2", size=16),
        aria_label=ui.text_of("Remove ", row.base_url),
        variant="ghost",
        color_scheme="gray",
        type="button",
        on_click=DomainsState.ask_to_remove(row.id),
    )
    return rx.table.row(
        rx.table.row_header_cell(rx.text(row.base_url, size="2", weight="medium", overflow_wrap="anywhere")),
        rx.table.cell(rx.text(row.handler_path, size="2", font_family=tokens.CODE_FONT)),
        rx.table.cell(remove, text_align="right"),
        key=row.id,
        align="center",
    )


def _empty() -> rx.Component:
    return ui.table_empty(
        ui.empty_state(
            "No trusted domains yet",
            "Add the addresses where your application runs, such as app.example.com or *.example.com.",
            icon="globe",
            action=ui.button("Add domain", on_click=AddDomainState.toggle(True)),
        )
    )


def _add_dialog() -> rx.Component:
    return ui.form_dialog(
        "Add a trusted domain",
        ui.text_field(
            "Domain",
            name="domain",
            error=AddDomainState.domain_error,
            hint="app.example.com, or *.example.com for one level and **.example.com for any level below it",
            auto_complete="off",
            required=True,
        ),
        ui.text_field(
            "Handler path",
            name="handler_path",
            error=AddDomainState.path_error,
            default_value=DEFAULT_HANDLER_PATH,
            hint="Where your application shows its sign-in pages.",
            auto_complete="off",
        ),
        ui.checkbox("Use http instead of https (not safe on the internet)", name="with_http"),
        submit_label="Add domain",
        is_open=AddDomainState.is_open,
        error=AddDomainState.error,
        on_submit=AddDomainState.submit,
        on_open_change=AddDomainState.toggle,
    )


def _remove_question() -> rx.Component:
    return ui.question(
        "Stop trusting this domain?",
        ui.text_of("Sign-ins can no longer lead to ", DomainsState.removing_url, "."),
        confirm_label="Remove",
        is_open=DomainsState.removing_id != "",
        on_confirm=DomainsState.remove,
        on_cancel=DomainsState.stop_asking,
    )
