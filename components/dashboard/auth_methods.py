"""How people sign in and sign up."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.ui import tokens
from state.dashboard import paths
from state.dashboard.auth_methods import STRATEGIES, AuthMethodsState, ProviderDialogState, ProviderRow
from state.dashboard.shell import ShellState


def page() -> rx.Component:
    """Return the ways to sign in, the providers and the rules of sign-up."""
    return project_page(
        lists.loaded(
            rx.vstack(_pushed(), _methods(), _providers(), _sign_up(), _deletion(), spacing="5", width="100%"),
            error=AuthMethodsState.error,
            is_loading=AuthMethodsState.is_loading,
            on_retry=AuthMethodsState.load,
            skeleton=lists.cards_skeleton("Auth methods"),
        ),
        _provider_dialog(),
        _remove_question(),
        here="auth-methods",
        title="Auth methods",
        text="How people sign in to your application.",
        action=ui.link_button(
            "Open the sign-in page", AuthMethodsState.sign_in_url, kind="secondary", opens_new_tab=True
        ),
    )


def _pushed() -> rx.Component:
    text = "These settings come from a pushed configuration. Change them where it is kept."
    return rx.cond(AuthMethodsState.is_pushed, ui.callout(text, tone="warning"))


def _switch(name: str, label: str, text: str) -> rx.Component:
    return ui.switch_row(
        label,
        text,
        name=f"auth-{name}",
        checked=AuthMethodsState.switches[name],
        disabled=AuthMethodsState.is_pushed,
        on_change=lambda is_on: AuthMethodsState.switch(name, is_on),
    )


def _methods() -> rx.Component:
    return ui.section(
        "Methods",
        _switch("password", "E-mail and password", "People choose a password when they sign up."),
        _switch("otp", "Code or link by e-mail", "People get a code and a link each time they sign in."),
        _switch("passkey", "Passkey", "People sign in with their device, a security key or a password manager."),
        text="Changes apply at once.",
    )


def _providers() -> rx.Component:
    items = rx.fragment(rx.foreach(AuthMethodsState.addable, lambda one: rx.select.item(one[1], value=one[0])))
    add = ui.select_box(
        "Add a provider",
        items,
        name="add-provider",
        value="",
        disabled=AuthMethodsState.is_pushed,
        on_change=ProviderDialogState.open_for,
    )
    return ui.section(
        "OAuth providers",
        lists.card_table(
            ("Provider", "Keys", "May be used for", ""),
            AuthMethodsState.rows,
            _provider_row,
            caption="OAuth providers",
            empty="None yet. Add one to let people sign in with an account they have.",
        ),
        action=add,
    )


def _provider_row(row: rx.vars.ObjectVar[ProviderRow]) -> rx.Component:
    keys = rx.cond(row.is_shared, ui.badge("Shared, for development", tone="warning"), ui.badge("Own", tone="success"))
    uses = rx.hstack(
        rx.cond(row.allows_sign_in, ui.badge("Sign-in", tone="success"), rx.fragment()),
        rx.cond(row.allows_connected, ui.badge("Connected accounts", tone="info"), rx.fragment()),
        wrap="wrap",
        spacing="1",
    )
    menu = lists.row_menu(
        ui.text_of("Actions for ", row.name),
        rx.menu.item(ui.icon("settings_2"), "Configure", on_select=ProviderDialogState.open_for(row.id)),
        rx.menu.separator(),
        rx.menu.item(
            ui.icon("trash_2"), "Remove …", color_scheme="red", on_select=AuthMethodsState.ask_to_remove(row.id)
        ),
    )
    return lists.table_row(
        row.id, lists.strong(row.name), rx.table.cell(keys), rx.table.cell(uses), lists.actions_cell(menu)
    )


def _sign_up() -> rx.Component:
    return ui.section(
        "Sign-up",
        _switch("sign_up", "New users may sign up", "When off, only you and your servers create users."),
        ui.select_field(
            "When somebody comes with a known address but another way to sign in",
            list(STRATEGIES.items()),
            name="merge-strategy",
            value=AuthMethodsState.strategy,
            disabled=AuthMethodsState.is_pushed,
            on_change=AuthMethodsState.choose_strategy,
        ),
        rx.text(
            "Who may sign up in detail: ",
            rx.link("sign-up rules", href=paths.sign_up_rules(ShellState.project.id), underline="always"),
            ". What protects accounts from guessing: ",
            rx.link("limits", href=paths.settings(ShellState.project.id), underline="always"),
            ".",
            size="2",
            color=tokens.TEXT_MUTED,
        ),
    )


def _deletion() -> rx.Component:
    return ui.section(
        "Deletion", _switch("self_deletion", "Users may delete their own account", "From your application.")
    )


def _provider_dialog() -> rx.Component:
    own = rx.vstack(
        ui.text_field(
            "Client id", name="provider_client_id", default_value=ProviderDialogState.client_id, auto_complete="off"
        ),
        ui.password_field(
            "Client secret",
            name="provider_client_secret",
            auto_complete="new-password",
            placeholder=rx.cond(ProviderDialogState.has_secret, "Stored. Leave empty to keep it.", ""),
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
        "Shared keys",
        "For trying things out only: people see another application's name, and production mode is refused.",
        name="provider-shared",
        checked=ProviderDialogState.is_shared,
        on_change=ProviderDialogState.share,
    )
    return ui.form_dialog(
        ui.text_of("Sign in with ", ProviderDialogState.name),
        lists.fact(
            "Callback URL to enter there", ui.copy_value(ProviderDialogState.callback_url, label="callback URL")
        ),
        rx.cond(ProviderDialogState.can_be_shared, shared),
        rx.cond(ProviderDialogState.is_shared, rx.fragment(), own),
        ui.checkbox("Use for sign-in", name="provider_sign_in", default_checked=ProviderDialogState.allows_sign_in),
        ui.checkbox(
            "Use for connected accounts",
            name="provider_connected",
            default_checked=ProviderDialogState.allows_connected,
        ),
        submit_label="Save",
        is_open=ProviderDialogState.is_open,
        error=ProviderDialogState.error,
        on_submit=ProviderDialogState.submit,
        on_open_change=ProviderDialogState.toggle,
    )


def _remove_question() -> rx.Component:
    return ui.question(
        "Remove this provider?",
        "People can no longer sign in with it, and its keys are forgotten. Their accounts stay.",
        confirm_label="Remove provider",
        is_open=AuthMethodsState.removing_id != "",
        on_confirm=AuthMethodsState.remove,
        on_cancel=AuthMethodsState.stop_asking,
    )
