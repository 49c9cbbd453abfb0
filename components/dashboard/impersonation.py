"""The dialog by which an administrator acts as a user for a while."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard.app_targets import target_fields
from components.ui import words
from state.dashboard.impersonation import ImpersonationState

_MINUTES: Final = tuple((str(minutes), words("user-impersonation-minutes", minutes=minutes)) for minutes in (5, 15, 30))


def impersonation_dialog() -> rx.Component:
    """Return the dialog that asks why, how long and where, then gives the link to open or the code to paste."""
    return rx.cond(
        ImpersonationState.link,
        _result(words("user-link-title"), words("user-link-text"), _link()),
        rx.cond(
            ImpersonationState.snippet,
            _result(
                words("user-snippet-title"),
                words("user-snippet-text"),
                ui.code_snippet(ImpersonationState.snippet, label=words("user-copied-snippet")),
            ),
            _question(),
        ),
    )


def _question() -> rx.Component:
    return ui.form_dialog(
        words("user-impersonation-title"),
        ui.text_area(
            words("user-impersonation-reason"),
            name="impersonation_reason",
            hint=words("user-impersonation-reason-hint"),
            required=True,
        ),
        ui.select_field(words("user-impersonation-time"), _MINUTES, name="impersonation_minutes", default_value="15"),
        *target_fields(
            words("user-impersonation-target"),
            ImpersonationState.targets,
            chosen=ImpersonationState.target,
            on_choose=ImpersonationState.choose,
        ),
        submit_label=words("user-impersonation-submit"),
        is_open=ImpersonationState.is_open,
        error=ImpersonationState.error,
        on_submit=ImpersonationState.submit,
        on_open_change=ImpersonationState.toggle,
    )


def _link() -> rx.Component:
    return rx.vstack(
        ui.code_snippet(ImpersonationState.link, label=words("user-copied-link")),
        ui.link_button(words("user-link-open"), ImpersonationState.link, opens_new_tab=True),
        spacing="3",
        width="100%",
    )


def _result(title: str, text: str, *content: rx.Component) -> rx.Component:
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(title),
            rx.dialog.description(text, size="2", margin_bottom="var(--space-3)"),
            *content,
            rx.hstack(
                rx.dialog.close(ui.button(words("common-done"), kind="secondary")),
                justify="end",
                margin_top="var(--space-4)",
            ),
            max_width="36rem",
        ),
        open=ImpersonationState.is_open,
        on_open_change=ImpersonationState.toggle,
    )
