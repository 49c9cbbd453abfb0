"""The stored configuration as text."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.ui import words, words_around
from state.dashboard import paths
from state.dashboard.expert_mode import (
    GATE_WORD,
    BranchTextState,
    EnvironmentTextState,
    ExpertModeState,
    OverrideEditor,
)
from state.dashboard.shell import ShellState

_TYPING_PAUSE_MS: Final = 300


def page() -> rx.Component:
    """Return the gate, and behind it the overrides and what they make together."""
    inside = rx.vstack(
        ui.callout(words("expert-mode-secrets")),
        _editor(BranchTextState, words("expert-mode-branch"), words("expert-mode-branch-text")),
        _editor(EnvironmentTextState, words("expert-mode-environment"), words("expert-mode-environment-text")),
        _merged(),
        spacing="5",
        width="100%",
    )
    return project_page(
        lists.loaded(
            rx.cond(ExpertModeState.is_inside, inside, _gate()),
            error=ExpertModeState.error,
            is_loading=ExpertModeState.is_loading,
            on_retry=ExpertModeState.load,
            skeleton=lists.cards_skeleton(words("expert-mode-title"), 1),
        ),
        here="settings",
        title=words("expert-mode-title"),
        text=words("expert-mode-text"),
        parent=(words("settings-title"), paths.settings),
    )


def _gate() -> rx.Component:
    return rx.box(
        ui.section(
            words("expert-mode-gate"),
            ui.callout(words("expert-mode-gate-text"), tone="warning"),
            ui.submit_form(
                ui.text_field(
                    words("expert-mode-gate-word", word=GATE_WORD),
                    name="gate",
                    error=ExpertModeState.gate_error,
                    auto_complete="off",
                ),
                rx.hstack(ui.button(words("expert-mode-gate-open"), type="submit"), justify="end", width="100%"),
                on_submit=ExpertModeState.enter,
            ),
        ),
        width="100%",
        max_width="36rem",
    )


def _editor(state: type[OverrideEditor], title: str, text: str) -> rx.Component:
    field = f"{state.LEVEL}-override"
    form = ui.submit_form(
        ui.text_area(
            words("expert-mode-json", override=title),
            name=field,
            default_value=state.text,
            error=state.problem,
            is_code=True,
            rows="16",
            read_only=state.is_pushed,
            on_change=state.edit.debounce(_TYPING_PAUSE_MS),
            key=ui.text_of(field, state.round),
        ),
        _stale(state),
        _review(state),
        rx.cond(state.is_pushed, rx.fragment(), _buttons(state)),
        on_submit=state.submit,
    )
    return ui.section(title, _pushed(state), form, text=text)


def _buttons(state: type[OverrideEditor]) -> rx.Component:
    return rx.hstack(
        ui.button(
            words("expert-mode-discard"),
            kind="secondary",
            disabled=ui.none_of(state.is_changed),
            on_click=state.open_text,
        ),
        ui.button(
            rx.cond(state.is_reviewed, words("expert-mode-save"), words("expert-mode-review")),
            type="submit",
            disabled=ui.none_of(state.is_changed),
        ),
        justify="end",
        wrap="wrap",
        spacing="3",
        width="100%",
    )


def _pushed(state: type[OverrideEditor]) -> rx.Component:
    link = rx.link(
        words("settings-title"), href=paths.settings(ShellState.project.id), underline="always", color="inherit"
    )
    return rx.cond(state.is_pushed, ui.callout(words_around("expert-mode-pushed", page=link), tone="warning"))


def _stale(state: type[OverrideEditor]) -> rx.Component:
    again = ui.button(words("expert-mode-open-anew"), kind="secondary", icon="refresh_cw", on_click=state.open_text)
    notice = rx.vstack(ui.callout(words("expert-mode-stale"), tone="warning"), again, spacing="3", width="100%")
    return rx.cond(state.is_stale, notice)


def _review(state: type[OverrideEditor]) -> rx.Component:
    warnings = rx.vstack(
        rx.text(words("expert-mode-warnings"), size="2", weight="medium"),
        rx.el.ul(
            rx.foreach(state.warnings, lambda one: rx.el.li(rx.text(one, size="2", overflow_wrap="anywhere"))),
            padding_left="var(--space-5)",
            margin="0",
            list_style="disc",
        ),
        spacing="2",
        width="100%",
    )
    changes = rx.vstack(
        rx.text(words("expert-mode-changes"), size="2", weight="medium"),
        ui.differences(state.changes, label=words("expert-mode-changes")),
        spacing="2",
        width="100%",
    )
    return rx.vstack(
        rx.cond(ui.has_items(state.changes), changes),
        rx.cond(ui.has_items(state.warnings), warnings),
        spacing="4",
        width="100%",
        role="status",
    )


def _merged() -> rx.Component:
    return ui.section(
        words("expert-mode-merged"),
        rx.box(
            ui.code_snippet(ExpertModeState.merged, label=words("expert-mode-merged-copied")),
            max_height="32rem",
            overflow_y="auto",
            width="100%",
        ),
        text=words("expert-mode-merged-text"),
    )
