"""The key sets of a project."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard.reveal import revealed_keys
from components.dashboard.shell import project_page
from components.ui import tokens
from state.dashboard.keys import LIFETIMES, CreateKeysState, KeySetRow, KeysState
from state.dashboard.reveal import RevealState

_COLUMNS: Final = ("Description", "Status", "Client key", "Server key", "Admin key", "Expires", "Created", "")
_ONLY_WIDE: Final = ("Client key", "Server key", "Admin key", "Created")


def page() -> rx.Component:
    """Return the table of key sets with its dialogs."""
    return project_page(
        rx.cond(ui.has_items(RevealState.keys), _fresh()),
        rx.cond(
            KeysState.error,
            ui.error_state(KeysState.error, on_retry=KeysState.load),
            rx.cond(
                KeysState.is_loading,
                ui.table_skeleton(_COLUMNS, caption="Project keys, loading"),
                rx.cond(ui.has_items(KeysState.rows), _table(), _empty()),
            ),
        ),
        ui.section(
            "Requirements",
            ui.switch_row(
                "Require publishable client keys",
                "Refuse applications that do not name a publishable client key. Applies at once.",
                name="require-client-key",
                checked=KeysState.requires_client_key,
                on_change=KeysState.require_client_key,
            ),
        ),
        _create_dialog(),
        _revoke_question(),
        here="keys",
        title="Project keys",
        text="What your applications prove with which project they belong to.",
        action=ui.button("Create keys", icon="plus", on_click=CreateKeysState.toggle(True)),
    )


def _fresh() -> rx.Component:
    return ui.section(
        "New keys",
        revealed_keys(),
        rx.hstack(ui.button("I have copied them", kind="secondary", on_click=RevealState.close), justify="end"),
    )


def _table() -> rx.Component:
    return ui.card(
        ui.data_table(_COLUMNS, rx.foreach(KeysState.rows, _row), caption="Project keys", only_wide=_ONLY_WIDE),
        padding="var(--space-2) var(--space-3)",
    )


def _row(row: rx.vars.ObjectVar[KeySetRow]) -> rx.Component:
    status = rx.match(
        row.status,
        ("valid", ui.badge("Valid", tone="success")),
        ("expired", ui.badge("Expired", tone="warning")),
        ui.badge("Revoked", tone="danger"),
    )
    revoke = ui.button("Revoke", kind="secondary", size="1", on_click=KeysState.ask_to_revoke(row.id))
    return rx.table.row(
        rx.table.row_header_cell(rx.text(row.description, size="2", weight="medium", overflow_wrap="anywhere")),
        rx.table.cell(status),
        ui.wide_cell(_tail(row.client)),
        ui.wide_cell(_tail(row.server)),
        ui.wide_cell(_tail(row.admin)),
        rx.table.cell(rx.text(row.expires, size="2", white_space="nowrap")),
        ui.wide_cell(rx.text(row.created, size="2", white_space="nowrap")),
        rx.table.cell(rx.cond(row.status == "valid", revoke), text_align="right"),
        key=row.id,
        align="center",
    )


def _tail(text: str | rx.Var[str]) -> rx.Component:
    return rx.text(rx.cond(text, text, "–"), font_family=tokens.CODE_FONT, size="1", white_space="nowrap")


def _empty() -> rx.Component:
    return ui.table_empty(
        ui.empty_state(
            "No keys yet",
            "Create a set of keys for each place where your application runs.",
            icon="key_round",
            action=ui.button("Create keys", on_click=CreateKeysState.toggle(True)),
        )
    )


def _create_dialog() -> rx.Component:
    return ui.form_dialog(
        "Create keys",
        ui.text_field(
            "Description", name="description", hint="For example: production server", auto_complete="off", required=True
        ),
        ui.select_field(
            "Expires after",
            [(value, label) for value, (label, _) in LIFETIMES.items()],
            name="lifetime",
            default_value="never",
        ),
        rx.el.fieldset(
            rx.el.legend("Keys", font_size="var(--font-size-2)", font_weight="500"),
            rx.vstack(
                ui.checkbox("Publishable client key", name="client", default_checked=True),
                ui.checkbox("Secret server key", name="server", default_checked=True),
                ui.checkbox("Super secret admin key", name="admin"),
                spacing="2",
                margin_top="var(--space-2)",
            ),
            border="0",
            padding="0",
            margin="0",
        ),
        submit_label="Create keys",
        is_open=CreateKeysState.is_open,
        pending=CreateKeysState.is_saving,
        error=CreateKeysState.error,
        on_submit=CreateKeysState.submit,
        on_open_change=CreateKeysState.toggle,
    )


def _revoke_question() -> rx.Component:
    return ui.question(
        "Revoke these keys?",
        ui.text_of("Applications that use “", KeysState.revoking_name, "” stop working at once. This is final."),
        confirm_label="Revoke",
        is_open=KeysState.revoking_id != "",
        on_confirm=KeysState.revoke,
        on_cancel=KeysState.stop_asking,
    )
