"""Domains of a project's own that its mails are sent from."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.ui import tokens, words
from state.dashboard.email_domains import AddEmailDomainState, EmailDomainsState, RecordRow, SendingDomain

_COLUMNS: Final = (
    words("emails-domains-column-domain"),
    words("emails-domains-column-sender"),
    words("emails-domains-column-status"),
)
_ONLY_WIDE: Final = (words("emails-domains-column-sender"),)


def page() -> rx.Component:
    """Return the sending domains of the open project, or the records of the opened one."""
    return project_page(
        lists.loaded(
            rx.cond(EmailDomainsState.opened.id, _domain(), _list()),
            error=EmailDomainsState.error,
            is_loading=EmailDomainsState.is_loading,
            on_retry=EmailDomainsState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption=words("emails-domains-loading")),
        ),
        _add_dialog(),
        ui.question(
            words("emails-domain-delete-title"),
            words("emails-domain-delete-text"),
            confirm_label=words("emails-domain-delete"),
            is_open=EmailDomainsState.is_asking,
            on_confirm=EmailDomainsState.delete,
            on_cancel=EmailDomainsState.ask_to_delete(False),
        ),
        here="email-domains",
        title=words("emails-domains-title"),
        text=words("emails-domains-text"),
    )


def _list() -> rx.Component:
    add = ui.button(words("emails-domain-add"), icon="plus", on_click=AddEmailDomainState.toggle(True))
    empty = ui.empty_state(
        words("emails-domains-none"),
        words("emails-domains-none-text"),
        icon="at_sign",
        action=rx.cond(EmailDomainsState.is_available, add, rx.fragment()),
    )
    off = ui.callout(words("emails-domains-off"))
    has_both = ui.all_of(EmailDomainsState.is_available, ui.has_items(EmailDomainsState.rows))
    return rx.vstack(
        rx.cond(EmailDomainsState.is_available, rx.fragment(), off),
        rx.cond(has_both, rx.hstack(rx.spacer(), add, width="100%")),
        lists.page_table(
            _COLUMNS,
            EmailDomainsState.rows,
            _row,
            caption=words("emails-domains-title"),
            empty=empty,
            only_wide=_ONLY_WIDE,
        ),
        spacing="5",
        width="100%",
    )


def _row(row: rx.vars.ObjectVar[SendingDomain]) -> rx.Component:
    return lists.linked_row(
        row.id,
        rx.table.row_header_cell(lists.row_button(row.name, on_click=EmailDomainsState.open_domain(row.id))),
        ui.wide_cell(rx.text(row.sender, size="2", overflow_wrap="anywhere")),
        rx.table.cell(_status(row)),
    )


def _status(domain: rx.vars.ObjectVar[SendingDomain] | SendingDomain) -> rx.Component:
    return rx.match(
        domain.status,
        ("applied", ui.badge(words("emails-domain-in-use"), tone="success")),
        ("verified", ui.badge(words("emails-domain-verified"), tone="success")),
        ("failed", ui.badge(words("emails-domain-failed"), tone="danger")),
        ui.badge(domain.status_text, tone="warning"),
    )


def _domain() -> rx.Component:
    state = EmailDomainsState
    return rx.vstack(
        rx.hstack(
            ui.button(words("emails-domains-all"), kind="secondary", icon="arrow_left", on_click=state.close_domain),
            rx.heading(state.opened.name, as_="h2", size="4", overflow_wrap="anywhere"),
            rx.box(_status(state.opened), role="status"),
            rx.spacer(),
            ui.button(words("emails-domain-delete"), kind="danger", on_click=state.ask_to_delete(True)),
            ui.button(
                words("emails-domain-check"),
                kind="secondary",
                icon="refresh_cw",
                pending=state.is_checking,
                on_click=state.look_up,
            ),
            rx.cond(
                state.opened.status == "verified",
                ui.button(words("emails-domain-use"), pending=state.is_busy, on_click=state.use_domain),
            ),
            align="center",
            wrap="wrap",
            spacing="4",
            width="100%",
        ),
        rx.match(
            state.opened.status,
            ("applied", ui.callout(words("emails-domain-applied"), tone="success")),
            ("verified", ui.callout(words("emails-domain-ready"), tone="success")),
            ("failed", ui.callout(words("emails-domain-again"), tone="danger")),
            ui.callout(words("emails-domain-enter")),
        ),
        rx.cond(
            ui.has_items(state.records),
            rx.vstack(rx.foreach(state.records, _record), spacing="4", width="100%"),
            lists.cards_skeleton(words("emails-domain-records")),
        ),
        spacing="5",
        width="100%",
    )


def _record(record: rx.vars.ObjectVar[RecordRow]) -> rx.Component:
    state = rx.cond(
        record.is_right,
        ui.badge(words("emails-domain-record-right"), tone="success"),
        ui.badge(words("emails-domain-record-wrong"), tone="warning"),
    )
    priority = rx.cond(
        record.priority,
        rx.text(words("emails-domain-record-priority", priority=record.priority), size="2"),
        rx.fragment(),
    )
    return ui.card(
        rx.vstack(
            rx.hstack(
                rx.heading(words("emails-domain-record", type=record.type), as_="h3", size="3"),
                state,
                priority,
                align="center",
                wrap="wrap",
                spacing="3",
            ),
            lists.fact(
                words("emails-domain-record-name"),
                ui.copy_value(record.name, label=words("emails-domain-record-name-label")),
            ),
            lists.fact(
                words("emails-domain-record-value"),
                ui.copy_value(record.value, label=words("emails-domain-record-value-label")),
            ),
            rx.text(
                words("emails-domain-record-found", found=record.found),
                size="2",
                color=tokens.TEXT_MUTED,
                overflow_wrap="anywhere",
            ),
            spacing="3",
            align="stretch",
            width="100%",
        ),
        width="100%",
    )


def _add_dialog() -> rx.Component:
    state = AddEmailDomainState
    return ui.form_dialog(
        words("emails-domain-add-title"),
        ui.text_field(
            words("emails-domain-name"),
            name="sending_domain",
            auto_complete="off",
            hint=words("emails-domain-name-hint"),
        ),
        ui.text_field(
            words("emails-domain-sender"), name="sender", auto_complete="off", hint=words("emails-domain-sender-hint")
        ),
        submit_label=words("emails-domain-add"),
        is_open=state.is_open,
        pending=state.is_saving,
        error=state.error,
        on_submit=state.submit,
        on_open_change=state.toggle,
    )
