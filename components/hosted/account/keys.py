"""API keys of oneself or of a team: the table, and the dialogs that make, show and end a key."""

import reflex as rx

from components import ui
from components.ui import say, tokens
from state.hosted.account.keys import ANY_STATUS, LIFETIMES, AccountKeysState, KeyRow


def keys_section(title: rx.Var[str]) -> rx.Component:
    """Return the API keys of the open tab."""
    return rx.cond(
        AccountKeysState.is_allowed,
        ui.section(
            title,
            rx.cond(
                AccountKeysState.count == 0,
                rx.text(say("no-keys"), size="2", color=tokens.TEXT_MUTED),
                _list(title),
            ),
            _create_dialog(),
            _shown_key(),
            _revoke_question(),
            action=ui.button(
                say("create-key"), kind="secondary", icon="plus", on_click=AccountKeysState.open_form(True)
            ),
        ),
    )


def _list(title: rx.Var[str]) -> rx.Component:
    columns = (say("description"), say("status"), say("key"), say("expires"), say("created"), "")
    table = ui.data_table(columns, rx.foreach(AccountKeysState.rows, _key), caption=title, only_wide=(2, 3, 4))
    statuses = [(ANY_STATUS, say("any-status")), *[(one, say(one)) for one in ("valid", "expired", "revoked")]]
    return rx.vstack(
        rx.flex(
            rx.input(
                rx.input.slot(ui.icon("search")),
                placeholder=say("search-keys"),
                aria_label=say("search-keys"),
                type="search",
                max_length=200,
                on_change=AccountKeysState.find.debounce(250),
                flex="1 1 12rem",
            ),
            ui.select_box(
                say("status"),
                statuses,
                name="key-status",
                value=AccountKeysState.status,
                on_change=AccountKeysState.filter,
            ),
            gap="var(--space-3)",
            wrap="wrap",
            width="100%",
        ),
        rx.cond(
            ui.has_items(AccountKeysState.rows),
            table,
            rx.text(say("no-such-keys"), size="2", color=tokens.TEXT_MUTED, role="status"),
        ),
        spacing="3",
        width="100%",
    )


def _key(row: rx.vars.ObjectVar[KeyRow]) -> rx.Component:
    status = rx.match(
        row.status,
        ("valid", ui.badge(say("valid"), tone="success")),
        ("expired", ui.badge(say("expired"), tone="warning")),
        ui.badge(say("revoked"), tone="danger"),
    )
    revoke = ui.button(say("revoke"), kind="secondary", size="1", on_click=AccountKeysState.ask_to_revoke(row.id))
    return rx.table.row(
        rx.table.row_header_cell(rx.text(row.description, size="2", overflow_wrap="anywhere")),
        rx.table.cell(status),
        ui.wide_cell(rx.text(row.last_four, font_family=tokens.CODE_FONT, size="1", white_space="nowrap")),
        ui.wide_cell(rx.text(row.expires, size="2", white_space="nowrap")),
        ui.wide_cell(rx.text(row.created, size="2", white_space="nowrap")),
        rx.table.cell(rx.cond(row.status == "valid", revoke), text_align="end"),
        key=row.id,
        align="center",
    )


def _create_dialog() -> rx.Component:
    lifetimes = [
        (value, say("lifetime-never") if days is None else say("lifetime-days", days=days))
        for value, days in LIFETIMES.items()
    ]
    return ui.form_dialog(
        say("create-key"),
        ui.text_field(
            say("key-purpose"),
            name="description",
            auto_complete="off",
            error=AccountKeysState.description_error,
        ),
        ui.select_field(say("expires-after"), lifetimes, name="lifetime", default_value="30"),
        submit_label=say("create-key"),
        is_open=AccountKeysState.is_creating,
        pending=AccountKeysState.is_saving,
        on_submit=AccountKeysState.create,
        on_open_change=AccountKeysState.open_form,
    )


def _shown_key() -> rx.Component:
    """Return the dialog of a new key, which nobody closes by accident."""
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.vstack(
                rx.alert_dialog.title(say("new-key"), margin_bottom="0"),
                rx.alert_dialog.description(say("copy-key-now"), size="2", color=tokens.TEXT_MUTED),
                ui.copy_value(AccountKeysState.shown_key, label=say("the-key")),
                ui.checkbox(
                    say("stored-it"),
                    name="stored-it",
                    checked=AccountKeysState.is_stored,
                    on_change=AccountKeysState.confirm_stored,
                ),
                ui.button(
                    say("close"), disabled=ui.none_of(AccountKeysState.is_stored), on_click=AccountKeysState.hide_key
                ),
                spacing="4",
                width="100%",
            ),
            max_width=tokens.DIALOG_WIDTH,
        ),
        open=AccountKeysState.shown_key != "",
    )


def _revoke_question() -> rx.Component:
    return ui.question(
        say("revoke-key-question", name=AccountKeysState.asked_description),
        say("revoke-key-text"),
        ui.checkbox(
            say("revoke-key-sure"),
            name="revoke-key-sure",
            checked=AccountKeysState.is_sure,
            on_change=AccountKeysState.be_sure,
            margin_top="var(--space-4)",
        ),
        confirm_label=say("revoke"),
        can_confirm=AccountKeysState.is_sure,
        is_open=AccountKeysState.asked_id != "",
        on_confirm=AccountKeysState.revoke,
        on_cancel=AccountKeysState.stop_asking,
    )
