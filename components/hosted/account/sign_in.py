"""The tab of e-mail addresses and everything one signs in with."""

import reflex as rx

from components import ui
from components.hosted.marks import BRANDS, brand_mark
from components.hosted.second_factor import recovery_code_field
from components.ui import say, tokens
from hexclave_app.pages import routes
from hexclave_app.security.passwords import MIN_LENGTH
from state.hosted.account import factors
from state.hosted.account.factors import Account, Connectable, FactorsState, PasskeyState, PasswordState, TotpState
from state.hosted.account.mailboxes import Mailbox, MailboxesState


def auth_tab() -> rx.Component:
    """Return the tab."""
    return rx.vstack(
        _emails(),
        rx.cond(FactorsState.offers_password, _password()),
        rx.cond(FactorsState.offers_passkey, _passkey()),
        rx.cond(FactorsState.offers_code, _code()),
        _two_steps(),
        rx.cond(ui.any_of(ui.has_items(FactorsState.accounts), ui.has_items(FactorsState.connectable)), _accounts()),
        spacing="5",
        width="100%",
    )


def _emails() -> rx.Component:
    return ui.section(
        say("email-addresses"),
        rx.el.ul(rx.foreach(MailboxesState.rows, _mailbox), list_style="none", padding="0", margin="0", width="100%"),
        ui.submit_form(
            ui.text_field(
                say("add-an-address"),
                name="email",
                type="email",
                auto_complete="email",
                key=ui.text_of(ui.count_of(MailboxesState.rows)),
                error=MailboxesState.email_error,
            ),
            ui.button(say("add"), type="submit", kind="secondary", pending=MailboxesState.is_saving),
            on_submit=MailboxesState.add,
        ),
        ui.question(
            say("remove-address-question", address=MailboxesState.asked_address),
            say("remove-address-text"),
            confirm_label=say("remove"),
            is_open=MailboxesState.asked_id != "",
            on_confirm=MailboxesState.remove(MailboxesState.asked_id),
            on_cancel=MailboxesState.stop_asking,
        ),
    )


def _mailbox(row: rx.vars.ObjectVar[Mailbox]) -> rx.Component:
    return rx.el.li(
        rx.hstack(
            rx.hstack(
                rx.text(row.address, size="2", weight="medium", overflow_wrap="anywhere"),
                rx.cond(row.is_primary, ui.badge(say("primary"), tone="info")),
                rx.cond(row.is_verified, rx.fragment(), ui.badge(say("not-verified"), tone="danger")),
                rx.cond(row.is_for_sign_in, ui.badge(say("for-sign-in"))),
                wrap="wrap",
                align="center",
                spacing="2",
                min_width="0",
            ),
            rx.spacer(),
            _mailbox_menu(row),
            align="center",
            width="100%",
        ),
        padding_y="var(--space-2)",
        border_bottom=f"1px solid {tokens.BORDER}",
    )


def _mailbox_menu(row: rx.vars.ObjectVar[Mailbox]) -> rx.Component:
    return rx.menu.root(
        rx.menu.trigger(
            rx.icon_button(
                ui.icon("ellipsis"),
                aria_label=say("actions-for", address=row.address),
                variant="ghost",
                color_scheme="gray",
                type="button",
            )
        ),
        rx.menu.content(
            rx.cond(
                row.is_verified,
                rx.fragment(),
                rx.menu.item(say("send-verification-link"), on_select=MailboxesState.send_link(row.id)),
            ),
            rx.cond(
                row.is_primary,
                rx.fragment(),
                rx.menu.item(
                    rx.cond(row.is_verified, say("make-primary"), say("make-primary-verify")),
                    disabled=ui.none_of(row.is_verified),
                    on_select=MailboxesState.make_primary(row.id),
                ),
            ),
            rx.cond(
                row.is_for_sign_in,
                rx.menu.item(
                    rx.cond(row.is_last_for_sign_in, say("stop-sign-in-last"), say("stop-sign-in")),
                    disabled=row.is_last_for_sign_in,
                    on_select=MailboxesState.stop_sign_in(row.id),
                ),
                rx.menu.item(
                    rx.cond(row.is_verified, say("sign-in-with-it"), say("sign-in-with-it-verify")),
                    disabled=ui.none_of(row.is_verified),
                    on_select=MailboxesState.use_for_sign_in(row.id),
                ),
            ),
            rx.menu.item(
                rx.cond(row.is_last_for_sign_in, say("remove-last"), say("remove")),
                color_scheme="red",
                disabled=row.is_last_for_sign_in,
                on_select=MailboxesState.ask_to_remove(row.id),
            ),
        ),
    )


