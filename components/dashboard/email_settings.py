"""The mail server and the theme of a project."""

import reflex as rx

from components import ui
from components.dashboard.shell import project_page
from components.ui import tokens
from state.dashboard import paths
from state.dashboard.email_settings import EmailSettingsState
from state.dashboard.shell import ShellState


def page() -> rx.Component:
    """Return the mail settings of the open project."""
    return project_page(
        rx.cond(
            EmailSettingsState.error,
            ui.error_state(EmailSettingsState.error, on_retry=EmailSettingsState.load),
            rx.cond(EmailSettingsState.is_loading, _skeleton(), _sections()),
        ),
        here="email-settings",
        title="E-mail settings",
    )


def _sections() -> rx.Component:
    return rx.vstack(_server(), _theme(), spacing="5", width="100%", max_width="48rem")


def _skeleton() -> rx.Component:
    cards = [rx.skeleton(rx.box(height="16rem", width="100%"), width="100%", max_width="48rem") for _ in range(2)]
    return rx.vstack(
        *cards, spacing="5", width="100%", role="status", aria_busy="true", aria_label="E-mail settings, loading"
    )


def _server() -> rx.Component:
    state = EmailSettingsState
    return ui.section(
        "E-mail server",
        rx.cond(
            state.is_shared,
            ui.callout("Mails leave through the shared server of this installation, with built-in templates only."),
            rx.hstack(
                ui.badge("Own server", tone="success"),
                rx.spacer(),
                ui.button("Use the shared server", kind="secondary", size="1", on_click=state.use_shared),
                width="100%",
            ),
        ),
        ui.submit_form(
            ui.text_field("Host", name="host", default_value=state.host, hint="For example smtp.example.com"),
            ui.text_field("Port", name="port", default_value=state.port, hint="465 and 2465 use TLS from the start"),
            ui.text_field("User name", name="username", default_value=state.username, auto_complete="off"),
            ui.password_field(
                "Password",
                name="password",
                auto_complete="new-password",
                hint="Leave it empty to keep the one that is stored.",
            ),
            ui.text_field("Sender name", name="sender_name", default_value=state.sender_name),
            ui.text_field("Sender address", name="sender_email", default_value=state.sender_email),
            rx.cond(state.problem, ui.callout(state.problem, tone="danger")),
            rx.hstack(ui.button("Test and save", type="submit", pending=state.is_saving), justify="end", width="100%"),
            on_submit=state.save_server,
        ),
        text="Before anything is saved, a test e-mail is sent to you with these settings.",
    )


def _theme() -> rx.Component:
    state = EmailSettingsState
    return ui.section(
        "Theme",
        ui.select_field(
            "Theme of all e-mails",
            rx.foreach(state.themes, lambda theme: rx.select.item(theme[1], value=theme[0])),
            name="theme",
            value=state.theme_id,
            on_change=state.choose_theme,
        ),
        rx.el.iframe(
            title="Preview of the theme",
            src_doc=state.preview,
            sandbox="",
            width="100%",
            style={"height": "24rem", "border": f"1px solid {tokens.BORDER}", "borderRadius": "var(--radius-3)"},
        ),
        rx.link("Write themes of your own", href=paths.email_themes(ShellState.project.id), size="2"),
    )
