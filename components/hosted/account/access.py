"""The tabs of sessions, notifications and API keys."""

import reflex as rx

from components import ui
from components.ui import tokens
from state.hosted.account.keys import LIFETIMES, AccountKeysState, KeyRow
from state.hosted.account.sessions import AccountSessionsState, Choice, NotificationsState, SessionRow


def sessions_tab() -> rx.Component:
    """Return where one is signed in."""
    columns = ("Session", "Last used", "From", "")
    table = ui.data_table(
        columns, rx.foreach(AccountSessionsState.rows, _session), caption="Active sessions", only_wide=("From",)
    )
    return ui.section(
        "Active sessions",
        rx.cond(AccountSessionsState.is_loading, ui.table_skeleton(columns, caption="Active sessions"), table),
        rx.cond(
            ui.has_several(AccountSessionsState.rows),
            ui.button("Sign out everywhere else", kind="danger", on_click=AccountSessionsState.ask),
        ),
        ui.question(
            "Sign out everywhere else?",
            "All your other sessions end at once.",
            confirm_label="Sign out",
            is_open=AccountSessionsState.is_asking,
            on_confirm=AccountSessionsState.revoke_others,
            on_cancel=AccountSessionsState.stop_asking,
        ),
        text="Browsers and devices that are signed in to your account.",
    )


def notifications_tab() -> rx.Component:
    """Return which mails one wants."""
    return ui.section("Notifications", rx.foreach(NotificationsState.rows, _choice), text="Mails that you want to get.")


def keys_section(title: str) -> rx.Component:
    """Return the API keys of the open tab."""
    columns = ("Description", "Status", "Key", "Expires", "")
    return rx.cond(
        AccountKeysState.is_allowed,
        ui.section(
            title,
            rx.cond(AccountKeysState.shown_key, _shown_key()),
            rx.cond(
                ui.has_items(AccountKeysState.rows),
                ui.data_table(
                    columns,
                    rx.foreach(AccountKeysState.rows, _key),
                    caption=title,
                    only_wide=("Key", "Expires"),
                ),
                rx.text("No keys yet.", size="2", color=tokens.TEXT_MUTED),
            ),
            ui.submit_form(
                ui.text_field(
                    "What is the new key for?",
                    name="description",
                    auto_complete="off",
                    error=AccountKeysState.description_error,
                    key=ui.text_of(ui.count_of(AccountKeysState.rows)),
                ),
                ui.select_field(
                    "Expires after",
                    [(value, label) for value, (label, _) in LIFETIMES.items()],
                    name="lifetime",
                    default_value="30",
                ),
                ui.button("Create key", type="submit", kind="secondary"),
                on_submit=AccountKeysState.create,
            ),
        ),
    )


def _session(row: rx.vars.ObjectVar[SessionRow]) -> rx.Component:
    return rx.table.row(
        rx.table.row_header_cell(
            rx.vstack(
                rx.cond(row.is_current, ui.badge("This session", tone="success"), rx.text("Other session", size="2")),
                rx.text(ui.text_of("since ", row.signed_in), size="1", color=tokens.TEXT_MUTED),
                spacing="1",
            )
        ),
        rx.table.cell(rx.text(row.last_used, size="2", title=row.last_used_exactly)),
        ui.wide_cell(
            rx.text(row.ip, size="2"),
            rx.cond(row.place, rx.text(row.place, size="1", color=tokens.TEXT_MUTED)),
        ),
        rx.table.cell(
            rx.cond(
                row.is_current,
                rx.fragment(),
                ui.button("Revoke", kind="secondary", size="1", on_click=AccountSessionsState.revoke(row.id)),
            ),
            text_align="right",
        ),
        key=row.id,
        align="center",
    )


def _choice(row: rx.vars.ObjectVar[Choice]) -> rx.Component:
    return rx.hstack(
        rx.vstack(
            rx.text(row.name, size="2", weight="medium"),
            rx.cond(
                row.can_change,
                rx.fragment(),
                rx.text("Needed to run your account; cannot be switched off.", size="1", color=tokens.TEXT_MUTED),
            ),
            spacing="1",
        ),
        rx.spacer(),
        rx.switch(
            checked=row.is_wanted,
            disabled=ui.none_of(row.can_change),
            on_change=lambda is_on: NotificationsState.choose(row.id, is_on),
            aria_label=row.name,
        ),
        align="center",
        width="100%",
    )


def _key(row: rx.vars.ObjectVar[KeyRow]) -> rx.Component:
    status = rx.match(
        row.status,
        ("valid", ui.badge("Valid", tone="success")),
        ("expired", ui.badge("Expired", tone="warning")),
        ui.badge("Revoked", tone="danger"),
    )
    revoke = ui.button("Revoke", kind="secondary", size="1", on_click=AccountKeysState.revoke(row.id))
    return rx.table.row(
        rx.table.row_header_cell(rx.text(row.description, size="2", overflow_wrap="anywhere")),
        rx.table.cell(status),
        ui.wide_cell(rx.text(row.last_four, font_family=tokens.CODE_FONT, size="1")),
        ui.wide_cell(rx.text(row.expires, size="2", white_space="nowrap")),
        rx.table.cell(rx.cond(row.status == "valid", revoke), text_align="right"),
        key=row.id,
        align="center",
    )


def _shown_key() -> rx.Component:
    return rx.vstack(
        ui.callout("Copy this key now: it is stored as a hash and cannot be shown again.", tone="warning"),
        ui.copy_value(AccountKeysState.shown_key, label="the key"),
        ui.button("I have stored it", on_click=AccountKeysState.hide_key),
        spacing="3",
        width="100%",
    )
