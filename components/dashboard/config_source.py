"""Where the configuration of a project comes from."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.ui import words
from state.dashboard.config_source import ConfigSourceState


def config_source() -> rx.Component:
    """Return the section with the source, and the way to unlink it."""
    pushed = rx.vstack(
        rx.cond(
            ConfigSourceState.kind == "pushed-from-github",
            ui.badge(words("settings-source-github"), tone="info"),
            ui.badge(words("settings-source-tool"), tone="info"),
        ),
        rx.grid(
            rx.foreach(ConfigSourceState.facts, _fact),
            columns=rx.breakpoints(initial="1", sm="2"),
            spacing="4",
            width="100%",
        ),
        rx.text(words("settings-source-pushed-text"), size="2"),
        ui.button(words("settings-source-unlink"), kind="secondary", on_click=ConfigSourceState.ask(True)),
        spacing="4",
        width="100%",
    )
    own = rx.vstack(
        ui.badge(words("settings-source-dashboard"), tone="success"),
        rx.text(words("settings-source-dashboard-text"), size="2"),
        spacing="3",
    )
    return ui.section(
        words("settings-source"),
        rx.cond(ConfigSourceState.is_pushed, pushed, own),
        ui.question(
            words("settings-source-question"),
            words("settings-source-question-text"),
            confirm_label=words("settings-source-unlink"),
            is_open=ConfigSourceState.is_asking,
            on_confirm=ConfigSourceState.unlink,
            on_cancel=ConfigSourceState.ask(False),
        ),
    )


def _fact(entry: rx.vars.ArrayVar[tuple[str, str]]) -> rx.Component:
    return lists.fact(entry[0], lists.code(entry[1]))
