"""Parts of the page about one user: how the user signs in and what the user may do."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from state.dashboard.user_access import AccountsState, ChannelsState, ImpersonationState, UserGrantsState
from state.dashboard.user_detail import SetPasswordState, UserDetailState
from state.dashboard.user_facts import AccountRow, ChannelRow, NamedRow
from state.dashboard.user_questions import UserQuestionState

_MINUTES: Final = (("5", "5 minutes"), ("15", "15 minutes"), ("30", "30 minutes"))


def methods_section() -> rx.Component:
    """Return which ways to sign in the user has."""
    facts = UserDetailState.facts
    return ui.section(
        "Methods",
        _method(
            "Password",
            facts.has_password,
            ui.button("Set password", kind="secondary", size="1", on_click=SetPasswordState.toggle(True)),
        ),
        _method("Passkey", facts.has_passkey, _removal("passkey", facts.has_passkey)),
        _method("Second factor", facts.has_totp, _removal("totp", facts.has_totp)),
    )


def _method(label: str, is_on: object, action: rx.Component) -> rx.Component:
    state = rx.cond(is_on, ui.badge("On", tone="success"), ui.badge("Off"))
    return rx.hstack(
        rx.text(label, size="2", weight="medium", width="8rem"),
        state,
        rx.spacer(),
        action,
        align="center",
        width="100%",
    )


def _removal(kind: str, is_on: object) -> rx.Component:
    on_click = UserQuestionState.ask(kind, UserDetailState.facts.id)
    return rx.cond(is_on, ui.button("Remove", kind="secondary", size="1", on_click=on_click), rx.fragment())


def channels_section() -> rx.Component:
    """Return the user's e-mail addresses."""
    return ui.section(
        "E-mail addresses",
        lists.card_table(
            ("Address", "State", ""), UserDetailState.channels, _channel_row, caption="E-mail addresses", empty="None."
        ),
        action=ui.button("Add address", kind="secondary", icon="plus", on_click=ChannelsState.toggle(True)),
    )


def _channel_row(row: rx.vars.ObjectVar[ChannelRow]) -> rx.Component:
    badges = rx.hstack(
        rx.cond(row.is_verified, ui.badge("Verified", tone="success"), ui.badge("Not verified")),
        rx.cond(row.is_primary, ui.badge("Primary", tone="info")),
        rx.cond(row.used_for_auth, ui.badge("Signs in", tone="info")),
        wrap="wrap",
        spacing="1",
    )
    menu = lists.row_menu(
        ui.text_of("Actions for ", row.value),
        _switch_item(row.is_verified, "Mark as not verified", "Mark as verified", ChannelsState, row.id, "is_verified"),
        _switch_item(
            row.used_for_auth, "Do not use for sign-in", "Use for sign-in", ChannelsState, row.id, "used_for_auth"
        ),
        rx.cond(
            row.is_primary,
            rx.fragment(),
            rx.menu.item("Make primary", on_select=ChannelsState.switch(row.id, "is_primary", True)),
        ),
        rx.menu.separator(),
        rx.menu.item("Delete …", color_scheme="red", on_select=UserQuestionState.ask("channel", row.id)),
    )
    return lists.table_row(row.id, lists.strong(row.value), rx.table.cell(badges), lists.actions_cell(menu))


def _switch_item(
    is_on: object, off_label: str, on_label: str, state: type[ChannelsState | AccountsState], row_id: object, name: str
) -> rx.Component:
    return rx.cond(
        is_on,
        rx.menu.item(off_label, on_select=state.switch(row_id, name, False)),
        rx.menu.item(on_label, on_select=state.switch(row_id, name, True)),
    )


def accounts_section() -> rx.Component:
    """Return the user's accounts at OAuth providers."""
    add = ui.button("Attach account", kind="secondary", icon="plus", on_click=AccountsState.toggle(True))
    return ui.section(
        "Provider accounts",
        lists.card_table(
            ("Provider", "Account", "May be used for", ""),
            UserDetailState.accounts,
            _account_row,
            caption="Provider accounts",
            empty="None.",
        ),
        action=rx.cond(ui.has_items(UserDetailState.providers), add),
    )


def _account_row(row: rx.vars.ObjectVar[AccountRow]) -> rx.Component:
    account = rx.vstack(
        rx.cond(row.email, rx.text(row.email, size="2", overflow_wrap="anywhere"), rx.fragment()),
        lists.code(row.account_id),
        spacing="0",
    )
    uses = rx.hstack(
        rx.cond(row.allows_sign_in, ui.badge("Sign-in", tone="success"), rx.fragment()),
        rx.cond(row.allows_connected, ui.badge("Connected account", tone="info"), rx.fragment()),
        wrap="wrap",
        spacing="1",
    )
    menu = lists.row_menu(
        ui.text_of("Actions for ", row.provider, " account"),
        _switch_item(
            row.allows_sign_in, "Do not allow sign-in", "Allow sign-in", AccountsState, row.id, "allow_sign_in"
        ),
        _switch_item(
            row.allows_connected,
            "Do not use as connected account",
            "Use as connected account",
            AccountsState,
            row.id,
            "allow_connected_accounts",
        ),
        rx.menu.separator(),
        rx.menu.item("Detach …", color_scheme="red", on_select=UserQuestionState.ask("account", row.id)),
    )
    return lists.table_row(
        row.id, lists.strong(row.provider), rx.table.cell(account), rx.table.cell(uses), lists.actions_cell(menu)
    )


