"""Pieces of pages whose settings apply at once and may come from a pushed configuration."""

import reflex as rx

from components import ui
from components.ui import words, words_around
from state.dashboard import paths
from state.dashboard.shell import ShellState
from state.dashboard.switches import PushableState, SwitchesState


def pushed_notice(state: type[PushableState]) -> rx.Component:
    """Return why nothing can be changed here, where that is so, and where it could be made possible."""
    link = rx.link(
        words("settings-title"), href=paths.settings(ShellState.project.id), underline="always", color="inherit"
    )
    return rx.cond(state.is_pushed, ui.callout(words_around("common-pushed", page=link), tone="warning"))


def switch(
    state: type[SwitchesState], name: str, label: str, text: str, *, is_on: bool | rx.Var[bool], element: str
) -> rx.Component:
    """Return the switch of one setting; its name in events is `name`, in the page `element`."""
    return ui.switch_row(
        label,
        text,
        name=element,
        checked=is_on,
        disabled=state.is_pushed,
        on_change=lambda is_ticked: state.switch(name, is_ticked),
    )
