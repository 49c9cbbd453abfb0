"""The key sets of a project."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.reveal import revealed_keys
from components.dashboard.saving import staged_bar, staged_switch
from components.dashboard.shell import project_page
from components.ui import tokens, words
from state.dashboard.key_changes import OVERLAPS, RenameKeysState, RotateKeysState
from state.dashboard.key_requirement import KeyRequirementState
from state.dashboard.keys import LIFETIMES, STATUSES, CreateKeysState, KeySetRow, KeysState
from state.dashboard.reveal import RevealState

_COLUMNS: Final = (
    words("keys-column-description"),
    words("keys-column-status"),
    words("keys-column-client"),
    words("keys-column-server"),
    words("keys-column-admin"),
    words("keys-column-used"),
    words("keys-column-expires"),
    words("keys-column-created"),
    "",
)
_ONLY_WIDE: Final = (*_COLUMNS[2:6], _COLUMNS[7])


def page() -> rx.Component:
    """Return the table of key sets with its dialogs."""
    table = lists.page_table(
        _COLUMNS, KeysState.rows, _row, caption=words("keys-title"), empty=_nothing(), only_wide=_ONLY_WIDE
    )
    return project_page(
        lists.loaded(
            rx.cond(KeysState.has_any, rx.vstack(_bar(), table, spacing="4", width="100%"), ui.table_empty(_empty())),
            error=KeysState.error,
            is_loading=KeysState.is_loading,
            on_retry=KeysState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption=words("keys-loading")),
        ),
        ui.section(
            words("keys-requirements"),
            staged_switch(
                KeyRequirementState,
                "client_key",
                words("keys-require-client"),
                words("keys-require-client-text"),
                element="require-client-key",
            ),
        ),
        _create_dialog(),
        _rename_dialog(),
        _rotate_dialog(),
        _revoke_question(),
        _fresh(),
        staged_bar(KeyRequirementState),
        here="keys",
        title=words("keys-title"),
        text=words("keys-text"),
        action=ui.button(words("keys-create"), icon="plus", on_click=CreateKeysState.toggle(True)),
    )


def _bar() -> rx.Component:
    search = lists.search(
        words("keys-search"),
        words("keys-search-hint"),
        opened=KeysState.opened,
        on_change=KeysState.change_search.debounce(150),
        max_length=200,
        flex="1 1 14rem",
    )
    status = ui.select_box(
        words("keys-status"),
        list(STATUSES.items()),
        name="key-status",
        value=KeysState.status,
        on_change=KeysState.choose_status,
    )
    return rx.hstack(search, rx.spacer(), status, align="center", wrap="wrap", spacing="3", width="100%")


def _nothing() -> rx.Component:
    return ui.empty_state(words("keys-none-found"), words("keys-none-found-text"), icon="search_x")


def _fresh() -> rx.Component:
    """Fresh keys: nothing but the button closes the dialog, and that only once they are stored."""
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title(words("keys-new")),
            rx.alert_dialog.description(
                words("keys-new-text"), size="2", color=tokens.TEXT_MUTED, margin_bottom="var(--space-4)"
            ),
            rx.vstack(
                revealed_keys(),
                rx.hstack(
                    ui.button(words("keys-download"), kind="secondary", icon="download", on_click=RevealState.download),
                    width="100%",
                ),
                ui.checkbox(
                    words("keys-new-stored"),
                    name="keys-stored",
                    checked=RevealState.is_stored,
                    on_change=RevealState.say_stored,
                ),
                rx.hstack(
                    ui.button(
                        words("keys-new-close"), disabled=ui.none_of(RevealState.is_stored), on_click=RevealState.close
                    ),
                    justify="end",
                    width="100%",
                ),
                spacing="4",
                width="100%",
            ),
            max_width="40rem",
            on_escape_key_down=rx.prevent_default,
        ),
        open=ui.has_items(RevealState.keys),
    )


def _row(row: rx.vars.ObjectVar[KeySetRow]) -> rx.Component:
    status = rx.match(
        row.status,
        ("valid", ui.badge(words("keys-valid"), tone="success")),
        ("expired", ui.badge(words("keys-expired"), tone="warning")),
        ui.badge(words("keys-revoked"), tone="danger"),
    )
    works = row.status == "valid"
    menu = lists.row_menu(
        words("common-actions-for", name=row.description),
        rx.menu.item(ui.icon("pencil"), words("keys-rename"), on_select=RenameKeysState.open_for(row.id)),
        rx.cond(
            works,
            rx.menu.item(ui.icon("refresh_cw"), words("keys-rotate"), on_select=RotateKeysState.open_for(row.id)),
            rx.fragment(),
        ),
        rx.cond(works, rx.menu.separator(), rx.fragment()),
        rx.cond(
            works,
            rx.menu.item(
                ui.icon("trash_2"), words("keys-revoke"), color_scheme="red", on_select=KeysState.ask_to_revoke(row.id)
            ),
            rx.fragment(),
        ),
    )
    return lists.table_row(
        row.id,
        lists.strong(row.description),
        rx.table.cell(status),
        ui.wide_cell(_tail(row.client)),
        ui.wide_cell(_tail(row.server)),
        ui.wide_cell(_tail(row.admin)),
        ui.wide_cell(rx.text(row.used, size="2", white_space="nowrap")),
        lists.cell(row.expires, white_space="nowrap"),
        ui.wide_cell(rx.text(row.created, size="2", white_space="nowrap")),
        lists.actions_cell(menu),
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


def _rename_dialog() -> rx.Component:
    return ui.form_dialog(
        words("keys-rename-title"),
        ui.text_field(
            words("keys-description"),
            name="key_description",
            default_value=RenameKeysState.name,
            auto_complete="off",
            required=True,
        ),
        submit_label=words("common-save"),
        is_open=RenameKeysState.is_open,
        error=RenameKeysState.error,
        on_submit=RenameKeysState.submit,
        on_open_change=RenameKeysState.toggle,
    )


def _rotate_dialog() -> rx.Component:
    return ui.form_dialog(
        words("keys-rotate-title"),
        rx.text(words("keys-rotate-text", keys=RotateKeysState.name), size="2"),
        ui.select_field(
            words("keys-overlap"),
            [(value, label) for value, (label, _) in OVERLAPS.items()],
            name="overlap",
            default_value="7",
        ),
        submit_label=words("keys-rotate-confirm"),
        is_open=RotateKeysState.is_open,
        pending=RotateKeysState.is_saving,
        error=RotateKeysState.error,
        on_submit=RotateKeysState.submit,
        on_open_change=RotateKeysState.toggle,
    )


def _revoke_question() -> rx.Component:
    box, is_ticked = ui.tick_box("key-revocation-tick", words("keys-revocation-tick"))
    return ui.question(
        words("keys-revocation"),
        words("keys-revocation-text", keys=KeysState.revoking_name),
        box,
        confirm_label=words("keys-revocation-confirm"),
        is_open=KeysState.revoking_id != "",
        on_confirm=KeysState.revoke,
        on_cancel=KeysState.stop_asking,
        can_confirm=is_ticked,
    )
