"""Parts of the page about one user: how the user signs in and what the user may do."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.app_targets import target_fields
from components.ui import words
from state.dashboard.channel_mails import INVITATION, RESET, VERIFICATION, ChannelMailState
from state.dashboard.user_access import (
    AccountEditState,
    AccountsState,
    ChannelsState,
    UserGrantsState,
)
from state.dashboard.user_detail import SetPasswordState, UserDetailState
from state.dashboard.user_facts import AccountRow, ChannelRow, NamedRow
from state.dashboard.user_questions import UserQuestionState


def methods_section() -> rx.Component:
    """Return which ways to sign in the user has."""
    facts = UserDetailState.facts
    return ui.section(
        words("user-methods"),
        _method(
            words("user-password"),
            facts.has_password,
            ui.button(words("user-set-password"), kind="secondary", size="1", on_click=SetPasswordState.toggle(True)),
        ),
        _method(words("user-passkey"), facts.has_passkey, _removal("passkey", facts.has_passkey)),
        _method(words("user-totp"), facts.has_totp, _removal("totp", facts.has_totp)),
    )


def _method(label: str, is_on: object, action: rx.Component) -> rx.Component:
    state = rx.cond(is_on, ui.badge(words("user-method-on"), tone="success"), ui.badge(words("user-method-off")))
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
    return rx.cond(
        is_on, ui.button(words("user-remove-method"), kind="secondary", size="1", on_click=on_click), rx.fragment()
    )


def channels_section() -> rx.Component:
    """Return the user's e-mail addresses."""
    return ui.section(
        words("user-channels"),
        lists.card_table(
            (words("user-column-address"), words("user-column-state"), ""),
            UserDetailState.channels,
            _channel_row,
            caption=words("user-channels"),
            empty=words("common-none"),
        ),
        action=ui.button(words("user-add-channel"), kind="secondary", icon="plus", on_click=ChannelsState.toggle(True)),
    )