def _password() -> rx.Component:
    return ui.section(
        say("password"),
        rx.box(
            ui.submit_form(
                rx.cond(
                    FactorsState.has_password,
                    ui.password_field(
                        say("old-password"),
                        name="old_password",
                        auto_complete="current-password",
                        error=PasswordState.old_error,
                    ),
                    rx.cond(PasswordState.old_error, ui.callout(PasswordState.old_error, tone="danger")),
                ),
                ui.password_field(
                    say("new-password"),
                    name="new_password",
                    auto_complete="new-password",
                    hint=say("password-hint", length=MIN_LENGTH),
                    error=PasswordState.password_error,
                ),
                ui.password_field(
                    say("repeat-new-password"),
                    name="new_password_repeat",
                    auto_complete="new-password",
                    error=PasswordState.repeat_error,
                ),
                ui.button(
                    rx.cond(FactorsState.has_password, say("change-password"), say("set-password")),
                    type="submit",
                    kind="secondary",
                    pending=PasswordState.is_saving,
                ),
                on_submit=PasswordState.submit,
            ),
            key=ui.text_of(PasswordState.round),
            width="100%",
        ),
        text=say("password-text"),
    )


def _passkey() -> rx.Component:
    return ui.section(
        say("passkey"),
        rx.cond(
            FactorsState.has_passkey,
            ui.button(say("delete-passkey"), kind="secondary", on_click=PasskeyState.ask),
            rx.cond(
                FactorsState.can_add,
                ui.button(
                    say("add-passkey"),
                    kind="secondary",
                    icon="fingerprint",
                    pending=PasskeyState.is_saving,
                    on_click=PasskeyState.begin,
                ),
                rx.text(say("needs-verified-email"), size="2", color=tokens.TEXT_MUTED),
            ),
        ),
        ui.question(
            say("delete-passkey-question"),
            say("delete-passkey-text"),
            confirm_label=say("delete"),
            is_open=PasskeyState.is_asking,
            on_confirm=PasskeyState.remove,
            on_cancel=PasskeyState.stop_asking,
        ),
        text=say("passkey-text"),
    )


def _code() -> rx.Component:
    return ui.section(
        say("emailed-codes"),
        rx.cond(
            FactorsState.has_code,
            ui.button(say("switch-off"), kind="secondary", on_click=FactorsState.ask_about_code),
            rx.cond(
                FactorsState.can_add,
                ui.button(say("switch-on"), kind="secondary", on_click=FactorsState.use_code),
                rx.text(say("needs-verified-email"), size="2", color=tokens.TEXT_MUTED),
            ),
        ),
        ui.question(
            say("stop-code-question"),
            say("stop-code-text"),
            confirm_label=say("switch-off"),
            is_open=FactorsState.is_asking_code,
            on_confirm=FactorsState.stop_code,
            on_cancel=FactorsState.stop_asking,
        ),
        text=say("emailed-codes-text"),
    )


def _two_steps() -> rx.Component:
    recovery_code = recovery_code_field("confirmation", error=TotpState.confirm_error)
    return ui.section(
        say("two-step-sign-in"),
        rx.cond(TotpState.qr, _totp_setup()),
        rx.cond(ui.has_items(TotpState.codes), _shown_codes()),
        rx.cond(
            FactorsState.has_totp,
            rx.vstack(
                ui.badge(say("on"), tone="success"),
                rx.text(say("recovery-codes-left", count=FactorsState.codes_left), size="2", color=tokens.TEXT_MUTED),
                rx.hstack(
                    ui.button(say("new-recovery-codes"), kind="secondary", on_click=TotpState.ask(factors.NEW_CODES)),
                    ui.button(say("switch-off-two-step"), kind="danger", on_click=TotpState.ask(factors.OFF)),
                    wrap="wrap",
                ),
                spacing="3",
            ),
            rx.cond(
                TotpState.qr,
                rx.fragment(),
                ui.button(say("set-up"), kind="secondary", icon="smartphone", on_click=TotpState.begin),
            ),
        ),
        ui.form_dialog(
            rx.cond(TotpState.wish == factors.OFF, say("switch-off-two-step"), say("new-recovery-codes")),
            rx.text(say("confirm-it-is-you"), size="2", color=tokens.TEXT_MUTED),
            rx.cond(TotpState.uses_recovery_code, recovery_code, _authenticator_code()),
            rx.hstack(
                ui.button(
                    rx.cond(TotpState.uses_recovery_code, say("use-authenticator"), say("use-recovery-code")),
                    kind="quiet",
                    on_click=TotpState.switch_kind,
                )
            ),
            submit_label=say("confirm"),
            is_open=TotpState.wish != "",
            pending=TotpState.is_confirming,
            on_submit=TotpState.confirm,
            on_open_change=TotpState.stop_asking,
        ),
        text=say("two-step-text"),
    )


