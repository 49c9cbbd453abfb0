"""The tabs of sessions and notifications."""

import reflex as rx

from components import ui
from components.ui import say, tokens
from state.hosted.account.sessions import AccountSessionsState, Choice, NotificationsState, SessionRow


def sessions_tab() -> rx.Component:
    """Return where one is signed in."""
    columns = (say("session"), say("last-used"), say("from"), "")
    table = ui.data_table(
        columns, rx.foreach(AccountSessionsState.rows, _session), caption=say("active-sessions"), only_wide=(2,)
    )
    return ui.section(
        say("active-sessions"),
        rx.cond(AccountSessionsState.is_loading, ui.table_skeleton(columns, caption=say("active-sessions")), table),
        rx.cond(
            ui.has_several(AccountSessionsState.rows),
            ui.button(say("sign-out-elsewhere"), kind="danger", on_click=AccountSessionsState.ask),
        ),
        ui.question(
            say("sign-out-elsewhere-question"),
            say("sign-out-elsewhere-text"),
            confirm_label=say("sign-out"),
            is_open=AccountSessionsState.is_asking,
            on_confirm=AccountSessionsState.revoke_others,
            on_cancel=AccountSessionsState.stop_asking,
        ),
        text=say("active-sessions-text"),
    )


def notifications_tab() -> rx.Component:
    """Return which mails one wants."""
    return ui.section(
        say("notifications"), rx.foreach(NotificationsState.rows, _choice), text=say("notifications-text")
    )


def _session(row: rx.vars.ObjectVar[SessionRow]) -> rx.Component:
    return rx.table.row(
        rx.table.row_header_cell(
            rx.vstack(
                rx.cond(
                    row.is_current,
                    ui.badge(say("this-session"), tone="success"),
                    rx.text(say("other-session"), size="2"),
                ),
                rx.text(say("since", time=row.signed_in), size="1", color=tokens.TEXT_MUTED),
                spacing="1",
            )
        ),
        rx.table.cell(rx.text(row.last_used, size="2", title=row.last_used_exactly)),
        ui.wide_cell(
            rx.text(rx.cond(row.ip, row.ip, say("unknown-address")), size="2"),
            rx.cond(row.place, rx.text(row.place, size="1", color=tokens.TEXT_MUTED)),
        ),
        rx.table.cell(
            rx.cond(
                row.is_current,
                rx.fragment(),
                ui.button(say("revoke"), kind="secondary", size="1", on_click=AccountSessionsState.revoke(row.id)),
            ),
            text_align="end",
        ),
        key=row.id,
        align="center",
    )


def _choice(row: rx.vars.ObjectVar[Choice]) -> rx.Component:
    return rx.hstack(
        rx.vstack(
            rx.text(_kind_of_mail(row), size="2", weight="medium"),
            rx.cond(
                row.can_change,
                rx.fragment(),
                rx.text(say("mails-needed"), size="1", color=tokens.TEXT_MUTED),
            ),
            spacing="1",
        ),
        rx.spacer(),
        rx.switch(
            checked=row.is_wanted,
            disabled=ui.none_of(row.can_change),
            on_change=lambda is_on: NotificationsState.choose(row.id, is_on),
            aria_label=_kind_of_mail(row),
        ),
        align="center",
        width="100%",
    )


def _kind_of_mail(row: rx.vars.ObjectVar[Choice]) -> rx.Var[str]:
    return rx.match(
        row.name, ("Transactional", say("mails-transactional")), ("Marketing", say("mails-marketing")), row.name
    )
