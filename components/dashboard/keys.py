"""The key sets of a project."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.reveal import revealed_keys
from components.dashboard.shell import project_page
from components.ui import tokens, words
from state.dashboard.keys import LIFETIMES, CreateKeysState, KeySetRow, KeysState
from state.dashboard.reveal import RevealState

_COLUMNS: Final = (
    words("keys-column-description"),
    words("keys-column-status"),
    words("keys-column-client"),
    words("keys-column-server"),
    words("keys-column-admin"),
    words("keys-column-expires"),
    words("keys-column-created"),
    "",
)
_ONLY_WIDE: Final = (*_COLUMNS[2:5], _COLUMNS[6])


def page() -> rx.Component:
    """Return the table of key sets with its dialogs."""
    table = lists.page_table(
        _COLUMNS, KeysState.rows, _row, caption=words("keys-title"), empty=_empty(), only_wide=_ONLY_WIDE
    )
    return project_page(
        rx.cond(ui.has_items(RevealState.keys), _fresh()),
        lists.loaded(
            table,
            error=KeysState.error,
            is_loading=KeysState.is_loading,
            on_retry=KeysState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption=words("keys-loading")),
        ),
        ui.section(
            words("keys-requirements"),
            ui.switch_row(
                words("keys-require-client"),
                words("keys-require-client-text"),
                name="require-client-key",
                checked=KeysState.requires_client_key,
                on_change=KeysState.require_client_key,
            ),
        ),
        _create_dialog(),
        _revoke_question(),
        here="keys",
        title=words("keys-title"),
        text=words("keys-text"),
        action=ui.button(words("keys-create"), icon="plus", on_click=CreateKeysState.toggle(True)),
    )


def _fresh() -> rx.Component:
    return ui.section(
        words("keys-new"),
        revealed_keys(),
        rx.hstack(ui.button(words("keys-new-copied"), kind="secondary", on_click=RevealState.close), justify="end"),
    )


def _row(row: rx.vars.ObjectVar[KeySetRow]) -> rx.Component:
    status = rx.match(
        row.status,
        ("valid", ui.badge(words("keys-valid"), tone="success")),
        ("expired", ui.badge(words("keys-expired"), tone="warning")),
        ui.badge(words("keys-revoked"), tone="danger"),
    )
    revoke = ui.button(words("keys-revoke"), kind="secondary", size="1", on_click=KeysState.ask_to_revoke(row.id))
    return lists.table_row(
        row.id,
        lists.strong(row.description),
        rx.table.cell(status),
        ui.wide_cell(_tail(row.client)),
        ui.wide_cell(_tail(row.server)),
        ui.wide_cell(_tail(row.admin)),
        lists.cell(row.expires, white_space="nowrap"),
        ui.wide_cell(rx.text(row.created, size="2", white_space="nowrap")),
        lists.actions_cell(rx.cond(row.status == "valid", revoke)),
    )


def _tail(text: str | rx.Var[str]) -> rx.Component:
    return rx.text(rx.cond(text, text, "–"), font_family=tokens.CODE_FONT, size="1", white_space="nowrap")


def _empty() -> rx.Component:
    return ui.empty_state(
        words("keys-none"),
        words("keys-none-text"),
        icon="key_round",
        action=ui.button(words("keys-create"), on_click=CreateKeysState.toggle(True)),
    )


def _create_dialog() -> rx.Component:
    return ui.form_dialog(
        words("keys-create"),
        ui.text_field(
            words("keys-description"),
            name="description",
            hint=words("keys-description-hint"),
            auto_complete="off",
            required=True,
        ),
        ui.select_field(
            words("keys-lifetime"),
            [(value, label) for value, (label, _) in LIFETIMES.items()],
            name="lifetime",
            default_value="never",
        ),
        rx.el.fieldset(
            rx.el.legend(words("keys-kinds"), font_size="var(--font-size-2)", font_weight="500"),
            rx.vstack(
                ui.checkbox(words("keys-client"), name="client", default_checked=True),
                ui.checkbox(words("keys-server"), name="server", default_checked=True),
                ui.checkbox(words("keys-admin"), name="admin"),
                spacing="2",
                margin_top="var(--space-2)",
            ),
            border="0",
            padding="0",
            margin="0",
        ),
        submit_label=words("keys-create"),
        is_open=CreateKeysState.is_open,
        pending=CreateKeysState.is_saving,
        error=CreateKeysState.error,
        on_submit=CreateKeysState.submit,
        on_open_change=CreateKeysState.toggle,
    )


def _revoke_question() -> rx.Component:
    return ui.question(
        words("keys-revocation"),
        words("keys-revocation-text", keys=KeysState.revoking_name),
        confirm_label=words("keys-revocation-confirm"),
        is_open=KeysState.revoking_id != "",
        on_confirm=KeysState.revoke,
        on_cancel=KeysState.stop_asking,
    )
