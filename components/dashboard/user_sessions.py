"""Sessions and API keys of one user."""

from typing import Any

import reflex as rx

from components import ui
from components.dashboard import lists
from components.ui import words
from state.dashboard.user_detail import UserDetailState
from state.dashboard.user_facts import ApiKeyRow, SessionRow
from state.dashboard.user_questions import UserQuestionState


def sessions_section() -> rx.Component:
    """Return where the user is signed in."""
    end_all = ui.button(
        words("user-end-sessions"),
        kind="secondary",
        icon="log_out",
        on_click=UserQuestionState.ask("sessions", UserDetailState.facts.id),
    )
    return ui.section(
        words("user-sessions"),
        lists.card_table(
            (words("user-column-signed-in"), words("user-column-last-used"), words("user-column-from"), ""),
            UserDetailState.sessions,
            _session_row,
            caption=words("user-sessions"),
            empty=words("user-no-sessions"),
        ),
        action=rx.cond(ui.has_items(UserDetailState.sessions), end_all),
    )


def _session_row(row: rx.vars.ObjectVar[SessionRow]) -> rx.Component:
    head = rx.hstack(
        rx.text(row.created, size="2", weight="medium", white_space="nowrap"),
        rx.cond(row.is_impersonation, ui.badge(words("user-impersonation"), tone="warning")),
        align="center",
        wrap="wrap",
        spacing="2",
    )
    return lists.table_row(
        row.id,
        head,
        lists.cell(row.last_active, white_space="nowrap"),
        lists.cell(row.place, overflow_wrap="anywhere"),
        lists.actions_cell(
            ui.button(
                words("user-end-session"), kind="secondary", size="1", on_click=UserQuestionState.ask("session", row.id)
            )
        ),
    )


def keys_section() -> rx.Component:
    """Return the user's API keys."""
    return ui.section(
        words("user-keys"),
        lists.card_table(
            (
                words("user-column-description"),
                words("user-column-key"),
                words("user-column-status"),
                words("user-column-expires"),
                "",
            ),
            UserDetailState.keys,
            lambda row: key_row(row, UserQuestionState.ask("key", row.id)),
            caption=words("user-keys"),
            empty=words("user-no-keys"),
        ),
    )


def key_row(row: rx.vars.ObjectVar[ApiKeyRow], on_revoke: Any) -> rx.Component:
    """Return an API key with its status and the way to revoke it."""
    status = rx.match(
        row.status,
        ("valid", ui.badge(words("user-key-valid"), tone="success")),
        ("expired", ui.badge(words("user-key-expired"), tone="warning")),
        ui.badge(words("user-key-revoked"), tone="danger"),
    )
    revoke = ui.button(words("user-key-revoke"), kind="secondary", size="1", on_click=on_revoke)
    return lists.table_row(
        row.id,
        lists.strong(row.description),
        rx.table.cell(lists.code(row.last_four)),
        rx.table.cell(status),
        lists.cell(row.expires, white_space="nowrap"),
        lists.actions_cell(rx.cond(row.status == "valid", revoke, rx.fragment())),
    )
