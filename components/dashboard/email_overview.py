"""The e-mail app at a glance: who sends, a test, the dialog that sends, and what was sent last."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.email_lists import mail_list, or_editor
from components.dashboard.email_sending import send_button, send_dialog
from components.dashboard.email_settings import PROVIDERS, test_card
from components.dashboard.shell import project_page
from components.ui import words
from state.dashboard import paths
from state.dashboard.email_settings import SHARED, EmailSettingsState
from state.dashboard.emails import EmailsState
from state.dashboard.shell import ShellState


def page() -> rx.Component:
    """Return the overview of the open project's e-mails."""
    settings = EmailSettingsState
    content = rx.vstack(
        _server(),
        rx.cond(settings.current != SHARED, test_card()),
        mail_list(EmailsState, place="all", caption=words("emails-title")),
        spacing="5",
        width="100%",
    )
    return project_page(
        lists.loaded(
            or_editor(content),
            error=EmailsState.error,
            is_loading=ui.any_of(EmailsState.is_loading, settings.is_loading),
            on_retry=EmailsState.load,
            skeleton=lists.cards_skeleton(words("emails-title")),
        ),
        send_dialog(),
        here="emails",
        title=words("emails-overview-title"),
        text=words("emails-overview-text"),
        action=send_button(),
    )


def _server() -> rx.Component:
    settings = EmailSettingsState
    names = [(name, rx.text(label, size="2")) for name, label, _ in PROVIDERS]
    sender = rx.cond(settings.managed_sender, settings.managed_sender, settings.sender_email)
    return ui.section(
        words("emails-server"),
        rx.hstack(
            lists.fact(words("emails-overview-type"), rx.match(settings.current, *names, rx.fragment())),
            rx.cond(
                settings.current != SHARED,
                lists.fact(words("emails-overview-sender"), rx.text(sender, size="2", overflow_wrap="anywhere")),
            ),
            wrap="wrap",
            spacing="6",
        ),
        rx.hstack(
            rx.link(words("emails-settings-title"), href=paths.email_settings(ShellState.project.id), size="2"),
            rx.link(words("emails-domains-title"), href=paths.email_domains(ShellState.project.id), size="2"),
            wrap="wrap",
            spacing="4",
        ),
    )
