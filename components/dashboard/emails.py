"""Sent mails, the built-in inbox of development, and the viewer of one mail."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard.email_edit import mail_editor
from components.dashboard.shell import project_page
from components.ui import tokens
from components.ui.tokens import Tone
from state.dashboard.email_edit import MailEditState
from state.dashboard.emails import EVERY_MAIL, FILTERS, EmailsState, MailRow

_COLUMNS: Final = ("Subject", "Recipient", "Status", "Time", "")
_ONLY_WIDE: Final = ("Time",)
_VIEWER_WIDTH: Final = "48rem"
_FRAME: Final = {
    "height": "26rem",
    "border": f"1px solid {tokens.BORDER}",
    "borderRadius": "var(--radius-3)",
    "background": "white",
}

# Status of the contract, words, tone.
_STATUSES: Final[tuple[tuple[str, str, Tone], ...]] = (
    ("paused", "Paused", "warning"),
    ("preparing", "Preparing", "info"),
    ("rendering", "Rendering", "info"),
    ("scheduled", "Scheduled", "info"),
    ("queued", "Queued", "info"),
    ("sending", "Sending", "info"),
    ("sent", "Sent", "success"),
    ("opened", "Opened", "success"),
    ("clicked", "Clicked", "success"),
    ("skipped", "Skipped", "neutral"),
    ("delivery-delayed", "Delayed", "warning"),
    ("marked-as-spam", "Called spam", "danger"),
    ("bounced", "Bounced", "danger"),
    ("server-error", "Not sent", "danger"),
    ("render-error", "Not rendered", "danger"),
)


def page() -> rx.Component:
    """Return the table of sent mails with its viewer."""
    return project_page(
        rx.cond(
            EmailsState.error,
            ui.error_state(EmailsState.error, on_retry=EmailsState.load),
            rx.cond(
                EmailsState.is_loading,
                ui.table_skeleton(_COLUMNS, caption="E-mails, loading"),
                rx.cond(MailEditState.opened_id, mail_editor(), _list()),
            ),
        ),
        _viewer(),
        here="emails",
        title="E-mails",
        text="The e-mails of the project, newest first. The list follows what happens.",
    )


def _list() -> rx.Component:
    return rx.vstack(
        rx.cond(EmailsState.uses_inbox, _inbox_note()),
        _capacity(),
        _filter(),
        rx.cond(ui.has_items(EmailsState.rows), _table(), _empty()),
        _pages(),
        spacing="5",
        width="100%",
    )


def _inbox_note() -> rx.Component:
    return ui.callout(
        "No e-mail leaves this machine: without a mail server, every message stays here. Open one to use its links "
        "and codes."
    )


def _capacity() -> rx.Component:
    return ui.card(
        rx.hstack(
            rx.vstack(
                rx.heading("Sending capacity", as_="h2", size="3"),
                rx.text(EmailsState.capacity_text, size="2", color=tokens.TEXT_MUTED),
                spacing="1",
            ),
            rx.spacer(),
            rx.cond(
                EmailsState.is_boosted,
                ui.badge("Boosted", tone="success"),
                ui.button("Boost for 4 hours", kind="secondary", icon="rocket", on_click=EmailsState.boost),
            ),
            align="center",
            wrap="wrap",
            spacing="4",
            width="100%",
        ),
        padding="var(--space-4) var(--space-5)",
    )


def _filter() -> rx.Component:
    return rx.hstack(
        ui.select_box(
            "Which e-mails",
            [(value, label) for value, (label, _) in FILTERS.items()],
            name="emails-shown",
            value=EmailsState.shown,
            on_change=EmailsState.change_filter,
        ),
        rx.spacer(),
        rx.text(EmailsState.waiting_text, size="2", color=tokens.TEXT_MUTED, role="status"),
        align="center",
        wrap="wrap",
        spacing="3",
        width="100%",
    )


def _pages() -> rx.Component:
    newer = ui.button(
        "Newer",
        kind="secondary",
        icon="chevron_left",
        disabled=ui.none_of(EmailsState.has_previous),
        on_click=EmailsState.show_previous,
    )
    older = ui.button(
        "Older", kind="secondary", disabled=ui.none_of(EmailsState.next_cursor), on_click=EmailsState.show_next
    )
    is_paged = ui.any_of(EmailsState.has_previous, EmailsState.next_cursor)
    return rx.cond(is_paged, rx.hstack(newer, older, justify="end", width="100%"))


def _table() -> rx.Component:
    return ui.card(
        ui.data_table(_COLUMNS, rx.foreach(EmailsState.rows, _row), caption="E-mails", only_wide=_ONLY_WIDE),
        padding="var(--space-2) var(--space-3)",
    )


def _row(row: rx.vars.ObjectVar[MailRow]) -> rx.Component:
    return rx.table.row(
        rx.table.row_header_cell(rx.text(row.subject, size="2", weight="medium", overflow_wrap="anywhere")),
        rx.table.cell(rx.text(row.recipient, size="2", overflow_wrap="anywhere")),
        rx.table.cell(_status(row.status)),
        ui.wide_cell(rx.text(row.when, size="2", white_space="nowrap")),
        rx.table.cell(
            ui.button(
                "Open",
                kind="secondary",
                size="1",
                custom_attrs={"aria-label": ui.text_of("Open ", row.subject)},
                on_click=EmailsState.open_mail(row.id),
            ),
            text_align="right",
        ),
        key=row.id,
        align="center",
    )


def _status(status: str | rx.Var[str]) -> rx.Component:
    cases = [(name, ui.badge(label, tone=tone)) for name, label, tone in _STATUSES]
    return rx.match(status, *cases, ui.badge("Unknown"))


def _empty() -> rx.Component:
    return ui.table_empty(
        rx.cond(
            EmailsState.shown == EVERY_MAIL,
            ui.empty_state(
                "No e-mails yet",
                "They appear here when somebody signs in with a code, resets a password, or your server sends one.",
                icon="mail",
            ),
            ui.empty_state("Nothing here", "No e-mail stands like this now.", icon="search_x"),
        )
    )


def _viewer() -> rx.Component:
    mail = EmailsState.opened
    return rx.dialog.root(
        rx.dialog.content(
            rx.hstack(
                rx.dialog.title(mail.subject, margin="0", size="4", overflow_wrap="anywhere"),
                rx.spacer(),
                rx.dialog.close(ui.icon_button("x", "Close e-mail")),
                align="center",
                width="100%",
            ),
            rx.vstack(
                rx.hstack(
                    _status(mail.status),
                    rx.text(ui.text_of("To ", mail.recipient), size="2", color=tokens.TEXT_MUTED),
                    align="center",
                    wrap="wrap",
                    spacing="3",
                ),
                rx.cond(mail.problem, ui.callout(mail.problem, tone="warning")),
                rx.cond(mail.is_editable, _actions()),
                rx.cond(mail.is_waiting, _schedule()),
                rx.cond(ui.has_items(EmailsState.codes), _values("Codes", EmailsState.codes, "code")),
                rx.cond(mail.html, _message(), rx.text("The e-mail is not rendered yet.", size="2")),
                rx.cond(ui.has_items(EmailsState.links), _values("Links", EmailsState.links, "link")),
                _timeline(),
                spacing="4",
                width="100%",
                margin_top="var(--space-4)",
            ),
            max_width=_VIEWER_WIDTH,
            aria_describedby=None,
        ),
        open=mail.id != "",
        on_open_change=EmailsState.close_mail,
    )


def _actions() -> rx.Component:
    pausing = rx.cond(
        EmailsState.opened.is_paused,
        ui.button("Resume", kind="secondary", icon="play", on_click=EmailsState.pause(False)),
        ui.button("Pause", kind="secondary", icon="pause", on_click=EmailsState.pause(True)),
    )
    again = ui.button("Send again", kind="secondary", icon="rotate_cw", on_click=EmailsState.ask("again"))
    return rx.hstack(
        rx.cond(EmailsState.opened.has_failed, again, pausing),
        ui.button("Edit", kind="secondary", icon="pencil", on_click=MailEditState.open_mail(EmailsState.opened.id)),
        ui.button("Cancel e-mail", kind="danger", icon="ban", on_click=EmailsState.ask("cancel")),
        ui.question(
            "Cancel this e-mail?",
            "It will never be sent. This cannot be undone.",
            confirm_label="Cancel e-mail",
            is_open=EmailsState.asking == "cancel",
            on_confirm=EmailsState.cancel,
            on_cancel=EmailsState.ask(""),
        ),
        ui.question(
            "Send this e-mail again?",
            "It is rendered and sent anew. If the mail server took it after all, it arrives twice.",
            confirm_label="Send again",
            is_open=EmailsState.asking == "again",
            on_confirm=EmailsState.send_again,
            on_cancel=EmailsState.ask(""),
        ),
        wrap="wrap",
        spacing="3",
    )


def _schedule() -> rx.Component:
    return ui.submit_form(
        rx.hstack(
            ui.text_field(
                "Not before (UTC)",
                name="send_at",
                error=EmailsState.schedule_error,
                hint="Such as 2030-12-31 18:00; empty means now",
                auto_complete="off",
                size="2",
            ),
            ui.button("Change time", type="submit", kind="secondary", margin_top="var(--space-5)"),
            align="start",
            spacing="3",
            width="100%",
        ),
        on_submit=EmailsState.reschedule,
    )


def _message() -> rx.Component:
    """The mail in a frame of its own, in which nothing runs and from which only links lead out, to new tabs."""
    return rx.tabs.root(
        rx.tabs.list(rx.tabs.trigger("Message", value="html"), rx.tabs.trigger("Text", value="text")),
        rx.tabs.content(
            rx.el.iframe(
                title="E-mail content",
                src_doc=EmailsState.opened.html,
                sandbox="allow-popups allow-popups-to-escape-sandbox",
                referrer_policy="no-referrer",
                width="100%",
                style={
                    "border": f"1px solid {tokens.BORDER}",
                    "borderRadius": "var(--radius-3)",
                    "background": "white",
                },
            ),
            value="html",
            padding_top="var(--space-3)",
        ),
        rx.tabs.content(
            rx.el.pre(
                EmailsState.opened.text,
                tab_index=0,
                aria_label="Text of the e-mail",
                role="region",
                white_space="pre-wrap",
                overflow_wrap="anywhere",
                font_family=tokens.CODE_FONT,
                font_size="var(--font-size-1)",
                margin="0",
            ),
            value="text",
            padding_top="var(--space-3)",
        ),
        default_value="html",
        width="100%",
    )


def _values(title: str, values: list[str], name: str) -> rx.Component:
    return rx.vstack(
        rx.heading(title, as_="h2", size="2"),
        rx.foreach(values, lambda value: ui.copy_value(value, label=name)),
        spacing="2",
        width="100%",
    )


def _timeline() -> rx.Component:
    return rx.vstack(
        rx.heading("Timeline", as_="h2", size="2"),
        rx.el.dl(
            rx.foreach(EmailsState.timeline, _moment),
            display="grid",
            grid_template_columns="auto 1fr",
            gap="var(--space-1) var(--space-4)",
            margin="0",
        ),
        spacing="2",
        width="100%",
    )


def _moment(entry: rx.vars.ArrayVar[tuple[str, str]]) -> rx.Component:
    return rx.fragment(
        rx.el.dt(rx.text(entry[0], size="2", color=tokens.TEXT_MUTED)),
        rx.el.dd(rx.text(entry[1], size="2"), margin="0"),
    )