def _authenticator_code() -> rx.Component:
    return ui.code_field(say("code"), name="confirmation", error=TotpState.confirm_error, round=TotpState.confirm_tries)


def _totp_setup() -> rx.Component:
    return rx.vstack(
        rx.text(say("two-step-scan"), size="2"),
        rx.image(src=TotpState.qr, alt=say("qr-code"), width="11rem", height="11rem"),
        ui.copy_value(TotpState.typed_secret, label=say("the-secret")),
        rx.text(say("two-step-type"), size="2"),
        ui.code_field(
            say("code-of-app"),
            name="totp",
            error=TotpState.code_error,
            round=TotpState.tries,
            on_change=TotpState.type_code,
        ),
        ui.button(say("cancel"), kind="secondary", on_click=TotpState.cancel),
        spacing="3",
        width="100%",
        max_width=tokens.FORM_WIDTH,
    )


def _shown_codes() -> rx.Component:
    return rx.vstack(
        ui.callout(
            say("write-codes-down"),
            tone="warning",
        ),
        rx.grid(
            rx.foreach(TotpState.codes, lambda code: rx.text(code, font_family=tokens.CODE_FONT, size="2")),
            columns=rx.breakpoints(initial="1", sm="2"),
            spacing="2",
            width="100%",
        ),
        ui.button(say("written-down"), on_click=TotpState.hide_codes),
        spacing="3",
        width="100%",
    )


def _accounts() -> rx.Component:
    return ui.section(
        say("connected-accounts"),
        rx.foreach(FactorsState.accounts, _account),
        rx.hstack(rx.foreach(FactorsState.connectable, _connect), wrap="wrap", spacing="2"),
        ui.question(
            say("disconnect-question", provider=FactorsState.asked_account.provider),
            say("disconnect-text"),
            confirm_label=say("disconnect"),
            is_open=FactorsState.asked_account.id != "",
            on_confirm=FactorsState.disconnect(FactorsState.asked_account.id),
            on_cancel=FactorsState.stop_asking,
        ),
        text=say("connected-accounts-text"),
    )


def _account(account: rx.vars.ObjectVar[Account]) -> rx.Component:
    return rx.hstack(
        _mark(account.provider_id),
        rx.text(account.provider, size="2", weight="medium"),
        rx.text(account.email, size="2", color=tokens.TEXT_MUTED, overflow_wrap="anywhere", min_width="0"),
        rx.spacer(),
        ui.button(say("disconnect"), kind="secondary", size="1", on_click=FactorsState.ask_to_disconnect(account.id)),
        align="center",
        wrap="wrap",
        width="100%",
    )


def _connect(provider: rx.vars.ObjectVar[Connectable]) -> rx.Component:
    return rx.el.a(
        _mark(provider.id),
        say("connect", provider=provider.name),
        href=ui.text_of(routes.OAUTH_START, "?link=true&provider=", provider.id),
        reload_document=True,
        style={
            "display": "inline-flex",
            "align_items": "center",
            "gap": "var(--space-2)",
            "padding": "var(--space-2) var(--space-3)",
            "border": f"1px solid {rx.color('gray', 7)}",
            "border_radius": "var(--radius-3)",
            "color": tokens.TEXT,
            "font_size": "var(--font-size-2)",
            "text_decoration": "none",
            "_hover": {"background": rx.color("gray", 3)},
            "_focus_visible": {"outline": f"2px solid {rx.color('accent', 8)}", "outline_offset": "2px"},
        },
    )


def _mark(provider_id: rx.Var[str]) -> rx.Component:
    return rx.match(provider_id, *[(one, brand_mark(one)) for one in BRANDS], rx.fragment())
