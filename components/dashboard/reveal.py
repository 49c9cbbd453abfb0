"""Fresh keys, shown once, and the code that uses them."""

from typing import Final

import reflex as rx

from components import ui
from components.ui import tokens, words
from state.dashboard.reveal import RevealState, ShownKey, Snippets

_TABS: Final = (
    ("browser", words("keys-tab-browser")),
    ("server", words("keys-tab-server")),
    ("environment", words("keys-tab-environment")),
    ("curl", words("keys-tab-curl")),
    ("python", words("keys-tab-python")),
)


def revealed_keys() -> rx.Component:
    """Return the keys that were just made with their snippets."""
    return rx.vstack(
        ui.callout(words("keys-copy-now"), tone="warning"),
        rx.foreach(RevealState.keys, _key),
        snippet_tabs(RevealState.snippets),
        spacing="4",
        width="100%",
        min_width="0",
    )


def snippet_tabs(snippets: Snippets) -> rx.Component:
    """Return code in the languages that there is code for, one tab each; the snippets are a var of a state."""
    found = [(name, label, getattr(snippets, name)) for name, label in _TABS]
    return rx.tabs.root(
        rx.tabs.list(*[_tab(name, label, code) for name, label, code in found], wrap="wrap"),
        *[
            rx.tabs.content(
                ui.code_snippet(code, label=words("keys-copied-code", language=label)),
                value=name,
                padding_top="var(--space-3)",
            )
            for name, label, code in found
        ],
        default_value="browser",
        width="0",  # as wide as there is room, and never wider for the sake of the tabs
        min_width="100%",
    )


def _tab(name: str, label: str, code: str | rx.Var[str]) -> rx.Component:
    return rx.cond(code, rx.tabs.trigger(label, value=name))


def _key(key: rx.vars.ObjectVar[ShownKey]) -> rx.Component:
    return rx.vstack(
        rx.hstack(
            rx.text(key.label, size="2", weight="medium"),
            rx.text(key.advice, size="1", color=tokens.TEXT_MUTED),
            align="baseline",
            wrap="wrap",
            spacing="2",
        ),
        ui.copy_value(key.value, label=key.label),
        spacing="1",
        width="100%",
    )