def _channel_row(row: rx.vars.ObjectVar[ChannelRow]) -> rx.Component:
    badges = rx.hstack(
        rx.cond(
            row.is_verified,
            ui.badge(words("user-channel-verified"), tone="success"),
            ui.badge(words("user-channel-not-verified")),
        ),
        rx.cond(row.is_primary, ui.badge(words("user-channel-primary"), tone="info")),
        rx.cond(row.used_for_auth, ui.badge(words("user-channel-signs-in"), tone="info")),
        wrap="wrap",
        spacing="1",
    )
    menu = lists.row_menu(
        words("common-actions-for", name=row.value),
        _switch_item(
            row.is_verified,
            words("user-mark-not-verified"),
            words("user-mark-verified"),
            ChannelsState,
            row.id,
            "is_verified",
        ),
        _switch_item(
            row.used_for_auth,
            words("user-stop-signing-in"),
            words("user-use-for-sign-in"),
            ChannelsState,
            row.id,
            "used_for_auth",
        ),
        rx.cond(
            row.is_primary,
            rx.fragment(),
            rx.menu.item(words("user-make-primary"), on_select=ChannelsState.switch(row.id, "is_primary", True)),
        ),
        rx.menu.separator(),
        rx.menu.item(words("user-mail-invitation"), on_select=ChannelMailState.ask(INVITATION, row.id)),
        rx.cond(
            row.is_verified,
            rx.fragment(),
            rx.menu.item(words("user-mail-verification"), on_select=ChannelMailState.ask(VERIFICATION, row.id)),
        ),
        rx.cond(
            ui.all_of(row.used_for_auth, UserDetailState.offers_passwords),
            rx.menu.item(words("user-mail-reset"), on_select=ChannelMailState.ask(RESET, row.id)),
        ),
        rx.menu.separator(),
        rx.menu.item(
            words("user-delete-channel"), color_scheme="red", on_select=UserQuestionState.ask("channel", row.id)
        ),
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
    add = ui.button(words("user-attach-account"), kind="secondary", icon="plus", on_click=AccountsState.toggle(True))
    return ui.section(
        words("user-accounts"),
        lists.card_table(
            (words("user-column-provider"), words("user-column-account"), words("user-column-uses"), ""),
            UserDetailState.accounts,
            _account_row,
            caption=words("user-accounts"),
            empty=words("common-none"),
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
        rx.cond(row.allows_sign_in, ui.badge(words("user-account-sign-in"), tone="success"), rx.fragment()),
        rx.cond(row.allows_connected, ui.badge(words("user-account-connected"), tone="info"), rx.fragment()),
        wrap="wrap",
        spacing="1",
    )
    menu = lists.row_menu(
        words("user-account-actions", provider=row.provider),
        rx.menu.item(words("user-edit-account"), on_select=AccountEditState.ask(row.id)),
        _switch_item(
            row.allows_sign_in,
            words("user-account-no-sign-in"),
            words("user-account-allow-sign-in"),
            AccountsState,
            row.id,
            "allow_sign_in",
        ),
        _switch_item(
            row.allows_connected,
            words("user-account-not-connected"),
            words("user-account-use-connected"),
            AccountsState,
            row.id,
            "allow_connected_accounts",
        ),
        rx.menu.separator(),
        rx.menu.item(
            words("user-detach-account"), color_scheme="red", on_select=UserQuestionState.ask("account", row.id)
        ),
    )
    return lists.table_row(
        row.id, lists.strong(row.provider), rx.table.cell(account), rx.table.cell(uses), lists.actions_cell(menu)
    )


def permissions_section() -> rx.Component:
    """Return the user's permissions in the project, with a way to grant more."""
    items = rx.fragment(rx.foreach(UserDetailState.grantable, lambda one: rx.select.item(one, value=one)))
    grant = ui.select_box(
        words("user-grant"), items, name="grant-permission", value="", on_change=UserGrantsState.grant
    )
    return ui.section(
        words("user-permissions"),
        lists.card_table(
            (words("user-column-permission"), words("user-column-permission-description"), ""),
            UserDetailState.granted,
            _grant_row,
            caption=words("user-permissions"),
            empty=words("user-no-permissions"),
        ),
        action=rx.cond(ui.has_items(UserDetailState.grantable), grant),
    )


def _grant_row(row: rx.vars.ObjectVar[NamedRow]) -> rx.Component:
    revoke = ui.button(
        words("user-revoke-permission"),
        kind="secondary",
        size="1",
        aria_label=words("user-revoke-permission-of", permission=row.id),
        on_click=UserGrantsState.revoke(row.id),
    )
    return lists.table_row(row.id, lists.code(row.id), lists.cell(row.name), lists.actions_cell(revoke))


def channel_dialog() -> rx.Component:
    """Return the dialog that adds an address."""
    return ui.form_dialog(
        words("user-channel-title"),
        ui.text_field(
            words("user-channel-address"), name="channel_value", type="email", auto_complete="off", required=True
        ),
        ui.checkbox(words("user-channel-is-verified"), name="channel_is_verified"),
        ui.checkbox(words("user-channel-for-sign-in"), name="channel_used_for_auth"),
        ui.checkbox(words("user-channel-is-primary"), name="channel_is_primary"),
        submit_label=words("user-channel-submit"),
        is_open=ChannelsState.is_open,
        error=ChannelsState.error,
        on_submit=ChannelsState.submit,
        on_open_change=ChannelsState.toggle,
    )


def channel_mail_dialog() -> rx.Component:
    """Return the dialog that asks where the link of a mail shall lead."""
    return ui.form_dialog(
        ChannelMailState.title,
        rx.text(words("user-mail-to", email=ChannelMailState.address), size="2", overflow_wrap="anywhere"),
        *target_fields(
            words("user-mail-target"),
            ChannelMailState.targets,
            chosen=ChannelMailState.target,
            on_choose=ChannelMailState.choose,
        ),
        submit_label=words("user-mail-send"),
        is_open=ChannelMailState.kind != "",
        error=ChannelMailState.error,
        on_submit=ChannelMailState.submit,
        on_open_change=ChannelMailState.ask("", ""),
    )


def account_dialog() -> rx.Component:
    """Return the dialog that attaches a provider account."""
    items = rx.fragment(rx.foreach(UserDetailState.providers, lambda one: rx.select.item(one, value=one)))
    return ui.form_dialog(
        words("user-account-title"),
        ui.select_field(
            words("user-account-provider"),
            items,
            name="account-provider",
            value=AccountsState.provider,
            on_change=AccountsState.choose,
        ),
        ui.text_field(words("user-account-id"), name="account_id", auto_complete="off", required=True),
        ui.text_field(words("user-account-email"), name="account_email", type="email", auto_complete="off"),
        ui.checkbox(words("user-account-for-sign-in"), name="account_allow_sign_in", default_checked=True),
        ui.checkbox(words("user-account-for-connected"), name="account_allow_connected_accounts"),
        submit_label=words("user-account-submit"),
        is_open=AccountsState.is_open,
        error=AccountsState.error,
        on_submit=AccountsState.submit,
        on_open_change=AccountsState.toggle,
    )


def account_edit_dialog() -> rx.Component:
    """Return the dialog that changes a provider account."""
    account = AccountEditState.account
    return ui.form_dialog(
        words("user-account-edit-title"),
        lists.fact(words("user-account-provider"), rx.text(account.provider, size="2")),
        lists.fact(words("user-account-id"), lists.code(account.account_id)),
        ui.text_field(
            words("user-account-email"),
            name="edited_email",
            type="email",
            auto_complete="off",
            default_value=account.email,
        ),
        ui.checkbox(
            words("user-account-for-sign-in"), name="edited_allow_sign_in", default_checked=account.allows_sign_in
        ),
        ui.checkbox(
            words("user-account-for-connected"),
            name="edited_allow_connected_accounts",
            default_checked=account.allows_connected,
        ),
        submit_label=words("common-save"),
        is_open=AccountEditState.is_open,
        error=AccountEditState.error,
        on_submit=AccountEditState.submit,
        on_open_change=AccountEditState.toggle,
    )


def password_dialog() -> rx.Component:
    """Return the dialog that sets or removes the password."""
    return ui.form_dialog(
        words("user-password-title"),
        ui.callout(words("user-password-text"), tone="info"),
        ui.password_field(words("user-password-new"), name="user_password", auto_complete="new-password"),
        ui.checkbox(words("user-password-remove"), name="without_password"),
        submit_label=words("common-save"),
        is_open=SetPasswordState.is_open,
        pending=SetPasswordState.is_saving,
        error=SetPasswordState.error,
        on_submit=SetPasswordState.submit,
        on_open_change=SetPasswordState.toggle,
    )
