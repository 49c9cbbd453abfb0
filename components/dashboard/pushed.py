"""Pieces of pages whose settings may come from a pushed configuration."""

import reflex as rx

from components import ui
from components.ui import tokens, words, words_around
from state.dashboard import paths
from state.dashboard.config_saves import PushedChangeState
from state.dashboard.pushable import PushableState
from state.dashboard.shell import ShellState


def pushed_notice(state: type[PushableState]) -> rx.Component:
    """Return why changes here are only shown, where that is so, and the dialog that shows them."""
    link = rx.link(
        words("settings-title"), href=paths.settings(ShellState.project.id), underline="always", color="inherit"
    )
    return rx.fragment(
        rx.cond(state.is_pushed, ui.callout(words_around("common-pushed", page=link), tone="warning")),
        _pushed_change(),
    )


def _pushed_change() -> rx.Component:
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(words("common-pushed-title")),
            rx.dialog.description(
                words("common-pushed-text"), size="2", color=tokens.TEXT_MUTED, margin_bottom="var(--space-4)"
            ),
            rx.vstack(
                ui.differences(PushedChangeState.changes, label=words("common-pushed-changes")),
                ui.code_snippet(PushedChangeState.text, label=words("common-pushed-copied")),
                rx.hstack(
                    rx.dialog.close(ui.button(words("common-close"), kind="secondary")), justify="end", width="100%"
                ),
                spacing="4",
                width="100%",
            ),
            max_width="36rem",
        ),
        open=PushedChangeState.is_open,
        on_open_change=PushedChangeState.toggle,
    )
