"""How people sign in and sign up."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import Address, project_page
from components.dashboard.switches import pushed_notice, switch
from components.ui import tokens, words, words_around
from state.dashboard import paths
from state.dashboard.auth_methods import STRATEGIES, AuthMethodsState, ProviderDialogState, ProviderRow
from state.dashboard.shell import ShellState


def page() -> rx.Component:
    """Return the ways to sign in, the providers and the rules of sign-up."""
    return project_page(
        lists.loaded(
            rx.vstack(
                pushed_notice(AuthMethodsState),
                _methods(),
                _providers(),
                _sign_up(),
                _deletion(),
                spacing="5",
                width="100%",
            ),
            error=AuthMethodsState.error,
            is_loading=AuthMethodsState.is_loading,
            on_retry=AuthMethodsState.load,
            skeleton=lists.cards_skeleton(words("auth-methods-title")),
        ),
        _provider_dialog(),
        _remove_question(),
        here="auth-methods",
        title=words("auth-methods-title"),
        text=words("auth-methods-text"),
        action=ui.link_button(
            words("auth-methods-open-page"), AuthMethodsState.sign_in_url, kind="secondary", opens_new_tab=True
        ),
    )


def _switch(name: str, label: str, text: str) -> rx.Component:
    is_on = AuthMethodsState.switches[name]
    return switch(AuthMethodsState, name, label, text, is_on=is_on, element=f"auth-{name}")


def _methods() -> rx.Component:
    return ui.section(
        words("auth-methods-methods"),
        _switch("password", words("auth-methods-password"), words("auth-methods-password-text")),
        _switch("otp", words("auth-methods-otp"), words("auth-methods-otp-text")),
        _switch("passkey", words("auth-methods-passkey"), words("auth-methods-passkey-text")),
        text=words("common-applies-at-once"),
    )


def _providers() -> rx.Component:
    items = rx.fragment(rx.foreach(AuthMethodsState.addable, lambda one: rx.select.item(one[1], value=one[0])))
    add = ui.select_box(
        words("auth-methods-add-provider"),
        items,
        name="add-provider",
        value="",
        on_change=ProviderDialogState.open_for,
    )
    return ui.section(
        words("auth-methods-providers"),
        lists.card_table(
            (
                words("auth-methods-column-provider"),
                words("auth-methods-column-keys"),
                words("auth-methods-column-uses"),
                "",
            ),
            AuthMethodsState.rows,
            _provider_row,
            caption=words("auth-methods-providers"),
            empty=words("auth-methods-no-providers"),
        ),
        action=add,
    )


def _provider_row(row: rx.vars.ObjectVar[ProviderRow]) -> rx.Component:
    keys = rx.cond(
        row.is_shared,
        ui.badge(words("auth-methods-keys-shared"), tone="warning"),
        ui.badge(words("auth-methods-keys-own"), tone="success"),
    )
    uses = rx.hstack(
        rx.cond(row.allows_sign_in, ui.badge(words("auth-methods-for-sign-in"), tone="success"), rx.fragment()),
        rx.cond(row.allows_connected, ui.badge(words("auth-methods-for-connected"), tone="info"), rx.fragment()),
        wrap="wrap",
        spacing="1",
    )
    menu = lists.row_menu(
        words("common-actions-for", name=row.name),
        rx.menu.item(
            ui.icon("settings_2"), words("auth-methods-configure"), on_select=ProviderDialogState.open_for(row.id)
        ),
        rx.menu.separator(),
        rx.menu.item(
            ui.icon("trash_2"),
            words("auth-methods-remove"),
            color_scheme="red",
            on_select=AuthMethodsState.ask_to_remove(row.id),
        ),
    )
    return lists.table_row(
        row.id, lists.strong(row.name), rx.table.cell(keys), rx.table.cell(uses), lists.actions_cell(menu)
    )


def _sign_up() -> rx.Component:
    return ui.section(
        words("auth-methods-sign-up"),
        _switch("sign_up", words("auth-methods-sign-up-switch"), words("auth-methods-sign-up-text")),
        ui.select_field(
            words("auth-methods-strategy"),
            list(STRATEGIES.items()),
            name="merge-strategy",
            value=AuthMethodsState.strategy,
            on_change=AuthMethodsState.choose_strategy,
        ),
        rx.text(
            words_around("auth-methods-see-rules", page=_link(words("auth-methods-rules"), paths.sign_up_rules)),
            " ",
            words_around("auth-methods-see-limits", page=_link(words("auth-methods-limits"), paths.settings)),
            size="2",
            color=tokens.TEXT_MUTED,
        ),
    )


def _link(label: str, address: Address) -> rx.Component:
    return rx.link(label, href=address(ShellState.project.id), underline="always")


def _deletion() -> rx.Component:
    return ui.section(
        words("auth-methods-deletion"),
        _switch("self_deletion", words("auth-methods-deletion-switch"), words("auth-methods-deletion-text")),
    )


def _provider_dialog() -> rx.Component:
    own = rx.vstack(
        ui.text_field(
            words("auth-methods-client-id"),
            name="provider_client_id",
            default_value=ProviderDialogState.client_id,
            auto_complete="off",
        ),
        ui.password_field(
            words("auth-methods-client-secret"),
            name="provider_client_secret",
            auto_complete="new-password",
            placeholder=rx.cond(ProviderDialogState.has_secret, words("auth-methods-secret-stored"), ""),
        ),
        rx.cond(
            ProviderDialogState.extra_label,
            ui.text_field(
                ProviderDialogState.extra_label,
                name="provider_extra",
                default_value=ProviderDialogState.extra_value,
                auto_complete="off",
            ),
        ),
        spacing="4",
        width="100%",
    )
    shared = ui.switch_row(
        words("auth-methods-shared"),
        words("auth-methods-shared-text"),
        name="provider-shared",
        checked=ProviderDialogState.is_shared,
        on_change=ProviderDialogState.share,
    )
    return ui.form_dialog(
        words("auth-methods-sign-in-with", provider=ProviderDialogState.name),
        lists.fact(
            words("auth-methods-callback"),
            ui.copy_value(ProviderDialogState.callback_url, label=words("auth-methods-copied-callback")),
        ),
        rx.cond(ProviderDialogState.can_be_shared, shared),
        rx.cond(ProviderDialogState.is_shared, rx.fragment(), own),
        ui.checkbox(
            words("auth-methods-use-for-sign-in"),
            name="provider_sign_in",
            default_checked=ProviderDialogState.allows_sign_in,
        ),
        ui.checkbox(
            words("auth-methods-use-for-connected"),
            name="provider_connected",
            default_checked=ProviderDialogState.allows_connected,
        ),
        submit_label=words("common-save"),
        is_open=ProviderDialogState.is_open,
        error=ProviderDialogState.error,
        on_submit=ProviderDialogState.submit,
        on_open_change=ProviderDialogState.toggle,
    )


def _remove_question() -> rx.Component:
    return ui.question(
        words("auth-methods-removal"),
        words("auth-methods-removal-text"),
        confirm_label=words("auth-methods-removal-confirm"),
        is_open=AuthMethodsState.removing_id != "",
        on_confirm=AuthMethodsState.remove,
        on_cancel=AuthMethodsState.stop_asking,
    )
