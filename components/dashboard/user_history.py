"""What happened to one user: a timeline of changes, and the mails."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.audit_log import entry_details
from components.dashboard.email_viewer import mail_status
from components.ui import tokens, words
from state.dashboard import paths
from state.dashboard.audit_log import EntryRow
from state.dashboard.email_lists import MailRow
from state.dashboard.shell import ShellState
from state.dashboard.user_detail import UserDetailState
from state.dashboard.user_history import MailChoice


def activity_section() -> rx.Component:
    """Return the newest changes, as a timeline."""
    events = rx.el.ol(
        rx.foreach(UserDetailState.events, _event),
        aria_label=words("user-activity"),
        list_style="none",
        margin="0",
        padding="0",
        width="100%",
    )
    log = f"{paths.audit_log(ShellState.project.id)}?target={UserDetailState.facts.id}"
    return ui.section(
        words("user-activity"),
        rx.cond(
            ui.has_items(UserDetailState.events),
            events,
            rx.text(words("user-no-activity"), size="2", color=tokens.TEXT_MUTED),
        ),
        text=words("user-activity-text"),
        action=rx.link(words("user-whole-log"), href=log, size="2"),
    )


def _event(row: rx.vars.ObjectVar[EntryRow]) -> rx.Component:
    sign = rx.box(
        width="var(--space-2)",
        height="var(--space-2)",
        border_radius="var(--radius-thumb)",
        background=tokens.ACCENT,
        flex_shrink="0",
        margin_top="var(--space-2)",
        aria_hidden=True,
    )
    by = rx.cond(row.address, ui.text_of(row.actor, ", ", row.address), row.actor)
    told = rx.vstack(
        rx.text(row.words, size="2", weight="medium"),
        rx.text(by, size="1", color=tokens.TEXT_MUTED, overflow_wrap="anywhere"),
        spacing="0",
        flex="1",
        min_width="0",
    )
    return rx.el.li(
        rx.hstack(
            sign,
            told,
            rx.text(row.at, title=row.at_exactly, size="1", color=tokens.TEXT_MUTED, white_space="nowrap"),
            rx.cond(ui.has_items(row.changes), entry_details(row), rx.fragment()),
            align="start",
            spacing="3",
            width="100%",
        ),
        key=row.seq,
        padding_y="var(--space-2)",
        border_bottom=f"1px solid {tokens.BORDER}",
    )


def mails_section() -> rx.Component:
    """Return the newest mails to the user, and which kinds of mail the user wants."""
    choices = ui.section(
        words("user-mail-kinds"),
        rx.foreach(UserDetailState.mail_choices, _choice),
        text=words("user-mail-kinds-text"),
    )
    mails = ui.section(
        words("user-mails"),
        lists.card_table(
            (words("user-column-subject"), words("user-column-status"), words("user-column-sent")),
            UserDetailState.mails,
            _mail,
            caption=words("user-mails"),
            empty=words("user-no-mails"),
        ),
    )
    return rx.vstack(mails, choices, spacing="4", width="100%")


def _choice(one: rx.vars.ObjectVar[MailChoice]) -> rx.Component:
    return rx.hstack(
        rx.text(one.name, size="2", weight="medium"),
        rx.spacer(),
        rx.switch(
            checked=one.is_on,
            disabled=one.is_fixed,
            aria_label=one.name,
            on_change=lambda is_on: UserDetailState.choose_mails(one.id, is_on),
        ),
        align="center",
        width="100%",
        key=one.id,
    )


def _mail(row: rx.vars.ObjectVar[MailRow]) -> rx.Component:
    address = paths.email(ShellState.project.id, row.id)  # type: ignore[arg-type]  # formatted in the browser
    return lists.linked_row(
        row.id,
        rx.table.row_header_cell(lists.row_link(row.subject, address)),
        rx.table.cell(mail_status(row.status)),
        lists.cell(row.when, title=row.when_exactly, white_space="nowrap"),
    )
