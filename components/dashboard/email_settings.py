"""Who sends the mails of a project, and their theme."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard.shell import project_page
from components.ui import tokens, words
from state.dashboard import paths
from state.dashboard.email_settings import MANAGED, RESEND, SHARED, SMTP, EmailSettingsState
from state.dashboard.shell import ShellState

PROVIDERS: Final = (
    (SHARED, words("emails-provider-shared"), words("emails-provider-shared-text")),
    (MANAGED, words("emails-provider-managed"), words("emails-provider-managed-text")),
    (RESEND, "Resend", words("emails-provider-resend-text")),
    (SMTP, words("emails-provider-smtp"), words("emails-provider-smtp-text")),
)


def page() -> rx.Component:
    """Return the mail settings of the open project."""
    return project_page(
        rx.cond(
            EmailSettingsState.error,
            ui.error_state(EmailSettingsState.error, on_retry=EmailSettingsState.load),
            rx.cond(EmailSettingsState.is_loading, _skeleton(), _sections()),
        ),
        here="email-settings",
        title=words("emails-settings-title"),
    )


def _sections() -> rx.Component:
    own = EmailSettingsState.current != SHARED
    return rx.vstack(_server(), rx.cond(own, test_card()), _theme(), spacing="5", width="100%", max_width="48rem")


def _skeleton() -> rx.Component:
    cards = [rx.skeleton(rx.box(height="16rem", width="100%"), width="100%", max_width="48rem") for _ in range(2)]
    return rx.vstack(
        *cards, spacing="5", width="100%", role="status", aria_busy="true", aria_label=words("emails-settings-loading")
    )


def _server() -> rx.Component:
    state = EmailSettingsState
    return ui.section(
        words("emails-server"),
        rx.radio_cards.root(
            *[_provider(*provider) for provider in PROVIDERS],
            value=state.chosen,
            on_value_change=state.choose_provider,
            columns=rx.breakpoints(initial="1", sm="2"),
            gap="3",
            width="100%",
            aria_label=words("emails-server-providers"),
        ),
        rx.match(
            state.chosen, (SHARED, _shared()), (MANAGED, _managed()), (RESEND, _own(_resend_fields())),
            _own(_smtp_fields()),
        ),
        text=words("emails-server-text"),
    )  # fmt: skip


def _provider(name: str, label: str, text: str) -> rx.Component:
    state = EmailSettingsState
    is_draft = ui.all_of(state.chosen == name, state.chosen != state.current)
    return rx.radio_cards.item(
        rx.vstack(
            rx.hstack(
                rx.text(label, size="2", weight="medium"),
                rx.cond(state.current == name, ui.badge(words("emails-provider-current"), tone="success")),
                rx.cond(is_draft, ui.badge(words("emails-provider-unsaved"), tone="warning")),
                align="center",
                wrap="wrap",
                spacing="2",
            ),
            rx.text(text, size="1", color=tokens.TEXT_MUTED),
            spacing="1",
            width="100%",
        ),
        value=name,
        custom_attrs={"aria-label": label},
    )


def _shared() -> rx.Component:
    state = EmailSettingsState
    use = ui.button(words("emails-server-use-shared"), on_click=state.use_shared)
    return rx.fragment(
        ui.callout(words("emails-server-shared")),
        rx.cond(state.current != SHARED, rx.hstack(_discard(), use, justify="end", spacing="3", width="100%")),
    )


def _managed() -> rx.Component:
    state = EmailSettingsState
    sender = words("emails-server-managed-from", sender=rx.Var.create(state.managed_sender))
    return rx.fragment(
        rx.cond(state.managed_sender, rx.text(sender, size="2", overflow_wrap="anywhere")),
        ui.callout(words("emails-server-managed-choose")),
        rx.hstack(
            rx.cond(state.current != MANAGED, _discard()),
            ui.link_button(words("emails-server-managed-open"), paths.email_domains(ShellState.project.id)),
            justify="end",
            spacing="3",
            width="100%",
        ),
    )


def _own(fields: rx.Component) -> rx.Component:
    state = EmailSettingsState
    return ui.submit_form(
        fields,
        ui.text_field(words("emails-server-sender-name"), name="sender_name", default_value=state.sender_name),
        ui.text_field(words("emails-server-sender-email"), name="sender_email", default_value=state.sender_email),
        rx.text(words("emails-server-tested-first"), size="2", color=tokens.TEXT_MUTED),
        rx.cond(state.problem, ui.callout(state.problem, tone="danger")),
        rx.hstack(
            _discard(),
            ui.button(words("emails-server-save"), type="submit", pending=state.is_saving),
            justify="end",
            spacing="3",
            width="100%",
        ),
        on_submit=state.save_server,
        key=ui.text_of(state.chosen, "-", state.round),
    )


def _resend_fields() -> rx.Component:
    return ui.password_field(
        words("emails-server-api-key"),
        name="password",
        auto_complete="new-password",
        hint=words("emails-server-password-hint"),
    )


def _smtp_fields() -> rx.Component:
    state = EmailSettingsState
    return rx.vstack(
        ui.text_field(
            words("emails-server-host"),
            name="host",
            default_value=state.host,
            hint=words("emails-server-host-hint"),
        ),
        ui.text_field(
            words("emails-server-port"),
            name="port",
            default_value=state.port,
            hint=words("emails-server-port-hint"),
        ),
        ui.text_field(words("emails-server-user"), name="username", default_value=state.username, auto_complete="off"),
        ui.password_field(
            words("emails-server-password"),
            name="password",
            auto_complete="new-password",
            hint=words("emails-server-password-hint"),
        ),
        spacing="4",
        width="100%",
    )


def _discard() -> rx.Component:
    return ui.button(words("emails-server-discard"), kind="secondary", on_click=EmailSettingsState.discard)


def settings_link() -> rx.Component:
    """Return the way to this page in the middle of a sentence."""
    return rx.link(
        words("emails-settings-title"),
        href=paths.email_settings(ShellState.project.id),
        underline="always",
        color="inherit",  # within a warning its own colour would be too pale
    )


def test_card() -> rx.Component:
    """Return the form that sends a test mail through the server in use."""
    state = EmailSettingsState
    return ui.section(
        words("emails-server-test"),
        ui.submit_form(
            ui.text_field(
                words("emails-server-test-address"),
                name="test_address",
                type="email",
                default_value=state.test_address,
                error=state.test_problem,
                auto_complete="email",
            ),
            rx.hstack(
                ui.button(words("emails-server-test-send"), type="submit", kind="secondary", pending=state.is_testing),
                justify="end",
                width="100%",
            ),
            on_submit=state.send_test,
        ),
        text=words("emails-server-test-text"),
    )


def _theme() -> rx.Component:
    state = EmailSettingsState
    return ui.section(
        words("emails-settings-theme"),
        ui.select_field(
            words("emails-settings-theme-of-all"),
            rx.foreach(state.themes, lambda theme: rx.select.item(theme[1], value=theme[0])),
            name="theme",
            value=state.theme_id,
            on_change=state.choose_theme,
        ),
        rx.cond(
            state.theme_problem,
            ui.callout(
                words("emails-settings-theme-broken", problem=rx.Var.create(state.theme_problem)), tone="danger"
            ),
            rx.el.iframe(
                title=words("emails-settings-theme-preview"),
                src_doc=state.preview,
                sandbox="",
                width="100%",
                style={"height": "24rem", "border": f"1px solid {tokens.BORDER}", "borderRadius": "var(--radius-3)"},
            ),
        ),
        rx.link(words("emails-settings-own-themes"), href=paths.email_themes(ShellState.project.id), size="2"),
    )
