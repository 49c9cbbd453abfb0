"""Domains of a project's own that its mails are sent from."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.ui import tokens
from state.dashboard.email_domains import AddEmailDomainState, EmailDomainsState, RecordRow, SendingDomain

_COLUMNS: Final = ("Domain", "Sender", "Status", "")
_ONLY_WIDE: Final = ("Sender",)


def page() -> rx.Component:
    """Return the sending domains of the open project, or the records of the opened one."""
    return project_page(
        lists.loaded(
            rx.cond(EmailDomainsState.opened.id, _domain(), _list()),
            error=EmailDomainsState.error,
            is_loading=EmailDomainsState.is_loading,
            on_retry=EmailDomainsState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption="Sending domains, loading"),
        ),
        _add_dialog(),
        ui.question(
            "Delete this domain?",
            "Its DNS records are of no use any more. This cannot be undone.",
            confirm_label="Delete",
            is_open=EmailDomainsState.is_asking,
            on_confirm=EmailDomainsState.delete,
            on_cancel=EmailDomainsState.ask_to_delete(False),
        ),
        here="email-domains",
        title="Sending domains",
        text="Send e-mails from a domain of your own through the mail account of this installation.",
    )


def _list() -> rx.Component:
    add = ui.button("Add domain", icon="plus", on_click=AddEmailDomainState.toggle(True))
    empty = ui.empty_state(
        "No sending domains yet",
        "Add a domain, enter its records in your DNS, and your e-mails come from it.",
        icon="at_sign",
        action=rx.cond(EmailDomainsState.is_available, add, rx.fragment()),
    )
    off = ui.callout(
        "Sending domains are off. Whoever operates this installation switches them on with HEXCLAVE_RESEND_API_KEY; "
        "a mail server of your own is set in the e-mail settings.",
    )
    has_both = ui.all_of(EmailDomainsState.is_available, ui.has_items(EmailDomainsState.rows))
    return rx.vstack(
        rx.cond(EmailDomainsState.is_available, rx.fragment(), off),
        rx.cond(has_both, rx.hstack(rx.spacer(), add, width="100%")),
        lists.page_table(
            _COLUMNS, EmailDomainsState.rows, _row, caption="Sending domains", empty=empty, only_wide=_ONLY_WIDE
        ),
        spacing="5",
        width="100%",
    )


def _row(row: rx.vars.ObjectVar[SendingDomain]) -> rx.Component:
    opening = ui.button(
        "Open",
        kind="secondary",
        size="1",
        custom_attrs={"aria-label": ui.text_of("Open ", row.name)},
        on_click=EmailDomainsState.open_domain(row.id),
    )
    return lists.table_row(
        row.id,
        lists.strong(row.name),
        ui.wide_cell(rx.text(row.sender, size="2", overflow_wrap="anywhere")),
        rx.table.cell(_status(row)),
        lists.actions_cell(opening),
    )


def _status(domain: rx.vars.ObjectVar[SendingDomain] | SendingDomain) -> rx.Component:
    return rx.match(
        domain.status,
        ("applied", ui.badge("In use", tone="success")),
        ("verified", ui.badge("Verified", tone="success")),
        ("failed", ui.badge("Failed", tone="danger")),
        ui.badge(domain.status_text, tone="warning"),
    )


def _domain() -> rx.Component:
    state = EmailDomainsState
    return rx.vstack(
        rx.hstack(
            ui.button("All domains", kind="secondary", icon="arrow_left", on_click=state.close_domain),
            rx.heading(state.opened.name, as_="h2", size="4", overflow_wrap="anywhere"),
            rx.box(_status(state.opened), role="status"),
            rx.spacer(),
            ui.button("Delete", kind="danger", on_click=state.ask_to_delete(True)),
            ui.button(
                "Check again", kind="secondary", icon="refresh_cw", pending=state.is_checking, on_click=state.look_up
            ),
            rx.cond(
                state.opened.status == "verified",
                ui.button("Use this domain", pending=state.is_busy, on_click=state.use_domain),
            ),
            align="center",
            wrap="wrap",
            spacing="4",
            width="100%",
        ),
        ui.callout(
            "Enter these records where your domain is managed. It may take hours until everybody sees them; "
            "nothing else is needed from you."
        ),
        rx.cond(
            ui.has_items(state.records),
            rx.vstack(rx.foreach(state.records, _record), spacing="4", width="100%"),
            lists.cards_skeleton("DNS records"),
        ),
        spacing="5",
        width="100%",
    )


def _record(record: rx.vars.ObjectVar[RecordRow]) -> rx.Component:
    state = rx.cond(record.is_right, ui.badge("As it should be", tone="success"), ui.badge("Not yet", tone="warning"))
    priority = rx.cond(record.priority, rx.text("Priority ", record.priority, size="2"), rx.fragment())
    return ui.card(
        rx.vstack(
            rx.hstack(
                rx.heading(ui.text_of(record.type, " record"), as_="h3", size="3"),
                state,
                priority,
                align="center",
                wrap="wrap",
                spacing="3",
            ),
            lists.fact("Name", ui.copy_value(record.name, label="name")),
            lists.fact("Value", ui.copy_value(record.value, label="value")),
            rx.text("In the DNS now: ", record.found, size="2", color=tokens.TEXT_MUTED, overflow_wrap="anywhere"),
            spacing="3",
            align="stretch",
            width="100%",
        ),
        width="100%",
    )


def _add_dialog() -> rx.Component:
    state = AddEmailDomainState
    return ui.form_dialog(
        "Add a sending domain",
        ui.text_field(
            "Domain",
            name="sending_domain",
            auto_complete="off",
            hint="A subdomain keeps the reputation of your main domain apart: mail.example.com",
        ),
        ui.text_field("Sender", name="sender", auto_complete="off", hint="The part before the @, such as hello"),
        submit_label="Add domain",
        is_open=state.is_open,
        pending=state.is_saving,
        error=state.error,
        on_submit=state.submit,
        on_open_change=state.toggle,
    )