def permissions_section() -> rx.Component:
    """Return the user's permissions in the project, with a way to grant more."""
    items = rx.fragment(rx.foreach(UserDetailState.grantable, lambda one: rx.select.item(one, value=one)))
    grant = ui.select_box(
        "Grant a permission", items, name="grant-permission", value="", on_change=UserGrantsState.grant
    )
    return ui.section(
        "Project permissions",
        lists.card_table(
            ("Permission", "Description", ""),
            UserDetailState.granted,
            _grant_row,
            caption="Project permissions",
            empty="None granted directly.",
        ),
        action=rx.cond(ui.has_items(UserDetailState.grantable), grant),
    )


def _grant_row(row: rx.vars.ObjectVar[NamedRow]) -> rx.Component:
    revoke = ui.button(
        "Revoke",
        kind="secondary",
        size="1",
        aria_label=ui.text_of("Revoke ", row.id),
        on_click=UserGrantsState.revoke(row.id),
    )
    return lists.table_row(row.id, lists.code(row.id), lists.cell(row.name), lists.actions_cell(revoke))


def channel_dialog() -> rx.Component:
    """Return the dialog that adds an address."""
    return ui.form_dialog(
        "Add an e-mail address",
        ui.text_field("Address", name="channel_value", type="email", auto_complete="off", required=True),
        ui.checkbox("Verified", name="channel_is_verified"),
        ui.checkbox("May be used for sign-in", name="channel_used_for_auth"),
        ui.checkbox("Primary address", name="channel_is_primary"),
        submit_label="Add address",
        is_open=ChannelsState.is_open,
        error=ChannelsState.error,
        on_submit=ChannelsState.submit,
        on_open_change=ChannelsState.toggle,
    )


def account_dialog() -> rx.Component:
    """Return the dialog that attaches a provider account."""
    items = rx.fragment(rx.foreach(UserDetailState.providers, lambda one: rx.select.item(one, value=one)))
    return ui.form_dialog(
        "Attach a provider account",
        ui.select_field(
            "Provider", items, name="account-provider", value=AccountsState.provider, on_change=AccountsState.choose
        ),
        ui.text_field("Id of the account at the provider", name="account_id", auto_complete="off", required=True),
        ui.text_field("E-mail", name="account_email", type="email", auto_complete="off"),
        ui.checkbox("May be used for sign-in", name="account_allow_sign_in", default_checked=True),
        ui.checkbox("May be used as connected account", name="account_allow_connected_accounts"),
        submit_label="Attach account",
        is_open=AccountsState.is_open,
        error=AccountsState.error,
        on_submit=AccountsState.submit,
        on_open_change=AccountsState.toggle,
    )


def password_dialog() -> rx.Component:
    """Return the dialog that sets or removes the password."""
    return ui.form_dialog(
        "Set a password",
        ui.callout("The user is signed out everywhere.", tone="info"),
        ui.password_field("New password", name="user_password", auto_complete="new-password"),
        ui.checkbox("Remove the password instead", name="without_password"),
        submit_label="Save",
        is_open=SetPasswordState.is_open,
        pending=SetPasswordState.is_saving,
        error=SetPasswordState.error,
        on_submit=SetPasswordState.submit,
        on_open_change=SetPasswordState.toggle,
    )


def impersonation_dialog() -> rx.Component:
    """Return the dialog that asks why and how long, then shows the code to paste."""
    return rx.cond(ImpersonationState.snippet, _snippet_dialog(), _reason_dialog())


def _reason_dialog() -> rx.Component:
    return ui.form_dialog(
        "Impersonate this user",
        ui.text_area(
            "Reason", name="impersonation_reason", hint="It stays in the audit log with your name.", required=True
        ),
        ui.select_field("For how long", _MINUTES, name="impersonation_minutes", default_value="15"),
        submit_label="Start",
        is_open=ImpersonationState.is_open,
        error=ImpersonationState.error,
        on_submit=ImpersonationState.submit,
        on_open_change=ImpersonationState.toggle,
    )


def _snippet_dialog() -> rx.Component:
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title("Paste this into your application"),
            rx.dialog.description(
                "Open your application, open the console of the browser, and paste this code. "
                "Whoever has it is this user until the time is over; it is shown only now.",
                size="2",
                margin_bottom="var(--space-3)",
            ),
            ui.code_snippet(ImpersonationState.snippet, label="console code"),
            rx.hstack(rx.dialog.close(ui.button("Done", kind="secondary")), justify="end", margin_top="var(--space-4)"),
            max_width="36rem",
        ),
        open=ImpersonationState.is_open,
        on_open_change=ImpersonationState.toggle,
    )
